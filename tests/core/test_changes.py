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
from app.core import changes, log, merkle
from app.core.access import PUBLIC
from app.core.db import db
from app.core.errors import SignInFirst
from app.demonstration import people
from app.places import queries as places
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
