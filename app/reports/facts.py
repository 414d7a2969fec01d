"""What the printed annual report says: the register's items, every section, the statements, the ratios, the result."""

import re
from typing import Any

from app.core import clock
from app.reports import checks, wording
from app.reports.given import REGISTERED, registered
from app.reports.models import OPINIONS, RESULTS, AnnualReport
from app.reports.queries import record_of
from app.rules.statements import Ratio

NOBODY = "不需要（直接报送登记管理机关）"


def number(report: AnnualReport) -> str:
    """The number of the paper: NB-2025-52440103MJL0001710."""
    return f"NB-{report.year}-{report.body.credit_code or report.public_id}"


def facts(report: AnnualReport) -> dict[str, object]:
    """The facts of `contracts/annual_report`; amounts are words already, for a statement mixes them with blanks."""
    record, whole = record_of(report), wording.whole(report, str)
    held = report.held or registered(record)
    assert report.submitted_at is not None
    assert report.decided_at is not None
    return {
        "number": number(report),
        "year": report.year,
        "name": report.body.name,
        "registrar": record.registrar,
        "held": [{"label": label, "text": _held(str(held.get(key) or ""))} for key, label in REGISTERED.items()],
        "sections": [_section(one) for one in whole if one["answers"] or one["tables"]],
        "statements": [_statement(one["statement"]) for one in whole if one["statement"]],
        "ratios": [_ratio(one) for one in checks.ratios(report)],
        "due_on": report.due_on,
        "submitted_on": clock.day_of(report.submitted_at),
        "late": report.late,
        "opinion": _opinion(report),
        "result": RESULTS[report.result or ""],
        "reasons": report.reasons,
        "decided_on": clock.day_of(report.decided_at),
    }


def _held(text: str) -> str:
    """An item of the register on paper: 2019-05-06 is 2019年5月6日."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else text


def _section(one: dict[str, Any]) -> dict[str, object]:
    return {
        "title": one["title"],
        "rows": [{"label": label, "text": text} for label, text in one["answers"]],
        "tables": [{**table, "heads": _heads(table["heads"], table["numeric"])} for table in one["tables"]],
    }


def _statement(one: dict[str, Any]) -> dict[str, object]:
    return {
        "title": one["title"],
        "rows": one["rows"],
        "heads": ["项目", *(f">{column}（元）" for column in one["columns"])],
    }


def _heads(heads: list[str], numeric: list[int]) -> list[str]:
    return [f">{head}" if n in numeric else head for n, head in enumerate(heads)]


def _ratio(one: Ratio) -> dict[str, object]:
    return {
        "label": f"{one.label}占{one.of}",
        "part_fen": one.part_fen,
        "base_fen": one.base_fen,
        "share": f"{one.percent_centi / 100:.2f}%" if one.percent_centi is not None else "–",
        "bound": f"{'不低于' if one.floor else '不高于'} {one.bound_centi / 100:g}%",
        "met": one.met,
    }


def _opinion(report: AnnualReport) -> str:
    if report.opinion:
        unit = report.supervisor.name if report.supervisor else ""
        return f"{unit}：{OPINIONS[report.opinion]}。{report.opinion_text}"
    return "见所附书面意见" if checks.needs_opinion(report) else NOBODY
