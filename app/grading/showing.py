"""What the page of an application shows, and to whom: experts' points only once all are in."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.core import access, clock
from app.core.access import Actor
from app.core.law import Finding
from app.core.words import N_
from app.grading import deciding, experts, queries, voting
from app.grading.applying import standing, unfinished
from app.grading.facts import sections
from app.grading.models import (
    GradingAnswer,
    GradingApplication,
    GradingObjection,
    GradingScore,
    GradingSeat,
    GradingVote,
)
from app.grading.scheme_models import GradingItem
from app.rules.grading import mean_centi

Step = dict[str, Any]
Offer = tuple[str, str, str, str]  # action, label, page, tone
SCORED = ("assessed", "concluded", "publicized", "decided")  # the team's points are whole


@dataclass(frozen=True)
class Row:
    """One item: what the organization says, what the experts found, and the difference in hundredths."""

    item: GradingItem
    answer: GradingAnswer | None
    scores: list[GradingScore]
    mean_centi: int | None
    difference_centi: int | None


@dataclass(frozen=True)
class Seen:
    """One application as one person sees it."""

    application: GradingApplication
    inside: bool
    department: bool
    own: bool
    points_open: bool
    sections: list[dict[str, Any]]
    rows: list[Row]
    seats: list[GradingSeat]
    votes: list[GradingVote]
    counts: tuple[int, int]
    objections: list[GradingObjection]
    standing: list[Finding]
    unfinished: list[str]
    barring: list[Finding]
    due: Any
    steps: list[Step]


def seen_by(application: GradingApplication, who: Actor) -> Seen:
    """The application as *who* sees it."""
    inside = bool(access.may(who, "grading.read", application))
    own = who.body_id == application.body_id
    department = who.body_id == application.department_id
    open_ = application.state in SCORED and (not own or application.state in queries.PUBLIC)
    early = application.state in ("drafted", "submitted")
    return Seen(
        application=application, inside=inside, department=department, own=own, points_open=open_,
        sections=sections(application) if inside or open_ else [], rows=rows(application, open_) if inside else [],
        seats=application.seats if inside and not own else [], votes=queries.votes(application) if department else [],
        counts=voting.counts(application) if open_ else (0, 0), objections=queries.objections(application),
        standing=_standing(application) if inside and early else [],
        unfinished=unfinished(application) if own and application.state == "drafted" else [],
        barring=deciding.findings(application) if application.state == "publicized" and department else [],
        due=deciding.due(application) if application.state == "publicized" else None,
        steps=steps(application, who),
    )  # fmt: skip


def rows(application: GradingApplication, points_open: bool) -> list[Row]:
    """Every item in order."""
    kept = queries.answers(application)
    scored = queries.scores_by_item(application) if points_open else {}
    return [_row(item, kept.get(item.id), scored.get(item.id, [])) for item in application.scheme.items]


def steps(application: GradingApplication, who: Actor) -> list[Step]:
    """The buttons: what this person may do with the application now."""
    offered = [*_applicant(application), *_department(application), *_ballot(application, who)]
    return [
        {"label": label, "url": url_for(f"grading.{page}", id=application.public_id), "tone": tone}
        for action, label, page, tone in offered
        if access.may(who, action, application)
    ]


def objection_steps(objection: GradingObjection, who: Actor) -> list[Step]:
    """What this person may do with an objection now."""
    offered = []
    if objection.state == "made":
        offered.append(("grading_objection.put_to_vote", N_("核实并提交复核"), "verify_objection"))
    if objection.state == "voting":
        offered.append(("grading_objection.uphold", N_("汇总复核表决"), "close_objection"))
        if queries.member_of(objection.application.round, who, "review") and not _voted(objection, who):
            offered.append(("grading.vote", N_("复核投票"), "vote_objection"))
    return [
        {"label": label, "url": url_for(f"grading.{page}", id=objection.public_id), "tone": "secondary"}
        for action, label, page in offered
        if access.may(who, action, objection)
    ]


def _standing(application: GradingApplication) -> list[Finding]:
    return standing(application.organization, application.round, investigated=application.investigated)


def _row(item: GradingItem, answer: GradingAnswer | None, scores: list[GradingScore]) -> Row:
    mean = mean_centi([one.points or 0 for one in scores]) if scores else None
    own = answer.points if answer else None
    difference = mean - own * 100 if mean is not None and own is not None else None
    return Row(item, answer, scores, mean, difference)


def _applicant(one: GradingApplication) -> list[Offer]:
    found: list[Offer] = []
    if one.state == "drafted":
        found.append(("grading.submit", N_("提交申请"), "submit", "primary"))
    if one.state == "publicized" and one.publicized_until and clock.today() <= one.publicized_until:
        found.append(("grading_objection.make", N_("提出异议"), "object_", "secondary"))
    if one.state in one.lifecycle.step("withdraw").start:
        found.append(("grading.withdraw", N_("撤回申请"), "withdraw", "warning"))
    return found


def _department(one: GradingApplication) -> list[Offer]:
    found: list[Offer] = []
    if one.state == "submitted":
        found += [
            ("grading.accept", N_("受理"), "accept", "primary"),
            ("grading.send_back", N_("退回补正"), "send_back", "secondary"),
            ("grading.refuse", N_("不予评估"), "refuse", "warning"),
        ]
    if one.state == "accepted" and not one.seats:
        found.append(("grading.draw", N_("抽取专家"), "draw", "primary"))
    if one.state == "accepted" and experts.short_of(one):
        found.append(("grading.draw", N_("补抽专家"), "redraw", "primary"))
    if one.state == "assessed":
        found.append(("grading.conclude", N_("汇总表决"), "conclude", "secondary"))
        found.append(("grading.reassess", N_("退回专家组"), "reassess", "secondary"))
    if one.state == "publicized":
        found.append(("grading.decide", N_("作出评估决定"), "decide", "primary"))
    return found


def _ballot(one: GradingApplication, who: Actor) -> list[Offer]:
    may = one.state == "assessed" and queries.member_of(one.round, who, "evaluation") and not _voted(one, who)
    return [("grading.vote", N_("投票"), "vote", "primary")] if may else []


def _voted(record: GradingApplication | GradingObjection, who: Actor) -> bool:
    return any(one.member.person_id == who.id for one in queries.votes(record))
