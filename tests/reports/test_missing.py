"""Whose report is overdue, from which day on, and until when."""

from datetime import date

from flask import Flask

from app.core import changes, clock
from app.registry import actions as registry
from app.reports import lateness, queries
from app.reports.models import AnnualReport
from tests.conftest import Hands, turn
from tests.plans.world import who
from tests.reports import world


def names(day: str) -> set[tuple[str, int]]:
    return {(body.name, year) for body, year in queries.missing(date.fromisoformat(day))}


def test_whoever_is_late_is_missing_until_the_report_is_there(app: Flask, hands: Hands) -> None:
    there = world.organizations()
    assert names("2026-03-31") == set()
    assert names("2026-04-01") == {(world.FOUNDATION, 2025)}
    late = {(world.FOUNDATION, 2025), (world.SERVICE, 2025), (world.ASSOCIATION, 2025)}
    assert names("2026-05-31") == {(world.FOUNDATION, 2025)}
    assert names("2026-06-01") == late
    assert names("2027-06-01") == late | {(name, 2026) for name, _ in late}
    body = there["service"].body
    with turn(who("jia")):
        report = changes.add(
            AnnualReport(body=body, body_id=body.id, year=2025, kind="service", due_on=date(2026, 5, 31)),
            "report.start",
        )
    assert names("2026-06-01") == late, "one that was only begun is not there"
    with turn(who("jia")):
        changes.move(report, "submit", submitted_at=clock.now())
    assert names("2026-06-01") == late - {(world.SERVICE, 2025)}
    with turn():
        registry.deregister(there["association"])
    assert names("2026-06-01") == {(world.FOUNDATION, 2025)}
    assert queries.report_of(body, 2025) == report
    assert queries.results(body) == {}


def test_nobody_reports_for_a_year_that_was_over_when_it_was_founded(sqlite_app: Flask) -> None:
    there = world.organizations()
    with turn():
        registry.amend(there["service"], established_on=date(2026, 1, 1))
        registry.amend(there["association"], established_on=None)
    assert names("2026-06-01") == {(world.FOUNDATION, 2025), (world.ASSOCIATION, 2025)}


def test_the_register_is_read_in_windows(sqlite_app: Flask, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    world.organizations()
    monkeypatch.setattr(lateness, "WINDOW", 1)
    assert len(names("2026-06-01")) == 3
