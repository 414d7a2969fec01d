"""How far a report is: its sections as a list of tasks, what it asks altogether, and the steps that can be taken."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.core import access
from app.core.words import N_
from app.reports import actions, checks, given
from app.reports.models import AnnualReport, ReportSection
from app.reports.sections import BY_KEY, EVIDENCE_KEY, EVIDENCE_TITLE, fields_of

Task = dict[str, Any]
DONE, WRONG, OPEN, CARRIED, ASKED = N_("已完成"), N_("需要核对"), N_("未完成"), N_("已带入，待核对"), N_("要求补正")
TONES = {DONE: "good", WRONG: "bad", OPEN: "info", CARRIED: "info", ASKED: "warn"}


@dataclass(frozen=True)
class Burden:
    """What a report asks: fields to type, of these brought over from last year, papers; and what is not asked."""

    asked: int
    carried: int
    papers: int
    held: int


def burden(report: AnnualReport) -> Burden:
    """Count it, for the page: fields really asked, and those the portal fills from what it holds (G-43)."""
    asked = sum(len(given.to_ask(one)) for one in report.sections)
    every = sum(len(fields_of(BY_KEY[one.key], report.kind)) for one in report.sections)
    carried = sum(len(given.carried(report, one.key)) for one in report.sections)
    return Burden(asked, carried, len(papers_wanted(report)), every - asked + len(given.REGISTERED))


def papers_wanted(report: AnnualReport) -> list[str]:
    """The kinds of paper that must go with it."""
    opinion = ["opinion"] if checks.needs_opinion(report) and report.supervisor_id is None else []
    return (["audit"] if report.kind == "foundation" else []) + opinion


def tasks(report: AnnualReport) -> list[Task]:
    """One line a section, and one for the papers; linked where whoever looks may write."""
    asked = {one.section for one in report.corrections if one.answered_at is None}
    found = [_of_section(one, _status(one, asked)) for one in report.sections]
    evidence = _task(
        report, EVIDENCE_KEY, EVIDENCE_TITLE, _papers(report, asked), url_for("reports.papers", id=report.public_id)
    )
    return [*found, evidence]


def next_url(section: ReportSection) -> str:
    """The section after this one that may be written, or the papers after the last."""
    rest = [one for one in section.report.sections if one.order > section.order]
    mine = (one for one in rest if actions.may_write(section.report, one.key))
    following = next(mine, None)
    if following is not None:
        return _section_url(following)
    endpoint = "reports.papers" if actions.may_write(section.report, EVIDENCE_KEY) else "reports.show"
    return url_for(endpoint, id=section.report.public_id)


def steps(report: AnnualReport) -> list[dict[str, Any]]:
    """The steps of the lifecycle that this person may take now, each a link to its page."""
    offered = [
        ("hand_in", "reports.hand_in", report.supervisor_id is not None),
        ("submit", "reports.submit", report.state == "examined" or report.supervisor_id is None),
        ("opine", "reports.opinion", True),
        ("send_back", "reports.send_back", True),
        ("answer", "reports.answer", True),
        ("propose", "reports.propose", True),
        ("ask", "reports.ask", True),
        ("decide", "reports.decide", True),
    ]
    return [_step(report, verb, endpoint) for verb, endpoint, fits in offered if fits and _open(report, verb)]


def _open(report: AnnualReport, verb: str) -> bool:
    step = report.lifecycle.step(verb)
    return report.state in step.start and bool(access.may(access.actor(), f"report.{verb}", report))


def _step(report: AnnualReport, verb: str, endpoint: str) -> dict[str, Any]:
    mine = verb == "decide" and report.proposed_by_id == access.actor().id
    return {
        "label": report.lifecycle.step(verb).label,
        "url": url_for(endpoint, id=report.public_id),
        "tone": "secondary" if verb in ("send_back", "ask") else "primary",
        "reason": N_("须由另一名登记管理人员办理") if mine else None,
    }


def _status(section: ReportSection, asked: set[str]) -> str:
    if section.key in asked:
        return ASKED
    if checks.unanswered(section):
        return CARRIED if section.saved_at is None and section.values else OPEN
    if any(one.bars for one in checks.of_section(section)):
        return WRONG
    return DONE if section.saved_at else CARRIED if section.values else OPEN


def _papers(report: AnnualReport, asked: set[str]) -> str:
    there = {one.kind for one in report.evidence if one.current}
    if EVIDENCE_KEY in asked:
        return ASKED
    return DONE if set(papers_wanted(report)) <= there else OPEN


def _of_section(section: ReportSection, status: str) -> Task:
    return _task(section.report, section.key, BY_KEY[section.key].title, status, _section_url(section))


def _task(report: AnnualReport, key: str, title: str, status: str, url: str) -> Task:
    may = access.may(access.actor(), "report.write", report) and actions.may_write(report, key)
    return {"label": title, "url": url if may else "", "status": status, "tone": TONES[status]}


def _section_url(section: ReportSection) -> str:
    return url_for("reports.section", id=section.public_id)
