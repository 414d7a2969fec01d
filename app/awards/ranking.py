"""From marks to a ranking: exact arithmetic by app.rules.marks, written down as the report states it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.awards import records
from app.awards.models import LotResult, MemberScore
from app.bids import queries as bids
from app.bids.models import Bid
from app.core.words import N_
from app.plans.models import Lot
from app.rules import marks
from app.rules.figures import half_up
from app.rules.marks import LOW_PRICE_REASONS
from app.tenders.models import Tender

FIRST, NEXT, TIED = N_("推荐第一"), N_("候补"), N_("并列，待抽签")
Rows = list[dict[str, Any]]
Scores = Mapping[int, Sequence[MemberScore]]


def ranking(tender: Tender, lot: Lot, drawn: Sequence[str] = ()) -> Rows:
    """The ranked bids of a lot, best first: parts of the mark in hundredths of a point, place, tied, verdict.

    *drawn*: bids in the order of a random draw, which parts what the rules leave tied (B-53).
    """
    scores = scores_by_bid(tender)
    left = records.scorable(tender, lot)
    points = marks.price_points({b.public_id: b.price_fen for b in left}, tender.project.price_weight)
    rows = {b.public_id: _row(b, scores.get(b.id, ()), points[b.public_id]) for b in left}
    standings = [_standing(b, rows[b.public_id]) for b in left]
    ranked = marks.rank(standings, tender.project.method, drawn)
    return [{**rows[one.bid], "place": one.place, "tied": one.tied, "verdict": _verdict(one)} for one in ranked]


def scores_by_bid(tender: Tender) -> dict[int, list[MemberScore]]:
    """The marks of those who sit, in the order of seats, by bid."""
    found: dict[int, list[MemberScore]] = {}
    for score in records.scores(tender):
        found.setdefault(score.bid_id, []).append(score)
    return found


def missing(tender: Tender) -> list[str]:
    """The names of the members who have not yet marked every bid that is to be marked."""
    wanted = {bid.id for bid in records.to_score(tender)}
    done = {(s.member_id, s.bid_id) for s in records.scores(tender)}
    return [m.person.name for m in records.committee(tender) if any((m.id, bid) not in done for bid in wanted)]


def stale(result: LotResult) -> bool:
    """Whether the marks give another ranking than the report states: they were corrected and not summed anew."""
    drawn = (result.draw or {}).get("order", ())
    return not result.failure and ranking(result.tender, result.lot, drawn) != result.ranking


def rejections(tender: Tender) -> list[tuple[Bid, str, str]]:
    """Every bid that is out, with the ground and the reason, by lot."""
    verdicts, found = records.qualifications(tender), records.reviews(tender)
    out = []
    for bid in bids.opened(tender):
        verdict, review = verdicts.get(bid.id), found.get(bid.id)
        if not bid.valid:
            out.append((bid, N_("未能开启或者无效"), bid.fault))
        elif verdict is not None and not verdict.passed:
            out.append((bid, N_("资格审查不通过"), verdict.reason))
        elif review is not None and review.accepted is False:
            out.append((bid, N_("异常低价且不能说明合理性"), review.reason))
    return out


def triggers_in_words(triggers: Sequence[str]) -> str:
    """Why a low-price review was started, as the report says it."""
    return "；".join(LOW_PRICE_REASONS[key] for key in triggers)


def mean_centi(values: Sequence[int]) -> Fraction:
    """The mean of hundredths of a point, exact. Raises ZeroDivisionError where nobody has scored."""
    return Fraction(sum(values), len(values))


def _row(bid: Bid, scores: Sequence[MemberScore], points: Fraction) -> dict[str, Any]:
    whole = marks.mark(bid.public_id, [s.technical_centi + s.business_centi for s in scores], points)
    return {
        "bid": bid.public_id,
        "bidder": bid.bidder.name,
        "price_fen": bid.price_fen,
        "technical_mean_centi": half_up(mean_centi([s.technical_centi for s in scores])),
        "business_mean_centi": half_up(mean_centi([s.business_centi for s in scores])),
        "members_centi": half_up(whole.members * 100),
        "price_points_centi": half_up(points * 100),
        "mark_centi": whole.total_centi,
    }


def _standing(bid: Bid, row: Mapping[str, Any]) -> marks.Standing:
    return marks.Standing(bid.public_id, row["mark_centi"], bid.price_fen, row["technical_mean_centi"])


def _verdict(one: marks.Ranked) -> str:
    if one.tied:
        return TIED
    return FIRST if one.place == 1 else NEXT
