"""A portal with catalogue, norms and people, and two projects typed in through the actions: a large and a small one."""

import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import config
from app import create_app
from app.accounts.actions import find_person
from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.budgets import actions as budgets
from app.budgets.models import BudgetLine
from app.catalogue.actions import load_catalogue, load_norms
from app.core import access, migrations
from app.core.clock import BEIJING
from app.core.db import db, writing
from app.core.law import Unlawful
from app.core.money import parse_yuan
from app.demonstration import people
from app.plans import actions
from app.plans.models import Project
from tests import conftest_postgres
from tests.conftest import Hands, turn

HERE = Path(__file__).parent
FAMILY: dict[str, Any] = tomllib.loads((HERE / "project.toml").read_text(encoding="utf-8"))
STEPS = FAMILY["steps"]
SCHEME = (HERE / "indicators.csv").read_bytes()
MEASURES = (
    ("cases", "个案服务"), ("groups", "小组活动"), ("events", "社区活动"), ("elder_visits", "长者探访"),
    ("consultations", "来访来电咨询"),
)  # fmt: skip
NO = dict.fromkeys(range(1, 7), False)
PLAN_NO = "荔财采计〔2026〕0031号"


def seeded(kind: str, request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """A portal in *home* that knows the catalogue, the norms and the people; made once a run and copied."""
    url = ""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        template = conftest_postgres.template_database(server, "seeded", lambda to: seed(home / "t", to))
        url = conftest_postgres.fresh_database(server, template)
    else:
        shutil.copy(request.getfixturevalue("seeded_sqlite"), home / "portal.sqlite3")
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
            load_catalogue()
            load_norms()
            people.enter_people()
        db.session.remove()
        db.engine.dispose()
    return home / "portal.sqlite3"


def who(sign_in_name: str) -> Person:
    """Somebody of the demonstration."""
    found = find_person(sign_in_name)
    assert found is not None
    return found


def body(name: str) -> Body:
    """A body of the demonstration."""
    found = body_named(name)
    assert found is not None
    return found


def at(day: date, hour: int = 9) -> datetime:
    """That Beijing hour of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING).astimezone(UTC)


def purse(level: str, line: str, fen: int) -> BudgetLine:
    """A budget line of the street office with this much on it."""
    with turn(who("finance")):
        opened = budgets.open_line(buyer=body(people.BUYER), fiscal_year=2026, level=level, line=line)
        budgets.appropriate(opened, fen, paper=f"荔财预〔2026〕{level}", memo="预算批复")
    return opened


def family_purses() -> list[tuple[BudgetLine, int]]:
    """The four purses of the family service centre, appropriated."""
    sources = [(one["level"], one["line"], parse_yuan(one["amount"])) for one in FAMILY["sources"]]
    return [(purse(level, line, fen), fen) for level, line, fen in sources]


def draft_family(**changed: Any) -> Project:
    """The project's first page as project.toml has it."""
    p = FAMILY["project"]
    values = {
        "name": p["name"], "buyer": body(p["purchaser"]), "supervisor": body(p["supervisor"]), "place": p["place"],
        "fiscal_year": p["fiscal_year"], "catalogue_code": p["catalogue"], "service_class": p["kind"],
        "method": p["method"], "term_from": p["term"]["from"], "term_to": p["term"]["to"],
        "reserved": p["sme"]["reserved"], "exemption": p["sme"]["exemption"],
        "procurement_code": p["procurement_code"], "need": "为辖区家庭、青少年、长者提供社会工作服务。",
    }  # fmt: skip
    return actions.draft(**(values | changed))


def type_in(project: Project, purses: list[tuple[BudgetLine, int]]) -> Project:
    """Everything else of project.toml and indicators.csv."""
    for line, fen in purses:
        actions.add_source(project, line, fen)
    lots = [actions.add_lot(project, one["number"], one["name"], parse_yuan(one["ceiling"])) for one in FAMILY["lots"]]
    for key, name in MEASURES:
        actions.add_measure(project, key, name, lot=lots[1] if key == "elder_visits" else lots[0])
    actions.import_indicators(project, SCHEME)
    for term in FAMILY["payment"]["plan"]:
        actions.add_payment_term(project, term["on"], term["share"] * 100)
    actions.answer_checklist(project, NO)
    scoring, low = FAMILY["scoring"], FAMILY["scoring"]["low_price_review"]
    actions.set_scoring(
        project, scoring["price"], scoring["technical"], scoring["business"],
        *(round(low[key] * 100) for key in ("mean", "second", "ceiling")), FAMILY["payment"]["pass"] * 100,
    )  # fmt: skip
    return project


def family(hands: Hands) -> Project:
    """The family service centre as a draft, in which nothing is missing; the clock stands on its survey's day."""
    hands.set(at(STEPS["appropriated"]))
    purses = family_purses()
    hands.set(at(STEPS["need_survey"]))
    with turn(who("officer")):
        project = type_in(draft_family(), purses)
    return project


def prepared(project: Project, hands: Hands) -> Project:
    """Every preparation on its day."""
    for kind in ("need_survey", "public_comment", "ex_ante_assessment", "intention"):
        hands.set(at(STEPS[kind]))
        with turn(who("officer")):
            actions.prepare(project, kind, STEPS[kind], subjects=12 if kind == "need_survey" else None)
    return project


def reviewed(project: Project, hands: Hands, day: date = STEPS["reviewed"]) -> Project:
    """Submitted and approved on one day, with the plan's number filed after."""
    hands.set(at(day))
    with turn(who("officer")):
        actions.submit(project)
    with turn(who("approver")):
        actions.approve(project)
    with turn(who("officer")):
        actions.edit(project, plan_no=PLAN_NO)
    return project


def small(hands: Hands, method: str = "consultation", fen: int = 48_000_000, **changed: Any) -> Project:
    """Another shape: a consultation, one lot, one purse, two instalments, no measure that is counted by month."""
    line = purse("district", "2081006", fen * 3)
    with turn(who("officer")):
        project = draft_family(
            **{
                "name": "长者饭堂助餐配送服务", "catalogue_code": "A0402", "method": method,
                "method_ground": "service_purchase", "term_from": date(2026, 9, 1), "term_to": date(2027, 8, 31),
            }
            | changed
        )  # fmt: skip
        actions.add_source(project, line, fen)
        actions.add_lot(project, 1, "助餐配送", fen)
        for level1, name, weight in (
            ("产出", "配送份数", 6000),
            ("效益", "准时率", 2500),
            ("过程", "食品安全巡查", 1500),
        ):
            actions.add_indicator(
                project, level1=level1, level2="", level3=name, unit="份", target="100", weight_centi=weight,
                kind="quantity", evidence="签收记录",
            )  # fmt: skip
        actions.add_payment_term(project, "signing", 3000)
        actions.add_payment_term(project, "final_pass", 7000)
        actions.answer_checklist(project, NO)
        actions.set_scoring(project, price=20, technical=50, business=30)
    return project


@contextmanager
def refused(*rules: str) -> Iterator[None]:
    """What is done inside is barred, and exactly these rows of the rulebook bar it."""
    with pytest.raises(Unlawful) as caught:
        yield
    assert sorted({one.rule for one in caught.value.findings if one.bars}) == sorted(rules)
