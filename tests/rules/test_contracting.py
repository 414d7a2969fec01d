"""The contract and its money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.contracting import (
    FIELDS,
    amount_as_awarded,
    contract_complete,
    filed_in_time,
    instalments,
    instalments_by_source,
    not_suspended,
    performance_bond_small,
    published_in_time,
    shares_make_whole,
    signed_in_time,
    split,
    subcontract_allowed,
    supplement_small,
)
from tests.rules.tables import CALENDAR, day, norms, said

PURSES = [100000000, 100000000, 84500000, 15500000]
PLAN = [50, 40, 10]
LOT_1, LOT_2 = 238800000, 45550055


def test_a_contract_says_eight_things() -> None:
    assert len(FIELDS) == 8
    assert said(contract_complete(dict.fromkeys(FIELDS, "约定"))) == []
    assert said(contract_complete({})) == ["A-16"] * 8


@pytest.mark.parametrize("field", FIELDS)
def test_each_of_the_eight_is_named_when_it_is_missing(field: str) -> None:
    (finding,) = contract_complete(dict.fromkeys(FIELDS, "约定") | {field: "  "})
    assert finding.field == field


@pytest.mark.parametrize(
    ("notice", "signed", "rows"),
    [
        ("2026-05-18", "2026-06-05", []),
        ("2026-05-18", "2026-06-17", []),
        ("2026-05-18", "2026-06-18", ["B-60"]),
        ("2026-05-18", "2026-05-17", ["B-60"]),
        ("2026-08-28", "2026-09-28", []),  # day 30 is Sunday 27 September, Mid-Autumn: it runs on to Monday
        ("2026-08-28", "2026-09-29", ["B-60"]),
    ],
)
def test_signed_within_thirty_days(notice: str, signed: str, rows: list[str]) -> None:
    assert said(signed_in_time(day(notice), day(signed), CALENDAR, norms())) == rows


def test_the_contract_says_the_awarded_price_and_waits_for_challenges() -> None:
    assert said(amount_as_awarded(LOT_1, LOT_1)) == []
    assert said(amount_as_awarded(LOT_1 + 1, LOT_1)) == ["B-60"]
    assert said(not_suspended(True)) == ["B-94"]
    assert said(not_suspended(False)) == []


@pytest.mark.parametrize(("bond", "rows"), [(23880000, []), (23880001, ["B-61"]), (0, [])])
def test_the_performance_bond(bond: int, rows: list[str]) -> None:
    assert said(performance_bond_small(bond, LOT_1, norms())) == rows


@pytest.mark.parametrize(
    ("consented", "core", "named", "level", "rows"),
    [
        (True, False, True, 1, []),
        (False, False, True, 1, ["B-62"]),
        (True, True, True, 1, ["B-62"]),
        (True, False, False, 1, ["B-62"]),
        (True, False, True, 2, ["B-62"]),
    ],
)
def test_subcontracting(consented: bool, core: bool, named: bool, level: int, rows: list[str]) -> None:
    assert said(subcontract_allowed(consented, core, named, level)) == rows


@pytest.mark.parametrize(
    ("supplements", "rows"), [([], []), ([5000, 5000], []), ([5000, 5001], ["B-63"]), ([10001], ["B-63"])]
)
def test_supplements_add_up_to_a_tenth(supplements: list[int], rows: list[str]) -> None:
    assert said(supplement_small(100000, supplements, norms())) == rows


@pytest.mark.parametrize(
    ("signed", "published", "rows"),
    [
        ("2026-02-13", "2026-02-24", []),  # VX-09
        ("2026-02-13", "2026-02-25", ["(B-64)"]),
        ("2026-06-05", "2026-06-09", []),
        ("2026-06-05", "2026-06-10", ["(B-64)"]),
    ],
)
def test_the_contract_is_published(signed: str, published: str, rows: list[str]) -> None:
    assert said(published_in_time(day(signed), day(published), CALENDAR, norms())) == rows


def test_the_copy_is_filed() -> None:
    assert said(filed_in_time(day("2026-06-05"), day("2026-06-16"), CALENDAR, norms())) == []
    assert said(filed_in_time(day("2026-06-05"), day("2026-06-17"), CALENDAR, norms())) == ["(B-65)"]


@pytest.mark.parametrize(
    ("shares", "rows"),
    [
        (PLAN, []),
        ([100], []),
        ([55, 40, 5], []),
        ([50, 40, 11], ["G-07"]),
        ([50, 40], ["G-07"]),
        ([60, 50, -10], ["G-07"]),
        ([50, 50, 0], ["G-07"]),
        ([], ["G-07"]),
    ],
)
def test_the_instalments_make_the_whole(shares: list[int], rows: list[str]) -> None:
    assert said(shares_make_whole(shares, norms())) == rows


@pytest.mark.parametrize(
    ("amount", "shares", "parts"),
    [
        (LOT_1, PLAN, [119400000, 95520000, 23880000]),
        (LOT_2, PLAN, [22775027, 18220022, 4555006]),  # the odd fen to the last instalment
        (1, PLAN, [0, 0, 1]),
        (0, PLAN, [0, 0, 0]),
        (99, [100], [99]),
    ],
)
def test_instalments(amount: int, shares: list[int], parts: list[int]) -> None:
    assert instalments(amount, shares) == parts


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        (LOT_1, [79600000, 79600000, 67262000, 12338000]),
        (LOT_2, [15183351, 15183351, 12829932, 2353421]),  # the odd fen to the last source
        (300000000, PURSES),
    ],
)
def test_an_amount_over_four_purses(amount: int, parts: list[int]) -> None:
    assert split(amount, PURSES) == parts


@pytest.mark.parametrize(("amount", "weights"), [(1, []), (1, [0, 0]), (-1, [1]), (1, [2, -1])])
def test_what_cannot_be_parted_is_refused(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError):
        split(amount, weights)


def test_the_second_lot_instalment_by_instalment() -> None:
    """Parted one by one, the last source would pay 4 fen more than it committed; here every margin is exact."""
    rows = instalments_by_source(LOT_2, PLAN, PURSES)
    assert rows == [
        [7591675, 7591675, 6414965, 1176712],
        [6073340, 6073340, 5131972, 941370],
        [1518336, 1518336, 1282995, 235339],
    ]
    alone = [split(part, PURSES) for part in instalments(LOT_2, PLAN)]
    assert sum(row[-1] for row in alone) == split(LOT_2, PURSES)[-1] + 4


WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=6).filter(any)
SHARES = st.lists(st.integers(1, 99), min_size=1, max_size=12)


@given(st.integers(0, 10**13), SHARES, WEIGHTS)
def test_no_fen_is_lost_and_no_source_overdrawn(amount: int, shares: list[int], weights: list[int]) -> None:
    rows = instalments_by_source(amount, shares, weights)
    assert [sum(row) for row in rows] == instalments(amount, shares)
    assert [sum(column) for column in zip(*rows, strict=True)] == split(amount, weights)
    assert min(min(row) for row in rows) >= 0
