"""A bid from the bidder's browser to the opening, in Chromium, through the portal as it is served."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from app.accounts import sessions
from app.bids import queries, sealing
from app.core.db import db, writing
from tests.bids.world import CLOSES, KEYS, hand_in, tender
from tests.conftest import Hands
from tests.plans.world import who

pytestmark = pytest.mark.browser
WRONG: list[str] = []  # what the pages complained of


@pytest.fixture
def site(sqlite_app: Flask) -> Iterator[str]:
    """The portal, served with its CSRF tokens checked."""
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, sqlite_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_bid_is_sealed_handed_in_and_opened_in_the_browser(
    site: str, browser: Browser, hands: Hands, tmp_path: Path
) -> None:
    here = f"{site}/tenders/{tender().public_id}"
    package = _seal_and_hand_in(_page(browser, site, "jia"), here, tmp_path)
    db.session.rollback()
    bid = queries.held(tender())[0]
    assert bid.file.bytes == package
    for name in ("yi", "wu"):
        hand_in(tender(), name)
    hands.set(CLOSES + timedelta(minutes=1))
    for number in (1, 3, 5):
        _release(_page(browser, site, f"key{number}"), here, number, tmp_path)
    officer = _page(browser, site, "officer")
    officer.goto(f"{here}/opening")
    officer.get_by_role("button", name="开标").click()
    officer.get_by_role("button", name="确认开标").click()
    assert "2,388,000.00" in officer.locator("main").inner_text()
    db.session.rollback()
    assert queries.opened(tender())[0].technical == "服务方案：个案、小组。"
    assert WRONG == []


def _page(browser: Browser, site: str, name: str) -> Page:
    """A window in which this person is signed in; what its pages complain of is kept."""
    with writing():
        token = sessions.start(who(name), second_factor=True, address="127.0.0.1", agent="test")
    context = browser.new_context(accept_downloads=True)
    context.add_cookies([{"name": sessions.COOKIE, "value": token, "url": site}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: WRONG.append(str(error)))
    page.on("console", lambda line: WRONG.append(line.text) if line.type == "error" else None)
    return page


def _seal_and_hand_in(page: Page, here: str, desk: Path) -> bytes:
    page.goto(f"{here}/bids")
    page.get_by_role("button", name="打开密封页面").click()
    page.wait_for_selector("#write:not([hidden])")
    page.check("#lot-0")
    page.fill("#price", "2,388,000")
    page.fill("#technical", "服务方案：个案、小组。")
    page.fill("#business", "近三年业绩两项。")
    page.fill("#contact-name", "陈某")
    page.fill("#contact-phone", "020-81000000")
    for statement in sealing.STATEMENTS:
        page.check(f"#{statement}")
    page.click("#bid button.button")
    page.check("#agreed")
    page.click("#seal")
    page.wait_for_selector("#sealed:not([hidden])")
    for button in ("#get-sealed", "#get-recovery"):
        with page.expect_download() as caught:
            page.click(button)
        caught.value.save_as(desk / button[1:])
    page.click("#hand-in")
    assert page.url == f"{here}/bids#hand-in"
    package = {"name": "a.sealed.json", "mimeType": "application/json", "buffer": (desk / "get-sealed").read_bytes()}
    page.set_input_files("input[type=file]", package)
    page.get_by_role("button", name="递交", exact=True).click()
    page.wait_for_url("**/bids/*")
    assert "您的投标已收到" in page.locator("main").inner_text()
    return (desk / "get-sealed").read_bytes()


def _release(page: Page, here: str, number: int, desk: Path) -> None:
    identity = desk / f"key{number}.txt"
    identity.write_text(str(KEYS[number - 1]), encoding="ascii")
    page.goto(f"{here}/opening")
    page.get_by_role("button", name="打开解密页面").click()
    page.wait_for_selector("#decrypt:not([hidden])")
    page.set_input_files("#identity", identity)
    page.check("#passed")
    page.click("#go")
    page.wait_for_selector("#done:not([hidden])")
    page.click("#post button")
    page.wait_for_url("**/opening")
    assert "有效 3 份" in page.locator("main").inner_text()
