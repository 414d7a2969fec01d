"""The clocks of a purchase: 荔湾's own calendar, then other methods, then a year without a notice."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from app.core.law import Norms
from app.core.workdays import Due
from app.rules.timeline import Clock, Steps, challenge_due, result_notice_end, timeline
from tests.rules.tables import CALENDAR, day, moment, norms

FAMILY_CENTRE = Steps(
    method="open_tender",
    intent_on=day("2026-03-10"),
    published_at=moment("2026-04-15T09:00"),
    closes_at=moment("2026-05-12T10:00"),
    reviewed_on=day("2026-05-12"),
    reported_on=day("2026-05-14"),
    decided_on=day("2026-05-18"),
    result_published_on=day("2026-05-18"),
    award_notice_on=day("2026-05-18"),
    signed_on=day("2026-06-05"),
)


def clocks(steps: Steps) -> dict[str, Clock]:
    return {clock.key: clock for clock in timeline(steps, CALENDAR, norms())}


@pytest.mark.parametrize(
    ("key", "starts", "due", "rule", "kind", "sense"),
    [
        ("intent", "2026-03-10", "2026-04-09", "B-13", "d", "not_before"),
        ("notice_end", "2026-04-15", "2026-04-22", "B-40", "wd", "not_before"),
        ("documents_end", "2026-04-15", "2026-04-22", "B-41", "wd", "not_before"),
        ("earliest_deadline", "2026-04-15", "2026-05-05", "B-42", "d", "not_before"),
        ("clarify", "2026-05-12", "2026-04-27", "B-43", "d", "not_after"),
        # Labour Day rests 1–5 May: 23, 24, 27–30 April are six, 6 May is the seventh.
        ("challenge_documents", "2026-04-22", "2026-05-06", "B-91", "wd", "not_after"),
        ("challenge_opening", "2026-05-12", "2026-05-21", "B-91", "wd", "not_after"),
        ("challenge_review", "2026-05-12", "2026-05-21", "B-91", "wd", "not_after"),
        ("report", "2026-05-12", "2026-05-14", "B-58", "wd", "not_after"),
        ("decision", "2026-05-14", "2026-05-21", "B-58", "wd", "not_after"),
        ("result_notice", "2026-05-18", "2026-05-20", "B-59", "wd", "not_after"),
        ("result_end", "2026-05-18", "2026-05-19", "B-59", "wd", "not_before"),
        ("challenge_result", "2026-05-19", "2026-05-28", "B-91", "wd", "not_after"),
        ("bond_losers", "2026-05-18", "2026-05-25", "B-44", "wd", "not_after"),
        ("sign", "2026-05-18", "2026-06-17", "B-60", "d", "not_after"),
        ("contract_publication", "2026-06-05", "2026-06-09", "B-64", "wd", "not_after"),
        ("contract_filing", "2026-06-05", "2026-06-16", "B-65", "wd", "not_after"),
        ("bond_winner", "2026-06-05", "2026-06-12", "B-44", "wd", "not_after"),
    ],
)
def test_the_family_centre(key: str, starts: str, due: str, rule: str, kind: str, sense: str) -> None:
    clock = clocks(FAMILY_CENTRE)[key]
    assert (clock.starts, clock.due) == (day(starts), day(due))
    assert (clock.rule, clock.kind, clock.sense) == (rule, kind, sense)
    assert not clock.provisional
    assert not clock.projected


def test_before_the_first_step_nothing_can_be_told() -> None:
    assert timeline(Steps("open_tender"), CALENDAR, norms()) == []


def test_steps_not_taken_are_projected_and_say_so() -> None:
    found = clocks(Steps("open_tender", published_at=moment("2026-04-15T09:00")))
    assert "intent" not in found
    assert not found["notice_end"].projected
    assert not found["challenge_documents"].projected  # the notice period ends by itself
    assert found["clarify"].projected
    assert found["sign"].projected
    assert found["report"].starts == day("2026-05-05")  # the earliest deadline stands in for the review


def test_the_challenge_of_a_result_runs_from_the_end_of_its_notice_period() -> None:
    ends = result_notice_end(day("2026-05-18"), CALENDAR, norms())
    assert ends == Due(day("2026-05-19"))
    assert challenge_due(ends.day, CALENDAR, norms()) == Due(day("2026-05-28"))
    assert challenge_due(day("2026-12-25"), CALENDAR, norms()) == Due(day("2027-01-06"), True)  # VX-12


@pytest.mark.parametrize(
    ("method", "key", "due", "rule"),
    [
        ("consultation", "earliest_deadline", "2026-04-25", "B-70"),  # a Saturday: a minimum does not roll
        ("consultation", "documents_end", "2026-04-22", "B-70"),
        ("consultation", "clarify", "2026-05-07", "B-70"),
        ("consultation", "silent_buyer", "2026-05-21", "B-75"),
        ("negotiation", "earliest_deadline", "2026-04-20", "B-78"),
        ("single_source", "single_source_publicity", "2026-04-22", "B-79"),
        ("invited_tender", "earliest_deadline", "2026-05-05", "B-42"),
    ],
)
def test_other_methods_have_their_own_clocks(method: str, key: str, due: str, rule: str) -> None:
    steps = Steps(method, published_at=moment("2026-04-15T09:00"), closes_at=moment("2026-05-12T10:00"))
    clock = clocks(steps)[key]
    assert (clock.due, clock.rule) == (day(due), rule)


@pytest.mark.parametrize("method", ["open_tender", "negotiation", "single_source"])
def test_only_consultation_chooses_for_a_silent_buyer(method: str) -> None:
    assert "silent_buyer" not in clocks(Steps(method, published_at=moment("2026-04-15T09:00")))


def test_a_clock_that_runs_into_a_year_without_notice_is_provisional() -> None:
    found = clocks(Steps("open_tender", published_at=moment("2026-12-28T09:00")))
    assert found["notice_end"].due == day("2027-01-05")
    assert found["notice_end"].provisional
    assert not found["earliest_deadline"].provisional  # twenty calendar days do not depend on a notice
    assert found["challenge_documents"].provisional


def test_the_day_is_the_day_in_china() -> None:
    late = datetime.fromisoformat("2026-04-14T17:30:00+00:00")  # 01:30 on the 15th in Beijing
    assert clocks(Steps("open_tender", published_at=late))["notice_end"].starts == day("2026-04-15")
    with pytest.raises(ValueError, match="time zone"):
        clocks(Steps("open_tender", published_at=datetime(2026, 4, 15)))


def test_a_changed_norm_moves_the_clock() -> None:
    shipped = norms()
    local = replace(shipped.found["notice_wd"], jurisdiction="440000", value=Decimal(7))
    longer = Norms(shipped.found | {"notice_wd": local})
    steps = Steps("open_tender", published_at=moment("2026-04-15T09:00"))
    ends = {clock.key: clock.due for clock in timeline(steps, CALENDAR, longer)}
    assert ends["notice_end"] == day("2026-04-24")
