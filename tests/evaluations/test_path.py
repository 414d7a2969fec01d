"""Assigned, declared, answered, published, and what follows by the contract; every refusal; on both databases."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.accounts.actions import add_person, first_password
from app.accounts.models import Body, Relation
from app.budgets.queries import commitments
from app.core import changes, log
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.demonstration.people import BUYER
from app.evaluations import actions, queries
from app.evaluations.facts import report
from app.evaluations.models import Evaluation
from app.evaluations.waiting import waiting
from tests.conftest import Hands, turn
from tests.evaluations import world
from tests.plans.world import at, body, who

deliveries = world.world


def states(condition: str) -> list[str]:
    return [i.state for lot in (1, 2) for i in deliveries.agreement(lot).instalments if i.condition == condition]


def test_passed_and_published_the_second_instalments_become_payable(app: Flask, hands: Hands) -> None:
    round_ = world.scored(hands)
    assert states("mid_term_pass") == ["pending", "pending"]
    world.answer(round_)
    assert round_.state == "replied"
    world.publish(round_)
    assert states("mid_term_pass") == ["accrued", "accrued"]
    assert states("final_pass") == ["pending", "pending"]
    held = commitments(deliveries.agreement(1).public_id)
    assert sum(c.accrued_fen for c in held) == 119_400_000 + 95_520_000
    assert round_.report is not None
    assert round_.report.bytes.startswith(b"%PDF-")
    assert round_.report.name == f"{round_.project.number}-PJ-1.pdf"
    told = [(e.action, e.public) for e in log.entries_of(round_.public_id)]
    assert told == [
        ("evaluation.assign", False), ("evaluation.declare", False), ("evaluation.score", False),
        ("evaluation.reply", False), ("evaluation.publish", True),
    ]  # fmt: skip


def test_what_the_report_says(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.scored(hands)
    world.answer(round_)
    said = report(round_)
    assert (said["total_centi"], said["band"], said["stage"]) == (9329, "优", "中期")
    assert said["period"] == {"from_day": date(2026, 7, 1), "to_day": date(2026, 12, 31), "months": 6}
    parts = {p["level1"]: (p["score_centi"], p["rate_centi"]) for p in said["parts_of_total"]}  # type: ignore[attr-defined]
    assert parts == {
        "决策": (952, 9520), "过程": (1779, 8895), "产出": (3052, 9538), "效益": (2150, 8958), "满意度": (1396, 9971),
    }  # fmt: skip
    effects = [(c["instalment"], c["amount_fen"], c["effect"]) for c in said["consequences"]]  # type: ignore[attr-defined]
    assert effects == [(2, 95_520_000, "条件成就，计入应付"), (2, 18_220_022, "条件成就，计入应付")]


LOW = dict.fromkeys(
    ("专款专用与凭证合规", "个案目标达成率", "困难家庭资源链接到位率", "服务对象满意度", "志愿者骨干培育"), "0"
)


def test_fair_is_passed_where_the_contract_asks_for_sixty(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.scored(hands, found=LOW)
    assert (round_.total_centi, round_.band, round_.passed) == (9329 - 656 - 734 - 559 - 800 - 373, "zhong", True)


def failed(hands: Hands) -> Evaluation:
    """A mid-term of 54.53 points, published."""
    found = LOW | {"居委会满意度": "0", "购买方满意度": "0", "持证社工到岗率": "0"}
    round_ = world.scored(hands, found=found)
    assert (round_.total_centi, round_.band, round_.passed) == (6207 - 296 - 300 - 481, "cha", False)
    world.answer(round_)
    return world.publish(round_)


def again(hands: Hands, found: dict[str, str] | None = None) -> Evaluation:
    """The re-evaluation, two months later, published."""
    hands.set(at(date(2027, 3, 15)))
    with turn(who("officer")):
        round_ = actions.assign(
            deliveries.project(), "mid_term", world.evaluator(), who("evaluator"), date(2027, 3, 30), 6
        )
    with turn(who("evaluator")):
        actions.declare(round_, "无利害关系。")
    world.fill_in(round_, found)
    world.submit(round_)
    world.answer(round_)
    return world.publish(round_)


def test_failed_and_put_right_it_is_paid(app: Flask, hands: Hands) -> None:
    failed(hands)
    assert states("mid_term_pass") == ["pending", "pending"]
    second = again(hands)
    assert states("mid_term_pass") == ["accrued", "accrued"]
    assert second.report is not None
    assert second.report.name.endswith("-PJ-1-2.pdf")


def test_failed_twice_it_is_withheld_by_the_contracts_rule(app: Flask, hands: Hands) -> None:
    first = failed(hands)
    assert queries.rounds(first.project, "mid_term") == [first]
    again(hands, LOW | {"居委会满意度": "0", "购买方满意度": "0", "持证社工到岗率": "0"})
    assert states("mid_term_pass") == ["withheld", "withheld"]
    assert states("final_pass") == ["pending", "pending"]
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.assign(deliveries.project(), "mid_term", world.evaluator(), who("evaluator"), date(2027, 4, 30), 6)


def test_a_veto_fails_whatever_the_score_and_the_organizations_are_heard(app: Flask, hands: Hands) -> None:
    round_ = world.scored(hands, upheld="转包")
    assert (round_.total_centi, round_.passed) == (9329, False)
    with pytest.raises(Unlawful) as refused:
        world.publish(round_)
    assert [f.rule for f in refused.value.findings] == ["D-13"]
    world.answer(round_, "jia")
    with pytest.raises(Unlawful):
        world.publish(round_)
    world.answer(round_, "ding")
    heard = {v["name"]: v["heard"] for v in report(round_)["vetoes"]}  # type: ignore[attr-defined]
    assert heard["转包"].startswith("甲社会工作服务中心：")
    assert heard["挪用项目资金"] == ""
    world.publish(round_)
    assert states("mid_term_pass") == ["pending", "pending"]


def test_whoever_is_silent_is_waited_for_seven_working_days(app: Flask, hands: Hands) -> None:
    round_ = world.scored(hands)  # Friday 15 January 2027
    assert actions.reply_until(round_) == date(2027, 1, 26)
    world.answer(round_, "jia")
    hands.set(at(date(2027, 1, 26)))
    with pytest.raises(OutOfOrder) as refused:
        world.publish(round_)
    assert refused.value.values["names"] == "丁长者关爱协会"
    hands.set(at(date(2027, 1, 27)))
    assert world.publish(round_).state == "published"
    with pytest.raises(OutOfOrder):
        world.publish(round_)
    with pytest.raises(OutOfOrder):
        world.answer(round_, "ding")


def test_one_reply_from_each_contractor_and_nobody_else(app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    with pytest.raises(OutOfOrder):
        world.answer(round_, "jia")
    world.fill_in(round_)
    world.submit(round_)
    world.answer(round_, "jia")
    with pytest.raises(OutOfOrder), turn(who("jia2")):
        actions.reply(round_, "再说一次", False)
    with pytest.raises(NotAllowed):
        world.answer(round_, "yi")
    with pytest.raises(Invalid), turn(who("ding")):
        actions.reply(round_, "  ", True)
    with pytest.raises(NotAllowed), turn(who("jia")):
        actions.publish(round_)


def test_before_the_scores_nothing_is_published(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    with pytest.raises(OutOfOrder):
        world.publish(round_)


# ── who may evaluate ─────────────────────────────────────────────────────────────────────────────


def tie(to: Body, **of: object) -> None:
    with turn():
        changes.add(Relation(to_body_id=to.id, **{"kind": "holding", **of}), "relation.add")


TIES: dict[str, tuple[Callable[[], None], str | None]] = {
    "holds the contractor": (lambda: tie(body("甲社会工作服务中心"), from_body_id=world.evaluator().id), "D-07"),
    "holds the buyer": (lambda: tie(body(BUYER), from_body_id=world.evaluator().id), "D-07"),
    "is held by the contractor": (
        lambda: tie(world.evaluator(), from_body_id=body("丁长者关爱协会").id), "D-06",
    ),
    "its person worked there last year": (
        lambda: tie(
            body("甲社会工作服务中心"), person_id=who("evaluator").id, kind="employed", until="2026-01-01"
        ), "D-07",
    ),
    "its person worked there long ago": (
        lambda: tie(
            body("甲社会工作服务中心"), person_id=who("evaluator").id, kind="employed", until="2023-12-31"
        ), None,
    ),
    "is tied to somebody else": (lambda: tie(body("乙社区服务中心"), from_body_id=world.evaluator().id), None),
}  # fmt: skip


@pytest.mark.parametrize("what", TIES)
def test_the_evaluator_is_independent(sqlite_app: Flask, hands: Hands, what: str) -> None:
    make, rule = TIES[what]
    make()
    if rule is None:
        assert world.assigned(hands).state == "assigned"
        return
    with pytest.raises(Unlawful) as refused:
        world.assigned(hands)
    assert rule in [f.rule for f in refused.value.findings]


def test_neither_party_evaluates_itself(sqlite_app: Flask, hands: Hands) -> None:
    hands.set(at(world.MID))
    for name in (BUYER, "甲社会工作服务中心"):
        with pytest.raises(Unlawful) as refused, turn(who("officer")):
            actions.assign(deliveries.project(), "mid_term", body(name), None, world.MID, 6)
        assert refused.value.findings[0].rule == "D-06"


def test_what_else_is_refused_at_the_assignment(sqlite_app: Flask, hands: Hands) -> None:
    project, officer = deliveries.project(), who("officer")
    hands.set(at(world.MID))
    for values, field in (
        (("later", world.evaluator(), None, world.MID, 6), "stage"),
        (("mid_term", world.evaluator(), who("expert1"), world.MID, 6), "evaluator"),
        (("mid_term", world.evaluator(), None, world.MID, 0), "months"),
        (("mid_term", world.evaluator(), None, world.MID, 8), "months"),
        (("mid_term", world.evaluator(), None, date(2027, 1, 14), 6), "due_on"),
    ):
        with pytest.raises(Invalid) as refused, turn(officer):
            actions.assign(project, *values)
        assert refused.value.field == field
    with pytest.raises(Unlawful) as unlawful, turn(officer):
        actions.assign(project, "final", world.evaluator(), None, date(2027, 7, 1), 6)
    assert unlawful.value.findings[0].rule == "D-10"
    with pytest.raises(NotAllowed), turn(who("leader")):
        actions.assign(project, "mid_term", world.evaluator(), None, world.MID, 6)


def test_one_evaluation_of_a_stage_unless_it_was_declined(app: Flask, hands: Hands) -> None:
    round_ = world.assigned(hands)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.assign(round_.project, "mid_term", world.evaluator(), None, world.MID, 6)
    with pytest.raises(Unlawful) as refused, turn(who("evaluator")):
        actions.declare(round_, "  ")
    assert refused.value.findings[0].rule == "D-06"
    with pytest.raises(Invalid), turn(who("evaluator")):
        actions.decline(round_, "")
    with turn(who("evaluator")):
        actions.decline(round_, "负责人与承接主体负责人是亲属。")
    with turn(who("officer")):
        assert actions.assign(round_.project, "mid_term", world.evaluator(), None, world.MID, 6).state == "assigned"


def test_what_waits_for_whom(sqlite_app: Flask, hands: Hands) -> None:
    def rules(name: str) -> list[str]:
        with sqlite_app.test_request_context():
            return [one.rule for one in waiting(who(name))]

    hands.set(at(date(2026, 12, 1)))
    assert rules("officer") == []
    hands.set(at(date(2027, 1, 4)))
    assert rules("officer") == ["D-10"]
    round_ = world.assigned(hands)
    assert (rules("officer"), rules("evaluator")) == ([], ["D-06"])
    with turn(who("evaluator")):
        actions.declare(round_, "无利害关系。")
    assert rules("evaluator") == ["G-13"]
    world.fill_in(round_)
    world.submit(round_)
    assert (rules("evaluator"), rules("jia"), rules("ding"), rules("officer")) == ([], ["D-13"], ["D-13"], [])
    assert (rules("yi"), rules("expert1")) == ([], [])
    world.answer(round_)
    assert (rules("jia"), rules("officer")) == ([], ["D-15"])
    world.publish(round_)
    assert rules("officer") == []
    hands.set(at(date(2027, 5, 4)))
    assert rules("officer") == ["D-10"]


def test_another_evaluators_person_sees_nothing_of_it(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.assigned(hands)
    with turn():
        other = add_person(
            name="外人", sign_in_name="other", password=first_password(), roles={"evaluator"}, place="440103",
            body=body("岭南大学社会工作系"), demonstration=True, expert_field=None,
        )  # fmt: skip
    with pytest.raises(NotAllowed), turn(other):
        actions.declare(round_, "无利害关系。")
