"""Large sheets: read and entered by the worker, part by part; broken off, gone on with, never entered twice."""

import io
import itertools
import os
import signal
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Body, Person
from app.accounts.queries import people_with
from app.core import archive, jobs, log, search, verifier
from app.core.access import KEEPER, acting
from app.core.clock import machine_now
from app.core.db import db
from app.core.errors import Invalid, OutOfOrder
from app.demonstration import people
from app.registry import actions, import_command, import_work, importing, known, queries
from app.registry.importing import ENTER, READ
from app.registry.models import ImportBatch, ImportPart, ImportRow, Organization
from app.registry.waiting import waiting
from app.rules.codes import make_uscc
from tests.conftest import turn
from tests.http import client_as

HEAD = "社会组织名称,统一社会信用代码,社会组织类型,登记状态,登记管理机关,法定代表人,注册资金,成立登记日期\n"
ROWS = 3_000
FEW = 600


def line(n: int, head: str = "", state: str = "正常", name: str = "") -> str:
    """Row *n* of a generated sheet."""
    code = make_uscc("52", "440103", f"{10_000_000 + n}")
    return f"{name or f'第{n}号服务中心'},{code},社会服务机构,{state},荔湾区民政局,{head or '甲某'},30000,2020-05-01\n"


def sheet(rows: list[str]) -> bytes:
    """A sheet of these lines."""
    return (HEAD + "".join(rows)).encode()


WHOLE = sheet([line(n) for n in range(ROWS)])
SOME = sheet([line(n) for n in range(FEW)])


