"""Before the marks: is each bidder qualified (B-46), and must a price be justified (B-55)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.awards import queries
from app.awards.models import LowPriceReview, Qualification
from app.bids.models import Bid
from app.bids.sealed_payload import SME_KINDS
from app.catalogue.queries import norms
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.plans.models import Lot, Project
from app.registry.standing import bidder as standing_of
from app.rules import bidding, judging
from app.rules.bidding import CONDITIONS, Bidder
from app.rules.marks import LowPriceShares, Trigger, low_price_justified, low_price_review

Checks = list[tuple[str, str, list[Finding]]]
NOT_JUDGING = N_("现在的状态是「%(state)s」，不在评审中。")
CHECKED_BEFORE = N_("这份投标已经做过资格审查。")
REASON_NEEDED = N_("资格审查不通过的，请写明理由。")
UNREADABLE = N_("这份投标未能开启或者无效（%(fault)s），不再做资格审查。")
ASKED_BEFORE = N_("已经要求该供应商说明报价。")
CHECK_FIRST = N_("本包还有投标没有做资格审查，平均报价尚不能确定。")
NOT_QUALIFIED = N_("该投标没有通过资格审查。")
NOTHING_SAID = N_("请写明成本构成和证明材料的内容。")
DECIDED_BEFORE = N_("这次审查已有结论。")
ANSWERED_BEFORE = N_("已经提交过说明。")
VERDICT_REASON = N_("请写明审查结论的理由。")
NO_PROOF = N_("供应商没有提交说明，不能认定报价合理。")
SME = tuple(kind for kind in SME_KINDS if kind != "none")


def must_be_judging(state: str, label: str) -> None:
    """Stop unless the bids are open and the report is not made. Raises OutOfOrder."""
    if state != "opened":
        raise OutOfOrder(NOT_JUDGING, {"state": label})


def check_qualification(
    bid: Bid, passed: bool, reason: str = "", checks: Sequence[Mapping[str, Any]] = ()
) -> Qualification:
    """Record the purchaser's side's verdict on a bidder's qualification (B-46).

    *checks*: what the officer looked at beside what is computed here (rule, text, passed). Raises Unlawful when a
    computed check bars what is passed or when a committee member judges, Invalid for a refusal without a reason.
    """
    _judging(bid)
    if not bid.valid:
        raise Invalid(UNREADABLE, {"fault": bid.fault}, "passed")
    if bid.id in queries.qualifications(bid.tender):
        raise OutOfOrder(CHECKED_BEFORE)
    if not passed and not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    committee = [m.person.public_id for m in queries.everybody_drawn(bid.tender)]
    computed = computed_checks(bid)
    demand(judging.qualification_by_buyer(access.actor().public_id, committee))
    if passed:
        demand(*(found for _, _, found in computed))
    kept = [*_kept(computed), *({**one} for one in checks)]
    verdict = Qualification(
        bid=bid, bid_id=bid.id, passed=passed, checks=kept, reason=reason.strip(), by_id=access.actor().id,
        place=bid.place,
    )  # fmt: skip
    return changes.add(verdict, "qualification.check")


def computed_checks(bid: Bid) -> Checks:
    """What the portal can tell of a bidder's qualification today: (rule, what is checked, what was found)."""
    day = clock.today()
    who = _bidder(bid, declared=True)
    others = [_bidder(other) for other in queries.readable(bid.tender, bid.lot) if other.id != bid.id]
    related = [f for other in others for f in bidding.not_related([who, other])]
    sme = bid.declaration.get("sme") in SME
    standing = list(bidding.eligible(who, day))
    return [
        ("B-20", N_("采购法第二十二条规定的条件"), [f for f in standing if f.rule == "B-20"]),
        ("B-21", N_("没有被禁止参加政府采购活动"), [f for f in standing if f.rule == "B-21"]),
        ("C-28", N_("不在严重违法失信名单中"), [f for f in standing if f.rule == "C-28"]),
        ("B-24", N_("与同包其他供应商不存在负责人相同、控股或者管理关系"), related),
        ("B-25", N_("没有为本项目提供过前期服务"), list(bidding.not_the_consultant(who, project_of(bid).method))),
        ("B-111", N_("预留份额的采购只面向中小企业"), _reserved(bid, who, sme)),
        ("B-34", N_("报价大于零且不超过最高限价"), list(bidding.price_allowed(bid.price_fen, bid.lot.ceiling_fen))),
    ]


def project_of(bid: Bid) -> Project:
    """The project a bid is for."""
    return bid.tender.project


