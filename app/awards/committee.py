"""The committee (评审小组): drawn, declaring, replaced where somebody is tied to a bidder (B-29, B-47, B-48)."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.accounts.models import Person
from app.accounts.models import Relation as Tie
from app.accounts.queries import relations_of
from app.awards import records
from app.awards.models import CommitteeMember
from app.awards.qualifying import must_be_judging
from app.bids import queries as bids
from app.catalogue.queries import calendar, norms
from app.core import changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.typed import parse_day
from app.core.words import N_
from app.plans.queries import contents
from app.rules import judging
from app.tenders.models import Tender

Drawn = Sequence[tuple[Person, str]]
KINDS = {"expert": N_("专家"), "representative": N_("采购人代表")}
DRAWN_BEFORE = N_("评审小组已经组成；有人回避的，请更换该成员。")
TWICE = N_("「%(name)s」被列了两次。")
NOT_EXPERT = N_("「%(name)s」不在评审专家库中。")
NOT_OF_BUYER = N_("「%(name)s」不是采购人的工作人员，不能作为采购人代表。")
DECLARED_BEFORE = N_("您已经作过回避声明。")
STOOD_ASIDE = N_("您已回避，不参加本次评审。")
NOT_ASIDE = N_("「%(name)s」没有回避，不需要更换。")
REPLACED_BEFORE = N_("这个席位已经有人接替。")
SAT_BEFORE = N_("「%(name)s」已经在本次评审小组中或者已经回避。")
# what accounts call a tie, as the recusal rule knows it
RELATIONS = {"employed": "employed", "director": "director", "controller": "controller", "kin_of_head": "family"}


def draw_committee(tender: Tender, drawn: Drawn) -> list[CommitteeMember]:
    """Seat the committee: (person, "expert" or "representative") in the order of seats (B-45 … B-48).

    The draw itself is the provincial library's; who was drawn is recorded here and kept secret until the result.
    A committee drawn too early may be drawn anew before anybody has scored. Raises Unlawful, Invalid, OutOfOrder.
    """
    must_be_judging(tender)
    before = records.committee(tender)
    if before and (records.scores(tender) or not drawn_too_early(before)):
        raise OutOfOrder(DRAWN_BEFORE)
    demand(composition(tender, [*drawn]))
    _right_people(tender, [*drawn])
    people = {person.id for person, _ in drawn}
    for member in before:
        if member.person_id not in people:
            changes.amend(member, "committee.draw", recused=True)
    return [_seat(tender, person, kind, seat) for seat, (person, kind) in enumerate(drawn, 1)]


def declare(member: CommitteeMember, conflict: str = "") -> CommitteeMember:
    """Record a member's own declaration; a tie declared, or recorded in the accounts, makes them stand aside (B-29)."""
    must_be_judging(member.tender)
    if member.recused:
        raise OutOfOrder(STOOD_ASIDE)
    if member.declared_at is not None:
        raise OutOfOrder(DECLARED_BEFORE)
    found = [finding.text % finding.values for finding in ties(member.tender, member.person)]
    said = "；".join([*([conflict.strip()] if conflict.strip() else []), *found])
    return changes.amend(
        member, "committee.declare", declared_at=clock.now(), conflict=said, recused=bool(said)
    )  # fmt: skip


def replace_member(member: CommitteeMember, person: Person) -> CommitteeMember:
    """Seat somebody else in the place of a member who stood aside; they declare for themselves."""
    tender = member.tender
    must_be_judging(tender)
    if not member.recused:
        raise OutOfOrder(NOT_ASIDE, {"name": member.person.name})
    if member not in records.to_replace(tender):
        raise OutOfOrder(REPLACED_BEFORE)
    if records.member_of(tender, person.id) is not None:
        raise Invalid(SAT_BEFORE, {"name": person.name}, "person")
    seated = [(one.person, one.kind) for one in records.committee(tender)]
    _right_people(tender, [(person, member.kind)])
    demand(composition(tender, [*seated, *_still_empty(member), (person, member.kind)]))
    return _seat(tender, person, member.kind, member.order)


