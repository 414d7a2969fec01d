"""What is read of projects and of what they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import BigInteger, Row, Select, cast, exists, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.accounts.models import Body, Person
from app.budgets.models import BudgetLine
from app.core.access import Actor
from app.core.db import db
from app.core.door import NO_SUCH
from app.core.errors import Missing
from app.core.files import StoredFile
from app.core.log import LogEntry
from app.plans.models import (
    METHODS,
    ChecklistAnswer,
    Indicator,
    Lot,
    Measure,
    Part,
    PaymentTerm,
    Preparation,
    Project,
    ProjectSource,
)
from app.rules.methods import Purchase

PAGE = 20
SEEN_BY_ALL = frozenset({"supervisor", "administrator"})
COUNTED = ("submitted", "approved", "closed")  # the states in which a project counts as a purchase of the year (B-12)
KINDS: dict[str, type[Part]] = {  # the word in the address, the table
    "sources": ProjectSource,
    "lots": Lot,
    "measures": Measure,
    "indicators": Indicator,
    "payment": PaymentTerm,
    "preparations": Preparation,
}
P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Contents:
    """The parts of one project that stand, each in its order. Amounts in fen."""

    sources: list[ProjectSource]
    lots: list[Lot]
    measures: list[Measure]
    indicators: list[Indicator]
    terms: list[PaymentTerm]
    answers: list[ChecklistAnswer]
    preparations: list[Preparation]

    @property
    def budget_fen(self) -> int:
        """What the purses hold together; before any is named, what the lots may cost."""
        return sum(one.amount_fen for one in self.sources) or self.ceiling_fen

    @property
    def ceiling_fen(self) -> int:
        """What the lots may cost at most, together."""
        return sum(one.ceiling_fen for one in self.lots)


def contents(project: Project) -> Contents:
    """The parts of *project*, struck-out ones left out."""
    return Contents(
        sources=standing(ProjectSource, project, ProjectSource.order),
        lots=lots_of(project),
        measures=standing(Measure, project, Measure.order),
        indicators=standing(Indicator, project, Indicator.order),
        terms=standing(PaymentTerm, project, PaymentTerm.order),
        answers=standing(ChecklistAnswer, project, ChecklistAnswer.item),
        preparations=standing(Preparation, project, Preparation.day, Preparation.id),
    )


def standing(model: type[P], project: Project, *order: object) -> list[P]:
    """The parts of one kind that were not struck out."""
    query = select(model).where(model.project_id == project.id, ~model.dropped)
    return list(db.session.scalars(query.order_by(*order)))  # type: ignore[arg-type]


def lots_of(project: Project) -> list[Lot]:
    """The lots of a project, by number."""
    return standing(Lot, project, Lot.number)


def part(model: type[P], project: Project, public_id: str) -> P | None:
    """The part of *project* with this public id, if it stands."""
    query = select(model).where(model.project_id == project.id, model.public_id == public_id, ~model.dropped)
    return db.session.scalar(query)


def keyed(model: type[P], project: Project, **key: object) -> P | None:
    """The part with a key of its own, struck out or not."""
    return db.session.scalar(select(model).filter_by(project_id=project.id, **key))


def next_order(model: type[ProjectSource | Measure | Indicator | PaymentTerm], project: Project) -> int:
    """The place after the last of this kind, struck-out ones counted."""
    last = db.session.scalar(select(func.max(model.order)).where(model.project_id == project.id))
    return (last or 0) + 1


def next_number(place: str, method: str, fiscal_year: int) -> str:
    """The next project number, place-method-year-sequence (F-06): one sequence for each district and year."""
    tail = func.substr(Project.number, 16)
    last = db.session.scalar(select(func.max(tail)).where(Project.number.like(f"{place[:6]}-__-{fiscal_year}-%")))
    return f"{place[:6]}-{method_code(method)}-{fiscal_year}-{int(last or 0) + 1:05d}"


def method_code(method: str) -> str:
    """The two digits of a method in project numbers."""
    return f"{list(METHODS).index(method) + 1:02d}"


def projects_for(
    who: Actor, *, state: str | None = None, year: int | None = None, q: str = "", after: str | None = None,
    limit: int = PAGE,
) -> tuple[Sequence[Row[tuple[str, str, str, str, str, int, str, int]]], str | None]:  # fmt: skip
    """The projects *who* may see, newest first, and the key of the next page when there is one.

    People of a buyer see their body's, supervisors and administrators all. *after* is the public id of the last row
    of the page before; *q* a piece of the name or number.
    """
    query = _seen_by(who, _listed())
    if state:
        query = query.where(Project.state == state)
    if year:
        query = query.where(Project.fiscal_year == year)
    if q.strip():
        query = query.where(or_(Project.name.contains(q.strip(), autoescape=True), Project.number == q.strip()))
    if after:
        query = query.where(Project.id < select(Project.id).where(Project.public_id == after).scalar_subquery())
    found = db.session.execute(query.order_by(Project.id.desc()).limit(limit + 1)).all()
    return found[:limit], found[limit - 1].public_id if len(found) > limit else None


def _listed() -> Select[tuple[str, str, str, str, str, int, str, int]]:
    budget = select(cast(func.coalesce(func.sum(ProjectSource.amount_fen), 0), BigInteger)).where(
        ProjectSource.project_id == Project.id, ~ProjectSource.dropped
    )
    return select(
        Project.public_id, Project.number, Project.name, Project.state, Project.method, Project.fiscal_year,
        Body.name.label("buyer"), budget.scalar_subquery().label("budget_fen"),
    ).join(Body, Body.id == Project.buyer_id)  # fmt: skip


def _seen_by(
    who: Actor, query: Select[tuple[str, str, str, str, str, int, str, int]]
) -> Select[tuple[str, str, str, str, str, int, str, int]]:
    return query if who.role_names & SEEN_BY_ALL else query.where(Project.buyer_id == who.body_id)


def visible(who: Actor) -> list[Project]:
    """The newest projects this person may see: their body's as buyer or supervisor, or all for auditors."""
    query = select(Project).order_by(Project.id.desc()).limit(PAGE)
    if not who.role_names & SEEN_BY_ALL:
        query = query.where(or_(Project.buyer_id == who.body_id, Project.supervisor_id == who.body_id))
    return list(db.session.scalars(query))


