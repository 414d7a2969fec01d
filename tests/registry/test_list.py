"""The list against a plain scan: whatever is asked, in whatever order, page by page forwards and backwards."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import flask_babel
import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from app.accounts.models import Body
from app.core import framing, pinyin, search
from app.core.db import db
from app.core.paging import BadCursor, Cursor
from app.registry import asking, finding, listing
from app.registry.asking import SORTS, Asked
from app.registry.findable import found_by
from app.registry.models import KINDS, Organization, StandingFact
from app.rules.codes import make_uscc
from tests.conftest import turn
from tests.http import client_as

PLACES = {"440103": "荔湾区", "440104": "越秀区", "500115": "长寿区", "110105": "朝阳区"}
WORDS = ("社会工作", "家庭综合", "长者服务", "居家养老", "青少年", "残疾人康复", "NPO 365")
FORMS = {"service": ("服务中心", "52"), "association": ("志愿者协会", "51"), "foundation": ("公益基金会", "53")}
DAY = date(2026, 1, 12)
SECRET = "13800138000"


@pytest.fixture
def register(app: Flask) -> list[Organization]:
    """A hundred and twenty organizations, with much alike and much unknown; some on lists, some no longer."""
    chance = random.Random(26)
    with turn():
        made = [one(chance, n) for n in range(120)]
        for organization in made[::7]:
            stands(
                organization,
                chance.choice(tuple(asking.LISTS.values())),
                chance.choice((None, DAY, DAY - timedelta(1))),
            )
    return made


def one(chance: random.Random, n: int) -> Organization:
    """An organization by chance, entered beside the checks: the list does not care how it came."""
    place, kind = chance.choice(tuple(PLACES)), chance.choice(tuple(KINDS))
    form, prefix = FORMS[kind]
    code = make_uscc(prefix, place, f"{10_000_000 + n}")
    name = f"{PLACES[place]}{chance.choice('安博诚行乐')}{chance.choice('安博诚')}{chance.choice(WORDS)}{form}"
    body = Body(name=name, kind="organization", credit_code=code, address='路"1",\n号', place=place, head_name=SECRET)
    db.session.add(body)
    db.session.flush()
    made = Organization(
        body=body, body_id=body.id, kind=kind, org_code=code[8:17], org_code_verified=bool(n % 3), place=place,
        state=chance.choice(("registered", "registered", "deregistered")), registrar=f"{PLACES[place]}民政局",
        legal_representative="=1+1", established_on=chance.choice((None, DAY - timedelta(chance.randrange(60)))),
        capital_fen=chance.choice((None, 0, 300_000_05, 500_000_000)), grade=chance.choice((None, None, 3, 5)),
        fields=chance.choice(("", "养老", "养老、青少年")), scope="<b>&",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    found_by(made)
    return made


def stands(organization: Organization, kind: str, until: date | None) -> None:
    """Put it on a list, until a day."""
    about = {"body": organization.body, "body_id": organization.body_id, "source": "x"}
    db.session.add(StandingFact(**about, kind=kind, since=DAY - timedelta(9), until=until))


class Plain:
    """What a plain look at one organization sees; read once."""

    def __init__(self, o: Organization, on: set[str]) -> None:
        self.o, self.on, self.id = o, on, o.id
        name = search.folded(o.body.name)
        self.codes = [str(o.body.credit_code).lower(), str(o.org_code).lower()]
        self.texts = [*name.split(), *(pinyin.initials(word) for word in name.split() if not word.isascii())]
        self.keys = {
            "t.pinyin": pinyin.order_key(name), "o.established_on": o.established_on, "o.grade": o.grade,
            "o.capital_fen": o.capital_fen, None: 0,
        }  # fmt: skip

    def has(self, word: str) -> bool:
        """Whether a word stands in the name or its initials, or begins a code."""
        begins = len(word) > 2 and any(code.startswith(word) for code in self.codes)
        return begins or any(word in text for text in self.texts)

    def is_meant(self, asked: Asked) -> bool:
        """Whether it is one of those asked for."""
        return (
            all(self.has(word) for word in search.folded(asked.q).split())
            and (not asked.kind or self.o.kind == asked.kind)
            and (not asked.state or self.o.state == asked.state)
            and (not asked.grade or self.o.grade == int(asked.grade))
            and self.o.place.startswith(asked.place.rstrip("0"))
            and (not asked.standing or asking.LISTS[asked.standing] in self.on)
            and asked.field in self.o.fields
        )


def plain(register: list[Organization]) -> list[Plain]:
    """All of them, each with the lists it stands on today."""
    on: dict[int, set[str]] = {}
    for fact in db.session.query(StandingFact):
        if fact.since <= DAY and (fact.until is None or fact.until >= DAY):
            on.setdefault(fact.body_id, set()).add(fact.kind)
    return [Plain(o, on.get(o.body_id, set())) for o in register]


def plainly(register: list[Organization], asked: Asked) -> list[int]:
    """The same by looking at every organization and sorting all of them."""
    return scanned(plain(register), asked)


def scanned(seen: list[Plain], asked: Asked) -> list[int]:
    """Those of them asked for, sorted; what has no key comes last."""
    found, order = [one for one in seen if one.is_meant(asked)], SORTS[asked.sort]
    known = [one for one in found if one.keys[order.column] is not None]
    known.sort(key=lambda one: (one.keys[order.column], one.id), reverse=order.down)
    unknown = [one for one in found if one.keys[order.column] is None]
    unknown.sort(key=lambda one: one.id, reverse=order.down)
    return [one.id for one in known + unknown]


def asked_by_chance(register: list[Organization], times: int) -> Iterator[Asked]:
    """Questions of every shape: fragments of names, initials, beginnings of codes, filters, orders."""
    chance = random.Random(5)
    for _ in range(times):
        name, code = (chance.choice(register).body.name, str(chance.choice(register).body.credit_code))
        at, size = chance.randrange(len(name) - 4), chance.choice((2, 3, 4))
        short = pinyin.initials(name)[at : at + size]
        word = chance.choice(
            (
                "",
                "",
                name[at : at + size],
                name[at : at + size],
                short,
                code[: max(at, 2)],
                code,
                "火星",
                f"{name[:2]} {code[:8]}",
            )
        )
        yield Asked(
            q=word, kind=chance.choice(("", "", *KINDS)), state=chance.choice(("", "", "registered")),
            place=chance.choice(("", "", "440000", "440103")), grade=chance.choice(("", "", "5")),
            standing=chance.choice(("", "", "", *asking.LISTS)), field=chance.choice(("", "", "", "养老")),
            sort=chance.choice(tuple(SORTS)),
        )  # fmt: skip


def walked(asked: Asked, most: int) -> list[int]:
    """All pages forwards; each page back from the next gives the same rows again."""
    found, cursor, last = [], "", None
    while True:
        page = listing.page_of(asked, cursor, most)
        rows = [row.id for row in page.rows]
        if last is not None and rows:
            assert page.before
            back = listing.page_of(asked, page.before, most)
            assert [row.id for row in back.rows] == last
            assert back.after
        else:
            assert page.before is None or last is not None
        found += rows
        if page.after is None:
            return found
        cursor, last = page.after, rows


def test_every_page_of_every_question(
    app: Flask, register: list[Organization], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever end a question is answered from: where FEW is 3 almost nothing is narrow."""
    met, seen = 0, plain(register)
    for n, asked in enumerate(asked_by_chance(register, 80)):
        for name in ("FEW", "SOME"):
            monkeypatch.setattr(finding, name, (5000, 3)[n % 2])
        wanted = scanned(seen, asked)
        assert walked(asked, 7) == wanted, asked
        assert listing.count(asked) == len(wanted), asked
        met += len(wanted)
    assert met > 300


