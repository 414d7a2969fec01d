"""Filters: how a kept fact is shown on paper. A clause writes {price_fen|yuan}; the table is in docs/how-to."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from jinja2 import Undefined

from app.core import money
from app.core.clock import BEIJING


def day(value: str) -> str:
    """2026-04-15 → 2026年4月15日."""
    when = date.fromisoformat(value)
    return f"{when.year}年{when.month}月{when.day}日"


def moment(value: str) -> str:
    """A moment in Beijing time, as notices write it: 2026年5月12日10:00; seconds are shown where there are any."""
    when = datetime.fromisoformat(value).astimezone(BEIJING)
    seconds = f":{when.second:02d}" if when.second else ""
    return f"{when.year}年{when.month}月{when.day}日{when.hour:02d}:{when.minute:02d}{seconds}"


def centi(value: int) -> str:
    """Hundredths as a mark: 9041 → 90.41."""
    whole, part = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{part:02d}"


def percent(value: int) -> str:
    """Hundredths of a percent: 5000 → 50%, 3333 → 33.33%."""
    return f"{centi(value).rstrip('0').rstrip('.')}%"


def when(value: str) -> str:
    """A day or a moment, whichever it is."""
    return day(value) if len(value) == len("2026-04-15") else moment(value)


def count(value: int) -> str:
    """A count with its thousands parted: 2400 → 2,400."""
    return f"{value:,}"


def short(value: str) -> str:
    """The first sixteen signs of a digest, in fours, for people to compare: 3f0a 91c2 …"""
    return " ".join(value[start : start + 4] for start in range(0, min(len(value), 16), 4))


def or_none(value: str) -> str:
    """The text, or 无 where there is none: a form leaves no cell empty."""
    return value or "无"


def lines(value: str) -> list[str]:
    """The lines of a longer text, each a paragraph of its own."""
    return [line.strip() for line in value.splitlines() if line.strip()]


def total(rows: list[Mapping[str, int]], key: str) -> int:
    """The sum of one column, so that a table's last line cannot disagree with its rows."""
    return sum(row[key] for row in rows)


def _of_a_fact(shows: Callable[..., object]) -> Callable[..., object]:
    """The filter, failing with the fact's name when it is not there and with its value when it is of another kind."""

    @wraps(shows)
    def filtered(value: Any, *arguments: Any) -> object:
        if isinstance(value, Undefined):
            value._fail_with_undefined_error()
        try:
            return shows(value, *arguments)
        except (TypeError, AttributeError, ValueError) as wrong:
            raise ValueError(f"{shows.__name__}: {value!r}") from wrong

    return filtered


_SHOWN: dict[str, Callable[..., object]] = {
    "yuan": money.yuan,
    "capitals": money.capitals,
    "day": day,
    "moment": moment,
    "when": when,
    "centi": centi,
    "percent": percent,
    "count": count,
    "short": short,
    "or_none": or_none,
    "total": total,
    "length": len,
    "lines": lines,
}
FILTERS = {name: _of_a_fact(shows) for name, shows in _SHOWN.items()}
