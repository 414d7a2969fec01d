"""Scoring: what delivery figures say is computed, the rest is typed with its evidence (S08, S09, G-13)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.catalogue import queries as catalogue
from app.core import changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.delivery.queries import figures_until, months_of
from app.evaluations import queries
from app.evaluations.models import Evaluation, IndicatorScore
from app.plans.given import some
from app.plans.models import Indicator
from app.rules import evaluating
from app.rules.figures import half_up

NUMBER = re.compile(r"\d{1,9}(\.\d{1,4})?", re.ASCII)
NOT_A_NUMBER = N_("「%(name)s」的实际值应为不小于零的数字，最多四位小数。")
OVER_FULL = N_("「%(name)s」按百分制评分，不能超过 100。")
NOT_SCORED = N_("还有指标没有评分：%(names)s。")
SUBMITTED = N_("现在不能评分：须先声明无利害关系，提交后不能再改。")
OTHER_SCHEME = N_("「%(name)s」不是本项目的指标。")
FROM_FIGURES = "平台按服务数据汇总"
KINDS = ("pdf", "png", "jpg", "xlsx", "docx", "csv")
Upload = tuple[bytes, str]  # content and name


@dataclass(frozen=True)
class Line:
    """One line of the scoring sheet as typed."""

    indicator: Indicator
    actual: str
    evidence: str
    file: Upload | None = None
    upheld: bool = False
    where: str = "line"  # its name in the form, for what is refused

    @property
    def blank(self) -> bool:
        """Whether nothing was typed yet."""
        return not (self.actual.strip() or self.evidence.strip() or self.file or self.upheld)


def save_sheet(evaluation: Evaluation, lines: Sequence[Line]) -> None:
    """Save what is filled in so far. Raises Invalid naming the line's field."""
    for line in lines:
        if line.blank:
            continue
        try:
            save_score(evaluation, line.indicator, line.actual, line.evidence, line.file, line.upheld)
        except Invalid as wrong:
            raise Invalid(wrong.text, wrong.values, f"{line.where}-{wrong.field or 'file'}") from wrong


def save_score(
    evaluation: Evaluation, indicator: Indicator, actual: str | None, evidence: str,
    evidence_file: Upload | None = None, upheld: bool = False,
) -> IndicatorScore:  # fmt: skip
    """Score one indicator; one that is computed from delivery figures takes no typed value (S08).

    A veto item takes none either: *upheld* says whether it is found (D-13). Raises Invalid for a value that is no
    number, OutOfOrder before the declaration and once the scores were handed in.
    """
    if evaluation.state != "declared":
        raise OutOfOrder(SUBMITTED)
    if indicator.project_id != evaluation.project_id or indicator.dropped:
        raise Invalid(OTHER_SCHEME, {"name": indicator.level3}, "actual")
    found, part = _actual(evaluation, indicator, actual, upheld), part_of(evaluation, indicator)
    said = evidence.strip() or (FROM_FIGURES if indicator.measure else "")
    values: dict[str, Any] = {
        "actual": f"{found:f}", "target": target_at(indicator, part),
        "score_centi": evaluating.score_centi(_measure(indicator), found, part),
        "computed": bool(indicator.measure), "upheld": upheld and indicator.kind == "veto", "evidence": said,
    }  # fmt: skip
    if evidence_file:
        values["evidence_id"] = files.keep(*evidence_file, KINDS, body_id=evaluation.evaluator_id).id
    kept = queries.score_of(evaluation, indicator)
    if kept is not None:
        return changes.amend(kept, "evaluation.score", **values)
    score = IndicatorScore(
        evaluation=evaluation, evaluation_id=evaluation.id, indicator=indicator, indicator_id=indicator.id,
        place=evaluation.place, **values,
    )  # fmt: skip
    return changes.add(score, "evaluation.score")


def submit(evaluation: Evaluation, summary: str) -> Evaluation:
    """Hand in the scores: total, band and verdict are computed (D-02, D-13). Raises Invalid, Unlawful (G-13).

    What comes from delivery figures is computed once more, so that it says what the figures say now.
    """
    if evaluation.state != "declared":
        raise OutOfOrder(SUBMITTED)
    _compute(evaluation)
    given = queries.scores(evaluation)
    scored = {s.indicator_id for s in given}
    missing = [i.level3 for i in queries.indicators(evaluation.project) if i.id not in scored]
    if missing:
        raise Invalid(NOT_SCORED, {"names": "、".join(missing)}, "summary")
    demand(evaluating.evidence_given([s.indicator.level3 for s in given], _with_evidence(given)))
    total = evaluating.total_centi(s.score_centi for s in given)
    upheld = [s.indicator.level3 for s in given if s.upheld]
    return changes.move(
        evaluation, "score", total_centi=total, band=evaluating.band(total, catalogue.norms(evaluation.place)),
        passed=evaluating.passed(total, evaluation.project.pass_mark_centi, upheld),
        summary=some(summary, "summary"), scored_at=clock.now(),
    )  # fmt: skip


def target_at(indicator: Indicator, part: Fraction) -> str:
    """The target that applies at this part of the term; four decimals where it is no shorter number."""
    if not indicator.accumulates:
        return indicator.target
    exact = Fraction(Decimal(indicator.target)) * part
    return f"{(Decimal(half_up(exact * 10_000)) / 10_000).normalize():f}"


def _compute(evaluation: Evaluation) -> None:
    for indicator in queries.indicators(evaluation.project):
        if indicator.measure:
            kept = queries.score_of(evaluation, indicator)
            save_score(evaluation, indicator, None, kept.evidence if kept else "")


def _actual(evaluation: Evaluation, indicator: Indicator, typed: str | None, upheld: bool) -> Decimal:
    if indicator.measure:
        return Decimal(figures_until(evaluation.project, evaluation.months).get(indicator.measure, 0))
    if indicator.kind == "veto":
        return Decimal(upheld)
    if not NUMBER.fullmatch((typed or "").strip()):
        raise Invalid(NOT_A_NUMBER, {"name": indicator.level3}, "actual")
    found = Decimal((typed or "").strip())
    if indicator.kind == "rubric" and found > 100:
        raise Invalid(OVER_FULL, {"name": indicator.level3}, "actual")
    return found


def part_of(evaluation: Evaluation, indicator: Indicator) -> Fraction:
    """The part of the term that the indicator's target is taken for."""
    whole = len(months_of(evaluation.project))
    return evaluating.part_of_term(evaluation.months if indicator.accumulates else whole, whole)


def _measure(indicator: Indicator) -> evaluating.Measure:
    return evaluating.Measure(
        indicator.level3, indicator.kind, Decimal(indicator.target or "0"), Decimal(indicator.weight_centi) / 100,
        indicator.accumulates,
    )  # fmt: skip


def _with_evidence(scores: Sequence[IndicatorScore]) -> set[str]:
    return {s.indicator.level3 for s in scores if s.evidence or s.evidence_id}
