"""A look through a worksheet's XML before its values are read: formulas, error values, merged cells, extent.

The library that reads the values gives no formulas and lays the sheet out as one rectangle in memory, so what the
XML holds has to be known first. Streamed: memory does not grow with the sheet, only with its formulas.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import IO
from xml.parsers import expat

from app.core.words import N_
from app.registry.packages import BROKEN, CHUNK
from app.registry.reading import MOST_COLUMNS, MOST_ROWS_XLSX, SheetRefused, too_many_rows

MOST_AREA = 4_000_000  # cells of the rectangle: 100,000 rows of 40 columns
SPARE_ROWS = 100  # for what stands above the header and between the rows
DIGITS = "0123456789"


@cache
def column_number(letters: str) -> int:
    """「A」 → 0, 「AA」 → 26. Raises `SheetRefused` for what names no column."""
    if not (letters.isascii() and letters.isupper() and len(letters) <= 3):
        raise SheetRefused(BROKEN)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


@dataclass
class Scan:
    """What was found: masks of formula and error columns by line, and the last filled row and column."""

    formulas: dict[int, int] = field(default_factory=dict)
    errors: dict[int, int] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = -1
    row: int = 0
    column: int = -1
    sort: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """One element begins. Called some five million times for a large sheet: the common ones come first."""
        if name == "c":
            self._cell(attributes.get("r"), attributes.get("t"))
        elif name in ("v", "is"):
            self._filled()
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), -1
        elif name == "f":
            self._formula(attributes)
        elif name == "mergeCell":
            text = N_("有合并单元格 %(range)s；请取消合并，每格填全后再上传")
            raise SheetRefused(text, range=attributes.get("ref", ""))
        elif ":" in name:  # some writers prefix every name
            self.start(name.rpartition(":")[2], attributes)

    def _cell(self, reference: str | None, sort: str | None) -> None:
        self.sort = sort
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip(DIGITS)
            self.row, self.column = int(reference[len(letters) :]), column_number(letters)

    def _filled(self) -> None:
        if self.row > self.last_row or self.column > self.last_column:
            self._grow()
        if self.sort == "e":
            self.errors[self.row] = self.errors.get(self.row, 0) | 1 << self.column

    def _grow(self) -> None:
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        if self.last_column >= MOST_COLUMNS:
            raise SheetRefused(N_("表格超过 %(most)d 列"), most=MOST_COLUMNS)
        if self.last_row > MOST_ROWS_XLSX + SPARE_ROWS or self.last_row * (self.last_column + 1) > MOST_AREA:
            raise too_many_rows(MOST_ROWS_XLSX)

    def _formula(self, attributes: dict[str, str]) -> None:
        self._filled()
        if attributes.get("t") in ("array", "dataTable") and ":" in attributes.get("ref", ""):
            text = N_("%(range)s 是数组公式；请粘贴为数值后再上传")
            raise SheetRefused(text, range=attributes["ref"])
        self.formulas[self.row] = self.formulas.get(self.row, 0) | 1 << self.column


def scan(stream: IO[bytes]) -> Scan:
    """Read a worksheet's XML once. Raises `SheetRefused` for merged cells, too many cells, or broken XML."""
    found = Scan()
    walk(stream, found.start)
    return found


def walk(stream: IO[bytes], start: Callable[[str, dict[str, str]], None]) -> None:
    """Run *start* over every element. A document type is refused: it is where entity bombs come from."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise SheetRefused(BROKEN) from error


def _refuse_doctype(*_: object) -> None:
    raise SheetRefused(BROKEN)
