"""The register's pages as each role sees them: search, filters, exports, forms kept after a refusal, English."""

import csv
import io
import json
import re
from datetime import date

import flask_babel
import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.catalogue.actions import load_norms
from app.core import security
from app.demonstration import people
from app.registry import actions, profile
from app.registry.models import Organization
from app.registry.waiting import waiting
from app.rules.codes import make_uscc
from tests.conftest import turn
from tests.http import client_as
from tests.registry.test_import import CODES, HEAD, SHEET, imported, row
from tests.registry.test_register import CODE, GIVEN

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
TYPED = {
    "name": "己青少年发展中心", "credit_code": CODE, "kind": "service", "registrar": "广州市荔湾区民政局",
    "level": "county", "supervising_unit": "共青团广州市荔湾区委员会", "legal_representative": "己某",
    "capital": "30,000", "address": "广州市荔湾区", "scope": "青少年社会工作服务", "fields": "青少年，社区发展",
    "place": "440103", "established_on": "2020年5月1日", "fundraising": "",
}  # fmt: skip


@pytest.fixture
def registrar(app: Flask) -> Person:
    """Somebody who registers, with places and the law's numbers loaded."""
    with turn():
        people.enter_places()
        load_norms()
        people.enter_people()
    return people_with("registrar")[0]


@pytest.fixture
def made(registrar: Person) -> Organization:
    """One organization registered by hand."""
    with turn(registrar):
        return actions.register(**GIVEN)  # type: ignore[arg-type]


def names(client: FlaskClient, query: str) -> list[str]:
    """The names a search shows."""
    return re.findall(r'<a class="govuk-link" href="/organizations/[0-9a-f]{16}">([^<]+)</a>', client.get(query).text)


def english(client: FlaskClient, url: str, *given: str) -> list[str]:
    """What is still Chinese on a page in English, apart from what was given (names, codes of papers)."""
    client.set_cookie("lang", "en")
    flask_babel.refresh()  # the test holds one app context, in which the last request's language is kept
    answer = client.get(url)
    client.delete_cookie("lang")
    flask_babel.refresh()
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    for name in sorted(given, key=len, reverse=True):
        main = main.replace(name, "")
    return CHINESE.findall(main)


def test_search_filters_and_pages(app: Flask, registrar: Person) -> None:
    lines = [row(1, "荔湾逢源家庭服务中心"), row(2, "荔湾春晖养老服务中心")]
    imported(registrar, (HEAD + "".join(lines)).encode())
    imported(registrar, SHEET.read_bytes(), SHEET.name)
    client = client_as(app, None)
    assert names(client, "/organizations?q=家庭") == ["荔湾逢源家庭服务中心"]
    assert names(client, "/organizations?q=萬科") == ["万科公益基金会"]
    assert names(client, f"/organizations?q={CODES[2]}") == ["荔湾春晖养老服务中心"]
    assert names(client, "/organizations?q=中心&kind=service&place=440103") == [
        "荔湾逢源家庭服务中心", "荔湾春晖养老服务中心",
    ]  # fmt: skip
    assert names(client, "/organizations?q=基金会&grade=3&place=440000") == ["万科公益基金会"]
    assert names(client, "/organizations?state=deregistered") == []
    assert len(names(client, "/organizations")) == 40
    assert "找到 40 个" in client.get("/organizations").text
    for odd in (
        "?after=x&grade=9&place=abc&kind=zzz",
        "?q=%25%27%22",
        "?after=99999999999999999999",
        "?q=" + "长" * 300,
    ):
        assert client.get(f"/organizations{odd}").status_code == 200


def test_keyset_pages_give_every_row_once(app: Flask, registrar: Person) -> None:
    codes = (make_uscc("52", "440103", f"{n:08d}") for n in range(10_000_000, 10_000_120))
    lines = [f"第{n}服务中心,{code},社会服务机构,荔湾区民政局,某,30000,2020-05-01\n" for n, code in enumerate(codes)]
    imported(registrar, (HEAD + "".join(lines)).encode())
    client, url, seen = client_as(app, None), "/organizations?q=服务", []
    while url:
        text = client.get(url).text
        seen += names(client, url)
        more = re.search(r'rel="next" href="([^"]+)"', text)
        url = more[1].replace("&amp;", "&") if more else ""
    assert seen == [f"第{n}服务中心" for n in range(120)]


