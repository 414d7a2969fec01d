"""Working days (工作日) and calendar days, as the law counts them.

Day 1 is the day after the one that starts the period; a period that ends on a day of rest runs on to
the first working day after it (B-100; 民法典 第二百零一至二百零三条, 94号令 第四十二条). Make-up Saturdays
and Sundays are working days (F-23). A year for which no State Council notice is known is answered from the
statutory dates and marked provisional (F-20, F-21).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

import chinese_calendar
import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """The day a period ends, and whether a holiday notice still to come may move it."""

    day: date
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """Which days are worked.

    `overrides` (day → worked?) come from the calendar table and win over everything. A year in
    `official_years` has had its State Council notice entered in full: there, days without an override follow
    the week. Any other year is answered by chinesecalendar (2004–2026), else provisionally by the statutory
    holidays.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    official_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether *day* is a 工作日, make-up days counted (F-23)."""
        _must_be_day(day)
        if day in self.overrides:
            return self.overrides[day]
        if day.year in self.official_years:
            return day.weekday() < SATURDAY
        if noticed(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY and day not in statutory(day.year)

    def provisional(self, day: date) -> bool:
        """Whether the answer for *day* may change because no holiday notice for its year is known (F-20)."""
        known = day in self.overrides or day.year in self.official_years
        return not known and not noticed(day.year)

    def add_workdays(self, start: date, days: int) -> Due:
        """The last of *days* working days after *start*, day 1 being the next day (B-100)."""
        _must_count(start, days)
        day = start
        while days:
            day += ONE_DAY
            days -= self.is_workday(day)
        return Due(day, self._any_provisional(start, day))

    def add_days(self, start: date, days: int, *, roll: bool = False) -> Due:
        """The last of *days* calendar days after *start* (B-100).

        With ``roll`` a last day of rest moves on to the next working day (民法典 第二百零三条): for periods
        within which something must be done. A *minimum* period ("不得少于二十日", B-42) does not roll.
        """
        _must_count(start, days)
        end = start + days * ONE_DAY
        return self.next_workday(end) if roll else Due(end)

    def next_workday(self, day: date) -> Due:
        """*day* itself if it is worked, else the first working day after it."""
        found = day
        while not self.is_workday(found):
            found += ONE_DAY
        return Due(found, self._any_provisional(day - ONE_DAY, found))

    def workdays_between(self, start: date, end: date) -> int:
        """How many working days lie after *start* up to and including *end*; 0 when *end* is not later."""
        return sum(self.is_workday(day) for day in days_after(start, end))

    def _any_provisional(self, start: date, end: date) -> bool:
        return any(self.provisional(day) for day in days_after(start, end))


def days_after(start: date, end: date) -> Iterator[date]:
    """The days after *start* up to and including *end*."""
    return (start + n * ONE_DAY for n in range(1, (end - start).days + 1))


@cache
def noticed(year: int) -> bool:
    """Whether chinesecalendar knows the State Council's notice for *year*; it raises where not (F-20)."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def statutory(year: int) -> frozenset[date]:
    """The statutory days off of *year*, without the swapped days a notice would add (F-21, F-22)."""
    return frozenset(holidays.country_holidays("CN", years=year))


def _must_be_day(day: date) -> None:
    # A datetime is a date to Python, yet equals none: it would slip past every override.
    if isinstance(day, datetime):
        raise TypeError("a day is wanted, not a moment: take its date in Asia/Shanghai first")


def _must_count(start: date, days: int) -> None:
    _must_be_day(start)
    if days < 0:
        raise ValueError("a period cannot be shorter than no day")
