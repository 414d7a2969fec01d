"""The three verbs and the log they write, on both databases; the door's first answer to a second click."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.models import Body
from app.catalogue import queries as catalogue
from app.catalogue.actions import load_catalogue, load_norms, set_calendar_day
from app.catalogue.models import NormRow
from app.core import bulk, changes, log, merkle
from app.core.access import PUBLIC
from app.core.db import db
from app.core.errors import OutOfOrder, SignInFirst
from app.demonstration import people
from app.places import queries as places
from app.places.models import Place
from tests.conftest import turn


def test_add_and_amend_write_one_entry_each(app: Flask) -> None:
    with turn():
        body = accounts.add_body(name="甲中心", kind="organization")
    with turn():
        changes.amend(body, "body.amend", address="荔湾区")
    entries = log.entries_of(body.public_id)
    assert [(e.action, e.record_version) for e in entries] == [("body.add", 1), ("body.amend", 2)]
    assert json.loads(entries[1].values)["was"] == {"address": "", "version": 1}


def test_nobody_without_a_grant_changes_anything(app: Flask) -> None:
    with pytest.raises(SignInFirst), turn(PUBLIC):
        accounts.add_body(name="甲中心", kind="organization")
    assert db.session.scalar(select(Body)) is None
    assert log.size() == 0


def test_changes_outside_a_turn_are_refused(app: Flask) -> None:
    with pytest.raises(changes.NotInATurn):
        changes.add(Body(name="x", kind="bureau"), "body.add")


def test_reference_data_and_people_load_twice_without_change(app: Flask) -> None:
    with turn():
        people.enter_places()
        load_catalogue()
        load_norms()
        people.enter_people()
    with turn():
        size = log.size()
        people.enter_places()
        assert load_catalogue() == load_norms() == 0
        assert log.size() == size
        db.session.delete(db.session.scalars(select(NormRow)).first())  # as if a later release had brought it
        db.session.flush()
        assert load_norms() == 1
    assert places.name_of("440103007001") == "广东省广州市荔湾区逢源街道逢源北"
    assert catalogue.item("A1003").name == "社会工作服务"
    assert catalogue.norms("440103").whole("tender_min_days") == 20
    tree = merkle.Tree()
    for leaf in log.leaves():
        tree.append(leaf)
    assert tree.size == log.size()


def test_a_notice_overrides_the_calendar(app: Flask) -> None:
    with turn():
        set_calendar_day(date(2027, 1, 2), True, "国办发明电〔2026〕7号")
    assert catalogue.calendar().is_workday(date(2027, 1, 2))


def test_a_mark_stands_for_one_batch_and_is_refused_a_second_time(app: Flask) -> None:
    def places_of(batch: str, code: str) -> list[Place]:
        return [Place(code=code, name=f"第{code}街道", level="street", batch=batch)]

    with turn():
        first = places_of("b1", "990101001000")
        assert changes.add_many(first, "place.import", link="batch", key="b1", owner=first[0]) == 1
    size = log.size()
    second = places_of("b1", "990101002000")
    with pytest.raises(OutOfOrder), turn():
        changes.add_many(second, "place.import", link="batch", key="b1", owner=second[0])
    assert log.size() == size
    with turn():
        third = places_of("b2", "990101002000")
        changes.add_many(third, "place.import", link="batch", key="b2", owner=third[0])
    said = json.loads(log.entries_of(third[0].public_id)[-1].values)["batch"]
    assert (said["count"], said["key"], "name" in said["columns"]) == (1, "b2", True)


def test_many_are_changed_at_once_with_an_entry_each_and_none_that_changed_meanwhile(app: Flask) -> None:
    with turn():
        bodies = [accounts.add_body(name=f"第{n}中心", kind="organization") for n in range(3)]
    size = log.size()

    def change(body: Body, version: int) -> bulk.Change:
        return bulk.Change(body.id, body.public_id, version, {"address": ""}, {"address": f"{body.name}路"})

    with turn():
        bulk.amend(Body, "body.amend", [change(body, 1) for body in bodies[:2]], public=True)
    assert [(body.address, body.version) for body in bodies] == [("第0中心路", 2), ("第1中心路", 2), ("", 1)]
    entries = list(log.since(size))
    assert [(e.action, e.record, e.record_version, e.public) for e in entries] == [
        ("body.amend", body.public_id, 2, True) for body in bodies[:2]
    ]
    assert json.loads(entries[0].values) == {
        "new": {"address": "第0中心路", "version": 2}, "was": {"address": "", "version": 1},
    }  # fmt: skip
    with pytest.raises(OutOfOrder), turn():
        bulk.amend(Body, "body.amend", [change(bodies[2], 1), change(bodies[0], 1)])
    assert (bodies[2].address, log.size()) == ("", size + 2)
    with pytest.raises(TypeError), turn():
        bulk.amend(Body, "body.amend", [bulk.Change(1, "x", 1, {"state": "a"}, {"state": "b"})])
    with pytest.raises(SignInFirst), turn(PUBLIC):
        bulk.amend(Body, "body.amend", [change(bodies[2], 1)])
