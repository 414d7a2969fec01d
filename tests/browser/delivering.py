"""Step 7: first payments, then half a year of figures, accepted with users' opinions."""

from app.demonstration.purchase import FIRST
from tests.browser.contracting import LOTS
from tests.browser.desk import Desk, Office
from tests.browser.halves import Half

OPINION = "服务及时、态度好，希望周末多安排活动。"


def walk(office: Office) -> None:
    """The instalment that is due when both have signed."""
    office.at("2026-06-10 09:00")
    for _, name in LOTS:
        pay(office, name, 1)


def deliver(office: Office, half: Half) -> None:
    """Half a year of services, handed in and accepted."""
    office.at(half.delivered)
    for _, name in LOTS:
        hand_in(office[name], half)
    for _ in LOTS:
        accept(office["officer"])


def pay(office: Office, name: str, order: int) -> None:
    """The organization asks, one of finance checks, another pays."""
    supplier, finance, cashier = office[name], office["finance"], office["cashier"]
    supplier.work(f"第 {order} 期付款").fill(invoice_no=f"{name.upper()}-{order:04d}").press("提交申请")
    finance.work(f"第 {order} 期付款").press("审核通过")
    cashier.work(f"第 {order} 期款项").press("确认支付")
    assert "已支付并记入账本" in cashier.text()


def hand_in(supplier: Desk, half: Half) -> None:
    """The figures of six months, looked at and taken."""
    supplier.work("的服务数据")
    sheet = supplier.folder / "delivery.csv"
    sheet.write_bytes(FIRST.sheet(list(half.months)))
    supplier.fill(file=sheet).press("上传并核对").press("确认导入")
    assert "的服务数据已导入" in supplier.text()
    if supplier.name == "jia" and half.stage == "final":
        supplier.picture("07-delivery", height=1400)


def accept(officer: Desk) -> None:
    """The period until yesterday, item by item."""
    officer.work("验收合同")
    officer.fill(users_asked=12, users_satisfied=11, users_opinion=OPINION, verdict="passed").press("记录验收")
    assert "验收已记录" in officer.text()
