"""What waits for somebody about annual reports: what is owed before and after its day, opinions, examinations."""

from flask import url_for

from app.accounts.models import Person
from app.core.waiting import Waiting
from app.core.words import N_
from app.reports import queries
from app.reports.models import AnnualReport

RULE = {"association": "C-05", "service": "C-05", "foundation": "C-11"}


def waiting(person: Person) -> list[Waiting]:
    """The organization's own reports; those before the supervising unit; those before the registrars."""
    found: list[Waiting] = []
    if person.role_names & {"manager", "clerk"}:
        found += _own(person)
    if person.role_names & {"officer", "approver", "leader"} and person.body_id:
        mine = AnnualReport.supervisor_id == person.body_id
        found += [_opine(one) for one in queries.in_state("with_supervisor", mine)]
    if "registrar" in person.role_names:
        found += _registrar(person)
    return found


def _own(person: Person) -> list[Waiting]:
    shown = queries.mine(person)
    return [
        _owed(year, report, due, shown["organization"].kind) for year, report, due in shown["years"] if _mine(report)
    ]


def _mine(report: AnnualReport | None) -> bool:
    return report is None or report.state in ("draft", "examined", "correcting")


def _owed(year: int, report: AnnualReport | None, due, kind: str) -> Waiting:  # type: ignore[no-untyped-def]
    values = {"year": year}
    if report is None:
        why = N_("登记簿和上年报告里已有的内容不用再填")
        return Waiting(
            N_("填写并报送 %(year)s 年度报告"), url_for("reports.start", year=year), why, RULE[kind], due, values
        )
    url = url_for("reports.show", id=report.public_id)
    if report.state == "correcting":
        why = N_("登记管理机关要求逐项补正")
        return Waiting(N_("补正 %(year)s 年度报告"), url, why, RULE[kind], None, values)
    before = report.supervisor_due_on if report.state == "draft" and report.supervisor_due_on else due
    why = N_("业务主管单位已提出意见") if report.state == "examined" else N_("报告还没有报送")
    return Waiting(N_("报送 %(year)s 年度报告"), url, why, RULE[kind], before, values)


def _opine(report: AnnualReport) -> Waiting:
    label, why = N_("对 %(name)s %(year)s 年度报告提出初审意见"), N_("经初审同意后，该组织才能报送登记管理机关")
    url = url_for("reports.show", id=report.public_id)
    return Waiting(label, url, why, "C-05", report.due_on, _values(report))


def _registrar(person: Person) -> list[Waiting]:
    inside = person.place.rstrip("0")
    near = AnnualReport.place.startswith(inside)
    found = [_examine(one) for one in queries.in_state("submitted", near)]
    others = AnnualReport.proposed_by_id != person.id
    found += [_decide(one) for one in queries.in_state("proposed", near, others)]
    if queries.any_overdue(inside):
        why = N_("逾期未报送年度报告的，是列入活动异常名录的情形之一")
        found.append(Waiting(N_("有组织逾期未报送年度报告"), url_for("reports.overdue"), why, "C-25"))
    return found


def _examine(report: AnnualReport) -> Waiting:
    url = url_for("reports.show", id=report.public_id)
    return Waiting(N_("审查 %(name)s %(year)s 年度报告"), url, N_("已报送，等待审查"), "C-12", None, _values(report))


def _decide(report: AnnualReport) -> Waiting:
    label, why = N_("复核 %(name)s %(year)s 年度报告的审查意见"), N_("须由提出意见以外的登记管理人员作出结论")
    return Waiting(label, url_for("reports.decide", id=report.public_id), why, "G-40", None, _values(report))


def _values(report: AnnualReport) -> dict[str, object]:
    return {"name": report.body.name, "year": report.year}
