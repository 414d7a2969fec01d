"""What registrars do with an application: accept, ask, decline, review, and – another registrar – decide."""

from collections.abc import Sequence
from typing import Any

from app.catalogue.queries import calendar, norms
from app.core import access, changes, clock
from app.core.errors import Invalid
from app.core.law import Finding, demand
from app.core.words import N_
from app.registration import checks, papers, queries, table
from app.registration.models import Application, Correction
from app.rules import registering

__all__ = ["accept", "ask", "barred", "decide", "decline", "review", "send_back"]

NOT_SEEN = N_("建议准予的，须先核对法定代表人的身份证件。")


def ask(application: Application, items: Sequence[tuple[str, str]]) -> Application:
    """Ask for corrections, all at once: (item, what is to be corrected). Raises Unlawful when nothing is named."""
    named = [(item, asked) for item, asked in items if asked.strip()]
    demand(registering.corrections_named([item for item, _ in named]))
    turn = 1 + max((one.round for one in queries.corrections(application)), default=0)
    for item, asked in named:
        one = Correction(
            application=application, application_id=application.id, round=turn, item=item, asked=asked,
            asked_at=clock.now(), place=application.place,
        )  # fmt: skip
        changes.add(one, "application.ask")
    return changes.move(application, "ask")


def accept(application: Application) -> Application:
    """Accept a complete file; the statutory clock runs from the day it was complete (C-02)."""
    assert application.submitted_at is not None
    complete = clock.day_of(application.submitted_at)
    row, due = table.of(application), None
    if row.days:
        days = norms(application.place).whole(row.days)
        due = registering.decide_due(complete, days, calendar()).day
    return changes.move(
        application, "accept", accepted_at=clock.now(), accepted_by_id=access.actor().id, complete_on=complete,
        due_on=due,
    )  # fmt: skip


def decline(application: Application, reasons: str) -> Application:
    """Do not accept it, with reasons."""
    return changes.move(application, "decline", reasons=reasons)


def review(application: Application, *, opinion: str, proposes: str, identity_seen: bool = False) -> Application:
    """Write the opinion down for whoever decides. Raises Invalid for a proposal to grant without the identity seen."""
    if application.head_mark and proposes == "grant" and not identity_seen:
        raise Invalid(NOT_SEEN, {}, "identity_seen")
    return changes.move(
        application, "review", reviewed_at=clock.now(), reviewed_by_id=access.actor().id, opinion=opinion,
        proposes=proposes, head_verified=bool(application.head_mark and identity_seen),
    )  # fmt: skip


def send_back(application: Application, reasons: str) -> Application:
    """Send it back to be reviewed again; what is missing is written under the opinion."""
    return changes.move(application, "send_back", opinion=f"{application.opinion}\n\n{reasons}".strip())


def barred(application: Application) -> list[Finding]:
    """What keeps whoever acts from deciding: that they had a hand in it (G-150)."""
    hands = {
        "accepted": application.accepted_by_id,
        "reviewed": application.reviewed_by_id,
        "typed": application.drafted_by_id if application.on_paper else None,
    }
    return list(registering.decided_by_another(access.actor().id, hands))


def decide(application: Application, verdict: str, reasons: str, **more: Any) -> list[Finding]:
    """Grant or refuse with reasons; a grant takes effect in the register at once. Gives the warnings.

    Raises Unlawful for one of the hands that worked on it (G-150) and, for a grant, for anything the law bars now.
    """
    row = table.of(application)
    warnings = demand(barred(application), checks.in_time(application))
    if verdict == "grant":
        warnings += demand(row.check(application), row.decide(application, more))
    changes.move(
        application, "grant" if verdict == "grant" else "refuse", decided_at=clock.now(),
        decided_by_id=access.actor().id, reasons=reasons,
    )  # fmt: skip
    if verdict == "grant":
        row.effect(application, more)
    changes.amend(application, "application.decide", decision_id=papers.decision(application).id)
    return warnings
