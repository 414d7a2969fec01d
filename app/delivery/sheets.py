"""Reading a monthly sheet of service figures: month, community, and a column for each measure."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.law import Finding, demand
from app.core.money import NotMoney, parse_yuan
from app.core.words import N_
from app.plans.models import Measure

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
NOT_A_SHEET = N_("文件不是 UTF-8 或 GB18030 编码的 CSV 表格，或缺少 month、community 两列。")
UNKNOWN = N_("表格里有项目没有约定的列：%(columns)s。")
BAD_FIGURE = N_("第 %(line)s 行「%(column)s」应为不小于零的%(kind)s，现为“%(value)s”。")
BAD_MONTH = N_("第 %(line)s 行的月份“%(value)s”应写作 2026-07，并在合同期内、不晚于本月。")
BAD_PLACE = N_("第 %(line)s 行的社区“%(value)s”不在本街道的社区名单中。")
TWICE = N_("第 %(line)s 行与第 %(first)s 行是同一个月、同一个社区。")


@dataclass(frozen=True)
class Figure:
    """One figure as read: fen for money, whole numbers otherwise."""

    line: int
    month: str
    community: str
    measure: str
    amount: int


def read(
    content: bytes, mine: list[Measure], others: list[Measure], months: list[str], places: set[str]
) -> tuple[list[Figure], list[str]]:
    """The figures of the sheet that are this contract's, and the names of columns left out as another lot's.

    Raises Invalid for what is no such sheet, Unlawful with every line that cannot be taken: all or nothing.
    """
    rows = csv.DictReader(io.StringIO(_text(content)))
    header = [h.strip() for h in rows.fieldnames or []]
    if not {"month", "community"} <= set(header):
        raise Invalid(NOT_A_SHEET, {}, "file")
    rest = [h for h in header if h not in ("month", "community")]
    unknown = [h for h in rest if h not in {m.key for m in [*mine, *others]}]
    if unknown:
        raise Invalid(UNKNOWN, {"columns": "、".join(unknown)}, "file")
    found: list[Figure] = []
    demand(_read(rows, [m for m in mine if m.key in header], months, places, found))
    return found, [m.name for m in others if m.key in header]


def _read(
    rows: "csv.DictReader[str]", mine: list[Measure], months: list[str], places: set[str], found: list[Figure]
) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 2):
        month, community = (row.get("month") or "").strip(), (row.get("community") or "").strip()
        if month not in months:
            yield Finding("G-21", BAD_MONTH, {"line": number, "value": month}, "file")
        if places and community not in places:
            yield Finding("G-21", BAD_PLACE, {"line": number, "value": community}, "file")
        if (month, community) in seen:
            yield Finding("G-21", TWICE, {"line": number, "first": seen[month, community]}, "file")
        seen[month, community] = number
        for measure in mine:
            value = (row.get(measure.key) or "").strip()
            amount = _amount(value, measure.money)
            if amount is None:
                values = {"line": number, "column": measure.name, "value": value}
                yield Finding("G-21", BAD_FIGURE, {**values, "kind": _kind(measure)}, "file")
            else:
                found.append(Figure(number, month, community, measure.key, amount))


def _kind(measure: Measure) -> str:
    return N_("金额（元）") if measure.money else N_("整数")


def _amount(value: str, money: bool) -> int | None:
    if not money:
        return int(value) if value.isdecimal() and value.isascii() else None
    try:
        return parse_yuan(value)
    except NotMoney:
        return None


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(NOT_A_SHEET, {}, "file")
