"""A year of the calendar as a page shows it: months of weeks of days, each with whether it is worked and why."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from app.core.workdays import SATURDAY, Calendar


@dataclass(frozen=True)
class Day:
    """One day: worked or not, laid down by the portal's administrator, other than its weekday says, or provisional."""

    day: date
    worked: bool
    laid_down: bool
    unusual: bool
    provisional: bool


@dataclass(frozen=True)
class Month:
    """A month: weeks from Monday to Sunday, None where the day belongs to another month."""

    number: int
    weeks: list[list[Day | None]]
    workdays: int


def year_of(year: int, calendar: Calendar) -> list[Month]:
    """The twelve months of *year* (F-20 … F-23)."""
    return [_month(year, number, calendar) for number in range(1, 13)]


def _month(year: int, number: int, calendar: Calendar) -> Month:
    weeks = [
        [_day(day, calendar) if day.month == number else None for day in week]
        for week in Weeks().monthdatescalendar(year, number)
    ]
    return Month(number, weeks, sum(day.worked for week in weeks for day in week if day))


def _day(day: date, calendar: Calendar) -> Day:
    worked = calendar.is_workday(day)
    unusual = worked != (day.weekday() < SATURDAY)
    return Day(day, worked, day in calendar.overrides, unusual, calendar.provisional(day))
