"""Step 4: bids sealed at the bidders' own desks, one replaced, one withdrawn; opening by the keyholders."""

from datetime import timedelta
from pathlib import Path

from app.bids import actions as bids
from app.bids import opening, queries
from app.bids.models import SealedBid
from app.bids.seal_command import Statements, release, seal
from app.demonstration.hands import Hands, body, manager_of
from app.demonstration.steps import preparing
from app.plans.models import Project
from app.tenders.models import Tender


def walk(hands: Hands, project: Project) -> Tender:
    """From the publication to the opened bids."""
    tender = preparing.publish(hands, project)
    closes = hands.purchase.moment("bids_close")
    hands.until(closes - timedelta(days=2))
    kept = [_bid(hands, tender, bid, number) for number, bid in enumerate(hands.purchase.bids)]
    _change_minds(hands, tender, kept)
    hands.until(closes + timedelta(minutes=5))
    for holder in tender.keyholders[: tender.threshold]:
        _release(hands, tender, holder)
    hands.until(closes + timedelta(minutes=20))
    with hands.turn("officer"):
        opening.open_all(tender)
    hands.tell(f"开标：{len(queries.opened(tender))} 份投标已开启 · opened by {tender.threshold} keyholders")
    return tender


def _bid(hands: Hands, tender: Tender, bid: dict, number: int) -> SealedBid:  # type: ignore[type-arg]
    bidder = body(bid["bidder"])
    with hands.turn(manager_of(bidder)):
        kept = bids.hand_in(tender, bidder, _sealed(hands, tender, bid, f"{number}"))
    hands.tell(f"{bidder.name} 递交第 {kept.lot.number} 包密封投标，回执 {kept.receipt_no} · sealed bid handed in")
    return kept


def _change_minds(hands: Hands, tender: Tender, kept: list[SealedBid]) -> None:
    """The first bidder replaces its bid, the last withdraws and hands in anew: all four receipts stay on record."""
    first, last = kept[0], kept[-1]
    with hands.turn(manager_of(first.bidder)):
        bids.replace(first, _sealed(hands, tender, hands.purchase.bids[0], "replaced"))
    with hands.turn(manager_of(last.bidder)):
        bids.withdraw(last)
        bids.hand_in(tender, last.bidder, _sealed(hands, tender, hands.purchase.bids[-1], "anew"))
    hands.tell(f"{first.bidder.name} 替换投标，{last.bidder.name} 撤回后重新递交 · replaced, withdrawn")


def _sealed(hands: Hands, tender: Tender, bid: dict, name: str) -> bytes:  # type: ignore[type-arg]
    """Seal a bid as a bidder does at their own desk: with the tender sheet, in a folder of their own."""
    bidder = body(bid["bidder"])
    desk = hands.keys / "bidders" / tender.number / f"{bidder.name}-{name}"
    desk.mkdir(parents=True)
    sheet = desk / "tender-sheet.json"
    sheet.write_bytes(queries.sheet(tender, bidder).to_bytes())
    technical, business = _texts(desk, bidder.name)
    statements = Statements(made=True, contact={"name": f"{bidder.name}联系人", "phone": "020-00000000"})
    sealed, _ = seal(sheet, str(bid["lot"]), bid["price"], technical, business, [], desk / "out", statements)
    return sealed.read_bytes()


def _texts(desk: Path, name: str) -> tuple[Path, Path]:
    technical, business = desk / "technical.txt", desk / "business.txt"
    technical.write_text(f"{name}的技术方案：服务团队、服务流程、质量保证、进度安排。", encoding="utf-8")
    business.write_text(f"{name}的商务响应：完全响应采购文件的商务条款。", encoding="utf-8")
    return technical, business


def _release(hands: Hands, tender: Tender, holder) -> None:  # type: ignore[no-untyped-def]
    """A keyholder decrypts their shares at their own desk and hands them in."""
    asked = hands.keys / f"{tender.number}-{holder.person.sign_in_name}-shares.json"
    answer = asked.with_suffix(".released.json")
    asked.write_bytes(queries.share_sheet(tender, holder))
    release(asked, hands.keys / f"{holder.person.sign_in_name}-identity.txt", answer)
    with hands.turn(holder.person.sign_in_name):
        opening.release(holder, answer.read_bytes())
    hands.tell(f"{holder.standing}提交密钥份额 · shares released")