def test_a_thousand_fragments_agree_with_a_scan(app: Flask, register: list[Organization]) -> None:
    chance, names = random.Random(1), {o.id: search.folded(o.body.name) for o in register}
    for _ in range(1000):
        name = chance.choice(tuple(names.values())).replace(" ", "")
        at, size = chance.randrange(len(name) - 4), chance.choice((2, 3, 4))
        word = name[at : at + size]
        if not word.isascii():
            assert search.find("organization", word, 500) == [n for n, text in names.items() if word in text], word


def test_pages_stay_in_step_while_records_come_and_change(app: Flask, register: list[Organization]) -> None:
    """What is there from the first page to the last comes exactly once, whatever is entered in between."""
    for sort in SORTS:
        asked, chance = Asked(sort=sort), random.Random(sort)
        before, seen, cursor = {o.id for o in register}, [], ""
        while cursor is not None:
            page = listing.page_of(asked, cursor, 40)
            seen += [row.id for row in page.rows]
            with turn():
                register.append(one(chance, 1000 + len(register)))
            cursor = page.after if len(seen) < 1000 else None  # type: ignore[assignment]
        assert before <= set(seen)
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("cursor", "sort"),
    [
        ("x", "entry"), ("AAAA", "entry"), ("e30", "entry"), ("W10", "entry"), ("長", "entry"), ("A" * 5000, "entry"),
        (str(Cursor("name", "a", 1)), "entry"), (str(Cursor("entry", None, -1)), "entry"),
        (str(Cursor("grade", "5", 1)), "grade"), (str(Cursor("established", "2026-13-45", 1)), "established"),
        (str(Cursor("capital", 1 << 70, 1)), "capital"), (str(Cursor("entry", None, 1 << 70)), "entry"),
        (str(Cursor("name", None, 3)), "name"),
    ],
)  # fmt: skip
def test_a_cursor_of_nobody_is_refused_with_its_reason(sqlite_app: Flask, cursor: str, sort: str) -> None:
    with pytest.raises(BadCursor):
        listing.page_of(Asked(sort=sort), cursor)
    client = client_as(sqlite_app, None)
    answer = client.get(f"/organizations.json?sort={sort}&cursor={cursor}")
    assert (answer.status_code, answer.get_json()["field"]) == (400, "cursor")
    assert "翻页标记" in answer.get_json()["error"]
    page = client.get(f"/organizations?sort={sort}&cursor={cursor}")
    assert page.status_code == 400
    assert "翻页标记" in page.text


