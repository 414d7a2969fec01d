"""What may be seen of a review, and by whom; the plain reads of its records are those of `records.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.accounts.models import Body
from app.awards import lookups, records
from app.awards.models import Award
from app.awards.ranking import rejections
from app.awards.records import (
    awards_of,
    committee,
    everybody_drawn,
    first_ranked,
    lots_of,
    low_priced,
    member_of,
    results,
    scorable,
    to_score,
    undecided,
)
from app.bids.models import Bid
from app.catalogue.queries import calendar, norms
from app.core import clock
from app.core.access import Actor
from app.core.errors import NotAllowed
from app.core.files import StoredFile
from app.core.words import N_
from app.plans.models import Lot
from app.rules.judging import sees_score
from app.rules.timeline import Clock, Steps, timeline
from app.tenders.models import Tender

__all__ = [
    "OwnResult", "PublicLot", "PublicResult", "announced", "awards_of", "clocks", "committee", "due",
    "events",
    "everybody_drawn",
    "first_ranked", "lots_of", "low_priced", "member_of", "own_score", "public_result", "report_for",
    "results", "scorable",
    "sees_names", "sees_report", "to_score", "undecided",
]  # fmt: skip
NOT_YOURS = N_("评审报告只提供给采购人的经办人、负责人和监督人员。")
PROJECTED = N_("起算日尚未确定，暂按前一期限推算。")
AFTER_DECISION = ("decision", "result_notice", "result_end", "challenge_result", "sign")


@dataclass(frozen=True)
class PublicLot:
    """What the public is told of one lot: the winner and the price, or why there is none. Fen."""

    lot: Lot
    winner: str
    amount_fen: int
    failure: str


@dataclass(frozen=True)
class PublicResult:
    """The announced result of a tender; the names of those who judged are part of it (B-59, T-18)."""

    lots: list[PublicLot]
    experts: list[str]
    representatives: list[str]
    medium_url: str
    announced_at: datetime
    notice: StoredFile | None


@dataclass(frozen=True)
class OwnResult:
    """What a bidder is told of its own bid: mark, place and reason, nothing of anybody else's (B-59, T-17)."""

    lot: Lot
    won: bool
    mark_centi: int | None
    technical_centi: int | None
    business_centi: int | None
    price_points_centi: int | None
    place: int | None
    reason: str


def announced(tender: Tender) -> bool:
    """Whether a result of this tender has been announced."""
    return any(award.announced_at for award in records.ever_awarded(tender))


def public_result(tender: Tender) -> PublicResult | None:
    """What everybody may see of the result; None until it is announced."""
    told = [award for award in records.awards_of(tender) if award.announced_at]
    if not told or told[0].announced_at is None:
        return None
    people = records.committee(tender)
    return PublicResult(
        lots=[_public_lot(lot, tender, told) for lot in records.lots_of(tender)],
        experts=[m.person.name for m in people if m.kind == "expert"],
        representatives=[m.person.name for m in people if m.kind == "representative"],
        medium_url=told[0].medium_url,
        announced_at=told[0].announced_at,
        notice=told[0].result_notice,
    )


def own_score(tender: Tender, body: Body) -> list[OwnResult]:
    """How this body's own bids came out, lot by lot; empty until the result is announced (B-59, T-17)."""
    if not announced(tender):
        return []
    won = {award.bid_id for award in records.awards_of(tender)}
    out = {bid.id: f"{ground}：{reason}" if reason else ground for bid, ground, reason in rejections(tender)}
    mine = [
        bid for bid in records.bids_by_public_id(tender).values() if sees_score(body.public_id, bid.bidder.public_id)
    ]
    return [_own(tender, bid, bid.id in won, out.get(bid.id, "")) for bid in mine]


def sees_names(who: Actor, tender: Tender) -> bool:
    """The committee's names are secret until the result but for members, officer and supervisor (B-48)."""
    if announced(tender) or "supervisor" in who.role_names:
        return True
    if "officer" in who.role_names and who.body_id == tender.buyer_id:
        return True
    return records.member_of(tender, who.id) is not None


def sees_report(who: Actor, tender: Tender) -> bool:
    """The report goes to the buyer's officer and leader and to the supervisor; it has everybody's marks (B-59)."""
    of_buyer = who.body_id == tender.buyer_id and bool(who.role_names & {"officer", "leader"})
    return of_buyer or "supervisor" in who.role_names


def report_for(who: Actor, tender: Tender) -> StoredFile:
    """The report's paper for somebody it is made for. Raises NotAllowed, Missing."""
    if not sees_report(who, tender):
        raise NotAllowed(NOT_YOURS)
    made = records.results(tender)
    return lookups.paper(made[0].report if made else None)


def due(tender: Tender, key: str) -> date | None:
    """The last day of one of the clocks."""
    return next((one.due for one in clocks(tender) if one.key == key), None)


def clocks(tender: Tender) -> list[Clock]:
    """The statutory clocks from the report to the contract, by day."""
    found = timeline(_steps(tender), calendar(), norms(tender.place))
    return [one for one in found if one.key in AFTER_DECISION]


def events(award: Award) -> list[dict[str, object]]:
    """The timeline of an award: what was done, each with its last day, and the time limits that follow."""
    taken = {"decision": award.decided_at, "result_notice": award.announced_at}
    found = [_event(one, taken.get(one.key)) for one in clocks(award.tender)]
    ahead = next((one for one in found if one["state"] == "future"), {})
    ahead.update(state="now")
    return found


def _event(one: Clock, done_at: datetime | None) -> dict[str, object]:
    return {
        "when": done_at or one.due,
        "due": one.due if done_at else None,
        "label": one.name,
        "rule": one.rule,
        "provisional": one.provisional,
        "state": "past" if done_at or one.due < clock.today() else "future",
        "note": PROJECTED if one.projected else "",
    }


def _steps(tender: Tender) -> Steps:
    made, awards = records.results(tender), records.awards_of(tender)
    decided = awards[0].decided_at if awards else None
    told = next((award.announced_at for award in awards if award.announced_at), None)
    day = clock.day_of
    return Steps(
        method=tender.project.method,
        published_at=tender.medium_published_at,
        closes_at=tender.closes_at,
        reviewed_on=day(made[0].made_at) if made else None,
        reported_on=day(made[0].made_at) if made else None,
        decided_on=day(decided) if decided else None,
        award_notice_on=day(decided) if decided else None,
        result_published_on=day(told) if told else None,
    )


def _public_lot(lot: Lot, tender: Tender, told: list[Award]) -> PublicLot:
    award = next((one for one in told if one.lot_id == lot.id), None)
    result = records.result_of(tender, lot)
    if award is not None:
        return PublicLot(lot, award.supplier.name, award.amount_fen, "")
    return PublicLot(lot, "", 0, result.failure if result else "")


def _own(tender: Tender, bid: Bid, won: bool, reason: str) -> OwnResult:
    result = records.result_of(tender, bid.lot)
    row: Mapping[str, Any] = next((r for r in result.ranking if r["bid"] == bid.public_id), {}) if result else {}
    return OwnResult(
        lot=bid.lot,
        won=won,
        mark_centi=row.get("mark_centi"),
        technical_centi=row.get("technical_mean_centi"),
        business_centi=row.get("business_mean_centi"),
        price_points_centi=row.get("price_points_centi"),
        place=row.get("place"),
        reason=reason or (result.failure if result else ""),
    )