def composition(tender: Tender, drawn: Drawn) -> list[Finding]:
    """What bars this committee: size and share of experts (B-47, B-71, B-78), own staff as experts (B-48)."""
    numbers, project = norms(tender.place), tender.project
    members = [judging.Member(p.name, kind == "expert", p.body.name if p.body else "") for p, kind in drawn]
    return [
        *judging.committee_composed(project.method, members, least(tender), numbers),
        *judging.own_staff_not_experts(members, tender.buyer.name),
    ]


def least(tender: Tender) -> int:
    """How many members the committee must have at least."""
    project = tender.project
    return judging.committee_size(
        project.method, contents(project).budget_fen, norms(tender.place), complex_=project.complex,
        impact=project.high_impact,
    )  # fmt: skip


def drawn_too_early(members: Iterable[CommitteeMember]) -> list[Finding]:
    """What bars a review that begins today with members drawn when these were (B-48)."""
    day, numbers = clock.today(), calendar()
    first = min(members, key=lambda one: one.drawn_at)
    return list(judging.drawn_late_enough(clock.day_of(first.drawn_at), day, numbers, norms(first.place)))


def ties(tender: Tender, person: Person) -> list[Finding]:
    """The recorded ties of a person to the bidders, and work for one of them, that make them stand aside (B-29)."""
    bidders = {bid.bidder_id: bid.bidder.name for bid in bids.opened(tender)}
    found = [_relation(person, tie, bidders) for tie in relations_of(set(bidders)) if tie.person_id == person.id]
    if person.body_id in bidders:
        found.append(judging.Relation(person.name, bidders[person.body_id], "employed"))
    return list(judging.recused(person.name, found, set(bidders.values()), clock.today(), norms(tender.place)))


def _relation(person: Person, tie: Tie, bidders: dict[int, str]) -> judging.Relation:
    until = parse_day(tie.until) if tie.until else None
    return judging.Relation(person.name, bidders[tie.to_body_id], RELATIONS.get(tie.kind, "other"), until)


def _still_empty(member: CommitteeMember) -> list[tuple[Person, str]]:
    """Other seats that wait for a replacement count as filled: each is filled in a step of its own."""
    return [(m.person, m.kind) for m in records.to_replace(member.tender) if m.order != member.order]


def _right_people(tender: Tender, drawn: Drawn) -> None:
    came = bids.came(tender)
    present = {k.person_id: k.person.name for k in tender.keyholders if k.id in came}
    judged = {verdict.by_id for verdict in records.qualifications(tender).values()}
    for person, kind in drawn:
        if sum(one.id == person.id for one, _ in drawn) > 1:
            raise Invalid(TWICE, {"name": person.name}, "committee")
        seat = records.member_of(tender, person.id)
        if seat is not None and seat.conflict:
            raise Invalid(SAT_BEFORE, {"name": person.name}, "committee")
        _right_kind(tender, person, kind)
        names = [present[person.id]] if person.id in present else []
        demand(judging.committee_stays_away([person.name], names))
        demand(judging.qualification_by_buyer(person.public_id, [person.public_id] if person.id in judged else []))


def _right_kind(tender: Tender, person: Person, kind: str) -> None:
    if kind not in KINDS:
        raise KeyError(kind)
    if kind == "expert" and "expert" not in person.role_names:
        raise Invalid(NOT_EXPERT, {"name": person.name}, "committee")
    if kind == "representative" and person.body_id != tender.buyer_id:
        raise Invalid(NOT_OF_BUYER, {"name": person.name}, "committee")


def _seat(tender: Tender, person: Person, kind: str, order: int) -> CommitteeMember:
    values: dict[str, Any] = {"kind": kind, "order": order, "drawn_at": clock.now()}
    kept = records.member_of(tender, person.id)
    if kept is not None:
        return changes.amend(kept, "committee.draw", declared_at=None, conflict="", recused=False, **values)
    member = CommitteeMember(
        tender=tender, tender_id=tender.id, person=person, person_id=person.id, place=tender.place, conflict="",
        recused=False, **values,
    )  # fmt: skip
    return changes.add(member, "committee.draw")
