"""The portal as the tests of gradings need it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core import files
from app.grading import deciding, lowering
from tests.conftest import Hands
from tests.grading import world


@pytest.fixture(scope="session")
def grading_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database to copy."""
    return world.seed(tmp_path_factory.mktemp("grading"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """That portal on both databases."""
    yield from world.portal(request.param, request, tmp_path)


@pytest.fixture(params=["sqlite"])
def sqlite_app(request: pytest.FixtureRequest, tmp_path: Path, hands: Hands) -> Iterator[Flask]:
    """That portal on SQLite only."""
    yield from world.portal(request.param, request, tmp_path)


@pytest.fixture
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A blank page for every paper, where what is printed is not what is tested: typesetting takes a second each."""

    def blank(document: str, facts: object, *, number: str, body_id: int | None = None) -> files.StoredFile:
        return files.keep(f"%PDF-1.7 {document} {number}".encode(), f"{number}.pdf", ("pdf",), body_id=body_id)

    for module in (deciding, lowering):
        monkeypatch.setattr(module, "print_and_keep", blank)
