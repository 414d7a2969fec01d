"""What is read of evaluations."""

from sqlalchemy import or_, select

from app.agreements.models import Agreement
from app.core.access import Actor
from app.core.db import db
from app.evaluations.models import Evaluation, IndicatorScore, Reply
from app.plans import queries as plans
from app.plans.models import Indicator, Project

PAGE = 30


def supplier_ids(project_id: int) -> set[int]:
    """The bodies that hold a contract of this project."""
    query = select(Agreement.supplier_id).where(Agreement.project_id == project_id)
    return set(db.session.scalars(query))


def indicators(project: Project) -> list[Indicator]:
    """The scheme of a project, in order."""
    return plans.standing(Indicator, project, Indicator.order)


def of_stage(project: Project, stage: str) -> Evaluation | None:
    """The evaluation of a stage that was not declined."""
    query = select(Evaluation).where(Evaluation.project_id == project.id, Evaluation.stage == stage)
    return db.session.scalar(query.where(Evaluation.state != "declined"))


def scores(evaluation: Evaluation) -> list[IndicatorScore]:
    """The scores so far, in the order they were given."""
    query = select(IndicatorScore).where(IndicatorScore.evaluation_id == evaluation.id)
    return list(db.session.scalars(query.order_by(IndicatorScore.id)))


def score_of(evaluation: Evaluation, indicator: Indicator) -> IndicatorScore | None:
    """The score of one indicator."""
    query = select(IndicatorScore).where(IndicatorScore.evaluation_id == evaluation.id)
    return db.session.scalar(query.where(IndicatorScore.indicator_id == indicator.id))


def replies(evaluation: Evaluation) -> list[Reply]:
    """The organizations' replies."""
    query = select(Reply).where(Reply.evaluation_id == evaluation.id).order_by(Reply.id)
    return list(db.session.scalars(query))


def mine(who: Actor) -> list[Evaluation]:
    """The evaluations this person may see, newest first."""
    query = select(Evaluation).order_by(Evaluation.id.desc()).limit(PAGE)
    if who.role_names & {"supervisor", "administrator"}:
        return list(db.session.scalars(query))
    held = select(Agreement.project_id).where(Agreement.supplier_id == who.body_id)
    return list(
        db.session.scalars(
            query.where(
                or_(
                    Evaluation.buyer_id == who.body_id,
                    Evaluation.evaluator_id == who.body_id,
                    Evaluation.project_id.in_(held),
                )
            )
        )
    )
