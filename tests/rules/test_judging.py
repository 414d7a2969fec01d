"""Committee, recusal and award; marks, ranking and the low-price review, by hand-worked figures."""

from fractions import Fraction

import pytest

from app.rules.judging import (
    CHANGE_REASONS,
    Member,
    Relation,
    all_have_scored,
    award_in_order,
    change_has_reason,
    committee_composed,
    committee_size,
    committee_stays_away,
    decided_in_time,
    deemed_chosen,
    drawn_late_enough,
    own_staff_not_experts,
    qualification_by_buyer,
    recused,
    score_in_range,
    sees_score,
    years_before,
)
from app.rules.marks import (
    LowPriceShares,
    Ranked,
    Standing,
    low_price_justified,
    low_price_review,
    low_price_shares_allowed,
    mark,
    price_points,
    rank,
)
from tests.rules.tables import CALENDAR, day, norms, said

SHARES = LowPriceShares.of(norms())
LOT_1 = {"甲": 238800000, "乙": 229500000, "戊": 241000000, "丙": 108000000}
LOT_2 = {"甲": 46800000, "丁": 45550055, "乙": 44990000}
SCORES = {
    "甲1": [[50, 31], [49, 32], [51, 30], [48, 31], [50, 32]],
    "乙1": [[46, 28], [47, 30], [45, 29], [46, 29], [44, 30]],
    "戊1": [[47, 29], [46, 30], [48, 28], [47, 30], [46, 29]],
    "甲2": [[48, 30], [47, 31], [49, 30], [48, 30], [47, 30]],
    "丁2": [[50, 32], [51, 31], [50, 33], [51, 32], [50, 31]],
    "乙2": [[45, 28], [44, 29], [46, 28], [45, 28], [44, 28]],
}


def sums(bid: str) -> list[int]:
    return [100 * (technical + business) for technical, business in SCORES[bid]]


def members(experts: int, others: int) -> list[Member]:
    return [Member(f"专家{n}", True, "大学") for n in range(experts)] + [
        Member(f"代表{n}", False, "街道办") for n in range(others)
    ]


@pytest.mark.parametrize(
    ("method", "budget", "complex_", "impact", "least"),
    [
        ("open_tender", 300000000, False, False, 5),
        ("open_tender", 999999999, False, False, 5),
        ("open_tender", 1000000000, False, False, 7),
        ("open_tender", 900000000, True, False, 7),  # T-12: complexity alone is enough
        ("open_tender", 1, False, True, 7),
        ("consultation", 2000000000, True, True, 3),
        ("negotiation", 399999999, False, False, 3),
        ("negotiation", 400000000, False, False, 5),
    ],
)
def test_how_large_the_committee_is(method: str, budget: int, complex_: bool, impact: bool, least: int) -> None:
    assert committee_size(method, budget, norms(), complex_=complex_, impact=impact) == least


@pytest.mark.parametrize(
    ("method", "experts", "others", "least", "rows"),
    [
        ("open_tender", 4, 1, 5, []),
        ("open_tender", 5, 0, 5, []),
        ("open_tender", 3, 2, 5, ["B-47"]),  # three of five are under two thirds
        ("open_tender", 4, 2, 5, ["B-47"]),  # even
        ("open_tender", 3, 0, 5, ["B-47"]),
        ("open_tender", 4, 1, 7, ["B-47"]),
        ("open_tender", 5, 2, 7, []),
        ("open_tender", 4, 3, 7, ["B-47"]),
        ("consultation", 2, 1, 3, []),
        ("consultation", 1, 2, 3, ["B-71"]),
        ("consultation", 2, 0, 3, ["B-71"]),
        ("negotiation", 1, 1, 3, ["B-78", "B-78"]),
        ("open_tender", 6, 3, 5, []),
        ("open_tender", 0, 0, 5, ["B-47"]),
    ],
)
def test_committee(method: str, experts: int, others: int, least: int, rows: list[str]) -> None:
    assert said(committee_composed(method, members(experts, others), least, norms())) == rows


