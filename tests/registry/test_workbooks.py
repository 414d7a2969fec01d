"""Workbooks: values with their type, formulas known, and no macro, merged cell, renamed file or bomb gets through."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from app.registry import packages
from app.registry.reading import MOST_ROWS_XLSX
from app.registry.sheets import read_sheet
from tests.registry.made import ROWS, altered, cells, package, parts_of, refusal, shared_xlsx, xlsx

SHEET = "xl/worksheets/sheet1.xml"
PLAIN = xlsx(ROWS)
SHARED = shared_xlsx(ROWS)


def test_values_keep_their_type() -> None:
    values = [250.5, date(2007, 7, 31), datetime(2007, 7, 31, 8), None, True, "甲"]
    sheet = read_sheet(xlsx([list("abcdef"), values]), "a.xlsx")
    assert cells(sheet) == [(2, values)]


def test_shared_strings() -> None:
    assert "xl/sharedStrings.xml" in parts_of(SHARED)
    assert cells(read_sheet(SHARED, "a.xlsx")) == [(2, ROWS[1]), (3, ROWS[2])]


def test_a_table_that_does_not_start_in_the_corner() -> None:
    def lower(book: Workbook) -> None:
        for place, value in {"C4": "机构名称", "D4": "额", "C7": "甲", "D7": 3}.items():
            book.active[place] = value

    sheet = read_sheet(xlsx([], lower), "a.xlsx")
    assert sheet.header_line == 4
    assert [(line.number, line.cells) for line in sheet.rows()] == [(7, {"机构名称": "甲", "额": 3})]
    assert sheet.blank_lines == 2


def with_formula(book: Workbook) -> None:
    book.active["B2"] = "=1+1"
    book.active["C3"] = "#REF!"
    book.active["C3"].data_type = "e"


def prefixed(part: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")


def without_references(part: bytes) -> bytes:
    return re.sub(rb' r="[A-Z]*[0-9]+"', b"", part)


@pytest.mark.parametrize("write", [bytes, prefixed, without_references])
def test_formulas_and_error_values_are_marked_by_column(write: Callable[[bytes], bytes]) -> None:
    """However the writer of the file names elements and cells."""
    lines = list(read_sheet(altered(xlsx(ROWS, with_formula), SHEET, write), "a.xlsx").rows())
    assert [set(line.formulas) for line in lines] == [{"组织机构代码"}, set()]
    assert [set(line.errors) for line in lines] == [set(), {"基金会类型"}]
    assert lines[1].cells["组织机构代码"] == "501781829"


def test_only_the_first_visible_worksheet_is_read_and_the_others_are_named() -> None:
    def arrange(book: Workbook) -> None:
        book.create_sheet("草稿", 0).append(["隐藏的"])
        book["草稿"].sheet_state = "hidden"
        book.create_sheet("二月").append(["x"])

    sheet = read_sheet(xlsx(ROWS, arrange), "a.xlsx")
    assert cells(sheet) == [(2, ROWS[1]), (3, ROWS[2])]
    [warning] = sheet.warnings
    assert warning.text % warning.values == "只读取工作表“Sheet”；没有读取：二月"
    assert not warning.bars


def merged(book: Workbook) -> None:
    book.active.merge_cells("A2:B3")


def array_formula(book: Workbook) -> None:
    book.active["D2"] = ArrayFormula("D2:D3", "=A2:A3")


def old_dates(book: Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def wide(book: Workbook) -> None:
    book.active.cell(2, 101, "x")


def deep(book: Workbook) -> None:
    book.active["A1048576"] = "x"


def nothing(book: Workbook) -> None:
    book.active.delete_rows(1, 9)


@pytest.mark.parametrize(
    ("arrange", "words"),
    [
        (merged, "有合并单元格 A2:B3"),
        (array_formula, "D2:D3 是数组公式"),
        (old_dates, "1904 日期系统"),
        (wide, "超过 100 列"),
        (deep, "超过 100000 行"),
        (nothing, "没有内容"),
    ],
)
def test_worksheets_that_are_refused(arrange: Callable[[Workbook], None], words: str) -> None:
    assert words in refusal(xlsx(ROWS, arrange), "a.xlsx")


def bomb() -> bytes:
    """Two megabytes of nothing, which deflate to two kilobytes."""
    with zipfile.ZipFile(file := io.BytesIO(PLAIN), "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/x", bytes(2 * 2**20))
    return file.getvalue()


def claims_16_bytes(content: bytes) -> bytes:
    """The same bomb, whose directory claims that its last part inflates to 16 bytes."""
    entry = content.rindex(b"PK\x01\x02")
    return content[: entry + 24] + (16).to_bytes(4, "little") + content[entry + 28 :]


def encrypted(content: bytes) -> bytes:
    entry = content.index(b"PK\x01\x02")
    return content[: entry + 8] + b"\x01\x00" + content[entry + 10 :]


def longer_than_the_file() -> bytes:
    """A worksheet that is stored plainly and claims more bytes than the file has."""
    parts = parts_of(PLAIN)
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_STORED) as book:
        for name in sorted(parts, key=lambda name: name == SHEET):
            book.writestr(name, parts[name])
    content = file.getvalue()
    entry = content.rindex(b"PK\x01\x02")
    return content[: entry + 20] + (10**5).to_bytes(4, "little") * 2 + content[entry + 28 :]


def broken_in(name: str, old: bytes, new: bytes) -> bytes:
    return altered(SHARED, name, lambda part: part.replace(old, new, 1))


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (altered(PLAIN, "xl/vbaProject.bin", b"\0"), "带有宏（xl/vbaProject.bin）"),
        (altered(PLAIN, "xl/macrosheets/sheet1.xml", b"<x/>"), "带有宏（xl/macrosheets/sheet1.xml）"),
        (package({"word/document.xml": b"<w/>"}), "这是 Word 文档"),
        (package({"xl/workbook.bin": b"\0"}), "XLSB"),
        (package({"content.xml": b"<o/>", "mimetype": b"x"}), "ODS"),
        (package({"a.txt": b"x"}), "这是压缩包，不是 XLSX 工作簿"),
        (package({}), "这是压缩包，不是 XLSX 工作簿"),
        (package({f"{n}.txt": b"" for n in range(1001)} | parts_of(PLAIN)), "部件太多"),
        (encrypted(PLAIN), "已加密"),
        (PLAIN[:-100], "文件已损坏"),
        (PLAIN[:3000] + bytes(100) + PLAIN[3100:], "文件已损坏"),
        (b"PK\x03\x04 and no more", "文件已损坏"),
        (longer_than_the_file(), "文件已损坏"),
        (broken_in(SHEET, b"</row>", b""), "文件已损坏"),
        (broken_in(SHEET, b"<worksheet", ENTITIES), "文件已损坏"),
        (broken_in(SHEET, b'r="A1"', b'r="a1"'), "文件已损坏"),
        (broken_in(SHEET, b'r="A1"', b'r="XFD99999999999999999999"'), "超过 100 列"),
        (broken_in("xl/sharedStrings.xml", b'uniqueCount="', b'uniqueCount="99999999'), "文件已损坏"),
        (broken_in("xl/workbook.xml", b'name="Sheet1"', b'name="Sheet1" state="hidden"'), "没有可见的工作表"),
        (broken_in("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"), "文件已损坏"),
    ],
)
def test_packages_that_are_refused(content: bytes, words: str) -> None:
    assert words in refusal(content, "a.xlsx")


@pytest.mark.parametrize("claim", [bytes, claims_16_bytes])
def test_a_zip_bomb_is_refused_whatever_its_directory_claims(
    claim: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "MOST_INFLATED", 2**20)
    assert "解压后超过 1 MB" in refusal(claim(bomb()), "a.xlsx")


def test_a_hundred_thousand_rows() -> None:
    book = xlsxwriter.Workbook(file := io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    for line in range(MOST_ROWS_XLSX + 1):
        sheet.write_row(line, 0, ["基金会" if line else "名称", line])
    book.close()
    read = read_sheet(file.getvalue(), "a.xlsx")
    assert sum(line.cells["0"] for line in read.rows()) == MOST_ROWS_XLSX * (MOST_ROWS_XLSX + 1) // 2
