"""Step 8, twice: a third party is assigned, declares, scores with evidence; replies, publication, payments; close."""

from app.demonstration.purchase import FIRST
from tests.browser.contracting import LOTS
from tests.browser.delivering import deliver, pay
from tests.browser.desk import Desk, Office
from tests.browser.halves import HALVES, Half


def walk(office: Office) -> None:
    """Both halves of the year, and the end of it."""
    for half in HALVES:
        deliver(office, half)
        evaluate(office, half)
    office.at("2027-07-01 09:00")
    close(office["officer"])


def evaluate(office: Office, half: Half) -> None:
    """From the assignment to the payments that the rating releases."""
    officer, evaluator = office["officer"], office["evaluator"]
    office.at(half.evaluated)
    assign(officer, half)
    evaluator.work("声明无利害关系").press("声明")
    score(evaluator, half)
    evaluator.follow("提交评分").fill(summary="服务总体按合同推进，质量良好。").press("提交")
    for _, name in LOTS:
        reply(office[name], half)
    office.at(half.published)
    officer.work("公布「").press("确认公布")
    officer.picture("08-evaluation", height=1200)
    office.at(half.paid)
    for _, name in LOTS:
        pay(office, name, half.instalment)


def assign(officer: Desk, half: Half) -> None:
    """The evaluation of this half, to a body that is no party."""
    officer.work("指派「")
    officer.fill(stage=half.stage, evaluator="方评估", months=half.looked_at, due_on=half.due_on).press("指派")


def score(evaluator: Desk, half: Half) -> None:
    """What was found, line by line; what comes from delivery is computed."""
    evaluator.work("评分")
    found = FIRST.found(half.stage)
    for name, actual in found.items():
        line = evaluator.main.locator("fieldset", has_text=name).first
        line.locator('input[name$="-actual"]').fill(actual)
    boxes = evaluator.main.locator('textarea[name$="-evidence"]').evaluate_all("all => all.map(one => one.name)")
    evaluator.fill(**dict.fromkeys(boxes, "查阅台账、访谈，已查验。")).press("保存")
    assert "评分已保存" in evaluator.text()


def close(officer: Desk) -> None:
    """Both contracts performed, then the project closed."""
    for _ in LOTS:
        officer.work("可以办理履行完毕").press("确认履行完毕")
    officer.work("可以结项").press("结项")
    assert "项目已结项" in officer.text()


def reply(supplier: Desk, half: Half) -> None:
    """The organization agrees."""
    text = next(one["text"] for one in FIRST.more["replies"] if one["stage"] == half.stage)
    supplier.work("答复「").fill(accepted="yes", text=text).press("提交答复")
    assert "答复已提交" in supplier.text()
