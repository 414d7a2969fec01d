"""Every indicator's score and both totals, against figures worked out by hand; on both databases."""

from decimal import Decimal

import pytest
from flask import Flask

from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.evaluations import actions, queries
from app.evaluations.models import Evaluation
from app.plans.models import Indicator
from tests.conftest import Hands, turn
from tests.evaluations import world
from tests.plans.world import who

# name, target that applied, found, points: weight × min(1, found / target) and so on, each rounded half up (README)
MID_TERM = [
    ("需求调查与公开征求意见", "1", "1", "3.00"),
    ("事前绩效评估", "1", "1", "3.00"),
    ("目标明确可衡量", "100", "88", "3.52"),  # 4 × 88 / 100
    ("持证社工到岗率", "90", "86.5", "4.81"),  # 5 × 86.5 / 90 = 4.8055…
    ("人员流失率（不高于）", "20", "24", "2.50"),  # 3 × 20 / 24
    ("服务档案完整率", "95", "93", "3.92"),  # 4 × 93 / 95 = 3.9157…
    ("专款专用与凭证合规", "100", "82", "6.56"),
    ("个案服务", "60", "57", "7.60"),  # 120 for 12 months, 60 for 6
    ("小组活动", "20", "23", "7.00"),
    ("社区活动", "30", "26", "5.20"),
    ("长者探访", "1200", "1154", "6.73"),  # 7 × 1154 / 1200 = 6.7316…
    ("来访来电咨询", "1500", "1496", "3.99"),  # 4 × 1496 / 1500 = 3.9893…
    ("个案目标达成率", "85", "78", "7.34"),  # 8 × 78 / 85 = 7.3411…
    ("困难家庭资源链接到位率", "80", "74.5", "5.59"),  # 6 × 74.5 / 80 = 5.5875
    ("各社区人均服务量差距（基尼系数，不高于）", "0.25", "0.31", "4.84"),  # 6 × 0.25 / 0.31 = 4.8387…
    ("志愿者骨干培育", "15", "14", "3.73"),  # 4 × 14 / 15 = 3.7333…
    ("服务对象满意度", "90", "91.2", "8.00"),
    ("居委会满意度", "85", "84", "2.96"),  # 3 × 84 / 85 = 2.9647…
    ("购买方满意度", "85", "86", "3.00"),
]
FINAL = [
    ("需求调查与公开征求意见", "1", "1", "3.00"),
    ("事前绩效评估", "1", "1", "3.00"),
    ("目标明确可衡量", "100", "90", "3.60"),
    ("持证社工到岗率", "90", "92", "5.00"),
    ("人员流失率（不高于）", "20", "18", "3.00"),
    ("服务档案完整率", "95", "96.5", "4.00"),
    ("专款专用与凭证合规", "100", "87.5", "7.00"),
    ("个案服务", "120", "120", "8.00"),
    ("小组活动", "40", "47", "7.00"),
    ("社区活动", "60", "52", "5.20"),
    ("长者探访", "2400", "2315", "6.75"),  # 7 × 2315 / 2400 = 6.7520…
    ("来访来电咨询", "3000", "2985", "3.98"),
    ("个案目标达成率", "85", "84", "7.91"),  # 8 × 84 / 85 = 7.9058…
    ("困难家庭资源链接到位率", "80", "82", "6.00"),
    ("各社区人均服务量差距（基尼系数，不高于）", "0.25", "0.24", "6.00"),
    ("志愿者骨干培育", "30", "33", "4.00"),
    ("服务对象满意度", "90", "93.4", "8.00"),
    ("居委会满意度", "85", "88", "3.00"),
    ("购买方满意度", "85", "85", "3.00"),
]
COMPUTED = {"个案服务", "小组活动", "社区活动", "长者探访", "来访来电咨询"}


def given(round_: Evaluation) -> list[tuple[str, str, str, str]]:
    """What is kept, as the tables above have it."""
    return [
        (s.indicator.level3, s.target, s.actual, f"{Decimal(s.score_centi) / 100:.2f}")
        for s in queries.scores(round_)
        if s.indicator.kind != "veto"
    ]