def test_exports_say_what_the_list_says(app: Flask, registrar: Person) -> None:
    imported(registrar, SHEET.read_bytes(), SHEET.name)
    client = client_as(app, None)
    found = json.loads(client.get("/organizations.json?q=万科").text)["organizations"]
    assert [(o["name"], o["capital_fen"], o["grade"]) for o in found] == [("万科公益基金会", 500_000_0000, 3)]
    assert client.get(found[0]["url"]).status_code == 200
    assert len(json.loads(client.get("/organizations.json").text)["organizations"]) == 38
    sheet = list(csv.reader(io.StringIO(client.get("/organizations.csv?q=万科").text.removeprefix("\ufeff"))))
    assert (sheet[0][0], sheet[1][0], sheet[1][10]) == ("名称", "万科公益基金会", "50000000.00")
    nothing = {"organizations": [], "next": None, "previous": None}
    assert json.loads(client.get("/organizations.json?q=火星").text) == nothing


def test_the_profile_shows_standing_with_its_effect_and_history(
    app: Flask, registrar: Person, made: Organization
) -> None:
    page = f"/organizations/{made.public_id}"
    visitor = client_as(app, None)
    shown = visitor.get(page).text
    assert CODE in shown
    assert "没有妨碍它承接" in shown
    assert "公开大事记" in shown
    assert "变更登记" not in shown
    with turn(registrar):
        actions.enter_fact(made.body, kind="serious_list", since=date(2026, 1, 10), source="民严〔2026〕1号")
        actions.enter_fact(
            made.body, kind="ban", since=date(2020, 1, 1), until=date(2021, 1, 1), source="财罚〔2020〕1号"
        )
    shown = visitor.get(page).text
    assert "C-28" in shown
    assert "不得向其购买服务" in shown
    assert "现在不在期间内" in shown
    assert "民严〔2026〕1号" in shown
    assert "注销登记" in client_as(app, registrar).get(page).text
    papers = ("民严〔2026〕1号", "财罚〔2020〕1号")
    given = (*papers, *(str(v) for v in GIVEN.values()), "青少年、社区发展", "广东省广州市荔湾区")
    assert english(visitor, page, *given) == []
    assert visitor.get("/organizations/0000000000000000").status_code == 404


def test_an_unverified_code_is_marked_everywhere(app: Flask, registrar: Person) -> None:
    imported(registrar, SHEET.read_bytes(), SHEET.name)
    client = client_as(app, None)
    listed = client.get("/organizations").text
    assert listed.count("未核实") == 1
    rows = json.loads(client.get("/organizations.json").text)["organizations"]
    (one,) = [o for o in rows if not o["org_code_verified"]]
    assert "未核实" in client.get(one["url"]).text
    assert len(one["org_code"]) == 8


def test_later_domains_add_to_the_profile(app: Flask, made: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "_SECTIONS", [])
    profile.section(lambda organization: ("登记册", Markup("<p>{}</p>").format(organization.body.name)))
    profile.section(lambda organization: None)
    assert f"<p>{made.body.name}</p>" in client_as(app, None).get(f"/organizations/{made.public_id}").text


def test_registering_by_the_page_keeps_what_was_typed_and_names_the_rule(app: Flask, registrar: Person) -> None:
    client = client_as(app, registrar)
    wrong = CODE[:17] + ("0" if CODE[17] != "0" else "1")
    answer = client.post("/registry/new", data={**TYPED, "credit_code": wrong, "once": "a"})
    assert answer.status_code == 422
    assert "C-14" in answer.text
    assert wrong in answer.text
    assert "青少年社会工作服务" in answer.text
    assert (security.refusals(1)[0].status, security.refusals(1)[0].rules) == (422, "C-14")
    done = client.post("/registry/new", data={**TYPED, "once": "b"})
    assert done.status_code == 303
    assert "青少年、社区发展" in client.get(done.location).text
    assert client.post("/registry/new", data={**TYPED, "once": "b"}).location == done.location
    taken = client.post("/registry/new", data={**TYPED, "once": "c"})
    assert taken.status_code == 422
    assert "已由" in taken.text
    missing = client.post("/registry/new", data={**TYPED, "name": "", "once": "d"})
    assert "请填写" in missing.text
    assert "青少年社会工作服务" in missing.text


