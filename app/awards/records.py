"""What is read of the records of a review, as they are. Who may see which part is told in `queries.py`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from sqlalchemy import func, select

from app.accounts.models import Body, Person
from app.awards.models import Award, CommitteeMember, LotResult, LowPriceReview, MemberScore, Qualification
from app.bids import queries as bids
from app.bids.models import Bid
from app.catalogue.queries import norms
from app.core import clock
from app.core.db import db
from app.core.files import StoredFile
from app.core.law import Finding
from app.plans.models import Lot, Project
from app.registry.standing import bidder
from app.rules.bidding import eligible, enough_bidders
from app.rules.marks import LowPriceShares, Trigger, low_price_review
from app.tenders.models import Tender

R = TypeVar("R", Qualification, LowPriceReview)


def lots_of(tender: Tender) -> list[Lot]:
    """The lots of a tender, by number."""
    return bids.lots_of(tender)


def readable(tender: Tender, lot: Lot | None = None) -> list[Bid]:
    """The opened bids that could be read, in the order they came."""
    return [bid for bid in bids.opened(tender, lot) if bid.valid]


def qualifications(tender: Tender) -> dict[int, Qualification]:
    """The verdicts on qualification, by bid."""
    return _by_bid(Qualification, tender)


def reviews(tender: Tender) -> dict[int, LowPriceReview]:
    """The low-price reviews, by bid."""
    return _by_bid(LowPriceReview, tender)


def _by_bid(model: type[R], tender: Tender) -> dict[int, R]:
    query = select(model).join(Bid, Bid.id == model.bid_id).where(Bid.tender_id == tender.id).order_by(model.id)
    return {one.bid_id: one for one in db.session.scalars(query)}


def qualified(tender: Tender, lot: Lot) -> list[Bid]:
    """The bids of a lot whose qualification was accepted."""
    verdicts = qualifications(tender)
    return [bid for bid in readable(tender, lot) if (v := verdicts.get(bid.id)) is not None and v.passed]


def unchecked(tender: Tender, lot: Lot | None = None) -> list[Bid]:
    """The bids whose qualification nobody has judged yet."""
    verdicts = qualifications(tender)
    return [bid for bid in readable(tender, lot) if bid.id not in verdicts]


def scorable(tender: Tender, lot: Lot) -> list[Bid]:
    """The bids of a lot that members mark: qualified, and not rejected in a low-price review."""
    found = reviews(tender)
    return [bid for bid in qualified(tender, lot) if bid.id not in found or found[bid.id].accepted is not False]


def to_score(tender: Tender) -> list[Bid]:
    """Every bid that members mark, lot by lot; the lots with too few qualified bidders are not evaluated (B-46)."""
    return [
        bid for lot in lots_of(tender) for bid in scorable(tender, lot) if not too_few(tender, qualified(tender, lot))
    ]


def too_few(tender: Tender, bids_left: Sequence[Bid]) -> list[Finding]:
    """What bars a lot in which only these bids are left; nothing when they are enough."""
    return list(enough_bidders(tender.project.method, len(bids_left), norms(tender.place)))


def low_price_triggers(tender: Tender, lot: Lot) -> dict[str, list[Trigger]]:
    """Which bids of a lot must justify their price and why (B-55), by public id, once every bidder was checked."""
    if unchecked(tender, lot):
        return {}
    prices = {bid.public_id: bid.price_fen for bid in qualified(tender, lot)}
    return low_price_review(prices, lot.ceiling_fen, low_price_shares(tender.project))


def low_price_shares(project: Project) -> LowPriceShares:
    """The shares the project's documents give; below them a price is reviewed."""
    return LowPriceShares(
        mean=Fraction(project.low_price_mean_centi, 100),
        second=Fraction(project.low_price_second_centi, 100),
        ceiling=Fraction(project.low_price_ceiling_centi, 100),
    )


def low_priced(tender: Tender) -> list[Bid]:
    """The bids whose price must be justified and who have not been asked yet."""
    asked, found = reviews(tender), []
    for lot in lots_of(tender):
        triggered = low_price_triggers(tender, lot)
        found += [bid for bid in qualified(tender, lot) if bid.public_id in triggered and bid.id not in asked]
    return found


def everybody_drawn(tender: Tender) -> list[CommitteeMember]:
    """All who were ever drawn into the committee, those who stood aside included, in the order of their seats."""
    query = select(CommitteeMember).where(CommitteeMember.tender_id == tender.id)
    return list(db.session.scalars(query.order_by(CommitteeMember.order, CommitteeMember.id)))


def committee(tender: Tender) -> list[CommitteeMember]:
    """The committee as it sits: whoever stood aside left out."""
    return [member for member in everybody_drawn(tender) if not member.recused]


def to_replace(tender: Tender) -> list[CommitteeMember]:
    """Members who stood aside and whose seat nobody has taken yet."""
    taken = {member.order for member in committee(tender)}
    last = {member.order: member for member in everybody_drawn(tender) if member.recused and member.conflict}
    return [member for seat, member in last.items() if seat not in taken]


def member_of(tender: Tender, person_id: int) -> CommitteeMember | None:
    """The seat this person has or had in the committee."""
    return next((m for m in everybody_drawn(tender) if m.person_id == person_id), None)


def seats_of(person_id: int) -> list[CommitteeMember]:
    """The seats of a person in reviews that still go on, the nearest last."""
    query = select(CommitteeMember).join(Tender).where(
        CommitteeMember.person_id == person_id, CommitteeMember.recused.is_(False), Tender.state == "opened"
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(CommitteeMember.id)))


