"""Annual reports: by when each kind is handed in, to whom first, and who decides the result (C-05, C-11, C-12)."""

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
