"""What letters are taken in and by when they are answered, at the number itself and one beside it."""

from datetime import date

import pytest

from app.core.law import Finding, Norms, national_norms
from app.core.workdays import Calendar
from app.rules import answering, service_points

NORMS = Norms.of(national_norms(), "440103", date(2026, 1, 12))
CALENDAR = Calendar()


def rules(found: object) -> list[str]:
    return [one.rule for one in found if isinstance(one, Finding)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("trap", "seconds", "barred"),
    [
        ("", 3, []),
        ("", 2, ["G-50"]),
        ("", -5, ["G-50"]),
        ("", 24 * 3600, []),
        ("", 24 * 3600 + 1, ["G-50"]),
        ("", None, ["G-50"]),
        ("http://x", 60, ["G-50"]),
    ],
)
def test_written_by_a_person(trap: str, seconds: int | None, barred: list[str]) -> None:
    assert rules(answering.written_by_a_person(trap, seconds, NORMS)) == barred


@pytest.mark.parametrize(("sent", "barred"), [(0, []), (9, []), (10, ["G-51"])])
def test_few_a_day(sent: int, barred: list[str]) -> None:
    assert rules(answering.few_a_day(sent, NORMS)) == barred


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("电话13812345678。", ["G-56"]),
        ("+86 138-1234-5678", ["G-56"]),
        ("138 1234 5678", ["G-56"]),
        ("身份证44010319800101123x", ["G-56"]),
        ("44010319800101123X，13912345678", ["G-56", "G-56"]),
        ("座机 020-81234567", []),
        ("编号 2026-00001，统一社会信用代码 52440103MJX7654321", []),
        ("订单 913812345678901", []),
    ],
)
def test_no_personal_numbers(text: str, barred: list[str]) -> None:
    assert rules(answering.no_personal_numbers({"text": text})) == barred
    assert rules(answering.no_personal_numbers({"text": answering.without_numbers(text)})) == []


@pytest.mark.parametrize(
    ("received", "sort", "answer", "extended"),
    [
        # the Spring Festival of 2026 (15-23 February), with worked Saturdays on 14 and 28 February
        (date(2026, 1, 12), date(2026, 1, 19), date(2026, 2, 2), date(2026, 2, 14)),
        (date(2026, 2, 13), date(2026, 2, 27), date(2026, 3, 12), date(2026, 3, 26)),
    ],
)
def test_time_limits(received: date, sort: date, answer: date, extended: date) -> None:
    assert answering.sort_due(received, CALENDAR, NORMS).day == sort
    assert answering.answer_due(received, CALENDAR, NORMS).day == answer
    assert answering.answer_due(received, CALENDAR, NORMS, extended=True).day == extended


def test_the_rest_of_the_table() -> None:
    assert rules(answering.extended_once(False)) == []
    assert rules(answering.extended_once(True)) == ["G-53"]
    assert rules(answering.second_person(1, 1)) == ["G-54"]
    assert rules(answering.second_person(1, 2)) == []
    assert rules(answering.source_traced(True, "")) == ["G-57"]
    assert rules(answering.source_traced(True, "师资不足")) == []
    assert rules(answering.source_traced(False, "")) == []
    assert rules(answering.judged_once(True)) == ["G-58"]
    assert rules(answering.judged_once(False)) == []
    six = dict.fromkeys(service_points.SIX, True)
    assert rules(service_points.six_on_the_wall(six)) == []
    assert rules(service_points.six_on_the_wall(six | {"fees": False})) == ["G-59"]
    assert rules(service_points.six_on_the_wall({})) == ["G-59"] * 6
    assert rules(service_points.agreed_to_be_shown(False)) == ["G-60"]
    assert rules(service_points.agreed_to_be_shown(True)) == []
