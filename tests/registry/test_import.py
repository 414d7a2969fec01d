"""Importing the untidy sheet by action, page and command line: previewed, all or nothing, twice without change."""

import io
from pathlib import Path

import flask_babel
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.models import Body, Person
from app.accounts.queries import people_with
from app.core import log, migrations, search, security
from app.core.access import KEEPER, acting
from app.core.db import db
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.demonstration import people
from app.demonstration.purchase import DATA
from app.registry import actions, import_command, queries
from app.registry.models import ImportBatch, ImportRow, Organization
from app.rules.codes import make_uscc
from tests.conftest import turn
from tests.http import client_as
from tests.registry.made import shared_xlsx

SHEET = DATA / "foundations-2013.tsv"
HEAD = "社会组织名称,统一社会信用代码,社会组织类型,登记管理机关,法定代表人,注册资金,成立登记日期\n"
CODES = [make_uscc("52", "440103", f"MJL0{n:04d}") for n in range(20)]


def row(number: int, name: str, head: str = "甲某", money: str = "30000") -> str:
    """A line of a sheet of the national platform."""
    return f"{name},{CODES[number]},社会服务机构,广州市荔湾区民政局,{head},{money},2020-05-01\n"


@pytest.fixture
def registrar(app: Flask) -> Person:
    """Somebody who may import."""
    with turn():
        people.enter_people()
    return people_with("registrar")[0]


def imported(registrar: Person, content: bytes, name: str = "a.csv") -> ImportBatch:
    """Preview and apply."""
    with turn(registrar):
        batch = actions.preview_import(content, name)
    with turn(registrar):
        return actions.apply_import(batch)


def upload(client: FlaskClient, content: bytes, name: str, once: str = "") -> TestResponse:
    """Hand a sheet in by the page."""
    sent = {"file": (io.BytesIO(content), name), "once": once}
    return client.post("/registry/imports", data=sent, content_type="multipart/form-data")


def organizations() -> int:
    """How many are registered."""
    return db.session.scalar(select(func.count()).select_from(Organization)) or 0


def test_the_untidy_sheet_goes_in_whole_and_a_second_time_changes_nothing(registrar: Person) -> None:
    with turn(registrar):
        batch = actions.preview_import(SHEET.read_bytes(), SHEET.name)
    assert (batch.counts["new"], batch.counts["refused"], batch.counts["unverified"]) == (38, 0, 1)
    assert organizations() == 0
    assert len(list(db.session.scalars(select(ImportRow)))) == 38
    with turn(registrar):
        actions.apply_import(batch)
    assert (organizations(), batch.added, batch.changed) == (38, 38, 0)
    unverified = list(db.session.scalars(select(Organization).where(~Organization.org_code_verified)))
    assert [len(one.org_code or "") for one in unverified] == [8]
    vanke = db.session.scalar(select(Organization).join(Body).where(Body.name == "万科公益基金会"))
    assert vanke is not None
    assert (vanke.org_code, vanke.capital_fen, vanke.grade, vanke.place) == ("500021174", 500_000_0000, 3, "440000")
    assert search.find("organization", "万科") == [vanke.id]
    kinds = [(e.action, e.table) for e in log.since(0, 500)][-4:]
    assert kinds == [
        ("import.preview", "import_batch"), ("import.apply", "import_batch"), ("organization.import", "organization"),
        ("organization.import", "body"),
    ]  # fmt: skip
    before = log.size()
    again = imported(registrar, SHEET.read_bytes(), SHEET.name)
    assert (again.counts["unchanged"], again.added, again.changed, organizations()) == (38, 0, 0, 38)
    written = {e.action for e in log.since(before)}
    assert written == {"file.keep", "import.preview", "import.apply"}


@pytest.mark.parametrize("form", ["gb18030", "xlsx", "utf-8-sig"])
def test_the_same_sheet_in_other_clothes_changes_nothing_either(registrar: Person, form: str) -> None:
    imported(registrar, SHEET.read_bytes(), SHEET.name)
    text = SHEET.read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    content = shared_xlsx(rows) if form == "xlsx" else text.encode(form)
    batch = imported(registrar, content, "again.xlsx" if form == "xlsx" else "again.tsv")
    assert (batch.counts["unchanged"], batch.added, batch.changed) == (38, 0, 0)


