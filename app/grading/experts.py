"""The expert team: drawn so that anybody can draw it again, declaring, scoring item by item on the spot (C-33)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.accounts.models import Person, Relation
from app.accounts.queries import people_with, relations_of
from app.catalogue import queries as catalogue
from app.core import changes, clock, log
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.typed import parse_day
from app.core.words import N_
from app.grading import queries
from app.grading.given import tidy
from app.grading.models import GradingApplication, GradingScore, GradingSeat
from app.grading.scheme_models import GradingItem
from app.registry.models import Organization
from app.rules import grading, judging

NOT_ACCEPTED = N_("受理以后、专家评分完成以前才能组织专家。")
DRAWN_BEFORE = N_("专家组已经抽取；有人回避的，平台会补抽。")
TOO_FEW = N_("可抽取的专家只有%(count)s人，请先增补专家。")
NOT_SHORT = N_("专家组没有缺额，不需要补抽。")
DECLARED_BEFORE = N_("您已经作过回避声明。")
STOOD_ASIDE = N_("您已回避，不参加本次评估。")
DECLARE_FIRST = N_("请先作回避声明，再评分。")
HANDED_IN = N_("您已经提交评分，不能再改。")
OTHER_ITEM = N_("这一项不在本次评估的指标中。")


@dataclass(frozen=True)
class Mark:
    """One line of an expert's sheet as typed; `where` is its name in the form."""

    item: GradingItem
    points: int | None
    reason: str
    evidence: str
    where: str = "lines"


def draw(application: GradingApplication, count: int) -> list[GradingSeat]:
    """Draw a team of *count* from the experts who are not tied to the organization. Raises Unlawful, Invalid."""
    _must_be_accepted(application)
    if application.seats:
        raise OutOfOrder(DRAWN_BEFORE)
    demand(grading.team_composed(count, catalogue.norms(application.place)))
    return _seat(application, count)


def redraw(application: GradingApplication) -> list[GradingSeat]:
    """Draw as many as stood aside, anew from those who were not drawn yet."""
    _must_be_accepted(application)
    missing = short_of(application)
    if not missing:
        raise OutOfOrder(NOT_SHORT)
    return _seat(application, missing)


def short_of(application: GradingApplication) -> int:
    """How many experts are missing because somebody stood aside: every seat is filled again once."""
    aside = sum(seat.recused for seat in application.seats)
    return aside - (len(application.seats) - _first_team(application))


def order_of_draw(root: str, application: str, people: Iterable[Person]) -> list[Person]:
    """The order in which people are drawn: by SHA-256 of the log's root, the application and the person."""
    return sorted(people, key=lambda one: hashlib.sha256(f"{root}:{application}:{one.public_id}".encode()).digest())


def declare(seat: GradingSeat, conflict: str = "") -> GradingSeat:
    """Record an expert's own declaration; a tie declared, or one on record, makes them stand aside."""
    _must_be_accepted(seat.application)
    if seat.recused:
        raise OutOfOrder(STOOD_ASIDE)
    if seat.declared_at is not None:
        raise OutOfOrder(DECLARED_BEFORE)
    found = [one.text % one.values for one in ties(seat.application.organization, seat.person)]
    said = "；".join([*([tidy(conflict)] if tidy(conflict) else []), *found])
    return changes.amend(seat, "grading.declare", declared_at=clock.now(), conflict=said, recused=bool(said))


def save_scores(seat: GradingSeat, marks: Sequence[Mark]) -> None:
    """Save a section of the sheet as far as it is filled in. Raises OutOfOrder, Unlawful naming the line."""
    _must_sit(seat)
    kept = queries.scores(seat)
    typed = [one for one in marks if one.points is not None or tidy(one.reason) or one.item.id in kept]
    found = [
        finding
        for one in typed
        if one.points is not None
        for finding in grading.points_in_range(one.points, one.item.points, one.item.title, f"{one.where}-points")
    ]
    demand(found)
    for mark in typed:
        if mark.item.scheme_id != seat.application.scheme_id:
            raise Invalid(OTHER_ITEM, {}, mark.where)
        _save(seat, mark, kept.get(mark.item.id))


