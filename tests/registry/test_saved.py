"""Saved searches: kept for one person, what has come since they last looked, on the worklist until they look again."""

from datetime import date

import pytest
from flask import Flask

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.catalogue.actions import load_norms
from app.core import log, security
from app.core.errors import Invalid
from app.demonstration import people
from app.registry import actions, saved
from app.registry.asking import Asked
from app.registry.models import Organization
from app.registry.waiting import waiting
from app.rules.codes import make_uscc
from tests.conftest import turn
from tests.http import client_as
from tests.registry.test_register import GIVEN


@pytest.fixture
def registrar(app: Flask) -> Person:
    """Somebody who registers, with places and the law's numbers loaded."""
    with turn():
        people.enter_places()
        load_norms()
        people.enter_people()
    return people_with("registrar")[0]


def registered(registrar: Person, n: int, name: str) -> Organization:
    """Register another one."""
    with turn(registrar):
        return actions.register(**{**GIVEN, "name": name, "credit_code": make_uscc("52", "440103", f"MJL{n:05d}")})  # type: ignore[arg-type]


def waits(app: Flask, person: Person) -> list[tuple[str, object]]:
    """What the worklist says of saved searches."""
    with app.test_request_context():
        return [(one.url, one.values["count"]) for one in waiting(person) if "saved" in one.url]


def test_from_the_list_to_the_worklist_and_away_again(app: Flask, registrar: Person) -> None:
    registered(registrar, 100, "甲青年中心")
    manager = people_with("manager")[0]
    client = client_as(app, manager)
    assert "/saved-searches/new?q=%E9%9D%92%E5%B9%B4" in client.get("/organizations?q=青年").text
    assert "saved-searches" not in client_as(app, None).get("/organizations?q=青年").text
    address = "/saved-searches/new?q=青年"
    missing = client.post(address, data={"name": "", "once": "a"})
    assert "请填写" in missing.text
    for _ in range(2):  # a second click saves nothing twice
        assert client.post(address, data={"name": "青年组织", "once": "b"}).status_code == 303
    (mine,) = saved.searches_of(manager)
    page = f"/saved-searches/{mine.public_id}"
    assert waits(app, manager) == []
    assert "没有新的结果" in client.get(page).text
    new = registered(registrar, 101, "乙青年中心")
    registered(registrar, 102, "丙养老中心")
    assert waits(app, manager) == [(page, 1)]
    assert "青年组织" in client.get("/desk").text
    shown = client.get(page).text
    assert new.public_id in shown
    assert "甲青年中心" not in shown
    assert client.post(page, data={"once": "c", "version": str(mine.version)}).status_code == 303
    assert client.post(page, data={"once": "d", "version": "1"}).status_code == 409
    assert waits(app, manager) == []
    assert client.post(f"{page}/drop", data={"once": "e"}).status_code == 303
    assert saved.searches_of(manager) == []
    entries = log.entries_of(mine.public_id)
    assert [e.action for e in entries] == ["saved_search.add", "saved_search.amend", "saved_search.amend"]
    assert not any(e.public for e in entries)


def test_who_newly_meets_the_conditions_is_new_however_long_registered(app: Flask, registrar: Person) -> None:
    old = registered(registrar, 100, "甲青年中心")
    with turn(registrar):
        mine = saved.save(registrar, "异常", Asked(standing="abnormal"))
    assert saved.new_since(mine).count == 0
    with turn(registrar):
        actions.enter_fact(old.body, kind="abnormal_list", since=date(2026, 1, 1), source="穗民异〔2026〕1号")
    assert [row.id for row in saved.new_since(mine).rows] == [old.id]


def test_of_very_many_only_what_was_entered_since(
    app: Flask, registrar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "KNOWN", 2)
    for n in range(4):
        registered(registrar, 100 + n, f"第{'甲乙丙丁'[n]}中心")
    with turn(registrar):
        mine = saved.save(registrar, "中心", Asked(q="中心"))
    assert saved.new_since(mine).count == 0
    new = registered(registrar, 200, "戊中心")
    assert [row.id for row in saved.new_since(mine).rows] == [new.id]


def test_others_do_not_see_it_and_nothing_is_kept_without_end(app: Flask, registrar: Person) -> None:
    with turn(registrar):
        mine = [saved.save(registrar, f"第{n}个", Asked(q="中心")) for n in range(saved.MOST)]
    for wrong in (Asked(q="中心"), Asked(), Asked(sort="name")):
        with pytest.raises(Invalid), turn(registrar):
            saved.save(registrar, "再来", wrong)
    other, nobody = client_as(app, people_with("manager")[0]), client_as(app, None)
    for path in ("", "/drop"):
        url = f"/saved-searches/{mine[0].public_id}{path}"
        assert (other.get(url).status_code, nobody.get(url).status_code) == (404, 401)
        assert (other.post(url).status_code, nobody.post(url).status_code) == (403, 401)
    assert security.refusals(1)[0].status == 401
    assert "第0个" not in other.get("/saved-searches").text
    assert nobody.get("/saved-searches").status_code == 401
    assert client_as(app, registrar).get("/saved-searches").text.count("删去") == saved.MOST
