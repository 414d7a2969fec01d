"""The portal as the tests of reports need it: with norms and people in it, and a foundation beside the suppliers."""

from tests.plans.conftest import app, seeded_sqlite, sqlite_app

__all__ = ["app", "seeded_sqlite", "sqlite_app"]
