"""What the register does beside purchases, as the demonstration walks it, on both databases; then the log is read."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.accounts.queries import body_named
from app.core import clock, log
from app.credit.queries import cases_of
from app.demonstration import home
from app.demonstration.hands import Hands as Walker
from app.demonstration.people import SUPPLIERS
from app.demonstration.purchase import SECOND
from app.demonstration.steps import register_year
from app.grading.queries import grade_held
from app.registration.queries import certificates
from app.registry.queries import organization_of
from app.registry.standing import bidder
from app.reports.queries import results
from tests.conftest import Hands

PUBLIC = [
    "organization.register", "report.decide", "credit.enter", "standing.enter", "grading_round.open",
    "grading.publicize", "grading.decide", "organization.grade",
]  # fmt: skip


def test_a_year_of_the_register(app: Flask, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "use", lambda source: None)  # the test's hands stay on the clock
    home.prepare()
    said: list[str] = []
    register_year.walk(Walker(SECOND, said.append, hands.set, tmp_path))

    founded = body_named("广州市荔湾区逢源人家社会工作服务中心")
    assert founded is not None
    organization = organization_of(founded)
    assert organization is not None
    assert (founded.kind, founded.credit_code) == ("organization", register_year.CODE)
    assert organization.capital_fen == 5_000_000
    assert [one.state for one in certificates(organization)] == ["valid"]

    jia, ding = (body_named(SUPPLIERS[key][0]) for key in ("jia", "ding"))
    assert jia is not None
    assert ding is not None
    assert results(jia) == {2025: "basic", 2026: "pass"}
    assert [one.kind for one in cases_of(ding.id)] == ["abnormal"]
    today = bidder(ding, clock.today())
    assert (today.abnormal_list, today.serious_list) == (True, False)  # it warns, and does not bar (C-28)
    held = grade_held(jia.id)
    assert held is not None
    assert (held.grade, held.until) == (4, date(2032, 7, 27))
    graded = organization_of(jia)
    assert graded is not None
    assert graded.grade == 4

    public = [one.action for one in log.since(0, 10_000) if one.public]
    assert [one for one in PUBLIC if one not in public] == []
    assert len(said) == 8
