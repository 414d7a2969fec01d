"""What the readers of sheets share: records with their line, limits, and the refusal of a whole sheet."""

from collections.abc import Callable
from datetime import date, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeAlias

from app.core.law import Finding, Unlawful
from app.core.words import N_, fill

FILE_RULE = "G-20"  # a sheet is taken only if every cell can be read the way its writer saw it
ROW_RULE = "G-21"  # each row is taken, normalised with a note, or refused with its line; nothing is guessed

MOST_ROWS = 900_000  # more than there are social organizations in the country (C-30)
MOST_ROWS_XLSX = 100_000  # a workbook is held in memory whole
MOST_COLUMNS = 100
MOST_CELL = 5_000  # characters

Cell: TypeAlias = str | int | float | bool | date | time | timedelta | None
Open: TypeAlias = Callable[[], BinaryIO]


class Record(NamedTuple):
    """One line of a file as its reader found it; the masks have a bit per column for formulas and error values."""

    line: int
    cells: list[Cell]
    formulas: int = 0
    errors: int = 0


class SheetRefused(Unlawful):
    """The sheet cannot be taken as a whole; one finding says why, where, and what to do."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__([Finding(FILE_RULE, text, values, "file")])
        self.args = (fill(text, values),)


def opener(source: Path | bytes) -> Open:
    """A way to open the source from its start, as often as needed."""
    return (lambda: source.open("rb")) if isinstance(source, Path) else (lambda: BytesIO(source))


def warning(text: str, **values: object) -> Finding:
    """Something about the sheet that its sender should know and that does not bar it."""
    return Finding(FILE_RULE, text, values, "file", bars=False)


def too_many_rows(most: int) -> SheetRefused:
    """More rows than the kind of file may have."""
    return SheetRefused(N_("表格超过 %(most)d 行，请分成几个文件"), most=most)
