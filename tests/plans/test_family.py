"""The family service centre, typed in, submitted and approved; and what the rules say when something is wrong."""

from datetime import date

import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.core import changes, log
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import demand
from app.plans import actions, checks, queries
from tests.conftest import Hands, turn
from tests.plans import world
from tests.plans.world import STEPS, at, refused, who


def test_the_family_service_centre_from_draft_to_approved(app: Flask, hands: Hands) -> None:
    project = world.prepared(world.family(hands), hands)
    assert project.number == "440103-01-2026-00001"
    parts = queries.contents(project)
    assert (parts.budget_fen, parts.ceiling_fen) == (300_000_000, 300_000_000)
    assert (len(parts.sources), len(parts.lots), len(parts.indicators), len(parts.preparations)) == (4, 2, 22, 4)
    assert sum(one.weight_centi for one in parts.indicators) == 10_000
    assert {one.measure for one in parts.indicators if one.measure} == {key for key, _ in world.MEASURES}
    growing = {one.level3 for one in parts.indicators if one.accumulates}
    assert growing == {name for _, name in world.MEASURES} | {"志愿者骨干培育"}
    warnings = demand(checks.findings(checks.case(project)))
    assert [one.rule for one in warnings] == ["A-24"]
    world.reviewed(project, hands)
    assert (project.state, project.approved_at) == ("approved", at(STEPS["reviewed"]))
    assert [e.action for e in log.entries_of(project.public_id)] == [
        "project.draft", "project.edit", "project.submit", "project.approve", "project.edit",
    ]  # fmt: skip


def test_a_small_consultation_goes_the_same_way(app: Flask, hands: Hands) -> None:
    project = world.small(hands)
    assert project.number == "440103-06-2026-00001"
    with turn(who("officer")):
        actions.submit(project)
    with turn(who("leader")):
        actions.approve(project)
    assert queries.contents(project).budget_fen == 48_000_000


WRONG = {
    "checklist": (lambda p: actions.answer_checklist(p, {3: True}), "A-07"),
    "catalogue": (lambda p: actions.edit(p, catalogue_code="A9999"), "A-09"),
    "catalogue level": (lambda p: actions.edit(p, catalogue_code="A10"), "A-09"),
    "term": (lambda p: actions.edit(p, term_to=date(2027, 7, 1)), "A-17"),
    "quotation": (lambda p: actions.edit(p, method="quotation"), "B-05", "B-07"),
    "no ground": (lambda p: actions.edit(p, method="negotiation"), "B-03"),
    "no exemption": (lambda p: actions.edit(p, exemption=None), "B-112"),
    "scores": (lambda p: actions.set_scoring(p, 10, 55, 34), "G-09"),
    "price too light": (lambda p: actions.set_scoring(p, 9, 56, 35), "B-50"),
    "low price": (lambda p: actions.set_scoring(p, 10, 55, 35, 66), "B-55"),
    "weights 99": (lambda p: actions.drop(_named(p, "志愿者骨干培育")), "G-08"),
    "no lots": (lambda p: [actions.drop(one) for k in ("measures", "lots") for one in _free(p, k)], "G-06"),
    "sources short": (lambda p: actions.drop(queries.contents(p).sources[-1]), "G-06"),
    "no sources": (lambda p: [actions.drop(one) for one in queries.contents(p).sources], "A-09", "G-06"),
    "instalments": (lambda p: actions.drop(queries.contents(p).terms[-1]), "G-07"),
}


def _named(project, name):  # type: ignore[no-untyped-def]
    return next(one for one in queries.contents(project).indicators if one.level3 == name)


def _free(project, kind):  # type: ignore[no-untyped-def]
    for one in queries.contents(project).indicators:
        if one.measure:
            changes.amend(one, "project.edit", measure="")
    return getattr(queries.contents(project), kind)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_barred_by_its_rule(sqlite_app: Flask, hands: Hands, wrong: str) -> None:
    project = world.family(hands)
    spoil, *rules = WRONG[wrong]
    if wrong in ("quotation", "no ground"):  # 3 million is below Guangdong's threshold: only the ground is missing
        rules = [rule for rule in rules if rule != "B-07"]
    with turn(who("officer")):
        spoil(project)
    with refused(*rules), turn(who("officer")):
        actions.submit(project)
    assert project.state == "draft"


