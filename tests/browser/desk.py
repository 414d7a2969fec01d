"""One person at a browser of their own: signs in, goes to a page, fills a form, presses a button, keeps a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Locator, Page

from tests.browser.portal import Portal
from tests.browser.watch import Watch

LINKS = "a.govuk-link, a.govuk-button, a.download, a[href]"


@dataclass(frozen=True)
class Desk:
    """A window in which one person works."""

    page: Page
    portal: Portal
    watch: Watch
    folder: Path

    @property
    def main(self) -> Locator:
        """What the page itself says."""
        return self.page.locator("main")

    def text(self) -> str:
        """The page's words."""
        return self.main.inner_text()

    def go(self, path: str) -> "Desk":
        """Open an address of the portal."""
        self.page.goto(self.portal.url + path)
        return self._looked()

    def follow(self, label: str, *, exact: bool = True) -> "Desk":
        """Follow the first link of this name on the page."""
        self.main.get_by_role("link", name=label, exact=exact).or_(
            self.main.get_by_role("button", name=label, exact=exact)
        ).first.click()
        return self._looked()

    def work(self, label: str) -> "Desk":
        """Open the worklist and take up what waits there under a label that contains *label*."""
        self.go("/desk")
        self.main.locator(".work__one a", has_text=label).first.click()
        return self._looked()

    def press(self, label: str) -> "Desk":
        """Press a form's button."""
        self.main.locator("form").get_by_role("button", name=label, exact=True).first.click()
        return self._looked()

    def fill(self, **values: Any) -> "Desk":
        """Fill the fields of the form by their names: text, a choice's value or label, a tick, a file."""
        for name, value in values.items():
            self.put(name, value)
        return self

    def put(self, name: str, value: Any) -> None:
        """Fill one field."""
        field = self.main.locator(f'[name="{name}"]')
        kind = field.first.evaluate("one => one.type")
        if kind in ("radio", "checkbox"):
            self._tick(name, value)
        elif kind == "file":
            field.set_input_files(value)
        elif kind.startswith("select"):
            self._choose(field, str(value))
        else:
            field.fill(str(value))

    def _tick(self, name: str, value: Any) -> None:
        for one in value if isinstance(value, list | tuple) else [value]:
            box = f'[name="{name}"]' if one is True else f'[name="{name}"][value="{one}"]'
            self.main.locator(box).check()

    def _choose(self, field: Locator, wanted: str) -> None:
        """By value, else by a label that contains what is wanted."""
        options = field.locator("option").evaluate_all("all => all.map(one => [one.value, one.text])")
        found = [value for value, text in options if value == wanted] or [v for v, text in options if wanted in text]
        field.select_option(value=found[0])

    def keep(self, label: str, name: str) -> Path:
        """Download what a link of this name gives."""
        with self.page.expect_download() as caught:
            self.main.get_by_role("link", name=label).first.click()
        path = self.folder / name
        caught.value.save_as(path)
        return path

    def picture(self, name: str, height: int = 900) -> "Desk":
        """Take a picture for the tour."""
        self.watch.picture(self.page, name, height)
        return self

    def _looked(self) -> "Desk":
        assert not self.page.locator(".govuk-error-summary").count(), (self.page.url, self.text())
        self.watch.look(self.page)
        return self


@dataclass
class Office:
    """Everybody's desks: a person signs in when first asked for."""

    browser: Browser
    portal: Portal
    watch: Watch
    folder: Path

    def __post_init__(self) -> None:
        self.desks: dict[str, Desk] = {}

    def __getitem__(self, name: str) -> Desk:
        """The desk of the person with this sign-in name; of the public under the name ''."""
        if name not in self.desks:
            self.desks[name] = self._sit_down(name)
        return self.desks[name]

    def at(self, moment: str) -> None:
        """The administrator puts the demonstration's clock forward to *moment*, as it would be typed."""
        self["admin"].go("/demonstration/clock").fill(moment=moment).press("把时钟拨到这里")

    def newcomer(self, name: str, password: str) -> Desk:
        """A person whose account was only just made, with the password they were given."""
        self.desks[name] = self._empty(name)
        return self._signed_in(self.desks[name], name, password, "")

    def _sit_down(self, name: str) -> Desk:
        desk = self._empty(name or "public")
        if not name:
            return desk
        one = self.portal.sign_ins[name]
        return self._signed_in(desk, name, one.password, pyotp.TOTP(one.secret).now() if one.secret else "")

    def _empty(self, name: str) -> Desk:
        context = self.browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(30_000)
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        desk = Desk(context.new_page(), self.portal, self.watch, folder)
        self.watch.listen(desk.page)
        return desk

    def _signed_in(self, desk: Desk, name: str, password: str, code: str) -> Desk:
        desk.go("/sign-in").fill(name=name, password=password, code=code).press("登录")
        assert desk.page.url.endswith("/desk"), desk.page.url
        return desk
