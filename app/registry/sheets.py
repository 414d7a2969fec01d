"""Untidy sheets as people have them, read without guessing: TSV and CSV in UTF-8 or GB18030, and XLSX.

`read_sheet` gives headers and a stream of lines. What cannot be read the way its writer saw it (a macro, merged
cells, mixed encodings, a renamed file) is refused as a whole by `SheetRefused`; what is wrong with one line travels
with that line.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple

from app.core.law import Finding
from app.core.words import N_
from app.registry import delimited
from app.registry.cells import BLANK, text_of
from app.registry.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_ROWS_XLSX,
    ROW_RULE,
    Cell,
    Open,
    Record,
    SheetRefused,
    opener,
    too_many_rows,
)
from app.registry.workbooks import Workbook

__all__ = ["Line", "Sheet", "SheetRefused", "read_sheet"]

XLSX = "xlsx"
ZIP, OLE, UTF16 = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
TEXT_NAMES, ZIP_NAMES = {".csv", ".tsv", ".txt", ".tab"}, {".xlsx", ".xlsm", ".xltx", ".xltm"}
NONE: frozenset[str] = frozenset()


class Line(NamedTuple):
    """One row: its line in the file, its cells by header, headers of formula and error cells, and what is amiss."""

    number: int
    cells: dict[str, Cell]
    formulas: frozenset[str] = NONE
    errors: frozenset[str] = NONE
    faults: tuple[Finding, ...] = ()


@dataclass
class Sheet:
    """A sheet that can be read. `rows()` starts anew each time; `blank_lines` counts those of the last reading."""

    name: str
    encoding: str  # 「xlsx」 for a workbook, which has its own
    headers: tuple[str, ...]
    header_line: int
    most_rows: int
    warnings: list[Finding]
    records: Callable[[], Iterator[Record]]
    blank_lines: int = field(default=0, init=False)

    @cached_property
    def headed(self) -> bool:
        """Whether every column has a header."""
        return all(self.headers)

    def rows(self) -> Iterator[Line]:
        """Every line below the header that is not blank, in order. Raises `SheetRefused` where reading breaks."""
        self.blank_lines, count = 0, 0
        for record in self.records():
            if record.line <= self.header_line:
                continue
            if _is_blank(record):
                self.blank_lines += 1
                continue
            if (count := count + 1) > self.most_rows:
                raise too_many_rows(self.most_rows)
            yield self._line(record)

    def _line(self, record: Record) -> Line:
        pairs = zip(self.headers, record.cells, strict=False)
        return Line(
            record.line,
            {header: cell for header, cell in pairs if header},
            self._marked(record.formulas),
            self._marked(record.errors),
            () if self.headed and len(record.cells) == len(self.headers) else tuple(self._faults(record)),
        )

    def _marked(self, mask: int) -> frozenset[str]:
        if not mask:
            return NONE
        return frozenset(header for place, header in enumerate(self.headers) if mask >> place & 1)

    def _faults(self, record: Record) -> Iterator[Finding]:
        have, want = len(record.cells), len(self.headers)
        if have < want and self.encoding != XLSX:
            text = N_("本行只有 %(have)d 格，表头有 %(want)d 格；可能格内有换行，或少了分隔符")
            yield Finding(ROW_RULE, text, {"have": have, "want": want})
        for place, cell in enumerate(record.cells, 1):
            if not _blank(cell) and (place > want or not self.headers[place - 1]):
                text = N_("第 %(place)d 格“%(cell)s”没有表头；可能多了分隔符，或表头漏填")
                yield Finding(ROW_RULE, text, {"place": place, "cell": text_of(cell)[:40]})


def read_sheet(source: Path | bytes, name: str) -> Sheet:
    """Open a sheet by what it contains; *name* is the file name its sender gave it.

    Raises `SheetRefused` (an `Unlawful` of rule G-20, with a Chinese message) for what is no readable sheet.
    """
    opened = opener(source)
    with opened() as file:
        is_zip = is_workbook(file.read(8), name)
    return _from_workbook(opened, name) if is_zip else _from_text(opened, name)


def is_workbook(head: bytes, name: str) -> bool:
    """Whether a file that begins with *head* is a workbook and no text. Raises `SheetRefused` for what is neither."""
    suffix = PurePath(name.lower()).suffix
    if head.startswith(OLE):
        raise SheetRefused(N_("这是旧版 XLS 或加密的工作簿；请去掉密码，另存为 XLSX 后再上传"))
    if head.startswith(UTF16):
        raise SheetRefused(N_("文件是 UTF-16 编码（Excel 的“Unicode 文本”）；请另存为 UTF-8 的 CSV 或 XLSX"))
    is_zip = head.startswith(ZIP)
    if (is_zip and suffix in TEXT_NAMES) or (not is_zip and suffix in ZIP_NAMES):
        raise SheetRefused(N_("文件名以 %(suffix)s 结尾，内容却不是这种文件；请用原来的程序另存"), suffix=suffix)
    return is_zip


def _from_workbook(opened: Open, name: str) -> Sheet:
    workbook = Workbook(opened)
    line, headers = _headers(workbook.records())
    return Sheet(name, XLSX, headers, line, MOST_ROWS_XLSX, workbook.warnings, workbook.records)


def _from_text(opened: Open, name: str) -> Sheet:
    encoding = delimited.encoding_of(opened)
    delimiter = delimited.delimiter_of(opened, encoding)

    def records() -> Iterator[Record]:
        return delimited.records(opened, encoding, delimiter)

    line, headers = _headers(records())
    return Sheet(name, encoding, headers, line, MOST_ROWS, [], records)


def _headers(records: Iterator[Record]) -> tuple[int, tuple[str, ...]]:
    """The first line that is not blank. Raises `SheetRefused` when there is none or a header stands twice."""
    record = next((record for record in records if not _is_blank(record)), None)
    if record is None:
        raise SheetRefused(N_("文件里没有内容"))
    headers = ["".join(text_of(cell).strip(BLANK).split()) for cell in record.cells]
    while not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise SheetRefused(N_("表格超过 %(most)d 列"), most=MOST_COLUMNS)
    for place, header in enumerate(headers):
        if header and header in headers[:place]:
            text = N_("表头“%(header)s”出现两次（第 %(first)d 列和第 %(second)d 列）")
            raise SheetRefused(text, header=header, first=headers.index(header) + 1, second=place + 1)
    return record.line, tuple(headers)


def _is_blank(record: Record) -> bool:
    return all(_blank(cell) for cell in record.cells) and not record.formulas | record.errors


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip(BLANK))
