"""A case from its finding to its end: what leads to what, who may do which step, which clock runs, what it does."""

from datetime import date

import pytest
from flask import Flask

from app import clockwork
from app.core import access, log
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.credit import actions, queries
from app.credit.models import CreditCase
from app.credit.waiting import waiting
from app.registry.standing import can_bid, facts_on
from app.reports import queries as reports
from tests.conftest import Hands, turn
from tests.credit.world import World, at


def barred(world: World, day: date) -> list[tuple[str, bool]]:
    """Rules that speak of the organization on a day, and whether they bar."""
    return [(one.finding.rule, one.finding.bars) for one in can_bid(world.body, day).reasons]


def rules(refusal: pytest.ExceptionInfo[Unlawful]) -> list[str]:
    return [finding.rule for finding in refusal.value.findings]


def found(world: World, state: str = "found") -> list[tuple[str, str]]:
    """Kind and trigger of the organization's cases in a state."""
    return sorted((one.kind, one.trigger) for one in queries.cases_of(world.body.id, (state,)))


def tick() -> None:
    """Let time do what it does."""
    clockwork.tick()


def test_the_whole_way_of_an_abnormal_entry(app: Flask, hands: Hands, world: World) -> None:
    at(hands, date(2026, 4, 13))
    case = world.find("abnormal", "party", "未设立党组织", date(2026, 4, 1))
    assert case.parties() == {"self": set()}  # nobody but registrars knows of a candidate
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.propose(case, "列入")
    assert rules(refusal) == ["C-25"]
    with turn(world.first):
        actions.notify(case)
    assert case.respond_by == date(2026, 4, 27)
    assert case.parties() == {"self": {world.body.id}}
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.hear(case, "未提出")
    assert rules(refusal) == ["C-25"]
    with pytest.raises(Unlawful) as refusal, turn(world.manager):
        actions.state(case, "有理由", hearing_asked=True)
    assert rules(refusal) == ["C-26"]  # no hearing for a list
    at(hands, date(2026, 4, 28))
    with pytest.raises(Unlawful) as refusal, turn(world.manager):
        actions.state(case, "迟到的意见")
    assert rules(refusal) == ["C-25"]
    with turn(world.first):
        actions.hear(case, "逾期未提出")
        actions.propose(case, "列入异常名录")
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.decide(case, "同意")
    assert rules(refusal) == ["G-31"]
    with turn(world.second):
        actions.send_back(case, "补充证据")
    with turn(world.first):
        actions.propose(case, "列入异常名录，证据已补充")
    with turn(world.second):
        actions.decide(case, "事实清楚")
    assert (case.state, case.enter_by) == ("decided", date(2026, 5, 8))
    assert barred(world, date(2026, 4, 28)) == []  # nothing works before it is entered
    with turn(world.first):
        actions.enter(case)
    assert barred(world, date(2026, 4, 27)) == []
    assert barred(world, date(2026, 4, 28)) == [("C-28", False)]
    assert can_bid(world.body, date(2026, 4, 28)).verdict == "warn"
    _leaves(hands, world, case)
    steps = [e.action for e in log.entries_of(case.public_id)]
    assert steps == [
        "credit.find", "credit.notify", "credit.hear", "credit.propose", "credit.send_back", "credit.propose",
        "credit.decide", "credit.enter", "credit.remove",
    ]  # fmt: skip
    assert [e.action for e in log.entries_of(case.public_id, public_only=True)] == ["credit.enter", "credit.remove"]
    assert [e.action for e in queries.history(case)] == [
        "standing.enter", "credit.enter", "standing.enter", "credit.remove",
    ]  # fmt: skip


def _leaves(hands: Hands, world: World, case: CreditCase) -> None:
    at(hands, date(2026, 6, 1))
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.remove(case, "已履行")
    assert rules(refusal) == ["C-27"]
    with turn(world.manager):
        first = actions.apply(case, "已设立党组织")
    with pytest.raises(OutOfOrder), turn(world.manager):
        actions.apply(case, "再申请一次")
    with turn(world.first):
        actions.check(first, False, "材料不全")
    with turn(world.manager):
        second = actions.apply(case, "已设立党组织，附批复")
    with turn(world.first):
        actions.check(second, True, "属实")
    assert second.remove_by == date(2026, 6, 8)
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.remove(case, "已履行")
    assert rules(refusal) == ["G-31"]
    at(hands, date(2026, 6, 5))
    with turn(world.second):
        actions.remove(case, "已履行义务")
    assert barred(world, date(2026, 6, 4)) == [("C-28", False)]
    assert barred(world, date(2026, 6, 5)) == []


