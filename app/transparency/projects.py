"""The public list of projects, and the computed figures of the front page.

A project is public from the publication of its first tender on; before that nobody but its buyer knows of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, case, cast, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Body
from app.agreements.models import Agreement
from app.agreements.queries import PUBLIC
from app.awards.models import Award
from app.core import clock, log, search
from app.core.db import db
from app.core.words import N_
from app.payments.models import Payment
from app.places.queries import name_of
from app.plans.models import Project
from app.registry.models import Organization
from app.tenders.models import Tender

PAGE = 30
STAGES = {
    "tendering": N_("公告中"),
    "reviewing": N_("评审中"),
    "awarded": N_("已定标"),
    "performing": N_("履约中"),
    "closed": N_("已结项"),
    "ended": N_("已废标或取消"),
}
TONES = {"tendering": "info", "performing": "info", "closed": "good", "ended": "warn"}
_NEWEST = (
    select(func.max(Tender.id)).where(Tender.published_at.is_not(None)).group_by(Tender.project_id).scalar_subquery()
)
_CONTRACTED = exists().where(Agreement.project_id == Project.id, Agreement.published_at.is_not(None))
_STAGE: ColumnElement[str] = case(
    (Project.state == "closed", "closed"),
    (_CONTRACTED, "performing"),
    (Tender.state.in_(("failed", "cancelled")), "ended"),
    (Tender.state == "awarded", "awarded"),
    (Tender.state.in_(("opened", "judged")), "reviewing"),
    else_="tendering",
)


@dataclass(frozen=True)
class Figures:
    """What the front page counts, from the records themselves. Fen."""

    organizations: int
    open_tenders: int
    contracts: int
    contracted_fen: int
    paid_fen: int
    entries: int


@dataclass(frozen=True)
class Asked:
    """Which projects somebody looks for: words of the name, stage, place (a division code) and budget year."""

    q: str = ""
    stage: str = ""
    place: str = ""
    year: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """From a page's address; what is not understood is left out."""
        stage, place, year = (typed.get(name, "").strip() for name in ("stage", "place", "year"))
        return cls(
            typed.get("q", "").strip()[:100],
            stage if stage in STAGES else "",
            place if place.isascii() and place.isdecimal() and len(place) <= 12 else "",
            year if year.isascii() and year.isdecimal() and len(year) == 4 else "",
        )

    def args(self) -> dict[str, str]:
        """What of it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}


def figures() -> Figures:
    """The front page's figures: only what has been made public is counted."""
    registered = select(func.count()).select_from(Organization).where(Organization.state == "registered")
    still = select(func.count()).where(Tender.state == "published", Tender.closes_at > clock.now())
    held = select(func.count(), cast(func.coalesce(func.sum(Agreement.amount_fen), 0), BigInteger))
    contracts, contracted = db.session.execute(held.where(*_public_contract())).one()
    paid = select(cast(func.coalesce(func.sum(Payment.amount_fen), 0), BigInteger)).join(Agreement)
    return Figures(
        organizations=db.session.scalar(registered) or 0,
        open_tenders=db.session.scalar(still) or 0,
        contracts=contracts,
        contracted_fen=int(contracted),
        paid_fen=int(db.session.scalar(paid.where(Payment.state == "paid", *_public_contract())) or 0),
        entries=log.size(),
    )


def newest_results(limit: int = 5) -> list[Award]:
    """The results announced last."""
    query = select(Award).where(Award.announced_at.is_not(None), Award.state != "void")
    query = query.options(joinedload(Award.tender).joinedload(Tender.project))
    return list(db.session.scalars(query.order_by(Award.announced_at.desc(), Award.id).limit(limit)))


def listed(asked: Asked, after: str = "", limit: int = PAGE) -> tuple[list[Row[Any]], str | None]:
    """Public projects, newest first, and the public id from which on the next page begins (None: there is none)."""
    query = _asked(_rows(), asked).order_by(Project.id.desc())
    if after:
        query = query.where(Project.id < select(Project.id).where(Project.public_id == after).scalar_subquery())
    found = list(db.session.execute(query.limit(limit + 1)))
    return found[:limit], found[limit - 1].public_id if len(found) > limit else None


def places() -> list[tuple[str, str]]:
    """Code and name of the places that have public projects."""
    query = select(Project.place).distinct().join(Tender).where(Tender.published_at.is_not(None))
    return [(code, name_of(code)) for code in db.session.scalars(query.order_by(Project.place).limit(60))]


def years() -> list[int]:
    """The budget years of public projects, newest first."""
    query = select(Project.fiscal_year).distinct().join(Tender).where(Tender.published_at.is_not(None))
    return list(db.session.scalars(query.order_by(Project.fiscal_year.desc())))


def public_runs(project: Project) -> list[Tender]:
    """The published runs of procurement of a project, oldest first."""
    query = select(Tender).where(Tender.project_id == project.id, Tender.published_at.is_not(None))
    return list(db.session.scalars(query.options(joinedload(Tender.notice)).order_by(Tender.id)))


def _public_contract() -> tuple[ColumnElement[bool], ...]:
    return Agreement.published_at.is_not(None), Agreement.state.in_(PUBLIC)


def _rows() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Project.public_id, Project.number, Project.name, Project.fiscal_year, Tender.medium_published_at,
        Body.name.label("buyer"), _STAGE.label("stage"),
    )  # fmt: skip
    newest = (Tender.project_id == Project.id) & Tender.id.in_(_NEWEST)
    return select(*columns).join(Tender, newest).join(Body, Body.id == Project.buyer_id)


def _asked(query: Select[Any], asked: Asked) -> Select[Any]:
    for word in asked.q.split():
        query = query.where(_speaks_of(word))
    if asked.stage:
        query = query.where(_STAGE.in_([asked.stage]))
    if asked.place:
        query = query.where(Project.place.startswith(_prefix(asked.place)))
    return query.where(Project.fiscal_year == int(asked.year)) if asked.year else query


def _speaks_of(word: str) -> ColumnElement[bool]:
    """The word stands in the project's name (Traditional characters too) or number, or its tenders' or contracts'."""
    simplified = search.folded(word) or word
    numbered = exists().where(
        Agreement.project_id == Project.id, Agreement.published_at.is_not(None),
        Agreement.number.contains(word, autoescape=True),
    )  # fmt: skip
    return or_(
        Project.name.contains(word, autoescape=True), Project.name.contains(simplified, autoescape=True),
        Project.number.contains(word, autoescape=True), Tender.number.contains(word, autoescape=True), numbered,
    )  # fmt: skip


def _prefix(code: str) -> str:
    """What the codes within a division begin with: 440100 → 4401."""
    while len(code) <= 6 and code.endswith("00"):
        code = code[:-2]
    return code
