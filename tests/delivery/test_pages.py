"""The pages of deliveries, as each role sees them: what is kept after a refusal, and what a second click does."""

import io
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import security
from app.core.db import db
from app.delivery import queries
from app.delivery.models import Acceptance, ServiceFigure
from app.demonstration.purchase import FIRST
from app.plans.models import Project
from tests.conftest import Hands, turn
from tests.delivery import world
from tests.http import client_as
from tests.plans.world import at, who

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
ITEMS = ("个案服务", "小组活动", "社区活动", "来访来电咨询", "服务人次")
JULY = FIRST.sheet(["2026-07"])


def sign_in(app: Flask, name: str) -> FlaskClient:
    """A client signed in as the person with this sign-in name."""
    return client_as(app, who(name))


def once(client: FlaskClient, url: str) -> dict[str, str]:
    """The hidden fields of a page's last form."""
    return dict(re.findall(r'name="(once|version)"[^>]*value="([^"]+)"', client.get(url).text))


def upload(client: FlaskClient, url: str, content: bytes):  # type: ignore[no-untyped-def]
    return client.post(url, data={**once(client, url), "file": (io.BytesIO(content), "七月.csv")})


def test_a_sheet_is_looked_at_before_it_is_taken(app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 8, 3)))
    jia, home = sign_in(app, "jia"), f"/agreements/{world.agreement().public_id}/delivery"
    shown = upload(jia, f"{home}/import", JULY)
    assert shown.status_code == 303
    assert db.session.scalar(select(func.count(ServiceFigure.id))) == 0
    page = jia.get(shown.location).text
    assert all(text in page for text in ("38,849.20", "逢源北", "长者探访"))
    given = once(jia, shown.location)
    first = jia.post(shown.location, data=given)
    assert (first.status_code, first.location) == (303, home)
    assert jia.post(shown.location, data=given).location == home  # a second click: the first answer
    assert db.session.scalar(select(func.count(ServiceFigure.id))) == 24
    again = jia.post(shown.location, data=once(jia, shown.location))  # another tab
    assert again.status_code == 409
    assert "没有新的内容" in again.text
    figures = jia.get(home).text
    assert all(text in figures for text in ("<svg", "逢源北", "七月.csv", "38,849.20", "长者探访"))


def test_a_refused_sheet_says_line_and_rule_and_keeps_nothing(app: Flask, hands: Hands) -> None:
    hands.set(at(date(2026, 8, 3)))
    jia, url = sign_in(app, "jia"), f"/agreements/{world.agreement().public_id}/delivery/import"
    answer = upload(jia, url, JULY.replace("逢源南".encode(), "逢源西".encode()))
    assert answer.status_code == 422
    assert "第 3 行的社区“逢源西”" in answer.text
    assert "G-21" in answer.text
    assert upload(jia, url, b"%PDF-1.7").status_code == 422
    assert jia.post(url, data=once(jia, url)).status_code == 200  # no file: the form says so, nothing was refused
    kept = [(one.path, one.status, set(one.rules.split())) for one in security.refusals()]
    assert sorted(kept, key=str) == [(url, 422, set()), (url, 422, {"G-21"})]


def test_who_sees_what(app: Flask, hands: Hands) -> None:
    world.deliver(["2026-07"], hands)
    home = f"/agreements/{world.agreement(1).public_id}"
    seen = {"officer": 200, "jia": 200, "jia2": 200, "supervisor": 200, "evaluator": 200, "ding": 404, "expert1": 403}
    for name, status in seen.items():
        assert sign_in(app, name).get(f"{home}/delivery").status_code == status, name
    assert client_as(app, None).get(f"{home}/delivery").status_code == 401
    assert sign_in(app, "officer").get(f"{home}/delivery/import").status_code == 403
    assert sign_in(app, "ding").get(f"{home}/delivery/import").status_code == 404
    assert sign_in(app, "jia").get(f"{home}/acceptance").status_code == 403
    assert sign_in(app, "officer").get("/agreements/0123456789abcdef/acceptance").status_code == 404
    theirs = upload(sign_in(app, "ding"), f"/agreements/{world.agreement(2).public_id}/delivery/import",
                    FIRST.sheet(["2026-07"]).replace(b",73,", b",73,"))  # fmt: skip
    assert theirs.status_code == 409  # reported already
    sheet = queries.reports(world.agreement(2))[0].file.public_id
    assert sign_in(app, "jia").get(f"{home}/delivery/import/{sheet}").status_code == 404  # somebody else's sheet


