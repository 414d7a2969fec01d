"""Named ballots: the evaluation committee on the proposed grade, the review committee on an objection (C-24, C-33)."""

from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import NotAllowed, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.grading import queries
from app.grading.experts import ties
from app.grading.given import some, tidy
from app.grading.models import GradingApplication, GradingMember, GradingObjection, GradingRound, GradingVote
from app.grading.rounds import must_be_open
from app.rules import grading

NO_MEMBER = N_("您不是这个委员会的委员。")
VOTED_BEFORE = N_("您已经投过票，记名投票不能更改。")
NOT_ASSESSED = N_("专家评分完成后、汇总表决前才能投票。")
NOT_VOTING = N_("这件异议现在不在复核表决中。")


def vote(application: GradingApplication, agrees: bool, reason: str) -> GradingVote:
    """An evaluation member's named ballot on the grade the points give. Raises NotAllowed, OutOfOrder, Unlawful."""
    if application.state != "assessed":
        raise OutOfOrder(NOT_ASSESSED)
    return _cast(application, application, "evaluation", agrees, reason)


def vote_on(objection: GradingObjection, agrees: bool, reason: str) -> GradingVote:
    """A review member's named ballot on an objection: yes changes the conclusion to the points put to the vote."""
    if objection.state != "voting":
        raise OutOfOrder(NOT_VOTING)
    return _cast(objection, objection.application, "review", agrees, reason)


def proposed_grade(application: GradingApplication) -> int:
    """The grade that the team's total gives by the round's cut-offs; 0 below the lowest."""
    return grading.grade_of(application.total_centi or 0, application.round.cut_offs)


def conclude(application: GradingApplication) -> GradingApplication:
    """Close the ballot: carried, the grade stands and waits for publicity. Raises Unlawful when it is not (C-24)."""
    must_be_open(application.round)
    demand(count_of(application))
    return changes.move(
        application, "conclude", grade=proposed_grade(application), concluded_by_id=access.actor().id
    )  # fmt: skip


def reassess(application: GradingApplication, reasons: str) -> GradingApplication:
    """Give the application back to its experts, saying why; they hand in again and the committee votes anew."""
    said = some(reasons, "reasons")
    for seat in queries.sitting(application):
        changes.amend(seat, "grading.draw", handed_in_at=None)
    return changes.move(application, "reassess", reasons=said, turn=application.turn + 1, total_centi=None)


def count_of(record: GradingApplication | GradingObjection) -> list[Finding]:
    """Whether the ballot has carried: more than half of those who may vote (C-24)."""
    agreed, entitled = counts(record)
    return list(grading.carried(agreed, entitled, catalogue.norms(record.place)))


def counts(record: GradingApplication | GradingObjection) -> tuple[int, int]:
    """How many agreed, and how many may vote: members who are not tied and did not stand aside."""
    application = record if isinstance(record, GradingApplication) else record.application
    committee = "evaluation" if isinstance(record, GradingApplication) else "review"
    given = {one.member_id: one for one in queries.votes(record)}
    entitled = [one for one in queries.members(application.round, committee) if _may_vote(one, application, given)]
    return sum(one.id in given and given[one.id].agrees for one in entitled), len(entitled)


def stand_aside(record: GradingApplication | GradingObjection, reason: str) -> GradingVote:
    """A member stands aside from one ballot, saying why; they count neither for nor against."""
    application = record if isinstance(record, GradingApplication) else record.application
    committee = "evaluation" if isinstance(record, GradingApplication) else "review"
    member = _member(application.round, committee)
    return _keep(record, application, member, False, some(reason, "reason"), recused=True)


def _cast(
    record: GradingApplication | GradingObjection, application: GradingApplication, committee: str, agrees: bool,
    reason: str,
) -> GradingVote:  # fmt: skip
    member = _member(application.round, committee)
    demand(ties(application.organization, member.person))
    said = tidy(reason) if agrees else some(reason, "reason")
    return _keep(record, application, member, agrees, said, recused=False)


def _keep(
    record: GradingApplication | GradingObjection, application: GradingApplication, member: GradingMember,
    agrees: bool, reason: str, *, recused: bool,
) -> GradingVote:  # fmt: skip
    if any(one.member_id == member.id for one in queries.votes(record)):
        raise OutOfOrder(VOTED_BEFORE)
    ballot = GradingVote(
        application=application, application_id=application.id, member=member, member_id=member.id,
        subject=queries.subject_of(record), agrees=agrees, reason=reason, recused=recused, voted_at=clock.now(),
        place=application.place,
    )  # fmt: skip
    return changes.add(ballot, "grading.vote")


def _member(round_: GradingRound, committee: str) -> GradingMember:
    found = queries.member_of(round_, access.actor(), committee)
    if found is None:
        raise NotAllowed(NO_MEMBER)
    return found


def _may_vote(member: GradingMember, application: GradingApplication, given: dict[int, GradingVote]) -> bool:
    if member.id in given:
        return not given[member.id].recused
    return not ties(application.organization, member.person)
