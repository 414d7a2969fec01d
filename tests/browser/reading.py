"""Every page that was opened on the way, once more: in English, and the main ones on a telephone."""

import re

from app.demonstration import people
from app.demonstration.purchase import DATA, FIRST
from tests.browser.desk import Office

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
OURS = "公约 简体中文 政府购买社会组织服务平台 公约演示证书颁发机构 广东省广州市荔湾区"
RECORDED = "预算批复 合同双方已签署 期 绩效评价 抽查服务记录 平台按服务数据汇总 甲方 乙方"  # in records and on paper
DECLARED = "本机构及参加评估的人员与购买主体、各承接主体均无利害关系。"  # proposed in the evaluator's language
CAPITALS = "人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整"
NARROW = ("/", "/desk", "/projects/<id>", "/tenders/<id>", "/plans/<id>", "/evaluations/<id>", "/agreements/<id>",
          "/organizations", "/budgets", "/bids/<id>", "/tenders/<id>/judging", "/log/<id>")  # fmt: skip


def in_english(office: Office) -> dict[str, set[str]]:
    """The Chinese that is left in English pages though nobody typed it and it is nobody's name, page by page."""
    known = said(office)
    left = {kind: english(office, *seen) for kind, seen in office.watch.seen.items()}
    new = {
        kind: {one for one in words if one not in known and set(one) - set(CAPITALS)} for kind, words in left.items()
    }
    return {kind: words for kind, words in new.items() if words}


def english(office: Office, name: str, url: str) -> set[str]:
    """The Chinese of a page as this person reads it in English; the sealing pages have a switch of their own."""
    page = office[name].page
    page.context.add_cookies([{"name": "lang", "value": "en", "url": office.portal.url}])
    text = page.request.get(url).text()
    page.context.add_cookies([{"name": "lang", "value": "zh", "url": office.portal.url}])
    body = text[text.index("<main") : text.index("</main>")] if "/static/" not in url else ""
    return {one for one in CHINESE.findall(re.sub(r"<[^>]*>", " ", body)) if set(one) - set(CAPITALS)}


def said(office: Office) -> str:
    """Everything that somebody typed or uploaded on the walk, and everybody's name."""
    files = [*FIRST.folder.iterdir(), DATA / "foundations-2013.tsv"]
    rows = [*people.BODIES.values(), *people.SUPPLIERS.values(), *people.PEOPLE, people.COMMUNITIES, people.STANDINGS]
    places = office[""].page.request.get(f"{office.portal.url}/places").text()
    parts = [one.read_text(encoding="utf-8") for one in files] + [text for row in rows for text in row]
    return " ".join([*parts, *office.watch.typed, places, OURS, RECORDED, DECLARED])


def on_a_telephone(office: Office) -> list[str]:
    """The main pages that do not fit a telephone of 360 px."""
    return [kind for kind in NARROW if not fits(office, *office.watch.seen[kind])]


def fits(office: Office, name: str, url: str) -> bool:
    """Whether nothing of a page is beyond 360 px."""
    page = office[name].page
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(url, wait_until="domcontentloaded")
    return bool(page.evaluate("document.documentElement.scrollWidth") <= 360)
