"""One cell on its way into the register: what was typed, and the notes about what became of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date, datetime
from decimal import Decimal

from app.core.law import Finding
from app.core.words import N_
from app.registry.reading import MOST_CELL, ROW_RULE, Cell

BLANK = " \t\r\n\u00a0\u200b\u200c\u200d\u3000\ufeff"
PLACEHOLDERS = frozenset({"-", "--", "—", "——", "/", "无", "N/A", "NULL"})  # people's ways to write nothing
_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


@dataclass(frozen=True)
class Note:
    """What happened to one cell: column, field of the register, what stood there, what it became, why, by which rule.

    `reason` is a Chinese message id filled from `values`. With `bars` the row is refused.
    """

    column: str
    field: str
    was: str
    now: str
    reason: str
    values: Mapping[str, object] = given(default_factory=dict)
    rule: str = ROW_RULE
    bars: bool = False

    @property
    def changed(self) -> bool:
        """Whether the value was changed (a warning leaves it as it was)."""
        return not self.bars and self.was != self.now


@dataclass
class Given:
    """A cell with its column, and the list its notes go to. `text` is what was typed, trimmed."""

    column: str
    field: str
    cell: Cell
    notes: list[Note]
    text: str = ""

    def became(self, now: str, reason: str, rule: str = ROW_RULE, **values: object) -> None:
        """Note that the text was changed to *now*."""
        self.notes.append(Note(self.column, self.field, self.text, now, reason, values, rule))

    def warn(self, reason: str, rule: str = ROW_RULE, **values: object) -> None:
        """Note something to look at; the value stays."""
        self.notes.append(Note(self.column, self.field, self.text, self.text, reason, values, rule))

    def refuse(self, reason: str, rule: str = ROW_RULE, **values: object) -> None:
        """Note what bars the row."""
        self.notes.append(Note(self.column, self.field, self.text, "", reason, values, rule, True))

    def take(self, finding: Finding) -> None:
        """Pass on what a rule found: a bar refuses, a warning warns."""
        (self.refuse if finding.bars else self.warn)(finding.text, finding.rule, **finding.values)

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number, which keeps no leading zeros and only 15 digits."""
        return isinstance(self.cell, int | float) and not isinstance(self.cell, bool)


def text_of(cell: Cell) -> str:
    """A cell as its sheet shows it. Numbers have the 15 digits a spreadsheet keeps, and no exponent."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return format(Decimal(f"{cell:.15g}"), "f")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def trim(one: Given) -> bool:
    """Fill `text`, noting trimmed blanks; False when nothing is left or the cell cannot be taken."""
    typed = text_of(one.cell)
    one.text = typed[:MOST_CELL]
    if len(typed) > MOST_CELL:
        one.refuse(N_("内容超过 %(most)d 字"), most=MOST_CELL)
    elif _BROKEN.search(typed):
        one.refuse(N_("有乱码或控制字符：文件在别处已损坏，请从原表重新导出"))
    elif typed.startswith(("=", "@")):
        one.refuse(N_("内容像是公式；请填写数值或文字"))
    else:
        return _trimmed(one, typed.strip(BLANK))
    return False


def _trimmed(one: Given, text: str) -> bool:
    if text and text != one.text:
        one.became(text, N_("去掉首尾空白"))
    one.text = text
    if text.upper() in PLACEHOLDERS:
        one.became("", N_("“%(text)s”按空白处理"), text=text)
        one.text = ""
    return bool(one.text)
