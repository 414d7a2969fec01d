"""What happens because its time has come: bans run out, and what has grown too old is found (B-21, C-26)."""

from datetime import date
from typing import Any

from flask import current_app

from app.clockwork import task
from app.core import clock
from app.credit import queries
from app.credit.finding import grown_old, missing_report
from app.credit.leaving import expire
from app.reports import queries as reports

STRETCH = 2000  # organizations looked at in one tick


@task
def expire_bans() -> int:
    """Bans from procurement end by themselves on the day after their last."""
    return len([expire(case) for case in queries.bans_over(clock.today())])


@task
def find_two_years_abnormal() -> int:
    """Whoever is on the abnormal list for two years becomes a candidate for the serious list."""
    found = [grown_old(case) for case in queries.two_years_abnormal(clock.today())]
    return len([one for one in found if one is not None])


@task
def find_missing_reports() -> int:
    """Whoever has not handed in an annual report in time becomes a candidate for the abnormal list (C-25).

    A stretch of the register at each tick, and the whole of it once a day, so that it stays cheap however long it is.
    """
    today = clock.today()
    sweep = _sweep(today)
    if sweep["over"]:
        return 0
    window = reports.overdue_in(today, sweep["after"], STRETCH, reports.norms_by_place(today))
    sweep["after"], sweep["over"] = window.last, not window
    found = [missing_report(one.body, year) for one, years in window.found for year in years]
    return len([one for one in found if one is not None])


def _sweep(today: date) -> dict[str, Any]:
    """How far today's reading of the register has come; a new day, or a worker that starts anew, begins anew."""
    kept: dict[str, Any] = current_app.extensions.setdefault("credit_sweep", {})
    if kept.get("day") != today:
        kept.update(day=today, after=0, over=False)
    return kept
