"""The answers of a report as words: for the page that shows it whole, and for paper."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.core.money import yuan
from app.reports.checks import whole_values
from app.reports.models import AnnualReport, ReportSection
from app.reports.sections import BY_KEY, Asked, Section
from app.rules.statements import COLUMNS, name

Say = Callable[[str], str]
YES = "是"


def text_of(one: Asked, value: Any, say: Say) -> str:
    """One answer as people read it; *say* turns a label into the reader's language."""
    if value in (None, ""):
        return ""
    match one.kind:
        case "money" | "signed":
            return yuan(value)
        case "radio":
            return say((one.options or {}).get(value, value))
        case "day":
            return date.fromisoformat(value).isoformat()
        case "tick":
            return say(YES)
    return str(value)


def answers(section: ReportSection, say: Say) -> list[list[str]]:
    """(label, answer) of every field that was answered; the cells of statements and rows are not among them."""
    values, kind = whole_values(section), section.report.kind
    asked = [one for one in BY_KEY[section.key].asked if kind in one.kinds and one.kind != "rows"]
    said = [[say(one.label), text_of(one, values.get(one.key), say)] for one in asked]
    return [row for row in said if row[1]]


def tables(section: ReportSection, say: Say) -> list[dict[str, Any]]:
    """The lists of a section (its activities): caption, heads, rows of words; `numeric` are the columns of figures."""
    found = []
    for one in BY_KEY[section.key].asked:
        rows = section.values.get(one.key) or []
        if one.kind == "rows" and rows:
            cells = [[text_of(part, row.get(part.key), say) for part in one.of] for row in rows]
            numeric = [n for n, part in enumerate(one.of) if part.kind in ("whole", "money")]
            heads = [say(part.label) for part in one.of]
            found.append({"caption": say(one.label), "heads": heads, "rows": cells, "numeric": numeric})
    return found


def statement(section: ReportSection, say: Say) -> dict[str, Any] | None:
    """A statement of accounts: title, column heads, and lines with their amounts in words; empty lines left out."""
    shape: Section = BY_KEY[section.key]
    if not shape.statement:
        return None
    values, columns = whole_values(section), shape.columns
    rows = [
        {"label": say(line.label), "total": bool(line.of), "cells": [_amount(values.get(cell)) for cell in cells]}
        for line, cells in ((line, [name(line.key, c) for c in columns]) for line in shape.lines)
        if line.of or any(values.get(cell) for cell in cells)
    ]
    return {"title": say(shape.title), "columns": [say(COLUMNS[c]) for c in columns], "rows": rows}


def whole(report: AnnualReport, say: Say) -> list[dict[str, Any]]:
    """The report section by section: key, title, answers, tables, statement."""
    return [
        {
            "key": one.key,
            "title": say(BY_KEY[one.key].title),
            "answers": answers(one, say),
            "tables": tables(one, say),
            "statement": statement(one, say),
        }
        for one in report.sections
    ]


def _amount(value: Any) -> str:
    return yuan(value) if isinstance(value, int) else ""
