"""What happens because its time has come: every task runs, whatever another does."""

import pytest
from flask import Flask

from app import clockwork
from app.core import log
from tests.conftest import Hands, turn


def test_a_tick_signs_a_checkpoint_once(sqlite_app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "TASKS", [])
    with turn():
        log.append("test.happened", {}, actor="clock")
    assert clockwork.tick()["sign_the_checkpoint"] == 1
    assert clockwork.tick()["sign_the_checkpoint"] == 0
    signed = log.last_checkpoint()
    assert signed is not None
    assert signed.size == log.size() == 1


def test_a_failing_task_is_taken_back_and_the_others_run(
    sqlite_app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> int:
        log.append("test.half", {}, actor="clock")
        raise ZeroDivisionError

    def works() -> int:
        log.append("test.whole", {}, actor="clock")
        return 1

    monkeypatch.setattr(clockwork, "TASKS", [fails, works])
    assert clockwork.tick() == {"works": 1, "sign_the_checkpoint": 1}
    assert [one.action for one in log.since(0)] == ["test.whole"]
    signed = log.last_checkpoint()
    assert signed is not None
    assert signed.size == 1  # what this tick's own tasks wrote is signed with it
    assert "fails failed" in caplog.text
