"""The catalogue, the law's numbers and the calendar as the portal applies them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from app.catalogue.models import CalendarDay, CatalogueItem, NormRow
from app.core import clock
from app.core.db import db
from app.core.law import Norm, Norms
from app.core.workdays import Calendar


def items(level: int | None = None) -> list[CatalogueItem]:
    """Catalogue lines, by code."""
    query = select(CatalogueItem).order_by(CatalogueItem.code)
    return list(db.session.scalars(query.where(CatalogueItem.level == level) if level else query))


def item(code: str) -> CatalogueItem | None:
    """The newest version's line with this code."""
    query = select(CatalogueItem).where(CatalogueItem.code == code).order_by(CatalogueItem.catalogue_version.desc())
    return db.session.scalar(query.limit(1))


def norm_rows() -> list[NormRow]:
    """All dated numbers, by key, jurisdiction and day."""
    return list(db.session.scalars(select(NormRow).order_by(NormRow.key, NormRow.jurisdiction, NormRow.valid_from)))


def norms(place: str, day: date | None = None) -> Norms:
    """The numbers that bind *place* on *day* (today unless given)."""
    return Norms.of(norm_values(), place, day or clock.today())


def norm_values() -> list[Norm]:
    """All dated numbers as values; `Norms.of` chooses those of a place and day, for whoever asks for many places."""
    return [
        Norm(r.key, r.jurisdiction, r.valid_from, r.valid_to, Decimal(r.value), r.unit, r.rule, r.source)
        for r in norm_rows()
    ]


def calendar() -> Calendar:
    """The working-day calendar with the days laid down by notice."""
    kept = db.session.execute(select(CalendarDay.day, CalendarDay.workday)).all()
    return Calendar(overrides={row.day: row.workday for row in kept})


def matching(q: str = "") -> list[CatalogueItem]:
    """The newest version's lines whose name or code has *q*, by code; all without it."""
    newest = select(CatalogueItem.catalogue_version).order_by(CatalogueItem.id.desc()).limit(1).scalar_subquery()
    query = select(CatalogueItem).where(CatalogueItem.catalogue_version == newest).order_by(CatalogueItem.code)
    if text := q.strip():
        named = [getattr(CatalogueItem, c).contains(text, autoescape=True) for c in ("name", "name_en")]
        query = query.where(or_(*named, CatalogueItem.code.startswith(text.upper(), autoescape=True)))
    return list(db.session.scalars(query))


def norms_by_rule(q: str = "") -> dict[str, list[NormRow]]:
    """The dated numbers whose key, rule or source has *q*, under their rule in the order of the rulebook."""
    text, found = q.strip().lower(), {}  # type: tuple[str, dict[str, list[NormRow]]]
    for row in norm_rows():
        if any(text in part.lower() for part in (row.key, row.rule, row.source)):
            found.setdefault(row.rule, []).append(row)
    return {rule: found[rule] for rule in sorted(found)}


def calendar_days(year: int) -> list[CalendarDay]:
    """The days of a year that are laid down by notice, in order."""
    query = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(query.order_by(CalendarDay.day)))
