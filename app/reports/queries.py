"""What is read of annual reports; `results`, `missing` and `report_of` are what later domains ask."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from sqlalchemy import select

from app.accounts.models import Body
from app.catalogue.queries import norm_values, norms
from app.core.db import db
from app.core.law import Norms
from app.registry.models import Organization
from app.reports.models import AnnualReport
from app.rules import reporting

WINDOW = 500


def report_of(body: Body, year: int) -> AnnualReport | None:
    """The organization's report for a year, in whatever state."""
    return db.session.scalar(select(AnnualReport).filter_by(body_id=body.id, year=year))


def results(body: Body) -> dict[int, str]:
    """Year → "pass", "basic" or "fail" (C-12), of the years that are decided."""
    query = select(AnnualReport.year, AnnualReport.result).where(
        AnnualReport.body_id == body.id, AnnualReport.state == "decided"
    )
    return {year: result for year, result in db.session.execute(query.order_by(AnnualReport.year)) if result}


def missing(day: date) -> Iterator[tuple[Body, int]]:
    """Organizations whose report for a year is overdue on *day*, with that year, by organization and year.

    Registered organizations only. Read in windows of the register, so that memory stays flat however long it is.
    """
    after, at = 0, norms_by_place(day)
    while window := overdue_in(day, after, WINDOW, at):
        yield from ((one.body, year) for one, years in window.found for year in years)
        after = window.last


class Window:
    """A stretch of the register: who is overdue in it, and the last organization looked at (0: the end)."""

    def __init__(self, found: list[tuple[Organization, list[int]]], last: int) -> None:
        self.found, self.last = found, last

    def __bool__(self) -> bool:
        return bool(self.last)


def overdue_in(day: date, after: int, most: int, at: Callable[[str], Norms]) -> Window:
    """Look at *most* registered organizations beyond the one with the id *after*; *at*: the norms of a place."""
    query = select(Organization).where(Organization.state == "registered", Organization.id > after)
    looked_at = list(db.session.scalars(query.order_by(Organization.id).limit(most)))
    if not looked_at:
        return Window([], 0)
    there = _handed_in([one.body_id for one in looked_at])
    found = [(one, _still(overdue_years(one, day, at(one.place)), one, there)) for one in looked_at]
    return Window([(one, years) for one, years in found if years], looked_at[-1].id)


def overdue_years(organization: Organization, day: date, numbers: Norms) -> list[int]:
    """The years whose report should have been there before *day*, handed in or not."""
    owed = owed_years(organization, day, numbers)
    return [year for year in owed if reporting.due(organization.kind, year, numbers) < day]


def owed_years(organization: Organization, day: date, numbers: Norms) -> list[int]:
    """The years that are over on *day* and for which this organization reports here."""
    first = numbers.whole("annual_report_first_year")
    return [y for y in range(first, day.year) if reporting.owes(y, organization.established_on, numbers)]


def missing_of(organization: Organization, day: date) -> list[int]:
    """The years whose report of this organization is overdue on *day*."""
    if organization.state != "registered":
        return []
    years = overdue_years(organization, day, norms(organization.place, day))
    return _still(years, organization, _handed_in([organization.body_id]))


def norms_by_place(day: date) -> Callable[[str], Norms]:
    """The numbers of any place on *day*, with the table read once."""
    values = norm_values()
    return cache(lambda place: Norms.of(values, place, day))


def _still(years: list[int], organization: Organization, there: set[tuple[int, int]]) -> list[int]:
    return [year for year in years if (organization.body_id, year) not in there]


def _handed_in(body_ids: list[int]) -> set[tuple[int, int]]:
    query = select(AnnualReport.body_id, AnnualReport.year).where(
        AnnualReport.body_id.in_(body_ids), AnnualReport.submitted_at.is_not(None)
    )
    return {(body_id, year) for body_id, year in db.session.execute(query)}
