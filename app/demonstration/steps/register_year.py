"""What the register does beside purchases: somebody established, reports examined, an entry on a list, a grade."""

from datetime import datetime, time, timedelta
from typing import Any

from weasyprint import HTML

from app.core import clock
from app.core.clock import BEIJING
from app.credit import actions as credit
from app.credit.finding import missing_report
from app.demonstration.hands import Hands, body, who
from app.demonstration.people import BUREAU, DISTRICT, SUPPLIERS
from app.grading import actions as grading
from app.grading.models import GradingApplication, GradingRound
from app.grading.queries import sitting
from app.registration import actions as registration
from app.registration import deciding, table
from app.registration.models import Application
from app.registry.models import Organization
from app.registry.queries import organization_of
from app.reports import actions as reports
from app.reports import examining
from app.rules.codes import make_uscc

START = datetime(2027, 7, 5, 9, 0, tzinfo=BEIJING)
COMMITTEE = ("officer", "approver", "leader", "finance", "cashier", "supervisor", "grid")
REVIEWERS = ("key1", "key2", "key4", "evaluator", "admin")
IDENTITY = "110101199003074258"  # made up, with a right check character
CODE = make_uscc("52", DISTRICT, "MJL00001")
LATE = "ding"  # whose reports do not come
NAME = {
    "organization_kind": "service", "region": "广州市荔湾区", "trade_name": "逢源人家", "line": "社会工作服务",
    "form": "中心", "approved": False, "purpose": "为逢源街道居民提供社会工作服务。",
}  # fmt: skip
FACTS = {
    "address": "广州市荔湾区逢源路1号201室", "scope": "社区服务、社会工作服务", "fields": "社区发展",
    "legal_representative": "李发起", "capital": 5_000_000, "supervising_unit": BUREAU, "form": "legal_person",
}  # fmt: skip


def walk(hands: Hands) -> None:
    """From an application in July to a grade in August."""
    hands.until(START)
    establish(hands)
    hand_in_reports(hands)
    enter_list(hands)
    grade(hands)


def establish(hands: Hands) -> None:
    """A name pre-checked, then the organization registered; one registrar reviews, another decides."""
    named = _granted(hands, "name", NAME, {})
    hands.tell(f"名称核准：{named.name} · name granted")
    made = _granted(
        hands, "establish_service", {**FACTS, "reserved": named.public_id}, {"credit_code": CODE}, identity=IDENTITY
    )
    hands.tell(f"准予成立登记并发证：{made.name} · established, certificate issued")


def hand_in_reports(hands: Hands) -> None:
    """Two years' reports of the first supplier, late; the first only basically passes."""
    organization = _organization("jia")
    for year, result, reasons in ((2025, "basic", "逾期报送，理事会会议记录不全。"), (2026, "pass", "")):
        with hands.turn("jia"):
            report = reports.start(organization, year)
            for section in report.sections:
                reports.save(section, REPORT.get(section.key, {}))
            reports.submit(report)
        with hands.turn("registrar"):
            examining.propose(report, result, reasons)
        with hands.turn("registrar2"):
            examining.decide(report)
        hands.tell(f"{year} 年度报告：{organization.body.name}，{result} · annual report decided")


def enter_list(hands: Hands) -> None:
    """An organization whose reports never came: told, heard, and entered on the abnormal list by another registrar."""
    late = body(SUPPLIERS[LATE][0])
    with hands.turn("registrar"):
        case = missing_report(late, 2026)
        assert case is not None
        credit.notify(case)
    hands.tell(f"告知：{late.name} 未报送年度报告 · notice of the abnormal list")
    assert case.respond_by is not None
    hands.until(datetime.combine(case.respond_by + timedelta(days=1), time(10), BEIJING))
    with hands.turn("registrar"):
        credit.hear(case, "未提出陈述申辩。")
        credit.propose(case, "事实清楚，建议列入活动异常名录。")
    with hands.turn("registrar2"):
        credit.decide(case, "同意。")
        credit.enter(case)
    hands.tell(f"列入活动异常名录：{late.name} · entered on the list")


def grade(hands: Hands) -> None:
    """A round from its opening to a certificate."""
    round_ = open_round(hands)
    asked = bring_to_publicity(hands, round_, "jia")
    hands.tell("评估结果公示 · the result is published for objections")
    assert asked.publicized_until is not None
    hands.until(datetime.combine(asked.publicized_until + timedelta(days=1), time(10), BEIJING))
    with hands.turn("registrar2"):
        grading.decide(asked)
    with hands.turn("registrar"):
        grading.close_round(round_)
    hands.tell(f"{asked.organization.body.name} 评定为 {asked.grade}A，发证 · graded, certificate issued")


