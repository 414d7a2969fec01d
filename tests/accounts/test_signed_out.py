"""A signed-out person posting: a clear answer, what was typed kept, the refusal in the log; on both databases."""

from flask import Flask

from app.accounts.queries import people_with
from app.budgets.queries import lines_for
from app.core import log, security
from app.core.access import KEEPER
from app.demonstration import people
from tests.conftest import turn
from tests.http import client_as

TYPED = {
    "fiscal_year": "2026", "level": "city", "line": "2080208", "name": "", "amount": "1,000.00", "paper": "批复1号",
    "once": "once-1",
}  # fmt: skip


def test_what_was_typed_is_kept_and_can_be_sent_after_signing_in(app: Flask) -> None:
    with turn():
        people.enter_people()
    before = log.size()
    refused = app.test_client().post("/budgets/new", data=TYPED)
    assert refused.status_code == 401
    for name, value in TYPED.items():
        assert f'name="{name}" value="{value}"' in refused.text
    kept = security.refusals(1)[0]
    assert (kept.method, kept.path, kept.status, kept.actor) == ("POST", "/budgets/new", 401, "public")
    assert log.size() == before
    finance = people_with("finance_officer")[0]
    client = client_as(app, finance)
    first = client.post("/budgets/new", data=TYPED)
    assert first.status_code == 303
    again = client.post("/budgets/new", data=TYPED)
    assert (again.status_code, again.location) == (303, first.location)
    assert [line.appropriated_fen for line in lines_for(finance)] == [100_000]
    other = client.post("/budgets/new", data={**TYPED, "amount": "2,000.00"})
    assert other.status_code == 422
    assert 'value="2,000.00"' in other.text
    assert [line.appropriated_fen for line in lines_for(KEEPER)] == []
