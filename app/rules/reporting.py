"""Annual reports: by when each kind is handed in, to whom first, and who decides the result (C-05, C-11, C-12)."""

from collections.abc import Mapping
from datetime import date

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_

RESULTS = ("pass", "basic", "fail")


def due(kind: str, year: int, norms: Norms) -> date:
    """The last day on which the registrar receives the report of *year*: 31 May, for a foundation 31 March."""
    key = "foundation_report" if kind == "foundation" else "annual_report"
    return _day(key, year, norms)


def supervisor_due(kind: str, year: int, norms: Norms) -> date | None:
    """The last day for the supervising unit to receive it (C-05); a foundation reports directly (C-11)."""
    return None if kind == "foundation" else _day("annual_report_supervisor", year, norms)


def _day(key: str, year: int, norms: Norms) -> date:
    return date(year + 1, norms.whole(f"{key}_month"), norms.whole(f"{key}_day"))


def owes(year: int, established_on: date | None, norms: Norms) -> bool:
    """Whether an organization founded on this day reports for *year*: from the first year kept here (G-42) on, if it
    was there before the year was over. A day that is not on file is no excuse."""
    if year < norms.whole("annual_report_first_year"):
        return False
    return established_on is None or established_on.year <= year


def through_supervisor(kind: str, supervising_unit: str, registrar: str) -> bool:
    """Whether a supervising unit other than the registrar examines the report first (C-05)."""
    return kind != "foundation" and bool(supervising_unit) and supervising_unit != registrar


@rule("C-05", "C-11", "C-32")
def in_time(kind: str, due_on: date, day: date) -> Findings:
    """Warn where a report is handed in after its last day: it is taken all the same, and marked late."""
    if day > due_on:
        text = N_("应当在%(due_on)s前报送，现已逾期；仍可报送，逾期会被记录。")
        yield Finding("C-11" if kind == "foundation" else "C-05", text, {"due_on": due_on}, None, bars=False)


@rule("G-40")
def decided_by_another(proposed_by: object, decided_by: object) -> Findings:
    """Whoever proposed the result does not decide it."""
    if proposed_by == decided_by:
        yield Finding("G-40", N_("提出审查意见的人不能自己作出结论，请由另一名登记管理人员办理。"), {}, "agree")


@rule("C-12")
def result_with_reasons(result: str, reasons: str) -> Findings:
    """There are three results, and one that is not a pass says why."""
    if result not in RESULTS:
        yield Finding("C-12", N_("结论只能是合格、基本合格或不合格。"), {}, "result")
    elif result != "pass" and not reasons.strip():
        yield Finding("C-12", N_("基本合格和不合格应当写明理由。"), {}, "reasons")


@rule("C-05")
def supervisor_first(needed: bool, opinion: bool) -> Findings:
    """The supervising unit examined the report before it goes to the registrar."""
    if needed and not opinion:
        text = N_("报送登记管理机关以前，应当经业务主管单位初审同意：请先报业务主管单位，或上传其书面意见。")
        yield Finding("C-05", text, {}, "opinion")


@rule("C-11")
def audited(kind: str, audit: bool) -> Findings:
    """A foundation's report carries the audit of a certified public accountant."""
    if kind == "foundation" and not audit:
        yield Finding("C-11", N_("基金会的年度报告应当经注册会计师审计：请上传审计报告。"), {}, "audit")


@rule("C-05", "C-32")
def whole(missing: Mapping[str, str]) -> Findings:
    """Everything asked is answered; *missing* is field → its label."""
    for field, label in missing.items():
        yield Finding("C-05", N_("还没有填写“%(label)s”。"), {"label": label}, field)


@rule("C-10")
def council_at_work(kind: str, members: int, paid: int, meetings: int, norms: Norms) -> Findings:
    """Warn where a foundation's council is too small or large, too many are paid, or it met too seldom."""
    if kind != "foundation":
        return
    least, most, often = (norms.whole(f"council_{key}") for key in ("min", "max", "meetings_min"))
    if not least <= members <= most:
        values = {"least": least, "most": most, "have": members}
        yield Finding("C-10", N_("理事应为 %(least)d 至 %(most)d 人，现为 %(have)d 人"), values, "council", bars=False)
    if paid * norms.whole("council_paid_one_in") > members:
        text = N_("领取报酬的理事不得超过三分之一，现为 %(paid)d 人。")
        yield Finding("C-10", text, {"paid": paid}, "council_paid", bars=False)
    if meetings < often:
        text = N_("理事会每年至少召开 %(least)d 次会议，本年 %(have)d 次。")
        yield Finding("C-10", text, {"least": often, "have": meetings}, "council_meetings", bars=False)