def test_the_buyers_staff_sit_as_representatives_only() -> None:
    assert said(own_staff_not_experts([*members(4, 0), Member("王五", True, "街道办")], "街道办")) == ["B-48"]
    assert said(own_staff_not_experts(members(4, 1), "街道办")) == []


@pytest.mark.parametrize(
    ("drawn", "rows"),
    [
        ("2026-05-12", []),
        ("2026-05-10", []),
        ("2026-05-09", []),  # a made-up Saturday: 11 and 12 May follow
        ("2026-05-08", ["B-48"]),
        ("2026-05-13", ["B-48"]),
    ],
)
def test_experts_are_drawn_late(drawn: str, rows: list[str]) -> None:
    assert said(drawn_late_enough(day(drawn), day("2026-05-12"), CALENDAR, norms())) == rows


@pytest.mark.parametrize(
    ("tie", "rows"),
    [
        (Relation("赵", "甲", "employed", day("2023-05-12")), ["B-29"]),
        (Relation("赵", "甲", "employed", day("2023-05-11")), []),
        (Relation("赵", "甲", "director", None), ["B-29"]),
        (Relation("赵", "甲", "controller", day("2020-01-01")), []),
        (Relation("赵", "甲", "family", day("2000-01-01")), ["B-29"]),
        (Relation("赵", "别家", "family"), []),
        (Relation("钱", "甲", "family"), []),
        (Relation("赵", "甲", "other"), ["B-29"]),
    ],
)
def test_recusal(tie: Relation, rows: list[str]) -> None:
    assert said(recused("赵", [tie], {"甲", "乙"}, day("2026-05-12"), norms())) == rows


def test_three_years_back_from_a_leap_day() -> None:
    assert years_before(day("2024-02-29"), 3) == day("2021-02-28")


def test_who_stays_away_and_who_checks() -> None:
    assert said(committee_stays_away(["赵", "钱"], {"钱", "孙"})) == ["B-45"]
    assert said(committee_stays_away(["赵"], {"孙"})) == []
    assert said(qualification_by_buyer("赵", {"赵"})) == ["B-46"]
    assert said(qualification_by_buyer("孙", {"赵"})) == []
    assert said(all_have_scored({"赵", "钱"}, {"赵"})) == ["G-12"]
    assert said(all_have_scored({"赵"}, {"赵"})) == []
    assert sees_score("甲", "甲")
    assert not sees_score("乙", "甲")


@pytest.mark.parametrize(("score", "rows"), [(0, []), (5500, []), (5501, ["G-12"]), (-1, ["G-12"])])
def test_scores_lie_in_range(score: int, rows: list[str]) -> None:
    assert said(score_in_range(score, 5500, "技术")) == rows


@pytest.mark.parametrize("reason", CHANGE_REASONS)
def test_four_reasons_change_a_result(reason: str) -> None:
    assert said(change_has_reason(reason)) == []


@pytest.mark.parametrize("reason", ["", "challenge", "leader"])
def test_no_other_reason_does(reason: str) -> None:
    assert said(change_has_reason(reason)) == ["B-57"]


@pytest.mark.parametrize(
    ("chosen", "declined", "rows"),
    [
        ("甲", (), []),
        ("戊", (), ["B-58"]),
        ("戊", ("甲",), []),
        ("甲", ("甲",), ["B-58"]),
        ("", ("甲", "戊"), ["B-58"]),
    ],
)
def test_the_award_follows_the_ranking(chosen: str, declined: tuple[str, ...], rows: list[str]) -> None:
    assert said(award_in_order(chosen, ["甲", "戊"], declined)) == rows


@pytest.mark.parametrize(
    ("decided", "rows"),
    [("2026-05-18", []), ("2026-05-21", []), ("2026-05-22", ["B-58"]), ("2026-05-13", ["B-58"])],
)
def test_the_buyer_decides_in_time(decided: str, rows: list[str]) -> None:
    assert said(decided_in_time(day("2026-05-14"), day(decided), CALENDAR, norms())) == rows


