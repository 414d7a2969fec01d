"""Third-party evaluation: assigned, declared, scored with evidence, answered, published, and what it decides (S24)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.accounts.models import Body, Person
from app.accounts.queries import relations_of
from app.agreements import actions as agreements
from app.agreements.queries import of_project
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.delivery.queries import months_of, totals
from app.documents.keeping import print_and_keep
from app.evaluations import queries
from app.evaluations.facts import report
from app.evaluations.models import Evaluation, IndicatorScore, Reply
from app.plans.models import Indicator, Project
from app.registry.standing import bidder
from app.rules import evaluating
from app.rules.judging import Relation

NOT_NOW = N_("合同公告后才能组织评估。")
HELD = N_("这一阶段的评估已经指派。")
NOT_A_NUMBER = N_("「%(name)s」的实际值应为不小于零的数字。")
NOT_SCORED = N_("还有指标没有评分：%(names)s。")
SUBMITTED = N_("评分已提交，不能再改。")
WAIT = N_("请先等承接主体答复。")
ANSWERED = N_("贵单位已经答复过。")
CONDITIONS = {"mid_term": "mid_term_pass", "final": "final_pass"}


def assign(
    project: Project, stage: str, evaluator: Body, person: Person | None, due_on: date, months: int
) -> Evaluation:
    """Give an evaluation to an independent body. Raises Unlawful (D-06, D-07, D-10), OutOfOrder for a second one."""
    contracts = of_project(project)
    if not contracts or any(one.state != "published" for one in contracts):
        raise OutOfOrder(NOT_NOW)
    if queries.of_stage(project, stage) is not None:
        raise OutOfOrder(HELD)
    today, suppliers = clock.today(), [one.supplier for one in contracts]
    parties = [bidder(body, today) for body in suppliers]
    demand(
        evaluating.evaluator_independent(
            bidder(evaluator, today), bidder(project.buyer, today), parties, _ties(evaluator, person, suppliers)
        ),
        evaluating.final_before_the_end(due_on, project.term_to, catalogue.norms(project.place))
        if stage == "final"
        else (),
    )
    round_ = Evaluation(
        project=project, project_id=project.id, buyer_id=project.buyer_id, stage=stage, months=months,
        evaluator=evaluator, evaluator_id=evaluator.id, person_id=person.id if person else None, due_on=due_on,
        place=project.place,
    )  # fmt: skip
    return changes.add(round_, "evaluation.assign")


def declare(evaluation: Evaluation, text: str) -> Evaluation:
    """The evaluator declares that it has no interest (D-06)."""
    demand(evaluating.conflict_declared(bool(text.strip())))
    return changes.move(evaluation, "declare", declaration=text.strip(), declared_at=clock.now())


def decline(evaluation: Evaluation, reason: str) -> Evaluation:
    """The evaluator stands aside."""
    return changes.move(evaluation, "decline", declaration=reason.strip())


def save_score(
    evaluation: Evaluation, indicator: Indicator, actual: str | None, evidence: str, *, upheld: bool = False
) -> IndicatorScore:
    """Score one indicator; one that is computed from delivery figures takes no typed value (S08).

    Raises Invalid for a value that is no number; OutOfOrder once the scores were handed in.
    """
    if evaluation.state != "declared":
        raise OutOfOrder(SUBMITTED)
    found, computed = _actual(evaluation, indicator, actual)
    part = _part(evaluation, indicator)
    measure = _measure(indicator)
    values: dict[str, Any] = {
        "actual": str(found),
        "target": str(Decimal(measure.target) * part.numerator / part.denominator)
        if indicator.accumulates
        else indicator.target,
        "score_centi": evaluating.score_centi(measure, found, part),
        "computed": computed,
        "upheld": upheld and indicator.kind == "veto",
        "evidence": evidence.strip(),
    }
    kept = queries.score_of(evaluation, indicator)
    if kept is not None:
        return changes.amend(kept, "evaluation.score", **values)
    score = IndicatorScore(
        evaluation=evaluation, evaluation_id=evaluation.id, indicator=indicator, indicator_id=indicator.id,
        place=evaluation.place, **values,
    )  # fmt: skip
    return changes.add(score, "evaluation.score")


def submit(evaluation: Evaluation, summary: str) -> Evaluation:
    """Hand in the scores: total, band and verdict are computed (D-02, D-13). Raises Invalid, Unlawful (G-13)."""
    scores = {s.indicator_id: s for s in queries.scores(evaluation)}
    wanted = queries.indicators(evaluation.project)
    missing = [i.level3 for i in wanted if i.id not in scores]
    if missing:
        raise Invalid(NOT_SCORED, {"names": "、".join(missing)}, "scores")
    given = list(scores.values())
    demand(evaluating.evidence_given([s.indicator.level3 for s in given], _with_evidence(given)))
    total = evaluating.total_centi(s.score_centi for s in given)
    upheld = [s.indicator.level3 for s in given if s.upheld]
    return changes.move(
        evaluation, "score", total_centi=total, band=evaluating.band(total, catalogue.norms(evaluation.place)),
        passed=evaluating.passed(total, evaluation.project.pass_mark_centi, upheld), summary=summary.strip(),
        scored_at=clock.now(),
    )  # fmt: skip


def reply(evaluation: Evaluation, text: str, accepted: bool) -> Reply:
    """An organization's reply; when every contractor has replied the evaluation can be published."""
    body_id = access.actor().body_id
    suppliers = {one.supplier_id: one.supplier for one in of_project(evaluation.project)}
    if evaluation.state != "scored":
        raise OutOfOrder(SUBMITTED)
    if any(one.supplier_id == body_id for one in queries.replies(evaluation)):
        raise OutOfOrder(ANSWERED)
    access.demand("evaluation.reply", evaluation)
    assert body_id is not None
    made = Reply(
        evaluation=evaluation, evaluation_id=evaluation.id, supplier=suppliers[body_id], supplier_id=body_id,
        text=text.strip(), accepted=accepted, by_id=access.actor().id, place=evaluation.place,
    )  # fmt: skip
    changes.add(made, "evaluation.reply")
    if {one.supplier_id for one in queries.replies(evaluation)} >= set(suppliers):
        changes.move(evaluation, "reply")
    return made


