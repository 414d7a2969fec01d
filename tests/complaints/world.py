"""Letters as people write and answer them, through the pages."""

import re
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.complaints import sending
from app.complaints.models import Complaint
from app.core.db import db
from app.demonstration import people
from app.registry.models import Organization
from app.registry.queries import organization_of
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans.world import body, who

SUPPLIER = people.SUPPLIERS["jia"][0]
PHONE, IDENTITY, CONTACT = "13812345678", "44010319800101123X", "wechat-of-the-asker"
TEXT = f"我是王小明，身份证{IDENTITY}，电话{PHONE}。\n上周三服务中心临时停课，没有通知。"
LETTER = {
    "kind": "complaint", "topic": "quality", "title": "亲子课临时取消没有通知", "text": TEXT, "contact": CONTACT,
    "website": "",
}  # fmt: skip
ANSWER = {"answer": "已核实，中心调整课程未提前通知，已致歉并补课。", "basis": "服务合同第五条", "cause": ""}


def registered() -> Organization:
    """The supplier's registration."""
    with turn():
        people.register_suppliers()
    found = organization_of(body(SUPPLIER))
    assert found is not None
    return found


def second() -> Person:
    """Somebody else of the bureau, who reviews."""
    bureau = body(people.BUREAU)
    with turn():
        return accounts.add_person(
            name="谢复核", sign_in_name="second", password=accounts.first_password(), roles={"leader"}, body=bureau,
            place=bureau.place,
        )  # fmt: skip


def form_of(client: FlaskClient, url: str) -> dict[str, str]:
    """The hidden fields of a page's form in the main part."""
    text = client.get(url).text
    main = text[text.index("<main") :]
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', main)
    pairs = (
        (re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one)) for one in found
    )  # fmt: skip
    return {name[1]: unescape(value[1]) if value else "" for name, value in pairs if name}


def write(client: FlaskClient, hands: Hands, about: str = "", **changed: Any) -> Any:
    """Write a letter as a person does: open the form, take a minute, send."""
    hidden = form_of(client, f"/questions/new?about={about}")
    hands.forward(minutes=1)
    return client.post("/questions/new", data=hidden | LETTER | changed)


def newest() -> Complaint:
    """The letter that came last."""
    found = db.session.query(Complaint).order_by(Complaint.id.desc()).first()
    assert found is not None
    return found


def key_of(client: FlaskClient) -> str:
    """The secret of the letter this client has just written."""
    found = re.search(r"/questions/follow/([\w-]{20,})", client.get("/questions/written").text)
    assert found
    assert newest().key_digest == sending.key_digest(found[1])
    return found[1]


def post(app: Flask, person: Person | None, one: Complaint, page: str, **typed: Any) -> Any:
    """Send a page about a letter, with the form's own hidden fields."""
    client = client_as(app, person)
    url = f"/questions/{one.public_id}/{page}"
    return client.post(url, data=form_of(client, url) | typed)


def accept(app: Flask, one: Complaint, **changed: Any) -> Any:
    """The registrar takes it on, as the form proposes."""
    typed = {"title": LETTER["title"], "text": "上周三服务中心临时停课，没有通知。", "topic": "quality", "earlier": ""}
    return post(app, who("registrar"), one, "accept", **(typed | changed))


def answer(app: Flask, one: Complaint, reviewer: Person, **changed: Any) -> None:
    """The registrar answers, somebody else publishes."""
    assert post(app, who("registrar"), one, "draft", **(ANSWER | changed)).status_code == 303
    assert post(app, reviewer, one, "review", verdict="publish", note="").status_code == 303
