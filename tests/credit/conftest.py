"""A world, and papers that are kept without the second that printing takes."""

import pytest
from flask import Flask

from app.core import files
from app.credit import deciding, hearing, leaving
from tests.credit.world import World


def plain_paper(
    document: str, facts: dict[str, object], *, number: str, body_id: int | None = None
) -> files.StoredFile:
    """A paper as it would have been printed."""
    return files.keep(f"%PDF-1.7 {document} {number} {facts}".encode(), f"{number}.pdf", ("pdf",), body_id=body_id)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing."""
    for module in (deciding, hearing, leaving):
        monkeypatch.setattr(module, "print_and_keep", plain_paper)


@pytest.fixture
def world(app: Flask, quick: None) -> World:
    """Two registrars and an organization."""
    return World()
