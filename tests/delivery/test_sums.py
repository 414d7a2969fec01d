"""The sums behind the pages: inequality, unit cost, columns; from figures worked out by hand."""

from fractions import Fraction

import pytest

from app.delivery.queries import plain
from app.delivery.sums import HEIGHT, columns, each, gini


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Fraction(0)),
        ([0, 0, 0], Fraction(0)),
        ([7], Fraction(0)),
        ([5, 5, 5, 5], Fraction(0)),
        ([0, 0, 0, 8], Fraction(3, 4)),  # one of four has all: 1 - 1/4
        ([1, 2, 3], Fraction(2, 9)),  # |1-2|+|1-3|+|2-3| = 4, twice is 8; 8 / (2·9·2) = 2/9
        ([48, 36, 36], Fraction(1, 15)),  # 2·(12+12) = 48; 48 / (2·9·40) = 1/15
    ],
)
def test_inequality(values: list[int], expected: Fraction) -> None:
    assert gini(values) == expected
    assert gini(list(reversed(values))) == expected


@pytest.mark.parametrize(
    ("fen", "units", "expected"), [(192_966_680, 120, 1_608_056), (100, 3, 33), (5, 2, 3), (100, 0, None)]
)
def test_what_one_unit_costs(fen: int, units: int, expected: int | None) -> None:
    assert each(fen, units) == expected


def test_columns_fill_the_frame_and_stand_on_the_ground() -> None:
    amounts = {("2026-07", "甲"): 3, ("2026-07", "乙"): 1, ("2026-08", "甲"): 2}
    first, second = columns(["2026-07", "2026-08"], ["甲", "乙"], amounts)
    assert (first.total, second.total) == (4, 2)
    assert first.pieces == [(0, 30, 90), (1, 0, 30)]  # 3 of 4 of the frame, then the rest on top
    assert second.pieces == [(0, 60, 60), (1, 60, 0)]
    assert first.pieces[0][1] + first.pieces[0][2] == HEIGHT
    assert (first.x, second.x) == ("0.00%", "50.00%")
    assert columns([], [], {}) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(1000), "1000"), (Fraction(25, 2), "12.5"), (Fraction(125, 3), "41.67"), (Fraction(0), "0")],
)
def test_numbers_as_people_write_them(value: Fraction, expected: str) -> None:
    assert plain(value) == expected
