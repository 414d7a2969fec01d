"""What somebody can do with a case just now: the buttons, each with the reason where something bars it."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.catalogue.queries import calendar, norms
from app.core import access, clock
from app.core.access import Actor
from app.core.law import Finding
from app.core.showing import day, told
from app.core.words import N_
from app.credit import queries
from app.credit.models import CreditCase
from app.rules import credit

Step = dict[str, Any]


def steps(case: CreditCase, who: Actor) -> list[Step]:
    """The steps that the state of the case and the person's role allow."""
    made = {
        "found": _found, "noticed": _noticed, "heard": _heard, "proposed": _proposed, "decided": _decided,
        "entered": _entered,
    }.get(case.state)  # fmt: skip
    return made(case, who) if made else []


def clocks(case: CreditCase) -> list[dict[str, Any]]:
    """The time limits that run on a case, for a timeline: those that are met, and those that are not."""
    found: list[tuple[date, str, str, date | None]] = [
        (case.arose_on, N_("发生"), "", None),
        (case.received_on, N_("已记录"), "", None),
    ]
    if case.noticed_at:
        found.append((clock.day_of(case.noticed_at), N_("告知"), _row(case), case.respond_by))
    if case.stated_at:
        found.append((clock.day_of(case.stated_at), N_("陈述申辩"), _row(case), None))
    if case.decided_at:
        found.append((clock.day_of(case.decided_at), N_("作出决定"), "G-31", case.enter_by))
    if case.entered_on:
        found.append((case.entered_on, N_("列入并公开"), "C-29", None))
    if case.ended_on:
        found.append((case.ended_on, type(case).lifecycle.states[case.state], "C-27", None))
    return [
        {"when": when, "label": label, "state": "past", "rule": rule, "due": due} for when, label, rule, due in found
    ]


def _found(case: CreditCase, who: Actor) -> list[Step]:
    if credit.needs_notice(case.kind, case.elsewhere):
        first = _step(case, who, N_("发出告知书"), "notify")
    else:
        first = _step(case, who, N_("提出处理意见"), "propose")
    return [*first, *_step(case, who, N_("不予列入"), "drop", _other(case.found_by_id, who), "secondary")]


def _noticed(case: CreditCase, who: Actor) -> list[Step]:
    today, due = clock.today(), case.respond_by or clock.today()
    late = list(credit.statement_in_time(today, due))
    early = list(credit.time_to_speak_given(today, due, case.stated_at is not None))
    early += credit.hearing_held(case.hearing_asked, case.hearing_on, today)
    call = _step(case, who, N_("安排听证"), "hearing_of", action="hear") if case.hearing_asked else []
    return [
        *_step(case, who, N_("陈述申辩"), "statement", late, action="state"),
        *call,
        *_step(case, who, N_("结束听取意见"), "hear", early),
    ]


def _heard(case: CreditCase, who: Actor) -> list[Step]:
    return [
        *_step(case, who, N_("提出处理意见"), "propose"),
        *_step(case, who, N_("不予列入"), "drop", _other(case.found_by_id, who), "secondary"),
    ]


def _proposed(case: CreditCase, who: Actor) -> list[Step]:
    other = _other(case.proposed_by_id, who)
    return [
        *_step(case, who, N_("作出决定"), "decide", other),
        *_step(case, who, N_("退回经办人"), "send_back", other, "secondary"),
        *_step(case, who, N_("不予列入"), "drop", other, "secondary"),
    ]


def _decided(case: CreditCase, who: Actor) -> list[Step]:
    return _step(case, who, N_("列入并公开"), "enter")


def _entered(case: CreditCase, who: Actor) -> list[Step]:
    on_list = case.kind in ("abnormal", "serious")
    found = []
    if on_list and case.trigger in credit.DUTIES:
        found += _step(case, who, N_("申请移出"), "repair", _early(case))
    found += _step(case, who, N_("提出异议"), "object_to", tone="secondary", action="object")
    if on_list:
        found += _step(case, who, N_("移出"), "remove", _stays(case, who))
    found += _step(case, who, N_("更正"), "correct", _other(case.decided_by_id, who), "secondary")
    return found


def _early(case: CreditCase) -> list[Finding]:
    return list(credit.clean_long_enough(case.kind, clock.today(), queries.removable_from(case)))


def _stays(case: CreditCase, who: Actor) -> list[Finding]:
    repair = queries.confirmed(case)
    return [
        *_early(case),
        *credit.duty_done(case.trigger, repair is not None),
        *_other(repair.checked_by_id if repair else None, who),
    ]


def _other(maker: int | None, who: Actor) -> list[Finding]:
    return list(credit.two_people(maker, who.id))


def _step(
    case: CreditCase, who: Actor, label: str, verb: str, bars: list[Finding] | None = None, tone: str = "primary",
    action: str = "",
) -> list[Step]:  # fmt: skip
    if not access.may(who, f"credit.{action or verb}", case):
        return []
    reason = "；".join(told(one) for one in bars) if bars else None
    return [{"label": label, "url": url_for(f"credit.{verb}", id=case.public_id), "tone": tone, "reason": reason}]


def _row(case: CreditCase) -> str:
    return "C-25" if case.kind == "abnormal" else "C-26"


def hint(case: CreditCase) -> str:
    """What happens next, in one sentence."""
    said = {
        "found": _("核对事实和证据后，先告知该单位；不成立的，由另一人不予列入。"),
        "noticed": _("等待该单位陈述申辩，最迟 %(due)s。", due=day(case.respond_by)),
        "heard": _("由经办人提出处理意见。"),
        "proposed": _("由另一名登记管理人员决定。"),
        "decided": _("最迟 %(due)s 列入并公开。", due=day(case.enter_by)),
    }
    if case.state == "found" and not credit.needs_notice(case.kind, case.elsewhere):
        return str(_("其他部门已经告知并听取意见，核对文书后提出处理意见，最迟 %(due)s 列入。", due=day(case.enter_by)))
    return str(said.get(case.state, ""))


def leaving(case: CreditCase) -> dict[str, Any]:
    """How and from when the body leaves the list: its duty, the first day, and the day by which it must be off."""
    first, repair = queries.removable_from(case), queries.confirmed(case)
    by = repair.remove_by if repair else None
    if case.trigger not in credit.DUTIES and first is not None:
        by = credit.removal_due(first, calendar(), norms(case.place))
    return {"duty": credit.DUTIES.get(case.trigger), "first": first, "by": by}
