"""The pages as registrar, second registrar, organization and public see them: forms kept, clicks once, lists, files."""

import csv
import io
import json
import re
from datetime import date

import flask_babel
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import log, security
from app.credit import queries
from app.credit.models import CreditCase
from tests.conftest import Hands
from tests.credit.world import CODE, NAME, World, at
from tests.http import client_as

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
GROUNDS = "未按期整改的事实"
ABNORMAL = {"code": CODE, "trigger": "not_rectified", "grounds": GROUNDS, "arose_on": "2026-01-05"}
PENALTY = {
    "code": NAME, "trigger": "fine", "amount": "6万", "grounds": "消防违法", "arose_on": "2026-01-05", "elsewhere": "y",
    "department": "市消防局", "document_no": "消罚1号", "received_on": "2026-01-08",
}  # fmt: skip


def english(client: FlaskClient, url: str, *given: str) -> list[str]:
    """What is still Chinese on a page in English, apart from what was given."""
    client.set_cookie("lang", "en")
    flask_babel.refresh()
    answer = client.get(url)
    client.delete_cookie("lang")
    flask_babel.refresh()
    assert answer.status_code == 200, url
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    for name in sorted(given, key=len, reverse=True):
        main = main.replace(name, "")
    return CHINESE.findall(main)


def case_at(location: str) -> CreditCase:
    """The case that a redirect leads to."""
    public_id = location.rsplit("/", 1)[-1]
    return next(one for one in queries.at_work() if one.public_id == public_id)


def test_a_case_walked_by_two_registrars_the_organization_and_the_public(
    app: Flask, hands: Hands, world: World
) -> None:
    first, second, body, public = (client_as(app, p) for p in (world.first, world.second, world.manager, None))
    assert "录入信用信息" in first.get(f"/organizations/{world.organization.public_id}").text
    wrong = first.post("/credit/new/abnormal", data={**ABNORMAL, "code": "没有的单位", "once": "a"})
    assert (wrong.status_code, GROUNDS in wrong.text, "没有的单位" in wrong.text) == (422, True, True)
    computed = first.post("/credit/new/abnormal", data={**ABNORMAL, "trigger": "annual_report", "once": "b"})
    assert computed.status_code == 200  # not offered: the form says so itself
    assert "annual_report" not in first.get("/credit/new/abnormal").text
    late = first.post("/credit/new/abnormal", data={**ABNORMAL, "arose_on": "2026-01-13", "once": "c"})
    assert (late.status_code, "C-29" in late.text) == (422, True)
    assert (security.refusals(1)[0].status, security.refusals(1)[0].rules) == (422, "C-29")
    made = first.post("/credit/new/abnormal", data={**ABNORMAL, "once": "d"})
    assert made.status_code == 303
    assert first.post("/credit/new/abnormal", data={**ABNORMAL, "once": "d"}).location == made.location
    case, home = case_at(made.location), made.location
    assert body.get(home).status_code == 404  # a candidate is nobody's business
    assert public.get(home).status_code == 401
    assert public.get(f"/credit/{case.public_id}").status_code == 404
    assert "发出告知书" in first.get(home).text
    assert first.post(f"{home}/notify", data={"version": case.version, "once": "e"}).status_code == 303
    told = body.get(home).text
    assert "陈述申辩" in told
    assert body.get(f"{home}/files/notice").data.startswith(b"%PDF")
    assert "结束听取意见" not in told
    early = first.post(f"{home}/hear", data={"heard_note": "没有意见的记录", "once": "f"})
    assert (early.status_code, "C-25" in early.text, "没有意见的记录" in early.text) == (422, True, True)
    upload = (io.BytesIO(b"MZ\x00\x01 no paper"), "材料.pdf")
    no_pdf = body.post(f"{home}/statement", data={"statement": "我们的意见", "file": upload, "once": "g"})
    assert (no_pdf.status_code, "我们的意见" in no_pdf.text) == (422, True)
    upload = (io.BytesIO(b"%PDF-1.7 paper"), "材料.pdf")
    assert (
        body.post(f"{home}/statement", data={"statement": "我们的意见", "file": upload, "once": "h"}).status_code == 303
    )
    assert "我们的意见" in first.get(home).text
    assert first.post(f"{home}/hear", data={"heard_note": "不予采纳", "once": "i"}).status_code == 303
    assert first.post(f"{home}/propose", data={"proposal": "内部的处理意见", "once": "j"}).status_code == 303
    assert "内部的处理意见" not in body.get(home).text
    mine = first.post(f"{home}/decide", data={"reasons": "自己复核", "once": "k"})
    assert (mine.status_code, "G-31" in mine.text, "自己复核" in mine.text) == (422, True, True)
    seen = str(case.version)
    assert second.post(f"{home}/decide", data={"reasons": "同意", "version": seen, "once": "l"}).status_code == 303
    again = second.post(f"{home}/decide", data={"reasons": "同意", "version": seen, "once": "m"})
    assert again.status_code == 409
    other = second.post(f"{home}/drop", data={"reason": "改主意", "version": seen, "once": "n"})
    assert other.status_code == 409
    assert body.get(f"{home}/files/decision").status_code == 404  # until it is entered
    assert "最迟 2026年1月19日 列入" in first.get(home).text
    at(hands, date(2026, 1, 20))
    assert "已逾期" in first.get("/credit/desk").text
    assert "C-29" in first.get(f"{home}/enter").text
    assert first.post(f"{home}/enter", data={"once": "o"}).status_code == 303
    shown = public.get(f"/credit/{case.public_id}").text
    assert GROUNDS in shown
    assert "黄登记" not in shown
    assert "内部的处理意见" not in shown
    assert public.get(f"/credit/{case.public_id}/decision.pdf").data.startswith(b"%PDF")
    assert "活动异常名录" in public.get(f"/organizations/{world.organization.public_id}").text
    assert "信用信息决定书" in public.get(f"/verify/{case.number}-JD").text
    assert "信用信息告知书" not in public.get(f"/verify/{case.number}-GZ").text
    answer = public.get(f"/organizations/{world.organization.public_id}/standing")
    assert "可以投标，请注意" in answer.text
    assert case.number in answer.text
    _objection_and_removal(app, world, home)
    assert "已移出" in public.get(f"/credit/{case.public_id}").text
    assert public.get(f"/credit/{case.public_id}/removal.pdf").status_code == 200
    public_steps = [e.action for e in log.entries_of(case.public_id, public_only=True)]
    assert public_steps == ["credit.enter", "credit.remove"]


