"""The portal with catalogue, norms and people in it."""

from tests.plans.conftest import app, seeded_sqlite, sqlite_app

__all__ = ["app", "seeded_sqlite", "sqlite_app"]