def years(who: Actor) -> list[int]:
    """The budget years of the projects *who* may see, newest first."""
    query = select(Project.fiscal_year).distinct().order_by(Project.fiscal_year.desc())
    mine = query if who.role_names & SEEN_BY_ALL else query.where(Project.buyer_id == who.body_id)
    return list(db.session.scalars(mine))


def purses(project: Project) -> dict[str, BudgetLine]:
    """The buyer's budget lines of the project's year, by public id."""
    query = select(BudgetLine).where(
        BudgetLine.buyer_id == project.buyer_id, BudgetLine.fiscal_year == project.fiscal_year
    )
    return {one.public_id: one for one in db.session.scalars(query.order_by(BudgetLine.id))}


def in_state(state: str, body_id: int | None) -> list[Project]:
    """A buyer's projects in one state, oldest first, at most a page and a half of the worklist."""
    query = select(Project).where(Project.state == state, Project.buyer_id == body_id).order_by(Project.id)
    return list(db.session.scalars(query.limit(30)))


def earlier_purchases(project: Project) -> list[tuple[int, Purchase]]:
    """The buyer's other purchases of the year under the same catalogue item, purse by purse (B-12), with their line."""
    allowed = exists().where(
        Preparation.project_id == Project.id, Preparation.kind == "method_approval", ~Preparation.dropped
    )
    query = (
        select(Project.name, Project.method, ProjectSource.budget_line_id, ProjectSource.amount_fen, allowed)
        .join(ProjectSource, ProjectSource.project_id == Project.id)
        .where(
            Project.buyer_id == project.buyer_id, Project.fiscal_year == project.fiscal_year,
            Project.catalogue_code == project.catalogue_code, Project.id != project.id, Project.state.in_(COUNTED),
            ~ProjectSource.dropped,
        )
    )  # fmt: skip
    return [
        (line, Purchase(name, str(line), project.catalogue_code, project.fiscal_year, method, fen, was_allowed))
        for name, method, line, fen, was_allowed in db.session.execute(query)
    ]


def drafters(project: Project) -> set[str]:
    """Public ids of everybody who drafted or changed the project or a part of it, as the log has it (B-18)."""
    kinds = (ProjectSource, Lot, Measure, Indicator, PaymentTerm, ChecklistAnswer, Preparation)
    parts = [select(kind.public_id).where(kind.project_id == project.id) for kind in kinds]
    records = union_all(select(Project.public_id).where(Project.id == project.id), *parts).scalar_subquery()
    query = select(LogEntry.actor).distinct()
    done = ("project.draft", "project.edit", "project.prepare")
    return set(db.session.scalars(query.where(LogEntry.record.in_(records), LogEntry.action.in_(done))))


def people_of(project: Project) -> dict[int, Person]:
    """Who drafted and who approved the project, by id."""
    ids = {one for one in (project.drafted_by_id, project.approved_by_id) if one}
    query = select(Person).where(Person.id.in_(ids)).options(joinedload(Person.body))
    return {one.id: one for one in db.session.scalars(query)}


def named_part(project: Project, kind: str, public_id: str) -> Part:
    """A part by the word of its kind and its public id. Raises Missing for another project's, or one struck out."""
    found = part(KINDS[kind], project, public_id) if kind in KINDS else None
    if found is None:
        raise Missing(NO_SUCH)
    return found


def evidence(project: Project, public_id: str) -> StoredFile:
    """The paper behind a preparation. Raises Missing."""
    found = part(Preparation, project, public_id)
    if found is None or found.file is None:
        raise Missing(NO_SUCH)
    return found.file


def project_of(part: Part) -> Project:
    """The project a part belongs to."""
    found = db.session.get(Project, part.project_id)
    assert found is not None
    return found
