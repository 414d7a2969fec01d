"""What may be bought, by whom, with which money, for how long; methods and thresholds."""

import pytest

from app.rules.methods import (
    Approval,
    Purchase,
    approved_above_threshold,
    follow_on_small,
    ground_given,
    method_known,
    not_split,
    threshold,
    under_procurement_law,
)
from app.rules.purchasing import (
    EXTENSION_FLAGS,
    NEGATIVE_LIST,
    Money,
    buyer_allowed,
    catalogue_and_budget_first,
    catalogue_not_invented,
    content_class_given,
    contractor_allowed,
    months_after,
    negative_list_clear,
    no_assignment,
    no_disguised_employment,
    no_minimum_age,
    social_share,
    sources_cover_ceilings,
    term_allowed,
    within_appropriation,
)
from tests.rules.tables import day, norms, said

ALL_FIVE = dict.fromkeys(EXTENSION_FLAGS, True)


@pytest.mark.parametrize(
    ("kind", "as_buyer", "as_contractor"),
    [
        ("state_organ", [], ["A-04"]),
        ("party_organ", [], ["A-04"]),
        ("admin_institution", [], ["A-04"]),
        ("admin_mass_organization", [], ["A-04"]),
        ("category_1_institution", ["A-03"], ["A-03"]),
        ("funded_mass_organization", ["A-03"], ["A-03"]),
        ("enterprise", ["A-02"], []),
        ("social_organization", ["A-02"], []),
        ("category_2_institution", ["A-02"], []),
        ("business_institution", ["A-02"], []),
        ("rural_collective", ["A-02"], []),
        ("grassroots", ["A-02"], []),
        ("individual", ["A-02"], []),
        ("", ["A-02"], ["A-04"]),
    ],
)
def test_who_may_buy_and_who_may_provide(kind: str, as_buyer: list[str], as_contractor: list[str]) -> None:
    assert said(buyer_allowed(kind)) == as_buyer
    assert said(contractor_allowed(kind)) == as_contractor


def test_the_negative_list_wants_six_answers_and_all_no() -> None:
    assert len(NEGATIVE_LIST) == 6
    assert said(negative_list_clear(dict.fromkeys(NEGATIVE_LIST, False))) == []
    assert said(negative_list_clear({})) == ["A-07"] * 6


@pytest.mark.parametrize("item", NEGATIVE_LIST)
def test_one_yes_or_one_blank_on_the_negative_list_bars(item: str) -> None:
    yes = list(negative_list_clear(dict.fromkeys(NEGATIVE_LIST, False) | {item: True}))
    blank = list(negative_list_clear(dict.fromkeys(NEGATIVE_LIST, False) | {item: None}))
    assert [one.field for one in yes] == [one.field for one in blank] == [f"negative_{item}"]
    assert yes[0].text != blank[0].text


@pytest.mark.parametrize(
    ("in_catalogue", "budgeted", "rows"),
    [(True, True, []), (False, True, ["A-09"]), (True, False, ["A-09"]), (False, False, ["A-09", "A-09"])],
)
def test_catalogue_and_budget_come_first(in_catalogue: bool, budgeted: bool, rows: list[str]) -> None:
    assert said(catalogue_and_budget_first(in_catalogue, budgeted)) == rows


@pytest.mark.parametrize(
    ("level", "owner", "rows"),
    [(1, "city", ["A-08"]), (2, "county", ["A-08"]), (3, "city", []), (1, "central", []), (2, "province", [])],
)
def test_a_city_does_not_invent_the_top_of_the_catalogue(level: int, owner: str, rows: list[str]) -> None:
    assert said(catalogue_not_invented(level, owner)) == rows


@pytest.mark.parametrize(
    ("committed", "more", "rows"), [(0, 100, []), (40, 60, []), (40, 61, ["A-10"]), (101, 0, ["A-10"])]
)
def test_commitments_stay_within_the_budget_line(committed: int, more: int, rows: list[str]) -> None:
    assert said(within_appropriation(Money("2080208", 100, committed), more)) == rows