def _objection_and_removal(app: Flask, world: World, home: str) -> None:
    first, second, body = (client_as(app, p) for p in (world.first, world.second, world.manager))
    assert body.post(f"{home}/object", data={"text": "认定有误", "once": "p"}).status_code == 303
    assert body.post(f"{home}/object", data={"text": "又一次", "once": "q"}).status_code == 409
    assert "认定有误" in first.get(home).text
    url = re.search(r'href="(/credit/objections/[0-9a-f]{16}/answer)"', first.get(home).text)
    assert url
    decider = second.post(url[1], data={"upheld": "no", "answer": "维持", "once": "r"})
    assert (decider.status_code, "G-31" in decider.text) == (422, True)
    assert first.post(url[1], data={"upheld": "no", "answer": "维持原记录", "once": "s"}).status_code == 303
    assert "维持原记录" in body.get(home).text
    assert body.post(f"{home}/repair", data={"done": "已完成整改", "once": "t"}).status_code == 303
    url = re.search(r'href="(/credit/repairs/[0-9a-f]{16}/check)"', second.get(home).text)
    assert url
    assert second.post(url[1], data={"passed": "yes", "note": "现场核实", "once": "u"}).status_code == 303
    assert first.post(f"{home}/remove", data={"reasons": "义务已履行", "once": "v"}).status_code == 303


def test_whether_it_can_bid_as_of_a_day(app: Flask, hands: Hands, world: World) -> None:
    public, page = client_as(app, None), f"/organizations/{world.organization.public_id}/standing"
    assert "没有妨碍它投标的事实" in public.get(page).text
    case = world.ban(date(2026, 1, 10), date(2026, 3, 31))
    assert "已有决定：自 2026年1月10日 起不能投标" in public.get(f"{page}?day=2026-01-09").text
    text = public.get(page).text
    for words in ("不能投标", "B-21", "最早 2026年4月1日 起可以再投标", case.number, "日志"):
        assert words in text, words
    said = json.loads(public.get(f"{page}.json").text)
    reason = said["reasons"][0]
    assert (said["verdict"], said["again_on"], reason["rule"], reason["until"]) == (
        "no", "2026-04-01", "B-21", "2026-03-31",
    )  # fmt: skip
    assert reason["case"] == f"/credit/{case.public_id}"
    assert public.get(f"/log/{reason['log'][0]}").status_code == 200
    for day, verdict in (("2026-01-09", "yes"), ("2026-03-31", "no"), ("2026-04-01", "yes"), ("很久以后", "no")):
        assert json.loads(public.get(f"{page}.json?day={day}").text)["verdict"] == verdict, day
    assert public.get("/organizations/0000000000000000/standing").status_code == 404


