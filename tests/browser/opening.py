"""Step 4, the end: after the deadline three keyholders decrypt their shares on the static page; the officer opens."""

from app.demonstration.purchase import FIRST
from tests.browser.desk import Desk, Office


def walk(office: Office) -> None:
    """From the deadline to the opening record."""
    office.at("2026-05-12 10:05")
    for number in (1, 3, 5):
        release(office[f"key{number}"])
    officer = office["officer"]
    officer.work("开标").press("确认开标")
    officer.picture("04-opening", height=1100)
    assert all(f"{int(bid['price'].split('.')[0]):,}" in officer.text() for bid in FIRST.bids)
    assert officer.paper("开标记录").startswith(b"%PDF")


def release(holder: Desk) -> None:
    """Decrypt at one's own desk, with one's own identity file, and hand in the shares."""
    holder.work("提交密钥份额").follow("打开解密页面")
    page = holder.page
    page.wait_for_selector("#decrypt:not([hidden])")
    page.set_input_files("#identity", holder.folder / "identity.txt")
    page.check("#passed")
    page.click("#go")
    page.wait_for_selector("#done:not([hidden])")
    page.click("#post button")
    page.wait_for_url("**/opening")
    assert "共 7 份，有效 7 份" in holder.text()
