"""Councils, charters, Party organizations and fundraising: each rule at the number itself and beside it."""

from datetime import date

import pytest

from app.rules import governing
from app.rules.governing import Seat
from tests.rules.tables import CALENDAR, day, norms, said

NORMS = norms()


def seats(paid: int, related: int, of: int) -> list[Seat]:
    return [Seat(f"理事{n}", "理事", n < paid, n < related) for n in range(of)]


@pytest.mark.parametrize(
    ("list_", "found"),
    [
        ([Seat("甲", "理事长"), Seat("乙", "理事")], []),
        ([Seat("甲", "理事长"), Seat("甲", "理事")], ["G-170"]),
        ([Seat("甲", "")], ["G-170"]),
        ([Seat("甲", "监事")], ["G-170"]),
        ([], []),
    ],
)
def test_members_are_told_apart(list_: list[Seat], found: list[str]) -> None:
    assert said(governing.seats_told_apart(list_)) == found


def test_the_head_sits_on_the_council() -> None:
    assert said(governing.head_on_the_council("甲", [Seat("乙", "理事")])) == ["(G-170)"]
    assert said(governing.head_on_the_council("乙", [Seat("乙", "理事")])) == []
    assert said(governing.head_on_the_council("", [Seat("乙", "理事")])) == []


@pytest.mark.parametrize(
    ("kind", "since", "until", "found"),
    [
        ("foundation", "2026-03-01", "2031-02-28", []),
        ("foundation", "2026-03-01", "2031-03-01", ["C-10"]),
        ("foundation", "2026-03-01", "2032-02-28", ["C-10"]),
        ("foundation", "2028-02-29", "2033-02-28", []),
        ("association", "2026-03-01", "2031-03-01", ["(C-10)"]),
        ("service", "2026-03-01", "2031-02-28", []),
    ],
)
def test_a_term_is_five_years_at_most(kind: str, since: str, until: str, found: list[str]) -> None:
    assert said(governing.term_length(kind, day(since), day(until), NORMS)) == found


@pytest.mark.parametrize(
    ("elected", "since", "until", "before", "found"),
    [
        ("2026-01-12", "2026-02-01", "2031-01-31", None, []),
        ("2026-01-13", "2026-02-01", "2031-01-31", None, ["G-171"]),
        ("2026-01-12", "2026-02-01", "2026-02-01", None, ["G-171"]),
        ("2026-01-12", "2026-02-01", "2031-01-31", "2026-02-01", ["G-171"]),
        ("2026-01-12", "2026-02-01", "2031-01-31", "2026-01-31", []),
    ],
)
def test_a_term_follows(elected: str, since: str, until: str, before: str | None, found: list[str]) -> None:
    earlier = day(before) if before else None
    assert said(governing.term_follows(day(elected), day(since), day(until), day("2026-01-12"), earlier)) == found


@pytest.mark.parametrize(
    ("paid", "of", "found"), [(0, 5, []), (1, 5, []), (2, 5, ["C-10"]), (2, 6, []), (3, 8, ["C-10"]), (3, 9, [])]
)
def test_a_third_is_paid_at_most(paid: int, of: int, found: list[str]) -> None:
    assert said(governing.paid_seats(seats(paid, 0, of), NORMS)) == found


@pytest.mark.parametrize(
    ("related", "of", "private", "found"),
    [
        (0, 5, False, []),
        (1, 5, False, ["C-10"]),
        (2, 6, True, []),
        (3, 6, True, ["C-10"]),
        (2, 5, True, ["C-10"]),
    ],
)
def test_relatives(related: int, of: int, private: bool, found: list[str]) -> None:
    assert said(governing.related_seats(seats(0, related, of), private, NORMS)) == found


def test_only_a_non_public_foundation_is_private() -> None:
    assert said(governing.private_is_non_public(True, True)) == ["C-10"]
    assert said(governing.private_is_non_public(True, False)) == []


@pytest.mark.parametrize(
    ("today", "text"),
    [
        ("2026-03-02", None),  # 91 days before
        ("2026-03-03", "准备换届"),
        ("2026-05-01", "准备换届"),  # 31 days before
        ("2026-05-02", "抓紧换届"),
        ("2026-06-01", "抓紧换届"),  # the last day itself
        ("2026-06-02", "已于"),
    ],
)
def test_reminders(today: str, text: str | None) -> None:
    found = list(governing.term_running_out(day("2026-06-01"), day(today), NORMS))
    assert said(found) == (["(G-172)"] if text else [])
    assert text is None or text in found[0].text
    assert (governing.reminded_until(day(today), NORMS) >= day("2026-06-01")) is bool(text)


def test_charters() -> None:
    today = day("2026-03-01")
    assert said(governing.charter_is_new(True, day("2026-03-02"), today)) == ["G-173", "G-173"]
    assert said(governing.charter_is_new(False, today, today)) == []
    for agreed, found in (("2026-03-02", ["C-04"]), ("2026-02-10", []), ("2026-01-20", ["(C-04)"])):
        assert said(governing.charter_in_time(day(agreed), today, CALENDAR, NORMS)) == found


@pytest.mark.parametrize(
    ("kind", "secretary", "members", "reason", "found"),
    [
        ("branch", "甲", 3, "", []),
        ("branch", "", 0, "", ["G-174", "G-174"]),
        ("none", "", 0, "正在筹备", []),
        ("none", "", 0, " ", ["G-174"]),
    ],
)
def test_what_is_told_of_a_party_organization(
    kind: str, secretary: str, members: int, reason: str, found: list[str]
) -> None:
    assert said(governing.party_told(kind, secretary, members, reason)) == found


def test_when_a_party_organization_is_expected() -> None:
    assert said(governing.party_expected("none", 2, NORMS)) == []
    assert said(governing.party_expected("none", 3, NORMS)) == ["(G-174)"]
    assert said(governing.party_expected("joint", 3, NORMS)) == []
    assert governing.party_due(None, NORMS) == date(2027, 6, 30)
    assert governing.party_due(date(2020, 5, 1), NORMS) == date(2027, 6, 30)
    assert governing.party_due(date(2027, 2, 1), NORMS) == date(2027, 7, 31)


@pytest.mark.parametrize(
    ("since", "already", "found"),
    [
        (None, False, ["C-32"]),
        ("2025-04-15", False, []),
        ("2025-04-16", False, ["C-32"]),
        ("2020-01-01", True, ["C-32"]),
    ],
)
def test_fundraising_after_a_year(since: str | None, already: bool, found: list[str]) -> None:
    charity = day(since) if since else None
    assert said(governing.may_raise_funds(charity, already, day("2026-04-15"), NORMS)) == found


def test_charities_and_lists() -> None:
    assert said(governing.not_yet_charity(None)) == []
    assert said(governing.not_yet_charity(day("2026-01-01"))) == ["C-32"]
    assert said(governing.listed_now(["serious_list", "abnormal_list", "ban"])) == ["(C-28)", "(C-25)"]
    assert said(governing.listed_now(["ban"])) == []
