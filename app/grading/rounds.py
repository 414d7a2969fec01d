"""A department's round: opened with what binds its place today, its committees named, its results made public."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.accounts.models import Body, Person
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Norms, demand
from app.core.words import N_
from app.grading import queries
from app.grading.given import some, tidy
from app.grading.models import GradingApplication, GradingMember, GradingRound
from app.grading.schemes import scheme_for
from app.registry.models import KINDS
from app.rules import grading

NOT_A_DEPARTMENT = N_("只有登记管理机关的工作人员能开展评估。")
BACKWARDS = N_("申请截止日期不能早于开始日期，也不能早于今天。")
NAMED_BEFORE = N_("评估委员会已经表决过，不能再调整委员。")
NOTHING_READY = N_("没有已经汇总表决、等待公示的申请。")
STILL_RUNNING = N_("还有 %(count)s 件申请没有办结，不能结束本轮评估。")
CLOSED = N_("本轮评估已经结束。")


def open_round(*, title: str, notice: str, apply_from: date, apply_until: date, year: int) -> GradingRound:
    """Open a round of the actor's own department; schemes and cut-offs of its place are kept with it (C-21, C-33).

    Raises OutOfOrder for somebody without a registering department, Invalid for a period that cannot be.
    """
    department = _department()
    today = clock.today()
    if apply_until < apply_from or apply_until < today:
        raise Invalid(BACKWARDS, {}, "apply_until")
    numbers = catalogue.norms(department.place)
    new = GradingRound(
        department=department, department_id=department.id, year=year, title=some(title, "title", 120),
        notice=tidy(notice), apply_from=apply_from, apply_until=apply_until,
        cuts={str(grade): points for grade, points in grading.cut_offs(numbers).items()}, cuts_source=_source(numbers),
        schemes={kind: scheme_for(kind, department.place, today).public_id for kind in KINDS},
        opened_by_id=access.actor().id, place=department.place,
    )  # fmt: skip
    return changes.add(new, "grading_round.open", public=True)


def name_committees(
    round_: GradingRound, evaluation: Sequence[Person], review: Sequence[Person]
) -> list[GradingMember]:
    """Name both committees of a round, or name them anew before anybody has voted (C-33). Raises Unlawful, OutOfOrder.

    Members are kept: one who is not named any more is listed in neither.
    """
    must_be_open(round_)
    if queries.votes_of_round(round_):
        raise OutOfOrder(NAMED_BEFORE)
    demand(
        grading.committees_composed(
            [one.id for one in evaluation], [one.id for one in review], catalogue.norms(round_.place)
        )
    )
    wanted = {**dict.fromkeys(evaluation, "evaluation"), **dict.fromkeys(review, "review")}
    kept = {member.person_id: member for member in round_.members}
    for member in round_.members:
        if member.person_id not in {person.id for person in wanted}:
            changes.amend(member, "grading_round.name", committee="none")
    return [_named(round_, person, committee, kept.get(person.id)) for person, committee in wanted.items()]


def publicize(round_: GradingRound) -> list[GradingApplication]:
    """Make public what the committee concluded: all that is ready, for the days local rules say (C-24)."""
    must_be_open(round_)
    ready = [one for one in queries.applications(round_) if one.state == "concluded"]
    if not ready:
        raise OutOfOrder(NOTHING_READY)
    today = clock.today()
    until = today + timedelta(days=catalogue.norms(round_.place).whole("grade_publicity_d"))
    return [changes.move(one, "publicize", publicized_on=today, publicized_until=until) for one in ready]


def close_round(round_: GradingRound) -> GradingRound:
    """End a round in which nothing is left to do. Raises OutOfOrder."""
    left = [one for one in queries.applications(round_) if one.state not in queries.OVER]
    if left:
        raise OutOfOrder(STILL_RUNNING, {"count": len(left)})
    return changes.move(round_, "close")


def must_be_open(round_: GradingRound) -> None:
    """Raises OutOfOrder for a round that has ended."""
    if round_.state != "open":
        raise OutOfOrder(CLOSED)


def _department() -> Body:
    body = getattr(access.actor(), "body", None)
    if body is None or body.kind != "bureau":
        raise OutOfOrder(NOT_A_DEPARTMENT)
    return body  # type: ignore[no-any-return]


def _named(round_: GradingRound, person: Person, committee: str, kept: GradingMember | None) -> GradingMember:
    if kept is not None:
        return changes.amend(kept, "grading_round.name", committee=committee)
    new = GradingMember(
        round=round_, round_id=round_.id, person=person, person_id=person.id, committee=committee, place=round_.place
    )
    return changes.add(new, "grading_round.name")


def _source(numbers: Norms) -> str:
    return numbers.found["grade_cut_5"].source[:300]
