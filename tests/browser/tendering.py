"""Step 3, the end, and step 4: keyholders and their keys, publication, bids sealed in browsers and by the command."""

from pathlib import Path
from typing import Any

from app.bids.seal_command import Statements, seal
from app.bids.sealing import STATEMENTS
from app.demonstration.people import STANDINGS
from app.demonstration.purchase import FIRST
from tests.browser.desk import Desk, Office

BIDDERS = {"甲社会工作服务中心": "jia", "乙社区服务中心": "yi", "戊社区发展协会": "wu", "丙公益服务有限公司": "bing",
           "丁长者关爱协会": "ding"}  # fmt: skip
IN_BROWSER = (("甲社会工作服务中心", 1), ("丁长者关爱协会", 2))


def walk(office: Office) -> None:
    """From the approved project to seven sealed bids."""
    officer = office["officer"]
    begin(officer)
    for number in range(1, 6):
        register_key(office[f"key{number}"])
    office.at("2026-04-15 09:00")
    publish(officer)
    look_at_notice(office[""])
    office.at("2026-05-10 10:00")
    for bid in FIRST.bids:
        hand_in(office[BIDDERS[bid["bidder"]]], bid)


def begin(officer: Desk) -> None:
    """A run of procurement with five keyholders of whom three open."""
    officer.work("发起「").press("发起采购")
    officer.follow("密钥保管人")
    for number, standing in enumerate(STANDINGS, 1):
        officer.fill(holder=officer.portal.sign_ins[f"key{number}"].name, standing=standing).press("指定")
    officer.follow("回到采购").follow("开启人数").fill(threshold=3).press("保存")
    assert "任意 3 名到场" in officer.text()


def register_key(holder: Desk) -> None:
    """A keyholder makes a key on the static page and registers its public half."""
    holder.work("登记公钥")
    here = holder.page.url
    holder.follow("打开密钥页面")
    holder.page.click("#make")
    holder.page.wait_for_selector("#made:not([hidden])")
    recipient = holder.page.input_value("#recipient")
    with holder.page.expect_download() as caught:
        holder.page.click("#get")
    caught.value.save_as(holder.folder / "identity.txt")
    holder.page.goto(here)
    holder.fill(recipient=recipient).press("登记")
    assert "公钥已登记" in holder.text()


def publish(officer: Desk) -> None:
    """With the designated medium's address and time, and the deadline."""
    officer.work("发布「").follow("发布公告")
    officer.fill(
        medium_name=FIRST.more["medium_name"], medium_url=FIRST.more["medium_url"],
        medium_published_at="2026-04-15 09:00", closes_at="2026-05-12 10:00",
    )  # fmt: skip
    officer.press("发布公告")
    assert "公告已发布" in officer.text()


def look_at_notice(public: Desk) -> None:
    """The notice as everybody sees it, with every statutory date and its rule."""
    public.go("/tenders").follow(FIRST.project["name"])
    public.picture("03-timeline", "时间与法定期限", 1000)
    assert "B-42" in public.text()


def hand_in(bidder: Desk, bid: dict[str, Any]) -> None:
    """Seal a bid, hand it in, keep both receipts."""
    bidder.go("/tenders").follow(FIRST.project["name"]).follow("投标")
    name = f"lot{bid['lot']}"
    in_browser = (bid["bidder"], bid["lot"]) in IN_BROWSER
    package = seal_in_browser(bidder, bid) if in_browser else seal_by_command(bidder, bid, name)
    bidder.fill(sealed=package).press("递交")
    assert "您的投标已收到" in bidder.text()
    assert bidder.keep("回执（带日志证明", f"{name}-receipt.txt").stat().st_size > 500
    assert bidder.keep("回执", f"{name}-receipt.pdf").read_bytes().startswith(b"%PDF")


def seal_in_browser(bidder: Desk, bid: dict[str, Any]) -> Path:
    """Write and seal the bid on the static page; gives the sealed file."""
    page = bidder.follow("打开密封页面").page
    page.wait_for_selector("#write:not([hidden])")
    page.check(f"#lot-{bid['lot'] - 1}")
    contact = {"contact-name": f"{bid['bidder']}联系人", "contact-phone": "020-81000000"}
    parts = {"technical": TECHNICAL % bid["bidder"], "business": BUSINESS % bid["bidder"]}
    for field, text in {"price": bid["price"], **parts, **contact}.items():
        bidder.write(f"#{field}", text)
    for statement in STATEMENTS:
        page.check(f"#{statement}")
    page.click("#bid button.button")
    page.check("#agreed")
    if bid is FIRST.bids[0]:
        bidder.picture("04-seal", height=1100)
    page.click("#seal")
    page.wait_for_selector("#sealed:not([hidden])")
    kept = [download(bidder, button) for button in ("#get-sealed", "#get-recovery")]
    page.click("#hand-in")
    return kept[0]


def download(bidder: Desk, button: str) -> Path:
    """What a button of the static page offers."""
    with bidder.page.expect_download() as caught:
        bidder.page.click(button)
    path = bidder.folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def seal_by_command(bidder: Desk, bid: dict[str, Any], name: str) -> Path:
    """The same with `./portal seal`, from the tender sheet of the bidder's page."""
    bidder.main.locator("details", has_text="用命令行密封").locator("summary").click()
    sheet = bidder.keep("投标数据表", f"{name}-sheet.json")
    technical, business = (bidder.folder / f"{name}-{part}.txt" for part in ("technical", "business"))
    technical.write_text(TECHNICAL % bid["bidder"], encoding="utf-8")
    business.write_text(BUSINESS % bid["bidder"], encoding="utf-8")
    statements = Statements(made=True, contact={"name": f"{bid['bidder']}联系人", "phone": "020-81000000"})
    sealed, _ = seal(sheet, str(bid["lot"]), bid["price"], technical, business, [], bidder.folder / name, statements)
    return sealed


TECHNICAL = "%s的技术方案：服务团队、服务流程、质量保证、进度安排。"
BUSINESS = "%s的商务响应：完全响应采购文件的商务条款。"