def test_penalties_lead_to_lists_and_add_up(app: Flask, hands: Hands, world: World) -> None:
    world.elsewhere("warning", "警告1号", date(2026, 1, 5))
    assert found(world) == [("abnormal", "small_penalty")]
    world.elsewhere("fine", "罚款1号", date(2026, 1, 6), amount_fen=4_999_999)
    assert found(world) == [("abnormal", "small_penalty")] * 2 + [("serious", "repeated")]
    world.elsewhere("fine", "罚款2号", date(2026, 1, 7), amount_fen=5_000_000)
    assert ("serious", "large_fine") in found(world)
    before = found(world)
    with turn(access.CLOCK):
        for one in queries.penalties_of(world.body.id):
            assert actions.follow(one) == []  # found once only
    assert found(world) == before
    assert barred(world, date(2026, 1, 12)) == []  # penalties alone bar nothing
    with pytest.raises(Unlawful) as refusal:
        world.find("serious", "large_fine")
    assert rules(refusal) == ["C-26"]  # computed, never typed
    case = next(one for one in queries.cases_of(world.body.id, ("found",)) if one.trigger == "repeated")
    assert case.grounds.count("行政处罚") == 2
    with pytest.raises(Unlawful) as refusal:
        world.find("penalty", "fine", elsewhere=True, department="局", document_no="3号")
    assert rules(refusal) == ["C-25"]
    with pytest.raises(Invalid) as same:
        world.elsewhere("warning", "警告1号", date(2026, 1, 5))
    assert same.value.field == "document_no"


def test_two_years_abnormal_turn_serious_and_a_new_breach_restarts_the_clock(
    app: Flask, hands: Hands, world: World
) -> None:
    abnormal = world.listed()
    assert abnormal.entered_on == date(2026, 1, 12)
    at(hands, date(2028, 1, 11))
    tick()
    assert ("serious", "abnormal_two_years") not in found(world)
    at(hands, date(2028, 1, 12))
    tick()
    tick()
    assert found(world).count(("serious", "abnormal_two_years")) == 1
    serious = next(one for one in queries.cases_of(world.body.id, ("found",)) if one.kind == "serious")
    world.enter(world.heard(serious))
    assert abnormal.state == "removed"
    assert barred(world, date(2028, 1, 11)) == [("C-28", False)]
    assert barred(world, date(2028, 1, 12)) == [("C-28", True)]
    assert can_bid(world.body, date(2028, 1, 12)).again_on is None
    assert queries.removable_from(serious) == date(2030, 1, 12)
    at(hands, date(2029, 3, 1))
    world.elsewhere("warning", "警告9号", date(2029, 2, 1))
    assert queries.removable_from(serious) == date(2031, 2, 1)
    at(hands, date(2031, 1, 31))
    with pytest.raises(Unlawful) as refusal, turn(world.manager):
        actions.apply(serious, "已改正")
    assert (rules(refusal), refusal.value.findings[0].values["first"]) == (["C-27"], date(2031, 2, 1))
    at(hands, date(2031, 2, 1))
    with turn(world.manager):
        repair = actions.apply(serious, "已改正")
    with turn(world.second):
        actions.check(repair, True, "属实")
    with turn(world.first):
        actions.remove(serious, "满两年且未再违法")
    assert can_bid(world.body, date(2031, 2, 1)).verdict == "yes"


