"""What is read of contracts."""

from sqlalchemy import or_, select

from app.agreements.models import Agreement, Instalment
from app.awards.models import Award
from app.core.access import Actor
from app.core.db import db
from app.plans.models import Project

PAGE = 30


def of_award(award: Award) -> Agreement | None:
    """The contract of an award."""
    return db.session.scalar(select(Agreement).where(Agreement.award_id == award.id))


def of_project(project: Project) -> list[Agreement]:
    """The contracts of a project, lot by lot."""
    query = select(Agreement).where(Agreement.project_id == project.id).order_by(Agreement.lot_id)
    return list(db.session.scalars(query))


def waiting_for(project: Project, condition: str) -> list[Instalment]:
    """The instalments of a project's contracts that wait for this condition."""
    query = (
        select(Instalment)
        .join(Agreement)
        .where(Agreement.project_id == project.id, Instalment.condition == condition, Instalment.state == "pending")
    )
    return list(db.session.scalars(query.order_by(Instalment.id)))


def mine(who: Actor, before: int | None = None) -> list[Agreement]:
    """The contracts this person may see, newest first, a page at a time."""
    query = select(Agreement).order_by(Agreement.id.desc()).limit(PAGE)
    if not who.role_names & {"supervisor", "administrator"}:
        query = query.where(or_(Agreement.buyer_id == who.body_id, Agreement.supplier_id == who.body_id))
    return list(db.session.scalars(query.where(Agreement.id < before) if before else query))
