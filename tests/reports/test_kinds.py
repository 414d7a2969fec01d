"""What is different for an association, a foundation, and in the second year; the clock's marks; the worklists."""

from datetime import date
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import select

from app.core import access
from app.core.db import db
from app.core.law import Unlawful
from app.core.log import LogEntry
from app.desk.queries import worklist
from app.registry import actions as registry
from app.registry.models import Organization
from app.reports import actions, checks, examining, given, listing, progress, queries, tasks
from app.reports.models import AnnualReport, OverdueReport, ReportSection
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans.world import who
from tests.reports import world
from tests.reports.test_path import PDF, send


def section(report: AnnualReport, key: str) -> ReportSection:
    return next(one for one in report.sections if one.key == key)


def waits(name: str) -> list[str]:
    """What the person's worklist says about reports, values filled in."""
    with current_app.test_request_context():
        return [one.label % one.values for one in worklist(who(name)) if "年度报告" in one.label]


def test_an_association_is_heard_by_its_supervising_unit_first(app: Flask, hands: Hands) -> None:
    there, ding = world.organizations(), who("ding")
    hands.set(world.at("2026-03-02"))
    assert waits("ding") == ["填写并报送 2025 年度报告"]
    with turn(ding):
        report = actions.start(there["association"], 2025)
    assert report.supervisor_due_on == date(2026, 3, 31)
    assert {one.key for one in report.sections} >= {"branches"}
    world.write(report, ding)
    with turn(ding), pytest.raises(Unlawful) as barred:
        actions.submit(report)
    assert [one.rule for one in barred.value.findings if one.bars] == ["C-05"]
    home, client, unit = f"/reports/{report.public_id}", client_as(app, ding), client_as(app, who("officer"))
    assert send(client, f"{home}/hand-in", {"declared": "y"}).status_code == 303
    assert waits("officer") == ["对 丁长者关爱协会 2025 年度报告提出初审意见"]
    assert unit.get(home).status_code == 200
    back = send(unit, f"{home}/send-back", {"reason": "请补写下一年打算"})
    assert back.status_code == 303
    assert "请补写下一年打算" in client.get(home).text
    assert send(client, f"{home}/hand-in", {"declared": "y"}).status_code == 303
    unsaid = send(unit, f"{home}/opinion", {"opinion": "reserve", "text": " "})
    assert unsaid.status_code == 422
    assert send(unit, f"{home}/opinion", {"opinion": "agree", "text": "同意"}).status_code == 303
    hands.set(world.at("2026-06-02"))
    assert send(client, f"{home}/submit", {"declared": "y"}).status_code == 303
    db.session.expire_all()
    assert (report.state, report.late, report.opinion) == ("submitted", True, "agree")
    assert waits("registrar")[0] == "审查 丁长者关爱协会 2025 年度报告"


def test_a_foundation_shows_its_shares_and_brings_its_audit(sqlite_app: Flask, hands: Hands) -> None:
    foundation = world.organizations()["foundation"]
    manager = world.person("fund", "manager", foundation.body)
    hands.set(world.at("2026-03-02"))
    with turn(manager):
        report = actions.start(foundation, 2025)
    assert {one.key for one in report.sections} >= {"charity", "spending"}
    assert report.due_on == date(2026, 3, 31)
    world.write(report, manager)
    found = checks.before_submitting(report)
    assert [(one.rule, one.bars) for one in found] == [("C-11", False), ("C-11", True)]
    page = client_as(sqlite_app, manager).get(f"/reports/sections/{section(report, 'spending').public_id}").text
    assert "1,200,000.00 ÷ 2,000,000.00 = 60%" in page
    assert "150,000.00 ÷ 2,030,000.00 = 7.38%" in page
    with turn(manager), pytest.raises(Unlawful):
        actions.submit(report)
    with turn(manager):
        actions.attach(report, "audit", PDF, "audit.pdf")
        actions.submit(report)
    assert report.state == "submitted"


def decided(organization: Organization, year: int, hands: Hands) -> AnnualReport:
    """甲's report of a year, decided without its paper being printed."""
    with turn(who("jia")):
        report = actions.start(organization, year)
    world.write(report, who("jia"))
    with turn(who("jia")):
        actions.submit(report)
    with turn(who("registrar")):
        examining.propose(report, "pass", "")
    return report


def test_in_the_second_year_nothing_held_is_asked_again(sqlite_app: Flask, hands: Hands) -> None:
    service = world.organizations()["service"]
    hands.set(world.at("2026-03-02"))
    decided(service, 2025, hands)
    hands.set(world.at("2027-03-02"))
    with turn(who("jia")):
        report = actions.start(service, 2026)
    sheet, staff = section(report, "balance"), section(report, "staff")
    assert staff.values == {"full_time": 12, "volunteers": 40}, "brought over"
    assert staff.saved_at is None
    assert not any(one.key.endswith("_opening") for one in given.to_ask(sheet))
    assert given.held(sheet)["cash_opening"] == 760_000_00
    burden = progress.burden(report)
    assert burden.held >= 11 + 23
    assert burden.carried >= 5
    client = client_as(sqlite_app, who("jia"))
    url = f"/reports/sections/{sheet.public_id}"
    assert 'name="cash_opening"' not in client.get(url).text
    assert send(client, url, world.typed(opening=False)["balance"]).status_code == 303
    db.session.expire_all()
    assert section(report, "balance").values["total_assets_opening"] == 920_000_50
    # an auditor restated the openings: they are asked, and differ with a reason only
    moved = {"restated": "y", **world.typed(opening=False)["balance"]}
    assert send(client, url, moved).status_code == 303
    assert 'name="cash_opening"' in client.get(url).text
    assert send(client, url, {"restated": "y", **world.typed()["balance"]}).status_code == 303
    db.session.expire_all()
    wrong = [one for one in checks.of_section(section(report, "balance")) if one.bars]
    assert {one.rule for one in wrong} == {"G-41"}
    assert wrong[0].values["line"] == "货币资金"
    told = {"restated": "y", "restatement": "审计调整", **world.typed()["balance"]}
    assert send(client, url, told).status_code == 303
    db.session.expire_all()
    assert [one for one in checks.of_section(section(report, "balance")) if one.bars] == []