def test_json_pages_have_every_row_and_nothing_that_is_not_public(app: Flask, register: list[Organization]) -> None:
    client, seen, cursor = client_as(app, None), [], ""
    while cursor is not None:
        answer = client.get(f"/organizations.json?q=中心&sort=name&limit=9&cursor={cursor}")
        page = json.loads(answer.text)
        assert set(page) == {"organizations", "next", "previous"}
        seen += [o["name"] for o in page["organizations"]]
        cursor = page["next"]
        assert SECRET not in answer.text
    assert len(seen) == len(plainly(register, Asked(q="中心")))
    whole = json.loads(client.get("/organizations/all.json").text)["organizations"]
    assert set(whole[0]) == {
        "id", "url", "name", "credit_code", "org_code", "org_code_verified", "kind", "state", "registrar",
        "supervising_unit", "legal_representative", "established_on", "capital_fen", "address", "grade", "fields",
        "place", "scope",
    }  # fmt: skip
    first = register[0]
    assert (whole[0]["name"], whole[0]["org_code_verified"], whole[0]["address"]) == (
        first.body.name,
        False,
        '路"1",\n号',
    )
    assert whole[0]["established_on"] == (first.established_on and first.established_on.isoformat())
    for limit in ("0", "x", "1001", "９"):
        answer = client.get(f"/organizations.json?limit={limit}")
        assert (answer.status_code, answer.get_json()["field"]) == (400, "limit")


def test_files_say_what_the_register_says(
    app: Flask, register: list[Organization], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "STREAMED", 33)
    client, wanted = client_as(app, None), plainly(register, Asked(sort="capital"))
    by_id = {o.id: o for o in register}
    text = client.get("/organizations.csv?sort=capital").text
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    content = client.get("/organizations.xlsx?sort=capital").data
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert head == sheet[0]
    assert len(rows) == len(sheet) - 1 == len(wanted)
    for key, row, cells in zip(wanted, rows, sheet[1:], strict=True):
        o = by_id[key]
        assert row[:2] == cells[:2] == [o.body.name, o.body.credit_code]
        assert (row[8], cells[8]) == ("'=1+1", "=1+1")
        assert row[11] == cells[11] == '路"1",\n号'
        money = "" if o.capital_fen is None else f"{o.capital_fen // 100}.{o.capital_fen % 100:02d}"
        assert row[10] == money
        assert cells[10] == ("" if o.capital_fen is None else o.capital_fen / 100)
        assert cells[15] == "<b>&"
        assert row[5] == {"registered": "已登记", "deregistered": "已注销"}.get(o.state, row[5])
    assert SECRET not in text
    client.set_cookie("lang", "en")
    flask_babel.refresh()
    assert "Name" in client.get("/organizations.csv").text[:40]


def test_a_kept_frame_is_the_page_letter_for_letter(
    app: Flask, register: list[Organization], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_as(app, None)
    urls = (
        "/organizations?q=中心",
        "/organizations?q=服务",
        "/organizations",
        "/organizations?q=%25%27%22%3C&sort=name",
    )
    for cookies in ({}, {"lang": "en"}, {"text": "large"}):
        for name, value in cookies.items():
            client.set_cookie(name, value)
        flask_babel.refresh()
        kept = [client.get(url).text for url in urls]
        monkeypatch.setattr(framing, "_is_kept", lambda: False)
        assert [client.get(url).text for url in urls] == kept
        monkeypatch.undo()
    assert len({replace_back(text) for text in kept}) == len(urls)


def replace_back(text: str) -> str:
    """A page without the addresses to come back to."""
    return text.partition("<main")[2]


def test_the_page_shows_filters_and_both_ways(app: Flask, register: list[Organization]) -> None:
    client = client_as(app, None)
    shown = client.get("/organizations?standing=serious&sort=name").text
    meant = plainly(register, replace(Asked(), standing="serious", sort="name"))
    assert f"找到 {len(meant)} 个" in shown
    first = client.get("/organizations?sort=name").text
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    nearest = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(nearest).text
    back = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert (
        client.get(back).text.split("<tbody")[1].split("</tbody>")[0] == first.split("<tbody")[1].split("</tbody>")[0]
    )
