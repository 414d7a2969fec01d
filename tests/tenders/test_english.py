"""Every page of a project and its tender in English: no Chinese is left but what people typed and names."""

import re

from flask import Flask
from flask_babel import refresh

from tests.conftest import Hands
from tests.http import client_as
from tests.plans import world as plans
from tests.plans.test_pages import SECTIONS
from tests.plans.world import who
from tests.tenders import world

CHINESE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff，。、；：（）]*")
OURS = ("公约", "公", "约", "简体中文", "政府购买社会组织服务平台")  # the portal's own name and the language switch


def left(page: str, known: str) -> set[str]:
    """Chinese in the page's body that nobody typed: neither a name nor a text of the project."""
    body = page[page.index("<main") : page.index("</main>")]
    return {one for one in CHINESE.findall(re.sub(r"<[^>]*>", " ", body)) if one not in known and one not in OURS}


def test_a_project_and_its_tender_in_english(sqlite_app: Flask, hands: Hands) -> None:
    project = plans.prepared(plans.family(hands), hands)
    typed = " ".join((plans.HERE / name).read_text(encoding="utf-8") for name in ("project.toml", "indicators.csv"))
    known = f"{typed} {project.need} {' '.join(text for row in plans.people.PEOPLE for text in row)}"
    known += " ".join(name for row in plans.people.BODIES.values() for name in row) + "户次份数 个案目标达成率"
    officer, home = client_as(sqlite_app, who("officer")), f"/plans/{project.public_id}"
    assert "资金来源" in left(officer.get(home).text, known)  # in Chinese there is much that nobody typed
    officer.set_cookie("lang", "en")
    refresh()  # the app context is held here, and with it the language of the request before
    sections = [f"{home}/{one}" for one in (*SECTIONS, "print", "submit")]
    for url in ("/plans", "/plans/new", home, *sections):
        found = left(officer.get(url).text, known)
        assert not found, (url, found)
    tender = world.drafted(plans.reviewed(project, hands), keys=4)
    home = f"/tenders/{tender.public_id}"
    for url in ("/tenders", home, f"{home}/keyholders", f"{home}/publish", f"{home}/threshold"):
        found = left(officer.get(url).text, known)
        assert not found, (url, found)
