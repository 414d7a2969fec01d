"""The portal as the tests of bids need it: with two published tenders."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.bids import world
from tests.conftest import Hands


@pytest.fixture(scope="session")
def bidding_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy."""
    return world.seed(tmp_path_factory.mktemp("bidding"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The portal with its tenders on both databases, a day before the deadline."""
    hands.set(world.CLOSES)
    hands.forward(days=-1)
    yield from world.portal(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """The same on SQLite only."""
    hands.set(world.CLOSES)
    hands.forward(days=-1)
    yield from world.portal(request.param, request, tmp_path)