@pytest.mark.parametrize(
    ("sources", "ceilings", "rows"),
    [
        ([100000000, 100000000, 84500000, 15500000], [250000000, 50000000], []),
        ([100000000, 100000000, 84500000, 15499999], [250000000, 50000000], ["G-06"]),
        ([], [1], ["G-06"]),
        ([1], [], ["G-06"]),
        ([0, 5], [5], ["G-06"]),
        ([5], [-1], ["G-06"]),
    ],
)
def test_the_purses_cover_the_lots(sources: list[int], ceilings: list[int], rows: list[str]) -> None:
    assert said(sources_cover_ceilings(sources, ceilings)) == rows


@pytest.mark.parametrize(
    ("starts", "ends", "flags", "rows"),
    [
        ("2026-07-01", "2027-06-30", {}, []),
        ("2026-07-01", "2027-07-01", {}, ["A-17"]),
        ("2026-07-01", "2029-06-30", ALL_FIVE, []),
        ("2026-07-01", "2029-07-01", ALL_FIVE, ["A-17"]),
        ("2026-07-01", "2029-06-30", ALL_FIVE | {"price_stable": False}, ["A-17"]),
        ("2026-07-01", "2026-06-30", {}, ["A-17"]),
        ("2026-07-01", "2026-07-01", {}, []),
        ("2024-02-29", "2025-02-28", {}, []),
    ],
)
def test_a_year_or_three_with_all_five_flags(starts: str, ends: str, flags: dict[str, bool], rows: list[str]) -> None:
    assert said(term_allowed(day(starts), day(ends), flags, norms())) == rows


@pytest.mark.parametrize("missing", EXTENSION_FLAGS)
def test_four_flags_are_not_enough(missing: str) -> None:
    flags = ALL_FIVE | {missing: False}
    assert said(term_allowed(day("2026-01-01"), day("2027-12-31"), flags, norms())) == ["A-17"]


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [("2026-01-30", 1, "2026-03-01"), ("2026-07-01", 12, "2027-07-01"), ("2024-02-29", 12, "2025-03-01")],
)
def test_months_are_counted_by_the_calendar(start: str, months: int, later: str) -> None:
    assert months_after(day(start), months) == day(later)


def test_small_checks_of_the_measures() -> None:
    assert said(content_class_given("C")) == ["A-06"]
    assert said(content_class_given("A")) == said(content_class_given("B")) == []
    assert said(no_disguised_employment("individual", True)) == ["(A-12)"]
    assert said(no_disguised_employment("enterprise", True)) == []
    assert said(no_assignment(True)) == ["A-18"]
    assert said(no_assignment(False)) == []
    assert said(no_minimum_age(3)) == ["A-22"]
    assert said(no_minimum_age(None)) == said(no_minimum_age(0)) == []
    assert said(social_share(29, 100, norms())) == ["(A-21)"]
    assert said(social_share(30, 100, norms())) == said(social_share(0, 0, norms())) == []


@pytest.mark.parametrize(
    ("place", "level", "open_tender", "limit"),
    [
        ("440103", "county", 400000000, 100000000),
        ("440000", "province", 400000000, 100000000),
        ("350100", "city", 200000000, 30000000),
        ("350000", "province", 400000000, 100000000),
        ("510104", "county", 200000000, 30000000),  # no province of its own on file: the national floor
        ("510000", "province", 200000000, 50000000),
        ("110000", "central", 200000000, 100000000),
        ("440103", "central", 200000000, 100000000),
    ],
)
def test_thresholds_are_the_provinces_own(place: str, level: str, open_tender: int, limit: int) -> None:
    there = norms(place)
    assert threshold(there, "open_tender", level) == open_tender
    assert threshold(there, "limit_goods_services", level) == limit
    assert under_procurement_law(limit, level, there)
    assert not under_procurement_law(limit - 1, level, there)


