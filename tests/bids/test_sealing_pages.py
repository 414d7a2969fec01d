"""The sealing pages in a real browser: from disk, from the portal, and against addresses they must not follow."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.bids import sealing
from app.bids.sealed_sheet import sha256
from tests.bids.test_sealing import FIELDS, KEYS, SHEET, TENDER
from tests.bids.test_sealing_js import ROOT, node

pytestmark = pytest.mark.browser
POSTED: list[dict[str, list[str]]] = []


class Portal(SimpleHTTPRequestHandler):
    """Serves the folder as the portal serves its static files, and takes the keyholder's form."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        POSTED.append({"path": [self.path], **parse_qs(body)})
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    subprocess.run([node(), ROOT / "scripts" / "build-assets.mjs", "--to", folder, "seal"], check=True)
    (folder / "sheet.json").write_bytes(SHEET.to_bytes())
    return folder


@pytest.fixture(scope="module")
def portal(pages: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Portal, directory=str(pages))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A narrow window; anything the page's script or its own policy complains of fails the test."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, accept_downloads=True)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert [text for text in wrong if "404" not in text] == []


def kept(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click(button)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def write_bid(page: Page, attachment: Path) -> None:
    page.check("#lot-0")
    page.fill("#price", "2,388,000")
    assert page.inner_text("#price-words").endswith("人民币贰佰叁拾捌万捌仟元整")
    for field in ("technical", "business"):
        page.fill(f"#{field}", FIELDS[field])
    page.fill("#contact-name", "陈某")
    page.fill("#contact-phone", "020-81000000")
    page.set_input_files("#attachments", attachment)
    for statement in sealing.STATEMENTS:
        page.check(f"#{statement}")


def sealed_on(page: Page, folder: Path) -> tuple[bytes, bytes]:
    (folder / "承诺函.pdf").write_bytes(b"%PDF-1.7")
    write_bid(page, folder / "承诺函.pdf")
    page.click("#bid .button")
    page.check("#agreed")
    page.click("#seal")
    page.wait_for_selector("#sealed:not([hidden])")
    package, recovery = kept(page, "#get-sealed", folder), kept(page, "#get-recovery", folder)
    assert package.name == "440103-02-2026-00001-01.sealed.json"
    return package.read_bytes(), recovery.read_bytes()


def test_sealed_from_disk_and_opened_in_python(page: Page, pages: Path, tmp_path: Path) -> None:
    page.goto(f"file://{pages}/seal/seal.html")
    page.set_input_files("#file", pages / "sheet.json")
    package, recovery = sealed_on(page, tmp_path)
    assert sealing.check_package(package, SHEET) == []
    opened = sealing.open_package(package, sealing.read_recovery(recovery))
    assert opened.price_fen == 238_800_000
    assert [(a.name, a.content) for a in opened.attachments] == [("承诺函.pdf", b"%PDF-1.7")]
    assert page.is_hidden("#hand-in")


def test_the_portals_sheet_is_fetched_and_the_bidder_led_back(page: Page, portal: str, tmp_path: Path) -> None:
    page.goto(f"{portal}/seal/seal.html#sheet=/sheet.json&back=/tenders/T-1/hand-in&lang=en")
    page.wait_for_selector("#write:not([hidden])")
    assert page.is_hidden("#choose")
    assert "any 3 of whom" in page.inner_text("#holders-title")
    package, _ = sealed_on(page, tmp_path)
    assert sealing.check_package(package, SHEET) == []
    assert page.get_attribute("#hand-in", "href") == "/tenders/T-1/hand-in"
    assert page.inner_text("#fingerprint") == sha256(package)


@pytest.mark.parametrize(
    "address", ["//evil.example/x", "https://evil.example/x", "javascript:alert(1)", "/\\evil", "x"]
)
def test_no_address_outside_the_portal_is_followed(page: Page, portal: str, address: str) -> None:
    page.goto(f"{portal}/seal/seal.html#sheet={address}&back={address}")
    assert page.is_visible("#choose")
    assert page.get_attribute("#hand-in", "href") is None
    page.goto(f"{portal}/seal/open.html#shares={address}&post={address}&csrf=secret")
    assert page.is_visible("#choose")
    assert (page.get_attribute("#post", "action"), page.input_value("#csrf")) == (None, "")


def test_a_sheet_the_portal_does_not_give_can_be_chosen_instead(page: Page, portal: str, pages: Path) -> None:
    page.goto(f"{portal}/seal/seal.html#sheet=/none.json")
    page.wait_for_selector("#errors:not([hidden])")
    assert "门户没有给出文件（404）" in page.inner_text("#errors")
    page.set_input_files("#file", pages / "sheet.json")
    page.wait_for_selector("#write:not([hidden])")


def test_what_is_missing_is_listed_and_linked_in_either_language(page: Page, portal: str) -> None:
    page.goto(f"{portal}/seal/seal.html#sheet=/sheet.json")
    page.wait_for_selector("#write:not([hidden])")
    page.fill("#price", "2400000.01")
    page.click("#bid .button")
    assert page.evaluate("document.activeElement.id") == "errors"
    assert "超过本包最高限价" not in page.inner_text("#errors")  # no lot chosen yet
    page.check("#lot-0")
    page.click("#bid .button")
    assert "报价超过本包最高限价 2,400,000.00 元" in page.inner_text("#errors")
    page.click("#errors a")
    assert page.evaluate("document.activeElement.id") == "price"
    page.click("#language")
    assert "over this lot's ceiling of 2,400,000.00 yuan" in page.inner_text("#price-error")
    assert page.is_visible("#write")


def test_a_keyholder_makes_a_key_decrypts_and_hands_in(page: Page, portal: str, pages: Path, tmp_path: Path) -> None:
    page.goto(f"{portal}/seal/keygen.html")
    page.click("#make")
    recipient = page.input_value("#recipient")
    identity = kept(page, "#get", tmp_path)
    holders = (sealing.Keyholder("KH1", "甲", "甲单位", recipient), *SHEET.keyholders[1:])
    sheet = sealing.Sheet(SHEET.tender, SHEET.lots, SHEET.bidder, 3, holders)
    package, _ = sealing.seal(sheet, "L-1", "B-1", FIELDS)
    (pages / "shares.json").write_bytes(sealing.keyholder_sheet(TENDER, "KH1", {"7Q": package}))
    page.goto(f"{portal}/seal/open.html#shares=/shares.json&post=/tenders/T-1/shares&csrf=token-1")
    page.wait_for_selector("#decrypt:not([hidden])")
    page.click("#go")
    assert "请选择您的私钥文件" in page.inner_text("#errors")
    page.set_input_files("#identity", identity)
    page.check("#passed")
    page.click("#go")
    page.wait_for_selector("#done:not([hidden])")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.click("#post .button")
    sent = POSTED.pop()
    assert (sent["path"], sent["csrf_token"]) == (["/tenders/T-1/shares"], ["token-1"])
    assert "AGE-SECRET-KEY" not in json.dumps(sent)
    release = sealing.read_release(sent["shares"][0].encode(), "T-1", "KH1")
    others = {k: str(KEYS[k]) for k in ("KH2", "KH3")}
    shares = {k: sealing.decrypt_share(i, *_sealed(package, k), TENDER) for k, i in others.items()}
    assert sealing.open_package(package, {"KH1": release.shares["7Q"], **shares}).price_fen == 238_800_000


def _sealed(package: bytes, keyholder: str) -> tuple[bytes, str]:
    return next((s.sealed, s.commitment) for s in sealing.read_package(package).shares if s.keyholder == keyholder)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["seal", "open", "keygen"])
def test_every_page_is_accessible_and_fits_a_telephone(page: Page, portal: str, name: str, lang: str) -> None:
    page.goto(f"{portal}/seal/{name}.html#sheet=/sheet.json&lang={lang}")
    page.wait_for_selector({"seal": "#write:not([hidden])", "open": "#choose", "keygen": "#make"}[name])
    if name == "seal":
        page.click("#bid .button")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]
    if lang == "en":
        texts = page.eval_on_selector_all("[data-en]", "all => all.map(one => one.textContent)")
        assert [text for text in texts if re.search("[\u4e00-\u9fff]", text)] == []