def test_time_marks_what_is_overdue_once_and_a_late_report_settles_it(app: Flask, hands: Hands) -> None:
    there = world.organizations()
    hands.set(world.at("2026-05-31", 23))
    assert ticked() == 1, "the foundation's was due in March"
    hands.set(world.at("2026-06-01"))
    assert ticked() == 2
    assert ticked() == 0
    hands.set(world.at("2026-06-09"))
    assert ticked() == 0
    marks = {one.body.name: one for one in db.session.scalars(select(OverdueReport))}
    assert set(marks) == {world.SERVICE, world.ASSOCIATION, world.FOUNDATION}
    assert marks[world.FOUNDATION].due_on == date(2026, 3, 31)
    batch = db.session.scalars(select(LogEntry).where(LogEntry.action == "overdue.mark", LogEntry.actor == "clock"))
    assert {one.table for one in batch} == {"overdue_sweep", "overdue_report"}
    assert "有组织逾期未报送年度报告" in waits("registrar")
    overdue = client_as(app, who("registrar")).get("/reports/overdue").text
    assert world.SERVICE in overdue
    assert world.SERVICE in client_as(app, who("registrar")).get("/reports/overdue.csv").text
    assert "已逾期" in client_as(app, who("jia")).get("/reports/mine").text
    report = decided(there["service"], 2025, hands)
    assert report.late
    assert marks[world.SERVICE].settled_on == date(2026, 6, 9)
    assert {body.name for body, _ in queries.missing(date(2026, 6, 9))} == {world.ASSOCIATION, world.FOUNDATION}


def ticked() -> int:
    """Let the clock walk until the week's walk is over; gives how many it marked."""
    marked, last = 0, -1
    while last != marked:
        last = marked
        for _ in range(2):
            with turn(access.CLOCK):
                marked += tasks.mark_overdue_reports()
    return marked


def test_a_walk_goes_on_where_it_was_interrupted(sqlite_app: Flask, hands: Hands, monkeypatch: Any) -> None:
    world.organizations()
    hands.set(world.at("2026-06-01"))
    monkeypatch.setattr(tasks, "STRETCH", 1)
    found = []
    for _ in range(6):
        with turn(access.CLOCK):
            found.append(tasks.mark_overdue_reports())
    assert found == [1, 1, 1, 0, 0, 0]


def test_two_people_of_one_organization_do_not_begin_it_twice(sqlite_app: Flask, hands: Hands) -> None:
    world.organizations()
    hands.set(world.at("2026-03-02"))
    first, second = client_as(sqlite_app, who("jia")), client_as(sqlite_app, who("jia2"))
    assert send(first, "/reports/start/2025", {}).status_code == 303
    assert second.post("/reports/start/2025", data={}).status_code == 409
    assert second.post("/reports/start/2026", data={}).status_code == 422, "a year that is not over"
    assert len(list(db.session.scalars(select(AnnualReport)))) == 1


def test_a_registrar_finds_reports_by_year_kind_and_state(sqlite_app: Flask, hands: Hands, monkeypatch: Any) -> None:
    there = world.organizations()
    hands.set(world.at("2026-03-02"))
    decided(there["service"], 2025, hands)
    with turn(who("ding")):
        actions.start(there["association"], 2025)
    client = client_as(sqlite_app, who("registrar"))

    def listed(query: str) -> list[str]:
        return [one["organization"] for one in client.get(f"/reports.json{query}").json["reports"]]

    assert listed("") == [world.ASSOCIATION, world.SERVICE]
    assert listed("?kind=service") == listed("?state=proposed") == [world.SERVICE]
    assert listed("?year=2024") == listed("?state=late") == []
    assert listed("?state=none&kind=none&year=x") == [world.ASSOCIATION, world.SERVICE], "what is none is left out"
    page = client.get("/reports?kind=association").text
    assert world.ASSOCIATION in page
    assert world.SERVICE not in page
    monkeypatch.setattr(listing, "PAGE", 1)
    first = client.get("/reports.json").json
    assert [one["organization"] for one in first["reports"]] == [world.ASSOCIATION]
    assert listed(f"?cursor={first['cursor']}") == [world.SERVICE]
    assert "下一页" in client.get("/reports").text


def test_a_written_opinion_stands_in_for_a_unit_that_is_not_here(sqlite_app: Flask, hands: Hands) -> None:
    service = world.organizations()["service"]
    with turn():
        registry.amend(service, supervising_unit="广州市荔湾区教育局")
    hands.set(world.at("2026-03-02"))
    with turn(who("jia")):
        report = actions.start(service, 2025)
    world.write(report, who("jia"))
    assert progress.papers_wanted(report) == ["opinion"]
    with turn(who("jia")), pytest.raises(Unlawful):
        actions.submit(report)
    with turn(who("jia")):
        actions.attach(report, "opinion", PDF, "opinion.pdf")
        actions.submit(report)
    assert report.state == "submitted"
