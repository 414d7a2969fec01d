"""Grading 1A–5A: the day before, the day itself and the day after; each cut-off and one point below it."""

from datetime import date

import pytest

from app.core.law import Finding, Norms, national_norms
from app.rules import grading
from app.rules.judging import Relation

DAY = date(2026, 7, 1)
NORMS = Norms.of(national_norms(), "440103", DAY)
LUOYANG = Norms.of(national_norms(), "410304", DAY)
ANQING = Norms.of(national_norms(), "340822", DAY)
DEPARTMENT = "广州市荔湾区民政局"


def bars(findings: list[Finding]) -> list[str]:
    return [one.rule for one in findings if one.bars]


def applicant(**values: object) -> grading.Applicant:
    given = {
        "registrar": DEPARTMENT, "kind": "service", "established_on": date(2020, 1, 1),
        "results": {2025: "pass", 2024: "pass"},
    }  # fmt: skip
    return grading.Applicant(**{**given, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, []),
        ({"registrar": "广州市民政局"}, ["C-33"]),
        ({"established_on": date(2024, 7, 1)}, []),
        ({"established_on": date(2024, 7, 2)}, ["C-19"]),
        ({"established_on": None}, ["C-19"]),
        ({"grade": 3, "grade_until": date(2026, 6, 30)}, []),
        ({"grade": 3, "grade_until": date(2026, 7, 1)}, ["C-19"]),
        ({"grade": 3, "grade_until": None}, []),
        ({"results": {2025: "missed", 2024: "pass"}}, ["C-19"]),
        ({"results": {2025: "fail", 2024: "pass"}}, ["C-19"]),
        ({"results": {2025: "pass", 2024: "fail"}}, []),
        ({"results": {2025: "basic", 2024: "basic"}}, ["C-19"]),
        ({"results": {2025: "basic", 2024: "pass"}}, []),
        ({"results": {}}, []),
        ({"penalties": [(date(2025, 12, 31), date(2025, 12, 31))]}, ["C-19"]),
        ({"penalties": [(date(2026, 1, 1), date(2026, 1, 1))]}, []),
        ({"penalties": [(date(2024, 12, 31), date(2025, 1, 31))]}, []),
        ({"investigated": True}, ["C-19"]),
        ({"established_on": None, "investigated": True, "registrar": ""}, ["C-33", "C-19", "C-19"]),
    ],
)  # fmt: skip
def test_eligible(values: dict[str, object], wrong: list[str]) -> None:
    assert bars(grading.eligible(applicant(**values), DEPARTMENT, DAY, NORMS)) == wrong


@pytest.mark.parametrize(
    "values", [{"grade": 3}, {"results": {}}, {"penalties": [(date(2026, 3, 1), None)]}], ids=["grade", "none", "runs"]
)
def test_what_is_not_known_is_looked_at(values: dict[str, object]) -> None:
    found = grading.eligible(applicant(**values), DEPARTMENT, DAY, NORMS)
    assert found
    assert bars(found) == []


def test_a_place_may_let_a_grade_rise_after_two_years() -> None:
    held = applicant(grade=3, grade_until=date(2029, 6, 30), graded_on=date(2024, 7, 1))
    assert bars(list(grading.not_graded_now(held, DAY, NORMS))) == ["C-19"]
    assert bars(list(grading.not_graded_now(held, DAY, LUOYANG))) == []
    assert bars(list(grading.not_graded_now(held, date(2026, 6, 30), LUOYANG))) == ["C-19"]


@pytest.mark.parametrize(
    ("kind", "day", "year"),
    [
        ("service", date(2026, 5, 31), 2024), ("service", date(2026, 6, 1), 2025),
        ("foundation", date(2026, 3, 31), 2024), ("foundation", date(2026, 4, 1), 2025),
    ],
)  # fmt: skip
def test_last_inspected(kind: str, day: date, year: int) -> None:
    assert grading.last_inspected(kind, day, NORMS) == year


@pytest.mark.parametrize(
    ("norms", "total", "grade"),
    [
        (LUOYANG, 100_000, 5), (LUOYANG, 90_000, 5), (LUOYANG, 89_999, 4), (LUOYANG, 80_000, 4), (LUOYANG, 79_999, 3),
        (LUOYANG, 70_000, 3), (LUOYANG, 69_999, 2), (LUOYANG, 60_000, 2), (LUOYANG, 59_999, 1), (LUOYANG, 0, 1),
        (ANQING, 95_000, 5), (ANQING, 94_999, 4), (ANQING, 90_100, 4), (ANQING, 90_099, 3), (ANQING, 85_100, 3),
        (ANQING, 85_099, 2), (ANQING, 80_100, 2), (ANQING, 80_099, 1), (ANQING, 70_100, 1), (ANQING, 70_099, 0),
    ],
)  # fmt: skip
def test_cut_offs_are_local(norms: Norms, total: int, grade: int) -> None:
    assert grading.grade_of(total, grading.cut_offs(norms)) == grade


def test_cut_offs_are_dated() -> None:
    before = Norms.of(national_norms(), "340800", date(2021, 9, 22))
    assert before["grade_cut_5"] == 900  # the default, until the city's own
    assert ANQING["grade_cut_5"] == 950


@pytest.mark.parametrize(("points", "mean"), [([80], 8000), ([80, 81], 8050), ([80, 80, 81], 8033), ([1, 1, 0], 67)])
def test_mean(points: list[int], mean: int) -> None:
    assert grading.mean_centi(points) == mean


