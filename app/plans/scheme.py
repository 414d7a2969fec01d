"""The scheme of indicators as a sheet: read line by line, all of it or nothing, each refusal with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.core import typed
from app.core.law import Finding, Unlawful
from app.core.typed import NotUnderstood
from app.core.words import N_
from app.plans.models import INDICATOR_KINDS
from app.registry.delimited import delimiter_of, encoding_of, records
from app.registry.reading import ROW_RULE, Record, SheetRefused, opener
from app.rules.preparing import PARTS

COLUMNS = ("level1", "level2", "level3", "unit", "target", "weight", "kind", "evidence")
MOST_BYTES, MOST_LINES = 1024 * 1024, 300
LIMITS = {"level2": 40, "level3": 80, "unit": 20, "target": 20, "evidence": 120}  # as the columns have them
_TARGET = re.compile(r"\d{1,12}(\.\d{1,4})?", re.ASCII)

AT_LINE = N_("第 %(line)s 行：%(fault)s")
LEVEL1 = N_("一级指标应为决策、过程、产出、效益、满意度、预算执行或者否决。")
NO_NAME = N_("请填写三级指标的名称。")
TWICE = N_("已经有同名的三级指标。")
KIND = N_("类型应为 quantity、ratio、ratio_max、index_max、rubric 或者 veto。")
TARGET = N_("目标值应为大于零的数字，最多四位小数。")
WEIGHT = N_("权重应为大于零的数字，最多两位小数。")
VETO = N_("一票否决项属于“否决”一级，没有目标值，权重为零。")
LONG = N_("有一格太长了。")
CELLS = N_("这一行的格数与表头不同。")


@dataclass(frozen=True)
class Row:
    """One indicator as it is typed in; the weight in hundredths of a point, None when it could not be read."""

    level1: str
    level2: str
    level3: str
    unit: str
    target: str
    weight_centi: int | None
    kind: str
    evidence: str


def faults(row: Row) -> Iterator[tuple[str, str]]:
    """What is wrong with an indicator: (field, Chinese message id), G-08 and S09."""
    veto = row.kind == "veto"
    if row.level1 not in PARTS:
        yield "level1", LEVEL1
    if not row.level3:
        yield "level3", NO_NAME
    if row.kind not in INDICATOR_KINDS:
        yield "kind", KIND
    elif veto != (PARTS.get(row.level1) == "veto") or (veto and (row.target or row.weight_centi != 0)):
        yield "kind", VETO
    elif not veto:
        yield from _counted(row)
    yield from ((name, LONG) for name, most in LIMITS.items() if len(getattr(row, name)) > most)


def _counted(row: Row) -> Iterator[tuple[str, str]]:
    if not _TARGET.fullmatch(row.target) or not Decimal(row.target):
        yield "target", TARGET
    if not row.weight_centi or row.weight_centi < 0:
        yield "weight", WEIGHT


def read(content: bytes) -> list[Row]:
    """The rows of a CSV or TSV in UTF-8 or GB18030 with the columns of `COLUMNS`, in any order.

    Raises Unlawful with a finding for every line that cannot be taken (nothing is guessed, nothing is left out).
    """
    if len(content) > MOST_BYTES:
        raise SheetRefused(N_("文件超过 %(most)s KB，不会是一张指标表。"), most=MOST_BYTES // 1024)
    lines = [one for one in _records(content) if any(str(cell).strip() for cell in one.cells)]
    if len(lines) > MOST_LINES:
        raise SheetRefused(N_("指标表最多 %(most)s 行。"), most=MOST_LINES)
    header = _header(lines[0]) if lines else []
    if not lines[1:]:
        raise SheetRefused(N_("表里没有指标。"))
    return _rows(header, lines[1:])


def _records(content: bytes) -> list[Record]:
    opened = opener(content)
    encoding = encoding_of(opened)
    return list(records(opened, encoding, delimiter_of(opened, encoding)))


def _header(line: Record) -> list[str]:
    names = [typed.tidy(str(cell)).lower() for cell in line.cells]
    if sorted(names) != sorted(COLUMNS):
        text = N_("表头应正好有这些列：%(wanted)s；现在是：%(found)s。")
        raise SheetRefused(text, wanted=", ".join(COLUMNS), found=", ".join(names)[:200])
    return names


def _rows(header: list[str], lines: list[Record]) -> list[Row]:
    rows: list[Row] = []
    found: list[Finding] = []
    names: set[str] = set()
    for line in lines:
        row = _row(dict(zip(header, (typed.tidy(str(cell)) for cell in line.cells), strict=False)))
        wrong = [text for _, text in faults(row)] if len(line.cells) == len(header) else [CELLS]
        if row.level3 in names:
            wrong.append(TWICE)
        names.add(row.level3)
        found += [Finding(ROW_RULE, AT_LINE, {"line": line.line, "fault": text}, "file") for text in wrong]
        rows.append(row)
    if found:
        raise Unlawful(found)
    return rows


def _row(cells: dict[str, str]) -> Row:
    try:
        weight = typed.parse_centi(cells.get("weight", ""))
    except NotUnderstood:
        weight = None
    return Row(**{n: cells.get(n, "") for n in COLUMNS if n != "weight"}, weight_centi=weight)