def unfinished(seat: GradingSeat) -> list[str]:
    """The numbers of items that lack points, reason or evidence."""
    kept = queries.scores(seat)
    return [item.number for item in seat.application.scheme.items if not _finished(kept.get(item.id))]


def hand_in(seat: GradingSeat) -> GradingSeat:
    """Hand in the whole sheet; with the last expert's the team's total stands. Raises Unlawful, OutOfOrder."""
    _must_sit(seat)
    demand(grading.all_scored(unfinished(seat)))
    changes.amend(seat, "grading.score", handed_in_at=clock.now())
    application = seat.application
    waiting = [one for one in queries.sitting(application) if one.handed_in_at is None]
    if not waiting and not short_of(application):
        total = team_total(application)
        changes.move(application, "assess", total_centi=total)
    return seat


def team_total(application: GradingApplication) -> int:
    """The sum over the items of the experts' mean, in hundredths."""
    found = queries.scores_by_item(application).values()
    return sum(grading.mean_centi([one.points or 0 for one in scores]) for scores in found)


def ties(organization: Organization, person: Person) -> list[Finding]:
    """The recorded ties of a person to the organization, and work for it, that make them stand aside."""
    name = organization.body.name
    known = [_tie(person, tie, name) for tie in relations_of({organization.body_id}) if tie.person_id == person.id]
    if person.body_id == organization.body_id:
        known.append(judging.Relation(person.name, name, "employed"))
    return list(grading.stands_aside(person.name, known, name, clock.today(), catalogue.norms(organization.place)))


def _seat(application: GradingApplication, count: int) -> list[GradingSeat]:
    before = {seat.person_id for seat in application.seats}
    free = [one for one in people_with("expert") if one.id not in before and not ties(application.organization, one)]
    if len(free) < count:
        raise Invalid(TOO_FEW, {"count": len(free)}, "count")
    root, start = log.root().hex(), len(application.seats)
    drawn = order_of_draw(root, application.public_id, free)[:count]
    return [_add(application, person, start + number, root) for number, person in enumerate(drawn, 1)]


def _add(application: GradingApplication, person: Person, order: int, root: str) -> GradingSeat:
    new = GradingSeat(
        application=application, application_id=application.id, person=person, person_id=person.id, order=order,
        drawn_at=clock.now(), drawn_by=root, recused=False, place=application.place,
    )  # fmt: skip
    return changes.add(new, "grading.draw")


def _first_team(application: GradingApplication) -> int:
    """How many were drawn the first time: those of one root of the log."""
    roots = [seat.drawn_by for seat in application.seats]
    return roots.count(roots[0]) if roots else 0


def _save(seat: GradingSeat, mark: Mark, kept: GradingScore | None) -> None:
    values: dict[str, Any] = {"points": mark.points, "reason": tidy(mark.reason), "evidence": tidy(mark.evidence)}
    if kept is not None:
        changes.amend(kept, "grading.score", **values)
        return
    new = GradingScore(seat=seat, seat_id=seat.id, item=mark.item, item_id=mark.item.id, place=seat.place, **values)
    changes.add(new, "grading.score")


def _finished(kept: GradingScore | None) -> bool:
    return kept is not None and kept.points is not None and bool(kept.reason) and bool(kept.evidence)


def _must_be_accepted(application: GradingApplication) -> None:
    if application.state != "accepted":
        raise OutOfOrder(NOT_ACCEPTED)


def _must_sit(seat: GradingSeat) -> None:
    _must_be_accepted(seat.application)
    if seat.recused:
        raise OutOfOrder(STOOD_ASIDE)
    if seat.declared_at is None:
        raise OutOfOrder(DECLARE_FIRST)
    if seat.handed_in_at is not None:
        raise OutOfOrder(HANDED_IN)


def _tie(person: Person, tie: Relation, organization: str) -> judging.Relation:
    return judging.Relation(person.name, organization, tie.kind, parse_day(tie.until) if tie.until else None)
