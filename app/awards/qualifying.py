"""The purchaser's side asks of every bidder whether it is qualified (B-46); what the portal can tell it computes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.awards import records
from app.awards.models import Qualification
from app.bids.models import Bid
from app.bids.sealed_payload import SME_KINDS
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.registry.standing import bidder as standing_of
from app.rules import bidding, judging
from app.rules.bidding import Bidder
from app.tenders.lifecycle import TENDER
from app.tenders.models import Tender

Checks = list[tuple[str, str, list[Finding]]]
NOT_JUDGING = N_("现在的状态是「%(state)s」，不在评审中。")
CHECKED_BEFORE = N_("这份投标已经做过资格审查。")
REASON_NEEDED = N_("资格审查不通过的，请写明理由。")
UNREADABLE = N_("这份投标未能开启或者无效（%(fault)s），不再做资格审查。")
SMALL = tuple(kind for kind in SME_KINDS if kind != "none")


def must_be_judging(tender: Tender) -> None:
    """Stop unless the bids are open and the report is not made yet. Raises OutOfOrder."""
    if tender.state != "opened":
        raise OutOfOrder(NOT_JUDGING, {"state": TENDER.states[tender.state]})


def check_qualification(
    bid: Bid, passed: bool, reason: str = "", checks: Sequence[Mapping[str, Any]] = ()
) -> Qualification:
    """Record the purchaser's side's verdict on a bidder's qualification (B-46).

    *checks*: what the officer looked at beside what is computed here (rule, text, passed). Raises Unlawful when a
    computed check bars what is passed or when a committee member judges, Invalid for a refusal without a reason.
    """
    must_be_judging(bid.tender)
    computed = _may_be_checked(bid, passed, reason)
    if passed:
        demand(*(found for _, _, found in computed))
    verdict = Qualification(
        bid=bid, bid_id=bid.id, passed=passed, checks=[*_kept(computed), *({**one} for one in checks)],
        reason=reason.strip(), by_id=access.actor().id, place=bid.place,
    )  # fmt: skip
    return changes.add(verdict, "qualification.check")


def computed_checks(bid: Bid) -> Checks:
    """What the portal can tell of a bidder's qualification today: (rule, what is checked, what was found)."""
    who = as_bidder(bid, declared=True)
    project, lot = bid.tender.project, bid.lot
    standing = list(bidding.eligible(who, clock.today()))
    small = bid.declaration.get("sme") in SMALL
    return [
        ("B-20", N_("具备采购法第二十二条规定的条件"), [f for f in standing if f.rule == "B-20"]),
        ("B-21", N_("没有被禁止参加政府采购活动"), [f for f in standing if f.rule == "B-21"]),
        ("C-28", N_("不在严重违法失信名单和活动异常名录中"), [f for f in standing if f.rule == "C-28"]),
        ("B-24", N_("与同包其他供应商没有负责人相同、控股或者管理关系"), _related(bid, who)),
        ("B-25", N_("没有为本项目提供过前期服务"), list(bidding.not_the_consultant(who, project.method))),
        ("B-111", N_("预留份额的，属于中小企业"), list(bidding.reserved_for_enterprises(project.reserved, who, small))),
        ("B-34", N_("报价大于零且不超过最高限价"), list(bidding.price_allowed(bid.price_fen, lot.ceiling_fen))),
    ]


def as_bidder(bid: Bid, *, declared: bool = False) -> Bidder:
    """The bidder as the rules see it today, with what its bid declares when that is asked for."""
    who = standing_of(bid.bidder, clock.today())
    if not declared:
        return who
    conditions = who.conditions - ({"no_major_violation"} if not bid.declaration.get("no_major_violation") else set())
    prior = bid.declaration.get("not_prior") is False
    return replace(who, conditions=conditions, did_consulting=who.did_consulting or prior)


def _may_be_checked(bid: Bid, passed: bool, reason: str) -> Checks:
    if not bid.valid:
        raise Invalid(UNREADABLE, {"fault": bid.fault}, "passed")
    if bid.id in records.qualifications(bid.tender):
        raise OutOfOrder(CHECKED_BEFORE)
    committee = [m.person.public_id for m in records.everybody_drawn(bid.tender)]
    demand(judging.qualification_by_buyer(access.actor().public_id, committee))
    if not passed and not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    return computed_checks(bid)


def _related(bid: Bid, who: Bidder) -> list[Finding]:
    others = [as_bidder(one) for one in records.readable(bid.tender, bid.lot) if one.bidder_id != bid.bidder_id]
    return [finding for other in others for finding in bidding.not_related([who, other])]


def _kept(computed: Checks) -> list[dict[str, Any]]:
    return [
        {"rule": row, "text": "；".join(f.text % f.values for f in found) or label, "passed": not _barred(found)}
        for row, label, found in computed
    ]


def _barred(found: Iterable[Finding]) -> bool:
    return any(one.bars for one in found)
