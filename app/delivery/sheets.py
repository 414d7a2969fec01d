"""Reading a monthly sheet of service figures: month, community, and a column for each measure."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.law import Finding, demand
from app.core.money import NotMoney, parse_yuan
from app.core.words import N_
from app.plans.models import Measure

MOST_DIGITS = 12
MOST_LINES = 5_000  # 60 months of 80 communities: a larger sheet is no month's report
KEYS = ["month", "community"]
NOT_A_SHEET = N_("文件不是 UTF-8 或 GB18030 编码的 CSV 表格，或缺少 month、community 两列。")
UNKNOWN = N_("表格里有项目没有约定的列：%(columns)s。")
LACKING = N_("表格缺少本合同约定的列：%(columns)s。")
DOUBLE = N_("表格里的列“%(column)s”出现了不止一次。")
NO_LINES = N_("表格里没有数据行。")
TOO_LONG = N_("表格超过 %(most)s 行，请分月报送。")
BAD_COUNT = N_("第 %(line)s 行「%(column)s」应为不小于零的整数，现为“%(value)s”。")
BAD_MONEY = N_("第 %(line)s 行「%(column)s」应为不小于零、最多到分的金额（元），现为“%(value)s”。")
BAD_MONTH = N_("第 %(line)s 行的月份“%(value)s”应写作 2026-07，并在合同期内、不晚于本月。")
BAD_PLACE = N_("第 %(line)s 行的社区“%(value)s”不在采购人辖区的社区名单中。")
BAD_LENGTH = N_("第 %(line)s 行的格数与表头不同。")
TWICE = N_("第 %(line)s 行与第 %(first)s 行是同一个月、同一个社区。")


@dataclass(frozen=True)
class Figure:
    """One figure as read: fen for money, whole numbers otherwise."""

    line: int
    month: str
    community: str
    measure: Measure
    amount: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Under which it is kept: month, community, measure."""
        return self.month, self.community, self.measure.key


def read(
    content: bytes,
    mine: Sequence[Measure],
    others: Sequence[Measure],
    months: Sequence[str],
    known: Callable[[set[str]], set[str]],
) -> tuple[list[Figure], list[str]]:
    """The figures of the sheet that are this contract's, and the names of columns left out as another lot's.

    *known* gives, of the communities named, those that there are. Raises Invalid for what is no such sheet, Unlawful
    with every line that cannot be taken: all or nothing.
    """
    header, lines = _table(content)
    _check_header(header, mine, others)
    places = known({line[header.index("community")].strip() for line in lines if len(line) == len(header)})
    found: list[Figure] = []
    demand(_read(header, lines, mine, months, places, found))
    return found, [m.name for m in others if m.key in header]


def _table(content: bytes) -> tuple[list[str], list[list[str]]]:
    try:
        rows = list(csv.reader(io.StringIO(_text(content)), strict=True))
    except csv.Error as error:
        raise Invalid(NOT_A_SHEET, {}, "file") from error
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise Invalid(NOT_A_SHEET, {}, "file")
    if len(rows) > MOST_LINES + 1:
        raise Invalid(TOO_LONG, {"most": MOST_LINES}, "file")
    return [cell.strip() for cell in rows[0]], rows[1:]


def _check_header(header: list[str], mine: Sequence[Measure], others: Sequence[Measure]) -> None:
    if not set(KEYS) <= set(header):
        raise Invalid(NOT_A_SHEET, {}, "file")
    double = [one for one in header if header.count(one) > 1]
    if double:
        raise Invalid(DOUBLE, {"column": double[0]}, "file")
    allowed = {*KEYS, *(m.key for m in (*mine, *others))}
    for text, columns in (
        (UNKNOWN, [h for h in header if h not in allowed]),
        (LACKING, [m.key for m in mine if m.key not in header]),
    ):
        if columns:
            raise Invalid(text, {"columns": "、".join(columns)}, "file")


def _read(
    header: list[str],
    lines: list[list[str]],
    mine: Sequence[Measure],
    months: Sequence[str],
    places: set[str],
    found: list[Figure],
) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int] = {}
    if not lines:
        yield Finding("G-21", NO_LINES, {}, "file")
    for number, line in enumerate(lines, 2):
        if len(line) != len(header):
            yield Finding("G-21", BAD_LENGTH, {"line": number}, "file")
            continue
        row = {name: cell.strip() for name, cell in zip(header, line, strict=True)}
        yield from _where(number, row, months, places, seen)
        for measure in mine:
            amount = _amount(row[measure.key], measure.money)
            if amount is None:
                values = {"line": number, "column": measure.name, "value": row[measure.key][:40]}
                yield Finding("G-21", BAD_MONEY if measure.money else BAD_COUNT, values, "file")
            else:
                found.append(Figure(number, row["month"], row["community"], measure, amount))


def _where(
    number: int, row: dict[str, str], months: Sequence[str], places: set[str], seen: dict[tuple[str, str], int]
) -> Iterator[Finding]:
    if row["month"] not in months:
        yield Finding("G-21", BAD_MONTH, {"line": number, "value": row["month"][:40]}, "file")
    if row["community"] not in places:
        yield Finding("G-21", BAD_PLACE, {"line": number, "value": row["community"][:40]}, "file")
    key = row["month"], row["community"]
    if key in seen:
        yield Finding("G-21", TWICE, {"line": number, "first": seen[key]}, "file")
    seen.setdefault(key, number)


def _amount(value: str, money: bool) -> int | None:
    if not money:
        return int(value) if value.isdecimal() and value.isascii() and len(value) <= MOST_DIGITS else None
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
