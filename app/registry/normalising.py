"""From a line of a sheet to values of the register: accepted, normalised with notes, or refused with the reason.

Nothing is guessed and nothing is completed (G-21). Every change to what was typed leaves a note with the column,
what stood there, what it became and why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.core.law import Finding
from app.core.words import N_
from app.registry.cells import Given, Note, trim
from app.registry.columns import Column, Profile, header_warnings, profile_of
from app.registry.duplicates import Seen
from app.registry.reading import ROW_RULE
from app.registry.sheets import Line, Sheet

Columns = Mapping[str, Column]
ACCEPTED, NORMALISED, REFUSED = "accepted", "normalised", "refused"


@dataclass
class RowResult:
    """What becomes of one row: its line, its values by field of the register, and the notes."""

    line: int
    values: dict[str, object] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """「refused」 when a note bars it, 「normalised」 when a value was changed, otherwise 「accepted」."""
        if not self.notes:
            return ACCEPTED
        if any(note.bars for note in self.notes):
            return REFUSED
        return NORMALISED if any(note.changed for note in self.notes) else ACCEPTED

    @property
    def unverified(self) -> bool:
        """Whether the row carries an organization code whose check character nobody could verify."""
        return bool(self.values.get("org_code")) and not self.values.get("org_code_verified")

    def take(self, finding: Finding, column: str = "", was: str = "") -> None:
        """Note what a rule says about the row as a whole."""
        about, bars = finding.field or "", finding.bars
        self.notes.append(
            Note(column, about, was, "" if bars else was, finding.text, finding.values, finding.rule, bars)
        )


def preview(sheet: Sheet, today: date | None = None) -> Iterator[RowResult]:
    """Each row of the sheet with its verdict, one after another in flat memory.

    With *today*, days after it are refused. Adds what is to be said of the headers to the sheet's warnings. Raises
    `SheetRefused` at once when they are those of no known register, and while reading where the file breaks off.
    """
    profile = profile_of(sheet.headers, sheet.header_line)
    news = header_warnings(sheet.headers, profile)
    sheet.warnings += [finding for finding in news if finding not in sheet.warnings]
    return _rows(sheet, profile, today)


def _rows(sheet: Sheet, profile: Profile, today: date | None) -> Iterator[RowResult]:
    columns = profile.taken(sheet.headers)
    with Seen() as seen:
        for line in sheet.rows():
            result = normalise(line, profile, today, columns)
            for finding in seen.again(result.values, result.line):
                result.take(finding)
            yield result


def normalise(
    line: Line, profile: Profile, today: date | None = None, columns: Columns | None = None
) -> RowResult:  # fmt: skip
    """One row on its own, read by the columns of its profile; duplicates are the business of `preview`."""
    result = RowResult(line.number, dict(profile.constants))
    for fault in line.faults:
        result.take(fault)
    marked = bool(line.formulas or line.errors)
    for header, column in (profile.columns if columns is None else columns).items():
        if header not in line.cells:
            continue
        cell = line.cells[header]
        if not marked and type(cell) is str and (known := column.at_once(cell)) is not None:
            result.values.update(known)
        else:
            _read(line, column, Given(header, column.field, cell, result.notes), result)
    _require(profile, line, result)
    for finding in profile.across(result.values):
        result.take(finding)
    founded = result.values.get("established_on")
    if today and isinstance(founded, date) and founded > today:
        result.take(Finding(ROW_RULE, N_("成立日期晚于今天"), {}, "established_on"))
    return result


def _read(line: Line, column: Column, one: Given, result: RowResult) -> None:
    values, before = result.values, len(result.notes)
    values.setdefault(column.field, None)
    if one.column in line.errors:
        one.refuse(N_("单元格是错误值（如 #REF!），请改正后再上传"))
    elif one.column in line.formulas and (column.exact or one.cell is None):
        one.refuse(N_("单元格是公式；代码、日期、金额和没有算出结果的公式，须粘贴为数值后再上传"))
    elif trim(one):
        if one.column in line.formulas:
            one.warn(N_("单元格是公式，取其上次算出的结果"))
        found = column.read(one)
        values.update(found)
        if len(result.notes) == before and type(one.cell) is str:
            column.remember(one.cell, {column.field: None, **found})


def _require(profile: Profile, line: Line, result: RowResult) -> None:
    values = result.values
    lacking = [(h, c) for h, c in profile.required if not values.get(c.field)]
    barred = {note.field for note in result.notes if note.bars} if lacking else set()
    for header, column in lacking:
        if column.field not in barred:
            result.take(Finding(ROW_RULE, N_("缺少必填内容"), {}, column.field), header)
