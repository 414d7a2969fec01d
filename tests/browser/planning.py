"""Step 3: budgets, a project typed in section by section, submitted, reviewed by a second person."""

from app.demonstration.purchase import FIRST
from app.demonstration.steps.preparing import DETAILS
from tests.browser.desk import Desk, Office

EACH = {"need_survey": {"subjects": FIRST.more["survey_subjects"]}, "intention": {"url": FIRST.more["intention_url"]}}


def walk(office: Office) -> None:
    """From the appropriations to the approved project."""
    for level, line, fen in FIRST.sources:
        appropriate(office["finance"], level, line, fen)
    officer = office["officer"]
    draft(officer)
    money(officer)
    scheme(officer)
    terms(officer)
    office.at("2026-04-13 09:00")
    prepare(officer)
    submit(officer)
    approve(office["approver"])


def appropriate(finance: Desk, level: str, line: str, fen: int) -> None:
    """Open a budget line with its first appropriation."""
    finance.go("/budgets").follow("登记预算")
    finance.fill(fiscal_year=2026, level=level, line=line, amount=yuan(fen), paper=FIRST.more["budget_paper"])
    finance.press("记入账本")
    assert "预算已记入账本" in finance.text()


def draft(officer: Desk) -> None:
    """The first page of the project."""
    given, more = FIRST.project, FIRST.more
    officer.go("/plans").follow("新建采购项目")
    officer.fill(
        name=given["name"], supervising=given["supervisor"], place=given["place"], fiscal_year=given["fiscal_year"],
        catalogue_code=given["catalogue"], service_class=given["kind"], need=more["need"], method=given["method"],
        term_from=given["term"]["from"], term_to=given["term"]["to"], plan_no=more["plan_no"],
    )  # fmt: skip
    officer.press("保存并继续")


def money(officer: Desk) -> None:
    """The four purses, the two lots, the figures to be delivered."""
    officer.follow("资金来源")
    for level, line, fen in FIRST.sources:
        wanted = {"city": "市级", "district": "区级", "sub_district": "街道"}[level]
        officer.fill(budget_line=f"{wanted} {line}", amount=yuan(fen)).press("添加")
    officer.follow("下一节")
    for number, name, fen in FIRST.lots:
        officer.fill(number=number, name=name, ceiling=yuan(fen)).press("添加")
    officer.follow("下一节")
    for one in FIRST.more["measures"]:
        officer.fill(name=one["name"], key=one["key"], lot=f"{one['lot']} ")
        if one.get("money"):
            officer.fill(money=True)
        officer.press("添加")


def scheme(officer: Desk) -> None:
    """The indicators from their sheet, and the payment plan."""
    officer.follow("下一节").fill(file=FIRST.folder / "indicators.csv").press("导入")
    assert "100" in officer.text()
    officer.follow("下一节")
    for term in FIRST.toml["payment"]["plan"]:
        officer.fill(condition=term["on"], share=term["share"]).press("添加")


def terms(officer: Desk) -> None:
    """The negative list, the scoring, the choice about small and medium enterprises."""
    officer.follow("下一节")
    names = officer.main.locator('input[type=radio][value="no"]').evaluate_all("all => all.map(one => one.name)")
    officer.fill(**dict.fromkeys(names, "no")).press("保存并继续")
    scoring = FIRST.toml["scoring"]
    low = {f"low_price_{key}": round(scoring["low_price_review"][key] * 100) for key in ("mean", "second", "ceiling")}
    points = {key: scoring[key] for key in ("price", "technical", "business")}
    officer.fill(**points, **low, pass_mark=FIRST.toml["payment"]["pass"]).press("保存并继续")
    officer.fill(reserved="no", sme_exemption=FIRST.project["sme"]["exemption"]).press("保存并继续")


def prepare(officer: Desk) -> None:
    """What comes before publication, each with its day."""
    officer.work("继续起草").follow("公告前的准备")
    for kind, detail in DETAILS.items():
        officer.fill(kind=kind, day=FIRST.day(kind), detail=detail, **EACH.get(kind, {})).press("记录")


def submit(officer: Desk) -> None:
    """The whole project at a glance, then to review."""
    officer.work("继续起草").picture("03-project", height=1200).follow("提交复核").press("提交复核")
    assert "已提交复核" in officer.text()


def approve(approver: Desk) -> None:
    """A second person looks and approves."""
    approver.work("复核项目").follow("复核通过").press("复核通过")
    assert "可以发起采购" in approver.text()


def yuan(fen: int) -> str:
    """As it would be typed."""
    return f"{fen // 100}.{fen % 100:02d}"