def test_differences_are_shown_and_entered_field_by_field_and_blanks_erase_nothing(registrar: Person) -> None:
    imported(registrar, (HEAD + row(1, "甲中心") + row(2, "乙中心")).encode())
    sheet = (HEAD + row(1, "甲社区中心", head="新某", money="5万元") + row(2, "乙中心", head="", money="")).encode()
    with turn(registrar):
        batch = actions.preview_import(sheet, "b.csv")
    assert (batch.counts["changed"], batch.counts["unchanged"]) == (1, 1)
    (changed,) = queries.import_rows(batch, "changed")
    assert changed.differs == {
        "name": ["甲中心", "甲社区中心"],
        "legal_representative": ["甲某", "新某"],
        "capital_fen": ["3000000", "5000000"],
    }
    with turn(registrar):
        actions.apply_import(batch)
    first, second = db.session.scalars(select(Organization).order_by(Organization.id))
    assert (first.body.name, first.legal_representative, first.capital_fen) == ("甲社区中心", "新某", 5_000_000)
    assert (second.legal_representative, second.capital_fen) == ("甲某", 3_000_000)
    assert first.place == "440103" or first.place == "000000"
    assert search.find("organization", "社区") == [first.id]


def test_the_same_name_is_another_organization_only_under_another_registrar(registrar: Person) -> None:
    imported(registrar, (HEAD + row(1, "甲中心")).encode())
    elsewhere = row(2, "甲中心").replace("荔湾", "越秀")
    with turn(registrar):
        batch = actions.preview_import((HEAD + elsewhere + row(3, "甲中心")).encode(), "b.csv")
    assert [r.fate for r in queries.import_rows(batch)] == ["new", "refused"]
    assert CODES[1] in str(queries.import_rows(batch)[1].notes)


def test_a_refused_row_holds_back_the_whole_sheet(registrar: Person) -> None:
    wrong = row(2, "乙中心").replace(CODES[2], CODES[2][:-1] + ("0" if CODES[2][-1] != "0" else "1"))
    with turn(registrar):
        batch = actions.preview_import((HEAD + row(1, "甲中心") + wrong).encode(), "a.csv")
    assert batch.counts["refused"] == 1
    (refused,) = queries.import_rows(batch, "refused")
    assert (refused.line, refused.notes[0]["rule"], refused.notes[0]["bars"]) == (3, "C-14", True)
    with pytest.raises(Invalid), turn(registrar):
        actions.apply_import(batch)
    assert (organizations(), batch.state) == (0, "previewed")


def test_two_registrars_confirm_the_same_preview_and_the_register_moves_on(registrar: Person) -> None:
    sheet = (HEAD + row(1, "甲中心")).encode()
    with turn(registrar):
        first, second = actions.preview_import(sheet, "a.csv"), actions.preview_import(sheet, "b.csv")
    with turn(registrar):
        actions.apply_import(first)
    with pytest.raises(OutOfOrder), turn(registrar):
        actions.apply_import(first)
    with pytest.raises(OutOfOrder) as moved_on, turn(registrar):
        actions.apply_import(second)
    assert "预览" in str(moved_on.value)
    assert (organizations(), second.state) == (1, "previewed")
    with turn(registrar):
        actions.discard(second)
    with pytest.raises(OutOfOrder), turn(registrar):
        actions.apply_import(second)


def test_a_sheet_deregisters_and_never_registers_again(registrar: Person) -> None:
    head = HEAD.replace("成立登记日期", "登记状态")
    living, ended = (row(1, "甲中心").replace("2020-05-01", state) for state in ("正常", "注销"))
    imported(registrar, (head + living).encode())
    imported(registrar, (head + ended).encode())
    assert db.session.scalar(select(Organization.state)) == "deregistered"
    assert [e.action for e in log.since(0, 500)][-1] == "organization.deregister"
    with turn(registrar):
        batch = actions.preview_import((head + living).encode(), "c.csv")
    assert batch.counts["refused"] == 1


def test_a_body_that_takes_part_already_is_taken_up_and_an_enterprise_is_not(registrar: Person) -> None:
    jia, bing = (db.session.scalar(select(Body).where(Body.name.startswith(c))) for c in ("甲社", "丙公益"))
    assert jia is not None
    assert bing is not None
    known = row(1, jia.name).replace(CODES[1], jia.credit_code or "")
    batch = imported(registrar, (HEAD + known).encode())
    assert (batch.added, db.session.scalar(select(Organization.body_id))) == (1, jia.id)
    with turn(registrar):
        sheet = f"机构名称\t组织机构代码\t基金会类型\n{bing.name}\t\t非公募\n"
        batch = actions.preview_import(sheet.encode(), "b.tsv")
    assert batch.counts["refused"] == 1


def test_nobody_else_imports(app: Flask, registrar: Person) -> None:
    for person in (people_with("officer")[0], people_with("manager")[0]):
        with pytest.raises(NotAllowed), turn(person):
            actions.preview_import(SHEET.read_bytes(), SHEET.name)
        assert client_as(app, person).get("/registry/imports").status_code == 403
        assert upload(client_as(app, person), SHEET.read_bytes(), SHEET.name).status_code == 403
    assert upload(client_as(app, None), SHEET.read_bytes(), SHEET.name).status_code == 401
    assert db.session.scalar(select(ImportBatch.id)) is None