@pytest.fixture
def registrar(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody who may import, where three hundred rows are a large sheet already and parts are small."""
    monkeypatch.setattr(import_work, "LEAST", 50)
    monkeypatch.setattr(import_work, "MOST", 400)
    monkeypatch.setattr(importing, "SMALL_ROWS", 300)
    monkeypatch.setattr("app.registry.desk_views.SMALL_ROWS", 300)
    with turn():
        people.enter_people()
    return people_with("registrar")[0]


def previewed(registrar: Person, content: bytes, name: str = "a.csv") -> ImportBatch:
    """Hand in, and let the worker read."""
    with turn(registrar):
        batch = actions.hand_in(io.BytesIO(content), name)
    assert batch.state == "reading"
    assert jobs.work_off() == 1
    db.session.expire_all()
    return batch


def confirmed(registrar: Person, batch: ImportBatch) -> ImportBatch:
    """Confirm; the worker has not begun."""
    with turn(registrar):
        actions.confirm(batch)
    assert batch.state == "applying"
    return batch


def count(model: type) -> int:
    """How many rows the table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def breaking_off(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Let the worker's process die in the middle of entering the part behind this many."""
    real, seen = import_work.enter, []

    def enter(*given: object) -> None:
        real(*given)  # type: ignore[arg-type]
        seen.append(1)
        if len(seen) > after:
            raise SystemExit("killed")

    monkeypatch.setattr(import_work, "enter", enter)


def the_archive_is_proven(tmp_path: Path) -> None:
    """The verifier finds nothing wrong with an archive made now."""
    with turn():
        archive.write_archive(tmp_path / "archive.zip")
    report = verifier.verify_archive(tmp_path / "archive.zip")
    assert report.ok, report.text()


def test_broken_off_in_the_middle_of_a_part_it_goes_on_and_enters_nothing_twice(
    registrar: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    batch = previewed(registrar, WHOLE)
    assert (batch.state, batch.counts["rows"], batch.counts["new"], batch.counts["refused"]) == (
        "previewed", ROWS, ROWS, 0,
    )  # fmt: skip
    assert count(ImportRow) == ROWS
    before = count(Body)
    confirmed(registrar, batch)
    with monkeypatch.context() as broken:
        breaking_off(broken, 2)
        with pytest.raises(SystemExit):
            jobs.work_off()
    parts = list(db.session.scalars(select(ImportPart).order_by(ImportPart.number)))
    assert [part.number for part in parts] == [1, 2]
    assert count(Organization) == sum(part.added for part in parts) < ROWS  # the third was taken back whole
    assert search.find("organization", f"第{parts[-1].added + parts[0].added}号") == []
    db.session.rollback()
    assert jobs.work_off() == 1
    db.session.expire_all()
    assert (batch.state, batch.added, batch.changed, batch.set_aside) == ("applied", ROWS, 0, 0)
    assert (count(Organization), count(Body) - before) == (ROWS, ROWS)
    parts = list(db.session.scalars(select(ImportPart).order_by(ImportPart.number)))
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert all(one.last_line < after.first_line for one, after in itertools.pairwise(parts))
    last = db.session.scalars(select(Organization).order_by(Organization.id.desc()).limit(1)).one()
    assert search.find("organization", f"第{ROWS - 1}号") == [last.id]
    assert last.part == parts[-1].public_id
    with acting(registrar):
        told = [(e.action, e.table, e.public) for e in log.entries_of(parts[-1].public_id)]
    assert told == [
        ("organization.import", "import_part", False), ("organization.import", "organization", True),
        ("organization.import", "body", True),
    ]  # fmt: skip
    assert [e.action for e in queries.history(last)] == ["organization.import"]
    assert {e.actor for e in log.entries_of(parts[-1].public_id)} == {registrar.public_id}
    assert [e.action for e in log.entries_of(batch.public_id)] == [
        "import.preview", "import.preview", "import.begin", "import.apply",
    ]  # fmt: skip
    the_archive_is_proven(tmp_path)
    again = previewed(registrar, WHOLE, "again.csv")
    assert (again.counts["unchanged"], again.counts["new"]) == (ROWS, 0)


def test_new_changed_ended_and_unchanged_rows_with_the_register_moving_on_meanwhile(
    registrar: Person, tmp_path: Path
) -> None:
    first = previewed(registrar, SOME)
    confirmed(registrar, first)
    jobs.work_off()
    changed = [line(n, head="新某", name=f"改{n}号服务中心") for n in range(60)]
    ended = [line(n, state="注销") for n in range(60, 100)]
    same, new = [line(n) for n in range(100, FEW)], [line(n) for n in range(FEW, FEW + 40)]
    second = previewed(registrar, sheet(changed + ended + same + new), "b.csv")
    figures = {name: second.counts[name] for name in ("new", "changed", "unchanged", "refused")}
    assert figures == {"new": 40, "changed": 100, "unchanged": 500, "refused": 0}
    assert queries.import_rows(second, "changed")[0].differs == {
        "name": ["第0号服务中心", "改0号服务中心"], "legal_representative": ["甲某", "新某"],
    }  # fmt: skip
    confirmed(registrar, second)
    with turn(registrar):  # another registrar corrects one by hand, ends one, and registers a third
        by_code = {body.credit_code: body for body in db.session.scalars(select(Body))}
        touched, gone = (
            queries.organization_of(by_code[make_uscc("52", "440103", f"{10_000_000 + n}")]) for n in (7, 70)
        )
        assert touched is not None
        assert gone is not None
        actions.amend(touched, legal_representative="另某")
        actions.deregister(gone)
        code = make_uscc("52", "440103", f"{10_000_000 + FEW + 5}")
        by_hand = actions.register(
            name="手工登记中心", kind="service", credit_code=code, registrar="荔湾区民政局", supervising_unit="某局",
            legal_representative="某", capital_fen=3_000_000, address="荔湾", scope="服务", fields=(), place="440103",
        )  # fmt: skip
    jobs.work_off()
    db.session.expire_all()
    assert (second.state, second.added, second.changed, second.set_aside) == ("applied", 39, 98, 3)
    aside = queries.import_rows(second, "set_aside")
    assert [(row.line, row.fate, (row.set_aside or {})["fate"]) for row in aside] == [
        (9, "changed", "changed"), (72, "changed", "unchanged"), (607, "new", "changed"),
    ]  # fmt: skip
    assert (touched.legal_representative, touched.body.name, gone.state) == ("另某", "第7号服务中心", "deregistered")
    assert by_hand.body.name == "手工登记中心"
    renamed = db.session.scalars(select(Body).where(Body.name == "改0号服务中心")).one()
    one = queries.organization_of(renamed)
    assert one is not None
    assert (one.legal_representative, renamed.head_name, one.version, renamed.version) == ("新某", "新某", 2, 2)
    assert search.find("organization", "改0号") == [one.id]
    assert search.find("organization", "第0号") == []
    assert [e.action for e in queries.history(one)] == ["organization.import", "body.amend", "organization.amend"]
    ended_one = db.session.scalars(select(Organization).join(Body).where(Body.name == "第61号服务中心")).one()
    assert (ended_one.state, ended_one.version) == ("deregistered", 2)
    assert [e.action for e in queries.history(ended_one)][-1] == "organization.deregister"
    the_archive_is_proven(tmp_path)


def test_it_is_confirmed_once_and_by_one_of_two_registrars(app: Flask, registrar: Person) -> None:
    batch = previewed(registrar, SOME)
    client, other = client_as(app, registrar), client_as(app, registrar)
    page = f"/registry/imports/{batch.public_id}"
    shown = client.get(page).text
    assert "只需确认一次" in shown
    assert "表中没有这些列：业务主管单位、住所、业务范围、评估等级" in shown
    sent = {"once": "k1", "version": str(batch.version)}
    first = client.post(page, data=sent)
    assert (first.status_code, client.post(page, data=sent).location) == (303, first.location)
    assert other.post(page, data={"once": "k2", "version": sent["version"]}).status_code == 409
    shown = client.get(page).text
    assert 'http-equiv="refresh"' in shown
    assert "等待后台开始办理" in shown
    assert "确认导入" not in shown
    assert 'http-equiv="refresh"' not in client.get(page + "?still=1").text
    with pytest.raises(OutOfOrder), turn(registrar):
        actions.discard(batch)
    assert jobs.work_off() == 1
    assert jobs.work_off() == 0
    db.session.expire_all()
    assert (batch.added, count(Organization)) == (FEW, FEW)
    assert f"已导入：新增 {FEW}，更新 0。" in client.get(page).text
    with pytest.raises(OutOfOrder), turn(registrar):
        actions.confirm(batch)


def test_a_refused_row_bars_the_whole_sheet_and_a_broken_file_is_told(app: Flask, registrar: Person) -> None:
    rows = [line(n) for n in range(FEW)]
    batch = previewed(registrar, sheet([*rows, line(1)]))
    assert batch.counts["refused"] == 1
    (refused,) = queries.import_rows(batch, "refused")
    assert (refused.line, refused.notes[0]["values"]) == (602, {"line": 3})
    with pytest.raises(Invalid), turn(registrar):
        actions.confirm(batch)
    assert (batch.state, count(Organization)) == ("previewed", 0)
    broken = previewed(registrar, sheet([*rows, '某中心,"没有合上的引号\n']), "b.csv")
    assert broken.state == "refused"
    shown = client_as(app, registrar).get(f"/registry/imports/{broken.public_id}").text
    assert "第 602 行的引号不成对" in shown
    assert "G-20" in shown


def test_only_a_registrar_may_send_more_than_other_pages_take(app: Flask, registrar: Person) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    assert len(SOME) > 10_000
    for person, status in ((registrar, 303), (people_with("officer")[0], 413), (None, 413)):
        sent = {"file": (io.BytesIO(SOME), "a.csv")}
        client = client_as(app, person)
        answer = client.post("/registry/imports", data=sent, content_type="multipart/form-data")
        assert answer.status_code == status
    sent = {"name": "a" * 20_000, "password": "b"}
    assert client_as(app, registrar).post("/sign-in", data=sent).status_code == 413


def test_given_up_while_it_is_read_it_stops(registrar: Person) -> None:
    with turn(registrar):
        batch = actions.hand_in(io.BytesIO(SOME), "a.csv")
        held_up = actions.hand_in(io.BytesIO(SOME), "b.csv")
    with turn(registrar):
        actions.discard(batch)
    jobs.work_off()
    db.session.expire_all()
    assert (batch.state, held_up.state) == ("discarded", "previewed")
    assert db.session.scalar(select(func.count()).where(ImportRow.batch_id == batch.id)) == 0


def test_an_error_is_shown_and_somebody_lets_it_go_on(
    app: Flask, registrar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = confirmed(registrar, previewed(registrar, SOME))
    with monkeypatch.context() as broken:
        broken.setattr(import_work, "enter", lambda *given: 1 / 0)
        jobs.work_off()
    client, page = client_as(app, registrar), f"/registry/imports/{batch.public_id}"
    assert "ZeroDivisionError" in client.get(page).text
    with app.test_request_context():
        assert [(one.label, one.url, one.values["name"]) for one in waiting(registrar)] == [
            ("接着导入 %(name)s", page, "a.csv")
        ]
    assert client.get(f"{page}/go-on").status_code == 200
    assert client.post(f"{page}/go-on", data={"once": "k"}).status_code == 303
    jobs.work_off()
    db.session.expire_all()
    assert (batch.state, count(Organization)) == ("applied", FEW)
    assert client.post(f"{page}/go-on", data={"once": "l"}).status_code == 409


def test_who_lost_the_lease_writes_nothing_more(registrar: Person) -> None:
    batch = confirmed(registrar, previewed(registrar, SOME))
    slow = jobs.take(ENTER, batch.public_id)
    assert slow is not None
    assert jobs.take() is None  # its process is alive and its lease is good
    with turn():
        job = jobs.of(ENTER, batch.public_id)
        assert job is not None
        job.lease_until = machine_now() - timedelta(seconds=1)
        db.session.flush()
    assert jobs.work_off() == 1
    entered, written = count(Organization), log.size()
    db.session.rollback()
    assert jobs.run(slow) is False
    assert (count(Organization), log.size()) == (entered, written) == (FEW, written)


def test_readings_begun_again_start_over(registrar: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with turn(registrar):
        batch = actions.hand_in(io.BytesIO(SOME), "a.csv")
    with monkeypatch.context() as broken:
        broken.setattr(importing.Told, "end", lambda *given: sys.exit("killed"))
        with pytest.raises(SystemExit):
            jobs.work_off()
    assert count(ImportRow) == FEW
    assert batch.state == "reading"
    db.session.rollback()
    jobs.work_off()
    db.session.expire_all()
    assert (batch.state, count(ImportRow)) == ("previewed", FEW)


def test_killed_as_a_real_process_and_called_again(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(sheet([line(n) for n in range(2_500)]))
    surroundings = {**os.environ, "PORTAL_HOME": app.config["HOME"], "PYTHONUNBUFFERED": "1"}
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    surroundings |= (
        {} if url.startswith("sqlite") else {"DATABASE_URL": url.replace("postgresql+psycopg", "postgresql")}
    )
    script = "import sys; from app.registry import import_command, import_work;"
    script += "import_command.STEP, import_work.LEAST, import_work.MOST = 100, 100, 200;"
    script += "from app.commands import main; main(['import', 'organizations', sys.argv[1], '--yes'])"
    command = [sys.executable, "-c", script, str(file)]
    child = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert child.stdout is not None
    for said in child.stdout:
        if "导入 import 1," in said:
            break
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    child.stdout.close()
    assert 0 < count(Organization) < 2_500
    db.session.rollback()
    said = []
    with acting(KEEPER):
        import_command.run(file, True, said.append)
    assert said[0].startswith("接着上次")
    assert said[-1].startswith("新增 2500，更新 0")
    assert count(Organization) == 2_500
    assert db.session.scalar(select(func.sum(ImportPart.added))) == 2_500
    assert [job.state for job in db.session.scalars(select(jobs.Job).order_by(jobs.Job.id))] == ["done", "done"]
    the_archive_is_proven(tmp_path)


def test_a_workbook_is_read_by_the_worker(app: Flask, registrar: Person) -> None:
    from tests.registry.made import shared_xlsx

    rows = [one.rstrip("\n").split(",") for one in [HEAD, *(line(n) for n in range(FEW))]]
    content = io.BytesIO(shared_xlsx(rows))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_STORED) as package:
        package.writestr("docProps/thumbnail.bin", os.urandom(1_100_000))  # large enough to be left to the worker
    client = client_as(app, registrar)
    sent = {"file": (io.BytesIO(content.getvalue()), "a.xlsx"), "once": "k"}
    answer = client.post("/registry/imports", data=sent, content_type="multipart/form-data")
    assert "正由后台逐行核对" in client.get(answer.location).text
    assert jobs.work_off() == 1
    batch = db.session.scalars(select(ImportBatch)).one()
    assert (batch.state, batch.counts["new"]) == ("previewed", FEW)
    confirmed(registrar, batch)
    jobs.work_off()
    assert count(Organization) == FEW
    assert jobs.of(READ, batch.public_id) is not None


def test_no_look_up_reads_a_whole_table(sqlite_app: Flask) -> None:
    """With 900,000 rows a scan for every part would cost more than the import."""
    for column in (Organization.org_code, Body.credit_code, Body.name):
        query = known._query(column.class_).where(known._among(column, {"甲", "乙"}))
        sql = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = [str(row[3]) for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if step in ("SCAN body", "SCAN organization")], plan
