"""The portal as the tests of bids need it: with two published tenders, a day before their deadline."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.bids import world
from tests.conftest import Hands


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the homes that tests begin from are kept."""
    return tmp_path_factory.mktemp("seeds")


@pytest.fixture
def day_before(hands: Hands) -> None:
    """The clock stands a day before the deadline."""
    hands.set(world.CLOSES)
    hands.forward(days=-1)


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, day_before: None) -> Iterator[Flask]:
    """The portal on both databases; nobody has bid yet."""
    yield from world.portal(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def app_with_bids(request: pytest.FixtureRequest, tmp_path: Path, day_before: None) -> Iterator[Flask]:
    """The portal on both databases; three have bid for lot 1."""
    yield from world.portal(request.param, request, tmp_path, with_bids=True)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, day_before: None) -> Iterator[Flask]:
    """The portal on SQLite only; nobody has bid yet."""
    yield from world.portal(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app_with_bids(request: pytest.FixtureRequest, tmp_path: Path, day_before: None) -> Iterator[Flask]:
    """The portal on SQLite only; three have bid for lot 1."""
    yield from world.portal(request.param, request, tmp_path, with_bids=True)
