"""The public pages in English: no Chinese is left but names and what people typed."""

from flask import Flask
from flask_babel import refresh

from app.core.db import db
from app.evaluations.models import Evaluation
from app.transparency.course import course_of
from tests.conftest import Hands
from tests.delivery import world as delivering
from tests.plans import world as plans
from tests.tenders.test_english import left
from tests.transparency import world


def test_in_english(sqlite_app: Flask, hands: Hands) -> None:
    world.performed(hands)
    of = delivering.project()
    typed = " ".join((plans.HERE / name).read_text(encoding="utf-8") for name in ("project.toml", "indicators.csv"))
    known = f"{typed} {of.need} {world.OPINION} {db.session.query(Evaluation).one().summary} 中国政府采购网 号 元整"
    known += " ".join(name for row in plans.people.BODIES.values() for name in row)
    known += " ".join(
        [*plans.people.COMMUNITIES, *(text for row in plans.people.PEOPLE for text in row), "同意评估意见。"]
    )
    known += " ".join(one.name for one in course_of(of).delivered.measures)
    client = sqlite_app.test_client()
    client.set_cookie("lang", "en")
    refresh()
    home = f"/projects/{of.public_id}"
    pages = (
        "/",
        "/projects",
        "/about",
        "/verify",
        "/verify/1",
        "/search?q=x",
        "/accessibility",
        "/contact",
        "/site-map",
    )
    for url in (*pages, "/log", "/rulebook/permissions", "/rulebook/lifecycles", f"{home}/log", home):
        found = {one for one in left(client.get(url).text, known) if not set(one) <= AMOUNT}
        assert not found, (url, found)


AMOUNT = set("人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整")
