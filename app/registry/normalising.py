"""From a line of a sheet to values of the register: accepted, normalised with notes, or refused with the reason.

Nothing is guessed and nothing is completed (G-21). Every change to what was typed leaves a note with the column, what
stood there, what it became and why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.core.law import Finding
from app.core.words import N_
from app.registry.cells import Given, Note, text_of
from app.registry.columns import Profile, profile_of
from app.registry.duplicates import Seen
from app.registry.reading import Cell
from app.registry.sheets import Line, Sheet

ACCEPTED, NORMALISED, REFUSED = "accepted", "normalised", "refused"


@dataclass
class RowResult:
    """What becomes of one row: its line, the verdict, values by field of the register, and the notes."""

    line: int
    values: dict[str, object] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """「refused」 when a note bars it, 「normalised」 when a value was changed, otherwise 「accepted」."""
        if any(note.bars for note in self.notes):
            return REFUSED
        return NORMALISED if any(note.changed for note in self.notes) else ACCEPTED

    def refuse(self, finding: Finding, column: str = "", was: str = "") -> None:
        """Add what bars the row."""
        self.notes.append(Note(column, finding.field or "", was, "", finding.text, finding.values, finding.rule, True))


def preview(sheet: Sheet) -> Iterator[RowResult]:
    """Each row of the sheet with its verdict, one after another in flat memory.

    Raises `SheetRefused` when the headers are those of no known register, or where reading breaks.
    """
    profile = profile_of(sheet.headers, sheet.header_line)
    with Seen() as seen:
        for line in sheet.rows():
            result = normalise(line, profile)
            for finding in seen.again(result.values, result.line):
                result.refuse(finding)
            yield result
