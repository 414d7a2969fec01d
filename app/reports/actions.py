"""What an organization does with its report: begin, write section by section, attach, hand in, answer corrections."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.accounts.queries import body_named, people_with
from app.catalogue.queries import norms
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.registry.models import Organization
from app.reports import checks, given, queries
from app.reports.lifecycle import WRITABLE
from app.reports.models import AnnualReport, ReportEvidence, ReportSection
from app.reports.sections import EVIDENCE_KEY, sections_of
from app.rules import reporting

BEGUN = N_("%(year)s 年度报告已经开始填写。")
NOT_OWED = N_("本单位不需要报送 %(year)s 年度报告。")
SHUT = N_("报告现在是「%(state)s」，不能修改。")
NOT_ASKED = N_("这一部分没有要求补正，不能修改。")
UNANSWERED = N_("请逐项答复。")
PAPERS = ("pdf", "png", "jpg")
OPINION_ROLES = ("officer", "approver", "leader")


def start(organization: Organization, year: int) -> AnnualReport:
    """Begin the report of a year that is over, with last year's answers in it.

    Raises Invalid for a year that is not owed, OutOfOrder when it was begun before.
    """
    numbers = norms(organization.place)
    if year not in queries.owed_years(organization, clock.today(), numbers):
        raise Invalid(NOT_OWED, {"year": year}, "year")
    unit = _unit(organization)
    report = AnnualReport(
        body=organization.body, body_id=organization.body_id, year=year, kind=organization.kind,
        due_on=reporting.due(organization.kind, year, numbers),
        supervisor_due_on=reporting.supervisor_due(organization.kind, year, numbers) if unit else None,
        supervisor_id=unit, place=organization.place, held={},
    )  # fmt: skip
    if queries.report_of(organization.body, year) is not None:
        raise OutOfOrder(BEGUN, {"year": year})
    _only_one(report)
    for order, section in enumerate(sections_of(organization.kind, given.is_charity(organization)), 1):
        values = given.carried(report, section.key)
        one = ReportSection(report=report, report_id=report.id, key=section.key, order=order, values=values,
                            place=report.place)  # fmt: skip
        changes.add(one, "report.start")
    return report


def save(section: ReportSection, values: Mapping[str, Any]) -> ReportSection:
    """Keep a section as it is typed, whole or not; what is held stands in its place in the copy that is kept.

    Raises OutOfOrder when the report is out of the organization's hands, or this part was not asked for.
    """
    _may_write(section.report, section.key)
    whole = {**values, **given.held(section, dict(values))}
    return changes.amend(section, "report.write", values=whole, saved_at=clock.now(), saved_by_id=access.actor().id)


def attach(report: AnnualReport, kind: str, content: bytes, name: str, note: str = "") -> ReportEvidence:
    """Keep a paper with the report; an audit or an opinion takes the place of the one before.

    Raises Invalid for a file that is not what it should be, OutOfOrder as `save`.
    """
    _may_write(report, EVIDENCE_KEY)
    file = files.keep(content, name, PAPERS, body_id=report.body_id)
    for before in report.evidence if kind != "other" else ():
        if before.kind == kind and before.current:
            changes.amend(before, "report.write", current=False)
    made = ReportEvidence(report=report, report_id=report.id, kind=kind, file=file, file_id=file.id, note=note,
                          place=report.place)  # fmt: skip
    return changes.add(made, "report.write")


def detach(evidence: ReportEvidence) -> ReportEvidence:
    """Take a paper out of the report; it stays on file, not current."""
    _may_write(evidence.report, EVIDENCE_KEY)
    return changes.amend(evidence, "report.write", current=False)


def hand_in(report: AnnualReport) -> AnnualReport:
    """Hand the report to the supervising unit. Raises Unlawful for what is not whole or does not add up (G-41)."""
    if report.supervisor_id is None:
        raise OutOfOrder(N_("业务主管单位没有使用本平台：请上传其书面意见后直接报送登记管理机关。"))
    _in_state(report, "hand_in")
    demand(checks.before_handing_in(report))
    return changes.move(report, "hand_in", handed_in_at=clock.now(), held=_held(report))


def submit(report: AnnualReport) -> AnnualReport:
    """Hand the report to the registrar; a late one is taken and marked.

    Raises Unlawful for what is not whole, does not add up, or was not heard by the supervising unit (C-05, C-11, G-41).
    """
    _in_state(report, "submit")
    demand(checks.before_submitting(report))
    today = clock.today()
    changes.move(
        report, "submit", submitted_at=clock.now(), submitted_by_id=access.actor().id, late=today > report.due_on,
        held=_held(report),
    )  # fmt: skip
    overdue = queries.overdue_of(report)
    if overdue is not None:
        changes.amend(overdue, "report.submit", settled_on=today)
    return report


def answer(report: AnnualReport, answers: Sequence[str]) -> AnnualReport:
    """Answer every open item in order, and hand the report in again. Raises Invalid, Unlawful as `submit`."""
    _in_state(report, "answer")
    open_ = queries.open_corrections(report)
    if len(answers) != len(open_) or not all(one.strip() for one in answers):
        raise Invalid(UNANSWERED, {}, _first_blank(answers))
    demand(checks.before_handing_in(report))
    for one, said in zip(open_, answers, strict=True):
        changes.amend(one, "report.answer", answer=said, answered_at=clock.now())
    return changes.move(report, "answer", held=_held(report))


def may_write(report: AnnualReport, key: str) -> bool:
    """Whether the organization may change this part now: all of a draft, of corrections what was asked for."""
    asked = {one.section for one in queries.open_corrections(report)}
    return report.state == "draft" or (report.state == "correcting" and key in asked)


def _may_write(report: AnnualReport, key: str) -> None:
    if report.state not in WRITABLE:
        raise OutOfOrder(SHUT, {"state": AnnualReport.lifecycle.states[report.state]})
    if not may_write(report, key):
        raise OutOfOrder(NOT_ASKED)


def _unit(organization: Organization) -> int | None:
    """The supervising unit as a body that takes part here, with somebody who can give its opinion."""
    if not reporting.through_supervisor(organization.kind, organization.supervising_unit, organization.registrar):
        return None
    unit = body_named(organization.supervising_unit)
    here = unit is not None and any(people_with(role, unit.id) for role in OPINION_ROLES)
    return unit.id if unit is not None and here and unit.id != organization.body_id else None


def _held(report: AnnualReport) -> dict[str, Any]:
    return given.registered(queries.record_of(report))


def _first_blank(answers: Sequence[str]) -> str:
    return next((f"answers-{number}-answer" for number, one in enumerate(answers) if not one.strip()), "answers")


def _only_one(report: AnnualReport) -> AnnualReport:
    """The database allows one report a year; whoever comes second is told so in words."""
    try:
        return changes.add(report, "report.start")
    except IntegrityError as second:
        raise OutOfOrder(BEGUN, {"year": report.year}) from second


def _in_state(report: AnnualReport, verb: str) -> None:
    """Raises OutOfOrder, before any rule is asked, from a state that does not allow the step."""
    step = AnnualReport.lifecycle.step(verb)
    if report.state not in step.start:
        raise OutOfOrder(changes.NOT_NOW, {"state": AnnualReport.lifecycle.states[report.state], "step": step.label})
