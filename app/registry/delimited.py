"""Sheets as text: tab- or comma-separated, in UTF-8 or GB18030, told apart by strict decoding and never guessed."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from app.core.words import N_
from app.registry.reading import Open, Record, SheetRefused

MOST_LINE = 200_000  # bytes in one line
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ("\t", ",", ";")


def encoding_of(opened: Open) -> str:
    """「utf-8-sig」 or 「gb18030」. Raises `SheetRefused` naming line and byte when the whole file is neither.

    Two encodings in one file happen when sheets are pasted together. UTF-8 bytes mostly pass as GB18030 and come
    out as other characters, so a line that is proper UTF-8 inside a GB18030 file is refused as well.
    """
    with opened() as file:
        if not (not_utf8 := _first_wrong(file, "utf-8")):
            return "utf-8-sig"
    with opened() as file:
        if not (not_gb := _first_wrong(file, "gb18030")):
            return "gb18030"
    text = N_(
        "文字编码不一致：第 %(line)d 行第 %(byte)d 个字节起不是 UTF-8，第 %(other)d 行又不是 GB18030；"
        "请用同一种编码另存后再上传"
    )
    raise SheetRefused(text, line=not_utf8[0], byte=not_utf8[1], other=not_gb[0])


def _first_wrong(file: BinaryIO, encoding: str) -> tuple[int, int] | None:
    """Line and byte (both from 1) of the first line that is not in this encoding."""
    for number, line in enumerate(iter(lambda: file.readline(MOST_LINE + 1), b""), 1):
        if len(line) > MOST_LINE:
            raise SheetRefused(N_("第 %(line)d 行太长（超过 %(most)d 字节）"), line=number, most=MOST_LINE)
        if b"\0" in line:
            raise SheetRefused(N_("第 %(line)d 行有二进制内容：这不是 UTF-8 或 GB18030 的文本表格"), line=number)
        if wrong := _wrong_byte(line, encoding):
            return number, wrong
    return None


def _wrong_byte(line: bytes, encoding: str) -> int | None:
    if line.isascii():
        return None
    try:
        line.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start + 1
    return 1 if encoding == "gb18030" and _is_utf8(line) else None


def _is_utf8(line: bytes) -> bool:
    """Whether the line is Chinese in UTF-8. A line of GB18030 passes this by chance less than once in a million."""
    try:
        return any("\u4e00" <= char <= "\u9fff" for char in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def delimiter_of(opened: Open, encoding: str) -> str:
    """Tab, comma or semicolon, whichever the first line with text has. Raises `SheetRefused` when it has none."""
    with io.TextIOWrapper(opened(), encoding, newline="") as file:
        first = next((line for line in file if line.strip()), "")
    if not first:
        raise SheetRefused(N_("文件里没有内容"))
    for delimiter in DELIMITERS:
        if delimiter in first:
            return delimiter
    raise SheetRefused(N_("第一行里没有制表符或英文逗号，分不出各列；请存为 TSV、CSV 或 XLSX"))


def records(opened: Open, encoding: str, delimiter: str) -> Iterator[Record]:
    """The records one by one, each with the line it starts on. Raises `SheetRefused` where quoting is broken."""
    with io.TextIOWrapper(opened(), encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                yield Record(line, list(cells))
                line = reader.line_num + 1
        except csv.Error as error:
            text = N_("第 %(line)d 行的引号不成对，或一格太长，无法分列；请检查这一行的英文双引号")
            raise SheetRefused(text, line=line) from error
