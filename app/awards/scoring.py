"""Members mark the bids, each on their own (G-12); once summed, for four reasons only (B-57)."""

from typing import Any

from app.awards import records
from app.awards.committee import drawn_too_early
from app.awards.models import CommitteeMember, MemberScore
from app.awards.qualifying import NOT_JUDGING
from app.bids.models import Bid
from app.core import access, changes, clock
from app.core.errors import Missing, NotAllowed, OutOfOrder
from app.core.law import Findings, demand
from app.core.words import N_
from app.plans.models import Project
from app.rules.judging import change_has_reason, score_in_range
from app.tenders.lifecycle import TENDER

DECLARE_FIRST = N_("请先作出回避声明。")
STOOD_ASIDE = N_("您已回避，不参加本次评审。")
NOT_SCORED = N_("该投标不在评审范围内：未通过资格审查、已被认定无效，或者本包供应商不足法定家数。")
OTHER_TENDER = N_("这份投标不属于您评审的采购活动。")
NOT_YOU = N_("只有本人可以评分。")
NONE_TO_CORRECT = N_("评审结果汇总前没有您对这份投标的评分。")


def score(
    member: CommitteeMember, bid: Bid, technical_centi: int, business_centi: int, comment: str = "", reason: str = ""
) -> MemberScore:
    """Save a member's marks for one bid, in hundredths of a point; they may be amended until the report.

    After the report *reason* must be a key of CHANGE_REASONS, and the officer sums anew. Raises Unlawful (G-12 out of
    range, B-48 drawn too early, B-57), OutOfOrder before the declaration or for a bid that is not marked.
    """
    kept = _may_be_scored(member, bid, reason)
    demand(*ranges(bid.tender.project, technical_centi, business_centi))
    values: dict[str, Any] = {
        "technical_centi": technical_centi, "business_centi": business_centi, "comment": comment.strip(),
        "scored_at": clock.now(), "correction": reason,
    }  # fmt: skip
    if kept is not None:
        return changes.amend(kept, "committee.score", **values)
    new = MemberScore(member=member, member_id=member.id, bid=bid, bid_id=bid.id, place=bid.place, **values)
    return changes.add(new, "committee.score")


def ranges(project: Project, technical_centi: int, business_centi: int) -> list[Findings]:
    """What bars these marks: beyond the points the documents give."""
    return [
        score_in_range(technical_centi, project.technical_weight * 100, "技术"),
        score_in_range(business_centi, project.business_weight * 100, "商务"),
    ]


def _may_be_scored(member: CommitteeMember, bid: Bid, reason: str) -> MemberScore | None:
    tender = member.tender
    if member.person_id != access.actor().id:
        raise NotAllowed(NOT_YOU)
    if bid.tender_id != tender.id:
        raise Missing(OTHER_TENDER)
    if member.recused:
        raise OutOfOrder(STOOD_ASIDE)
    if member.declared_at is None:
        raise OutOfOrder(DECLARE_FIRST)
    kept = records.score_of(member, bid)
    if tender.state == "judged" and not records.awards_of(tender):
        return _to_correct(kept, reason)
    if tender.state != "opened":
        raise OutOfOrder(NOT_JUDGING, {"state": TENDER.states[tender.state]})
    if bid not in records.to_score(tender):
        raise OutOfOrder(NOT_SCORED)
    if not records.scores(tender):
        demand(drawn_too_early(records.committee(tender)))
    return kept


def _to_correct(kept: MemberScore | None, reason: str) -> MemberScore:
    demand(change_has_reason(reason))
    if kept is None:
        raise OutOfOrder(NONE_TO_CORRECT)
    return kept