def low_price_triggers(bid: Bid, doubted: Iterable[str] = ()) -> list[Trigger]:
    """Why the price of a bid must be justified, with the project's shares (B-55); empty when it need not."""
    return triggers_of(bid.tender.project, bid.lot, queries.qualified(bid.tender, bid.lot), doubted).get(
        bid.public_id, []
    )


def triggers_of(
    project: Project, lot: Lot, passing: Sequence[Bid], doubted: Iterable[str] = ()
) -> dict[str, list[Trigger]]:
    """The triggers among the bids that passed, by the bid's public id."""
    prices = {bid.public_id: bid.price_fen for bid in passing}
    return low_price_review(prices, lot.ceiling_fen, shares_of(project), doubted)


def shares_of(project: Project) -> LowPriceShares:
    """The shares the project's documents give, below which a price is reviewed."""
    return LowPriceShares(*(share_of(project, key) for key in ("mean", "second", "ceiling")))


def share_of(project: Project, key: str) -> Any:
    """One of the three shares, exact: 50 hundredths = 1/2."""
    from fractions import Fraction

    return Fraction(getattr(project, f"low_price_{key}_centi"), 100)


def ask_low_price(bid: Bid) -> LowPriceReview:
    """Ask a bidder to justify an abnormally low price; where no share is undercut it is the experts who doubt it (B-55).

    Raises OutOfOrder before the lot's qualification is finished or when it was asked before.
    """
    _judging(bid)
    if queries.unchecked(bid.tender, bid.lot):
        raise OutOfOrder(CHECK_FIRST)
    if bid not in queries.qualified(bid.tender, bid.lot):
        raise OutOfOrder(NOT_QUALIFIED)
    if bid.id in queries.reviews(bid.tender):
        raise OutOfOrder(ASKED_BEFORE)
    found = low_price_triggers(bid) or low_price_triggers(bid, [bid.public_id])
    review = LowPriceReview(
        bid=bid, bid_id=bid.id, triggers=[one.reason for one in found], asked_at=clock.now(),
        minutes=norms(bid.place).whole("low_price_minutes"), place=bid.place,
    )  # fmt: skip
    return changes.add(review, "low_price.ask")


def answer_low_price(review: LowPriceReview, text: str) -> LowPriceReview:
    """Take the bidder's explanation, once, until the review is decided. Raises OutOfOrder, Invalid when empty."""
    if review.decided_at is not None:
        raise OutOfOrder(DECIDED_BEFORE)
    if review.answered_at is not None:
        raise OutOfOrder(ANSWERED_BEFORE)
    if not text.strip():
        raise Invalid(NOTHING_SAID, {}, "answer")
    return changes.amend(review, "low_price.answer", answer=text.strip(), answered_at=clock.now())


def decide_low_price(review: LowPriceReview, accepted: bool, reason: str) -> LowPriceReview:
    """Record the verdict; without proof the bid is invalid, and half an hour must have been given (B-55)."""
    _judging(review.bid)
    if review.decided_at is not None:
        raise OutOfOrder(DECIDED_BEFORE)
    if not reason.strip():
        raise Invalid(VERDICT_REASON, {}, "reason")
    if accepted and review.answered_at is None:
        raise Invalid(NO_PROOF, {}, "accepted")
    given = review.minutes if review.answered_at else int((clock.now() - review.asked_at).total_seconds() // 60)
    demand(low_price_justified(review.bid.bidder.name, True, given, accepted, norms(review.place)))
    return changes.amend(
        review, "low_price.decide", accepted=accepted, reason=reason.strip(), decided_at=clock.now()
    )  # fmt: skip


def _judging(bid: Bid) -> None:
    flow = type(bid.tender).lifecycle
    must_be_judging(bid.tender.state, flow.states[bid.tender.state])


def _bidder(bid: Bid, *, declared: bool = False) -> Bidder:
    from dataclasses import replace

    who = standing_of(bid.bidder, clock.today())
    missing = {key for key in ("no_major_violation",) if declared and not bid.declaration.get(key, False)}
    prior = declared and not bid.declaration.get("not_prior", True)
    return replace(
        who, conditions=frozenset(CONDITIONS) - missing, did_consulting=who.did_consulting or prior
    )


def _reserved(bid: Bid, who: Bidder, sme: bool) -> list[Finding]:
    return list(bidding.reserved_for_enterprises(project_of(bid).reserved, who, declared_sme=sme))


def _kept(computed: Checks) -> list[dict[str, Any]]:
    return [
        {"rule": row, "text": "；".join(f.text % f.values for f in found) or label, "passed": not _barred(found)}
        for row, label, found in computed
    ]


def _barred(found: Iterable[Finding]) -> bool:
    return any(one.bars for one in found)
