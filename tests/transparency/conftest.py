"""The portal as the tests of the public site need it: with both contracts of the family service centre published."""

from tests.delivery.conftest import app, delivering_sqlite, sqlite_app

__all__ = ["app", "delivering_sqlite", "sqlite_app"]
