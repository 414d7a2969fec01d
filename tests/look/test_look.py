"""The look, in a real Chromium: every part in both languages, narrow and wide, without a fault axe can find."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.look.harness import make_app

pytestmark = pytest.mark.browser
PAGES = ["/", "/?as=guest", "/form", "/form/refused", *(f"/error/{n}" for n in (401, 409, 500))]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery, served."""
    server = make_server("127.0.0.1", 0, make_app(tmp_path_factory.mktemp("look")), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def opened(browser: Browser, site: str, *, width: int = 1280, script: bool = True, **cookies: str) -> Page:
    """A new reader's page."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": name, "value": value, "url": site} for name, value in cookies.items()])
    return context.new_page()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_has_a_fault_or_is_wider_than_the_screen(
    browser: Browser, site: str, language: str, width: int
) -> None:
    page = opened(browser, site, width=width, lang=language)
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    for path in PAGES:
        page.goto(site + path)
        page.wait_for_selector("body.govuk-frontend-supported")
        faults = [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]
        assert (path, faults) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
    assert thrown == []
    page.context.close()


def test_a_keyboard_reaches_the_content_first_and_the_menu_of_the_person(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.focus("details.person summary")
    page.keyboard.press("Enter")
    assert page.is_visible("text=退出登录")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=退出登录")
    page.context.close()


def test_without_script_a_form_says_what_is_wrong_and_keeps_what_was_typed(browser: Browser, site: str) -> None:
    page = opened(browser, site, script=False)
    page.goto(f"{site}/form")
    page.fill("#title", "社区服务")
    page.fill("#budget", "12,34")
    page.click("button:has-text('保存并继续')")
    assert page.title().startswith("错误：")
    assert "“12,34”不是金额" in page.inner_text(".govuk-error-summary")
    assert (page.input_value("#title"), page.input_value("#budget")) == ("社区服务", "12,34")
    page.click(".govuk-error-summary a >> nth=0")
    assert page.url.endswith("#budget")
    page.context.close()


def test_a_refusal_names_rule_and_article_and_leads_to_the_field(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    page.goto(f"{site}/form/refused")
    summary = page.locator(".govuk-error-summary")
    assert "B-42 《中华人民共和国政府采购法》第三十五条" in summary.inner_text()
    assert summary.locator("a[href='/rulebook#B-42']").count() == 1
    assert summary.locator("a[href='#closes_at']").inner_text().startswith("投标截止日 2026年5月1日")
    assert "待确认" in summary.inner_text()
    page.context.close()


def test_language_and_text_size_are_kept_without_script(browser: Browser, site: str) -> None:
    page = opened(browser, site, script=False)
    page.goto(f"{site}/?n=1")
    page.click("text=大字版")
    assert page.locator("html.larger").count() == 1
    page.click("a[hreflang=en]")
    assert (page.locator("html").get_attribute("lang"), page.url) == ("en", f"{site}/?n=1")
    assert page.locator("a:has-text('Standard text')").count() == 1
    page.context.close()


def test_no_filing_number_is_ever_made_up(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    page.goto(site)
    fields = page.inner_text(".foot__list")
    assert fields.count("示例：未备案") == 3
    assert not any(sign.isdigit() for sign in fields)
    page.context.close()


def test_paper_shows_the_content_and_not_the_tools(browser: Browser, site: str) -> None:
    page = opened(browser, site)
    page.goto(site)
    page.emulate_media(media="print")
    assert not page.is_visible(".nav")
    assert not page.is_visible(".steps")
    assert page.is_visible(".timeline")
    page.context.close()


def test_nothing_needs_a_style_or_script_of_its_own_in_the_page() -> None:
    for path in (Path(__file__).parents[2] / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not any(mark in text for mark in (" style=", "<style", " onclick=", " onchange=")), path
