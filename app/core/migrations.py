"""The numbered migrations: up to the newest, down to a number, on the engine of the running app."""

import importlib
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.core.db import db

FOLDER = Path(__file__).parent.parent.parent / "migrations"


def upgrade(to: str = "head") -> None:
    """Bring the database up to *to* (a number, or the newest)."""
    _run(lambda config: command.upgrade(config, to))


def downgrade(to: str) -> None:
    """Take the database down to *to* (a number, or `base` for an empty one)."""
    _run(lambda config: command.downgrade(config, to))


def current() -> str | None:
    """The number the database stands at."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The number of the newest migration there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def load_models() -> None:
    """Import every domain's models, so that the metadata is whole."""
    for domain in pkgutil.iter_modules([str(FOLDER.parent / "app")]):
        if domain.ispkg and (FOLDER.parent / "app" / domain.name / "models.py").exists():
            importlib.import_module(f"app.{domain.name}.models")


def _run(what) -> None:  # type: ignore[no-untyped-def]
    config = _config()
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        what(config)
        connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
