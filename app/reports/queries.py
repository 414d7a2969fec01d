"""What is read of annual reports; `results`, `missing` and `report_of` are what later domains ask."""

from typing import Any

from sqlalchemy import ColumnElement, select

from app.accounts.models import Body
from app.catalogue.queries import norms
from app.core import clock
from app.core.access import Actor
from app.core.db import db
from app.core.errors import Missing
from app.core.words import N_
from app.registry.models import Organization
from app.registry.queries import organization_of
from app.reports.lateness import missing as missing
from app.reports.lateness import missing_of as missing_of
from app.reports.lateness import norms_by_place as norms_by_place
from app.reports.lateness import overdue_in as overdue_in
from app.reports.lateness import owed_years as owed_years
from app.reports.models import AnnualReport, OverdueReport, ReportCorrection
from app.rules import reporting

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
