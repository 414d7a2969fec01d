"""Annual reports: last days by kind, sums to the fen, the shares of a foundation at the bound and beside it."""

from datetime import date
from typing import Any

import pytest

from app.rules import reporting, statements
from app.rules.statements import BALANCE, CLOSING, OPENING, STATEMENTS, name
from tests.rules.tables import norms, said

NORMS = norms(day="2026-06-15")
FLAT = {
    name(key, column): fen
    for column in (OPENING, CLOSING)
    for key, fen in {
        "cash": 100_00, "current_assets": 100_00, "total_assets": 100_00, "payables": 30_01,
        "total_liabilities": 30_01, "unrestricted": 69_99, "net_assets": 69_99,
    }.items()
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "registrar", "unit"),
    [
        ("association", date(2026, 5, 31), date(2026, 3, 31)),
        ("service", date(2026, 5, 31), date(2026, 3, 31)),
        ("foundation", date(2026, 3, 31), None),
    ],
)
def test_the_last_days_of_each_kind(kind: str, registrar: date, unit: date | None) -> None:
    assert reporting.due(kind, 2025, NORMS) == registrar
    assert reporting.supervisor_due(kind, 2025, NORMS) == unit
    assert said(reporting.in_time(kind, registrar, registrar)) == []
    late = said(reporting.in_time(kind, registrar, date(2026, 6, 1)))
    assert late == [f"({'C-11' if kind == 'foundation' else 'C-05'})"]


@pytest.mark.parametrize(
    ("year", "founded", "owes"),
    [
        (2024, None, False),  # before the first year kept here
        (2025, None, True),  # a day that is not on file is no excuse
        (2025, date(2025, 12, 31), True),
        (2025, date(2026, 1, 1), False),
    ],
)
def test_who_owes_a_report(year: int, founded: date | None, owes: bool) -> None:
    assert reporting.owes(year, founded, NORMS) is owes


@pytest.mark.parametrize(
    ("kind", "unit", "registrar", "first"),
    [
        ("association", "区文广局", "区民政局", True),
        ("association", "区民政局", "区民政局", False),
        ("service", "", "区民政局", False),
        ("foundation", "省文旅厅", "省民政厅", False),
    ],
)
def test_whether_a_supervising_unit_is_heard_first(kind: str, unit: str, registrar: str, first: bool) -> None:
    assert reporting.through_supervisor(kind, unit, registrar) is first


def test_a_sheet_that_adds_up_says_nothing() -> None:
    assert said(statements.sums("balance", FLAT)) == []
    assert said(statements.balances(FLAT)) == []
    assert said(statements.openings(FLAT, FLAT, restated=False)) == []


@pytest.mark.parametrize("line", [line for line in BALANCE if line.of], ids=lambda line: line.key)
def test_one_fen_beside_the_sum_is_named(line: statements.Line) -> None:
    cell = name(line.key, CLOSING)
    found = [one for one in statements.sums("balance", FLAT | {cell: FLAT.get(cell, 0) + 1}) if one.field == cell]
    assert said(found) == ["G-41"]
    assert found[0].values["gap_fen"] == 1


def test_a_sheet_that_does_not_balance_says_by_how_much() -> None:
    [found] = statements.balances(FLAT | {"net_assets_closing": 70_00})
    assert (found.field, found.values["gap_fen"], found.bars) == ("total_assets_closing", 1, True)


def test_openings_that_are_not_last_years_closings_bar_unless_restated() -> None:
    last = FLAT | {"cash_closing": 90_00}
    assert said(statements.openings(FLAT, last, restated=False)) == ["G-41"]
    assert said(statements.openings(FLAT, last, restated=True)) == ["(G-41)"]


