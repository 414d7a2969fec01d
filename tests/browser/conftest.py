"""A browser, a portal as `./portal run` serves it, and everybody's desks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.desk import Office
from tests.browser.portal import Portal, running
from tests.browser.watch import Watch


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A fresh demonstration, served."""
    with running(tmp_path_factory.mktemp("home")) as served:
        yield served


@pytest.fixture(scope="module")
def office(browser: Browser, portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Everybody's desks, with the eye that looks over every shoulder."""
    desks: Path = tmp_path_factory.mktemp("desks")
    everybody = Office(browser, portal, Watch(tmp_path_factory.mktemp("pictures")), desks)
    yield everybody
    for one in everybody.desks.values():
        one.page.context.close()


@pytest.fixture(autouse=True)
def counted(request: pytest.FixtureRequest, browser: Browser) -> None:
    """For the summary: `run` serves from SQLite, and this is the browser."""
    request.node.user_properties += [("database", "sqlite"), ("browser", f"Chromium {browser.version}")]
