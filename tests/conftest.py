"""What every test can ask for: the portal on SQLite and on PostgreSQL, a clock of its own, people who act.

`app` runs a test twice, once on each database; `sqlite_app` only once. A migrated database is made once a run and
copied for each test.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

import config
from app import create_app
from app.accounts import passwords
from app.core import access, clock, migrations
from app.core.db import db, writing
from tests import conftest_postgres

pytest_plugins = ["tests.conftest_browser", "tests.conftest_postgres", "tests.plugin_summary"]
START = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)


class Hands:
    """A clock that stands where a test puts it."""

    def __init__(self, moment: datetime = START) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        """Put the clock at *moment*."""
        self.moment = moment

    def forward(self, **by: int) -> None:
        """Move on by days, hours, seconds …"""
        self.moment += timedelta(**by)


@pytest.fixture
def hands() -> Iterator[Hands]:
    """The portal's time, standing still at 2026-01-12 09:00 Beijing time until moved."""
    standing = Hands()
    before = clock._source
    clock.use(standing)
    yield standing
    clock.use(before)


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """The same Argon2 at its smallest: a world of 25 people need not spend a second and a half on their passwords."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated SQLite database to copy."""
    home = tmp_path_factory.mktemp("migrated")
    _migrate(home, "")
    return home / "portal.sqlite3"


def _migrate(home: Path, url: str) -> None:
    app = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    with app.app_context():
        migrations.upgrade()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The portal, with an app context, on SQLite and on PostgreSQL."""
    yield from portal(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The portal on SQLite only, for what does not depend on the database."""
    yield from portal("sqlite", request, tmp_path)


def portal(kind: str, request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """A portal in *home* on a fresh database of this kind."""
    url = ""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        template = conftest_postgres.template_database(server, "portal", lambda address: _migrate(home / "t", address))
        url = conftest_postgres.fresh_database(server, template)
    else:
        shutil.copy(request.getfixturevalue("migrated_sqlite"), home / "portal.sqlite3")
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
    if url:
        conftest_postgres.drop_database(server, url)


@contextmanager
def turn(who: access.Actor = access.KEEPER) -> Iterator[None]:
    """Act as *who* in one transaction, as the door would let them."""
    with access.acting(who), writing():
        yield


@pytest.fixture
def acting() -> Callable[..., object]:
    """`with acting(person): …` – one transaction as that person."""
    return turn
