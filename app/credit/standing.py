"""Can this body bid, with the case, the paper and the log entry behind each reason (C-28, B-21)."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import Body
from app.core import log
from app.core.log import LogEntry
from app.credit import queries
from app.credit.models import CreditCase
from app.registry.standing import Answer, Reason, can_bid


@dataclass(frozen=True)
class Why:
    """One reason with its evidence. `removable_from`: the first day on which time no longer bars its removal."""

    reason: Reason
    case: CreditCase | None
    removable_from: date | None
    entries: list[LogEntry]


@dataclass(frozen=True)
class Shown:
    """The answer for a body and day, with the evidence of each reason."""

    body: Body
    answer: Answer
    why: list[Why]


def standing(body: Body, day: date) -> Shown:
    """Whether *body* may take part on *day*, why not, and from when."""
    answer = can_bid(body, day)
    return Shown(body, answer, [_why(one) for one in answer.reasons])


def _why(reason: Reason) -> Why:
    if reason.fact is None:
        return Why(reason, None, None, [])
    case = queries.case_of(reason.fact)
    leaves = queries.removable_from(case) if case and case.state == "entered" and case.kind != "ban" else None
    return Why(reason, case, leaves, log.entries_of(reason.fact.public_id, public_only=True))
