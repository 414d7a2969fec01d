"""Sheets made for the tests of this folder, good ones and broken ones."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from app.registry.sheets import Sheet, SheetRefused, read_sheet

HEADERS = ["机构名称", "组织机构代码", "基金会类型"]
ROWS = [HEADERS, ["万科公益基金会", "50002117-4", "非公募"], ["上海仁德基金会", "501781829", "公募"]]
TSV = "\n".join("\t".join(row) for row in ROWS) + "\n"


def xlsx(rows: list[list[Any]], arrange: Callable[[Workbook], object] = lambda book: None) -> bytes:
    """A workbook as openpyxl writes it, arranged further by a function."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    arrange(book)
    book.save(file := io.BytesIO())
    return file.getvalue()


def shared_xlsx(rows: list[list[Any]]) -> bytes:
    """A workbook with a table of shared strings, as Excel writes it."""
    book = xlsxwriter.Workbook(file := io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return file.getvalue()


def package(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return {name: old.read(name) for name in old.namelist()}


def altered(content: bytes, name: str, part: bytes | Callable[[bytes], bytes]) -> bytes:
    """The same package with one part added or put in place of another."""
    parts = parts_of(content)
    return package(parts | {name: part if isinstance(part, bytes) else part(parts[name])})


def cells(sheet: Sheet) -> list[tuple[int, list[Any]]]:
    """Line numbers and cells of every row."""
    return [(line.number, list(line.cells.values())) for line in sheet.rows()]


def refusal(content: bytes, name: str) -> str:
    """The words with which a file is refused; fails when it is taken or the refusal names no rule and field."""
    with pytest.raises(SheetRefused) as refused:
        list(read_sheet(content, name).rows())
    [finding] = refused.value.findings
    assert (finding.rule, finding.field, finding.bars) == ("G-20", "file", True)
    return str(refused.value)
