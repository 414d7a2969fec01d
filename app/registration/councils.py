"""Councils: the list as it is typed, what the register knows against it, and the term that a granted change begins."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.core import changes
from app.core.law import Finding
from app.registration import governance_queries, queries
from app.registration.governance import CouncilMember, CouncilTerm
from app.registration.models import Application
from app.registration.table import Typed
from app.registry.models import Organization
from app.rules import registering
from app.rules.governing import Seat
from app.rules.registering import Headed

PAID, RELATED = ("领薪", "领取报酬"), ("近亲属",)


def seats(text: str) -> list[Seat]:
    """A list of people, a line each: 「李明 理事长 领薪」 → name, post, paid, related."""
    lines = [line.replace("，", " ").replace(",", " ").replace("、", " ").split() for line in text.splitlines()]
    return [_seat(words) for words in lines if words]


def _seat(words: list[str]) -> Seat:
    post = " ".join(word for word in words[1:] if word not in (*PAID, *RELATED))
    return Seat(words[0][:80], post[:60], any(w in PAID for w in words), any(w in RELATED for w in words))


def as_typed(term: CouncilTerm | None) -> str:
    """The members of a term as they would be typed: what the next list starts from."""
    return "\n".join(_line(one) for one in term.members) if term else ""


def _line(one: CouncilMember) -> str:
    marks = [PAID[0]] * one.paid + [RELATED[0]] * one.related
    return " ".join([one.name, one.post, *marks])


def head_elsewhere(organization: Organization) -> Iterator[Finding]:
    """The legal representative of a foundation heads nothing else (C-10): sure where verified, a warning by name."""
    known, head = queries.head_of(organization), organization.legal_representative or ""
    sure = {one.organization_id for one in queries.headed_by(known.mark if known else None, organization.id)}
    others = [
        Headed(one.body.name, one.kind, one.id in sure)
        for one in queries.named_heads(head, organization.id)
        if one.id in sure or known is None or queries.head_of(one) is None
    ]
    yield from registering.heads_no_other(organization.kind, head, others)


def seat(application: Application, _typed: Typed) -> None:
    """End the term before, begin the new one, and keep its members."""
    values, organization = application.values, application.organization
    assert organization is not None
    since, until, elected = days(application)
    for before in governance_queries.terms(organization)[:1]:
        changes.amend(before, "council.end", public=True, ended_on=since - timedelta(days=1))
    term = CouncilTerm(
        organization=organization, organization_id=organization.id, application_id=application.id, elected_on=elected,
        since=since, until=until, place=organization.place,
    )  # fmt: skip
    changes.add(term, "council.seat", public=True)
    members = [
        CouncilMember(term_id=term.id, order=n, name=one.name, post=one.post, paid=one.paid, related=one.related,
                      place=organization.place)
        for n, one in enumerate(seats(values["council"]), 1)
    ]  # fmt: skip
    changes.add_many(members, "council.seat", link="term_id", key=term.id, owner=term)


def days(application: Application) -> tuple[date, date, date]:
    """First and last day of the term, and the day of the election."""
    since, until, elected = (date.fromisoformat(application.values[n]) for n in ("since", "until", "elected_on"))
    return since, until, elected