def open_round(hands: Hands) -> GradingRound:
    """A round of the district's bureau, with both committees."""
    with hands.turn("registrar"):
        round_ = grading.open_round(
            title=f"{clock.today().year}年度荔湾区社会组织评估", notice="登记满两个年度的社会组织均可申请。",
            year=clock.today().year, apply_from=clock.today(), apply_until=clock.today() + timedelta(days=30),
        )  # fmt: skip
        grading.name_committees(round_, [who(one) for one in COMMITTEE], [who(one) for one in REVIEWERS])
    return round_


def bring_to_publicity(
    hands: Hands, round_: GradingRound, key: str, on_paper: dict[int, str] | None = None
) -> GradingApplication:
    """A supplier's application: assessed by itself, by experts on the spot, voted on, shown to the public.

    *on_paper*: results of inspections that the portal does not hold.
    """
    with hands.turn(key):
        asked = grading.begin(round_, investigated=False)
        lines = [grading.Line(i, i.points * 95 // 100, "见附件和现场台账") for i in asked.scheme.items]
        grading.save_section(asked, lines)
        grading.submit(asked)
    with hands.turn("registrar"):
        grading.accept(asked, inspections=on_paper or {}, source="年检档案" if on_paper else "", investigated=False)
        grading.draw(asked, 3)
    for seat in sitting(asked):
        with hands.turn(seat.person.sign_in_name):
            grading.declare(seat)
            marks = [grading.Mark(i, i.points * 88 // 100, "核对档案", "现场查阅原件") for i in asked.scheme.items]
            grading.save_scores(seat, marks)
            grading.hand_in(seat)
    for member in COMMITTEE:
        with hands.turn(member):
            grading.vote(asked, True, "")
    with hands.turn("registrar"):
        grading.conclude(asked)
        grading.publicize(round_)
    return asked


def _granted(hands: Hands, kind: str, values: dict[str, Any], more: dict[str, Any], identity: str = "") -> Application:
    with hands.turn("sponsor") as sponsor:
        assert sponsor.body is not None
        one = registration.draft(kind, sponsor.body, body(BUREAU), values, identity=identity)
        for wanted in table.of(one).materials:
            registration.hand_in(one, wanted.key, _material(wanted.name), f"{wanted.key}.pdf")
        registration.submit(one)
    with hands.turn("registrar"):
        deciding.accept(one)
        deciding.review(one, opinion="材料齐全，符合规定。", proposes="grant", identity_seen=bool(identity))
    with hands.turn("registrar2"):
        deciding.decide(one, "grant", "符合规定的条件。", **more)
    return one


def _material(name: str) -> bytes:
    """A page that says what it stands for."""
    text = f"<meta charset=utf-8><h1>{name}</h1><p>演示材料，不是真实文件。</p>"
    return bytes(HTML(string=text).write_pdf())


def _organization(key: str) -> Organization:
    found = organization_of(body(SUPPLIERS[key][0]))
    assert found is not None
    return found


def _amounts(lines: dict[str, int], column: str) -> dict[str, int]:
    """Yuan by line as fen by cell."""
    return {f"{line}_{column}": yuan * 100 for line, yuan in lines.items()}


BALANCE = {
    "cash": 760_000, "receivables": 40_000, "current_assets": 800_000, "fixed_assets": 120_000,
    "total_assets": 920_000, "payables": 150_000, "total_liabilities": 150_000, "unrestricted": 670_000,
    "restricted": 100_000, "net_assets": 770_000,
}  # fmt: skip
INCOME = {
    "donations": 300_000, "services": 1_200_000, "grants": 500_000, "total_income": 2_000_000, "mission": 1_800_000,
    "admin": 200_000, "total_expenses": 2_000_000, "net_change": 0,
}  # fmt: skip
CASH = {"cash_in": 2_000_000, "cash_out": 2_000_000, "operating": 0, "increase": 0}
REPORT: dict[str, dict[str, Any]] = {
    "basics": {"changed": "no"},
    "governance": {"council": 9, "council_meetings": 2, "supervisors": 3},
    "staff": {"full_time": 12, "part_time": 4, "social_workers": 7, "volunteers": 60},
    "party": {"party_form": "joint", "party_members": 3},
    "work": {
        "summary": "为长者、青少年和困境家庭提供社会工作服务。",
        "activities": [{"title": "长者探访", "people": 3200, "cost": 60_000_000}],
    },
    "balance": _amounts(BALANCE, "opening") | _amounts(BALANCE, "closing"),
    "income": _amounts(INCOME, "amount"),
    "cash": _amounts(CASH, "amount"),
}
