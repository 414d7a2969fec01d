"""Credit information as tables: triggers, what penalties lead to, clocks, and when a body leaves a list."""

from datetime import date

import pytest

from app.rules import credit
from app.rules.credit import Penalty
from tests.rules.tables import CALENDAR, day, norms, said

NORMS = norms()
YUAN = 100


def test_the_law_names_six_and_seven_triggers() -> None:
    assert (len(credit.ABNORMAL), len(credit.SERIOUS), len(credit.PENALTIES)) == (6, 7, 4)


@pytest.mark.parametrize(
    ("trigger", "yuan", "leads"),
    [
        ("warning", 0, ("abnormal", "small_penalty")),
        ("fine", 1, ("abnormal", "small_penalty")),
        ("fine", 49_999, ("abnormal", "small_penalty")),
        ("fine", 50_000, ("serious", "large_fine")),
        ("fine", 50_001, ("serious", "large_fine")),
        ("stop", 0, ("serious", "stopped")),
        ("revocation", 0, ("serious", "revoked")),
    ],
)
def test_what_a_penalty_leads_to(trigger: str, yuan: int, leads: tuple[str, str]) -> None:
    assert credit.follows(Penalty(trigger, yuan * YUAN, day("2026-01-05")), NORMS) == leads


def test_a_fine_of_a_fen_less_than_fifty_thousand_is_small() -> None:
    assert credit.follows(Penalty("fine", 4_999_999, day("2026-01-05")), NORMS)[0] == "abnormal"


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (["2026-01-05"], 0),
        (["2023-01-05", "2026-01-05"], 0),  # three years are over
        (["2023-01-06", "2026-01-05"], 2),
        (["2020-01-01", "2025-06-01", "2026-01-05"], 2),
        (["2024-01-01", "2025-06-01", "2026-01-05"], 3),
        (["2023-02-28", "2024-02-29"], 2),
    ],
)
def test_small_penalties_that_add_up_in_three_years(days: list[str], count: int) -> None:
    small = [Penalty("warning", 0, day(one)) for one in days]
    assert len(credit.repeated(small, NORMS)) == count
    large = [Penalty("fine", 5_000_000, day(one)) for one in days]
    assert credit.repeated(large, NORMS) == []


@pytest.mark.parametrize(
    ("kind", "trigger", "since", "breaches", "first"),
    [
        ("abnormal", "party", "2026-01-05", [], None),
        ("abnormal", "small_penalty", "2026-01-05", [], "2026-07-05"),
        ("abnormal", "small_penalty", "2026-08-31", [], "2027-03-01"),
        ("abnormal", "fundraising", "2026-01-05", ["2026-03-01"], "2026-09-01"),
        ("serious", "fraud", "2026-01-05", [], "2028-01-05"),
        ("serious", "fraud", "2024-02-29", [], "2026-03-01"),
        ("serious", "fraud", "2026-01-05", ["2025-12-31"], "2028-01-05"),  # before: it does not count again
        ("serious", "fraud", "2026-01-05", ["2026-05-01", "2027-06-01"], "2029-06-01"),  # the clock starts anew
    ],
)
def test_when_time_no_longer_bars_a_removal(
    kind: str, trigger: str, since: str, breaches: list[str], first: str | None
) -> None:
    found = credit.removable_from(kind, trigger, day(since), [day(one) for one in breaches], NORMS)
    assert found == (day(first) if first else None)


def test_clocks_count_working_days() -> None:
    wednesday = day("2026-04-29")  # 1 to 5 May are days off, Saturday 9 May is worked
    assert credit.entry_due(wednesday, CALENDAR, NORMS) == day("2026-05-09")
    assert credit.removal_due(wednesday, CALENDAR, NORMS) == day("2026-05-09")
    assert credit.statement_due(day("2026-04-13"), CALENDAR, NORMS) == day("2026-04-27")
    assert credit.hearing_ask_due(day("2026-04-13"), CALENDAR, NORMS) == day("2026-04-20")
    assert credit.earliest_hearing(day("2026-04-13"), CALENDAR, NORMS) == day("2026-04-22")
    assert credit.turns_serious_on(day("2026-01-05"), NORMS) == day("2028-01-05")


@pytest.mark.parametrize(
    ("kind", "trigger", "yuan", "applies"),
    [
        ("penalty", "warning", 0, False),
        ("penalty", "fine", 49_999, False),
        ("penalty", "fine", 50_000, True),
        ("penalty", "stop", 0, True),
        ("penalty", "revocation", 0, True),
        ("serious", "fraud", 0, False),
    ],
)
def test_where_a_hearing_applies(kind: str, trigger: str, yuan: int, applies: bool) -> None:
    assert credit.hearing_applies(kind, trigger, yuan * YUAN, NORMS) is applies


