"""A letter's way from somebody nobody knows to a public answer, and everything that may go wrong on it."""

import json
from datetime import date

import pytest
from flask import Flask, current_app
from sqlalchemy import select, text

from app import clockwork
from app.accounts.models import Person
from app.complaints import actions
from app.complaints.models import Complaint, SentFrom
from app.complaints.subjects import GENERAL
from app.complaints.waiting import waiting as waiting_for
from app.core import log, security
from app.core.db import db
from app.core.waiting import Waiting
from app.demonstration import people
from app.registry.models import Organization
from tests.complaints import world
from tests.complaints.world import CONTACT, IDENTITY, PHONE, accept, answer, form_of, newest, post, write
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans.world import at, body, who

SECRETS = (PHONE, IDENTITY, CONTACT, "王小明")


@pytest.fixture
def organization(app: Flask) -> Organization:
    return world.registered()


@pytest.fixture
def second(app: Flask) -> Person:
    return world.second()


def test_from_the_letter_to_the_answer_and_the_verdict(
    app: Flask, organization: Organization, second: Person, hands: Hands
) -> None:
    public = client_as(app, None)
    sent = write(public, hands, f"organization:{organization.public_id}")
    assert sent.headers["Location"] == "/questions/written"
    one, key = newest(), world.key_of(public)
    assert (one.number, one.state, one.sort_by, one.due_on) == (
        "2026-00001", "received", date(2026, 1, 19), date(2026, 2, 2),
    )  # fmt: skip
    page = f"/questions/{one.public_id}"
    assert one.number in public.get(page).text
    assert "停课" not in public.get(page).text
    assert [w.label for w in waiting(who("registrar"))] == ["分办来信 %(number)s"]
    desk = client_as(app, who("registrar"))
    shown = desk.get(f"{page}/accept").text
    assert PHONE in shown  # as it was asked
    assert "〔已隐去〕" in shown
    assert CONTACT not in shown
    refused = accept(app, one, text=f"电话{PHONE}")
    assert refused.status_code == 422
    assert "公开的文字里有手机号码" in refused.text
    assert accept(app, one).status_code == 303
    assert "临时停课" in public.get(page).text
    assert post(app, who("jia"), one, "statement", statement="教师生病，已补课。").status_code == 303
    assert "教师生病" not in public.get(page).text
    assert post(app, who("registrar"), one, "draft", **world.ANSWER).status_code == 303
    own = post(app, who("registrar"), one, "review", verdict="publish", note="")
    assert own.status_code == 422
    assert "G-54" in own.text
    assert "已核实" not in public.get(page).text
    assert [w.label for w in waiting(second)] == ["复核来信 %(number)s 的答复"]
    assert post(app, second, one, "review", verdict="send_back", note="请写明补课时间").status_code == 303
    assert "请写明补课时间" in desk.get(f"{page}/draft").text
    assert "请写明补课时间" not in public.get(page).text
    answer(app, one, second, answer="已补课，时间为周六上午。")
    shown = public.get(page).text
    for said in ("周六上午", "服务合同第五条", "教师生病", "尚未评价"):
        assert said in shown
    follow = public.get(f"/questions/follow/{key}")
    assert PHONE in follow.text
    judged = public.post("/questions/follow", data={"key": key, "satisfied": "no"})
    assert judged.headers["Location"] == "/questions/follow"
    assert "您的评价已经公开" in public.get("/questions/follow").text
    again = public.post("/questions/follow", data={"key": key, "satisfied": "yes"})
    assert again.status_code == 422
    assert "已经评价过" in again.text
    assert "不满意" in public.get(page).text
    _nothing_personal(app, one, key)


def waiting(person: Person) -> list[Waiting]:
    """What waits for somebody, asked as the worklist page does."""
    with current_app.test_request_context():
        return waiting_for(person)


def _nothing_personal(app: Flask, one: Complaint, key: str) -> None:
    """Neither pages, nor the log, nor the tables hold in clear what the asker told; nor is the secret anywhere."""
    public = client_as(app, None)
    for url in (f"/questions/{one.public_id}", "/questions", "/questions.json", "/questions.csv",
                f"/organizations/{one.subject_id}", "/log"):  # fmt: skip
        shown = public.get(url).text
        assert [word for word in (*SECRETS, key) if word in shown] == [], url
    entries = log.entries_of(one.public_id)
    assert [e.action for e in entries if e.public] == [
        "complaint.write", "complaint.accept", "complaint.publish", "complaint.judge",
    ]  # fmt: skip
    assert {e.actor for e in entries if e.action in ("complaint.write", "complaint.judge")} == {"public"}
    kept = "\n".join(e.values for e in db.session.scalars(select(log.LogEntry)))
    assert [word for word in (*SECRETS, key) if word in kept] == []
    assert "教师生病" in next(e.values for e in entries if e.action == "complaint.respond")
    refusals = " ".join(f"{r.path} {r.reason}" for r in security.refusals())
    assert key not in refusals
    rows = db.session.execute(text("SELECT location FROM first_answer")).scalars().all()
    assert rows
    assert [row for row in rows if key in row] == []
    stored = db.session.execute(select(Complaint.asked_text, Complaint.contact)).one()
    assert PHONE.encode() not in bytes(stored[0])
    assert CONTACT.encode() not in bytes(stored[1])


