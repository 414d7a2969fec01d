"""Working days: the shared vectors, make-up days, and years without a notice."""

from datetime import UTC, date, datetime

import pytest

from app.core.workdays import Calendar, Due

CALENDAR = Calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("vector", "trigger", "workdays", "last_day", "provisional"),
    [
        ("VX-01 complaint review, 94 Art.21", "2025-12-12", 5, "2025-12-19", False),
        ("VX-03 open framework application, 110", "2025-05-06", 7, "2025-05-15", False),
        ("VX-06 consultation file sale across National Day", "2024-09-26", 5, "2024-10-09", False),
        ("VX-09 contract publication over Spring Festival", "2026-02-13", 2, "2026-02-24", False),
        # The vector file leaves VX-12 open: 28–31 December are four, New Year rests, 4–6 January make seven.
        ("VX-12 challenge crossing into 2027", "2026-12-25", 7, "2027-01-06", True),
    ],
)
def test_vectors_in_working_days(vector: str, trigger: str, workdays: int, last_day: str, provisional: bool) -> None:
    assert CALENDAR.add_workdays(day(trigger), workdays) == Due(day(last_day), provisional), vector


def test_vx_07_a_minimum_of_twenty_calendar_days_does_not_roll() -> None:
    assert CALENDAR.add_days(day("2025-06-03"), 20) == Due(day("2025-06-23"))


@pytest.mark.parametrize(
    ("start", "days", "rolled"),
    [
        ("2026-05-18", 30, "2026-06-17"),  # a Wednesday stays
        ("2026-04-01", 30, "2026-05-06"),  # 1 May rolls over Labour Day
        ("2026-08-28", 30, "2026-09-28"),  # 27 September is the last day of Mid-Autumn
        ("2026-01-05", 40, "2026-02-14"),  # a make-up Saturday is a working day and stays
    ],
)
def test_a_last_day_of_rest_rolls_on(start: str, days: int, rolled: str) -> None:
    assert CALENDAR.add_days(day(start), days, roll=True).day == day(rolled)


@pytest.mark.parametrize("text", "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10".split())
def test_make_up_days_are_worked(text: str) -> None:
    assert day(text).weekday() >= 5
    assert CALENDAR.is_workday(day(text))


@pytest.mark.parametrize(
    ("text", "worked"),
    [("2027-01-01", False), ("2027-01-02", False), ("2027-01-04", True), ("2027-02-08", False)],
)
def test_a_year_without_notice_is_answered_provisionally(text: str, worked: bool) -> None:
    assert CALENDAR.is_workday(day(text)) is worked
    assert CALENDAR.provisional(day(text))
    assert not CALENDAR.provisional(day("2026-12-31"))


def test_rolling_into_a_year_without_notice_is_provisional() -> None:
    assert CALENDAR.add_days(day("2026-12-02"), 30, roll=True) == Due(day("2027-01-04"), True)
    assert CALENDAR.add_days(day("2026-12-02"), 29, roll=True) == Due(day("2026-12-31"), False)


def test_an_override_wins_and_settles_its_day() -> None:
    calendar = Calendar(overrides={day("2027-01-04"): False, day("2026-02-14"): False})
    assert not calendar.is_workday(day("2027-01-04"))
    assert not calendar.provisional(day("2027-01-04"))
    assert calendar.add_workdays(day("2026-02-13"), 1).day == day("2026-02-24")


def test_a_year_entered_in_full_is_no_longer_provisional() -> None:
    calendar = Calendar(overrides={day("2027-01-01"): False}, official_years=frozenset({2027}))
    assert calendar.add_workdays(day("2026-12-25"), 7) == Due(day("2027-01-06"), False)
    assert calendar.is_workday(day("2027-02-08"))  # only what the notice entered says is a day off


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2024-09-26", "2024-10-09", 5),
        ("2026-02-13", "2026-02-24", 2),
        ("2026-02-24", "2026-02-24", 0),
        ("2026-02-25", "2026-02-24", 0),
    ],
)
def test_workdays_between_is_the_inverse_of_adding(start: str, end: str, count: int) -> None:
    assert CALENDAR.workdays_between(day(start), day(end)) == count


def test_a_moment_or_a_negative_period_is_refused() -> None:
    with pytest.raises(TypeError):
        CALENDAR.is_workday(datetime(2026, 1, 5, tzinfo=UTC))
    with pytest.raises(ValueError):
        CALENDAR.add_workdays(day("2026-01-05"), -1)
    with pytest.raises(ValueError):
        CALENDAR.add_days(day("2026-01-05"), -1)


@pytest.mark.parametrize("year", [1999, 2003, 2027, 2035, 2120])
def test_no_year_is_beyond_the_calendar(year: int) -> None:
    assert CALENDAR.add_workdays(date(year, 1, 1), 30).provisional
