"""Questions and complaints of the public: what is taken in, by when it is answered, and who may answer (G-50 … G-58).

The law on petitions is not on file in rows.csv; these are the house's own rules, and a place may set other numbers.
"""

import re
from collections.abc import Mapping
from datetime import date

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.core.workdays import Calendar, Due

# What must never stand in public: a citizen's identity number, a mobile telephone number.
IDENTITY = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])")
MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")
HIDDEN = "〔已隐去〕"


@rule("G-50")
def written_by_a_person(trap: str, seconds: int | None, norms: Norms) -> Findings:
    """No machine wrote it: the field nobody sees is empty, and the form was open neither too short nor too long.

    *seconds* since the form was drawn; None when the form does not say so or was tampered with.
    """
    least, most = norms.whole("question_seconds_min"), norms.whole("question_hours_most")
    if trap:
        yield Finding("G-50", N_("最后一栏是留给机器的，请清空后再提交。"), {}, "website")
    if seconds is None or seconds > most * 3600:
        yield Finding("G-50", N_("页面打开超过 %(most)d 小时或已失效，请核对后再提交一次。"), {"most": most}, "stamp")
    elif seconds < least:
        yield Finding("G-50", N_("提交得太快，请在 %(least)d 秒后再提交一次。"), {"least": least}, "stamp")


@rule("G-51")
def few_a_day(sent: int, norms: Norms) -> Findings:
    """One network address sends a limited number a day; *sent* are those of today before this one."""
    most = norms.whole("question_per_day")
    if sent >= most:
        yield Finding("G-51", N_("同一网络地址一天最多提交 %(most)d 件，请明天再来。"), {"most": most})


@rule("G-53")
def extended_once(already: bool) -> Findings:
    """The time to answer is extended once."""
    if already:
        yield Finding("G-53", N_("答复期限已经延长过一次，不能再延长。"))


@rule("G-54")
def second_person(writer_id: object, reviewer_id: object) -> Findings:
    """Whoever wrote an answer does not approve it."""
    if writer_id == reviewer_id:
        yield Finding("G-54", N_("答复由拟写人以外的人复核。请由另一位工作人员复核后公开。"))


@rule("G-56")
def no_personal_numbers(texts: Mapping[str, str]) -> Findings:
    """No public text (field → text) holds an identity number or a mobile telephone number."""
    for field, text in texts.items():
        if IDENTITY.search(text):
            yield Finding("G-56", N_("公开的文字里有身份证件号码，请隐去。"), {}, field)
        if MOBILE.search(text):
            yield Finding("G-56", N_("公开的文字里有手机号码，请隐去。"), {}, field)


@rule("G-57")
def source_traced(repeated: bool, cause: str) -> Findings:
    """What was raised before is traced to its source: the answer names the cause and what is changed (S14)."""
    if repeated and not cause:
        yield Finding("G-57", N_("这是重复的诉求，请写明根源和改进措施。"), {}, "cause")


@rule("G-58")
def judged_once(judged: bool) -> Findings:
    """The asker says once whether the answer satisfies."""
    if judged:
        yield Finding("G-58", N_("您已经评价过这份答复。"))


def sort_due(received: date, calendar: Calendar, norms: Norms) -> Due:
    """The last day to sort what was received that day (G-52)."""
    return calendar.add_workdays(received, norms.whole("question_sort_wd"))


def answer_due(received: date, calendar: Calendar, norms: Norms, *, extended: bool = False) -> Due:
    """The last day to answer in public (G-52), after an extension (G-53) the later one."""
    more = norms.whole("question_extend_wd") if extended else 0
    return calendar.add_workdays(received, norms.whole("question_answer_wd") + more)


def without_numbers(text: str) -> str:
    """The text with identity and mobile numbers hidden, as a proposal to whoever sorts."""
    return MOBILE.sub(HIDDEN, IDENTITY.sub(HIDDEN, text))
