"""One person at a browser of their own: signs in, goes to a page, fills a form, presses a button, keeps a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, Locator, Page

from tests.browser.portal import Portal
from tests.browser.watch import Watch


@dataclass(frozen=True)
class Desk:
    """A window in which one person works."""

    name: str
    page: Page
    portal: Portal
    watch: Watch
    folder: Path
    scripted: bool = True

    @property
    def main(self) -> Locator:
        """What the page itself says."""
        return self.page.locator("main")

    def text(self) -> str:
        """The page's words."""
        return self.main.inner_text()

    def go(self, path: str) -> "Desk":
        """Open an address of the portal."""
        self.page.goto(self.portal.url + path, wait_until="domcontentloaded")
        return self._looked()

    def follow(self, label: str, *, exact: bool = True) -> "Desk":
        """Follow the first link of this name on the page."""
        link, button = (self.main.get_by_role(role, name=label, exact=exact) for role in ("link", "button"))
        return self.click(link.or_(button))

    def work(self, label: str) -> "Desk":
        """Open the worklist and take up what waits there under a label that contains *label*."""
        self.go("/desk")
        return self.click(self.main.locator(".work__one a", has_text=label))

    def press(self, label: str) -> "Desk":
        """Press a form's button."""
        return self.click(self.main.locator("form").get_by_role("button", name=label, exact=True))

    def click(self, what: Locator) -> "Desk":
        """Press what leads to another page, and wait for that page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            what.first.click()
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
            self.write(f'main [name="{name}"]', str(value))

    def write(self, where: str, text: str) -> None:
        """Type a text; that it was typed is remembered, so that it may be read in any language."""
        self.watch.typed.add(text)
        self.page.fill(where, text)

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

    def paper(self, label: str) -> bytes:
        """What the link to a paper gives, which a browser shows instead of keeping it."""
        address = self.main.get_by_role("link", name=label).first.get_attribute("href") or ""
        return self.page.request.get(self.portal.url + address).body()

    def picture(self, name: str, at: str = "", height: int = 900, width: int = 1280) -> "Desk":
        """Take a picture for the tour, from the heading *at* on."""
        self.watch.picture(self.page, name, at, width, height)
        return self

    def _looked(self) -> "Desk":
        assert not self.page.locator(".govuk-error-summary").count(), (self.page.url, self.text())
        if self.scripted:  # axe is a script
            self.watch.look(self.page, self.name)
        return self


@dataclass
class Office:
    """Everybody's desks: a person signs in when first asked for."""

    browser: Browser
    portal: Portal
    watch: Watch
    folder: Path
    scripted: bool = True  # whether the browsers of those who come now run scripts

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
        desk = self._empty(name)
        if not name:
            return desk
        one = self.portal.sign_ins[name]
        return self._signed_in(desk, name, one.password, pyotp.TOTP(one.secret).now() if one.secret else "")

    def _empty(self, name: str) -> Desk:
        context = self.browser.new_context(
            accept_downloads=True, viewport={"width": 1280, "height": 900}, java_script_enabled=self.scripted
        )
        context.set_default_timeout(20_000)
        folder = self.folder / (name or "public")
        folder.mkdir(parents=True, exist_ok=True)
        desk = Desk(name, context.new_page(), self.portal, self.watch, folder, self.scripted)
        self.watch.listen(desk.page)
        return desk

    def _signed_in(self, desk: Desk, name: str, password: str, code: str) -> Desk:
        desk.go("/sign-in").fill(name=name, password=password, code=code).press("登录")
        assert desk.page.url.endswith("/desk"), desk.page.url
        return desk