@pytest.mark.parametrize(
    ("points", "numbers", "wrong"),
    [([600, 400], ["1.1", "1.2"], 0), ([600, 399], ["1.1", "1.2"], 1), ([1000, 0], ["1.1", "1.2"], 1),
     ([600, 400], ["1.1", "1.1"], 1)],
)  # fmt: skip
def test_scheme_whole(points: list[int], numbers: list[str], wrong: int) -> None:
    assert bars(list(grading.scheme_whole(points, numbers, NORMS))) == ["C-21"] * wrong


@pytest.mark.parametrize(("points", "wrong"), [(-1, 1), (0, 0), (40, 0), (41, 1)])
def test_points_in_range(points: int, wrong: int) -> None:
    assert bars(list(grading.points_in_range(points, 40, "章程"))) == ["C-21"] * wrong


def test_all_scored() -> None:
    assert bars(list(grading.all_scored([]))) == []
    assert bars(list(grading.all_scored(["1.1"]))) == ["C-21"]


@pytest.mark.parametrize(
    ("evaluation", "review", "wrong"),
    [(7, 5, 0), (25, 9, 0), (6, 5, 1), (26, 5, 1), (7, 4, 1), (7, 10, 1), (6, 4, 2)],
)
def test_committees(evaluation: int, review: int, wrong: int) -> None:
    found = grading.committees_composed(range(evaluation), range(100, 100 + review), NORMS)
    assert bars(list(found)) == ["C-33"] * wrong


def test_nobody_sits_on_both_committees() -> None:
    assert bars(list(grading.committees_composed(range(7), range(6, 11), NORMS))) == ["C-33"]


@pytest.mark.parametrize(("count", "wrong"), [(2, 1), (3, 0)])
def test_team(count: int, wrong: int) -> None:
    assert bars(list(grading.team_composed(count, NORMS))) == ["C-33"] * wrong


@pytest.mark.parametrize(
    ("until", "wrong"), [(None, 1), (date(2023, 7, 1), 1), (date(2023, 6, 30), 0)], ids=["lasts", "three", "over"]
)
def test_stands_aside(until: date | None, wrong: int) -> None:
    tie = Relation("许教授", "甲中心", "director", until)
    assert bars(list(grading.stands_aside("许教授", [tie], "甲中心", DAY, NORMS))) == ["C-33"] * wrong
    assert bars(list(grading.stands_aside("苏老师", [tie], "甲中心", DAY, NORMS))) == []


@pytest.mark.parametrize(("agreed", "entitled", "carried"), [(4, 7, True), (3, 6, False), (4, 6, True), (0, 0, False)])
def test_carried(agreed: int, entitled: int, carried: bool) -> None:
    assert (bars(list(grading.carried(agreed, entitled, NORMS))) == []) is carried


def test_publicity_and_its_clocks() -> None:
    until = date(2026, 7, 8)
    assert bars(list(grading.objection_in_time(until, until))) == []
    assert bars(list(grading.objection_in_time(date(2026, 7, 9), until))) == ["C-24"]
    assert bars(list(grading.publicity_over(until, until, 0))) == ["C-24"]
    assert bars(list(grading.publicity_over(date(2026, 7, 9), until, 0))) == []
    assert bars(list(grading.publicity_over(date(2026, 7, 9), until, 1))) == ["C-24"]
    assert list(grading.decided_in_time(date(2026, 7, 23), date(2026, 7, 23))) == []
    late = list(grading.decided_in_time(date(2026, 7, 24), date(2026, 7, 23)))
    assert (len(late), bars(late)) == (1, [])


def test_another_decides() -> None:
    assert bars(list(grading.another_decides(1, [1, None]))) == ["G-33"]
    assert bars(list(grading.another_decides(2, [1, None]))) == []


@pytest.mark.parametrize(
    ("old", "new", "ground", "wrong"),
    [(4, 3, "penalty", 0), (4, 0, "penalty", 0), (4, 4, "penalty", 1), (4, 5, "penalty", 1), (4, -1, "penalty", 1),
     (4, 3, "mood", 1)],
)  # fmt: skip
def test_lowered_to(old: int, new: int, ground: str, wrong: int) -> None:
    assert bars(list(grading.lowered_to(old, new, ground))) == ["C-23"] * wrong


@pytest.mark.parametrize(
    ("results", "penalties", "found"),
    [
        ({2025: "pass", 2024: "pass"}, [], []),
        ({2025: "fail"}, [], ["inspection_failed"]),
        ({2025: "basic", 2024: "basic"}, [], ["two_basic"]),
        ({}, [(date(2026, 1, 19), None)], []),
        ({}, [(date(2026, 1, 20), None)], ["penalty"]),
    ],
)
def test_triggers_found(results: dict[int, str], penalties: list[tuple[date, None]], found: list[str]) -> None:
    assert grading.triggers_found(results, penalties, date(2026, 1, 20), 2025) == found


@pytest.mark.parametrize(
    ("since", "last"), [(date(2026, 1, 20), date(2031, 1, 19)), (date(2024, 2, 29), date(2029, 2, 28))]
)
def test_five_years(since: date, last: date) -> None:
    assert grading.last_day(since, NORMS) == last


def test_priority_is_from_3a() -> None:
    assert [grade for grade in (None, 1, 2, 3, 4, 5) if grading.has_priority(grade)] == [3, 4, 5]
