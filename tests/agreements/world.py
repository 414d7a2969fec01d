"""Announced awards of the family service centre, contracts printed from real facts, and signers with real keys."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from app.accounts.models import Person
from app.agreements import actions, facts
from app.agreements import signing as signing_action
from app.agreements.models import Agreement, Instalment
from app.agreements.terms import proposed
from app.awards import records
from app.awards.models import Award
from app.bids.models import Bid, SealedBid
from app.core import changes, clock, files
from app.core.money import capitals
from app.delivery.models import Acceptance
from app.documents import authority, signing
from app.documents.editions import latest
from app.documents.printing import Footer, Printed, print_pdf
from app.plans import queries as plans
from app.plans.models import Lot, Project
from app.tenders.models import Tender
from tests.conftest import Hands, turn
from tests.plans import world as plan_world
from tests.plans.world import at, who

DECIDED, ANNOUNCED, SIGNED = date(2026, 5, 18), date(2026, 5, 19), date(2026, 6, 5)
CLOSES = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
MEDIUM = "https://www.ccgp.gov.cn/example/t20260519_0002.htm"
CONTRACT_URL = "https://www.ccgp.gov.cn/example/t20260608_0003.htm"
WINNERS = {1: ("甲社会工作服务中心", "jia", 238_800_000), 2: ("丁长者关爱协会", "ding", 45_550_055)}
SIGNERS = {"buyer": ("leader", "甲方"), "supplier": ("jia", "乙方")}
_printed: list[Printed] = []


def announced(hands: Hands) -> list[Award]:
    """Both lots of the family service centre awarded and announced; the clock stands on the announcement's day."""
    project = plan_world.family(hands)
    hands.set(CLOSES - timedelta(days=30))
    tender = _tender(project)
    hands.set(at(DECIDED))
    made = [_award(tender, lot, *WINNERS[lot.number]) for lot in plans.lots_of(project)]
    hands.set(at(ANNOUNCED))
    with turn(who("officer")):
        for award in made:
            changes.move(award, "announce", medium_url=MEDIUM, announced_at=clock.now())
    hands.set(at(SIGNED))
    return made


def drawn_up(hands: Hands, tender: Tender | None = None) -> Agreement:
    """The contract of lot 1. Its paper is printed once a run, from the facts of the first: printing takes seconds."""
    award = records.awards_of(tender)[0] if tender else announced(hands)[0]
    number = "440103-FY-2026-001-01"
    if not _printed:
        _printed.append(_print(award, number))
    with turn(who("officer")):
        agreement = actions._keep(award, number, _printed[0])
        actions._set_instalments(agreement)
    return agreement


def in_force(hands: Hands) -> Agreement:
    """Signed as far as the records say, without the seconds that real signing and checking take."""
    agreement = half_signed(hands)
    take_effect(agreement)
    return agreement


def take_effect(agreement: Agreement) -> None:
    """The second signature as far as the records say, with all that follows from it."""
    with turn(who("leader")):
        changes.move(agreement, "countersign", signed_at=clock.now())
        signing_action._take_effect(agreement)


def half_signed(hands: Hands) -> Agreement:
    """Past its first signature as far as the records say."""
    agreement = drawn_up(hands)
    with turn(who("leader")):
        changes.move(agreement, "sign", signed_file_id=agreement.file_id)
    return agreement


def published(hands: Hands) -> Agreement:
    """In force and published the next working day."""
    agreement = in_force(hands)
    hands.set(at(date(2026, 6, 8)))
    with turn(who("officer")):
        actions.publish(agreement, CONTRACT_URL)
    return agreement


def hand_in(agreement: Agreement, party: str, content: bytes | None = None) -> None:
    """This party's signer signs the paper as it stands and hands it in."""
    name, _ = SIGNERS[party]
    content = signed_by(agreement, party) if content is None else content
    with turn(who(name)):
        actions.sign(agreement, party, content, who(name))


