"""The pages that no purchase leads to, each person's first page, and what a browser alone can show."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.desk import Office
from tests.browser.reading import CHINESE
from tests.browser.watch import Watch

pytestmark = pytest.mark.browser
PUBLIC = ("/", "/projects", "/organizations", "/tenders", "/catalogue", "/calendar", "/places", "/accessibility",
          "/contact", "/site-map", "/verify", "/search?q=街道", "/rulebook", "/rulebook/permissions",
          "/rulebook/lifecycles", "/rulebook/norms")  # fmt: skip
INSIDE = {
    "admin": ("/people", "/people/new", "/places/new", "/places/import", "/security", "/rulebook/norms/new"),
    "finance": ("/payments", "/account", "/account/password", "/account/second-factor"),
    "jia": ("/agreements", "/evaluations"),
    "supervisor": ("/desk", "/budgets"),
    "grid": ("/desk",),
}
SEALING = ("seal", "open", "keygen")


def test_every_page_reads_well_and_fits_a_telephone(office: Office) -> None:
    for name, paths in {"": PUBLIC, **INSIDE}.items():
        for path in paths:
            office[name].go(path)
            assert fits(office[name].page), path
    assert office.watch.wrong == []


def test_a_fault_is_noticed(office: Office, tmp_path: Path) -> None:
    watch, page = Watch(tmp_path), office[""].page
    page.goto("about:blank")
    page.set_content("<html lang=zh><title>t</title><main><h1>t</h1><p style='width:200vw'>t<img src=data:,></main>")
    watch.look(page, "")
    assert ["wider than the window" in watch.wrong[0], "image-alt" in watch.wrong[1]] == [True, True]


def fits(page: Page) -> bool:
    """Whether a page is no wider than a telephone."""
    page.set_viewport_size({"width": 360, "height": 780})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return bool(wide <= 360)


def test_a_wrong_password_is_told_and_says_nothing_of_names(office: Office) -> None:
    page = office[""].page
    said = []
    for name in ("officer", "no-such-name"):
        page.goto(f"{office.portal.url}/sign-in")
        page.fill("[name=name]", name)
        page.fill("[name=password]", "not the one")
        page.locator("main").get_by_role("button", name="登录", exact=True).click()
        said.append(page.inner_text(".govuk-error-summary"))
    assert said[0] == said[1] != ""
    office.watch.seen.clear()
    office.watch.look(page, "")
    assert office.watch.wrong == []


def test_pages_of_others_are_not_there(office: Office) -> None:
    for name, path, status in (("jia", "/people", 403), ("", "/desk", 401), ("", "/tenders/0123456789abcdef", 404)):
        desk = office[name]
        answer = desk.page.goto(office.portal.url + path)
        assert answer is not None
        assert (path, answer.status) == (path, status)
        office.watch.look(desk.page, name)
    assert office.watch.wrong == []


def test_sealing_pages_switch_to_english_by_themselves(office: Office) -> None:
    page = office[""].page
    for name in SEALING:
        page.goto(f"{office.portal.url}/static/seal/{name}.html")
        assert CHINESE.search(page.inner_text("main"))
        page.click("#language")
        assert not CHINESE.search(page.inner_text("main")), name
        office.watch.look(page, "")
    assert office.watch.wrong == []


def test_without_script_a_budget_line_is_opened(office: Office) -> None:
    office.scripted = False
    try:
        finance = office["cashier"]
        finance.go("/budgets").follow("登记预算")
        finance.fill(fiscal_year=2026, level="district", line="2080299", amount="10,000", paper="荔财预〔2026〕13号")
        finance.press("记入账本")
        assert "10,000.00" in finance.text()
    finally:
        office.scripted = True


def test_the_demonstration_clock_never_goes_back(office: Office) -> None:
    office.at("2026-01-14 09:00")
    assert "2026年1月14日" in office["admin"].page.inner_text(".demo")
    admin = office["admin"].go("/demonstration/clock").fill(moment="2026-01-02 09:00")
    admin.main.get_by_role("button", name="把时钟拨到这里").click()
    assert "只能向前" in admin.page.inner_text(".govuk-error-summary")
    assert admin.page.input_value("[name=moment]") == "2026-01-02 09:00"