def test_the_public_lists(app: Flask, hands: Hands, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, public = client_as(app, world.first), client_as(app, None)
    made = first.post("/credit/new/penalty", data={**PENALTY, "once": "a"})
    assert made.status_code == 303
    penalty = world.enter(case_at(made.location))
    assert (penalty.amount_fen, penalty.enter_by) == (6_000_000, date(2026, 1, 15))
    missing = first.post("/credit/new/penalty", data={**PENALTY, "document_no": "", "once": "b"})
    assert (missing.status_code, "消防违法" in missing.text) == (422, True)
    at(hands, date(2026, 1, 13))
    ban = world.ban(date(2026, 1, 14), date(2026, 2, 1))
    world.find("serious", "fraud", "尚未公开的线索")
    everything = public.get("/credit").text
    assert "尚未公开的线索" not in everything
    assert [everything.index(f"/credit/{one.public_id}") for one in (ban, penalty)] == sorted(
        everything.index(f"/credit/{one.public_id}") for one in (ban, penalty)
    )
    queries_ = {
        "kind=ban": [ban], "kind=penalty": [penalty], "trigger=fine": [penalty], "q=青少年": [ban, penalty],
        f"q={CODE}": [ban, penalty], "q=没有这个": [], "since=2026-01-13": [ban], "until=2026-01-12": [penalty],
        "place=440000": [ban, penalty], "place=110000": [], "now=ended": [], "now=all": [ban, penalty],
        "kind=zzz&since=abc&place=x&after=9": [ban, penalty],
    }  # fmt: skip
    for query, wanted in queries_.items():
        rows = json.loads(public.get(f"/credit.json?{query}").text)["credit"]
        assert [row["number"] for row in rows] == [one.number for one in wanted], query
        text = public.get(f"/credit?{query}").text
        assert all(f"/credit/{one.public_id}" in text for one in wanted), query
    sheet = list(csv.reader(io.StringIO(public.get("/credit.csv?kind=penalty").text.removeprefix("\ufeff"))))
    assert sheet[1][:4] == [penalty.number, NAME, CODE, "行政处罚"]
    assert "60000.00" in sheet[1]
    monkeypatch.setattr("app.credit.listing.page_of.__defaults__", ("", 1))
    page = public.get("/credit").text
    more = re.search(r'rel="next" href="([^"]+)"', page)
    assert more
    assert penalty.public_id not in page
    assert penalty.public_id in public.get(more[1].replace("&amp;", "&")).text


def test_who_may_open_what(app: Flask, hands: Hands, world: World) -> None:
    case = world.heard(world.find("abnormal", "party"))
    home = f"/credit/cases/{case.public_id}"
    pages = ["/credit/desk", "/credit/new", "/credit/new/ban", home, f"{home}/propose", f"{home}/drop"]
    for person in (world.officer, world.stranger()):
        client = client_as(app, person)
        assert {client.get(page).status_code for page in pages} <= {403, 404}
        assert client.post("/credit/new/abnormal", data=ABNORMAL).status_code == 403
        assert client.post(f"{home}/drop", data={"reason": "x"}).status_code == 403
    supervisor = client_as(app, world.supervisor)
    assert (supervisor.get(home).status_code, supervisor.get("/credit/desk").status_code) == (200, 200)
    assert supervisor.post(f"{home}/propose", data={"proposal": "x"}).status_code == 403
    nobody = client_as(app, None)
    assert {nobody.get(page).status_code for page in pages} == {401}
    assert client_as(app, world.first).get("/credit/new/rumour").status_code == 404
    assert client_as(app, world.first).get(f"{home}/files/proposal").status_code == 404
    for gone in ("facts", "fact"):  # nobody types a fact any more
        assert (
            client_as(app, world.first).get(f"/organizations/{world.organization.public_id}/{gone}").status_code == 404
        )


def test_english_is_whole(app: Flask, hands: Hands, world: World) -> None:
    first, body, public = client_as(app, world.first), client_as(app, world.manager), client_as(app, None)
    case = world.listed()
    candidate = world.find("abnormal", "party", "线索")
    world.ban(date(2026, 1, 10), date(2026, 3, 31))
    given = (
        NAME, "事实清楚", "线索", "建议列入", "同意", "请求从轻", "意见不予采纳", "黄登记", "黎复核", "市财政局",
        "财罚〔2026〕1号", "语言", "中文",
    )  # fmt: skip
    home = f"/credit/cases/{case.public_id}"
    new = [f"/credit/new/{kind}" for kind in ("abnormal", "serious", "penalty", "ban")]
    for url in ("/credit", "/credit/desk", "/credit/new", *new, home,
                f"/credit/cases/{candidate.public_id}", f"/credit/cases/{candidate.public_id}/notify",
                f"{home}/remove", f"{home}/correct", f"/organizations/{world.organization.public_id}"):  # fmt: skip
        assert english(first, url, *given, "己某", "广州市荔湾区民政局", "共青团广州市荔湾区委员会", "广州市荔湾区",
                       "青少年社会工作服务", "青少年、社区发展") == [], url  # fmt: skip
    for url in (home, f"{home}/object", f"{home}/repair"):
        assert english(body, url, *given) == [], url
    for url in (f"/credit/{case.public_id}", f"/organizations/{world.organization.public_id}/standing"):
        assert english(public, url, *given) == [], url
