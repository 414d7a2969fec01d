"""Credit information of social organizations: what leads to a list, which clocks run, when a body leaves it again.

C-25 … C-29 (社会组织信用信息管理办法, MCA 60) and B-21. Money in fen; days are dates in Asia/Shanghai.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.core.workdays import Calendar
from app.rules.judging import years_before
from app.rules.purchasing import months_after

KINDS = {
    "abnormal": N_("活动异常名录"),
    "serious": N_("严重违法失信名单"),
    "penalty": N_("行政处罚"),
    "ban": N_("禁止参加政府采购"),
}
ABNORMAL = {  # the six triggers of Art. 11
    "annual_report": N_("未按规定的时限和要求报送年度工作报告"),
    "party": N_("未按规定设立党组织"),
    "not_rectified": N_("未按期完成整改"),
    "fundraising": N_("违反规定公开募捐"),
    "small_penalty": N_("受到警告或者不满五万元罚款"),
    "unreachable": N_("通过登记的住所无法取得联系"),
}
SERIOUS = {  # the seven triggers of Art. 15
    "abnormal_two_years": N_("列入活动异常名录满两年"),
    "fraud": N_("弄虚作假骗取登记或者变更登记"),
    "stopped": N_("受到限期停止活动的处罚"),
    "large_fine": N_("受到五万元以上罚款"),
    "repeated": N_("三年内两次以上受到警告或者不满五万元罚款"),
    "defaulter": N_("被列为失信被执行人"),
    "revoked": N_("被吊销或者撤销登记"),
}
PENALTIES = {
    "warning": N_("警告"),
    "fine": N_("罚款"),
    "stop": N_("限期停止活动"),
    "revocation": N_("吊销登记证书"),
}
BANS = {"ban": N_("在规定期限内禁止参加政府采购活动")}
TRIGGERS = {"abnormal": ABNORMAL, "serious": SERIOUS, "penalty": PENALTIES, "ban": BANS}
COMPUTED = frozenset(
    {"annual_report", "small_penalty", "abnormal_two_years", "stopped", "large_fine", "repeated", "revoked"}
)
DUTIES = {  # what the body has to do before it can leave; triggers without one end by time
    "annual_report": N_("补报年度工作报告"),
    "party": N_("按规定设立党组织"),
    "not_rectified": N_("完成整改"),
    "unreachable": N_("变更住所登记或者恢复联系"),
    "abnormal_two_years": N_("履行列入活动异常名录时未履行的义务"),
    "fraud": N_("改正违法行为"),
    "stopped": N_("停止活动期满并提交整改报告"),
    "large_fine": N_("缴清罚款并改正"),
    "repeated": N_("改正违法行为"),
    "defaulter": N_("履行生效法律文书确定的义务"),
    "revoked": N_("办理注销登记"),
}
ROWS = {"abnormal": "C-25", "serious": "C-26", "penalty": "C-29", "ban": "B-21"}


@dataclass(frozen=True)
class Penalty:
    """One administrative penalty on record: what it is (PENALTIES), its fine in fen, and the day it was imposed."""

    trigger: str
    amount_fen: int
    day: date


def small(penalty: Penalty, norms: Norms) -> bool:
    """Whether it is a warning or a fine below the amount of C-25 (50,000 yuan)."""
    fine = penalty.trigger == "fine" and penalty.amount_fen < norms.whole("abnormal_fine_below")
    return penalty.trigger == "warning" or fine


def follows(penalty: Penalty, norms: Norms) -> tuple[str, str]:
    """The list (KINDS) and trigger one penalty leads to: small ones C-25, all others C-26."""
    if small(penalty, norms):
        return "abnormal", "small_penalty"
    return "serious", {"fine": "large_fine", "stop": "stopped", "revocation": "revoked"}[penalty.trigger]


def repeated(penalties: Iterable[Penalty], norms: Norms) -> list[Penalty]:
    """Small penalties that make two or more within three years up to the newest of them, oldest first; else none."""
    mine = sorted((one for one in penalties if small(one, norms)), key=lambda one: one.day)
    if not mine:
        return []
    first = years_before(mine[-1].day, norms.whole("serious_warnings_years"))
    near = [one for one in mine if one.day > first]
    return near if len(near) >= norms.whole("serious_warnings") else []


def turns_serious_on(since: date, norms: Norms) -> date:
    """The day on which a body has been on the abnormal list for two years (C-26)."""
    return months_after(since, 12 * norms.whole("serious_abnormal_years"))


def removable_from(kind: str, trigger: str, since: date, breaches: Iterable[date], norms: Norms) -> date | None:
    """The first day on which a body may leave a list by time (C-27); every later breach restarts the clock.

    None where no time has to pass: an abnormal entry with a duty ends when that is done.
    """
    start = max((day for day in breaches if day > since), default=since)
    if kind == "serious":
        return months_after(start, 12 * norms.whole("serious_removal_years"))
    return None if trigger in DUTIES else months_after(start, norms.whole("abnormal_removal_months"))


def needs_notice(kind: str, elsewhere: bool) -> bool:
    """Whether the body is told and heard first: always, unless another department has decided and heard it."""
    return not elsewhere and kind != "ban"


def hearing_applies(kind: str, trigger: str, amount_fen: int | None, norms: Norms) -> bool:
    """Whether the body may ask for a hearing (听证): a stop, a revocation or a large fine of our own (C-26)."""
    large = trigger == "fine" and (amount_fen or 0) >= norms.whole("credit_hearing_fine")
    return kind == "penalty" and (trigger in ("stop", "revocation") or large)


def statement_due(noticed_on: date, calendar: Calendar, norms: Norms) -> date:
    """The last day to state and plead after the notice."""
    return calendar.add_workdays(noticed_on, norms.whole("credit_statement_wd")).day


def hearing_ask_due(noticed_on: date, calendar: Calendar, norms: Norms) -> date:
    """The last day to ask for a hearing after the notice."""
    return calendar.add_workdays(noticed_on, norms.whole("credit_hearing_ask_wd")).day


def earliest_hearing(called_on: date, calendar: Calendar, norms: Norms) -> date:
    """The first day a hearing may be held: seven working days after the body was called."""
    return calendar.add_workdays(called_on, norms.whole("credit_hearing_notice_wd")).day


def entry_due(arisen_on: date, calendar: Calendar, norms: Norms) -> date:
    """The last day to enter credit information that arose, or became known, on a day (C-29)."""
    return calendar.add_workdays(arisen_on, norms.whole("credit_entry_wd")).day


def objection_due(filed_on: date, calendar: Calendar, norms: Norms) -> date:
    """The last day to answer an objection."""
    return calendar.add_workdays(filed_on, norms.whole("credit_objection_wd")).day


def check_due(applied_on: date, calendar: Calendar, norms: Norms) -> date:
    """The last day to check what a body that asks for removal says it has done."""
    return calendar.add_workdays(applied_on, norms.whole("credit_check_wd")).day


def removal_due(checked_on: date, calendar: Calendar, norms: Norms) -> date:
    """The last day to take a body off the list once its duty was checked, or its time was up (C-27)."""
    return calendar.add_workdays(checked_on, norms.whole("abnormal_removal_wd")).day


@rule("C-25", "C-26")
def trigger_known(kind: str, trigger: str) -> Findings:
    """The trigger is one that leads to this list, or one of the penalties."""
    if trigger not in TRIGGERS.get(kind, {}):
        yield Finding(ROWS.get(kind, "C-25"), N_("请选择属于这一类的情形。"), {}, "trigger")


@rule("C-25", "C-26")
def typed_by_hand(kind: str, trigger: str) -> Findings:
    """What the portal computes from penalties, lists and reports is not typed."""
    if kind in ("abnormal", "serious") and trigger in COMPUTED:
        text = N_("这一情形由平台根据处罚、名录和年度报告自动认定，不能手工录入。")
        yield Finding(ROWS[kind], text, {}, "trigger")


@rule("C-25")
def letters_sent(trigger: str, letters: Sequence[date], norms: Norms) -> Findings:
    """A body cannot be reached only after two letters to its domicile came back."""
    least = norms.whole("abnormal_letters")
    if trigger == "unreachable" and len(set(letters)) < least:
        text = N_("须向登记的住所两次邮寄专用信函均无人签收，才能认定无法取得联系；请填写两次邮寄的日期。")
        yield Finding("C-25", text, {}, "second_letter_on")


@rule("C-25", "C-26")
def fine_has_amount(trigger: str, amount_fen: int | None) -> Findings:
    """A fine says how much; no other penalty does."""
    if trigger == "fine" and not amount_fen:
        yield Finding("C-25", N_("罚款须填写金额。"), {}, "amount")
    if trigger != "fine" and amount_fen:
        yield Finding("C-25", N_("只有罚款才填写金额。"), {}, "amount")


@rule("C-29")
def not_of_the_future(day: date, today: date, field: str) -> Findings:
    """Credit information arises before it is recorded."""
    if day > today:
        yield Finding("C-29", N_("这一天还没有到，不能先行记录。"), {}, field)


@rule("B-21")
def ban_has_a_term(starts_on: date, ends_on: date) -> Findings:
    """A ban from procurement has a first and a last day, the last not before the first."""
    if ends_on < starts_on:
        yield Finding("B-21", N_("禁止期限的最后一天早于第一天。"), {}, "ends_on")


@rule("C-25", "C-26")
def told_first(kind: str, elsewhere: bool, heard: bool) -> Findings:
    """No proposal before the body was told why and could state its case, unless another department decided."""
    if needs_notice(kind, elsewhere) and not heard:
        text = N_("须先告知事实、理由和依据，并听取陈述申辩，才能提出处理意见。")
        yield Finding(ROWS[kind], text, {}, "proposal")


@rule("C-25", "C-26")
def statement_in_time(today: date, respond_by: date, row: str = "C-25") -> Findings:
    """A statement comes within the days of the notice."""
    if today > respond_by:
        yield Finding(row, N_("陈述申辩的期限（%(due)s）已过。"), {"due": respond_by}, "statement")


@rule("C-26")
def hearing_asked_in_time(asked: bool, applies: bool, today: date, ask_by: date) -> Findings:
    """A hearing is asked for where it applies, within five working days of the notice."""
    if asked and not applies:
        yield Finding("C-26", N_("这一情形不适用听证，请书面陈述申辩。"), {}, "hearing_asked")
    elif asked and today > ask_by:
        yield Finding("C-26", N_("要求听证的期限（%(due)s）已过。"), {"due": ask_by}, "hearing_asked")


@rule("C-25", "C-26")
def time_to_speak_given(today: date, respond_by: date, stated: bool, row: str = "C-25") -> Findings:
    """The hearing of a body ends with its statement, or when its days are over."""
    if not stated and today <= respond_by:
        text = N_("陈述申辩的期限到%(due)s届满，还没有收到意见，不能提前结束。")
        yield Finding(row, text, {"due": respond_by}, "heard_note")


@rule("C-26")
def hearing_called_early(hearing_on: date, called_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """The body is called seven working days before the hearing."""
    first = earliest_hearing(called_on, calendar, norms)
    if hearing_on < first:
        text = N_("应当在听证的七个工作日前通知，最早可以定在%(first)s。")
        yield Finding("C-26", text, {"first": first}, "hearing_on")


@rule("C-26")
def hearing_held(asked: bool, hearing_on: date | None, today: date) -> Findings:
    """Where a hearing was asked for, it is held before a proposal is made."""
    if asked and (hearing_on is None or today < hearing_on):
        yield Finding("C-26", N_("已要求听证，举行听证后才能结束听取意见。"), {}, "heard_note")


@rule("G-31")
def two_people(first: object, second: object, field: str = "reasons") -> Findings:
    """Maker and checker are two; time itself (None) may be the maker."""
    if first is not None and first == second:
        text = N_("这一步须由另一名登记管理人员办理，您不能复核自己经办的事项。")
        yield Finding("G-31", text, {}, field)


@rule("C-27")
def clean_long_enough(kind: str, today: date, from_day: date | None) -> Findings:
    """A serious entry lasts two clean years, an abnormal one without a duty six months."""
    if from_day is not None and today < from_day:
        text = N_("列入期限未满，最早可以在%(first)s移出；期间再次违法的重新计算。")
        yield Finding("C-27", text, {"first": from_day}, "done")


@rule("C-27")
def duty_done(trigger: str, confirmed: bool) -> Findings:
    """Where there is a duty, it was done and checked before removal."""
    if trigger in DUTIES and not confirmed:
        yield Finding("C-27", N_("应当履行的义务还没有经核实，不能移出。"), {}, "reasons")


@rule("C-29")
def entered_in_time(today: date, enter_by: date) -> Findings:
    """Warn where credit information is entered later than five working days after it arose."""
    if today > enter_by:
        text = N_("已超过记录期限（%(due)s），请立即列入；逾期会留在日志里。")
        yield Finding("C-29", text, {"due": enter_by}, "", bars=False)


def last_day_before_correction(corrected_on: date, since: date) -> date:
    """The last day a wrong entry counts: the day before it is corrected; one that had not begun never counts."""
    return max(since, corrected_on) - timedelta(days=1)


def last_day_on(removed_on: date, since: date) -> date:
    """The last day an entry counts when it is removed on a day: the day before, never earlier than its first."""
    return max(since, removed_on - timedelta(days=1))
