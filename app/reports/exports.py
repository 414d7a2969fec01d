"""Reports as a sheet, row by row as they are read."""

import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context, url_for

from app.core.clock import day_of
from app.core.showing import t
from app.core.words import N_
from app.registry.exports import BOM, safe
from app.registry.models import KINDS
from app.reports.listing import STATES
from app.reports.models import RESULTS, AnnualReport

HEAD = (
    N_("年度"), N_("名称"), N_("统一社会信用代码"), N_("类型"), N_("状态"), N_("报送期限"), N_("报送日期"), N_("逾期"),
    N_("结论"), N_("理由"),
)  # fmt: skip


def reports_csv(reports: Iterator[AnnualReport]) -> Response:
    """Every report with its state and result."""
    return _streamed(_csv(HEAD, map(_cells, reports)), "annual-reports.csv")


def overdue_csv(found: Iterator[tuple[str, str, str, int]]) -> Response:
    """Whose report is overdue."""
    head = [N_("名称"), N_("类型"), N_("未报送的年度")]
    return _streamed(_csv(head, ([name, t(KINDS[kind]), year] for _, name, kind, year in found)), "overdue.csv")


def as_json(report: AnnualReport) -> dict[str, object]:
    """One report as the JSON list gives it: what its public page says of it, or only its state."""
    return {
        "id": report.public_id,
        "url": url_for("reports.show", id=report.public_id),
        "organization": report.body.name,
        "credit_code": report.body.credit_code,
        "year": report.year,
        "kind": report.kind,
        "state": report.state,
        "due_on": report.due_on.isoformat(),
        "submitted_on": _day(report),
        "late": report.late,
        "result": report.result,
    }


def _streamed(lines: Iterator[str], name: str) -> Response:
    answer = Response(stream_with_context(lines), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _csv(head: Iterable[str], rows: Iterable[list[object]]) -> Iterator[str]:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([t(word) for word in head])
    yield BOM + file.getvalue()
    for row in rows:
        file.seek(0)
        file.truncate()
        writer.writerow([safe(cell) for cell in row])
        yield file.getvalue()


def _cells(report: AnnualReport) -> list[object]:
    return [
        report.year, report.body.name, report.body.credit_code or "", t(KINDS[report.kind]), t(STATES[report.state]),
        report.due_on.isoformat(), _day(report), t("是") if report.late else "", t(RESULTS.get(report.result or "")),
        report.reasons,
    ]  # fmt: skip


def _day(report: AnnualReport) -> str:
    return day_of(report.submitted_at).isoformat() if report.submitted_at else ""
