"""Migrations: numbered, up, down, up with data, and the same as the models; on both databases."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from app.accounts import actions as accounts
from app.core import migrations
from app.core.db import Base, db
from tests.conftest import turn

VERSIONS = Path(migrations.FOLDER) / "versions"


def test_they_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(p.name[:4]) for p in VERSIONS.glob("*.py"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_they_make_what_the_models_say(app: Flask) -> None:
    migrations.load_models()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Base.metadata)
    wanted = [d for d in differences if not _of_search(d)]
    assert wanted == []


def test_up_down_up_with_data(app: Flask) -> None:
    with turn():
        accounts.add_body(name="甲中心", kind="organization")
    db.session.remove()
    migrations.downgrade("base")
    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT count(*) FROM alembic_version")).scalar()
    assert kept == 0
    migrations.upgrade()
    assert migrations.current() == migrations.newest()
    with turn():
        accounts.add_body(name="乙中心", kind="organization")


def _of_search(difference: object) -> bool:
    """The search tables are made by hand (FTS5 on SQLite) and no model speaks of them."""
    return "search" in repr(difference)