def test_by_the_page_with_a_second_click_and_a_second_registrar(app: Flask, registrar: Person) -> None:
    client = client_as(app, registrar)
    first = upload(client, SHEET.read_bytes(), SHEET.name, once="k1")
    assert (first.status_code, upload(client, SHEET.read_bytes(), SHEET.name, once="k1").location) == (
        303,
        first.location,
    )
    shown = client.get(first.location).text
    assert "一汽自主创新沈曾华奖励基金会" in shown
    assert "未核实" in shown
    assert "250万元" in shown
    assert "250万元" in client.get(f"{first.location}?fate=normalised").text
    assert "没有这样的行" in client.get(f"{first.location}?fate=refused").text
    report = client.get(f"{first.location}/report.csv").text
    assert len(report.strip().split("\n")) == 39
    assert report.startswith("\ufeff行,")
    done = client.post(first.location, data={"once": "k2", "version": "2"})
    assert done.status_code == 303
    assert "新增 38" in client.get(done.location).text
    assert client.post(first.location, data={"once": "k2", "version": "2"}).location == done.location
    other = client_as(app, registrar).post(first.location, data={"once": "k3"})
    assert other.status_code == 409
    assert "导入预览" in other.text
    assert organizations() == 38
    assert security.refusals(1)[0].status == 409
    english = client_as(app, registrar)
    english.set_cookie("lang", "en")
    flask_babel.refresh()  # the test holds one app context, in which the last request's language is kept
    assert "Import preview" in english.get(first.location).text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 nothing", "a.csv"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        ("名称,代码\n甲,1\n".encode(), "a.csv"),
        ("机构名称\t组织机构代码\n".encode("utf-16"), "a.tsv"),
        (SHEET.read_bytes()[:2000] + "乱码".encode("gb18030") + b"\n", "a.tsv"),
        (b"", "a.tsv"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_form_kept(
    app: Flask, registrar: Person, content: bytes, name: str
) -> None:
    answer = upload(client_as(app, registrar), content, name)
    assert answer.status_code == 422
    assert "G-20" in answer.text
    assert 'type="file"' in answer.text
    assert (security.refusals(1)[0].status, security.refusals(1)[0].rules) == (422, "G-20")
    assert db.session.scalar(select(ImportBatch.id)) is None


def test_a_row_refused_on_the_page_names_line_rule_and_bars_the_button(app: Flask, registrar: Person) -> None:
    wrong = row(2, "乙中心").replace(CODES[2], CODES[2][:-1] + ("0" if CODES[2][-1] != "0" else "1"))
    client = client_as(app, registrar)
    page = client.get(upload(client, (HEAD + row(1, "甲中心") + wrong).encode(), "a.csv").location)
    assert "C-14" in page.text
    assert "确认导入" not in page.text
    assert "重新上传" in page.text
    answer = client.post(page.request.path, data={"once": "x"})
    assert answer.status_code == 422
    assert organizations() == 0


def test_by_the_command_line(app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    with turn():
        people.enter_people()
    with acting(KEEPER):
        import_command.run(SHEET, True, said.append)
        assert organizations() == 38
        assert said[-1].startswith("新增 38")
        assert "250万元 → 2,500,000.00" in capsys.readouterr().out
        import_command.run(SHEET, True, said.append)
        assert "登记册未改动" in said[-1]
        assert organizations() == 38
        broken = tmp_path / "broken.xlsx"
        broken.write_bytes(b"no sheet")
        with pytest.raises(Unlawful):
            import_command.run(broken, True, said.append)
        with pytest.raises(Invalid):
            import_command.run(tmp_path / "none.csv", True, said.append)


def test_many_rows_go_through_in_chunks(registrar: Person) -> None:
    codes = (make_uscc("52", "440103", f"{n:08d}") for n in range(10_000_000, 10_001_300))
    lines = [f"第{n}服务中心,{code},社会服务机构,荔湾区民政局,某某,30000,2020-05-01\n" for n, code in enumerate(codes)]
    batch = imported(registrar, (HEAD + "".join(lines)).encode())
    assert (batch.added, organizations()) == (1300, 1300)
    assert search.find("organization", "第1299服务") == [db.session.scalar(select(func.max(Organization.id)))]


def test_the_register_is_found_again_after_its_tables_went_down_and_up(app: Flask, registrar: Person) -> None:
    imported(registrar, SHEET.read_bytes(), SHEET.name)
    before = search.find("organization", "基金")
    assert len(before) == 38
    db.session.rollback()
    db.session.remove()
    migrations.downgrade("0009")
    migrations.upgrade()
    assert search.find("organization", "基金") == before
    assert client_as(app, None).get("/organizations?q=万科").text.count("万科公益基金会") == 1
