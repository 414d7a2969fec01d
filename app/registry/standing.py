"""Can this body bid, as of a day, why not, and from when? Read from dated facts and ties only (C-28, B-21, B-24)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import or_, select

from app.accounts.models import Body, Relation
from app.core import clock, log
from app.core.db import db
from app.core.law import Finding
from app.registry.models import Organization, StandingFact
from app.rules.bidding import CONDITIONS, Bidder, eligible

BINDING = ("serious_list", "abnormal_list", "ban")
LOOKS_AHEAD = 20  # bans that follow one upon another; nobody has more


@dataclass(frozen=True)
class Reason:
    """One thing that bars or warns: the finding, and the fact behind it (None: the registration itself)."""

    finding: Finding
    fact: StandingFact | None = None

    @property
    def until(self) -> date | None:
        """Its last day, where it has one."""
        return self.fact.until if self.fact else None


@dataclass(frozen=True)
class Answer:
    """Whether a body may take part on a day. `again_on`: the first day on which nothing known bars it any more;
    `barred_from`: the first day after this one on which something that is decided already begins to bar it."""

    day: date
    reasons: tuple[Reason, ...]
    again_on: date | None = None
    barred_from: date | None = None

    @property
    def verdict(self) -> str:
        """yes, warn or no."""
        if any(one.finding.bars for one in self.reasons):
            return "no"
        return "warn" if self.reasons else "yes"


def can_bid(body: Body, day: date) -> Answer:
    """Whether *body* may take part in government procurement on *day*, with rule and fact for each reason.

    `again_on` is None when nothing bars it, and when what bars it has no last day yet.
    """
    reasons = _reasons(body, day)
    barred = any(one.finding.bars for one in reasons)
    return Answer(day, tuple(reasons), _again(body, reasons), None if barred else _barred_from(body, day))


def facts_on(body: Body, day: date) -> list[StandingFact]:
    """The facts that hold on *day*, oldest first."""
    query = select(StandingFact).where(
        StandingFact.body_id == body.id,
        StandingFact.since <= day,
        or_(StandingFact.until.is_(None), StandingFact.until >= day),
    )
    return list(db.session.scalars(query.order_by(StandingFact.since)))


def bidder(body: Body, day: date, *, project_consultants: frozenset[int] = frozenset()) -> Bidder:
    """The body as the bidding rules see it on *day*; its declared conditions are checked at qualification.

    An organization that is no longer registered has lost the first condition, to bear liability by itself (B-20).
    """
    who = Bidder(
        name=body.name,
        code=body.credit_code or "",
        conditions=frozenset(CONDITIONS) - ({"civil_liability"} if _gone(body, day) else set()),
        did_consulting=body.id in project_consultants,
        head=body.head_name or "",
        holders=frozenset(_holders(body)),
    )
    return _with_facts(who, facts_on(body, day))


def _with_facts(who: Bidder, facts: Sequence[StandingFact]) -> Bidder:
    kinds = {fact.kind for fact in facts}
    return replace(
        who, ban_ends=tuple(fact.until or date.max for fact in facts if fact.kind == "ban"),
        serious_list="serious_list" in kinds, abnormal_list="abnormal_list" in kinds,
    )  # fmt: skip


def _reasons(body: Body, day: date) -> list[Reason]:
    found = [Reason(one) for one in eligible(bidder(body, day), day) if one.rule == "B-20"]
    for fact in facts_on(body, day):
        if fact.kind in BINDING:
            found += [Reason(one, fact) for one in eligible(_with_facts(Bidder(name=body.name), [fact]), day)]
    return found


def _again(body: Body, reasons: Sequence[Reason]) -> date | None:
    """The day after the last day of what bars, and after what is known to begin meanwhile."""
    day = None
    for _ in range(LOOKS_AHEAD):
        ends = [one.until for one in reasons if one.finding.bars]
        if not ends:
            return day
        if None in ends:
            return None
        day = max(end for end in ends if end) + timedelta(days=1)
        reasons = _reasons(body, day)
    return None


def _barred_from(body: Body, day: date) -> date | None:
    query = select(StandingFact.since).where(
        StandingFact.body_id == body.id, StandingFact.since > day, StandingFact.kind.in_(("ban", "serious_list")),
        or_(StandingFact.until.is_(None), StandingFact.until >= StandingFact.since),
    )  # fmt: skip
    return db.session.scalar(query.order_by(StandingFact.since).limit(1))


def _gone(body: Body, day: date) -> bool:
    """Whether the organization's registration had ended by *day*."""
    organization = db.session.scalar(select(Organization).where(Organization.body_id == body.id))
    if organization is None or organization.state == "registered":
        return False
    steps = {Organization.lifecycle.action(step.verb) for step in Organization.lifecycle.steps}
    ended = [entry.at for entry in log.entries_of(organization.public_id) if entry.action in steps]
    return not ended or clock.day_of(ended[-1]) <= day


def _holders(body: Body) -> list[str]:
    query = (
        select(Body.name)
        .join(Relation, Relation.from_body_id == Body.id)
        .where(Relation.to_body_id == body.id, Relation.kind.in_(("holding", "manages")))
    )
    return list(db.session.scalars(query))
