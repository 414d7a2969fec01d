"""How values are shown: amounts, days, moments, scores, and the words of the law, in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale, gettext

from app.core import law, money
from app.core.clock import BEIJING
from app.core.law import Finding, Row
from app.core.words import fill


def in_english() -> bool:
    """Whether the reader has chosen English (without a request, nobody has)."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def t(text: object) -> str:
    """A message id that stands in a table, in the reader's language; other text is given back as it is."""
    return gettext(str(text)) if text else ""


def yuan(fen: int | None) -> str:
    """1,234.50, without a unit; nothing for None."""
    return "" if fen is None else money.yuan(fen)


def centi(hundredths: int | None) -> str:
    """Hundredths as a plain number: 9250 → 92.5."""
    if hundredths is None:
        return ""
    whole, part = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{part:02d}".rstrip("0").rstrip(".")


def day(value: date | None) -> str:
    """2026年4月15日 or 15 April 2026; a moment is shown as the Beijing day it falls on."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(BEIJING).date()
    if in_english():
        return format_date(value, "d MMMM y", locale="en")
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """A moment in Beijing time, to the minute. Raises ValueError for a naive one."""
    if value is None:
        return ""
    if value.tzinfo is None:
        raise ValueError("a moment must be aware")
    return f"{day(value)}{', ' if in_english() else ' '}{value.astimezone(BEIJING):%H:%M}"


def when(value: date | None) -> str:
    """A moment or a day, whichever it is."""
    return moment(value) if isinstance(value, datetime) else day(value)


def machine_day(value: date) -> str:
    """The value of a <time> element's datetime attribute."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def size(count: int) -> str:
    """A file size: 1.2 MB."""
    tenths, unit = count * 10 // 1024, "KB"
    if tenths >= 10240:
        tenths, unit = tenths // 1024, "MB"
    return f"{max(tenths, 1) // 10}.{max(tenths, 1) % 10} {unit}"


def told(finding: Finding) -> str:
    """A finding's sentence in the reader's language, its values shown as people write them."""
    return fill(t(finding.text), spoken(finding.values))


def spoken(values: Mapping[str, object]) -> dict[str, object]:
    """Values as words: names ending in _fen are amounts, in _centi hundredths; days and moments by their type."""
    return {name: _spoken(name, value) for name, value in values.items()}


def _spoken(name: str, value: Any) -> object:
    if isinstance(value, date):
        return when(value)
    if isinstance(value, int) and name.endswith("_fen"):
        return yuan(value)
    if isinstance(value, int) and name.endswith("_centi"):
        return centi(value)
    return t(value) if isinstance(value, str) else value


def row_of(rule: str | None) -> Row | None:
    """The rulebook row with this id, or None when there is no such row (a refusal that no rule stands behind)."""
    return law.rows().get(rule) if rule else None


def citation(row: Row | None) -> str:
    """Instrument and article in the reader's language."""
    return row.citation("en" if in_english() else "zh") if row else ""


FILTERS = {
    "t": t, "yuan": yuan, "capitals": money.capitals, "centi": centi, "day": day, "moment": moment, "when": when,
    "machine_day": machine_day, "bytes": size, "told": told,
}  # fmt: skip


def init_showing(app: Flask) -> None:
    """Give the templates these filters, and the two questions they may ask of the rulebook."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(row_of=row_of, citation=citation, in_english=in_english)
