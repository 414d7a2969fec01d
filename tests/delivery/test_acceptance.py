"""Acceptance: item by item, with the users' opinion, within the term, once for a period; on both databases."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.core import access, log
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.delivery import actions, queries
from app.delivery.models import Acceptance
from app.delivery.waiting import waiting
from tests.conftest import Hands, turn
from tests.delivery import world
from tests.plans.world import at, who

START, END = date(2026, 7, 1), date(2026, 12, 31)
GIVEN: dict[str, Any] = {
    "period_from": START, "period_to": END, "verdict": "passed", "users_asked": 12, "users_satisfied": 11,
    "users_opinion": "服务及时，希望周末多安排活动。",
}  # fmt: skip


def accept(lot: int = 1, by: str = "officer", **other: Any) -> Acceptance:
    agreement = world.agreement(lot)
    with turn(who(by)):
        items = queries.acceptance_items(agreement, START, END)
        return actions.accept(agreement, **{**GIVEN, "items": items, **other})


def test_promised_and_delivered_are_computed_whatever_is_said(app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands)
    said = [
        {**one, "delivered": "9999", "promised": "1"} for one in queries.acceptance_items(world.agreement(), START, END)
    ]
    made = accept(items=said)
    found = {i["name"]: (i["promised"], i["delivered"], i["rate_centi"], i["verdict"]) for i in made.items}
    assert found == {
        "个案服务": ("60", "57", 9500, "未达进度"), "小组活动": ("20", "23", 11500, "达到"),
        "社区活动": ("30", "26", 8667, "未达进度"), "来访来电咨询": ("1500", "1496", 9973, "未达进度"),
        "服务人次": ("–", "4971", 10000, "达到"),
    }  # fmt: skip
    assert made.report is not None
    assert made.report.bytes.startswith(b"%PDF-")
    assert queries.accepted(world.agreement(1))
    assert not queries.accepted(world.agreement(2))
    assert [e.public for e in log.entries_of(made.public_id)] == [True, True]


def test_the_users_are_heard(sqlite_app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    with pytest.raises(Unlawful) as refused:
        accept(users_opinion="  ")
    assert (refused.value.findings[0].rule, refused.value.findings[0].field) == ("B-66", "users_opinion")
    wrongs: tuple[tuple[dict[str, Any], str], ...] = (
        ({"users_satisfied": 13}, "users_satisfied"),
        ({"users_asked": 0, "users_satisfied": 0}, "users_asked"),
    )
    for other, field in wrongs:
        with pytest.raises(Invalid) as wrong:
            accept(**other)
        assert wrong.value.field == field
    assert queries.acceptances(world.agreement()) == []


def test_every_item_is_judged(sqlite_app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    items = queries.acceptance_items(world.agreement(), START, END)
    with pytest.raises(Unlawful) as refused:
        accept(items=items[1:])
    assert refused.value.findings[0].rule == "B-66"
    with pytest.raises(Unlawful):
        accept(items=[{**items[0], "verdict": ""}, *items[1:]])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 6, 30), END),
        (END, START),
        (START, date(2027, 1, 4)),
        (date(2027, 6, 1), date(2027, 7, 1)),
    ],
    ids=["before the term", "backwards", "after today", "after the term"],
)
def test_the_period_lies_in_the_term_and_is_over(sqlite_app: Flask, hands: Hands, start: date, end: date) -> None:
    world.deliver(world.HALF, hands, 1)  # the clock stands on 3 January
    with pytest.raises(Invalid) as refused:
        accept(period_from=start, period_to=end)
    assert refused.value.field == "period_to"


def test_a_period_is_accepted_once_and_put_right_before(app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    with pytest.raises(Invalid) as refused:
        accept(verdict="rectify")
    assert refused.value.field == "repair_by"
    accept(verdict="rectify", repair_by=date(2027, 1, 20), remark="补足活动记录")
    assert not queries.accepted(world.agreement())
    with app.test_request_context():
        assert [w.due for w in waiting(who("jia")) if w.rule == "B-66"] == [date(2027, 1, 20)]
    assert queries.next_period(world.agreement()) == (START, END)
    accept()
    assert queries.accepted(world.agreement())
    with app.test_request_context():
        assert [w for w in waiting(who("jia")) if w.rule == "B-66"] == []
        assert waiting(who("officer")) == []
    with pytest.raises(OutOfOrder):
        accept(period_from=END)
    assert queries.next_period(world.agreement()) == (date(2027, 1, 1), date(2027, 1, 3))


def test_only_the_buyers_officer_accepts(sqlite_app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    for name in ("jia", "leader", "supervisor"):
        with pytest.raises(NotAllowed):
            accept(by=name)


def test_nothing_is_accepted_of_a_contract_that_ended(sqlite_app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    from app.agreements import actions as agreements

    with turn(who("leader")):
        agreements.terminate(world.agreement(), "双方协商终止")
    with pytest.raises(OutOfOrder):
        accept()
    hands.set(at(date(2027, 2, 3)))
    with pytest.raises(OutOfOrder), turn(who("jia")):
        actions.import_sheet(world.agreement(), b"month,community\n", "x.csv")
    assert access.may(who("officer"), "acceptance.record", world.agreement())
