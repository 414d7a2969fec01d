"""Accepting and paying: who may, after what, how much and by when (B-66, B-68, D-15, G-04 … G-06)."""

from collections.abc import Collection, Sequence
from datetime import date

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import yuan
from app.core.words import N_
from app.core.workdays import Calendar, Due

CONDITIONS = {
    "signing": N_("合同签订"),
    "mid_term_pass": N_("中期评估合格"),
    "final_pass": N_("末期评估合格"),
    "acceptance": N_("验收合格"),
}


@rule("G-04")
def maker_is_not_checker(maker_id: object, checker_id: object) -> Findings:
    """Whoever asks for a payment does not check it, whoever checks it does not pay it."""
    if maker_id == checker_id:
        yield Finding("G-04", N_("经办人与审核人不得为同一人。"), {}, "checker")


@rule("G-05")
def within_accrued(amount_fen: int, accrued_fen: int, paid_fen: int) -> Findings:
    """A payment is above zero and, with what was paid, not above what has accrued. Fen."""
    if amount_fen <= 0:
        yield Finding("G-05", N_("付款金额须大于零。"), {}, "amount")
    elif paid_fen + amount_fen > accrued_fen:
        text = N_("本次付款%(amount)s元，超过已确认应付而未付的%(left)s元。")
        values = {"amount": yuan(amount_fen), "left": yuan(accrued_fen - paid_fen)}
        yield Finding("G-05", text, values, "amount")


@rule("D-15")
def condition_recorded(condition: str, recorded: Collection[str], clause: str | None) -> Findings:
    """An instalment accrues when the condition the contract names is recorded, never by anything outside it."""
    if not (clause or "").strip():
        yield Finding("D-15", N_("付款须依据合同条款，请注明条款编号。"), {}, "clause")
    if condition not in recorded:
        yield Finding("D-15", N_("合同约定的付款条件尚未成就或者尚未记录。"), {}, "condition")


@rule("B-66")
def accepted_first(condition: str, accepted: bool) -> Findings:
    """Acceptance comes before every instalment but the one for signing."""
    if condition != "signing" and not accepted:
        yield Finding("B-66", N_("除签约款外，付款前须完成履约验收。"), {}, "acceptance")


@rule("B-66")
def users_heard(kind: str, opinions: Sequence[str], norms: Norms) -> Findings:
    """Services to the public (kind A): service users gave their opinion at the acceptance (T-25)."""
    if kind == "A" and sum(bool(one.strip()) for one in opinions) < norms.whole("acceptance_users_min"):
        text = N_("向社会公众提供的公共服务项目，验收时应当邀请服务对象参与并出具意见。")
        yield Finding("B-66", text, {}, "user_opinion")


@rule("B-66")
def result_public(kind: str, published: bool) -> Findings:
    """Services to the public (kind A): the result of the acceptance is published."""
    if kind == "A" and not published:
        yield Finding("B-66", N_("公共服务项目的验收结果应当向社会公告。"), {}, "acceptance")


@rule("B-66")
def accepted_item_by_item(items: Sequence[str], judged: Collection[str]) -> Findings:
    """The acceptance report judges every item of the contract."""
    for item in items:
        if item not in judged:
            text = N_("验收书须逐项列明：“%(item)s”尚无结论。")
            yield Finding("B-66", text, {"item": item}, "items")


def payment_due(invoice_on: date, calendar: Calendar, norms: Norms) -> Due:
    """The last day to pay: 30 calendar days after the invoice once conditions are met (B-68), rolled (B-100)."""
    return calendar.add_days(invoice_on, norms.whole("pay_days"), roll=True)


@rule("B-68")
def paid_in_time(invoice_on: date, paid_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """Warn where a payment is later than its last day."""
    due = payment_due(invoice_on, calendar, norms).day
    if paid_on > due:
        text = N_("应当在收到发票后%(days)s日内付款，最迟%(due)s，已逾期。")
        values = {"days": norms.whole("pay_days"), "due": due.isoformat()}
        yield Finding("B-68", text, values, "paid_on", bars=False)


@rule("A-20")
def no_guarantee(guaranteed: bool) -> Findings:
    """The buyer gives no guarantee of any form for the contractor's loans."""
    if guaranteed:
        yield Finding("A-20", N_("购买主体不得以任何形式为承接主体的融资提供担保。"), {}, "guarantee")
