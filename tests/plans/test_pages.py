"""The family service centre typed in through the pages, each step on its day; who sees what; and what is refused."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app.accounts import actions as accounts
from app.core import log, security
from app.core.db import db
from app.core.money import parse_yuan, yuan
from app.plans import actions, queries
from app.plans.models import Project
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans import world
from tests.plans.world import FAMILY, STEPS, at, who

SECTIONS = (
    "basics", "sources", "lots", "measures", "indicators", "indicators/new", "payment", "checklist", "scoring", "sme",
    "preparations", "filing",
)  # fmt: skip


def form_of(client: FlaskClient, url: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return dict(re.findall(r'name="(once|version)"[^>]*value="([^"]*)"', page.text))


def send(client: FlaskClient, address: str, expect: int = 303, **fields: Any) -> Any:
    """Open the page and send its form."""
    answer = client.post(address, data=form_of(client, address) | fields, content_type="multipart/form-data")
    assert answer.status_code == expect, (
        address,
        answer.status_code,
        re.findall(r"<li>.*?</li>", answer.text, re.S)[:6],
    )
    return answer


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database inside."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def basics() -> dict[str, Any]:
    """project.toml's first page as it is typed."""
    p = FAMILY["project"]
    return {
        "name": p["name"], "supervising": world.body(p["supervisor"]).public_id, "place": "440103",
        "fiscal_year": p["fiscal_year"], "catalogue_code": p["catalogue"], "service_class": p["kind"],
        "method": p["method"], "method_ground": "", "need": "为辖区家庭、青少年、长者提供社会工作服务。",
        "term_from": p["term"]["from"].isoformat(), "term_to": "2027年6月30日", "procurement_code": "", "plan_no": "",
    }  # fmt: skip


def test_the_whole_project_through_the_pages(sqlite_app: Flask, hands: Hands) -> None:
    hands.set(at(STEPS["appropriated"]))
    purses = world.family_purses()
    hands.set(at(STEPS["need_survey"]))
    officer = client_as(sqlite_app, who("officer"))
    home = send(officer, "/plans/new", **basics()).location
    lines = queries.purses(db.session.scalar(select(Project)))  # type: ignore[arg-type]
    keys = {one.id: key for key, one in lines.items()}
    for line, fen in purses:
        send(officer, f"{home}/sources", budget_line=keys[line.id], amount=yuan(fen))
    for lot in FAMILY["lots"]:
        send(officer, f"{home}/lots", number=lot["number"], name=lot["name"], ceiling=f"{lot['ceiling']}元")
    for key, name in world.MEASURES:
        send(officer, f"{home}/measures", key=key, name=name, lot="")
    send(officer, f"{home}/indicators", file=(io.BytesIO(world.SCHEME), "indicators.csv"))
    for term in FAMILY["payment"]["plan"]:
        send(officer, f"{home}/payment", condition=term["on"], share=term["share"])
    items = ("not_duty", "government_itself", "goods_or_works", "financing", "staff", "barred_by_law")
    send(officer, f"{home}/checklist", **{f"negative_{one}": "no" for one in items})
    send(
        officer, f"{home}/scoring", price=10, technical=55, business=35, low_price_mean=50, low_price_second=50,
        low_price_ceiling=45, pass_mark=60,
    )  # fmt: skip
    send(officer, f"{home}/sme", reserved="no", sme_exemption="policy_social_organizations")
    for kind in ("need_survey", "public_comment", "ex_ante_assessment", "intention"):
        hands.set(at(STEPS[kind]))
        send(
            officer, f"{home}/preparations", kind=kind, day=STEPS[kind].isoformat(), detail="已完成",
            subjects="12" if kind == "need_survey" else "", url="",
            file=(io.BytesIO(b"%PDF-1.7 report"), "report.pdf") if kind == "need_survey" else (io.BytesIO(b""), ""),
        )  # fmt: skip
    hands.set(at(STEPS["reviewed"]))
    assert "可以继续" in officer.get(f"{home}/submit").text
    send(officer, f"{home}/submit")
    approver = client_as(sqlite_app, who("approver"))
    assert "复核项目" in approver.get("/desk").text
    send(approver, f"{home}/approve")
    send(officer, f"{home}/filing", plan_no=world.PLAN_NO, procurement_code="C050301")
    project = db.session.scalar(select(Project))
    assert project is not None
    parts = queries.contents(project)
    assert (project.state, project.number, project.plan_no) == ("approved", "440103-01-2026-00001", world.PLAN_NO)
    assert (parts.budget_fen, parts.ceiling_fen) == (parse_yuan("300万元"), parse_yuan("300万元"))
    assert [one.condition for one in parts.terms] == ["signing", "mid_term_pass", "final_pass"]
    survey = parts.preparations[0]
    assert officer.get(f"{home}/evidence/{survey.public_id}").data == b"%PDF-1.7 report"
    moves = [e.action for e in log.entries_of(project.public_id) if e.action.split(".")[1] in ("submit", "approve")]
    assert moves == ["project.submit", "project.approve"]