def test_machines_and_floods_are_kept_out(app: Flask, hands: Hands) -> None:
    client = client_as(app, None)
    about = {"body": body(people.BUREAU).public_id}
    hidden = form_of(client, "/questions/new")
    fast = client.post("/questions/new", data=hidden | world.LETTER | about)
    assert fast.status_code == 422
    assert "提交得太快" in fast.text
    assert world.LETTER["title"] in fast.text  # what was typed is kept
    hands.forward(minutes=1)
    for wrong, said in (
        ({"website": "http://spam"}, "留给机器的"),
        ({"stamp": "forged"}, "已失效"),
        ({"body": ""}, "请选择由哪个单位答复"),
        ({"kind": "threat"}, "请从列出的选项中选择"),
        ({"text": "短"}, "至少 10 个字"),
    ):
        refused = client.post("/questions/new", data=hidden | world.LETTER | about | wrong)
        assert refused.status_code in (200, 422)
        assert said in refused.text
    assert db.session.query(Complaint).count() == 0
    first = client.post("/questions/new", data=hidden | world.LETTER | about)
    twice = client.post("/questions/new", data=hidden | world.LETTER | about)
    assert first.headers["Location"] == twice.headers["Location"]
    assert db.session.query(Complaint).count() == 1
    for _ in range(9):
        assert write(client, hands, **about).status_code == 303
    last = write(client, hands, **about)
    assert last.status_code == 422
    assert "一天最多提交 10 件" in last.text
    hidden = form_of(client, "/questions/new")
    hands.forward(minutes=1)
    other = client.post(
        "/questions/new", data=hidden | world.LETTER | about, headers={"X-Forwarded-For": "203.0.113.9"}
    )
    assert other.status_code == 303  # from another address behind the proxy
    kept = db.session.scalars(select(SentFrom)).all()
    assert sorted(row.count for row in kept) == [1, 10]
    assert all("127.0.0.1" not in row.digest and "203.0" not in row.digest for row in kept)
    assert next(r.status for r in security.refusals()) == 422
    hands.forward(days=1)
    assert write(client, hands, **about).status_code == 303
    hands.forward(days=2)
    clockwork.tick()
    assert db.session.query(SentFrom).count() == 0
    assert db.session.query(Complaint).order_by(Complaint.id.desc()).first().number == "2026-00012"  # type: ignore[union-attr]


def test_the_time_limit_passes_in_public_and_is_extended_once(
    app: Flask, organization: Organization, second: Person, hands: Hands
) -> None:
    public = client_as(app, None)
    write(public, hands, f"organization:{organization.public_id}")
    one = newest()
    accept(app, one)
    first = post(app, who("registrar"), one, "extend", reason="需要向其他部门核实")
    assert first.status_code == 303
    assert db.session.get(Complaint, one.id).due_on == date(2026, 2, 14)  # type: ignore[union-attr]  # 25 working days: a Saturday that is worked
    again = post(app, who("registrar"), one, "extend", reason="再延")
    assert again.status_code == 422
    assert "G-53" in again.text
    hands.set(at(date(2026, 2, 14), 23))
    clockwork.tick()
    assert "答复期限已过" not in public.get(f"/questions/{one.public_id}").text
    hands.set(at(date(2026, 2, 15), 1))
    clockwork.tick()
    clockwork.tick()
    shown = public.get(f"/questions/{one.public_id}").text
    assert "答复期限已过，还没有答复" in shown
    assert "需要向其他部门核实" in shown
    assert one.number in public.get("/questions?state=overdue").text
    assert "逾期" in public.get(f"/organizations/{organization.public_id}").text
    assert waiting(who("registrar"))[0].due == date(2026, 2, 14)
    noted = [e for e in log.entries_of(one.public_id) if e.action == "complaint.pass_time"]
    assert [(e.public, e.actor) for e in noted] == [(True, "clock")]
    answer(app, one, second)
    assert public.get("/questions.json").get_json()["questions"][0]["overdue"] is True
    assert public.get("/questions?state=overdue").text.count(one.public_id) == 0


