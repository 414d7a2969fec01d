"""The ledger: stages never overtake each other, every entry balances, nothing posts twice; on both databases."""

from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounts.models import Body
from app.accounts.queries import body_named, people_with
from app.budgets import actions, queries
from app.core import log
from app.core.db import db
from app.core.errors import OutOfOrder
from app.core.law import Unlawful
from app.demonstration import people
from app.rules.contracting import instalments_by_source
from tests.conftest import turn


def _lines(amounts: list[int]) -> tuple[Body, list[object]]:
    with turn():
        people.enter_people()
    buyer = body_named(people.BUYER)
    finance = people_with("finance_officer")[0]
    with turn(finance):
        lines = [
            actions.open_line(buyer=buyer, fiscal_year=2026, level=level, line=line)
            for level, line in zip(("city", "district", "sub_district"), ("2080208", "2080208", "2080299"), strict=True)
        ][: len(amounts)]
        for line, fen in zip(lines, amounts, strict=True):
            actions.appropriate(line, fen, paper="批复1号", memo="批复1号")
    return buyer, lines


def test_a_contract_goes_through_the_ledger_and_reads_back_from_the_log(app: Flask) -> None:
    _, lines = _lines([100_000, 70_001, 9])
    weights = [(line, line.appropriated_fen) for line in lines]
    leader, finance = people_with("leader")[0], people_with("finance_officer")[0]
    rows = instalments_by_source(150_003, [50, 40, 10], [w for _, w in weights])
    with turn(leader):
        held = actions.commit("c1", 150_003, weights, memo="合同")
        actions.accrue("c1", rows[0], source="i1", memo="首期")
    with turn(finance):
        actions.pay("c1", rows[0], source="p1", memo="支付首期")
    assert sum(c.committed_fen for c in held) == 150_003
    assert sum(c.paid_fen for c in queries.commitments("c1")) == sum(rows[0])
    for line in lines:
        b = queries.balance(line)
        assert sum(b.values()) == 0
        assert b.get("paid", 0) == line.paid_fen
    kinds = [e.action for e in log.since(0, 2000) if e.table == "journal"]
    assert kinds[-3:] == ["ledger.commit", "ledger.accrue", "ledger.pay"]


def test_nothing_posts_twice_and_nothing_beyond_its_stage(app: Flask) -> None:
    _, lines = _lines([1000])
    leader, finance = people_with("leader")[0], people_with("finance_officer")[0]
    with pytest.raises(Unlawful) as refused, turn(leader):
        actions.commit("c1", 1001, [(lines[0], 1)], memo="合同")
    assert refused.value.findings[0].rule == "A-10"
    with turn(leader):
        actions.commit("c1", 1000, [(lines[0], 1)], memo="合同")
        actions.accrue("c1", [500], source="i1", memo="首期")
    with pytest.raises(OutOfOrder), turn(leader):
        actions.accrue("c1", [500], source="i1", memo="首期")
    with pytest.raises(Unlawful) as refused, turn(finance):
        actions.pay("c1", [501], source="p1", memo="多付")
    assert refused.value.findings[0].rule == "G-05"
    assert queries.commitments("c1")[0].paid_fen == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_done_the_stages_keep_their_order(sqlite_app: Flask, data: st.DataObject) -> None:
    name = uuid4().hex[:12]
    if not people_with("leader"):
        _lines([10**9, 10**9, 10**9])
    leader, finance = people_with("leader")[0], people_with("finance_officer")[0]
    lines = queries.lines_for(finance)
    weights = data.draw(st.lists(st.integers(1, 10**6), min_size=len(lines), max_size=len(lines)))
    amount = data.draw(st.integers(1, 10**7))
    rows = instalments_by_source(amount, [50, 40, 10], weights)
    with turn(leader):
        actions.commit(name, amount, list(zip(lines, weights, strict=True)), memo="合同")
        for number, row in enumerate(rows):
            actions.accrue(name, row, source=f"{name}{number}", memo="应付")
    with turn(finance):
        for number, row in enumerate(rows[: data.draw(st.integers(0, 3))]):
            actions.pay(name, row, source=f"{name}{number}", memo="支付")
    db.session.expire_all()
    for line in lines:
        assert 0 <= line.paid_fen <= line.accrued_fen <= line.committed_fen <= line.appropriated_fen
        assert queries.balance(line).get("paid", 0) == line.paid_fen
    assert sum(c.accrued_fen for c in queries.commitments(name)) == amount
