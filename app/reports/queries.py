"""What is read of annual reports; `results`, `missing` and `report_of` are what later domains ask."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, select

from app.accounts.models import Body
from app.catalogue.queries import norm_values, norms
from app.core import clock
from app.core.access import Actor
from app.core.db import db
from app.core.errors import Missing
from app.core.law import Norms
from app.core.words import N_
from app.registry.models import Organization
from app.registry.queries import organization_of
from app.reports.models import AnnualReport, OverdueReport, ReportCorrection
from app.rules import reporting

WINDOW = 500
NOT_REGISTERED = N_("本单位不在社会组织登记簿中，不需要报送年度报告。")


def report_of(body: Body, year: int) -> AnnualReport | None:
    """The organization's report for a year, in whatever state."""
    return db.session.scalar(select(AnnualReport).filter_by(body_id=body.id, year=year))


def record_of(report: AnnualReport) -> Organization:
    """The organization in the register."""
    found = organization_of(report.body)
    assert found is not None
    return found


def last_of(report: AnnualReport) -> AnnualReport | None:
    """The same organization's report of the year before, once it was handed in to the registrar."""
    before = report_of(report.body, report.year - 1)
    return before if before is not None and before.submitted_at is not None else None


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


def overdue_in(day: date, after: int, most: int, at: Callable[[str], Norms], inside: str = "") -> Window:
    """Look at *most* registered organizations beyond the one with the id *after*; *at*: the norms of a place;
    *inside*: only of places whose code begins so."""
    query = select(Organization).where(Organization.state == "registered", Organization.id > after)
    if inside:
        query = query.where(Organization.place.startswith(inside))
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


def open_corrections(report: AnnualReport) -> list[ReportCorrection]:
    """What was asked and is not answered yet, in order."""
    return [one for one in report.corrections if one.answered_at is None]


def overdue_of(report: AnnualReport) -> OverdueReport | None:
    """The mark that this report was not there in time."""
    return db.session.scalar(select(OverdueReport).filter_by(body_id=report.body_id, year=report.year))


def decided(body: Body) -> list[AnnualReport]:
    """The reports that are decided, the newest year first."""
    query = select(AnnualReport).where(AnnualReport.body_id == body.id, AnnualReport.state == "decided")
    return list(db.session.scalars(query.order_by(AnnualReport.year.desc())))


def own_record(who: Actor) -> Organization:
    """The organization this person acts for. Raises Missing when theirs is not in the register."""
    found = db.session.scalar(select(Organization).where(Organization.body_id == who.body_id))
    if found is None:
        raise Missing(NOT_REGISTERED)
    return found


def mine(who: Actor) -> dict[str, Any]:
    """What an organization's page of reports shows: its record, its reports by year, and the years it owes with the
    day each is due; nothing owed when it is not in the register."""
    record = db.session.scalar(select(Organization).where(Organization.body_id == who.body_id))
    if record is None:
        return {"organization": None, "years": []}
    today, numbers = clock.today(), norms(record.place)
    query = select(AnnualReport).where(AnnualReport.body_id == record.body_id)
    there = {one.year: one for one in db.session.scalars(query)}
    owed = owed_years(record, today, numbers) if record.state == "registered" else []
    years = sorted({*there, *owed}, reverse=True)
    rows = [(year, there.get(year), reporting.due(record.kind, year, numbers)) for year in years]
    return {"organization": record, "years": rows, "today_": today}


def in_state(state: str, *where: ColumnElement[bool], most: int = 20) -> list[AnnualReport]:
    """Reports in a state, those due first on top, at most *most*."""
    query = select(AnnualReport).where(AnnualReport.state == state, *where)
    return list(db.session.scalars(query.order_by(AnnualReport.due_on, AnnualReport.id).limit(most)))


def any_overdue(inside: str) -> bool:
    """Whether a report is marked overdue and not settled in places whose code begins so."""
    query = select(OverdueReport.id).where(OverdueReport.settled_on.is_(None), OverdueReport.place.startswith(inside))
    return db.session.scalar(query.limit(1)) is not None
