"""What must stand before the notice goes out."""

from dataclasses import replace

import pytest

from app.rules.preparing import (
    PARTS,
    SME_EXEMPTIONS,
    Indicator,
    SmeChoice,
    Survey,
    acceptance_planned,
    assessed_before,
    ceiling_not_floor,
    indicators_set,
    intent_long_enough,
    need_surveyed,
    outcome_weighs_enough,
    plan_filed,
    procurement_code_given,
    public_asked,
    reviewer_is_another,
    self_evaluation_weights,
    sme_choice_made,
)
from tests.rules.tables import CALENDAR, day, norms, said

PUBLISHES = day("2026-04-15")


@pytest.mark.parametrize(
    ("on", "rows"),
    [("2026-03-02", []), ("2026-04-14", []), ("2026-04-15", ["A-14"]), ("2026-05-01", ["A-14"]), (None, ["A-14"])],
)
def test_the_assessment_comes_before(on: str | None, rows: list[str]) -> None:
    assert said(assessed_before(day(on) if on else None, PUBLISHES)) == rows


@pytest.mark.parametrize(
    ("intent", "urgent", "rows"),
    [
        ("2026-03-10", False, []),
        ("2026-03-16", False, []),
        ("2026-03-17", False, ["B-13"]),
        (None, False, ["B-13"]),
        (None, True, []),
        ("2026-04-14", True, []),
    ],
)
def test_the_intent_is_public_for_thirty_days(intent: str | None, urgent: bool, rows: list[str]) -> None:
    on = day(intent) if intent else None
    assert said(intent_long_enough(on, PUBLISHES, CALENDAR, norms(), urgent)) == rows


@pytest.mark.parametrize(
    ("number", "rows"), [("440103-2026-00012", []), ("", ["B-14"]), ("  ", ["B-14"]), (None, ["B-14"])]
)
def test_the_plan_has_a_number(number: str | None, rows: list[str]) -> None:
    assert said(plan_filed(number)) == rows


def test_a_missing_procurement_code_warns_and_names_what_needs_it() -> None:
    (finding,) = procurement_code_given("")
    assert not finding.bars
    assert "备案" in finding.text
    assert finding.field == "procurement_code"
    assert said(procurement_code_given("C20030000")) == []


@pytest.mark.parametrize(
    ("ceiling", "budget", "floor", "rows"),
    [
        (300, 300, None, []),
        (301, 300, None, ["B-15"]),
        (300, 300, 1, ["B-15"]),
        (300, 300, 0, ["B-15"]),
        (301, 300, 200, ["B-15", "B-15"]),
    ],
)
def test_a_ceiling_but_no_floor(ceiling: int, budget: int, floor: int | None, rows: list[str]) -> None:
    assert said(ceiling_not_floor(ceiling, budget, floor)) == rows


@pytest.mark.parametrize(
    ("kind", "comment", "rows"),
    [
        ("A", "2026-02-10", []),
        ("A", None, ["B-16"]),
        ("A", "2026-04-15", ["B-16"]),
        ("B", None, []),
    ],
)
def test_the_public_is_asked_about_public_services(kind: str, comment: str | None, rows: list[str]) -> None:
    assert said(public_asked(kind, day(comment) if comment else None, PUBLISHES)) == rows


@pytest.mark.parametrize(
    ("kind", "budget", "survey", "complex_", "rows"),
    [
        ("A", 1, None, False, ["B-17"]),
        ("B", 999999999, None, False, []),
        ("B", 1000000000, None, False, ["B-17"]),
        ("B", 1, None, True, ["B-17"]),
        ("A", 1, Survey(day("2026-02-02"), 3), False, []),
        ("A", 1, Survey(day("2026-02-02"), 2), False, ["B-17"]),
        ("A", 1, Survey(day("2025-04-15"), 3), False, []),
        ("A", 1, Survey(day("2025-04-14"), 3), False, ["B-17"]),
        ("A", 1, Survey(day("2025-04-14"), 2), False, ["B-17", "B-17"]),
        ("A", 1, Survey(day("2026-04-15"), 3), False, ["B-17"]),
    ],
)
def test_the_need_is_surveyed(kind: str, budget: int, survey: Survey | None, complex_: bool, rows: list[str]) -> None:
    assert said(need_surveyed(kind, budget, survey, PUBLISHES, norms(), complex_)) == rows


