"""The tree of places: imported once, added to at its foot, read by anybody; on both databases."""

import flask_babel
import pytest
from flask import Flask

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.core import log, security
from app.core.errors import Invalid, NotAllowed
from app.demonstration import people
from app.places import actions, queries
from tests.conftest import turn
from tests.http import client_as

STREET = {"level": "street", "code": "440103008", "name": "金花街道", "name_en": "Jinhua", "households": ""}


@pytest.fixture
def admin(app: Flask) -> Person:
    """An administrator of a portal that has no places yet."""
    with turn():
        people.enter_people()
    return people_with("administrator")[0]


def test_imported_by_the_page_and_a_second_time_without_change(app: Flask, admin: Person) -> None:
    client = client_as(app, admin)
    assert "还没有录入行政区划" in client.get("/places").text
    assert client.post("/places/import", data={"once": "a"}).status_code == 303
    size = log.size()
    assert client.post("/places/import", data={"once": "b"}).status_code == 303
    assert log.size() == size
    assert [e.action for e in log.since(size - 1)] == ["place.import"]
    visitor = client_as(app, None)
    assert "广东省" in visitor.get("/places").text
    assert "广东省广州市荔湾区" in visitor.get("/places?q=荔湾").text
    assert "荔湾区" in visitor.get("/places/440100").text
    assert "没有这样的地区" in visitor.get("/places?q=%25").text
    assert visitor.get("/places/999999").status_code == 404
    assert queries.name_of("440103") == "广东省广州市荔湾区"
    assert "440103" in visitor.get("/places?q=440103").text
    client.set_cookie("lang", "en")
    flask_babel.refresh()
    assert "Add a place" in client.get("/places").text


def test_added_below_its_parent_with_the_form_kept_after_a_refusal(app: Flask, admin: Person) -> None:
    client = client_as(app, admin)
    orphan = client.post("/places/new", data=STREET)
    assert orphan.status_code == 422
    assert "先登记上级地区" in orphan.text
    assert "金花街道" in orphan.text
    assert security.refusals(1)[0].status == 422
    with turn():
        people.enter_places()
    done = client.post("/places/new", data=STREET)
    assert done.location == "/places/440103"
    assert "金花街道" in client.get(done.location).text
    assert client.post("/places/new", data=STREET).status_code == 422
    for wrong in ({"code": "44010300"}, {"code": "440103009", "level": "grid"}, {"level": ""}, {"name": ""},
                  {"code": "440103009", "households": "-1"}):  # fmt: skip
        before = log.size()
        client.post("/places/new", data={**STREET, **wrong})
        assert log.size() == before
    grid = {"level": "grid", "code": "440103007001003", "name": "逢源北第3网格", "households": "120"}
    assert client.post("/places/new", data=grid).location == "/places/440103007001"
    assert "120 户" in client.get("/places/440103007001").text
    assert "增加下级地区" not in client.get("/places/440103007001003").text


def test_only_administrators_enter_places(app: Flask, admin: Person) -> None:
    officer = people_with("officer")[0]
    with pytest.raises(NotAllowed), turn(officer):
        actions.import_divisions()
    with turn(admin):
        assert actions.import_divisions() > 3000
    with pytest.raises(NotAllowed), turn(officer):
        actions.add_place(code="440103008", name="金花街道", level="street")
    with pytest.raises(Invalid), turn(admin):
        actions.add_place(code="440103", name="某区", level="district")
    client = client_as(app, officer)
    assert client.get("/places/new").status_code == 403
    assert client.post("/places/import").status_code == 403
    assert client_as(app, None).post("/places/import").status_code == 401
    assert "录入行政区划" not in client.get("/places").text
