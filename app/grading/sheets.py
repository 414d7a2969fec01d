"""The sheets between their forms and the actions: which lines there are, what is kept, what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import FieldList

from app.grading import held, queries
from app.grading.applying import Line
from app.grading.experts import Mark
from app.grading.forms import AcceptForm, MarksForm, SelfForm
from app.grading.models import GradingApplication, GradingSeat


def self_form(application: GradingApplication, section: str) -> SelfForm:
    """One section of the self-assessment with what was saved so far."""
    kept, form = queries.answers(application), SelfForm(obj=application)
    given = [
        {"key": item.number, "points": one.points if one else None, "note": one.note if one else ""}
        for item in queries.items(application.scheme, section)
        for one in [kept.get(item.id)]
    ]
    complete(form.lines, given)
    return form


def lines(application: GradingApplication, section: str, form: SelfForm) -> list[Line]:
    """What the organization typed, line by line."""
    pairs = zip(queries.items(application.scheme, section), form.lines.entries, strict=True)
    return [
        Line(item, entry.form.points.data, entry.form.note.data or "", _file(entry.form.file.data), entry.name)
        for item, entry in pairs
        if entry.form.points.raw_data  # a line that was not sent stays as it is
    ]


def marks_form(seat: GradingSeat, section: str) -> MarksForm:
    """One section of an expert's sheet with what was saved so far."""
    kept, form = queries.scores(seat), MarksForm(obj=seat)
    given = [
        {
            "key": item.number, "points": one.points if one else None, "reason": one.reason if one else "",
            "evidence": one.evidence if one else "",
        }
        for item in queries.items(seat.application.scheme, section)
        for one in [kept.get(item.id)]
    ]  # fmt: skip
    complete(form.lines, given)
    return form


def marks(seat: GradingSeat, section: str, form: MarksForm) -> list[Mark]:
    """What the expert typed, line by line."""
    pairs = zip(queries.items(seat.application.scheme, section), form.lines.entries, strict=True)
    return [
        Mark(item, entry.form.points.data, entry.form.reason.data or "", entry.form.evidence.data or "", entry.name)
        for item, entry in pairs
        if entry.form.points.raw_data
    ]


def accept_form(application: GradingApplication) -> AcceptForm:
    """The acceptance, asking for the inspections the portal does not hold."""
    known, form = held.results(application.organization), AcceptForm(obj=application)
    last = held.last_inspected(application.organization)
    asked = [year for year in (last, last - 1) if year not in known]
    complete(form.years, [{"key": str(year)} for year in asked])
    return form


def inspections(form: AcceptForm) -> dict[int, str]:
    """Year → result, as typed from paper."""
    return {int(entry.form.key.data): entry.form.result.data for entry in form.years.entries}


def complete(rows: FieldList, given: Sequence[Mapping[str, Any]]) -> None:
    """Make *rows* have exactly one part for each of *given*, in order; sent parts are found by their key."""
    sent = {entry.form["key"].data: entry for entry in rows.entries}
    rows.entries = [sent.get(values["key"]) or rows.append_entry(dict(values)) for values in given]


def _file(upload: Any) -> tuple[bytes, str] | None:
    return (upload.read(), upload.filename) if upload else None
