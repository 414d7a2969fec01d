"""The catalogue, the dated numbers and the calendar: read by anybody, kept by administrators with a source."""

import re
from datetime import date

import flask_babel
import pytest
from flask import Flask

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.catalogue import actions, queries
from app.catalogue.year import year_of
from app.core import log, security
from app.core.errors import Invalid, NotAllowed
from app.core.workdays import Calendar
from app.demonstration import people
from tests.conftest import turn
from tests.http import client_as

NORM = {
    "key": "open_tender", "jurisdiction": "440100", "valid_from": "2026-03-01", "valid_to": "", "value": "300000000",
    "unit": "fen", "rule": "B-10", "source": "穗财采〔2026〕1号",
}  # fmt: skip


@pytest.fixture
def admin(app: Flask) -> Person:
    """An administrator of a portal with catalogue and numbers."""
    with turn():
        actions.load_catalogue()
        actions.load_norms()
        people.enter_people()
    return people_with("administrator")[0]


def test_the_catalogue_by_name_and_code(app: Flask, admin: Person) -> None:
    client = client_as(app, None)
    whole = client.get("/catalogue").text
    line = queries.items(3)[0]
    assert line.name in whole
    assert whole.count("<tr") > 100
    found = client.get(f"/catalogue?q={line.code}").text
    assert line.name in found
    assert found.count("<tr") == 2
    assert "没有这样的目录" in client.get("/catalogue?q=%25").text
    client.set_cookie("lang", "en")
    flask_babel.refresh()
    assert line.name_en.replace("'", "&#39;") in client.get("/catalogue").text


def test_a_new_number_binds_from_its_day_in_its_place(app: Flask, admin: Person) -> None:
    client = client_as(app, admin)
    assert client.post("/rulebook/norms/new", data=NORM).status_code == 303
    assert queries.norms("440103", date(2026, 2, 28)).whole("open_tender") == 400_000_000
    assert queries.norms("440103", date(2026, 3, 1)).whole("open_tender") == 300_000_000
    assert queries.norms("440500", date(2026, 3, 1)).whole("open_tender") == 400_000_000
    entry = next(e for e in log.since(log.size() - 1))
    assert (entry.action, entry.public) == ("norm.set", True)
    shown = client_as(app, None).get("/rulebook/norms?q=open_tender&place=440103").text
    assert "穗财采〔2026〕1号" in shown
    assert shown.count("今天适用") >= 1
    assert "B-10" in shown


@pytest.mark.parametrize(
    "wrong",
    [{"value": "三"}, {"value": "NaN"}, {"value": "-1"}, {"rule": "Z-99"}, {"valid_to": "2026-02-01"},
     {"jurisdiction": "44"}, {"key": "A B"}, {"source": ""}, {"valid_from": "2026-02-30"}],
)  # fmt: skip
def test_a_wrong_number_is_refused_with_the_form_kept(app: Flask, admin: Person, wrong: dict[str, str]) -> None:
    before = len(queries.norm_rows())
    answer = client_as(app, admin).post("/rulebook/norms/new", data={**NORM, **wrong})
    assert "govuk-error-summary" in answer.text
    assert wrong.get("source") == "" or "穗财采" in answer.text
    assert len(queries.norm_rows()) == before


def test_a_number_is_not_set_twice_for_one_day(admin: Person) -> None:
    given = ("open_tender", "440100", date(2026, 3, 1), "1", "fen", "B-10", "甲")
    with turn(admin):
        actions.set_norm(*given)
    with pytest.raises(Invalid) as taken, turn(admin):
        actions.set_norm(*given)
    assert taken.value.field == "valid_from"


def test_a_day_laid_down_moves_the_calendar_and_shows(app: Flask, admin: Person) -> None:
    client = client_as(app, admin)
    assert queries.calendar().is_workday(date(2026, 3, 2))
    given = {"day": "2026-03-02", "worked": "rest", "source": "国办发明电〔2025〕7号"}
    assert client.post("/calendar/set", data=given).location == "/calendar?year=2026"
    assert not queries.calendar().is_workday(date(2026, 3, 2))
    shown = client_as(app, None).get("/calendar?year=2026").text
    assert "国办发明电〔2025〕7号" in shown
    assert "均为暂定" not in shown
    assert client.post("/calendar/set", data={**given, "worked": "work"}).status_code == 303
    assert queries.calendar().is_workday(date(2026, 3, 2))
    assert len(queries.calendar_days(2026)) == 1
    assert "均为暂定" in client.get("/calendar?year=2027").text
    for odd in ("", "?year=1", "?year=9999", "?year=abcd", "?year=2004"):
        assert client.get(f"/calendar{odd}").status_code == 200


def test_the_year_has_every_day_once_and_marks_what_is_unusual() -> None:
    months = year_of(2026, Calendar())
    days = [day for month in months for week in month.weeks for day in week if day]
    assert [d.day for d in days] == sorted({d.day for d in days})
    assert len(days) == 365
    spring = next(d for d in days if d.day == date(2026, 2, 17))
    assert (spring.worked, spring.unusual, spring.provisional) == (False, True, False)
    assert sum(m.workdays for m in months) == sum(d.worked for d in days)


def test_only_administrators_keep_them(app: Flask, admin: Person) -> None:
    officer = people_with("officer")[0]
    with pytest.raises(NotAllowed), turn(officer):
        actions.set_calendar_day(date(2026, 3, 2), False, "甲")
    client = client_as(app, officer)
    for url, sent in (("/rulebook/norms/new", NORM), ("/calendar/set", {"day": "2026-03-02", "worked": "rest"})):
        assert client.get(url).status_code == 403
        assert client.post(url, data=sent).status_code == 403
        assert client_as(app, None).post(url, data=sent).status_code == 401
    assert security.refusals(1)[0].status == 401
    assert "设定参数" not in client.get("/rulebook/norms").text
    assert "设定参数" in client_as(app, admin).get("/rulebook/norms").text


def test_english_is_whole(app: Flask, admin: Person) -> None:
    client = client_as(app, admin)
    client.set_cookie("lang", "en")
    flask_babel.refresh()
    for url in (
        "/catalogue?q=zzz",
        "/rulebook/norms?q=zzz",
        "/calendar?year=2027",
        "/rulebook/norms/new",
        "/calendar/set",
    ):
        text = client.get(url).text
        main = text[text.index("<main") : text.index("</main>")].replace("财综〔2020〕57号", "")
        assert re.findall(r"[\u4e00-\u9fff]+", main) == [], url
