"""What is read of contracts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select

from app.agreements.models import Agreement, Instalment
from app.awards.models import Award
from app.core.access import Actor
from app.core.db import db
from app.plans.models import Project
from app.tenders.models import Tender

PAGE = 30
SEEN_BY_ALL = frozenset({"supervisor", "administrator"})
IN_FORCE = ("signed", "published")
PUBLIC = ("published", "completed", "terminated")


def of_award(award: Award) -> Agreement | None:
    """The contract of an award."""
    return db.session.scalar(select(Agreement).where(Agreement.award_id == award.id))


def of_project(project: Project) -> list[Agreement]:
    """The contracts of a project, lot by lot."""
    query = select(Agreement).where(Agreement.project_id == project.id).order_by(Agreement.lot_id)
    return list(db.session.scalars(query))


def public_of(project: Project) -> list[Agreement]:
    """The contracts of a project that were published (B-64)."""
    return [one for one in of_project(project) if one.published_at is not None and one.state in PUBLIC]


def waiting_for(project: Project, condition: str) -> list[Instalment]:
    """The instalments that wait for this condition, of the project's contracts that are in force."""
    query = select(Instalment).join(Agreement).where(Agreement.project_id == project.id, Agreement.state.in_(IN_FORCE))
    query = query.where(Instalment.condition == condition, Instalment.state == "pending")
    return list(db.session.scalars(query.order_by(Instalment.id)))


def mine(who: Actor, after: str | None = None) -> tuple[Sequence[Agreement], str | None]:
    """The contracts this person may see, newest first, and the key of the next page when there is one.

    Buyer's and supplier's people see their body's, supervisors and administrators all.
    """
    query = _seen_by(who, select(Agreement))
    if after:
        query = query.where(Agreement.id < select(Agreement.id).where(Agreement.public_id == after).scalar_subquery())
    found: list[Agreement] = list(db.session.scalars(query.order_by(Agreement.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else None


def in_states(who: Actor, states: Sequence[str]) -> list[Agreement]:
    """The contracts of this person's body that stand in one of these states, oldest first."""
    query = select(Agreement).where(or_(Agreement.buyer_id == who.body_id, Agreement.supplier_id == who.body_id))
    return list(db.session.scalars(query.where(Agreement.state.in_(states)).order_by(Agreement.id)))


def to_draw_up(who: Actor) -> list[Award]:
    """The announced awards of this person's body that have no contract yet."""
    drawn = select(Agreement.award_id)
    query = select(Award).join(Tender, Tender.id == Award.tender_id).where(Tender.buyer_id == who.body_id)
    return list(db.session.scalars(query.where(Award.state == "announced", Award.id.not_in(drawn)).order_by(Award.id)))


def next_number(award: Award) -> str:
    """place-FY-year-sequence-lot (F-06): the lots of a project share a sequence unless the number is taken."""
    project = award.tender.project
    prefix = f"{project.place[:6]}-FY-{project.fiscal_year}-"
    first = db.session.scalar(select(Agreement.number).where(Agreement.project_id == project.id).order_by(Agreement.id))
    sequence = int(first.split("-")[3]) if first and first.startswith(prefix) else _projects(prefix) + 1
    while _taken(number := f"{prefix}{sequence:03d}-{award.lot.number:02d}"):
        sequence += 1
    return number


def _projects(prefix: str) -> int:
    query = select(func.count(Agreement.project_id.distinct())).where(Agreement.number.startswith(prefix))
    return db.session.scalar(query) or 0


def _taken(number: str) -> bool:
    return db.session.scalar(select(Agreement.id).where(Agreement.number == number)) is not None


def _seen_by(who: Actor, query: Select[Any]) -> Select[Any]:
    if who.role_names & SEEN_BY_ALL:
        return query
    return query.where(or_(Agreement.buyer_id == who.body_id, Agreement.supplier_id == who.body_id))