def publish(evaluation: Evaluation) -> Evaluation:
    """Publish: the report on paper, and what the contract says follows from it (D-15): paid or withheld."""
    heard = {one.supplier_id for one in queries.replies(evaluation)}
    if not heard:
        raise OutOfOrder(WAIT)
    upheld = [s.indicator.level3 for s in queries.scores(evaluation) if s.upheld]
    demand(evaluating.veto_contestable(upheld, upheld if heard else ()))
    number = f"{evaluation.project.number}-PJ-{1 if evaluation.stage == 'mid_term' else 2}"
    kept = print_and_keep("performance_report", report(evaluation), number=number, body_id=evaluation.buyer_id)
    changes.move(evaluation, "publish", published_at=clock.now(), report_id=kept.id)
    follow = agreements.record_condition if evaluation.passed else agreements.withhold_condition
    follow(evaluation.project, CONDITIONS[evaluation.stage], f"绩效评价 {number}", evaluation.public_id)
    return evaluation


def _actual(evaluation: Evaluation, indicator: Indicator, typed: str | None) -> tuple[Decimal, bool]:
    if indicator.measure:
        months = months_of(evaluation.project)[: evaluation.months]
        return Decimal(totals(evaluation.project, months).get(indicator.measure, 0)), True
    try:
        found = Decimal((typed or "").strip())
    except InvalidOperation as error:
        raise Invalid(NOT_A_NUMBER, {"name": indicator.level3}, "actual") from error
    if not found.is_finite() or found < 0:
        raise Invalid(NOT_A_NUMBER, {"name": indicator.level3}, "actual")
    return found, False


def _part(evaluation: Evaluation, indicator: Indicator):  # type: ignore[no-untyped-def]
    whole = len(months_of(evaluation.project))
    return evaluating.part_of_term(evaluation.months if indicator.accumulates else whole, whole)


def _measure(indicator: Indicator) -> evaluating.Measure:
    return evaluating.Measure(
        indicator.level3, indicator.kind, Decimal(indicator.target or "0"), Decimal(indicator.weight_centi) / 100,
        indicator.accumulates,
    )  # fmt: skip


def _ties(evaluator: Body, person: Person | None, suppliers: Sequence[Body]) -> list[Relation]:
    names = {one.id: one.name for one in suppliers}
    return [
        Relation(
            person.name if person and tie.person_id == person.id else evaluator.name, names[tie.to_body_id], tie.kind
        )
        for tie in relations_of(set(names))
        if tie.from_body_id == evaluator.id or (person and tie.person_id == person.id)
    ]


def _with_evidence(scores: Sequence[IndicatorScore]) -> set[str]:
    return {s.indicator.level3 for s in scores if s.evidence or s.computed}
