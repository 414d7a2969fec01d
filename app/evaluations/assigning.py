"""Giving an evaluation to an independent body, which declares that it has no interest or stands aside (D-06, D-07)."""

from collections.abc import Sequence
from datetime import date

from app.accounts.models import Body, Person, Relation
from app.accounts.queries import relations_of
from app.agreements.queries import of_project
from app.catalogue import queries as catalogue
from app.core import changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Findings, Norms, demand
from app.core.words import N_
from app.delivery.queries import months_of
from app.evaluations import queries
from app.evaluations.models import STAGES, Evaluation
from app.plans.given import one_of, some
from app.plans.models import Project
from app.registry.standing import bidder
from app.rules import evaluating, judging

NOT_NOW = N_("合同公告后才能组织评估。")
HELD = N_("这一阶段的评估已经指派，或者已有结论。")
NOT_THEIRS = N_("「%(person)s」不是「%(body)s」的人员。")
BAD_MONTHS = N_("评估涵盖的月数应在 1 至 %(most)s 之间：只能评估已经开始的月份。")
PAST = N_("完成期限不能早于今天。")


def assign(
    project: Project, stage: str, evaluator: Body, person: Person | None, due_on: date, months: int
) -> Evaluation:
    """Give an evaluation to an independent body; after a failed one, the re-evaluation the contract provides for.

    *months*: how many months of delivery, from the first, it looks at. Raises Unlawful (D-06, D-07, D-10), OutOfOrder
    for one that is held already, Invalid.
    """
    one_of(stage, STAGES, "stage")
    contracts = of_project(project)
    if not contracts or any(one.state != "published" for one in contracts):
        raise OutOfOrder(NOT_NOW)
    earlier = queries.rounds(project, stage)
    if not queries.may_be_held(earlier):
        raise OutOfOrder(HELD)
    _demand_sense(project, evaluator, person, due_on, months)
    norms = catalogue.norms(project.place)
    demand(_independent(project, [one.supplier for one in contracts], evaluator, person, norms))
    if stage == "final" and not earlier:
        demand(evaluating.final_before_the_end(due_on, project.term_to, norms))
    round_ = Evaluation(
        project=project, project_id=project.id, buyer_id=project.buyer_id, stage=stage, months=months,
        evaluator=evaluator, evaluator_id=evaluator.id, person=person, person_id=person.id if person else None,
        due_on=due_on, place=project.place,
    )  # fmt: skip
    return changes.add(round_, "evaluation.assign")


def declare(evaluation: Evaluation, text: str) -> Evaluation:
    """The evaluator declares that it has no interest (D-06)."""
    demand(evaluating.conflict_declared(bool(text.strip())))
    return changes.move(evaluation, "declare", declaration=text.strip(), declared_at=clock.now())


def decline(evaluation: Evaluation, reason: str) -> Evaluation:
    """The evaluator stands aside, saying why; another may be assigned."""
    return changes.move(evaluation, "decline", declaration=some(reason, "reason"))


def _demand_sense(project: Project, evaluator: Body, person: Person | None, due_on: date, months: int) -> None:
    if person is not None and person.body_id != evaluator.id:
        raise Invalid(NOT_THEIRS, {"person": person.name, "body": evaluator.name}, "evaluator")
    begun = sum(month <= f"{clock.today():%Y-%m}" for month in months_of(project))
    if not 1 <= months <= begun:
        raise Invalid(BAD_MONTHS, {"most": begun}, "months")
    if due_on < clock.today():
        raise Invalid(PAST, {}, "due_on")


def _independent(
    project: Project, suppliers: Sequence[Body], evaluator: Body, person: Person | None, norms: Norms
) -> Findings:
    today, parties = clock.today(), {one.id: one for one in (project.buyer, *suppliers)}
    ties = [
        judging.Relation(person.name if person and tie.person_id == person.id else evaluator.name,
                         parties[tie.to_body_id].name, tie.kind)
        for tie in relations_of(set(parties))
        if _theirs(tie, evaluator, person) and not _over(tie, today, norms)
    ]  # fmt: skip
    others = [bidder(one, today) for one in suppliers]
    return evaluating.evaluator_independent(bidder(evaluator, today), bidder(project.buyer, today), others, ties)


def _theirs(tie: Relation, evaluator: Body, person: Person | None) -> bool:
    return tie.from_body_id == evaluator.id or (person is not None and tie.person_id == person.id)


def _over(tie: Relation, today: date, norms: Norms) -> bool:
    """Work and seats that ended count for three years more, as in a review (B-29, D-07)."""
    since = judging.years_before(today, norms.whole("recusal_years"))
    return tie.until is not None and tie.kind in judging.TIMED and tie.until < since.isoformat()