def test_an_empty_draft_is_told_everything_that_is_missing(sqlite_app: Flask, hands: Hands) -> None:
    with turn(who("officer")):
        project = world.draft_family(exemption=None)
    with refused("A-07", "A-09", "B-110", "G-06", "G-07", "G-08", "G-09", "B-50"), turn(who("officer")):
        actions.submit(project)


def test_three_years_need_five_flags(sqlite_app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    flags = ("budget_assured", "content_fixed", "continuous", "funding_stable")
    with turn(who("officer")):
        actions.edit(project, term_to=date(2029, 6, 30), term_flags=flags)
    with refused("A-17"), turn(who("officer")):
        actions.submit(project)
    with turn(who("officer")):
        actions.edit(project, term_flags=(*flags, "price_stable"))
        actions.submit(project)
    assert project.term_flags.split() == [*flags, "price_stable"]


def test_another_method_above_the_threshold_needs_consent_then_approval(sqlite_app: Flask, hands: Hands) -> None:
    project = world.small(hands, fen=500_000_000)
    hands.set(at(date(2026, 3, 2)))
    for kind in ("method_consent", "method_approval"):
        with refused("B-07"), turn(who("officer")):
            actions.submit(project)
        with turn(who("officer")):
            actions.prepare(project, kind, date(2026, 3, 2), detail="粤财采〔2026〕5号")
    with turn(who("officer")):
        actions.submit(project)


def test_purchases_split_to_stay_below_the_threshold_are_summed(sqlite_app: Flask, hands: Hands) -> None:
    first = world.small(hands, fen=210_000_000)
    with turn(who("officer")):
        actions.submit(first)
    line = queries.contents(first).sources[0].budget_line
    with turn(who("officer")):
        second = world.draft_family(
            name="助餐二期", catalogue_code="A0402", method="consultation", method_ground="service_purchase"
        )
        actions.add_source(second, line, 200_000_000)
    found = [one for one in checks.findings(checks.case(second)) if one.rule == "B-12"]
    assert [one.values["count"] for one in found] == [2]
    with turn(who("officer")):
        actions.drop(queries.contents(second).sources[0])
        actions.add_source(second, line, 190_000_000)
    assert not [one for one in checks.findings(checks.case(second)) if one.rule == "B-12"]


def test_whoever_drafted_may_not_review(app: Flask, hands: Hands) -> None:
    with turn():
        both = accounts.add_person(
            name="两职一身", sign_in_name="both", password="Long-enough-7731", roles={"officer", "approver"},
            body=world.body(world.people.BUYER), place="440103007",
        )  # fmt: skip
    project = world.family(hands)
    with turn(both):
        actions.edit(project, need="补充了需求。")
        actions.submit(project)
    with refused("B-18"), turn(both):
        actions.approve(project)
    with pytest.raises(NotAllowed), turn(who("officer")):
        actions.approve(project)
    with turn(who("approver")):
        actions.approve(project)


def test_review_sends_back_and_only_a_draft_is_edited(app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    with turn(who("officer")):
        actions.submit(project)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.add_lot(project, 3, "第三包", 100)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.edit(project, name="另一个名称")
    with pytest.raises(Invalid), turn(who("approver")):
        actions.send_back(project, "  ")
    with turn(who("approver")):
        actions.send_back(project, "请补充需求说明。")
    assert (project.state, project.review_note) == ("draft", "请补充需求说明。")
    with turn(who("officer")):
        actions.edit(project, method="consultation", method_ground="service_purchase")
    assert project.number == "440103-06-2026-00001"
    with turn(who("officer")):
        assert world.draft_family().number == "440103-01-2026-00002"


def test_only_the_leader_cancels_and_gives_a_reason(app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    with pytest.raises(NotAllowed), turn(who("officer")):
        actions.cancel(project, "不办了")
    with turn(who("leader")):
        actions.cancel(project, "任务取消")
    assert (project.state, project.review_note) == ("cancelled", "任务取消")
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.prepare(project, "intention", date(2026, 2, 1))
