"""Lists of reports for registrars: filtered by year, kind and state, a page at a time, or all of it for a sheet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from app.core.access import Actor
from app.core.db import db
from app.registry.models import KINDS
from app.reports.lateness import Registration, norms_by_place, overdue_in
from app.reports.models import AnnualReport

PAGE, CHUNK, LOOK = 50, 1000, 1000
LATE = "late"  # beside the states: those handed in after their day
Overdue = tuple[str, str, str, int]  # of the organization: id, name, kind; and the year
STATES = AnnualReport.lifecycle.states


@dataclass(frozen=True)
class Asked:
    """What is asked for; empty is everything. Values that are none are taken for empty."""

    year: int | None = None
    kind: str = ""
    state: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Asked":
        """From the query of an address."""
        year, kind, state = (args.get(key, "") for key in ("year", "kind", "state"))
        return cls(
            int(year) if year.isdecimal() and len(year) == 4 else None,
            kind if kind in KINDS else "",
            state if state in (*STATES, LATE) else "",
        )

    def args(self) -> dict[str, str]:
        """As the query of an address."""
        every = {"year": str(self.year or ""), "kind": self.kind, "state": self.state}
        return {key: value for key, value in every.items() if value}


def page_of(who: Actor, asked: Asked, after: int = 0) -> tuple[list[AnnualReport], int]:
    """A page of reports this person may see, newest first, and the key of the next page (0: none)."""
    query = _query(who, asked)
    if after:
        query = query.where(AnnualReport.id < after)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else 0


def all_of(who: Actor, asked: Asked) -> Iterator[AnnualReport]:
    """Every report that is asked for, in chunks."""
    after = 0
    while True:
        query = _query(who, asked)
        found = list(db.session.scalars((query.where(AnnualReport.id < after) if after else query).limit(CHUNK)))
        yield from found
        if len(found) < CHUNK:
            return
        after = found[-1].id


def overdue_page(who: Actor, day: date, after: int = 0) -> tuple[list[Overdue], int]:
    """Whose report is overdue on *day* in this person's place: (organization id, name, kind, year), and the next key.

    Looks on until a page is full or the register ends.
    """
    found: list[Overdue] = []
    at, inside = norms_by_place(day), who.place.rstrip("0")
    while len(found) < PAGE and (window := overdue_in(day, after, LOOK, at, inside)):
        found += [_late(one, year) for one, years in window.found for year in years]
        after = window.last
    return found, after if len(found) >= PAGE else 0


def all_overdue(who: Actor, day: date) -> Iterator[Overdue]:
    """Every one of them, window by window."""
    after, at, inside = 0, norms_by_place(day), who.place.rstrip("0")
    while window := overdue_in(day, after, LOOK, at, inside):
        yield from (_late(one, year) for one, years in window.found for year in years)
        after = window.last


def _late(one: Registration, year: int) -> Overdue:
    return one.public_id, one.name, one.kind, year


def _query(who: Actor, asked: Asked) -> Select[AnnualReport]:
    query = select(AnnualReport).order_by(AnnualReport.id.desc())
    query = query.where(AnnualReport.place.startswith(who.place.rstrip("0")))
    if asked.year:
        query = query.where(AnnualReport.year == asked.year)
    if asked.kind:
        query = query.where(AnnualReport.kind == asked.kind)
    if asked.state == LATE:
        return query.where(AnnualReport.late)
    return query.where(AnnualReport.state == asked.state) if asked.state else query
