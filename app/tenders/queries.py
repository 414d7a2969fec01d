"""What is read of tenders, and the timeline of their statutory clocks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from app.catalogue import queries as catalogue
from app.core import clock
from app.core.access import Actor
from app.core.db import db
from app.plans.models import Preparation, Project
from app.rules.timeline import Steps
from app.rules.timeline import timeline as clocks
from app.tenders.models import Keyholder, Tender

PAGE = 30
SHOWN = ("published", "opened", "judged", "awarded", "failed", "cancelled")


def runs_of(project: Project) -> list[Tender]:
    """Every run of procurement of a project, oldest first."""
    return list(db.session.scalars(select(Tender).where(Tender.project_id == project.id).order_by(Tender.id)))


def published(before: int | None = None, *, still_open: bool = False) -> list[Tender]:
    """Published tenders, newest first, a page at a time."""
    query = select(Tender).where(Tender.published_at.is_not(None)).order_by(Tender.id.desc()).limit(PAGE)
    if still_open:
        query = query.where(Tender.state == "published", Tender.closes_at > clock.now())
    return list(db.session.scalars(query.where(Tender.id < before) if before else query))


def drafts_for(who: Actor) -> list[Tender]:
    """Tenders in preparation that this person may see: their body's own, or those they hold a key of."""
    held = select(Keyholder.tender_id).where(Keyholder.person_id == who.id)
    query = select(Tender).where(Tender.state == "draft")
    mine = or_(Tender.buyer_id == (who.body_id or 0), Tender.id.in_(held))
    return list(db.session.scalars(query.where(mine).order_by(Tender.id.desc())))


def keyholder_of(tender: Tender, person_id: int) -> Keyholder | None:
    """The keyholder this person is in a tender."""
    return next((k for k in tender.keyholders if k.person_id == person_id), None)


def is_public(tender: Tender) -> bool:
    """Whether everybody may see it."""
    return tender.published_at is not None


def is_open(tender: Tender) -> bool:
    """Whether bids are taken just now, by the clock."""
    return tender.state == "published" and tender.closes_at is not None and clock.now() < tender.closes_at


def intention_day(project: Project) -> date | None:
    """The day the procurement intention was made public (B-13)."""
    query = select(Preparation.day).where(
        Preparation.project_id == project.id, Preparation.kind == "intention", Preparation.dropped.is_(False)
    )
    return db.session.scalar(query.order_by(Preparation.day).limit(1))


def steps(tender: Tender, **later: Any) -> Steps:
    """What is known of the tender's course; later domains add what they know."""
    return Steps(
        method=tender.project.method,
        intent_on=intention_day(tender.project),
        published_at=tender.medium_published_at,
        closes_at=tender.closes_at,
        **later,
    )


def timeline(tender: Tender, **later: Any) -> list[dict[str, object]]:
    """Every statutory clock of the purchase that can be told, as rows for the drawn timeline."""
    found = clocks(steps(tender, **later), catalogue.calendar(), catalogue.norms(tender.place))
    return [
        {
            "label": one.name,
            "when": one.starts,
            "due": one.due,
            "rule": one.rule,
            "provisional": one.provisional,
            "state": _state(one.due),
        }
        for one in found
    ]


def _state(due: date | None) -> str:
    day = clock.day_of(due) if isinstance(due, datetime) else due
    if day is None or day > clock.today():
        return "future"
    return "now" if day == clock.today() else "past"
