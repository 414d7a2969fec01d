"""Step 5: qualification, committee, low-price review, marks, report, decision, announcement."""

from app.demonstration.purchase import FIRST
from tests.browser.desk import Desk, Office

MEMBERS = ("expert1", "expert2", "expert3", "expert4", "approver")
REFUSED = "未在规定时间内提供书面说明和证明材料，不能证明报价合理性。"


def walk(office: Office) -> None:
    """From the opened bids to the announced result."""
    officer = office["officer"]
    office.at("2026-05-13 09:00")
    qualify(officer)
    draw(officer)
    office.at("2026-05-14 09:00")
    for name in MEMBERS:
        declare(office[name])
    low_price(office)
    office.at("2026-05-14 14:00")
    for place, name in enumerate(MEMBERS):
        score(office[name], place)
    report(officer)
    office.at("2026-05-18 10:00")
    decide(office["leader"])
    office.at("2026-05-19 10:00")
    announce(officer)


def qualify(officer: Desk) -> None:
    """Each bid's qualification, from the review's page."""
    officer.work("资格审查")
    for bid in FIRST.bids:
        lot = officer.main.locator("table").nth(bid["lot"] - 1)
        officer.click(lot.get_by_role("link", name=f"资格审查 {bid['bidder']}"))
        officer.fill(passed="yes").press("记录结论")


def draw(officer: Desk) -> None:
    """The committee as it was drawn."""
    officer.follow("评审小组与回避声明")
    people = officer.portal.sign_ins
    for name in MEMBERS:
        officer.main.get_by_label(people[name].name).check()
    officer.press("记录抽取结果")


def declare(member: Desk) -> None:
    """A member has no tie to a bidder."""
    member.work("作回避声明").follow("作回避声明").fill(tied="no").press("提交声明")
    assert "可以开始评分" in member.text()


def low_price(office: Office) -> None:
    """The bidder below the shares is asked, says nothing, and is invalid."""
    officer = office["officer"]
    officer.work("异常低价").follow("要求说明报价", exact=False).press("要求说明")
    office["bing"].go("/desk").picture("05-desk-telephone", width=360, height=780)
    assert "说明您在" in office["bing"].text()
    office.at("2026-05-14 10:00")
    officer.follow("作出结论").fill(accepted="no", reason=REFUSED).press("记录结论")
    assert "异常低价，无效" in officer.text()


def score(member: Desk, place: int) -> None:
    """A member's marks for every valid bid."""
    member.work("的投标评分")
    for bid in FIRST.bids:
        if bid["bidder"] == "丙公益服务有限公司":
            continue
        technical, business = bid["scores"][place]
        member.follow(f"第 {bid['lot']} 包：{bid['bidder']}")
        member.fill(technical=technical, business=business, comment="按评分标准评定。").press("保存评分")


def report(officer: Desk) -> None:
    """Sum the marks and print the report."""
    officer.work("汇总「").follow("评分汇总与评审报告").press("汇总并形成报告")
    officer.picture("05-ranking", "评审结果", 800)


def decide(leader: Desk) -> None:
    """The leader awards in the order of the report."""
    leader.work("定标").press("确定供应商并发出通知书")


def announce(officer: Desk) -> None:
    """The result with its address on the designated medium."""
    officer.work("公告「").follow("结果公告", exact=False).fill(medium_url=FIRST.more["result_url"]).press("登记公告")
    assert "结果已公告" in officer.text()
