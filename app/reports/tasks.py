"""What time does about reports: once a week it walks the register and marks whose report is overdue (C-05, C-25)."""

from datetime import date, timedelta

from sqlalchemy import select

from app.clockwork import task
from app.core import changes, clock
from app.core.db import db
from app.core.law import Norms
from app.reports.lateness import Registration, norms_by_place, overdue_in
from app.reports.models import OverdueReport, OverdueSweep
from app.rules import reporting

STRETCH = 2000  # organizations looked at in one turn: 900,000 take seven and a half hours


@task
def mark_overdue_reports() -> int:
    """Look at the next stretch of the register and mark what is overdue; nothing to do once a week's walk is over."""
    sweep = _sweep(clock.today())
    if sweep.finished:
        return 0
    today, at = clock.today(), norms_by_place(clock.today())
    window = overdue_in(today, sweep.after, STRETCH, at)
    late = [(one, year) for one, years in window.found for year in years]
    known = _marked([one.body_id for one, _ in late])
    rows = [_mark(sweep, one, year, at(one.place)) for one, year in late if (one.body_id, year) not in known]
    changes.add_many(rows, "overdue.mark", link="stretch", key=_stretch(sweep), owner=sweep)
    changes.amend(
        sweep, "overdue.mark", after=window.last or sweep.after, found=sweep.found + len(rows), finished=not window
    )
    return len(rows)


def _sweep(today: date) -> OverdueSweep:
    """This week's walk, begun if it was not."""
    monday = today - timedelta(days=today.weekday())
    found = db.session.scalar(select(OverdueSweep).where(OverdueSweep.week == monday))
    return found or changes.add(OverdueSweep(week=monday, after=0, found=0, finished=False), "overdue.mark")


def _marked(body_ids: list[int]) -> set[tuple[int, int]]:
    query = select(OverdueReport.body_id, OverdueReport.year).where(OverdueReport.body_id.in_(body_ids))
    return {(body_id, year) for body_id, year in db.session.execute(query)}


def _stretch(sweep: OverdueSweep) -> str:
    """What the marks of one turn have in common: the walk, and where the turn began."""
    return f"{sweep.public_id}-{sweep.after}"


def _mark(sweep: OverdueSweep, one: Registration, year: int, numbers: Norms) -> OverdueReport:
    return OverdueReport(
        body_id=one.body_id, year=year, kind=one.kind, due_on=reporting.due(one.kind, year, numbers),
        found_on=clock.today(), stretch=_stretch(sweep), place=one.place,
    )  # fmt: skip
