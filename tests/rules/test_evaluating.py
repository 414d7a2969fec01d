"""Judging performance; the family centre's two evaluations are worked out by hand below."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app.rules.bidding import Bidder
from app.rules.evaluating import (
    Measure,
    accumulates,
    band,
    conflict_declared,
    evaluated_along_the_way,
    evaluator_independent,
    evidence_given,
    final_before_the_end,
    part_of_term,
    passed,
    score_centi,
    total_centi,
    veto_contestable,
)
from app.rules.judging import Relation
from tests.rules.tables import day, norms, said

HALF = part_of_term(6, 12)

# name, part, kind, target, weight | mid-term figure and score | final figure and score.
# The five delivery quantities are the sums of six and of twelve months; 志愿者骨干培育 accumulates too.
FAMILY_CENTRE = [
    ("需求调查与公开征求意见", "decision", "quantity", "1", "3", "1", 300, "1", 300),
    ("事前绩效评估", "decision", "quantity", "1", "3", "1", 300, "1", 300),
    ("目标明确可衡量", "decision", "rubric", "100", "4", "88", 352, "90", 360),
    ("持证社工到岗率", "process", "ratio", "90", "5", "86.5", 481, "92", 500),
    ("人员流失率（不高于）", "process", "ratio_max", "20", "3", "24", 250, "18", 300),
    ("服务档案完整率", "process", "ratio", "95", "4", "93", 392, "96.5", 400),
    ("专款专用与凭证合规", "process", "rubric", "100", "8", "82", 656, "87.5", 700),
    ("个案服务", "output", "quantity", "120", "8", "57", 760, "120", 800),
    ("小组活动", "output", "quantity", "40", "7", "23", 700, "47", 700),
    ("社区活动", "output", "quantity", "60", "6", "26", 520, "52", 520),
    ("长者探访", "output", "quantity", "2400", "7", "1154", 673, "2315", 675),
    ("来访来电咨询", "output", "quantity", "3000", "4", "1496", 399, "2985", 398),
    ("个案目标达成率", "benefit", "ratio", "85", "8", "78", 734, "84", 791),
    ("困难家庭资源链接到位率", "benefit", "ratio", "80", "6", "74.5", 559, "82", 600),
    ("基尼系数（不高于）", "benefit", "index_max", "0.25", "6", "0.31", 484, "0.24", 600),
    ("志愿者骨干培育", "benefit", "quantity", "30", "4", "14", 373, "33", 400),
    ("服务对象满意度", "satisfaction", "ratio", "90", "8", "91.2", 800, "93.4", 800),
    ("居委会满意度", "satisfaction", "ratio", "85", "3", "84", 296, "88", 300),
    ("购买方满意度", "satisfaction", "ratio", "85", "3", "86", 300, "85", 300),
]
MID_TERM_TOTAL, FINAL_TOTAL = 9329, 9744


def measure(line: tuple) -> Measure:
    name, part, kind, target, weight, *_ = line
    return Measure(name, kind, Decimal(target), Decimal(weight), accumulates(kind, part))


@pytest.mark.parametrize("line", FAMILY_CENTRE, ids=[line[0] for line in FAMILY_CENTRE])
def test_each_indicator_of_the_family_centre(line: tuple) -> None:
    assert score_centi(measure(line), Decimal(line[5]), HALF) == line[6]
    assert score_centi(measure(line), Decimal(line[7])) == line[8]


def test_the_two_totals_of_the_family_centre() -> None:
    mid = total_centi(score_centi(measure(line), Decimal(line[5]), HALF) for line in FAMILY_CENTRE)
    final = total_centi(score_centi(measure(line), Decimal(line[7])) for line in FAMILY_CENTRE)
    assert (mid, final) == (MID_TERM_TOTAL, FINAL_TOTAL)
    assert band(mid, norms()) == band(final, norms()) == "you"
    assert passed(mid, 6000)
    assert passed(final, 6000)
    assert not passed(final, 6000, ["转包"])


@pytest.mark.parametrize(
    ("kind", "part", "whether"),
    [
        ("quantity", "output", True),
        ("quantity", "benefit", True),
        ("quantity", "decision", False),
        ("ratio", "output", False),
        ("index_max", "benefit", False),
    ],
)
def test_what_accumulates(kind: str, part: str, whether: bool) -> None:
    assert accumulates(kind, part) is whether


@pytest.mark.parametrize(
    ("kind", "target", "weight", "actual", "score"),
    [
        ("quantity", "120", "8", "0", 0),
        ("quantity", "120", "8", "121", 800),
        ("quantity", "3", "1", "2", 67),
        ("quantity", "8", "1", "1", 13),  # 12.5 hundredths, half up
        ("ratio", "90", "5", "89.99", 500),
        ("ratio", "90", "5", "45", 250),
        ("rubric", "100", "4", "100", 400),
        ("rubric", "100", "4", "0", 0),
        ("rubric", "100", "4", "87.5", 350),
        ("ratio_max", "20", "3", "20", 300),
        ("ratio_max", "20", "3", "0", 300),
        ("ratio_max", "20", "3", "40", 150),
        ("ratio_max", "0", "3", "5", 0),
        ("index_max", "0.25", "6", "0.25", 600),
        ("index_max", "0.25", "6", "0.5", 300),
        ("veto", "0", "0", "0", 0),
        ("veto", "0", "0", "1", 0),
        ("quantity", "1", "0.01", "1", 1),
    ],
)
def test_each_kind_of_indicator(kind: str, target: str, weight: str, actual: str, score: int) -> None:
    assert score_centi(Measure("x", kind, Decimal(target), Decimal(weight)), Decimal(actual)) == score


@pytest.mark.parametrize(
    ("kind", "target", "actual"), [("guess", "1", "1"), ("quantity", "0", "1"), ("ratio", "1", "-1")]
)
def test_impossible_figures_are_refused(kind: str, target: str, actual: str) -> None:
    with pytest.raises(ValueError):
        score_centi(Measure("x", kind, Decimal(target), Decimal(1)), Decimal(actual))


@pytest.mark.parametrize(("months", "of"), [(0, 12), (13, 12), (-1, 12)])
def test_an_evaluation_lies_within_the_term(months: int, of: int) -> None:
    with pytest.raises(ValueError, match="within the term"):
        part_of_term(months, of)


def test_the_part_of_the_term_shortens_only_what_accumulates() -> None:
    once = Measure("调查", "quantity", Decimal(2), Decimal(10))
    assert score_centi(once, Decimal(1), Fraction(1, 2)) == 500
    assert score_centi(replace(once, accumulates=True), Decimal(1), Fraction(1, 2)) == 1000


@pytest.mark.parametrize(
    ("total", "name"),
    [
        (10000, "you"),
        (9000, "you"),
        (8999, "liang"),
        (8000, "liang"),
        (7999, "zhong"),
        (6000, "zhong"),
        (5999, "cha"),
        (0, "cha"),
    ],
)
def test_bands_are_half_open(total: int, name: str) -> None:
    assert band(total, norms()) == name


@pytest.mark.parametrize(
    ("total", "mark", "vetoes", "whether"),
    [(6000, 6000, [], True), (5999, 6000, [], False), (10000, 6000, ["伪造服务记录"], False), (7000, 7500, [], False)],
)
def test_passing(total: int, mark: int, vetoes: list[str], whether: bool) -> None:
    assert passed(total, mark, vetoes) is whether


BUYER = Bidder("逢源街道办事处", "11440103007000000X", head="周")
CENTRE = Bidder("甲社会工作服务中心", "52440103MJA0000000", head="吴")
EVALUATOR = Bidder("戊评估中心", "52440100MJB0000000", head="郑")


@pytest.mark.parametrize(
    ("evaluator", "ties", "rows"),
    [
        (EVALUATOR, [], []),
        (CENTRE, [], ["D-06"]),
        (BUYER, [], ["D-06"]),
        (replace(EVALUATOR, head="吴"), [], ["D-06"]),
        (replace(EVALUATOR, holders=frozenset({BUYER.code})), [], ["D-06"]),
        (replace(EVALUATOR, code=CENTRE.code), [], ["D-06"]),
        (replace(EVALUATOR, did_consulting=True), [], ["B-25"]),
        (EVALUATOR, [Relation("冯", CENTRE.name, "family")], ["D-07"]),
        (EVALUATOR, [Relation("冯", "别家", "family")], []),
    ],
)
def test_the_evaluator_stands_apart(evaluator: Bidder, ties: list[Relation], rows: list[str]) -> None:
    assert said(evaluator_independent(evaluator, BUYER, [CENTRE], ties)) == rows


def test_before_and_with_the_scores() -> None:
    assert said(conflict_declared(False)) == ["D-06"]
    assert said(conflict_declared(True)) == []
    assert said(evidence_given(["个案", "小组"], {"个案"})) == ["G-13"]
    assert said(evidence_given(["个案"], {"个案"})) == []
    assert said(veto_contestable(["转包"], set())) == ["D-13"]
    assert said(veto_contestable(["转包"], {"转包"})) == []


@pytest.mark.parametrize(
    ("ex_ante", "periodic", "rows"), [(1, 1, []), (0, 1, ["A-14"]), (1, 0, ["A-14"]), (0, 0, ["A-14", "A-14"])]
)
def test_one_evaluation_at_the_end_is_a_breach(ex_ante: int, periodic: int, rows: list[str]) -> None:
    assert said(evaluated_along_the_way(ex_ante, periodic, norms())) == rows


@pytest.mark.parametrize(
    ("final_on", "rows"),
    [
        ("2027-06-10", []),
        ("2027-06-30", []),
        ("2027-05-30", []),
        ("2027-05-29", ["(D-10)"]),
        ("2027-07-01", ["D-10"]),
    ],
)
def test_the_final_evaluation_comes_before_the_end(final_on: str, rows: list[str]) -> None:
    assert said(final_before_the_end(day(final_on), day("2027-06-30"), norms())) == rows