def test_forwarded_refused_withdrawn(app: Flask, organization: Organization, second: Person, hands: Hands) -> None:
    public = client_as(app, None)
    street, bureau = body(people.BUYER), body(people.BUREAU)
    assert write(public, hands, body=street.public_id, kind="question").status_code == 303
    one = newest()
    assert accept(app, one).status_code == 403  # the bureau's registrar: it is the street's
    assert client_as(app, who("registrar")).get(f"/questions/{one.public_id}/accept").status_code == 404
    assert client_as(app, who("jia")).get(f"/questions/{one.public_id}/accept").status_code == 403
    assert public.get(f"/questions/{one.public_id}/accept").status_code == 401
    same = post(app, who("officer"), one, "forward", body=street.public_id, reason="转给自己")
    assert same.status_code == 422
    done = post(app, who("officer"), one, "forward", body=bureau.public_id, reason="属于登记管理事项")
    assert done.status_code == 303
    shown = public.get(f"/questions/{one.public_id}").text
    assert "属于登记管理事项" in shown
    assert accept(app, newest()).status_code == 303
    stale = form_of(client_as(app, who("registrar")), f"/questions/{one.public_id}/draft")
    post(app, who("registrar"), one, "draft", **world.ANSWER)
    late = client_as(app, who("registrar")).post(f"/questions/{one.public_id}/draft", data=stale | world.ANSWER)
    assert late.status_code == 409  # two of them at once: the second is told
    write(public, hands, body=bureau.public_id)
    two = newest()
    refusal = post(app, who("registrar"), two, "refuse", refusal="abusive", reason="")
    assert refusal.status_code == 303
    shown = public.get(f"/questions/{two.public_id}").text
    assert "侮辱、恐吓" in shown
    assert "停课" not in shown
    assert accept(app, two).status_code in (200, 409)
    write(public, hands, f"organization:{organization.public_id}")
    three, key = newest(), world.key_of(public)
    accept(app, three)
    assert public.post("/questions/withdraw", data={"key": "wrong"}).status_code == 404
    assert public.post("/questions/withdraw", data={"key": key}).status_code == 303
    assert "临时停课" not in public.get(f"/questions/{three.public_id}").text
    assert public.post("/questions/withdraw", data={"key": key}).status_code == 409
    assert public.get("/questions/follow/nothing").status_code == 404
    assert client_as(app, None).get("/questions/written").status_code == 404


def test_repeated_needs_are_traced_to_their_source(
    app: Flask, organization: Organization, second: Person, hands: Hands
) -> None:
    public = client_as(app, None)
    write(public, hands, f"organization:{organization.public_id}")
    one, key = newest(), world.key_of(public)
    accept(app, one)
    answer(app, one, second)
    hidden = form_of(public, f"/questions/new?earlier={key}")
    assert hidden["earlier"] == key
    hands.forward(minutes=1)
    assert public.post("/questions/new", data=hidden | world.LETTER | {"title": "又取消了"}).status_code == 303
    two = newest()
    assert (two.earlier_id, two.subject_id, two.body_id) == (one.id, one.subject_id, one.body_id)
    assert accept(app, two, title="又取消了", earlier="2026-99999").status_code == 422
    assert accept(app, two, title="又取消了", earlier=one.number).status_code == 303
    untraced = post(app, who("registrar"), two, "draft", **world.ANSWER)
    assert untraced.status_code == 422
    assert "G-57" in untraced.text
    answer(app, two, second, cause="师资不足，已增聘两名教师。")
    shown = public.get(f"/questions/{one.public_id}").text
    assert "之后的同类来信" in shown
    assert "又取消了" in shown
    assert "师资不足" in public.get(f"/questions/{two.public_id}").text
    index = public.get("/questions").text
    assert "反映最多的主题" in index
    assert world.SUPPLIER in index
    sent = json.loads(public.get(f"/questions.json?about={organization.public_id}&topic=quality").text)
    assert [row["number"] for row in sent["questions"]] == ["2026-00002", "2026-00001"]
    sheet = public.get("/questions.csv?kind=complaint").text
    assert sheet.startswith("\ufeff编号,类别,主题")
    assert sheet.count("\n") == 3
    for odd in ("?before=x&kind=zzz", "?state=nothing&body=1", "?q=%25%27", "?before=99999999999999999999"):
        assert public.get(f"/questions{odd}").status_code == 200
    assert "没有符合条件" in public.get("/questions?q=没有这样的来信").text
    assert public.get("/questions?before=1").status_code == 200


def test_pages_of_the_list_give_every_letter_once(sqlite_app: Flask, hands: Hands) -> None:
    bureau = body(people.BUREAU)
    with turn():
        for number in range(60):
            actions.write(
                kind="question", topic="other", subject=GENERAL, body=bureau, title=f"第{number}问", text="正文"
            )
    public = client_as(sqlite_app, None)
    found = db.session.query(Complaint).order_by(Complaint.id.desc()).all()
    first = public.get("/questions").text
    second = public.get(f"/questions?before={found[49].id}").text
    assert all(one.public_id in first for one in found[:50])
    assert all(one.public_id in second and one.public_id not in first for one in found[50:])
