"""Who owes a report for which year, and whose is overdue: the register walked in windows of plain rows (C-05, C-11)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from sqlalchemy import select

from app.accounts.models import Body
from app.catalogue.queries import norm_values, norms
from app.core.db import db
from app.core.law import Norms
from app.registry.models import Organization
from app.reports.models import AnnualReport
from app.rules import reporting

WINDOW = 1000
At = Callable[[str], Norms]


class Registered(Protocol):
    """What lateness looks at of an organization: a record, or a row of a window."""

    @property
    def body_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def established_on(self) -> date | None: ...


@dataclass(frozen=True)
class Registration:
    """One organization of a window, as plain columns."""

    id: int
    public_id: str
    body_id: int
    name: str
    kind: str
    place: str
    established_on: date | None

    @property
    def body(self) -> Body:
        """The body itself, read when it is asked for."""
        found = db.session.get(Body, self.body_id)
        assert found is not None
        return found


class Window:
    """A stretch of the register: who is overdue in it for which years, and the last one looked at (0: the end)."""

    def __init__(self, found: list[tuple[Registration, list[int]]], last: int) -> None:
        self.found, self.last = found, last

    def __bool__(self) -> bool:
        return bool(self.last)


def missing(day: date) -> Iterator[tuple[Body, int]]:
    """Organizations whose report for a year is overdue on *day*, with that year, by organization and year.

    Registered organizations only. Read in windows of the register, so that memory stays flat however long it is.
    """
    after, at = 0, norms_by_place(day)
    while window := overdue_in(day, after, WINDOW, at):
        bodies = _bodies([one.body_id for one, _ in window.found])
        yield from ((bodies[one.body_id], year) for one, years in window.found for year in years)
        after = window.last


def missing_of(organization: Organization, day: date) -> list[int]:
    """The years whose report of this organization is overdue on *day*."""
    if organization.state != "registered":
        return []
    years = overdue_years(organization, day, norms(organization.place, day))
    return _still(years, organization.body_id, _handed_in([organization.body_id]))


def overdue_in(day: date, after: int, most: int, at: At, inside: str = "") -> Window:
    """Look at *most* registered organizations beyond the one with the id *after*; *at*: the norms of a place;
    *inside*: only of places whose code begins so."""
    rows = _rows(after, most, inside)
    if not rows:
        return Window([], 0)
    there = _handed_in([row.body_id for row in rows])
    found = [(row, _still(overdue_years(row, day, at(row.place)), row.body_id, there)) for row in rows]
    return Window([(row, years) for row, years in found if years], rows[-1].id)


def overdue_years(organization: Registered, day: date, numbers: Norms) -> list[int]:
    """The years whose report should have been there before *day*, handed in or not."""
    owed = owed_years(organization, day, numbers)
    return [year for year in owed if reporting.due(organization.kind, year, numbers) < day]


def owed_years(organization: Registered, day: date, numbers: Norms) -> list[int]:
    """The years that are over on *day* and for which this organization reports here."""
    first = numbers.whole("annual_report_first_year")
    return [y for y in range(first, day.year) if reporting.owes(y, organization.established_on, numbers)]


def norms_by_place(day: date) -> At:
    """The numbers of any place on *day*, with the table read once."""
    values = norm_values()
    return cache(lambda place: Norms.of(values, place, day))


def _rows(after: int, most: int, inside: str) -> list[Registration]:
    o = Organization
    query = (
        select(o.id, o.public_id, o.body_id, Body.name, o.kind, o.place, o.established_on)
        .join(Body, Body.id == o.body_id)
        .where(o.state == "registered", o.id > after)
    )
    if inside:
        query = query.where(o.place.startswith(inside))
    return [Registration(*row) for row in db.session.execute(query.order_by(o.id).limit(most))]


def _bodies(ids: list[int]) -> dict[int, Body]:
    return {body.id: body for body in db.session.scalars(select(Body).where(Body.id.in_(ids)))} if ids else {}


def _still(years: list[int], body_id: int, there: set[tuple[int, int]]) -> list[int]:
    return [year for year in years if (body_id, year) not in there]


def _handed_in(body_ids: list[int]) -> set[tuple[int, int]]:
    """(body, year) of the reports of these bodies that are in; the range of ids keeps the statement short."""
    query = select(AnnualReport.body_id, AnnualReport.year).where(
        AnnualReport.body_id.between(min(body_ids), max(body_ids)), AnnualReport.submitted_at.is_not(None)
    )
    return {(body_id, year) for body_id, year in db.session.execute(query)}