def scores(tender: Tender) -> list[MemberScore]:
    """The marks of the members who sit, in the order of seats and bids."""
    query = (
        select(MemberScore)
        .join(CommitteeMember)
        .where(CommitteeMember.tender_id == tender.id, CommitteeMember.recused.is_(False))
    )
    return list(db.session.scalars(query.order_by(CommitteeMember.order, MemberScore.bid_id)))


def score_of(member: CommitteeMember, bid: Bid) -> MemberScore | None:
    """One member's marks for one bid."""
    return db.session.scalar(select(MemberScore).filter_by(member_id=member.id, bid_id=bid.id))


def own_scores(member: CommitteeMember) -> dict[int, MemberScore]:
    """One member's marks, by bid."""
    query = select(MemberScore).where(MemberScore.member_id == member.id)
    return {one.bid_id: one for one in db.session.scalars(query)}


def results(tender: Tender) -> list[LotResult]:
    """The results of the lots, by number."""
    query = select(LotResult).join(Lot).where(LotResult.tender_id == tender.id).order_by(Lot.number)
    return list(db.session.scalars(query))


def result_of(tender: Tender, lot: Lot) -> LotResult | None:
    """The result of one lot."""
    return db.session.scalar(select(LotResult).filter_by(tender_id=tender.id, lot_id=lot.id))


def ever_awarded(tender: Tender) -> list[Award]:
    """Every award of a tender, void ones included, by lot and time."""
    query = select(Award).join(Lot).where(Award.tender_id == tender.id).order_by(Lot.number, Award.id)
    return list(db.session.scalars(query))


def awards_of(tender: Tender) -> list[Award]:
    """The awards that stand, by lot."""
    return [award for award in ever_awarded(tender) if award.state != "void"]


def declined(tender: Tender, lot: Lot) -> set[str]:
    """Public ids of the bids whose award was annulled: they are passed over (B-60)."""
    return {a.bid.public_id for a in ever_awarded(tender) if a.lot_id == lot.id and a.state == "void"}


def undecided(tender: Tender) -> list[LotResult]:
    """The lots that have a ranking and no award that stands."""
    decided = {award.lot_id for award in awards_of(tender)}
    return [one for one in results(tender) if one.lot_id not in decided and not one.failure and left(one)]


def left(result: LotResult) -> list[str]:
    """Public ids of the ranked bids that can still be chosen, first to last."""
    over = passed_over(result)
    return [row["bid"] for row in result.ranking if row["bid"] not in over]


def passed_over(result: LotResult) -> set[str]:
    """Public ids of the ranked bids that cannot be chosen: declined (B-60), or not eligible today (B-21, C-28)."""
    return declined(result.tender, result.lot) | {bid.public_id for bid, _ in barred(result)}


def barred(result: LotResult) -> list[tuple[Bid, list[Finding]]]:
    """The ranked bids whose bidder may not take part today, each with what bars it."""
    bids_of, today = bids_by_public_id(result.tender), clock.today()
    ranked = [bids_of[row["bid"]] for row in result.ranking if row["bid"] in bids_of]
    found = [(bid, [f for f in eligible(bidder(bid.bidder, today), today) if f.bars]) for bid in ranked]
    return [(bid, findings) for bid, findings in found if findings]


def first_ranked(tender: Tender) -> dict[str, Bid]:
    """The first of each undecided lot who can still be chosen, by the lot's public id."""
    bids_of = bids_by_public_id(tender)
    return {one.lot.public_id: bids_of[left(one)[0]] for one in undecided(tender)}


def bids_by_public_id(tender: Tender) -> dict[str, Bid]:
    """The opened bids of a tender by public id."""
    return {bid.public_id: bid for bid in bids.opened(tender)}


def tenders_in(states: Sequence[str], buyer_id: int | None) -> list[Tender]:
    """A buyer's tenders in one of these states, oldest first."""
    query = select(Tender).where(Tender.state.in_(states), Tender.buyer_id == buyer_id).order_by(Tender.id)
    return list(db.session.scalars(query.limit(50)))


def reviews_of_bidder(body_id: int | None) -> list[LowPriceReview]:
    """Low-price reviews in which this body has not answered yet and nobody has decided."""
    query = select(LowPriceReview).join(Bid).where(
        Bid.bidder_id == body_id, LowPriceReview.answered_at.is_(None), LowPriceReview.decided_at.is_(None)
    )  # fmt: skip
    return list(db.session.scalars(query))


def awards_of_body(body_id: int | None) -> list[Award]:
    """The awards that stand and have no contract yet, of this body as the supplier."""
    query = select(Award).where(Award.supplier_id == body_id, Award.state.in_(("decided", "announced")))
    return list(db.session.scalars(query.order_by(Award.id)))


def bidders(tender: Tender) -> list[str]:
    """The names of the bidders, to declare about."""
    return sorted({bid.bidder.name for bid in bids.opened(tender)})


def papers(tender: Tender, ending: str) -> int:
    """How many papers of one kind were printed for a tender already."""
    query = select(func.count()).where(StoredFile.name.startswith(f"{tender.number}-{ending}", autoescape=True))
    return db.session.scalar(query) or 0


def person_named(person_id: int | None) -> str:
    """The name of whoever decided; empty when it was time itself."""
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def body_of(body_id: int) -> Body:
    """A body by its number."""
    found = db.session.get(Body, body_id)
    assert found is not None
    return found


def judged(method: str) -> list[Tender]:
    """The tenders of one method whose report is made and whose buyer has not decided."""
    query = select(Tender).join(Project).where(Tender.state == "judged", Project.method == method)
    return list(db.session.scalars(query.order_by(Tender.id)))
