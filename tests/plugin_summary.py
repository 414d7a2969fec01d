"""Says at the end how many tests ran on which database and in which browser.

A pytest plugin (`pytest_plugins = ["tests.plugin_summary"]`), with xdist or without. A test counts for a
database when one of its parameter ids is `sqlite` or `postgresql` or it takes `postgres`, and for the browser
when it is marked `browser`; a fixture that knows better says so in `request.node.user_properties`, as
("database", "sqlite") or ("browser", "Chromium 156.0"). (PYTEST_DONT_REWRITE: nothing is asserted here.)
"""

import os
import shutil
import sqlite3
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tests import conftest_postgres, postgres_package

DATABASES = ("sqlite", "postgresql")
RAN: dict[str, set[str]] = defaultdict(set)  # "tests", "sqlite", "postgresql", "browser" → the tests' ids
BROWSERS: set[str] = set()


def chromium() -> str | None:
    """The path of the system's Chromium: what `./portal test` found, else what is on the path."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Runs where the test runs; what it notes travels with the report to the controller."""
    ids = item.callspec.id.split("-") if hasattr(item, "callspec") else []
    ids += ["postgresql"] * ("postgres" in getattr(item, "fixturenames", ()))
    item.user_properties += [("database", name) for name in DATABASES if name in ids]
    if item.get_closest_marker("browser"):
        item.user_properties.append(("browser", ""))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counts what was really run: a test skipped or broken in its set-up is not in it."""
    if report.when != "call" or report.skipped:
        return
    RAN["tests"].add(report.nodeid)
    for key, value in report.user_properties:
        if key == "database":
            RAN[str(value)].add(report.nodeid)
        elif key == "browser":
            RAN["browser"].add(report.nodeid)
            BROWSERS.update({str(value)} - {""})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a database and one for the browser, after everything else."""
    terminalreporter.section("在哪里运行 · where they ran")
    neither = len(RAN["tests"] - RAN["sqlite"] - RAN["postgresql"])
    for count, place in (
        (len(RAN["sqlite"]), f"SQLite {sqlite3.sqlite_version}"),
        (len(RAN["postgresql"]), postgresql_name()),
        (len(RAN["browser"]), browser_name()),
        (neither, "无数据库 without a database"),
    ):
        terminalreporter.write_line(f"{count:>6} 项 tests · {place}")


def postgresql_name() -> str:
    given = os.environ.get(conftest_postgres.FOLDER)
    started = bool(given and postgres_package.running(Path(given))) or "TEST_DATABASE_URL" in os.environ
    if not RAN["postgresql"] or not started:
        return "PostgreSQL"
    return f"PostgreSQL {conftest_postgres.version(conftest_postgres.start())}"


def browser_name() -> str:
    if BROWSERS or not RAN["browser"]:
        return ", ".join(sorted(BROWSERS)) or "Chromium"
    path = chromium()
    said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout if path else ""
    return " ".join(said.split()[:2]) or "Chromium"
