"""The portal as the tests of evaluations need it: with both contracts published."""

from tests.delivery.conftest import app, delivering_sqlite, sqlite_app

__all__ = ["app", "delivering_sqlite", "sqlite_app"]
