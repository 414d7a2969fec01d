"""Step 7 and 8: monthly figures, acceptance, payments, evaluations at mid-term and at the end, close."""

from datetime import date, datetime, time, timedelta

from app.agreements import actions as agreements
from app.agreements import closing
from app.agreements.models import Agreement
from app.core.clock import BEIJING
from app.core.showing import centi
from app.delivery import actions as delivery
from app.delivery import queries as figures
from app.demonstration.hands import Hands, body, manager_of, who
from app.demonstration.people import BODIES
from app.evaluations import actions as evaluations
from app.evaluations import queries as scheme
from app.payments import actions as payments
from app.plans.models import Project

STAGES = (("mid_term", "mid_published", "mid_paid"), ("final", "final_published", "final_paid"))


def walk(hands: Hands, project: Project, contracts: list[Agreement]) -> None:
    """From the signed contracts to the last payment."""
    hands.at("first_paid", 9)
    _pay(hands, contracts, "signing")
    left = hands.purchase.months()
    for stage, published, paid in STAGES:
        due = hands.purchase.day(stage)
        months = [m for m in left if m < f"{due:%Y-%m}" or (stage == "final" and m == f"{due:%Y-%m}")]
        left = left[len(months) :]
        _deliver(hands, contracts, months, due)
        _accept(hands, contracts, months, due)
        _evaluate(hands, project, contracts, stage, published)
        hands.at(paid, 9)
        _pay(hands, contracts, f"{stage}_pass")
    hands.at("closed")
    with hands.turn("officer"):
        for agreement in contracts:
            agreements.complete(agreement)
        closing.close_project(project)
    hands.tell("合同履行完毕，项目结项 · completed and closed")


def _deliver(hands: Hands, contracts: list[Agreement], months: list[str], due: date) -> None:
    """Each month's sheet is handed in early in the next month; a running month to date, before its evaluation."""
    for month in months:
        hands.until(min(_after(month), datetime.combine(due - timedelta(days=1), time(9), BEIJING)))
        for agreement in contracts:
            with hands.turn(manager_of(agreement.supplier)):
                delivery.import_sheet(agreement, hands.purchase.sheet([month]), f"{month}.csv")
    hands.tell(f"{months[0]} 至 {months[-1]} 的服务数据已按月导入 · delivery figures imported")


def _after(month: str) -> datetime:
    year, number = int(month[:4]), int(month[5:])
    return datetime(year + number // 12, number % 12 + 1, 3, 10, 0, tzinfo=BEIJING)


def _accept(hands: Hands, contracts: list[Agreement], months: list[str], due: date) -> None:
    hands.until(datetime.combine(due - timedelta(days=1), time(14), BEIJING))
    start = date.fromisoformat(f"{months[0]}-01")
    end = min(date.fromisoformat(f"{_after(months[-1]):%Y-%m}-01"), due) - timedelta(days=1)
    for agreement in contracts:
        with hands.turn("officer"):
            items = figures.acceptance_items(agreement, start, end)
            delivery.accept(
                agreement, period_from=start, period_to=end, verdict="passed", items=items, users_asked=12,
                users_satisfied=11, users_opinion="服务及时、态度好，希望周末多安排活动。", remark="",
            )  # fmt: skip
    hands.tell("验收，服务对象参加并发表意见 · accepted with users' opinions")


def _evaluate(hands: Hands, project: Project, contracts: list[Agreement], stage: str, published: str) -> None:
    hands.at(stage, 9)
    with hands.turn("officer"):
        round_ = evaluations.assign(
            project, stage, body(BODIES["evaluator"][0]), who("evaluator"), hands.purchase.day(stage),
            _months(hands, stage),
        )  # fmt: skip
    with hands.turn("evaluator"):
        evaluations.declare(round_, "本机构及评估人员与采购人、各承接主体均无利害关系。")
    found = hands.purchase.found(stage)
    with hands.turn("evaluator"):
        for indicator in scheme.indicators(project):
            if indicator.kind == "veto":
                evaluations.save_score(round_, indicator, "0", "查阅台账、访谈，未发现。")
            elif indicator.level3 in found:
                evaluations.save_score(round_, indicator, found[indicator.level3], f"{indicator.evidence}，已查验。")
            else:
                evaluations.save_score(round_, indicator, None, "按月服务数据汇总。")
        evaluations.submit(round_, "服务总体按合同推进，质量良好。")
    hands.tell(f"{stage} 评估：{centi(round_.total_centi)} 分 · evaluated")
    text = next(r["text"] for r in hands.purchase.more["replies"] if r["stage"] == stage)
    for agreement in contracts:
        with hands.turn(manager_of(agreement.supplier)):
            evaluations.reply(round_, text, True)
    hands.at(published)
    with hands.turn("officer"):
        evaluations.publish(round_)


def _months(hands: Hands, stage: str) -> int:
    """How many months the evaluation looks at: at mid-term those that are over, at the end the running one too."""
    now = f"{hands.purchase.day(stage):%Y-%m}"
    return sum(month < now or (stage == "final" and month == now) for month in hands.purchase.months())


def _pay(hands: Hands, contracts: list[Agreement], condition: str) -> None:
    for agreement in contracts:
        instalment = next(i for i in agreement.instalments if i.condition == condition)
        with hands.turn(manager_of(agreement.supplier)):
            payment = payments.request(instalment, f"{agreement.number[-6:]}{instalment.order:02d}", None)
        with hands.turn("finance"):
            payments.check(payment)
        with hands.turn("cashier"):
            payments.pay(payment)
        hands.tell(
            f"{agreement.supplier.name} 第 {instalment.order} 期 {payment.amount_fen / 100:,.2f} 元已支付 · paid"
        )
