"""Sheets as text: what is read the way its writer saw it, and what is refused as a whole, with place and reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.registry.sheets import SheetRefused, read_sheet
from tests.registry.made import HEADERS, ROWS, TSV, cells, refusal, xlsx


@pytest.mark.parametrize(
    ("content", "name", "encoding"),
    [
        (TSV.encode(), "a.tsv", "utf-8-sig"),
        (TSV.encode("utf-8-sig"), "a.txt", "utf-8-sig"),
        (TSV.encode("gb18030"), "a.tsv", "gb18030"),
        (TSV.replace("\t", ",").encode("gb18030"), "a.csv", "gb18030"),
        (TSV.replace("\t", ",").replace("\n", "\r\n").encode(), "a.csv", "utf-8-sig"),
        (TSV.replace("\t", ";").encode(), "upload", "utf-8-sig"),
        (xlsx(ROWS), "a.xlsx", "xlsx"),
        (xlsx(ROWS), "upload", "xlsx"),
    ],
)
def test_the_same_rows_from_every_kind_of_file(content: bytes, name: str, encoding: str) -> None:
    sheet = read_sheet(content, name)
    assert (sheet.headers, sheet.encoding, sheet.warnings) == (tuple(HEADERS), encoding, [])
    assert cells(sheet) == [(2, ROWS[1]), (3, ROWS[2])]


def test_a_sheet_can_be_read_again() -> None:
    sheet = read_sheet(TSV.encode(), "a.tsv")
    assert cells(sheet) == cells(sheet) != []


def test_from_a_path(tmp_path: Path) -> None:
    (path := tmp_path / "a.tsv").write_text(TSV, encoding="utf-8")
    assert len(cells(read_sheet(path, "a.tsv"))) == 2


def test_rare_characters_of_gb18030() -> None:
    rows = TSV.replace("仁德", "𠮷䶮")  # four-byte characters
    assert cells(read_sheet(rows.encode("gb18030"), "a.tsv"))[1][1][0] == "上海𠮷䶮基金会"


def test_blank_lines_are_counted_and_lines_keep_their_number() -> None:
    sheet = read_sheet(("\n" + TSV.replace("\n上海", "\n\t \t\n\n上海")).encode(), "a.tsv")
    assert [number for number, _ in cells(sheet)] == [3, 6]
    assert sheet.blank_lines == 2


def test_more_rows_than_allowed_are_refused_when_they_come() -> None:
    sheet = replace(read_sheet(TSV.encode(), "a.tsv"), most_rows=1)
    rows = sheet.rows()
    assert next(rows).number == 2
    with pytest.raises(SheetRefused, match="表格超过 1 行"):
        next(rows)


def test_a_quoted_cell_over_two_lines() -> None:
    content = '机构名称,基金会类型\n"甲\n基金会",公募\n乙基金会,公募\n'
    assert cells(read_sheet(content.encode(), "a.csv")) == [(2, ["甲\n基金会", "公募"]), (4, ["乙基金会", "公募"])]


def test_a_row_with_too_few_or_too_many_cells_says_so() -> None:
    content = "机构名称,组织机构代码,基金会类型\n甲,1\n乙,2,公募,多出\n丙,3,公募,,\n"
    lines = list(read_sheet(content.encode(), "a.csv").rows())
    said = [[fault.text % fault.values for fault in line.faults] for line in lines]
    assert said[0] == ["本行只有 2 格，表头有 3 格；可能格内有换行，或少了分隔符"]
    assert said[1] == ["第 4 格“多出”没有表头；可能多了分隔符，或表头漏填"]
    assert said[2] == []


MIXED = TSV.encode("gb18030") + "北京公益基金会\t501781458\t公募\n".encode()
PASTED = TSV.encode() + "北京公益基金会\t501781458\t公募\n".encode("gb18030")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (MIXED, "a.tsv", "第 1 行第 1 个字节起不是 UTF-8，第 4 行又不是 GB18030"),
        (PASTED, "a.tsv", "第 4 行第 1 个字节起不是 UTF-8，第 1 行又不是 GB18030"),
        (TSV.encode() + b"\xff\xff\t1\t2\n", "a.tsv", "第 4 行第 1 个字节起不是 UTF-8"),
        (TSV.encode("utf-16"), "a.txt", "UTF-16 编码"),
        (TSV.encode("utf-16-le"), "a.txt", "第 1 行有二进制内容"),
        (b"%PDF-1.7\n\0\0", "a.csv", "第 2 行有二进制内容"),
        (b"", "a.csv", "没有内容"),
        (b"\n \n", "a.csv", "没有内容"),
        ("机构名称 组织机构代码\n".encode(), "a.csv", "分不出各列"),
        ("机构名称,类型,机构名称\n".encode(), "a.csv", "表头“机构名称”出现两次（第 1 列和第 3 列）"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "a.csv", "第 3 行的引号不成对"),
        (b'a,b\n"3"x,4\n', "a.csv", "第 2 行的引号不成对"),
        (b"a,b\n" + b"x" * 200_001, "a.csv", "第 2 行太长"),
        (",".join(f"c{n}" for n in range(101)).encode(), "a.csv", "超过 100 列"),
        (xlsx(ROWS), "a.csv", "文件名以 .csv 结尾，内容却不是这种文件"),
        (TSV.encode(), "a.xlsx", "文件名以 .xlsx 结尾，内容却不是这种文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "旧版 XLS 或加密"),
    ],
)
def test_text_that_is_refused(content: bytes, name: str, words: str) -> None:
    assert words in refusal(content, name)
