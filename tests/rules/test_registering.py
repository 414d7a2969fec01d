"""The procedures of the register: each rule at the number itself and beside it."""

from collections.abc import Mapping
from datetime import date

import pytest

from app.rules import registering
from app.rules.registering import Headed
from tests.rules.tables import CALENDAR, day, norms, said

NORMS = norms()


@pytest.mark.parametrize(
    ("decider", "hands", "found"),
    [
        (1, {"accepted": 1, "reviewed": 2, "typed": None}, ["G-150"]),
        (2, {"accepted": 1, "reviewed": 2, "typed": None}, ["G-150"]),
        (3, {"accepted": 1, "reviewed": 2, "typed": 3}, ["G-150"]),
        (3, {"accepted": 1, "reviewed": 1, "typed": None}, []),
        (None, {"accepted": None}, []),
    ],
)
def test_another_decides(decider: object, hands: Mapping[str, object], found: list[str]) -> None:
    assert said(registering.decided_by_another(decider, hands)) == found


@pytest.mark.parametrize(
    ("name", "as_named", "found"),
    [
        ("章程.pdf", True, []),
        ("章程.PDF", True, []),
        ("照片.jpeg", True, []),
        ("章程.pdf", False, ["G-151"]),
        ("章程.exe", True, ["G-151"]),
        ("章程", True, ["G-151"]),
        ("章程.pdf.js", True, ["G-151"]),
    ],
)
def test_a_file_is_what_its_name_says(name: str, as_named: bool, found: list[str]) -> None:
    assert said(registering.content_as_named(name, as_named, ("pdf", "jpg"))) == found


def test_materials_and_corrections() -> None:
    missing = list(registering.materials_complete({"charter": "章程", "site": "住所"}, {"site"}))
    assert [(one.rule, one.field) for one in missing] == [("G-151", "material-charter")]
    assert said(registering.corrections_named([])) == ["G-152"]
    assert said(registering.corrections_named(["other"])) == []
    unanswered = list(registering.corrections_answered(["好", " ", ""]))
    assert [one.field for one in unanswered] == ["items-1-answer", "items-2-answer"]


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("110101199003074258", []),
        ("11010119900307723x", []),
        ("110101199003074259", ["G-154"]),  # a wrong check character
        ("110101199013074258", ["G-154"]),  # there is no thirteenth month
        ("11010119900307425", ["G-154"]),
        ("１１０１０１１９９００３０７４２５８", ["G-154"]),
        ("", ["G-154"]),
    ],
)
def test_identity_numbers(number: str, found: list[str]) -> None:
    assert said(registering.identity_number(number)) == found


@pytest.mark.parametrize(
    ("kind", "other", "verified", "found"),
    [
        ("association", "association", True, ["C-03"]),
        ("association", "association", False, ["(C-03)"]),
        ("association", "service", True, []),
        ("service", "service", True, []),
        ("foundation", "service", True, ["C-10"]),
        ("association", "foundation", True, ["C-10"]),
        ("foundation", "association", False, ["(C-10)"]),
    ],
)
def test_whom_one_person_may_head(kind: str, other: str, verified: bool, found: list[str]) -> None:
    assert said(registering.heads_no_other(kind, "李明", [Headed("某会", other, verified)])) == found


def test_names_and_codes_are_held_by_one() -> None:
    assert said(registering.name_free("甲", [])) == []
    assert said(registering.name_free("甲", ["甲", "乙"])) == ["C-18", "C-18"]
    assert said(registering.code_free("52", None)) == []
    assert said(registering.code_free("52", "甲")) == ["C-13"]


def test_sixty_days_from_the_complete_file() -> None:
    due = registering.decide_due(day("2026-01-12"), NORMS.whole("registration_decide_days"), CALENDAR)
    assert due.day == date(2026, 3, 13)
    assert registering.decide_due(day("2026-01-13"), 60, CALENDAR).day == date(2026, 3, 16)  # a Saturday runs on
    assert said(registering.decided_in_time(due.day, due.day)) == []
    assert said(registering.decided_in_time(due.day, date(2026, 3, 14))) == ["(C-02)"]


@pytest.mark.parametrize(
    ("agreed", "today", "found"),
    [
        ("2026-04-01", "2026-05-06", []),  # 1 May and the days after are a holiday: the last day runs on
        ("2026-04-01", "2026-05-07", ["(C-04)"]),
        ("2026-04-02", "2026-04-01", ["C-04"]),
    ],
)
def test_a_change_within_thirty_days(agreed: str, today: str, found: list[str]) -> None:
    assert said(registering.change_in_time(day(agreed), day(today), CALENDAR, NORMS)) == found


@pytest.mark.parametrize(
    ("liquidated", "today", "found"),
    [
        ("2026-04-01", "2026-04-16", []),
        ("2026-04-01", "2026-04-17", ["(C-04)"]),
        ("2026-04-02", "2026-04-01", ["C-04"]),
    ],
)
def test_deregistration_within_fifteen_days(liquidated: str, today: str, found: list[str]) -> None:
    assert said(registering.deregistered_in_time(day(liquidated), day(today), CALENDAR, NORMS)) == found


@pytest.mark.parametrize(
    ("kind", "of_a_branch", "territorial", "found"),
    [
        ("association", False, False, []),
        ("service", False, False, ["C-08"]),
        ("association", True, False, ["C-03"]),
        ("association", False, True, ["C-03"]),
        ("foundation", False, False, []),
    ],
)
def test_branches(kind: str, of_a_branch: bool, territorial: bool, found: list[str]) -> None:
    assert said(registering.branch_allowed(kind, of_a_branch, territorial)) == found


@pytest.mark.parametrize(
    ("certified", "active", "today", "found"),
    [
        ("2025-04-01", None, "2026-04-01", []),
        ("2025-04-01", None, "2026-03-31", ["C-06"]),
        ("2020-04-01", "2025-05-01", "2026-04-01", ["C-06"]),
        ("2024-02-29", None, "2025-02-28", ["C-06"]),
        ("2024-02-29", None, "2025-03-01", []),
        (None, None, "2026-04-01", ["C-06"]),
    ],
)
def test_a_year_without_activity(certified: str | None, active: str | None, today: str, found: list[str]) -> None:
    given = [day(one) if one else None for one in (certified, active)]
    assert said(registering.inactive_long_enough(given[0], given[1], day(today), NORMS)) == found


def test_told_and_heard_before_cancelling() -> None:
    assert said(registering.heard_first(None, None, False)) == ["C-06", "C-06"]
    assert said(registering.heard_first(day("2026-04-01"), day("2026-04-20"), False)) == []
    assert said(registering.heard_first(day("2026-04-01"), None, True)) == []


def test_small_things_that_bar_or_warn() -> None:
    assert said(registering.something_changed({})) == ["C-04"]
    assert said(registering.something_changed({"address": "x"})) == []
    assert said(registering.settled_first(False)) == ["C-04"]
    assert said(registering.still_registered(False)) == ["C-04"]
    assert said(registering.identity_given(None)) == ["G-154"]
    assert said(registering.branch_perhaps_territorial("和平")) == ["(C-03)"]
    assert said(registering.branch_perhaps_territorial("")) == []
    assert said(registering.branch_new("青年部", ["青年部"])) == ["C-03"]
