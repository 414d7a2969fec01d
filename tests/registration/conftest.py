"""The portal as the tests of procedures need it: norms, people and sponsors in it, made once a run and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import config
from app import create_app
from app.core import migrations
from app.core.db import db
from app.documents import printing
from tests import conftest_postgres
from tests.conftest import Hands
from tests.registration import world
from tests.registration.world import Desk


def seed(home: Path, url: str = "") -> Path:
    """Fill an empty database; gives the SQLite file."""
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    with made.app_context():
        migrations.upgrade()
        world.enter()
        db.session.remove()
        db.engine.dispose()
    return home / "portal.sqlite3"


@pytest.fixture(scope="session")
def sponsored_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy."""
    return seed(tmp_path_factory.mktemp("sponsored"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """That portal on both databases."""
    url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        template = conftest_postgres.template_database(server, "sponsored", lambda to: seed(tmp_path / "t", to))
        url = conftest_postgres.fresh_database(server, template)
    else:
        shutil.copy(request.getfixturevalue("sponsored_sqlite"), tmp_path / "portal.sqlite3")
    made = create_app(config.load({"PORTAL_HOME": str(tmp_path), "DATABASE_URL": url}))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def light_papers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers carry their facts but are not typeset, which takes a second each; `real_papers` asks for real ones."""
    if "real_papers" in request.fixturenames:
        return
    monkeypatch.setattr(
        printing, "set_document", lambda _html, _css, facts_json, **_more: (b"%PDF-1.7 " + facts_json.encode(), 1)
    )


@pytest.fixture
def real_papers() -> None:
    """Typeset the papers of this test."""


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Everybody at their browser."""
    return Desk(app)
