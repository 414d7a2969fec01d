"""What is noticed on every page that anybody opens: faults that axe finds, what scripts complain of, and pictures."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, Response

ID = re.compile(r"(?<=/)(?:[A-Za-z0-9_-]{16}|[0-9]+|GY[0-9A-Z-]+)(?=[/.]|$)")
AXE = Axe()
TO_THE_TOP = """heading => {
    const found = [...document.querySelectorAll("h1, h2, h3")].find(one => heading && one.innerText.includes(heading));
    found ? found.scrollIntoView() : scrollTo(0, 0);
}"""


@dataclass
class Watch:
    """The pages seen so far, each once, and what is wrong with them."""

    pictures: Path
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)  # the address without ids → whose, the full one
    wrong: list[str] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        """Keep what this window's scripts and answers complain of."""
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
        page.on("response", self._answered)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            self.wrong.append(f"{answer.status} {answer.url}")

    def look(self, page: Page, name: str) -> None:
        """Let axe read a page that was not seen yet; *name* is whoever sits before it."""
        kind = kind_of(page.url)
        if kind in self.seen:
            return
        self.seen[kind] = name, page.url
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong.append(f"{kind} is {wide} px wider than the window")
        for fault in AXE.run(page).response["violations"]:
            self.wrong.append(f"{kind} {fault['id']}: {[one['target'] for one in fault['nodes']][:3]}")
        self._keep(page, kind)

    def _keep(self, page: Page, kind: str) -> None:
        if folder := os.environ.get("BROWSER_SHOTS"):  # for whoever wants to look at every page
            name = kind.strip("/").replace("/", "_") or "home"
            page.screenshot(path=Path(folder) / f"{len(self.seen):03d}-{name[:80]}.png", full_page=True)

    def picture(self, page: Page, name: str, at: str, width: int, height: int) -> None:
        """A picture for the README's tour, from the heading *at* on; few colours, small."""
        before = page.viewport_size or {"width": width, "height": height}
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(TO_THE_TOP, at)
        path = self.pictures / f"{name}.png"
        page.screenshot(path=path)
        page.set_viewport_size(before)
        small(path)


def kind_of(url: str) -> str:
    """A page's address with its ids taken out: pages that are drawn by the same template."""
    return ID.sub("<id>", urlsplit(url).path)


def small(path: Path) -> None:
    """Save a picture with 64 colours: a page needs no more."""
    with Image.open(path) as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
