"""The procedures of the register: who decides, on what file, by when, and what bars a name, a person or a code.

What an organization of each kind needs to be registered at all stands in organizations.py.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.core.workdays import Calendar, Due

HANDS = {  # what a registrar did with an application before it is decided
    "accepted": N_("受理了"),
    "reviewed": N_("审查了"),
    "typed": N_("代为录入了"),
}


@dataclass(frozen=True)
class Headed:
    """An organization that somebody heads: its name, kind, and whether it is the same verified person."""

    name: str
    kind: str
    verified: bool


@rule("G-150")
def decided_by_another(decider: object, hands: Mapping[str, object]) -> Findings:
    """Whoever accepted, reviewed or typed in an application does not decide it. *hands*: key of HANDS → who."""
    did = next((key for key in HANDS if hands.get(key) is not None and hands[key] == decider), None)
    if did:
        text = N_("您%(did)s这份申请，须由另一名登记管理人员作出决定。")
        yield Finding("G-150", text, {"did": HANDS[did]}, "verdict")


@rule("G-151")
def materials_complete(needed: Mapping[str, str], have: Collection[str]) -> Findings:
    """Every material asked for is there. *needed*: key → its name, *have*: the keys handed in."""
    for key, name in needed.items():
        if key not in have:
            yield Finding("G-151", N_("缺少材料：%(name)s"), {"name": name}, f"material-{key}")


@rule("G-151")
def content_as_named(name: str, as_named: bool, taken: Sequence[str]) -> Findings:
    """A file is what its name says and of a kind that is *taken* (pdf, png …)."""
    said = name.rpartition(".")[2].lower() if "." in name else ""
    if said not in (*taken, *(["jpeg"] if "jpg" in taken else [])):
        values = {"name": name, "kinds": "、".join(taken)}
        yield Finding("G-151", N_("文件“%(name)s”不是可以上传的类型（%(kinds)s）。"), values, "file")
    elif not as_named:
        text = N_("文件“%(name)s”的内容与文件名所示的类型（%(said)s）不符，请重新导出后上传。")
        yield Finding("G-151", text, {"name": name, "said": said}, "file")


@rule("G-152")
def corrections_named(asked: Collection[str]) -> Findings:
    """Asking for corrections names at least one item."""
    if not asked:
        yield Finding("G-152", N_("请至少在一项中写明需要补正的内容。"), {}, "items-0-asked")


@rule("G-152")
def corrections_answered(answers: Sequence[str]) -> Findings:
    """Every item that was asked is answered, in the order of the form."""
    for number, answer in enumerate(answers):
        if not answer.strip():
            yield Finding("G-152", N_("第 %(n)s 项还没有答复。"), {"n": number + 1}, f"items-{number}-answer")


@rule("G-154")
def identity_number(number: str) -> Findings:
    """The identity number of a legal representative passes its check (18 characters, GB 11643).

    The division in its first six digits is not looked up: it is frozen at issue and may be no more (as in C-17).
    """
    if not _is_identity_number(number.strip().upper()):
        yield Finding("G-154", N_("法定代表人的居民身份证号码不对，请逐位核对。"), {}, "identity")


def _is_identity_number(number: str) -> bool:
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) or number[-1] != ric.calc_check_digit(number):
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return True


@rule("C-03", "C-10")
def heads_no_other(kind: str, head: str, others: Sequence[Headed]) -> Findings:
    """One verified person does not head two 社会团体, and who heads a foundation heads nothing else.

    The same name alone only warns: people share names.
    """
    for one in others:
        row = _bound(kind, one.kind)
        if row and one.verified:
            text = N_("%(head)s已是“%(other)s”的法定代表人（身份证件已核验），不得同时担任。")
            yield Finding(row, text, {"head": head, "other": one.name}, "legal_representative")
        elif row:
            text = N_("“%(other)s”的法定代表人也叫%(head)s，请核对是否同一人。")
            yield Finding(row, text, {"head": head, "other": one.name}, "legal_representative", False)


def _bound(kind: str, other: str) -> str:
    if "foundation" in (kind, other):
        return "C-10"
    return "C-03" if kind == other == "association" else ""


@rule("C-18")
def name_free(name: str, taken_by: Sequence[str]) -> Findings:
    """No other organization has the name or has it reserved, however it is written (width, script, blanks)."""
    for other in taken_by:
        text = N_("名称“%(name)s”与已有的“%(other)s”相同（全角半角、繁简、空格不作区别）。")
        yield Finding("C-18", text, {"name": name, "other": other}, "name")


@rule("C-13")
def code_free(code: str, holder: str | None) -> Findings:
    """A credit code belongs to one body. *holder*: the other body that has it."""
    if holder:
        text = N_("统一社会信用代码 %(code)s 已由“%(holder)s”使用，一个代码只属于一个单位。")
        yield Finding("C-13", text, {"code": code, "holder": holder}, "credit_code")


def decide_due(complete_on: date, days: int, calendar: Calendar) -> Due:
    """The last day to decide, *days* calendar days from the complete file (C-02); a day of rest runs on (B-100)."""
    return calendar.add_days(complete_on, days, roll=True)


@rule("C-02")
def decided_in_time(due: date, today: date) -> Findings:
    """Warn where the decision comes later than its last day."""
    if today > due:
        text = N_("已超过作出决定的最后期限 %(due)s，请在理由中说明。")
        yield Finding("C-02", text, {"due": due}, "reasons", False)


@rule("C-04")
def change_in_time(agreed_on: date, today: date, calendar: Calendar, norms: Norms) -> Findings:
    """A change is applied for within 30 days of the supervising unit's consent (Art. 18); later it warns.

    The regulation orders the period but does not make a late application void.
    """
    due = calendar.add_days(agreed_on, norms.whole("change_days"), roll=True).day
    if agreed_on > today:
        yield Finding("C-04", N_("业务主管单位同意的日期不能晚于今天。"), {}, "agreed_on")
    elif today > due:
        values = {"days": norms.whole("change_days"), "due": due}
        text = N_("应在业务主管单位同意后 %(days)s 日内（最迟 %(due)s）申请变更登记，现已逾期，请在说明中写明原因。")
        yield Finding("C-04", text, values, "agreed_on", False)


@rule("C-04")
def deregistered_in_time(liquidated_on: date, today: date, calendar: Calendar, norms: Norms) -> Findings:
    """Deregistration is applied for within 15 days of the end of liquidation (Art. 21); later it warns."""
    due = calendar.add_days(liquidated_on, norms.whole("deregister_days"), roll=True).day
    if liquidated_on > today:
        yield Finding("C-04", N_("清算结束之前不能申请注销登记：清算结束日不能晚于今天。"), {}, "liquidated_on")
    elif today > due:
        values = {"days": norms.whole("deregister_days"), "due": due}
        text = N_("应在清算结束后 %(days)s 日内（最迟 %(due)s）办理注销登记，现已逾期，请在说明中写明原因。")
        yield Finding("C-04", text, values, "liquidated_on", False)


@rule("C-03", "C-08")
def branch_allowed(kind: str, of_a_branch: bool, territorial: bool) -> Findings:
    """Branches: none for a 民非, none under a branch, none that is territorial."""
    if kind == "service":
        yield Finding("C-08", N_("民办非企业单位不得设立分支机构"), {}, "branch")
    if of_a_branch:
        yield Finding("C-03", N_("分支机构不得再设立分支机构。"), {}, "under")
    if territorial:
        text = N_("不得设立地域性的分支机构：名称和业务范围不能以某一地区划分。")
        yield Finding("C-03", text, {}, "branch")


@rule("C-06")
def inactive_long_enough(certified_on: date | None, active_on: date | None, today: date, norms: Norms) -> Findings:
    """Cancellation for want of activity: at least a year since the certificate and since anything was done (Art. 29).

    *active_on*: the last day on which activity is on record; None where there is none.
    """
    years = norms.whole("inactive_years")
    if certified_on is None:
        yield Finding("C-06", N_("没有登记证书的签发日期，不能计算期间。"), {}, "certified_on")
        return
    last = max(certified_on, active_on) if active_on else certified_on
    if _years_later(last, years) > today:
        text = N_("取得证书或者最近一次活动（%(last)s）之后还不满 %(years)s 年，不能以未开展活动为由撤销登记。")
        yield Finding("C-06", text, {"last": last, "years": years}, "active_on")


@rule("C-06")
def heard_first(noticed_on: date | None, heard_on: date | None, waived: bool) -> Findings:
    """Before a registration is cancelled its holder was told, and was heard or let the hearing go by."""
    if noticed_on is None:
        yield Finding("C-06", N_("尚未送达拟撤销登记的告知书。"), {}, "noticed_on")
    if heard_on is None and not waived:
        yield Finding("C-06", N_("尚未举行听证，当事人也没有放弃听证。"), {}, "heard_on")


@rule("C-04")
def something_changed(changed: Mapping[str, object]) -> Findings:
    """An application for a change changes at least one registered item."""
    if not changed:
        yield Finding("C-04", N_("没有任何登记事项与现在登记的不同。"), {}, "name")


@rule("C-04")
def settled_first(settled: bool) -> Findings:
    """Debts, taxes and wages are settled before a registration ends (Art. 21: after liquidation)."""
    if not settled:
        yield Finding("C-04", N_("债权债务、税款和职工费用没有结清的，不能注销登记。"), {}, "settled")


@rule("C-04", "C-06")
def still_registered(registered: bool) -> Findings:
    """A registration that has ended is not ended again."""
    if not registered:
        yield Finding("C-04", N_("该组织已不在登记册中。"), {})


@rule("G-154")
def identity_given(mark: str | None) -> Findings:
    """A new legal representative comes with an identity number."""
    if not mark:
        yield Finding("G-154", N_("请填写法定代表人的居民身份证号码。"), {}, "identity")


@rule("C-03")
def branch_perhaps_territorial(place: str) -> Findings:
    """Warn where the name of a branch has the short name of a place in it, which may be a plain word (和平)."""
    if place:
        text = N_("名称中有与地名“%(place)s”相同的字，请核对是否按地区设立。")
        yield Finding("C-03", text, {"place": place}, "branch", False)


@rule("C-03")
def branch_new(name: str, held: Collection[str]) -> Findings:
    """An organization has no two branches of one name."""
    if name in held:
        yield Finding("C-03", N_("已有名称为“%(name)s”的分支机构。"), {"name": name}, "branch")


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)
