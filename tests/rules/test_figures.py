"""Rounding and figures."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.figures import half_up, percent, points, shanghai_day
from tests.rules.tables import day


@pytest.mark.parametrize(
    ("value", "whole"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.49", 2), ("-0.5", -1), ("-2.4", -2), ("0", 0), ("9061.5", 9062)],
)
def test_half_goes_up(value: str, whole: int) -> None:
    assert half_up(Fraction(value)) == half_up(Decimal(value)) == whole


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounding_is_never_more_than_half_off(value: Fraction) -> None:
    assert abs(half_up(value) - value) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("share", "text"), [("0.10", "10%"), ("0.02", "2%"), ("0.45", "45%"), ("0.6667", "66.67%"), ("1", "100%")]
)
def test_percent(share: str, text: str) -> None:
    assert percent(Decimal(share)) == text


def test_points_have_two_decimals() -> None:
    assert [points(one) for one in (9041, 9000, 5, 0)] == ["90.41", "90.00", "0.05", "0.00"]


@pytest.mark.parametrize(
    ("text", "on"),
    [("2026-04-14T15:59:59+00:00", "2026-04-14"), ("2026-04-14T16:00:00+00:00", "2026-04-15")],
)
def test_the_day_in_china(text: str, on: str) -> None:
    assert shanghai_day(datetime.fromisoformat(text)) == day(on)