def test_changing_deregistering_and_account_by_the_pages(app: Flask, registrar: Person, made: Organization) -> None:
    client, home = client_as(app, registrar), f"/organizations/{made.public_id}"
    form = client.get(f"{home}/edit").text
    assert 'value="己青少年发展中心"' in form
    assert 'value="30,000.00"' in form
    values = {**TYPED, "name": "庚青年中心", "grade": "3", "capital": "5万"}
    assert client.post(f"{home}/edit", data={**values, "version": str(made.version)}).status_code == 303
    stale = client.post(f"{home}/edit", data={**values, "scope": "改过的范围", "version": "1"})
    assert stale.status_code == 409
    assert "改过的范围" in stale.text
    assert (made.body.name, made.grade, made.capital_fen) == ("庚青年中心", 3, 5_000_000)
    account = client.post(f"{home}/account", data={"name": "己负责人", "sign_in_name": "ji"})
    assert account.status_code == 200
    assert re.search(r"Gy-[0-9a-f]{8}-\d\d", account.text)
    again = client.post(f"{home}/account", data={"name": "别人", "sign_in_name": "ji"})
    assert again.status_code == 422
    assert "别人" in again.text
    assert "不能恢复" in client.get(f"{home}/deregister").text
    assert client.post(f"{home}/deregister", data={"once": "z"}).status_code == 303
    assert client.post(f"{home}/deregister", data={"once": "y"}).status_code == 409
    assert "已注销" in client.get(home).text


def test_the_registrars_pages_are_for_registrars(app: Flask, registrar: Person, made: Organization) -> None:
    home = f"/organizations/{made.public_id}"
    pages = ["/registry/imports", "/registry/new", f"{home}/edit", f"{home}/deregister"]
    for person in (people_with("officer")[0], people_with("manager")[0], people_with("supervisor")[0]):
        client = client_as(app, person)
        assert {client.get(page).status_code for page in pages} <= {403, 404}
        assert client.post("/registry/new", data=TYPED).status_code == 403
        assert client.get(home).status_code == 200
    nobody = client_as(app, None)
    assert {nobody.get(page).status_code for page in pages} == {401}
    assert nobody.post(f"{home}/deregister").status_code == 401
    assert security.refusals(1)[0].status == 401


def test_english_is_whole_on_the_registrars_pages(app: Flask, registrar: Person, made: Organization) -> None:
    client, home = client_as(app, registrar), f"/organizations/{made.public_id}"
    with turn(registrar):
        actions.preview_import((HEAD + row(1, "甲中心")).encode(), "a.csv")
    given = [*(str(v) for v in GIVEN.values()), "青少年、社区发展", "甲中心", "广东省广州市荔湾区", "、"]
    given += ["登记状态", "业务主管单位", "住所", "业务范围", "评估等级"]  # the sheet's own headings
    waits = waiting_of(app, registrar)
    mine = [f"{home}/{page}" for page in ("edit", "account", "deregister")]
    for url in ("/registry/imports", "/registry/new", "/organizations?q=zzz", *mine, *waits, f"{waits[0]}/discard"):
        assert english(client, url, *given) == [], url


def waiting_of(app: Flask, person: Person) -> list[str]:
    """Where what waits for somebody is done."""
    with app.test_request_context():
        return [one.url for one in waiting(person)]


def test_what_waits_for_a_registrar(app: Flask, registrar: Person) -> None:
    assert waiting_of(app, registrar) == []
    with turn(registrar):
        batch = actions.preview_import((HEAD + row(1, "甲中心")).encode(), "a.csv")
    assert waiting_of(app, registrar) == [f"/registry/imports/{batch.public_id}"]
    assert waiting_of(app, people_with("officer")[0]) == []
    with turn(registrar):
        actions.apply_import(batch)
    assert waiting_of(app, registrar) == []
