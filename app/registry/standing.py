"""Can this body bid, as of a day? Read from dated facts and ties only (C-28, B-21, B-24)."""

from datetime import date

from sqlalchemy import or_, select

from app.accounts.models import Body, Relation
from app.core.db import db
from app.registry.models import StandingFact
from app.rules.bidding import Bidder


def facts_on(body: Body, day: date) -> list[StandingFact]:
    """The facts that hold on *day*, oldest first."""
    query = select(StandingFact).where(
        StandingFact.body_id == body.id,
        StandingFact.since <= day,
        or_(StandingFact.until.is_(None), StandingFact.until >= day),
    )
    return list(db.session.scalars(query.order_by(StandingFact.since)))


def bidder(body: Body, day: date, *, project_consultants: frozenset[int] = frozenset()) -> Bidder:
    """The body as the bidding rules see it on *day*; its declared conditions are checked at qualification."""
    kinds = {fact.kind for fact in facts_on(body, day)}
    bans = tuple(fact.until or date.max for fact in facts_on(body, day) if fact.kind == "ban")
    return Bidder(
        name=body.name,
        code=body.credit_code or "",
        ban_ends=bans,
        serious_list="serious_list" in kinds,
        abnormal_list="abnormal_list" in kinds,
        did_consulting=body.id in project_consultants,
        head=body.head_name or "",
        holders=frozenset(_holders(body)),
    )


def _holders(body: Body) -> list[str]:
    query = (
        select(Body.name)
        .join(Relation, Relation.from_body_id == Body.id)
        .where(Relation.to_body_id == body.id, Relation.kind.in_(("holding", "manages")))
    )
    return list(db.session.scalars(query))