def signed_by(agreement: Agreement, party: str, **other: Any) -> bytes:
    """The paper as it stands with one more signature; *other*: another field, key (PKCS#12) or paper."""
    name, field = SIGNERS[party]
    content = other.get("paper") or (agreement.signed_file or agreement.file).bytes
    key = other.get("key") or certificate(who(name))
    return signing.sign(content, key, "geheim12", other.get("field", field), "签署合同", other.get("at", clock.now()))


def certificate(person: Person, folder: Path | None = None) -> bytes:
    """A PKCS#12 of this person for their body, from the home's authority or that of another folder."""
    folder = folder or Path(current_app.config["HOME"]) / "authority"
    authority.make_authority(folder)
    assert person.body is not None
    return authority.issue(folder, person.body.name, person.name, "geheim12", at=clock.now())


def accepted(agreement: Agreement, verdict: str = "passed") -> Acceptance:
    """The officer accepts the first half year."""
    with turn(who("officer")):
        return changes.add(
            Acceptance(
                agreement=agreement, agreement_id=agreement.id, period_from=date(2026, 7, 1), verdict=verdict,
                period_to=date(2026, 12, 31), items=[], users_asked=12, users_satisfied=11, users_opinion="满意",
                by_id=who("officer").id, place=agreement.place,
            ),
            "acceptance.record",
        )  # fmt: skip


def instalment(agreement: Agreement, order: int) -> Instalment:
    """One instalment by its number."""
    return next(one for one in agreement.instalments if one.order == order)


def _print(award: Award, number: str) -> Printed:
    said = facts.contract(award, number, proposed(award))
    footer = Footer(number=number, at=clock.now(), checkpoint="1 条 · 根 0000", address="https://example.cn/verify/1")
    return print_pdf("service_agreement", latest("service_agreement"), said, footer=footer)


def _tender(project: Project) -> Tender:
    with turn(who("officer")):
        tender = Tender(
            number=project.number, project=project, project_id=project.id, buyer=project.buyer,
            buyer_id=project.buyer_id, supervisor_id=project.supervisor_id, place=project.place, threshold=3,
        )  # fmt: skip
        changes.add(tender, "tender.draft")
        return changes.move(
            tender, "publish", medium_name="中国政府采购网", medium_url="https://www.ccgp.gov.cn/example/1.htm",
            medium_published_at=clock.now(), closes_at=CLOSES, published_at=clock.now(),
        )  # fmt: skip


def _award(tender: Tender, lot: Lot, name: str, sign_in: str, fen: int) -> Award:
    bid = _bid(tender, lot, name, sign_in, fen)
    with turn(who("leader")):
        award = Award(
            tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, bid=bid, bid_id=bid.id, supplier=bid.bidder,
            supplier_id=bid.bidder_id, amount_fen=fen, decided_at=clock.now(), decided_by_id=who("leader").id,
            place=tender.place,
        )  # fmt: skip
        return changes.add(award, "award.decide")


def _bid(tender: Tender, lot: Lot, name: str, sign_in: str, fen: int) -> Bid:
    bidder = plan_world.body(name)
    with turn(who(sign_in)):
        kept = files.keep(f"sealed {lot.number}".encode(), f"{lot.number}.txt", ("txt",))
        sealed = SealedBid(
            tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, bidder=bidder, bidder_id=bidder.id,
            receipt_no=f"{tender.number}-{lot.number}", file=kept, file_id=kept.id, sealed_sha256=kept.sha256,
            size=kept.size, received_at=clock.now(), handed_in_by_id=who(sign_in).id, place=tender.place,
        )  # fmt: skip
        changes.add(sealed, "bid.hand_in")
    with turn(who("officer")):
        opened = Bid(
            sealed=sealed, sealed_bid_id=sealed.id, tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id,
            bidder=bidder, bidder_id=bidder.id, price_fen=fen, price_words=capitals(fen), declaration={}, valid=True,
            technical="方案", business="商务", attachments=[], fault="", place=tender.place,
        )  # fmt: skip
        return changes.add(opened, "opening.hold")
