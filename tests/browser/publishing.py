"""Step 9: what everybody sees without signing in, and proves on their own machine."""

import json
import subprocess
import sys
from pathlib import Path

from app.demonstration.purchase import FIRST
from tests.browser.desk import Desk, Office
from tests.browser.portal import ROOT

FACTS = ("2,388,000.00", "455,500.55", "1,194,000.00", "955,200.00", "238,800.00", "93.29", "97.44", "个案服务",
         "12 人中 11 人满意", "同意", "已结项")  # fmt: skip
VERIFIER = ROOT / "app/core/verifier.py"


def walk(office: Office) -> None:
    """The public site: organization, project, log, proof, open data; and the receipts, offline."""
    public = office[""]
    public.go("/")
    see_project(public)
    check_open_data(public)
    prove_an_entry(public)
    public.go("/organizations?q=万科").follow("万科公益基金会")
    public.go("/about")
    check_receipts(office)


def see_project(public: Desk) -> None:
    """Everything of the project that is public, on one page."""
    public.go("/projects").follow(FIRST.project["name"])
    public.picture("09-project", "资金来源和执行", 1100)
    public.picture("09-project-telephone", width=360, height=780)
    said = public.text()
    for fact in FACTS:
        assert fact in said, fact
    assert "未作说明" not in said


def check_open_data(public: Desk) -> None:
    """The OCDS package of the project: what was published is in it."""
    package = json.loads(public.paper("开放数据（OCDS，JSON）"))
    assert package["version"] == "1.1"
    tags = {tag for release in package["releases"] for tag in release["tag"]}
    assert {"tender", "award", "contract", "implementation"} <= tags, tags


def prove_an_entry(public: Desk) -> None:
    """One log entry and its proof, which verifies on a machine that knows nothing of the portal."""
    public.follow("这个项目的全部日志条目")
    public.click(public.main.locator("a.proof"))
    assert verified(public.keep("本条的证明", "proof.txt"))
    public.go("/log")


def check_receipts(office: Office) -> None:
    """Every receipt of the first bidder proves the sealed file that was handed in, and no other."""
    desk = office["jia"].folder
    sealed, other = (next(path) for path in (desk.glob("*1.sealed.json"), (desk / "lot2").glob("*.sealed.json")))
    assert verified(desk / "lot1-receipt.txt", "--sealed", str(sealed))
    assert not verified(desk / "lot1-receipt.txt", "--sealed", str(other))


def verified(receipt: Path, *more: str) -> bool:
    """What the one-file verifier says."""
    command = [sys.executable, "-P", str(VERIFIER), "--receipt", str(receipt), *more]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