TODAY = date(2026, 4, 15)
LATER, EARLIER = date(2026, 4, 16), date(2026, 4, 14)


@pytest.mark.parametrize(
    ("found", "rows"),
    [
        (credit.trigger_known("abnormal", "party"), []),
        (credit.trigger_known("abnormal", "fraud"), ["C-25"]),
        (credit.trigger_known("serious", "party"), ["C-26"]),
        (credit.typed_by_hand("abnormal", "small_penalty"), ["C-25"]),
        (credit.typed_by_hand("serious", "large_fine"), ["C-26"]),
        (credit.typed_by_hand("penalty", "warning"), []),
        (credit.letters_sent("unreachable", [TODAY], NORMS), ["C-25"]),
        (credit.letters_sent("unreachable", [TODAY, TODAY], NORMS), ["C-25"]),
        (credit.letters_sent("unreachable", [EARLIER, TODAY], NORMS), []),
        (credit.letters_sent("party", [], NORMS), []),
        (credit.fine_has_amount("fine", None), ["C-25"]),
        (credit.fine_has_amount("warning", 1), ["C-25"]),
        (credit.fine_has_amount("fine", 1), []),
        (credit.not_of_the_future(LATER, TODAY, "arose_on"), ["C-29"]),
        (credit.not_of_the_future(TODAY, TODAY, "arose_on"), []),
        (credit.ban_has_a_term(LATER, TODAY), ["B-21"]),
        (credit.ban_has_a_term(TODAY, TODAY), []),
        (credit.told_first("abnormal", False, False), ["C-25"]),
        (credit.told_first("serious", False, False), ["C-26"]),
        (credit.told_first("penalty", True, False), []),
        (credit.told_first("ban", False, False), []),
        (credit.told_first("abnormal", False, True), []),
        (credit.statement_in_time(LATER, TODAY), ["C-25"]),
        (credit.statement_in_time(TODAY, TODAY), []),
        (credit.hearing_asked_in_time(True, False, TODAY, TODAY), ["C-26"]),
        (credit.hearing_asked_in_time(True, True, LATER, TODAY), ["C-26"]),
        (credit.hearing_asked_in_time(True, True, TODAY, TODAY), []),
        (credit.time_to_speak_given(TODAY, TODAY, False), ["C-25"]),
        (credit.time_to_speak_given(LATER, TODAY, False), []),
        (credit.time_to_speak_given(TODAY, TODAY, True), []),
        (credit.hearing_called_early(date(2026, 4, 23), TODAY, CALENDAR, NORMS), ["C-26"]),
        (credit.hearing_called_early(date(2026, 4, 24), TODAY, CALENDAR, NORMS), []),
        (credit.hearing_held(True, None, TODAY), ["C-26"]),
        (credit.hearing_held(True, LATER, TODAY), ["C-26"]),
        (credit.hearing_held(True, TODAY, TODAY), []),
        (credit.two_people(1, 1), ["G-31"]),
        (credit.two_people(1, 2), []),
        (credit.two_people(None, 1), []),
        (credit.clean_long_enough("serious", TODAY, LATER), ["C-27"]),
        (credit.clean_long_enough("serious", TODAY, TODAY), []),
        (credit.clean_long_enough("abnormal", TODAY, None), []),
        (credit.duty_done("party", False), ["C-27"]),
        (credit.duty_done("party", True), []),
        (credit.duty_done("small_penalty", False), []),
        (credit.entered_in_time(LATER, TODAY), ["(C-29)"]),
        (credit.entered_in_time(TODAY, TODAY), []),
    ],
)
def test_what_each_rule_finds(found: object, rows: list[str]) -> None:
    assert said(found) == rows  # type: ignore[arg-type]


def test_a_wrong_entry_counts_to_the_day_before_its_correction_or_never() -> None:
    assert credit.last_day_before_correction(LATER, EARLIER) == TODAY
    assert credit.last_day_before_correction(TODAY, TODAY) == EARLIER  # entered and corrected today
    assert credit.last_day_before_correction(TODAY, LATER) == TODAY  # it had not begun: it never holds


def test_the_last_day_on_a_list_is_the_day_before_the_removal() -> None:
    assert credit.last_day_on(TODAY, EARLIER) == EARLIER
    assert credit.last_day_on(TODAY, TODAY) == TODAY
