"""Several at once: no change is lost, the log stays one line, and one idempotency key makes one change."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from app.accounts import actions as accounts
from app.accounts.models import Body
from app.budgets import actions as budgets
from app.budgets.models import BudgetLine, Journal
from app.budgets.queries import balance
from app.core import changes, log, merkle
from app.core.db import db
from app.core.errors import OutOfOrder
from app.core.forms import new_key
from app.core.verifier import canonical, leaf_hash
from tests.conftest import turn
from tests.http import client_as

TIMES = 60


def at_once(app: Flask, *works: Callable[[], object]) -> list[object]:
    """Run each work in a thread of its own with a session of its own; all begin together."""
    together = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        with app.app_context():
            together.wait()
            try:
                return work()
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def a_line() -> BudgetLine:
    """A budget line with nothing on it."""
    with turn():
        buyer = accounts.add_body(name="街道办事处", kind="sub_district")
        person = accounts.add_person(
            name="吴会计", sign_in_name="wu", password=accounts.first_password(), roles={"finance_officer"}, body=buyer
        )
    with turn(person):
        return budgets.open_line(buyer=buyer, fiscal_year=2026, level="district", line="2081006")


def the_log_is_whole() -> None:
    """Numbered without a gap, every leaf what its envelope hashes to, the root what the leaves make, times in order."""
    entries = list(log.since(0, 10_000))
    assert [e.seq for e in entries] == list(range(log.size()))
    tree = merkle.Tree()
    for entry in entries:
        assert bytes(entry.leaf) == leaf_hash(canonical(entry.envelope()))
        tree.append(bytes(entry.leaf))
    assert tree.root() == log.root()
    assert sorted(e.at for e in entries) == [e.at for e in entries]


def test_two_who_amend_the_same_record_lose_nothing(app: Flask) -> None:
    with turn():
        public_id = accounts.add_body(name="甲中心", kind="organization", address="0").public_id
    before = log.size()

    def count_up() -> None:
        for _ in range(TIMES):
            with turn():
                body = db.session.scalars(select(Body).where(Body.public_id == public_id)).one()
                changes.amend(body, "body.amend", address=str(int(body.address) + 1))

    at_once(app, count_up, count_up)
    body = db.session.scalars(select(Body).where(Body.public_id == public_id)).one()
    assert (body.address, body.version) == (str(2 * TIMES), 2 * TIMES + 1)
    assert log.size() == before + 2 * TIMES
    told = [json.loads(e.values) for e in log.entries_of(public_id)][1:]
    assert [(one["was"]["address"], one["new"]["address"]) for one in told] == [
        (str(n), str(n + 1)) for n in range(2 * TIMES)
    ]
    the_log_is_whole()


def test_two_who_post_to_the_same_budget_line_lose_no_fen(app: Flask) -> None:
    line_id, fens = a_line().id, range(1, 21)

    def post(name: str) -> None:
        who = accounts.find_person("wu")
        assert who is not None
        for fen in fens:
            with turn(who):
                line = db.session.get_one(BudgetLine, line_id)
                budgets.appropriate(line, fen, paper=f"{name}〔2026〕{fen}", memo="预算批复")

    at_once(app, lambda: post("甲"), lambda: post("乙"))
    line = db.session.get_one(BudgetLine, line_id)
    assert line.appropriated_fen == balance(line)["available"] == 2 * sum(fens)
    the_log_is_whole()


def test_the_second_to_send_an_old_version_is_told_so(app: Flask) -> None:
    with turn():
        public_id = accounts.add_body(name="甲中心", kind="organization", address="0").public_id

    def overwrite() -> str:
        try:
            with turn():
                body = db.session.scalars(select(Body).where(Body.public_id == public_id)).one()
                changes.expect(body, 1)
                changes.amend(body, "body.amend", address="1" if body.version == 1 else "2")
        except OutOfOrder:
            return "told"
        return "done"

    assert sorted(map(str, at_once(app, overwrite, overwrite))) == ["done", "told"]
    assert db.session.scalars(select(Body.address).where(Body.public_id == public_id)).one() == "1"


def test_one_key_sent_twice_at_once_makes_one_change_and_one_answer(app: Flask) -> None:
    line = a_line()
    url, who = f"/budgets/{line.public_id}", accounts.find_person("wu")
    clients = [client_as(app, who) for _ in range(2)]
    for round_ in range(5):
        sent = {"once": new_key(), "amount": "12.34", "paper": f"荔财预〔2026〕{round_}"}

        def send(client, sent=sent) -> tuple[int, str]:  # type: ignore[no-untyped-def]
            answer = client.post(f"{url}/appropriate", data=sent)
            return answer.status_code, answer.location

        answers = at_once(app, *(lambda client=client: send(client) for client in clients))
        assert answers == [(303, url)] * 2
    line = db.session.scalars(select(BudgetLine)).one()
    assert line.appropriated_fen == 5 * 1234
    assert db.session.scalar(select(func.count()).select_from(Journal)) == 5
    the_log_is_whole()
