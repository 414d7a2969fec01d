"""Accepting and paying."""

import pytest

from app.core.workdays import Due
from app.rules.paying import (
    accepted_first,
    accepted_item_by_item,
    condition_recorded,
    maker_is_not_checker,
    no_guarantee,
    paid_in_time,
    payment_due,
    result_public,
    users_heard,
    within_accrued,
)
from tests.rules.tables import CALENDAR, day, norms, said


def test_the_maker_does_not_check() -> None:
    assert said(maker_is_not_checker(7, 7)) == ["G-04"]
    assert said(maker_is_not_checker(7, 8)) == []


@pytest.mark.parametrize(
    ("amount", "accrued", "paid", "rows"),
    [
        (100, 100, 0, []),
        (101, 100, 0, ["G-05"]),
        (1, 100, 99, []),
        (2, 100, 99, ["G-05"]),
        (0, 100, 0, ["G-05"]),
        (-1, 100, 0, ["G-05"]),
        (1, 0, 0, ["G-05"]),
    ],
)
def test_no_more_is_paid_than_accrued(amount: int, accrued: int, paid: int, rows: list[str]) -> None:
    assert said(within_accrued(amount, accrued, paid)) == rows


@pytest.mark.parametrize(
    ("condition", "recorded", "clause", "rows"),
    [
        ("signing", {"signing"}, "第五条", []),
        ("mid_term_pass", {"signing"}, "第五条", ["D-15"]),
        ("mid_term_pass", {"signing", "mid_term_pass"}, " ", ["D-15"]),
        ("final_pass", set(), None, ["D-15", "D-15"]),
    ],
)
def test_the_contract_decides_what_accrues(
    condition: str, recorded: set[str], clause: str | None, rows: list[str]
) -> None:
    assert said(condition_recorded(condition, recorded, clause)) == rows


@pytest.mark.parametrize(
    ("condition", "accepted", "rows"),
    [
        ("signing", False, []),
        ("mid_term_pass", False, ["B-66"]),
        ("mid_term_pass", True, []),
        ("final_pass", False, ["B-66"]),
    ],
)
def test_acceptance_comes_first_but_for_signing(condition: str, accepted: bool, rows: list[str]) -> None:
    assert said(accepted_first(condition, accepted)) == rows


@pytest.mark.parametrize(
    ("kind", "opinions", "rows"),
    [("A", ["满意"], []), ("A", [], ["B-66"]), ("A", [" "], ["B-66"]), ("B", [], [])],
)
def test_service_users_are_heard(kind: str, opinions: list[str], rows: list[str]) -> None:
    assert said(users_heard(kind, opinions, norms())) == rows


def test_the_result_is_public_and_item_by_item() -> None:
    assert said(result_public("A", False)) == ["B-66"]
    assert said(result_public("A", True)) == said(result_public("B", False)) == []
    assert said(accepted_item_by_item(["个案", "小组"], {"个案"})) == ["B-66"]
    assert said(accepted_item_by_item(["个案"], {"个案"})) == []


@pytest.mark.parametrize(
    ("invoice", "due"),
    [
        ("2026-06-10", Due(day("2026-07-10"))),
        ("2026-09-02", Due(day("2026-10-08"))),
        ("2027-01-18", Due(day("2027-02-17"), True)),
    ],
)
def test_thirty_days_to_pay(invoice: str, due: Due) -> None:
    assert payment_due(day(invoice), CALENDAR, norms()) == due
    assert said(paid_in_time(day(invoice), due.day, CALENDAR, norms())) == []


def test_a_late_payment_warns() -> None:
    assert said(paid_in_time(day("2026-06-10"), day("2026-07-11"), CALENDAR, norms())) == ["(B-68)"]


def test_no_guarantee_for_the_contractors_loans() -> None:
    assert said(no_guarantee(True)) == ["A-20"]
    assert said(no_guarantee(False)) == []
