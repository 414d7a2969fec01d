"""A portal with a bureau of two registrars, committees, experts, and three organizations that may be graded or not."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import config
from app import create_app
from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.queries import body_named
from app.catalogue.actions import load_norms
from app.core import access, clock, migrations
from app.core.db import db, writing
from app.demonstration import people
from app.grading import actions, queries
from app.grading.models import GradingApplication, GradingRound, GradingSeat
from app.grading.schemes import add_scheme, load_schemes
from app.registry import actions as registry
from app.registry.models import Organization
from app.registry.queries import organization_of
from tests import conftest_postgres
from tests.conftest import turn
from tests.plans.world import who

SHORT = """
title = "荔湾区评估指标"
kind = "KIND"
jurisdiction = "440103"
edition = "2025-12"
valid_from = 2025-12-01
source = "荔民〔2025〕30号"
[[section]]
title = "基础条件"
items = [
    {title = "登记事项一致", points = 40, evidence = "登记册已有", held = "registration"},
    {title = "章程", points = 60, evidence = "章程核准文件"},
]
[[section]]
title = "内部治理"
items = [{title = "理事会履职", points = 350, evidence = "会议纪要"}]
[[section]]
title = "工作绩效"
items = [
    {title = "服务质量", points = 400, evidence = "服务记录"},
    {title = "无违法失信记录", points = 50, evidence = "登记册已有", held = "credit"},
]
[[section]]
title = "社会评价"
items = [{title = "服务对象满意度", points = 100, evidence = "满意度调查"}]
"""
PASSED = {2024: "pass", 2023: "pass"}
MEMBERS, REVIEWERS = 7, 5


def portal(kind: str, request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """A portal in *home* with this world; made once a run and copied."""
    url = ""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        template = conftest_postgres.template_database(server, "grading", lambda to: seed(home / "t", to))
        url = conftest_postgres.fresh_database(server, template)
    else:
        shutil.copy(request.getfixturevalue("grading_sqlite"), home / "portal.sqlite3")
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def seed(home: Path, url: str = "") -> Path:
    """Fill an empty database; gives the SQLite file."""
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    with made.app_context():
        migrations.upgrade()
        with access.acting(access.KEEPER), writing():
            load_norms()
            load_schemes()
            for kind in ("service", "association"):
                add_scheme(SHORT.replace("KIND", kind))
            people.enter_people()
            people.register_suppliers()
            for key in ("jia", "yi", "ding"):
                registry.amend(organization(key), established_on=date(2020, 5, 1))
            bureau = body_named(people.BUREAU)
            _person("head", "罗局长", "leader", bureau)
            for number in range(1, MEMBERS + REVIEWERS + 1):
                _person(f"member{number}", f"委员{number}", "approver", body_named("岭南大学社会工作系"))
        db.session.remove()
        db.engine.dispose()
    return home / "portal.sqlite3"


def organization(key: str) -> Organization:
    """The organization of a demonstration supplier."""
    body = body_named(people.SUPPLIERS[key][0])
    found = organization_of(body) if body else None
    assert found is not None
    return found


def members() -> tuple[list[Person], list[Person]]:
    """Who sits on the evaluation committee, and who on the review committee."""
    every = [who(f"member{number}") for number in range(1, MEMBERS + REVIEWERS + 1)]
    return every[:MEMBERS], every[MEMBERS:]


def opened() -> GradingRound:
    """A round with its committees."""
    today = clock.today()
    with turn(who("registrar")):
        made = actions.open_round(
            title="2026年度社会组织评估", notice="请按时申请。", year=2026, apply_from=today,
            apply_until=date(2026, 2, 28),
        )  # fmt: skip
        actions.name_committees(made, *members())
    return made


def lines(application: GradingApplication, **more: Any) -> list[actions.Line]:
    """A whole self-assessment: full points, a word for each."""
    return [actions.Line(item, item.points, more.get("note", "见附件")) for item in application.scheme.items]


def submitted(round_: GradingRound, key: str = "jia") -> GradingApplication:
    """An application handed in."""
    with turn(who(key)):
        made = actions.begin(round_, investigated=False)
        actions.save_section(made, lines(made))
        return actions.submit(made)


def accepted(round_: GradingRound, key: str = "jia") -> GradingApplication:
    """An application accepted, with its experts drawn."""
    made = submitted(round_, key)
    with turn(who("registrar")):
        actions.accept(made, inspections=PASSED, source="荔民年检〔2025〕12号", investigated=False)
        actions.draw(made, 3)
    return made


def scored(seat: GradingSeat, share: int = 85) -> None:
    """An expert declares, scores every item with *share* percent and hands in."""
    with turn(seat.person):
        if seat.declared_at is None:
            actions.declare(seat)
        marks = [
            actions.Mark(i, i.points * share // 100, "核对档案", "现场查阅原件") for i in seat.application.scheme.items
        ]
        actions.save_scores(seat, marks)
        actions.hand_in(seat)


def assessed(round_: GradingRound, key: str = "jia", share: int = 85) -> GradingApplication:
    """An application that waits for the committee."""
    made = accepted(round_, key)
    for seat in queries.sitting(made):
        scored(seat, share)
    return made


def publicized(round_: GradingRound, key: str = "jia", share: int = 85) -> GradingApplication:
    """An application in its publicity period."""
    made = assessed(round_, key, share)
    for member in members()[0][:4]:
        with turn(member):
            actions.vote(made, True, "")
    with turn(who("registrar")):
        actions.conclude(made)
        actions.publicize(round_)
    return made


def _person(sign_in_name: str, name: str, role: str, body: Any) -> Person:
    return accounts.add_person(
        name=name, sign_in_name=sign_in_name, password=accounts.first_password(), roles={role}, body=body,
        place=body.place, demonstration=True,
    )  # fmt: skip