def test_the_drafter_does_not_review() -> None:
    assert said(reviewer_is_another([1, 2], 2)) == ["B-18"]
    assert said(reviewer_is_another([1, 2], 3)) == []


def test_acceptance_is_planned_beforehand() -> None:
    assert said(acceptance_planned(" ")) == said(acceptance_planned(None)) == ["B-18"]
    assert said(acceptance_planned("逐项验收")) == []


RECORDED = SmeChoice(reserved=False, exemption="policy_social_organizations", recorded_on=day("2026-04-01"))


@pytest.mark.parametrize(
    ("choice", "budget", "social", "rows"),
    [
        (RECORDED, 300000000, True, []),
        (RECORDED, 100000000, True, []),
        (None, 100000000, True, ["B-112"]),
        (replace(RECORDED, recorded_on=None), 1, True, ["B-112"]),
        (replace(RECORDED, recorded_on=PUBLISHES), 1, True, []),
        (replace(RECORDED, recorded_on=day("2026-04-16")), 1, True, ["B-112"]),
        (replace(RECORDED, exemption=None), 200000000, False, ["B-110"]),
        (replace(RECORDED, exemption=None), 200000001, False, ["B-112"]),
        (replace(RECORDED, exemption="because"), 1, False, ["B-110"]),
        (replace(RECORDED, reserved=True, exemption=None), 1, True, ["(B-111)"]),
        (replace(RECORDED, reserved=True, exemption=None), 1, False, []),
    ],
)
def test_the_sme_question_is_settled_before_publication(
    choice: SmeChoice | None, budget: int, social: bool, rows: list[str]
) -> None:
    assert said(sme_choice_made(choice, budget, PUBLISHES, norms(), social)) == rows


@pytest.mark.parametrize("exemption", SME_EXEMPTIONS)
def test_each_of_the_five_exemptions_will_do(exemption: str) -> None:
    choice = replace(RECORDED, exemption=exemption)
    assert said(sme_choice_made(choice, 100, PUBLISHES, norms())) == []


def scheme(**weights: int) -> list[Indicator]:
    return [Indicator(part, part, weight * 100, part != "veto") for part, weight in weights.items()]


FAMILY_CENTRE = scheme(decision=10, process=20, output=32, benefit=24, satisfaction=14, veto=0)


@pytest.mark.parametrize(
    ("indicators", "rows"),
    [
        (FAMILY_CENTRE, []),
        ([], ["G-08"]),
        (scheme(output=99), ["G-08"]),
        (scheme(output=101), ["G-08"]),
        ([*scheme(output=100), Indicator("空", "output", 0, True)], ["G-08"]),
        ([Indicator("无目标", "output", 10000, False)], ["G-08"]),
    ],
)
def test_indicators_stand_and_make_a_hundred(indicators: list[Indicator], rows: list[str]) -> None:
    assert said(indicators_set(indicators)) == rows


@pytest.mark.parametrize(
    ("indicators", "rows"),
    [
        (FAMILY_CENTRE, []),
        (scheme(decision=20, process=20, output=30, benefit=30), []),
        (scheme(decision=20, process=21, output=30, benefit=29), ["D-04"]),
        (scheme(process=40, output=30, benefit=16, satisfaction=14), []),
        (scheme(process=41, output=30, benefit=15, satisfaction=14), ["D-04"]),
        ([], []),
    ],
)
def test_output_and_benefit_weigh_enough(indicators: list[Indicator], rows: list[str]) -> None:
    assert said(outcome_weighs_enough(indicators, norms())) == rows


def test_self_evaluation_has_usual_weights() -> None:
    usual = scheme(budget=10, output=50, benefit=30, satisfaction=10)
    assert said(self_evaluation_weights(usual, norms())) == []
    assert said(self_evaluation_weights(FAMILY_CENTRE, norms())) == ["(D-03)"]


def test_every_part_of_a_scheme_has_a_code() -> None:
    assert [PARTS[name] for name in ("决策", "过程", "产出", "效益", "满意度", "否决")] == [
        "decision",
        "process",
        "output",
        "benefit",
        "satisfaction",
        "veto",
    ]
