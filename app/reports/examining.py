"""What others do with a report: the supervising unit gives its opinion, a registrar examines, another one decides."""

from collections.abc import Sequence

from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.reports.facts import facts, number
from app.reports.models import AnnualReport, ReportCorrection
from app.reports.sections import TITLES
from app.rules import reporting

NOTHING_ASKED = N_("请至少写明一项要补正的内容。")
NO_SECTION = N_("请选择这一项属于报告的哪一部分。")
SAY_WHY = N_("请写明理由。")


def opine(report: AnnualReport, opinion: str, text: str) -> AnnualReport:
    """The supervising unit agrees, with or without observations (C-05). Raises Invalid for observations unsaid."""
    if opinion == "reserve" and not text.strip():
        raise Invalid(SAY_WHY, {}, "text")
    return changes.move(
        report, "opine", opinion=opinion, opinion_text=text, opinion_by_id=access.actor().id, opinion_at=clock.now()
    )


def send_back(report: AnnualReport, reason: str) -> AnnualReport:
    """The supervising unit gives the report back to be changed."""
    return changes.move(report, "send_back", opinion_text=reason)


def ask(report: AnnualReport, items: Sequence[tuple[str | None, str]]) -> AnnualReport:
    """Ask for corrections item by item: (section, what). Rows without words are passed over.

    Raises Invalid when nothing is asked, or an item names no part of the report.
    """
    _in_state(report, "ask")
    wanted = [(place, section, what) for place, (section, what) in enumerate(items) if what.strip()]
    if not wanted:
        raise Invalid(NOTHING_ASKED, {}, "corrections-0-asked")
    for place, section, what in wanted:
        if section not in TITLES:
            raise Invalid(NO_SECTION, {}, f"corrections-{place}-section")
        changes.add(
            ReportCorrection(
                report=report, report_id=report.id, section=section, asked=what, asked_by_id=access.actor().id,
                asked_at=clock.now(), place=report.place,
            ),
            "report.ask",
        )  # fmt: skip
    return changes.move(report, "ask")


def propose(report: AnnualReport, result: str, reasons: str) -> AnnualReport:
    """One registrar proposes the result. Raises Unlawful for a result without its reasons (C-12)."""
    _in_state(report, "propose")
    demand(reporting.result_with_reasons(result, reasons))
    return changes.move(
        report, "propose", proposed_result=result, proposed_reasons=reasons, proposed_by_id=access.actor().id,
        proposed_at=clock.now(),
    )  # fmt: skip


def reconsider(report: AnnualReport, reason: str) -> AnnualReport:
    """The second registrar gives it back to be examined again. Raises Unlawful for the proposer, Invalid unsaid."""
    _in_state(report, "reconsider")
    demand(reporting.decided_by_another(report.proposed_by_id, access.actor().id))
    if not reason.strip():
        raise Invalid(SAY_WHY, {}, "reason")
    return changes.move(report, "reconsider", objection=reason)


def decide(report: AnnualReport) -> AnnualReport:
    """The second registrar decides as proposed; the report is printed with its result, and public from now on.

    Raises Unlawful when it is the one who proposed it (G-40).
    """
    _in_state(report, "decide")
    demand(reporting.decided_by_another(report.proposed_by_id, access.actor().id))
    changes.move(
        report, "decide", result=report.proposed_result, reasons=report.proposed_reasons,
        decided_by_id=access.actor().id, decided_at=clock.now(),
    )  # fmt: skip
    paper = print_and_keep("annual_report", facts(report), number=number(report), body_id=report.body_id)
    return changes.amend(report, "report.decide", paper_id=paper.id)


def _in_state(report: AnnualReport, verb: str) -> None:
    """Raises OutOfOrder, before any rule is asked, from a state that does not allow the step."""
    step = AnnualReport.lifecycle.step(verb)
    if report.state not in step.start:
        raise OutOfOrder(changes.NOT_NOW, {"state": AnnualReport.lifecycle.states[report.state], "step": step.label})
