"""Publication, conditions and the end of a contract: what becomes due, what is withheld, and what is refused."""

import json

import pytest
from flask import Flask

from app.agreements import actions, checks
from app.agreements.conditions import settlement_clause
from app.budgets.queries import commitments
from app.core import log
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from tests.agreements import world
from tests.conftest import Hands, turn
from tests.plans.world import who

REPORT = "440103-FY-2026-001-PJ-1"


def test_a_condition_makes_its_instalment_due_once(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    assert settlement_clause(agreement) == "8"
    with turn(who("officer")):
        due = actions.record_condition(agreement.project, "mid_term_pass", "中期评价 93.29 分", REPORT)
        again = actions.record_condition(agreement.project, "mid_term_pass", "中期评价 93.29 分", REPORT)
    assert ([i.order for i in due], again) == ([2], [])
    assert due[0].ground == f"中期评价 93.29 分（{REPORT}）"
    held = commitments(agreement.public_id)
    assert sum(c.accrued_fen for c in held) == 119_400_000 + 95_520_000
    with turn(who("officer")):
        kept = actions.withhold_condition(agreement.project, "final_pass", "期末评价 58.00 分", REPORT)
    assert ([i.state for i in kept], [i.state for i in agreement.instalments]) == (
        ["withheld"], ["accrued", "accrued", "withheld"],
    )  # fmt: skip
    assert sum(c.accrued_fen for c in held) == 119_400_000 + 95_520_000
    entry = [e for e in log.since(0, 10_000) if e.action == "instalment.withhold"][-1]
    assert entry.public
    assert json.loads(entry.values)["new"]["state"] == "withheld"


def test_conditions_do_not_touch_a_contract_that_is_not_in_force(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.half_signed(hands)
    with turn(who("officer")):
        assert actions.record_condition(agreement.project, "mid_term_pass", "中期评价", REPORT) == []
    world.take_effect(agreement)
    with turn(who("leader")):
        actions.terminate(agreement, "  承接主体丧失履约能力 ")
    assert (agreement.state, agreement.end_reason) == ("terminated", "承接主体丧失履约能力")
    with turn(who("officer")):
        assert actions.record_condition(agreement.project, "mid_term_pass", "中期评价", REPORT) == []
    assert [i.state for i in agreement.instalments] == ["accrued", "pending", "pending"]


def test_publication_names_its_place_and_says_when_it_is_late(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.half_signed(hands)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.publish(agreement, world.CONTRACT_URL)
    world.take_effect(agreement)
    for wrong in ("", "ccgp.gov.cn/1", "http://" + "x" * 300):
        with pytest.raises(Invalid) as refused, turn(who("officer")):
            actions.publish(agreement, wrong)
        assert refused.value.field == "medium_url"
    assert checks.before_publishing(agreement) == []
    hands.forward(days=5)  # Friday to Wednesday: the third working day
    assert [(f.rule, f.bars) for f in checks.before_publishing(agreement)] == [("B-64", False)]
    with pytest.raises(NotAllowed), turn(who("jia")):
        actions.publish(agreement, world.CONTRACT_URL)
    with turn(who("officer")):
        actions.publish(agreement, world.CONTRACT_URL)
    assert agreement.state == "published"


def test_a_contract_is_complete_when_every_instalment_is_settled(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    with pytest.raises(OutOfOrder, match="未结清"), turn(who("officer")):
        actions.complete(agreement)
    with pytest.raises(Invalid), turn(who("leader")):
        actions.terminate(agreement, " ")
