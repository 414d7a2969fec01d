"""What is read of evaluations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from app.accounts.models import Body
from app.agreements.models import Agreement
from app.core.access import Actor
from app.core.db import db
from app.core.files import StoredFile
from app.evaluations.models import Evaluation, IndicatorScore, Reply
from app.plans import queries as plans
from app.plans.models import Indicator, Measure, Project

PAGE = 30
MOST_ROUNDS = 2  # the contract: an evaluation, and where it was not passed one re-evaluation
SEEN_BY_ALL = frozenset({"supervisor", "administrator"})


@dataclass(frozen=True)
class Burden:
    """What a scheme asks people to report (S09): items, values to type, pieces of evidence, what it computes itself."""

    items: int
    computed: int
    typed: int
    evidence: int
    vetoes: int
    columns: int  # of the monthly sheet


def supplier_ids(project_id: int) -> set[int]:
    """The bodies that hold a contract of this project."""
    query = select(Agreement.supplier_id).where(Agreement.project_id == project_id)
    return set(db.session.scalars(query))


def suppliers(project: Project) -> dict[int, Body]:
    """The contractors of a project, by id."""
    query = select(Body).where(Body.id.in_(supplier_ids(project.id))).order_by(Body.id)
    return {one.id: one for one in db.session.scalars(query)}


def indicators(project: Project) -> list[Indicator]:
    """The scheme of a project, in order."""
    return plans.standing(Indicator, project, Indicator.order)


def burden(project: Project) -> Burden:
    """How much the scheme of a project asks for; what the portal holds already is not asked again."""
    scheme = indicators(project)
    vetoes = [i for i in scheme if i.kind == "veto"]
    typed = [i for i in scheme if not i.measure and i.kind != "veto"]
    return Burden(
        items=len(scheme), computed=sum(bool(i.measure) for i in scheme), typed=len(typed),
        evidence=len(typed) + len(vetoes), vetoes=len(vetoes),
        columns=len(plans.standing(Measure, project, Measure.order)),
    )  # fmt: skip


def rounds(project: Project, stage: str) -> list[Evaluation]:
    """The evaluations of a stage that were not declined, in order."""
    query = select(Evaluation).where(Evaluation.project_id == project.id, Evaluation.stage == stage)
    return list(db.session.scalars(query.where(Evaluation.state != "declined").order_by(Evaluation.id)))


def may_be_held(earlier: Sequence[Evaluation]) -> bool:
    """Whether another round of a stage may be held: the first, or one re-evaluation after a failed one."""
    if not earlier:
        return True
    return len(earlier) < MOST_ROUNDS and earlier[-1].state == "published" and not earlier[-1].passed


def is_second(evaluation: Evaluation) -> bool:
    """Whether this is the re-evaluation of a stage."""
    return any(one.id < evaluation.id for one in rounds(evaluation.project, evaluation.stage))


def scores(evaluation: Evaluation) -> list[IndicatorScore]:
    """The scores so far, in the order of the scheme."""
    query = select(IndicatorScore).join(Indicator, Indicator.id == IndicatorScore.indicator_id)
    query = query.where(IndicatorScore.evaluation_id == evaluation.id)
    return list(db.session.scalars(query.order_by(Indicator.order)))


def score_of(evaluation: Evaluation, indicator: Indicator) -> IndicatorScore | None:
    """The score of one indicator."""
    query = select(IndicatorScore).where(IndicatorScore.evaluation_id == evaluation.id)
    return db.session.scalar(query.where(IndicatorScore.indicator_id == indicator.id))


def evidence_file(evaluation: Evaluation, score_id: str) -> StoredFile | None:
    """The file that goes with a score of this evaluation."""
    query = select(StoredFile).join(IndicatorScore, IndicatorScore.evidence_id == StoredFile.id)
    query = query.where(IndicatorScore.evaluation_id == evaluation.id, IndicatorScore.public_id == score_id)
    return db.session.scalar(query)


def replies(evaluation: Evaluation) -> list[Reply]:
    """The organizations' replies."""
    query = select(Reply).where(Reply.evaluation_id == evaluation.id).order_by(Reply.id)
    return list(db.session.scalars(query))


def silent(evaluation: Evaluation) -> list[Body]:
    """The contractors that have not replied."""
    answered = {one.supplier_id for one in replies(evaluation)}
    return [body for key, body in suppliers(evaluation.project).items() if key not in answered]


def mine(who: Actor, after: str | None = None) -> tuple[Sequence[Evaluation], str | None]:
    """The evaluations this person may see, newest first, and the key of the next page when there is one."""
    query = _seen_by(who, select(Evaluation))
    if after:
        query = query.where(
            Evaluation.id < select(Evaluation.id).where(Evaluation.public_id == after).scalar_subquery()
        )
    found = list(db.session.scalars(query.order_by(Evaluation.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else None


def in_states(who: Actor, *states: str) -> list[Evaluation]:
    """The evaluations of this person's body that stand in one of these states, oldest first."""
    query = _seen_by(who, select(Evaluation)).where(Evaluation.state.in_(states))
    return list(db.session.scalars(query.order_by(Evaluation.id)))


def running_projects(who: Actor) -> list[Project]:
    """The projects of this buyer whose contracts are all published: an evaluation may be assigned."""
    held = select(Agreement.project_id).where(Agreement.buyer_id == who.body_id)
    query = select(Project).where(
        Project.id.in_(held.where(Agreement.state == "published")),
        Project.id.not_in(held.where(Agreement.state != "published")),
    )
    return list(db.session.scalars(query.order_by(Project.id)))


def _seen_by(who: Actor, query: Select[Any]) -> Select[Any]:
    if who.role_names & SEEN_BY_ALL:
        return query
    held = select(Agreement.project_id).where(Agreement.supplier_id == who.body_id)
    party = or_(Evaluation.buyer_id == who.body_id, Evaluation.evaluator_id == who.body_id)
    return query.where(or_(party, Evaluation.project_id.in_(held)))
