"""The portal as the tests of tenders need it: the seeded one, with a sealing page whose fingerprint can be recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Hands
from tests.plans import world
from tests.plans.conftest import seeded_sqlite

__all__ = ["seeded_sqlite"]
PAGE = "<!doctype html><title>密封投标</title>"


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The seeded portal on both databases."""
    yield from _with_page(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The seeded portal on SQLite only."""
    yield from _with_page("sqlite", request, tmp_path)


def _with_page(kind: str, request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    for made in world.seeded(kind, request, home):
        page = home / "static" / "seal" / "seal.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE, encoding="utf-8")
        made.static_folder = str(home / "static")
        yield made
