"""The catalogue, the law's numbers and the calendar as the portal applies them."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

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
    values = [
        Norm(r.key, r.jurisdiction, r.valid_from, r.valid_to, Decimal(r.value), r.unit, r.rule, r.source)
        for r in norm_rows()
    ]
    return Norms.of(values, place, day or clock.today())


def calendar() -> Calendar:
    """The working-day calendar with the days laid down by notice."""
    kept = db.session.execute(select(CalendarDay.day, CalendarDay.workday)).all()
    return Calendar(overrides={row.day: row.workday for row in kept})