@pytest.mark.parametrize(
    ("method", "today", "chosen"),
    [
        ("consultation", "2026-05-21", False),
        ("consultation", "2026-05-22", True),
        ("open_tender", "2026-06-30", False),
    ],
)
def test_a_silent_buyer(method: str, today: str, chosen: bool) -> None:
    assert deemed_chosen(method, day("2026-05-14"), day(today), CALENDAR, norms()) is chosen


def test_price_points_are_exact() -> None:
    points = price_points({"甲": 238800000, "乙": 229500000, "戊": 241000000}, 10)
    assert points == {"甲": Fraction(2295, 2388) * 10, "乙": Fraction(10), "戊": Fraction(2295, 2410) * 10}
    assert price_points({}, 10) == {}
    with pytest.raises(ValueError, match="above zero"):
        price_points({"甲": 0}, 10)


# Lot 1 without 丙, whose low price was not proven. Members' means: 甲 404/5, 乙 374/5, 戊 380/5.
# Price points: 甲 22950/2388 = 9.6105…, 乙 10, 戊 22950/2410 = 9.5228….
# Lot 2: means 甲 390/5 = 78, 丁 411/5 = 82.2, 乙 365/5 = 73; points 甲 9.6132…, 丁 9.8770…, 乙 10.
@pytest.mark.parametrize(
    ("lot", "valid", "marks", "order"),
    [
        ("1", "甲乙戊", {"甲": 9041, "乙": 8480, "戊": 8552}, "甲戊乙"),
        ("2", "甲丁乙", {"甲": 8761, "丁": 9208, "乙": 8300}, "丁甲乙"),
    ],
)
def test_the_family_centre_is_judged(lot: str, valid: str, marks: dict[str, int], order: str) -> None:
    prices = {bid: {"1": LOT_1, "2": LOT_2}[lot][bid] for bid in valid}
    points = price_points(prices, 10)
    judged = {bid: mark(bid, sums(bid + lot), points[bid]) for bid in valid}
    assert {bid: one.total_centi for bid, one in judged.items()} == marks
    ranked = rank([Standing(bid, judged[bid].total_centi, prices[bid]) for bid in valid], "open_tender")
    assert ranked == [Ranked(bid, place) for place, bid in enumerate(order, 1)]


def test_a_mark_is_rounded_at_its_end_only() -> None:
    one = mark("甲", [8033, 8033, 8034], Fraction(1, 600))
    assert one.exact == Fraction(24100, 300) + Fraction(1, 600)
    assert one.total_centi == 8034  # 80.3350: half up; parts rounded first would give 80.33
    with pytest.raises(ValueError, match="no member"):
        mark("甲", [], Fraction(0))


def test_no_score_is_cut() -> None:
    assert mark("甲", [0, 9000, 9000, 9000, 9000], Fraction(0)).total_centi == 7200


@pytest.mark.parametrize(
    ("method", "bids", "ranked"),
    [
        ("open_tender", [("甲", 9000, 5, 0), ("乙", 9000, 4, 0)], [("乙", 1, False), ("甲", 2, False)]),
        (
            "open_tender",
            [("甲", 9000, 5, 9), ("乙", 9000, 5, 1), ("丙", 8000, 1, 0)],
            [("甲", 1, True), ("乙", 1, True), ("丙", 3, False)],
        ),
        ("consultation", [("甲", 9000, 5, 1), ("乙", 9000, 5, 9)], [("乙", 1, False), ("甲", 2, False)]),
        ("consultation", [("甲", 9000, 5, 9), ("乙", 9000, 5, 9)], [("甲", 1, True), ("乙", 1, True)]),
        ("consultation", [("甲", 9000, 5, 9), ("乙", 9000, 4, 1)], [("乙", 1, False), ("甲", 2, False)]),
        ("negotiation", [("甲", 9900, 5, 0), ("乙", 1, 4, 0)], [("乙", 1, False), ("甲", 2, False)]),
        ("negotiation", [("甲", 9900, 5, 0), ("乙", 1, 5, 0)], [("甲", 1, True), ("乙", 1, True)]),
        ("open_tender", [], []),
    ],
)
def test_ranking_and_ties(
    method: str, bids: list[tuple[str, int, int, int]], ranked: list[tuple[str, int, bool]]
) -> None:
    assert rank([Standing(*bid) for bid in bids], method) == [Ranked(*one) for one in ranked]