@pytest.mark.parametrize(
    ("stage", "table", "total"), [("mid_term", MID_TERM, 9329), ("final", FINAL, 9744)], ids=["mid-term", "final"]
)
def test_every_score_and_the_total(
    app: Flask, hands: Hands, stage: str, table: list[tuple[str, str, str, str]], total: int
) -> None:
    round_ = world.scored(hands, stage)
    assert given(round_) == table
    assert sum(Decimal(points) for *_, points in table) * 100 == total
    assert (round_.total_centi, round_.band, round_.passed) == (total, "you", True)
    assert {s.indicator.level3 for s in queries.scores(round_) if s.computed} == COMPUTED
    assert [s.actual for s in queries.scores(round_) if s.indicator.kind == "veto"] == ["0", "0", "0"]


def indicator(name: str) -> Indicator:
    return next(i for i in queries.indicators(world.world.project()) if i.level3 == name)


@pytest.mark.parametrize(
    "typed", ["", "八十", "-1", "nan", "Infinity", "1e9", "1E+999999999", "0x10", "1.23456", "9" * 30]
)
def test_a_value_that_is_no_number_is_refused(sqlite_app: Flask, hands: Hands, typed: str) -> None:
    round_ = world.declared(hands)
    with pytest.raises(Invalid) as refused, turn(who("evaluator")):
        actions.save_score(round_, indicator("持证社工到岗率"), typed, "花名册")
    assert refused.value.field == "actual"
    assert queries.scores(round_) == []


def test_a_rubric_has_a_hundred_points_at_most(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    with pytest.raises(Invalid), turn(who("evaluator")):
        actions.save_score(round_, indicator("目标明确可衡量"), "100.01", "项目方案")


def test_figures_are_computed_whatever_is_typed_and_once_more_at_the_end(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    with turn(who("evaluator")):
        kept = actions.save_score(round_, indicator("个案服务"), "9999", "")
    assert (kept.actual, kept.computed, kept.evidence) == ("57", True, "平台按服务数据汇总")
    world.fill_in(round_)
    world.submit(round_)
    assert round_.total_centi == 9329


def test_the_computed_ones_need_not_be_saved(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    with turn(who("evaluator")):
        for one in queries.indicators(round_.project):
            if not one.measure:
                actions.save_score(round_, one, world.FIRST.found("mid_term").get(one.level3), "已查验")
    assert world.submit(round_).total_centi == 9329


def test_scores_may_be_amended_until_they_are_handed_in(app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    world.fill_in(round_, {"目标明确可衡量": "10"})
    world.fill_in(round_)
    assert world.submit(round_).total_centi == 9329
    with pytest.raises(OutOfOrder), turn(who("evaluator")):
        actions.save_score(round_, indicator("目标明确可衡量"), "100", "项目方案")
    with pytest.raises(OutOfOrder):
        world.submit(round_)


def test_all_are_scored_with_evidence(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    with pytest.raises(Invalid) as refused:
        world.submit(round_)
    assert "目标明确可衡量" in refused.value.args[0]
    world.fill_in(round_)
    with turn(who("evaluator")):
        actions.save_score(round_, indicator("服务对象满意度"), "91.2", " ")
    with pytest.raises(Unlawful) as unlawful:
        world.submit(round_)
    assert [(f.rule, f.values["name"]) for f in unlawful.value.findings] == [("G-13", "服务对象满意度")]
    with turn(who("evaluator")):
        proof = (b"%PDF-1.7 proof", "评价码.pdf")
        kept = actions.save_score(round_, indicator("服务对象满意度"), "91.2", "", evidence_file=proof)
    assert kept.evidence_id is not None
    assert world.submit(round_).total_centi == 9329


def test_a_scheme_of_another_project_is_not_scored(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    other = Indicator(project_id=round_.project_id + 1, level3="别的指标", kind="ratio", target="1", weight_centi=100)
    other.dropped = False
    with pytest.raises(Invalid), turn(who("evaluator")):
        actions.save_score(round_, other, "1", "证据")


def test_only_the_evaluator_scores(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    for name in ("officer", "jia", "supervisor"):
        with pytest.raises(NotAllowed), turn(who(name)):
            actions.save_score(round_, indicator("持证社工到岗率"), "90", "花名册")


def test_what_the_scheme_asks_for(sqlite_app: Flask) -> None:
    asked = queries.burden(world.world.project())
    assert (asked.items, asked.computed, asked.typed, asked.vetoes) == (22, 5, 14, 3)
    assert (asked.evidence, asked.columns) == (17, 9)
