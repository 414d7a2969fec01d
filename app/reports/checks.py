"""What is asked of the rules about a report: section by section while it is written, all of it when it is handed in."""

from collections.abc import Iterator

from app.catalogue.queries import norms
from app.core import clock
from app.core.law import Finding, Norms
from app.reports.given import held, is_charity, values_of
from app.reports.models import AnnualReport, ReportSection
from app.reports.queries import last_of, record_of
from app.reports.sections import BY_KEY, fields_of
from app.rules import reporting, statements
from app.rules.statements import Ratio, Values, fen


def whole_values(section: ReportSection) -> dict[str, object]:
    """What the section says, with what is held in its place."""
    return {**section.values, **held(section)}


def unanswered(section: ReportSection) -> dict[str, str]:
    """The needed fields that are empty: name → label."""
    values = whole_values(section)
    asked = fields_of(BY_KEY[section.key], section.report.kind)
    return {one.key: one.label for one in asked if one.needed and values.get(one.key) in (None, "")}


def of_section(section: ReportSection) -> list[Finding]:
    """Everything about one section as it was last saved."""
    return [*reporting.whole(unanswered(section)), *_of(section)]


def before_handing_in(report: AnnualReport) -> list[Finding]:
    """Everything that bars or warns before the report leaves the organization's hands."""
    found = [one for section in report.sections for one in of_section(section)]
    papers = {one.kind for one in report.evidence if one.current}
    said = {key: values_of(report, key) for key in ("balance", "income", "cash")}
    found += statements.agree(whole_of(report, "balance"), said["income"], said["cash"])
    return [*found, *reporting.audited(report.kind, "audit" in papers)]


def before_submitting(report: AnnualReport) -> list[Finding]:
    """The same, and that the supervising unit was heard, and whether it is in time."""
    papers = {one.kind for one in report.evidence if one.current}
    heard = report.opinion is not None or "opinion" in papers
    return [
        *before_handing_in(report),
        *reporting.supervisor_first(needs_opinion(report), heard),
        *reporting.in_time(report.kind, report.due_on, clock.today()),
    ]


def needs_opinion(report: AnnualReport) -> bool:
    """Whether a supervising unit examines it first."""
    one = record_of(report)
    return reporting.through_supervisor(report.kind, one.supervising_unit, one.registrar)


def ratios(report: AnnualReport) -> list[Ratio]:
    """A foundation's two shares, from the sections as they were last saved."""
    if report.kind != "foundation":
        return []
    said, income = whole_of(report, "spending"), values_of(report, "income")
    return list(
        statements.ratios(
            public=is_charity(record_of(report)),
            spent_fen=_fen(said, "charity_spend"),
            last_income_fen=_fen(said, "last_income"),
            last_balance_fen=_fen(said, "last_balance"),
            costs_fen=_fen(said, "staff_pay") + _fen(said, "office"),
            expenses_fen=fen(income, "total_expenses", statements.AMOUNT),
            norms=numbers(report),
        )
    )


def whole_of(report: AnnualReport, key: str) -> dict[str, object]:
    """What a section says, with what is held in its place; nothing when there is no such section."""
    return next((whole_values(one) for one in report.sections if one.key == key), {})


def numbers(report: AnnualReport) -> Norms:
    """The dated numbers that bind this report."""
    return norms(report.place, clock.today())


def _of(section: ReportSection) -> Iterator[Finding]:
    values, report = whole_values(section), section.report
    if BY_KEY[section.key].statement:
        yield from statements.sums(section.key, values)
    if section.key == "balance":
        yield from statements.balances(values)
        yield from _openings(report, values)
    if section.key == "spending":
        yield from statements.ratios_kept(ratios(report))
    if section.key == "governance":
        members, paid, met = (_fen(values, key) for key in ("council", "council_paid", "council_meetings"))
        yield from reporting.council_at_work(report.kind, members, paid, met, numbers(report))


def _openings(report: AnnualReport, values: Values) -> Iterator[Finding]:
    last = last_of(report)
    if last is not None:
        restated = bool(values.get("restated") and str(values.get("restatement") or "").strip())
        yield from statements.openings(values, values_of(last, "balance"), restated=restated)


def _fen(values: Values, key: str) -> int:
    found = values.get(key)
    return found if isinstance(found, int) else 0