def test_accepting_on_the_page(app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    officer, agreement = sign_in(app, "officer"), world.agreement()
    url = f"/agreements/{agreement.public_id}/acceptance?from=2026-07-01&to=2026-12-31"
    page = officer.get(url).text
    assert all(text in page for text in ("60个", "57个", "95%", "B-66"))
    given = {
        **once(officer, url), "users_asked": "12", "users_satisfied": "11", "users_opinion": "", "verdict": "passed",
        "remark": "社区活动下半年补足",
    }  # fmt: skip
    for n, name in enumerate(ITEMS):
        given |= {f"items-{n}-key": name, f"items-{n}-verdict": "基本达到", f"items-{n}-quality": "抽查12份"}
    refused = officer.post(url, data=given)
    assert refused.status_code == 422
    assert "服务对象参与并出具意见" in refused.text
    assert "社区活动下半年补足" in refused.text  # what was typed is kept
    assert refused.text.count("抽查12份") == 5
    given |= {**once(officer, url), "users_opinion": "满意，希望周末多安排活动。"}
    first = officer.post(url, data=given)
    assert first.status_code == 303
    assert officer.post(url, data=given).location == first.location
    assert db.session.scalar(select(func.count(Acceptance.id))) == 1
    nobody = client_as(app, None)
    public = nobody.get(first.location)
    assert (public.status_code, "满意，希望周末多安排活动。" in public.text) == (200, True)
    assert nobody.get(f"{first.location}/report.pdf").data.startswith(b"%PDF-")
    assert officer.get(f"{url[:-10]}2026-02-30").status_code == 422


def test_an_acceptance_of_a_service_to_the_organ_itself_is_not_public(sqlite_app: Flask, hands: Hands) -> None:
    world.deliver(world.HALF, hands, 1)
    from app.core import changes
    from app.delivery import actions

    with turn(who("officer")):
        project: Project = world.project()
        changes.amend(project, "project.edit", service_class="B")
        made = actions.accept(
            world.agreement(), period_from=date(2026, 7, 1), period_to=date(2026, 12, 31), verdict="passed",
            items=queries.acceptance_items(world.agreement(), date(2026, 7, 1), date(2026, 12, 31)), users_asked=0,
            users_satisfied=0, users_opinion="",
        )  # fmt: skip
    url = f"/acceptances/{made.public_id}"
    assert client_as(sqlite_app, None).get(url).status_code == 404
    assert sign_in(sqlite_app, "jia").get(url).status_code == 200
    assert sign_in(sqlite_app, "yi").get(f"{url}/report.pdf").status_code == 404


@pytest.mark.parametrize("path", ["delivery", "delivery/import", "acceptance"])
def test_in_english_no_chinese_is_left_but_names(sqlite_app: Flask, hands: Hands, path: str) -> None:
    world.deliver(["2026-07"], hands, 1)
    client = sign_in(sqlite_app, "officer" if path == "acceptance" else "jia")
    client.set_cookie("lang", "en")
    page = client.get(f"/agreements/{world.agreement().public_id}/{path}").text
    page = page[page.index("<main") : page.index("</main>")]  # what is around it is not these pages'
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    agreement = world.agreement()
    names = {m.name for m in queries.measures_of(agreement)} | {world.project().name, agreement.lot.name}
    for name in sorted(names | {"逢源北", "逢源南", "厚德", "简体中文", "甲负责人", "林晓彤"}, key=len, reverse=True):
        text = text.replace(name, "")
    left = [one for one in CHINESE.findall(text) if one not in UNITS]
    assert left == []


UNITS = {"个", "场", "人次", "户次", "元", "抽查服务记录", "无障碍", "长者探访"}
