"""What people type is read exactly, or refused with a sentence that says why."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import typed
from app.core.showing import centi

DAYS = [
    "2026-04-15", "2026/4/15", "2026.4.15", "2026年4月15日", "2026年04月15", "20260415", " 2026 - 4 - 15 ",
    "２０２６－０４－１５", "２０２６年４月１５日",
]  # fmt: skip
NO_DAYS = [
    "", "4月15日", "26-4-15", "2026-4/15", "15/04/2026", "2026-02-30", "2026-13-01", "0026-04-15", "2026415",
    "2026-4-15 09:00", "二〇二六年四月十五日", "9999-12-31",
]  # fmt: skip
MOMENTS = [
    "2026-04-15 09:30", "2026/4/15 9:30", "2026-04-15T09:30:00", "2026年4月15日9时30分", "2026年4月15日 09:30",
    "２０２６年４月１５日　０９：３０", "2026-04-15  9:30",
]  # fmt: skip
NO_MOMENTS = ["", "2026-04-15", "09:30", "2026-04-15 24:00", "2026-04-15 9:60", "2026-02-30 09:30", "2026-04-15 9点半"]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_in_any_chinese_order(text: str) -> None:
    assert typed.parse_day(text) == date(2026, 4, 15)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(typed.NotUnderstood):
        typed.parse_day(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert typed.parse_day(f"{day.year}年{day.month}月{day.day}日") == typed.parse_day(day.isoformat()) == day


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_beijing_time(text: str) -> None:
    assert typed.parse_moment(text) == datetime(2026, 4, 15, 1, 30, tzinfo=UTC)


def test_a_whole_hour_needs_no_minutes_and_seconds_are_kept() -> None:
    assert typed.parse_moment("2026年4月15日9时") == datetime(2026, 4, 15, 1, 0, tzinfo=UTC)
    assert typed.parse_moment("2026-04-15 09:30:59").second == 59


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(typed.NotUnderstood):
        typed.parse_moment(text)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("92.5", 9250), ("92.50", 9250), ("0", 0), ("100", 10000), ("０．０５", 5), ("-1.25", -125), ("88.", None)],
)
def test_a_score_is_whole_hundredths(text: str, hundredths: int | None) -> None:
    if hundredths is None:
        with pytest.raises(typed.NotUnderstood):
            typed.parse_centi(text)
    else:
        assert typed.parse_centi(text) == hundredths


@pytest.mark.parametrize("text", ["92.505", "九十", "1e3", "1,000", "", "--1"])
def test_a_score_is_never_rounded_or_guessed(text: str) -> None:
    with pytest.raises(typed.NotUnderstood):
        typed.parse_centi(text)


@given(st.integers(-(10**9), 10**9))
def test_a_shown_score_is_read_back(hundredths: int) -> None:
    assert typed.parse_centi(centi(hundredths)) == hundredths


@pytest.mark.parametrize(("text", "number"), [("1,200", 1200), ("１２０", 120), ("-3", -3), (" 7 ", 7)])
def test_a_whole_number(text: str, number: int) -> None:
    assert typed.parse_whole(text) == number


@pytest.mark.parametrize("text", ["1,20", "1.0", "", "十", "1" * 16])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(typed.NotUnderstood):
        typed.parse_whole(text)


def test_a_refusal_shows_what_was_typed_but_not_all_of_an_attack() -> None:
    with pytest.raises(typed.NotUnderstood) as refused:
        typed.parse_day("长" * 10_000)
    assert refused.value.values["typed"] == "长" * 40


def test_tidying_folds_letters_and_digits_and_leaves_chinese_punctuation() -> None:
    assert typed.tidy("  ＡＢＣ１２３　逢源人家（荔湾），\u200b中心 ") == "ABC123 逢源人家（荔湾），中心"


def test_lines_keep_their_breaks() -> None:
    assert typed.tidy_lines("\r\n一、概况  \r\n\r\n二、要求\r\n") == "一、概况\n\n二、要求"