def test_an_entry_without_a_duty_ends_after_six_months(app: Flask, hands: Hands, world: World) -> None:
    case = world.listed("abnormal", "fundraising")
    with pytest.raises(Invalid), turn(world.manager):
        actions.apply(case, "没有义务")
    at(hands, date(2026, 7, 11))
    with pytest.raises(Unlawful), turn(world.first):
        actions.remove(case, "期满")
    at(hands, date(2026, 7, 12))
    with app.test_request_context():
        mine = [(one.label, one.due) for one in waiting(world.first) if case.number in str(one.values)]
    assert mine == [("期满移出 %(number)s：%(name)s", date(2026, 7, 17))]
    with turn(world.first):
        actions.remove(case, "期满")
    assert case.state == "removed"


def test_a_ban_ends_by_itself_on_the_day_after_its_last(app: Flask, hands: Hands, world: World) -> None:
    case = world.ban(date(2026, 1, 10), date(2026, 1, 20))
    answer = can_bid(world.body, date(2026, 1, 12))
    assert (answer.verdict, answer.again_on) == ("no", date(2026, 1, 21))
    assert barred(world, date(2026, 1, 9)) == []
    at(hands, date(2026, 1, 20))
    tick()
    assert (case.state, barred(world, date(2026, 1, 20))) == ("entered", [("B-21", True)])
    at(hands, date(2026, 1, 21))
    assert barred(world, date(2026, 1, 21)) == []  # before anybody's clock ticks
    tick()
    tick()
    assert (case.state, case.ended_on) == ("expired", date(2026, 1, 21))
    assert [e.actor for e in log.entries_of(case.public_id) if e.action == "credit.expire"] == ["clock"]


def test_bans_that_follow_one_another_are_seen_as_one(app: Flask, hands: Hands, world: World) -> None:
    world.ban(date(2026, 1, 10), date(2026, 1, 20), "1号")
    world.ban(date(2026, 1, 21), date(2026, 2, 28), "2号")
    assert can_bid(world.body, date(2026, 1, 12)).again_on == date(2026, 3, 1)
    world.listed("serious", "fraud")
    assert can_bid(world.body, date(2026, 1, 12)).again_on is None


def test_an_objection_that_is_right_ends_the_entry_and_asks_to_look_at_what_followed(
    app: Flask, hands: Hands, world: World
) -> None:
    case = world.elsewhere("warning", "警告1号", date(2026, 1, 5))
    followed = queries.cases_of(world.body.id, ("found",))[0]
    at(hands, date(2026, 1, 14))
    with turn(world.manager):
        objection = actions.object_to(case, "处罚决定已被撤销")
    assert objection.due_on == date(2026, 2, 11)
    with pytest.raises(OutOfOrder), turn(world.manager):
        actions.object_to(case, "再说一遍")
    with pytest.raises(Unlawful) as refusal, turn(world.second):
        actions.answer(objection, True, "属实")
    assert rules(refusal) == ["G-31"]  # whoever decided does not answer
    with turn(world.first):
        actions.answer(objection, True, "撤销决定属实")
    assert (case.state, objection.state) == ("corrected", "upheld")
    assert facts_on(world.body, date(2026, 1, 14)) == []
    with app.test_request_context():
        assert f"复核 {followed.number}：{world.body.name}" in [one.label % one.values for one in waiting(world.first)]
    with turn(world.second):
        actions.drop(followed, "所依据的处罚已更正")
    with pytest.raises(OutOfOrder), turn(world.first):
        actions.answer(objection, False, "改主意")


def test_a_hearing_is_asked_for_called_and_held(app: Flask, hands: Hands, world: World) -> None:
    at(hands, date(2026, 4, 13))
    case = world.find("penalty", "stop", law="《社会团体登记管理条例》第三十条", arose_on=date(2026, 4, 1))
    with turn(world.first):
        actions.notify(case)
    at(hands, date(2026, 4, 21))
    with pytest.raises(Unlawful) as refusal, turn(world.manager):
        actions.state(case, "要求听证", hearing_asked=True)
    assert rules(refusal) == ["C-26"]  # five working days end on the 20th
    at(hands, date(2026, 4, 20))
    with turn(world.manager):
        actions.state(case, "要求听证", hearing_asked=True)
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.hear(case, "已听取")
    assert rules(refusal) == ["C-26"]
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.call_hearing(case, date(2026, 4, 28), "局会议室")
    assert rules(refusal) == ["C-26"]
    with turn(world.first):
        actions.call_hearing(case, date(2026, 4, 29), "局会议室")
    at(hands, date(2026, 4, 29))
    with turn(world.first):
        actions.hear(case, "听证会上意见部分采纳")
    world.enter(case)
    assert case.fact is not None
    assert (case.fact.kind, case.fact.since, found(world)) == ("penalty", date(2026, 4, 1), [("serious", "stopped")])


