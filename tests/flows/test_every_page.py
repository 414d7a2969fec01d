"""After the walk: every page that shows a record opens for everybody, in both languages, with a plain answer."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.core import clock
from app.core.db import Record, db
from app.core.door import ROUTES
from app.demonstration import walk
from tests.conftest import Hands
from tests.http import client_as


def _addresses(app: Flask) -> list[str]:
    """Every GET address: those without a record as they are, those with one for the first and last of its kind."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint not in ROUTES:
            continue
        if not rule.arguments:
            found.append(rule.rule)
        model = ROUTES[rule.endpoint][1]
        if model is not None and rule.arguments == {"id"}:
            found += [rule.rule.replace("<id>", one) for one in _ids(model)]
    return sorted(found)


def _ids(model: type[Record]) -> list[str]:
    ids = list(db.session.scalars(select(model.public_id).order_by(model.id)))
    return sorted({ids[0], ids[-1]}) if ids else []


def test_every_page_opens(
    sqlite_app: Flask, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "use", lambda source: None)
    (tmp_path / "keyholders").mkdir()

    def move(moment: datetime) -> None:
        hands.set(moment)

    walk.whole(lambda line: None, move=move, keys=tmp_path / "keyholders")
    sqlite_app.config["PROPAGATE_EXCEPTIONS"] = False
    broken = []
    names = ("officer", "leader", "finance", "registrar", "jia", "expert1", "evaluator", "key1", "supervisor", "admin")
    people = [None, *db.session.scalars(select(Person).where(Person.sign_in_name.in_(names)))]
    for person in people:
        client = client_as(sqlite_app, person)
        for address in _addresses(sqlite_app):
            answer = client.get(address)
            if answer.status_code not in (200, 303, 401, 403, 404):
                broken.append((getattr(person, "sign_in_name", "public"), address, answer.status_code))
    assert broken == []
