"""The portal as the tests of plans and tenders need it: with catalogue, norms and people in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Hands
from tests.plans import world


@pytest.fixture(scope="session")
def seeded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy."""
    return world.seed(tmp_path_factory.mktemp("seeded"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The seeded portal on both databases."""
    yield from world.seeded(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The seeded portal on SQLite only."""
    yield from world.seeded(request.param, request, tmp_path)