def test_two_registrars_and_others(app: Flask, hands: Hands, world: World) -> None:
    case = world.find("abnormal", "unreachable", letters=[date(2025, 11, 1), date(2025, 12, 1)])
    with pytest.raises(Unlawful) as refusal:
        world.find("abnormal", "unreachable", letters=[date(2025, 11, 1)])
    assert (rules(refusal), refusal.value.findings[0].field) == (["C-25"], "second_letter_on")
    with pytest.raises(Unlawful) as refusal, turn(world.first):
        actions.drop(case, "不成立")
    assert rules(refusal) == ["G-31"]
    for who in (world.manager, world.officer, world.supervisor):
        for step in (lambda: actions.notify(case), lambda: actions.drop(case, "x")):
            with pytest.raises(NotAllowed), turn(who):
                step()
    with turn(world.second):
        actions.drop(case, "已联系上")
    for again in (lambda: actions.drop(case, "x"), lambda: actions.notify(case), lambda: actions.enter(case)):
        with pytest.raises(OutOfOrder), turn(world.second):
            again()
    other = world.heard(world.find("abnormal", "party"))
    with turn(world.first):
        actions.propose(other, "列入")
    with turn(world.second):
        actions.decide(other, "同意")
    with pytest.raises(OutOfOrder), turn(world.second):
        actions.decide(other, "再决定一次")
    with pytest.raises(NotAllowed), turn(world.stranger()):
        actions.object_to(world.enter_decided(other), "与我无关")


def test_missing_reports_are_found_once_and_by_time(app: Flask, hands: Hands, world: World) -> None:
    first_year = min((year for body, year in reports.missing(date(2030, 6, 1)) if body.id == world.body.id), default=0)
    assert first_year
    at(hands, date(first_year + 1, 5, 31))
    tick()
    assert ("abnormal", "annual_report") not in found(world)
    at(hands, date(first_year + 1, 6, 1))
    for _ in range(3):
        tick()
    assert found(world).count(("abnormal", "annual_report")) == 1
    case = next(one for one in queries.cases_of(world.body.id, ("found",)) if one.trigger == "annual_report")
    assert (case.found_by_id, case.arose_on) == (None, date(first_year + 1, 6, 1))
    with turn(world.first):  # what time found, one registrar may drop
        actions.drop(case, "已批准延期")
    at(hands, date(first_year + 1, 6, 2))
    tick()
    assert found(world).count(("abnormal", "annual_report")) == 0


def test_who_is_deregistered_cannot_bid_from_that_day(app: Flask, hands: Hands, world: World) -> None:
    from app.registry import actions as registry

    at(hands, date(2026, 3, 2))
    with turn(world.first):
        registry.deregister(world.organization)
    assert barred(world, date(2026, 3, 1)) == []
    assert barred(world, date(2026, 3, 2)) == [("B-20", True)]


def test_a_ban_may_be_corrected_before_its_last_day(app: Flask, hands: Hands, world: World) -> None:
    case = world.ban(date(2026, 1, 10), date(2026, 12, 31))
    at(hands, date(2026, 2, 2))
    with pytest.raises(Unlawful), turn(world.second):
        actions.correct(case, "决定被撤销")
    with turn(world.first):
        actions.correct(case, "决定被撤销")
    assert barred(world, date(2026, 2, 1)) == [("B-21", True)]
    assert barred(world, date(2026, 2, 2)) == []
    ahead = world.ban(date(2026, 3, 1), date(2026, 12, 31), "财罚〔2026〕2号")
    with turn(world.first):
        actions.correct(ahead, "决定被撤销")
    assert barred(world, date(2026, 3, 1)) == []
    assert can_bid(world.body, date(2026, 2, 2)).barred_from is None
