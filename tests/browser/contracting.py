"""Step 6: contracts drawn up, signed by both parties with certificates of their own, published; the ledger commits."""

from concurrent.futures import ThreadPoolExecutor

from app.agreements.sign_command import sign
from app.core.money import parse_yuan
from app.demonstration.purchase import FIRST
from tests.browser.desk import Desk, Office

LOTS = ((1, "jia"), (2, "ding"))
PASSWORD = "one-of-my-own"


def walk(office: Office) -> None:
    """From the award to two published contracts and a ledger that has committed them."""
    officer, leader = office["officer"], office["leader"]
    office.at("2026-06-01 10:00")
    for lot, _ in LOTS:
        draw_up(officer, lot)
    office.at("2026-06-05 10:00")
    for _, name in LOTS:
        get_certificate(office[name])
        put_signature(office[name], "乙方")
    get_certificate(leader)
    for _ in LOTS:
        put_signature(leader, "甲方")
    look_at_ledger(office["finance"])
    office.at("2026-06-08 10:00")
    for _ in LOTS:
        publish(officer)


def draw_up(officer: Desk, lot: int) -> None:
    """Print the contract of a lot's winner; what is proposed is taken as it is."""
    officer.work(f"第 {lot} 包的合同").press("印制合同")
    if lot == 1:
        officer.picture("06-contract", height=1100)
    assert officer.paper("合同（待签）").startswith(b"%PDF")


def get_certificate(signer: Desk) -> None:
    """A demonstration certificate in a file that only the signer has."""
    signer.work("签署合同").follow("领取演示证书")
    signer.fill(password=PASSWORD, again=PASSWORD)
    with signer.page.expect_download() as caught:
        signer.main.get_by_role("button", name="下载证书").click()
    caught.value.save_as(signer.folder / "certificate.p12")


def put_signature(signer: Desk, field: str) -> None:
    """Download, sign on one's own machine, hand in."""
    signer.work("签署合同")
    number = signer.main.locator(".heading__caption").inner_text()
    unsigned, signed = (signer.folder / f"{number}{ending}.pdf" for ending in ("", "-signed"))
    unsigned.write_bytes(signer.paper("合同（"))
    with signer.portal.time(), ThreadPoolExecutor() as outside:  # Playwright's event loop runs in this thread
        outside.submit(sign, signer.folder / "certificate.p12", PASSWORD, field, unsigned, signed).result()
    signer.fill(file=signed).press("提交签名")
    assert "签名已核验并记录" in signer.text()


def look_at_ledger(finance: Desk) -> None:
    """The two contracts are committed over the four sources."""
    finance.go("/budgets")
    committed = finance.main.locator("tbody td:nth-child(5)").all_inner_texts()
    assert sum(parse_yuan(one) for one in committed) == 284_350_055
    finance.main.locator("tbody a").first.click()
    finance.picture("06-ledger", height=900)


def publish(officer: Desk) -> None:
    """With the address of the contract's notice."""
    officer.work("公告合同").fill(medium_url=FIRST.more["contract_url"]).press("记录公告")
    assert "合同公告已记录" in officer.text()
