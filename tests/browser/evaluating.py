"""Step 8: a third party is assigned, declares, scores with evidence; replies, publication, the second payments."""

from app.demonstration.purchase import FIRST
from tests.browser.contracting import LOTS
from tests.browser.delivering import pay
from tests.browser.desk import Desk, Office


def walk(office: Office) -> None:
    """From the assignment to the payments that the rating releases."""
    officer, evaluator = office["officer"], office["evaluator"]
    office.at("2027-01-15 09:00")
    assign(officer)
    evaluator.work("声明无利害关系").press("声明")
    score(evaluator)
    evaluator.follow("提交评分").fill(summary="服务总体按合同推进，质量良好。").press("提交")
    for _, name in LOTS:
        reply(office[name])
    office.at("2027-01-20 10:00")
    officer.work("公布「").press("确认公布")
    officer.picture("08-evaluation", height=1200)
    office.at("2027-01-26 09:00")
    for _, name in LOTS:
        pay(office, name, 2)


def assign(officer: Desk) -> None:
    """The mid-term evaluation, to a body that is no party."""
    officer.work("指派「")
    officer.fill(stage="mid_term", evaluator="方评估", months=6, due_on="2027-01-31").press("指派")


def score(evaluator: Desk) -> None:
    """What was found, line by line; what comes from delivery is computed."""
    evaluator.work("评分")
    found = FIRST.found("mid_term")
    for name, actual in found.items():
        line = evaluator.main.locator("fieldset", has_text=name).first
        line.locator('input[name$="-actual"]').fill(actual)
    boxes = evaluator.main.locator('textarea[name$="-evidence"]').evaluate_all("all => all.map(one => one.name)")
    evaluator.fill(**dict.fromkeys(boxes, "查阅台账、访谈，已查验。")).press("保存")
    assert "评分已保存" in evaluator.text()


def reply(supplier: Desk) -> None:
    """The organization agrees."""
    text = next(one["text"] for one in FIRST.more["replies"] if one["stage"] == "mid_term")
    supplier.work("答复「").fill(accepted="yes", text=text).press("提交答复")
    assert "答复已提交" in supplier.text()