def test_every_page_is_drawn_in_both_languages(sqlite_app: Flask, hands: Hands) -> None:
    project = world.prepared(world.family(hands), hands)
    officer = client_as(sqlite_app, who("officer"))
    pages = ["/plans", "/plans/new", f"/plans/{project.public_id}", f"/plans/{project.public_id}/print"]
    pages += [f"/plans/{project.public_id}/{one}" for one in (*SECTIONS, "submit")]
    lot = queries.contents(project).lots[0]
    pages.append(f"/plans/{project.public_id}/drop/lots/{lot.public_id}")
    for url in pages:
        assert officer.get(url).status_code == 200, url
    for name, steps in (("approver", ("approve", "send-back")), ("leader", ("cancel",))):
        with turn(who("officer")):
            if project.state == "draft":
                actions.submit(project)
        for step in steps:
            assert client_as(sqlite_app, who(name)).get(f"/plans/{project.public_id}/{step}").status_code == 200


def test_who_sees_a_project(sqlite_app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    url = f"/plans/{project.public_id}"
    seen = {"officer": 200, "approver": 200, "supervisor": 200, "admin": 200, "jia": 403, "registrar": 403, None: 401}
    for name, status in seen.items():
        client = client_as(sqlite_app, who(name) if name else None)
        assert client.get(url).status_code == status, name
    with turn():
        other = accounts.add_person(
            name="外单位经办人", sign_in_name="other", password="Long-enough-7731", roles={"officer", "leader"},
            body=world.body("广州市荔湾区民政局"), place="440103",
        )  # fmt: skip
    stranger = client_as(sqlite_app, other)
    assert stranger.get(url).status_code == 404
    assert project.name not in stranger.get("/plans").text
    for step in ("lots", "submit", "cancel"):
        assert stranger.post(f"{url}/{step}", data={"reason": "x"}).status_code == 403, step
    auditor = client_as(sqlite_app, who("supervisor"))
    assert auditor.get(f"{url}/lots").status_code == 403
    assert project.name in auditor.get("/plans").text


def test_a_refused_form_keeps_what_was_typed_and_names_the_rule(sqlite_app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    url = f"/plans/{project.public_id}"
    officer = client_as(sqlite_app, who("officer"))
    with turn(who("officer")):
        actions.edit(project, exemption=None)
    answer = send(officer, f"{url}/submit", expect=422)
    assert "B-112" in answer.text
    assert "B-112" in security.refusals(1)[0].rules.split()
    answer = send(officer, f"{url}/lots", expect=422, number=1, name="又一个第一包", ceiling="1000")
    assert "又一个第一包" in answer.text
    answer = send(officer, f"{url}/preparations", expect=422, kind="intention", day="2027-01-01", detail="记错了日子")
    assert "记错了日子" in answer.text
    bad = world.SCHEME.replace("个案服务,个,120,8".encode(), "个案服务,个,零,8".encode())
    answer = send(officer, f"{url}/indicators", expect=422, file=(io.BytesIO(bad), "x.csv"))
    assert "第 9 行" in answer.text
    answer = send(officer, f"{url}/indicators", expect=200, file=(io.BytesIO(b""), ""))
    assert "govuk-error-summary" in answer.text
    assert len(queries.contents(project).indicators) == 22


def test_a_second_click_gets_the_first_answer_and_nobody_overwrites(sqlite_app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    url = f"/plans/{project.public_id}/lots"
    officer = client_as(sqlite_app, who("officer"))
    typed = form_of(officer, url) | {"number": "7", "name": "第七包", "ceiling": "1"}
    first, second = officer.post(url, data=typed), officer.post(url, data=typed)
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, url)
    assert [one.number for one in queries.contents(project).lots] == [1, 2, 7]
    stale = form_of(officer, f"/plans/{project.public_id}/basics")
    with turn(who("officer")):
        actions.edit(project, need="别人先改了。")
    answer = officer.post(f"/plans/{project.public_id}/basics", data=stale | basics())
    assert answer.status_code == 409


def test_a_struck_out_part_is_gone_and_its_number_free(app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    officer = client_as(app, who("officer"))
    lot = queries.contents(project).lots[1]
    gone = f"/plans/{project.public_id}/drop/lots/{lot.public_id}"
    assert "还在使用它" in send(officer, gone, expect=422).text
    with turn(who("officer")):
        extra = actions.add_lot(project, 3, "第三包", 100)
    gone = f"/plans/{project.public_id}/drop/lots/{extra.public_id}"
    send(officer, gone)
    assert officer.get(gone).status_code == 404
    send(officer, f"/plans/{project.public_id}/lots", number=3, name="新的第三包", ceiling="5")
    assert [(one.number, one.name) for one in queries.contents(project).lots][2] == (3, "新的第三包")


def test_the_list_filters_and_pages_by_key(app: Flask, hands: Hands) -> None:
    with turn(who("officer")):
        made = [world.draft_family(name=f"项目{n:02d}") for n in range(5)]
    person = who("officer")
    first, key = queries.projects_for(person, limit=2)
    second, last = queries.projects_for(person, limit=2, after=key)
    third, end = queries.projects_for(person, limit=2, after=last)
    assert [row.name for row in (*first, *second, *third)] == [f"项目{n:02d}" for n in (4, 3, 2, 1, 0)]
    assert end is None
    assert [row.name for row in queries.projects_for(person, q="项目03")[0]] == ["项目03"]
    assert queries.projects_for(person, q="%")[0] == []
    assert queries.projects_for(person, q=made[0].number)[0][0].name == "项目00"
    assert queries.projects_for(person, state="approved")[0] == []
    assert queries.projects_for(person, year=2025)[0] == []
    page = client_as(app, person).get("/plans?q=项目03&state=draft&year=2026").text
    assert "项目03" in page
    assert "项目02" not in page
    assert "0.00" in page  # the budget of a draft without purses, as an amount


def test_a_page_asks_few_questions_however_many_parts_there_are(sqlite_app: Flask, hands: Hands) -> None:
    project = world.family(hands)
    officer = client_as(sqlite_app, who("officer"))
    with counted() as before:
        officer.get(f"/plans/{project.public_id}")
    with turn(who("officer")):
        for number in range(10, 25):
            actions.add_lot(project, number, f"第{number}包", 100)
    with counted() as after:
        officer.get(f"/plans/{project.public_id}")
    assert len(after) == len(before)
    assert len(before) <= 30


@pytest.mark.parametrize("day", [date(2026, 2, 3), date(2022, 1, 1)])
def test_a_preparation_has_a_plausible_day(sqlite_app: Flask, hands: Hands, day: date) -> None:
    project = world.family(hands)
    with pytest.raises(actions.Invalid) as caught, turn(who("officer")):
        actions.prepare(project, "intention", day)
    assert caught.value.field == "day"
