"""Signing in, time-outs, the lock-out that says nothing, passwords and second factors; on both databases."""

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import actions, passwords, sessions
from app.accounts.models import Person, Session
from app.core import clock, log, security, vault
from app.core.db import db
from tests.conftest import turn
from tests.http import client_as

PASSWORD = "Open-Sesame-88"


@pytest.fixture
def officer(app: Flask) -> Person:
    with turn():
        body = actions.add_body(name="逢源街道办事处", kind="sub_district")
        return actions.add_person(
            name="林晓彤", sign_in_name="officer", password=PASSWORD, roles={"officer"}, body=body
        )


def enter(client: FlaskClient, name: str, password: str, code: str = ""):
    return client.post("/sign-in", data={"name": name, "password": password, "code": code})


def test_a_person_signs_in_and_out_and_the_log_says_so(app: Flask, officer: Person) -> None:
    client = app.test_client()
    assert enter(client, "officer", PASSWORD).location == "/desk"
    assert "林晓彤" in client.get("/account").text
    client.post("/sign-out", data={})
    assert client.get("/account").status_code == 401
    actions_logged = [e.action for e in log.since(0)]
    assert actions_logged[-2:] == ["session.sign_in", "session.sign_out"]


def test_every_failure_reads_the_same_and_locks_whoever_it_was(app: Flask, officer: Person) -> None:
    client = app.test_client()
    for name in ("officer", "nobody-has-this-name"):
        texts = {
            re.sub(r'(value|content)="[^"]*"', "", enter(client, name, "Wrong-Password-1").text.replace(name, ""))
            for _ in range(6)
        }
        assert len(texts) == 1
        assert passwords.locked(name)
    refused = enter(client, "officer", PASSWORD)
    assert refused.status_code == 422
    assert 'value="officer"' in refused.text
    assert security.refusals(1)[0].path == "/sign-in"


def test_a_wrong_code_is_refused_and_a_code_works_once(app: Flask, officer: Person) -> None:
    secret = pyotp.random_base32()
    with turn(officer):
        officer.totp_secret = vault.close(secret.encode())
    code = pyotp.TOTP(secret).at(clock.machine_now())
    assert enter(app.test_client(), "officer", PASSWORD, "000000").status_code == 422
    assert enter(app.test_client(), "officer", PASSWORD, code).status_code == 303
    assert enter(app.test_client(), "officer", PASSWORD, code).status_code == 422


def test_production_insists_on_the_second_factor(app: Flask, officer: Person) -> None:
    with turn(officer):
        officer.totp_secret = vault.close(pyotp.random_base32().encode())
    app.config["PRODUCTION"] = True
    assert enter(app.test_client(), "officer", PASSWORD).status_code == 422


def test_idle_and_old_sessions_end(app: Flask, officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    client, start = client_as(app, officer), clock.machine_now()
    monkeypatch.setattr(clock, "machine_now", lambda: start + sessions.IDLE - sessions.TOUCH)
    assert client.get("/account").status_code == 200
    monkeypatch.setattr(clock, "machine_now", lambda: start + 3 * sessions.IDLE)
    assert client.get("/account").status_code == 401


def test_changing_the_password_ends_other_sessions(app: Flask, officer: Person) -> None:
    mine, other = client_as(app, officer), client_as(app, officer)
    weak = mine.post("/account/password", data={"old": PASSWORD, "password": "weak", "again": "weak"})
    assert weak.status_code == 422
    assert (
        mine.post(
            "/account/password", data={"old": PASSWORD, "password": "New-Secret-77", "again": "New-Secret-77"}
        ).status_code
        == 303
    )
    assert mine.get("/account").status_code == 200
    assert other.get("/account").status_code == 401


def test_nobody_ends_somebody_elses_session(app: Flask, officer: Person) -> None:
    with turn():
        other = actions.add_person(name="黄", sign_in_name="huang", password=PASSWORD, roles={"registrar"}, body=None)
    client_as(app, officer)
    number = db.session.scalar(select(Session.id))
    assert client_as(app, other).post(f"/account/sessions/{number}/end", data={}).status_code == 404
    assert db.session.get(Session, number).ended_at is None