def test_a_draw_parts_what_is_tied_and_nothing_else() -> None:
    tied = [Standing("甲", 9000, 5), Standing("乙", 9000, 5), Standing("丙", 8000, 1)]
    assert [one.bid for one in rank(tied, "open_tender", drawn=["乙", "甲"])] == ["乙", "甲", "丙"]
    assert not any(one.tied for one in rank(tied, "open_tender", drawn=["乙", "甲"]))
    assert [one.bid for one in rank(tied, "open_tender", drawn=["丙", "乙", "甲"])] == ["乙", "甲", "丙"]


@pytest.mark.parametrize(
    ("prices", "ceiling", "triggers"),
    [
        # Lot 1: half the mean 1,021,625; half the second lowest 1,147,500; 45% of the ceiling 1,125,000.
        (LOT_1, 250000000, {"丙": ["second", "ceiling"]}),
        (LOT_2, 50000000, {}),
        ({"甲": 100, "乙": 100, "丙": 49}, 100, {"丙": ["second"]}),
        ({"甲": 100, "乙": 100, "丙": 39}, 100, {"丙": ["mean", "second", "ceiling"]}),
        ({"甲": 100, "乙": 100, "丙": 50}, 100, {}),  # exactly half is not below half
        ({"甲": 45}, 100, {}),
        ({"甲": 44}, 100, {"甲": ["ceiling"]}),
        ({"甲": 40, "乙": 44, "丙": 44}, 100, {"甲": ["ceiling"], "乙": ["ceiling"], "丙": ["ceiling"]}),
        ({"甲": 300, "乙": 60, "丙": 60}, 100, {"乙": ["mean"], "丙": ["mean"]}),
        ({}, 100, {}),
    ],
)
def test_the_low_price_review(prices: dict[str, int], ceiling: int, triggers: dict[str, list[str]]) -> None:
    found = low_price_review(prices, ceiling, SHARES)
    assert {bid: [one.reason for one in why] for bid, why in found.items()} == triggers


def test_experts_may_doubt_a_price_too() -> None:
    found = low_price_review(LOT_2, 50000000, SHARES, doubted=["乙"])
    assert [one.reason for one in found["乙"]] == ["experts"]


def test_the_limits_are_shown() -> None:
    (second, ceiling) = low_price_review(LOT_1, 250000000, SHARES)["丙"]
    assert (second.limit_fen, ceiling.limit_fen) == (114750000, 112500000)


@pytest.mark.parametrize(
    ("mean", "second", "ceiling", "rows"),
    [
        ("0.50", "0.50", "0.45", []),
        ("0.65", "0.65", "0.65", []),
        ("0.66", "0.50", "0.45", ["B-55"]),
        ("0.49", "0.50", "0.44", ["B-55", "B-55"]),
    ],
)
def test_the_shares_may_be_raised_to_the_cap(mean: str, second: str, ceiling: str, rows: list[str]) -> None:
    shares = LowPriceShares(Fraction(mean), Fraction(second), Fraction(ceiling))
    assert said(low_price_shares_allowed(shares, norms())) == rows


@pytest.mark.parametrize(
    ("triggered", "minutes", "proven", "rows"),
    [
        (False, 0, None, []),
        (True, 30, None, ["B-55"]),
        (True, 30, False, []),
        (True, 29, False, ["B-55"]),
        (True, 5, True, []),
    ],
)
def test_a_low_price_review_has_an_end(triggered: bool, minutes: int, proven: bool | None, rows: list[str]) -> None:
    assert said(low_price_justified("丙", triggered, minutes, proven, norms())) == rows
