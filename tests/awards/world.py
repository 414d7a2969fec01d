"""A tender whose bids lie open, made by adding the records as the people who would have; the figures are the file's."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.awards import actions, queries
from app.bids.models import Bid, Opening, SealedBid
from app.bids.queries import opened
from app.bids.sealed_payload import STATEMENTS
from app.catalogue import actions as catalogue
from app.core import changes, clock, files
from app.core.money import capitals, parse_yuan
from app.demonstration import people
from app.demonstration.hands import who
from app.plans.models import Lot, Project
from app.tenders.models import Keyholder, Tender
from tests.conftest import Hands, turn

FILE = Path("app/demonstration/data/family-service-centre/project.toml")
GIVEN: dict[str, Any] = tomllib.loads((Path(__file__).parents[2] / FILE).read_text(encoding="utf-8"))
CLOSES = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
REVIEW = datetime(2026, 5, 14, 1, 0, tzinfo=UTC)
AWARDED = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)
MEDIUM = "https://www.ccgp.gov.cn/example/t20260519_0002.htm"
MEMBERS = ("expert1", "expert2", "expert3", "expert4", "approver")


def opened_tender(hands: Hands, *, method: str = "open_tender", bids: list[dict[str, Any]] | None = None) -> Tender:
    """A tender over two lots, its bids just opened. *bids*: as in the file, or others."""
    with turn():
        people.enter_people()
        catalogue.load_norms()
    hands.set(CLOSES - timedelta(days=30))
    tender = _tender(method)
    hands.set(CLOSES - timedelta(days=1))
    sealed = [_sealed(tender, one) for one in (GIVEN["bids"] if bids is None else bids)]
    hands.set(CLOSES + timedelta(minutes=20))
    with turn(who("officer")):
        for bid, one in sealed:
            changes.move(bid, "unseal", ended_at=clock.now())
            _open(bid, one)
        changes.move(tender, "open")
        changes.add(Opening(tender=tender, tender_id=tender.id, opened_at=clock.now(), keyholders=[]), "opening.hold")
    hands.set(datetime(2026, 5, 13, 1, 0, tzinfo=UTC))
    return tender


def bid_of(tender: Tender, name: str, lot: int = 1) -> Bid:
    """The bid of the bidder whose name begins so, for a lot."""
    return next(b for b in opened(tender) if b.bidder.name.startswith(name) and b.lot.number == lot)


def qualify(tender: Tender) -> None:
    """The officer finds every bidder qualified."""
    with turn(who("officer")):
        for bid in opened(tender):
            actions.check_qualification(bid, True)


def seat(tender: Tender, names: tuple[str, ...] = MEMBERS) -> None:
    """The committee is drawn; `approver` represents the buyer."""
    with turn(who("officer")):
        actions.draw_committee(tender, drawn(names))


def drawn(names: tuple[str, ...] = MEMBERS) -> list[tuple[Person, str]]:
    """The people with these sign-in names, as they are drawn."""
    return [(who(n), "representative" if n == "approver" else "expert") for n in names]


def declare_all(tender: Tender) -> None:
    """Every member declares that nothing stands in the way."""
    for member in queries.committee(tender):
        with turn(member.person):
            actions.declare(member)


def reject_low_price(tender: Tender, hands: Hands) -> None:
    """Whoever is asked to justify a price says nothing, and is invalid half an hour later."""
    for bid in queries.low_priced(tender):
        with turn(who("officer")):
            review = actions.ask_low_price(bid)
        hands.forward(minutes=30)
        with turn(who("officer")):
            actions.decide_low_price(review, False, "未在规定时间内提供证明材料")


def score_all(tender: Tender, given: list[dict[str, Any]] | None = None) -> None:
    """All members hand in the marks of the file."""
    marks = {(one["lot"], one["bidder"]): one["scores"] for one in given or GIVEN["bids"]}
    for bid in queries.to_score(tender):
        pairs = zip(queries.committee(tender), marks[bid.lot.number, bid.bidder.name], strict=True)
        for member, (technical, business) in pairs:
            with turn(member.person):
                actions.score(member, bid, technical * 100, business * 100)


def ready_to_report(hands: Hands) -> Tender:
    """Everything done but the report."""
    tender = opened_tender(hands)
    qualify(tender)
    seat(tender)
    hands.set(REVIEW)
    declare_all(tender)
    reject_low_price(tender, hands)
    score_all(tender)
    return tender


def reported(hands: Hands) -> Tender:
    """The report is made."""
    tender = ready_to_report(hands)
    with turn(who("officer")):
        actions.report(tender)
    return tender


def body(name: str) -> Body:
    """The body with this name."""
    found = body_named(name)
    assert found is not None
    return found


def _tender(method: str) -> Tender:
    buyer, bureau, officer = body(people.BUYER), body(people.BUREAU), who("officer")
    scoring = GIVEN["scoring"]
    with turn(officer):
        project = changes.add(
            Project(
                number="440103-01-2026-00001", name=GIVEN["project"]["name"], buyer=buyer, buyer_id=buyer.id,
                supervisor_id=bureau.id, fiscal_year=2026, catalogue_code="A1003", service_class="A", method=method,
                term_from=date(2026, 7, 1), term_to=date(2027, 6, 30), reserved=False, place=buyer.place,
                exemption="policy_social_organizations", price_weight=scoring["price"], need="社区家庭综合服务",
                technical_weight=scoring["technical"], business_weight=scoring["business"], drafted_by_id=officer.id,
            ),
            "project.draft",
        )  # fmt: skip
        for one in GIVEN["lots"]:
            lot = Lot(
                project_id=project.id, buyer_id=buyer.id, number=one["number"], name=one["name"],
                ceiling_fen=parse_yuan(one["ceiling"]),
            )  # fmt: skip
            changes.add(lot, "project.edit")
        tender = Tender(
            number=project.number, project=project, project_id=project.id, buyer=buyer, buyer_id=buyer.id,
            supervisor_id=bureau.id, place=buyer.place, threshold=3,
        )  # fmt: skip
        changes.add(tender, "tender.draft")
        for order, standing in enumerate(people.STANDINGS, 1):
            holder = Keyholder(
                tender=tender, tender_id=tender.id, order=order, person_id=who(f"key{order}").id, standing=standing,
                recipient="",
            )  # fmt: skip
            changes.add(holder, "keyholder.name")
        changes.move(
            tender, "publish", medium_name="中国政府采购网", medium_url="https://www.ccgp.gov.cn/example/1.htm",
            medium_published_at=clock.now(), closes_at=CLOSES, published_at=clock.now(),
        )  # fmt: skip
    return tender


def _sealed(tender: Tender, one: dict[str, Any]) -> tuple[SealedBid, dict[str, Any]]:
    bidder, number = body(one["bidder"]), f"{one['lot']}-{one['bidder'][0]}"
    lot = next(x for x in queries.lots_of(tender) if x.number == one["lot"])
    manager = next(p for p in people.PEOPLE if people.SUPPLIERS.get(p[2], ("",))[0] == bidder.name)
    with turn(who(manager[0])) as _:
        kept = files.keep(f"sealed {number}".encode(), f"{number}.txt", ("txt",))
        bid = SealedBid(
            tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, bidder=bidder, bidder_id=bidder.id,
            receipt_no=number, file=kept, file_id=kept.id, sealed_sha256=kept.sha256, size=kept.size,
            received_at=clock.now(), handed_in_by_id=who(manager[0]).id, place=tender.place,
        )  # fmt: skip
        return changes.add(bid, "bid.hand_in"), one


def _open(bid: SealedBid, one: dict[str, Any]) -> Bid:
    fen = parse_yuan(one["price"])
    proof = files.keep(f"证书 {bid.receipt_no}".encode(), "证书.txt", ("txt",))
    said = {**dict.fromkeys(STATEMENTS, True), "sme": one.get("size", "none"), **one.get("declaration", {})}
    opened_bid = Bid(
        sealed=bid, sealed_bid_id=bid.id, tender=bid.tender, tender_id=bid.tender_id, lot=bid.lot, lot_id=bid.lot_id,
        bidder=bid.bidder, bidder_id=bid.bidder_id, place=bid.place, price_fen=fen, price_words=capitals(fen),
        declaration=said, technical=f"{bid.bidder.name}的技术方案", business="商务响应", valid=True, fault="",
        attachments=[{"name": "证书.txt", "media_type": "text/plain", "sha256": proof.sha256, "size": proof.size}],
    )  # fmt: skip
    return changes.add(opened_bid, "opening.hold")