@pytest.mark.parametrize(
    ("method", "subject", "rows"),
    [
        ("open_tender", "services", []),
        ("quotation", "services", ["B-05"]),
        ("quotation", "works", ["B-05"]),
        ("quotation", "goods", []),
        ("raffle", "services", ["B-01"]),
        ("", "services", ["B-01"]),
    ],
)
def test_the_method_is_one_the_law_knows(method: str, subject: str, rows: list[str]) -> None:
    assert said(method_known(method, subject)) == rows


@pytest.mark.parametrize(
    ("method", "ground", "rows"),
    [
        ("open_tender", None, []),
        ("framework", None, []),
        ("consultation", "service_purchase", []),
        ("consultation", None, ["B-06"]),
        ("consultation", "urgent", ["B-06"]),
        ("negotiation", "urgent", []),
        ("negotiation", "service_purchase", ["B-03"]),
        ("single_source", "unique", []),
        ("single_source", "", ["B-04"]),
        ("invited_tender", "limited_suppliers", []),
        ("invited_tender", None, ["B-02"]),
    ],
)
def test_other_methods_rest_on_a_ground(method: str, ground: str | None, rows: list[str]) -> None:
    assert said(ground_given(method, ground)) == rows


APPROVAL = Approval("穗财采〔2026〕1号", day("2026-04-01"), day("2026-04-10"))


@pytest.mark.parametrize(
    ("place", "method", "budget", "approval", "rows"),
    [
        ("440103", "consultation", 399999999, None, []),
        ("440103", "consultation", 400000000, None, ["B-07"]),
        ("440103", "consultation", 400000000, APPROVAL, []),
        ("440103", "open_tender", 400000000, None, []),
        ("350102", "consultation", 300000000, None, ["B-07"]),
        ("440103", "single_source", 400000000, Approval(" ", day("2026-04-01"), day("2026-04-10")), ["B-07"]),
        ("440103", "negotiation", 500000000, Approval("1", day("2026-04-11"), day("2026-04-10")), ["B-07"]),
        ("440103", "negotiation", 500000000, Approval("1", day("2026-04-01"), day("2026-04-15")), ["B-07"]),
    ],
)
def test_above_the_threshold_another_method_is_approved_before_the_start(
    place: str, method: str, budget: int, approval: Approval | None, rows: list[str]
) -> None:
    checked = approved_above_threshold(method, budget, "county", approval, day("2026-04-15"), norms(place))
    assert said(checked) == rows


def bought(amount: int, **other: object) -> Purchase:
    fields = {
        "name": "社工服务",
        "budget_line": "2080208",
        "category": "A1003",
        "fiscal_year": 2026,
        "method": "consultation",
    }
    return Purchase(**(fields | {"amount_fen": amount} | other))


@pytest.mark.parametrize(
    ("new", "earlier", "rows"),
    [
        (bought(399000000), [], []),
        (bought(200000000), [bought(200000000)], []),
        (bought(200000001), [bought(200000000)], ["B-12"]),
        (bought(150000000), [bought(150000000), bought(150000000)], ["B-12"]),
        (bought(200000001), [bought(200000000, fiscal_year=2025)], []),
        (bought(200000001), [bought(200000000, budget_line="2080299")], []),
        (bought(200000001), [bought(200000000, category="A0402")], []),
        (bought(200000001), [bought(200000000, method="open_tender")], []),
        (bought(200000001), [bought(200000000, allowed=True)], []),
        (bought(200000001, method="open_tender"), [bought(200000000)], []),
        (bought(200000001, allowed=True), [bought(200000000)], []),
    ],
)
def test_splitting_is_seen_over_the_fiscal_year(new: Purchase, earlier: list[Purchase], rows: list[str]) -> None:
    assert said(not_split(new, earlier, "county", norms())) == rows


def test_a_follow_on_stays_within_a_tenth() -> None:
    assert said(follow_on_small(100000, 10000, norms())) == []
    assert said(follow_on_small(100000, 10001, norms())) == ["B-04"]