@pytest.mark.parametrize(
    ("statement", "values", "wrong"),
    [
        ("income", {"donations_amount": 5, "total_income_amount": 5, "net_change_amount": 5}, []),
        ("income", {"mission_amount": 5, "total_expenses_amount": 5, "net_change_amount": -5}, []),
        ("income", {"donations_amount": 5, "total_income_amount": 4, "net_change_amount": 4}, ["G-41"]),
        ("cash", {"cash_in_amount": 3, "cash_out_amount": 5, "operating_amount": -2, "increase_amount": -2}, []),
        ("cash", {"cash_in_amount": 3, "cash_out_amount": 5, "operating_amount": 2, "increase_amount": 2}, ["G-41"]),
    ],
)
def test_the_other_statements_add_up(statement: str, values: dict[str, Any], wrong: list[str]) -> None:
    assert said(statements.sums(statement, values)) == wrong


def test_statements_that_tell_two_stories_warn() -> None:
    grown = FLAT | {"net_assets_closing": 70_99}
    assert said(statements.agree(grown, {"net_change_amount": 1_00}, {})) == []
    assert said(statements.agree(grown, {"net_change_amount": 99}, {"increase_amount": 1})) == ["(G-41)", "(G-41)"]


@pytest.mark.parametrize(
    ("public", "spent", "costs", "met"),
    [
        (True, 700_00, 100_00, (True, True)),
        (True, 699_99, 100_01, (False, False)),
        (False, 80_00, 0, (True, True)),
        (False, 79_99, 0, (False, True)),
    ],
)
def test_the_shares_of_a_foundation(public: bool, spent: int, costs: int, met: tuple[bool, bool]) -> None:
    found = list(
        statements.ratios(
            public=public, spent_fen=spent, last_income_fen=1000_00, last_balance_fen=1000_00, costs_fen=costs,
            expenses_fen=1000_00, norms=NORMS,
        )
    )  # fmt: skip
    assert tuple(one.met for one in found) == met
    assert said(statements.ratios_kept(found)) == ["(C-11)"] * met.count(False)


def test_nothing_to_spend_from_is_nothing_owed() -> None:
    none = list(
        statements.ratios(
            public=True, spent_fen=0, last_income_fen=0, last_balance_fen=0, costs_fen=0, expenses_fen=0, norms=NORMS
        )
    )
    assert [(one.met, one.percent_centi) for one in none] == [(True, None), (True, None)]


@pytest.mark.parametrize(
    ("result", "reasons", "wrong"),
    [
        ("pass", "", []),
        ("basic", "", ["C-12"]),
        ("fail", " ", ["C-12"]),
        ("fail", "未审计", []),
        ("good", "", ["C-12"]),
    ],
)
def test_a_result_and_its_reasons(result: str, reasons: str, wrong: list[str]) -> None:
    assert said(reporting.result_with_reasons(result, reasons)) == wrong


def test_maker_is_not_checker() -> None:
    assert said(reporting.decided_by_another(7, 7)) == ["G-40"]
    assert said(reporting.decided_by_another(7, 8)) == []


@pytest.mark.parametrize(
    ("members", "paid", "meetings", "wrong"),
    [
        (5, 1, 2, []),
        (25, 8, 2, []),
        (4, 1, 2, ["(C-10)"]),
        (26, 0, 2, ["(C-10)"]),
        (9, 4, 2, ["(C-10)"]),
        (9, 3, 1, ["(C-10)"]),
    ],
)
def test_the_council_of_a_foundation(members: int, paid: int, meetings: int, wrong: list[str]) -> None:
    assert said(reporting.council_at_work("foundation", members, paid, meetings, NORMS)) == wrong
    assert said(reporting.council_at_work("association", members, paid, meetings, NORMS)) == []


def test_what_must_go_with_it() -> None:
    assert said(reporting.audited("foundation", False)) == ["C-11"]
    assert said(reporting.audited("foundation", True)) == said(reporting.audited("service", False)) == []
    assert said(reporting.supervisor_first(True, False)) == ["C-05"]
    assert said(reporting.supervisor_first(True, True)) == said(reporting.supervisor_first(False, False)) == []
    assert said(reporting.whole({"a": "甲", "b": "乙"})) == ["C-05", "C-05"]


def test_every_part_of_a_sum_is_a_line() -> None:
    for lines, _ in STATEMENTS.values():
        keys = {line.key for line in lines}
        assert {part.lstrip("-") for line in lines for part in line.of} <= keys
