"""The portal as the tests of deliveries and evaluations need it: with both contracts published."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Hands
from tests.delivery import world


@pytest.fixture(scope="session")
def delivering_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy."""
    return world.seed(tmp_path_factory.mktemp("delivering"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """That portal on both databases."""
    yield from world.portal(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """That portal on SQLite only."""
    yield from world.portal(request.param, request, tmp_path)
