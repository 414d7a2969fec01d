"""Figures as findings show them, and the one rounding of the law's arithmetic (F-04: half up, at the end)."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

# No summer time since 1991; a fixed offset needs no time-zone database on the machine (F-26).
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def shanghai_day(moment: datetime) -> date:
    """The day in China on which an aware *moment* falls. Raises ValueError for a naive one (F-26)."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is no evidence of when something happened")
    return moment.astimezone(SHANGHAI).date()


def half_up(value: Fraction | Decimal | int) -> int:
    """The nearest whole number, halves away from zero (ROUND_HALF_UP, F-04), exactly."""
    exact = Fraction(value)
    whole = (abs(exact) + Fraction(1, 2)).__floor__()
    return whole if exact >= 0 else -whole


def percent(share: Decimal | Fraction) -> str:
    """A share as a percentage without needless zeros: 0.10 → 10%."""
    return f"{(Decimal(half_up(Fraction(share) * 10000)) / 100).normalize():f}%"


def points(centi: int) -> str:
    """Hundredths of a point as points: 9062 → 90.62."""
    return f"{Decimal(centi) / 100:.2f}"
