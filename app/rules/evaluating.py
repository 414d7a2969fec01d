"""Judging performance (绩效评价): who may, what each indicator earns, the total, its band and what it decides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.rules.bidding import Bidder, not_related, not_the_consultant
from app.rules.figures import half_up
from app.rules.judging import Relation
from app.rules.purchasing import months_after

KINDS = {
    "quantity": N_("数量：达到目标得满分，未达到按比例"),
    "ratio": N_("比率：达到目标得满分，未达到按比例"),
    "rubric": N_("评分：按评分的百分比"),
    "ratio_max": N_("比率上限：不高于目标得满分，超过按反比例"),
    "index_max": N_("指数上限：不高于目标得满分，超过按反比例"),
    "veto": N_("一票否决"),
}
UPPER_LIMITS = frozenset({"ratio_max", "index_max"})
BANDS = {"you": N_("优"), "liang": N_("良"), "zhong": N_("中"), "cha": N_("差")}
VETO_ITEMS = {
    "forged_records": N_("伪造服务记录"),
    "misuse_of_funds": N_("挪用项目资金"),
    "assignment": N_("转包"),
    "serious_harm": N_("严重安全责任或者侵权事件"),
    "crime": N_("违法犯罪"),
    "refused_evaluation": N_("拒绝接受评估"),
}
WHOLE = Fraction(1)


@dataclass(frozen=True)
class Measure:
    """One indicator to be scored. `weight` and `target` as typed; `accumulates`: counted up over the term."""

    name: str
    kind: str
    target: Decimal
    weight: Decimal
    accumulates: bool = False


def accumulates(kind: str, part: str) -> bool:
    """Whether an indicator is counted up over the term: a quantity that is not a one-off decision (决策) step."""
    return kind == "quantity" and part != "decision"


def part_of_term(months_delivered: int, months: int) -> Fraction:
    """The part of the term that lies behind an evaluation: 6 of 12 months → 1/2. ValueError outside the term."""
    if not 0 < months_delivered <= months:
        raise ValueError("the months delivered lie within the term")
    return Fraction(months_delivered, months)


def score_centi(measure: Measure, actual: Decimal, part: Fraction = WHOLE) -> int:
    """What *actual* earns, in hundredths of a point rounded half up (issue README, D-08).

    quantity, ratio: weight × min(1, actual / target) · rubric: weight × points / 100 · ratio_max, index_max:
    weight when actual ≤ target, else weight × target / actual. *part* of the term shortens the target of an
    indicator that accumulates. A veto earns nothing. ValueError for an unknown kind or impossible figures.
    """
    weight, target, found = Fraction(measure.weight), Fraction(measure.target), Fraction(actual)
    if measure.accumulates:
        target *= part
    if measure.kind not in KINDS or found < 0 or weight < 0:
        raise ValueError(f"{measure.name}: no such kind, or a figure below zero")
    return half_up(weight * _achieved(measure.kind, target, found) * 100)


def _achieved(kind: str, target: Fraction, found: Fraction) -> Fraction:
    if kind == "veto":
        return Fraction(0)
    if kind == "rubric":
        return min(WHOLE, found / 100)
    if kind in UPPER_LIMITS:
        return WHOLE if found <= target else target / found
    if target <= 0:
        raise ValueError("a target to be reached is above zero")
    return min(WHOLE, found / target)


def total_centi(scores: Iterable[int]) -> int:
    """The total: each score was rounded first, then they are summed. Hundredths of a point."""
    return sum(scores)


def band(total: int, norms: Norms) -> str:
    """The band of a total in hundredths: you ≥90, liang ≥80, zhong ≥60, else cha; half-open (D-02)."""
    reached = (key for key in ("you", "liang", "zhong") if total >= norms.whole(f"band_{key}") * 100)
    return next(reached, "cha")


def passed(total: int, pass_mark_centi: int, upheld_vetoes: Collection[str] = ()) -> bool:
    """Whether the evaluation is passed: at or above the contract's mark, and no upheld veto (D-13, D-15)."""
    return total >= pass_mark_centi and not upheld_vetoes


@rule("B-25", "D-06", "D-07")
def evaluator_independent(
    evaluator: Bidder, buyer: Bidder, contractors: Sequence[Bidder], ties: Sequence[Relation] = ()
) -> Findings:
    """The evaluator is neither party nor related to one (the checks of B-24, B-25 and B-29)."""
    for party in (buyer, *contractors):
        same = evaluator.name == party.name or (evaluator.code and evaluator.code == party.code)
        if same or any(not_related([evaluator, party])):
            text = N_("评价机构“%(evaluator)s”与“%(party)s”存在利益关系，不得承担本项目评价。")
            yield Finding("D-06", text, {"evaluator": evaluator.name, "party": party.name}, "evaluator")
    yield from not_the_consultant(evaluator, "open_tender")
    names = {party.name for party in (buyer, *contractors)}
    for tie in ties:
        if tie.supplier in names:
            text = N_("评价人员“%(person)s”与“%(party)s”存在利害关系，应当回避。")
            yield Finding("D-07", text, {"person": tie.person, "party": tie.supplier}, "evaluator")


@rule("D-06")
def conflict_declared(declared: bool) -> Findings:
    """The evaluator declares that it has no interest before it starts."""
    if not declared:
        text = N_("评价机构开始评价前须签署无利益冲突声明。")
        yield Finding("D-06", text, {}, "conflict_declaration")


@rule("A-14")
def evaluated_along_the_way(ex_ante: int, periodic: int, norms: Norms) -> Findings:
    """Ex-ante assessment and periodic evaluation are planned: one evaluation at the end is a breach (T-24)."""
    if ex_ante < norms.whole("ex_ante_min"):
        yield Finding("A-14", N_("须开展事前绩效评估。"), {}, "ex_ante_assessment")
    if periodic < norms.whole("periodic_min"):
        text = N_("须在履约过程中定期开展绩效评价，不能只在结束时评价一次。")
        yield Finding("A-14", text, {}, "evaluations")


@rule("D-10")
def final_before_the_end(final_on: date, contract_ends: date, norms: Norms) -> Findings:
    """The final evaluation lies before the contract's end; warn where it is earlier than its last month."""
    if final_on > contract_ends:
        text = N_("末期评价应当在合同到期前完成，合同至%(end)s。")
        yield Finding("D-10", text, {"end": contract_ends.isoformat()}, "final_on")
    elif months_after(final_on, norms.whole("final_evaluation_months_before_end")) < contract_ends:
        text = N_("末期评价一般在合同到期前%(months)s个月内进行。")
        months = norms.whole("final_evaluation_months_before_end")
        yield Finding("D-10", text, {"months": months}, "final_on", bars=False)


@rule("G-13")
def evidence_given(scored: Sequence[str], with_evidence: Collection[str]) -> Findings:
    """Every scored indicator and every veto finding cites its evidence (S09)."""
    for name in scored:
        if name not in with_evidence:
            text = N_("指标“%(name)s”尚未附证据。")
            yield Finding("G-13", text, {"name": name}, "evidence")


@rule("D-13")
def veto_contestable(upheld: Sequence[str], heard: Collection[str]) -> Findings:
    """A veto item counts only after the organization was heard on it (S09: vetoes can be contested)."""
    for item in upheld:
        if item not in heard:
            text = N_("否决项“%(item)s”须先听取承接主体的陈述和申辩。")
            yield Finding("D-13", text, {"item": item}, "veto")
