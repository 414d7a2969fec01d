"""What the table tests share: the norms of one place and day, and findings made short enough to compare."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

from app.core.law import Finding, Norms, national_norms
from app.core.words import fill
from app.core.workdays import Calendar

CALENDAR = Calendar()
BEIJING = timezone(timedelta(hours=8))


def norms(place: str = "440103", day: str = "2026-04-15") -> Norms:
    """The shipped norms for *place* on *day*; 荔湾区 in Guangdong unless said otherwise."""
    return Norms.of(national_norms(), place, date.fromisoformat(day))


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def said(findings: Iterable[Finding]) -> list[str]:
    """The rows found, in order, each warning in brackets; every text must fill and every row be in the book."""
    found = list(findings)
    for one in found:
        assert "%(" not in fill(one.text, one.values)
        assert one.row.id == one.rule
    return [one.rule if one.bars else f"({one.rule})" for one in found]
