"""The PostgreSQL of the tests: one server a run, databases that do not touch each other, nothing left behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.conftest_postgres import (
    Server,
    address,
    drop_database,
    fresh_database,
    start,
    template_database,
    version,
)

ROOT = Path(__file__).resolve().parents[2]


def one(url: str, command: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(command)
        row = cursor.fetchone() if cursor.description else None
    return row and row[0]


def fill(url: str) -> None:
    one(url, "CREATE TABLE budget_line (amount_fen bigint NOT NULL CHECK (amount_fen >= 0))")
    one(url, "INSERT INTO budget_line VALUES (50)")


def test_every_database_starts_as_the_template_and_stays_alone(postgres: Server) -> None:
    template = template_database(postgres, "one_line", fill)
    first, second = fresh_database(postgres, template), fresh_database(postgres, template)
    one(first, "UPDATE budget_line SET amount_fen = 7")
    assert one(first, "SELECT amount_fen FROM budget_line") == 7
    assert one(second, "SELECT amount_fen FROM budget_line") == 50
    with pytest.raises(psycopg.errors.CheckViolation):
        one(second, "UPDATE budget_line SET amount_fen = -1")


def test_a_template_that_broke_half_way_is_made_again(postgres: Server) -> None:
    def broken(url: str) -> None:
        one(url, "CREATE TABLE half (n int)")
        raise ArithmeticError("half-way")

    with pytest.raises(ArithmeticError):
        template_database(postgres, "broken", broken)
    url = fresh_database(postgres, template_database(postgres, "broken", fill))
    assert one(url, "SELECT to_regclass('half')") is None
    assert one(url, "SELECT amount_fen FROM budget_line") == 50


def test_dropping_closes_what_is_open(postgres: Server) -> None:
    url = fresh_database(postgres)
    with psycopg.connect(url) as open_connection:
        drop_database(postgres, url)
        with pytest.raises(psycopg.OperationalError):
            open_connection.execute("SELECT 1")
    drop_database(postgres, url)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        one(url, "SELECT 1")


def test_the_server_sorts_by_code_point_and_keeps_utc(postgres: Server) -> None:
    assert one(postgres.url, "SELECT min(w) FROM (VALUES ('a'), ('B')) AS t (w)") == "B"
    assert one(postgres.url, "SHOW timezone") == "UTC"
    assert re.fullmatch(r"\d+(\.\d+)+", version(postgres))


@pytest.mark.parametrize(
    ("url", "other"),
    [
        ("postgresql://postgres@/postgres?host=/s", "postgresql://postgres@/x?host=/s"),
        ("postgresql://u:p@db:5433/start", "postgresql://u:p@db:5433/x"),
        ("postgresql://u@db", "postgresql://u@db/x"),
    ],
)
def test_the_address_of_a_neighbour(url: str, other: str) -> None:
    assert address(Server(url, Path()), "x") == other


def test_a_server_of_ones_own_is_started_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGYUE_TEST_POSTGRES", raising=False)
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    server = start()
    url = fresh_database(server)
    assert one(url, "SELECT 1") == 1
    server.stop()
    assert not server.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        one(url, "SELECT 1")


RUN = """
from pathlib import Path
import psycopg, pytest
from tests.conftest_postgres import start

@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("n", range(4))
def test_note(n, database, worker_id):
    if database == "postgresql":
        server = start()
        with psycopg.connect(server.url) as connection:
            began = connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0]
        Path(__file__).with_name(f"note-{worker_id}-{n}").write_text(f"{began} {server.folder}")

def test_plain():
    pass

@pytest.mark.skip
@pytest.mark.parametrize("database", ["sqlite"])
def test_skipped(database):
    pass
"""


def test_workers_share_one_server_and_the_summary_counts_them(tmp_path: Path) -> None:
    (tmp_path / "test_run.py").write_text(RUN)
    plugins = ["-p", "tests.conftest_postgres", "-p", "tests.plugin_summary", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", ".", "-n", "2", *plugins]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    notes = {path.name: path.read_text().rsplit(" ", 1) for path in tmp_path.glob("note-*")}
    assert done.returncode == 0, done.stdout
    assert {name.split("-")[1] for name in notes} == {"gw0", "gw1"}
    assert len({began for began, _ in notes.values()}) == 1
    assert not any(Path(folder).exists() for _, folder in notes.values())
    assert re.search(r"^ +4 项 tests · SQLite 3\.\d", done.stdout, re.M)
    assert re.search(r"^ +4 项 tests · PostgreSQL \d+\.\d", done.stdout, re.M)
    assert re.search(r"^ +1 项 tests · 无数据库", done.stdout, re.M)
