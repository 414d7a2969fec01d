"""What is read of letters, one at a time; the public list is in listing.py."""

from datetime import date

from sqlalchemy import func, or_, select

from app.accounts.models import Body
from app.complaints.models import Complaint
from app.complaints.sending import key_digest
from app.core import vault
from app.core.access import Actor
from app.core.db import db
from app.core.door import NO_SUCH
from app.core.errors import Missing

PAGE = 50
ANSWERERS = ("bureau", "sub_district")


def next_number(year: int) -> str:
    """The number of the next letter of a year: 2026-00001. Asked for inside a turn to write."""
    newest = db.session.scalar(select(func.max(Complaint.number)).where(Complaint.number.startswith(f"{year}-")))
    return f"{year}-{int(newest[5:]) + 1 if newest else 1:05d}"


def numbered(number: str) -> Complaint | None:
    """The letter with this number."""
    return db.session.scalar(select(Complaint).where(Complaint.number == number.strip()))


def with_key(key: str) -> Complaint:
    """The letter whose secret link this is. Raises Missing, whatever is wrong with the link."""
    found = db.session.scalar(select(Complaint).where(Complaint.key_digest == key_digest(key))) if key else None
    if found is None:
        raise Missing(NO_SUCH)
    return found


def asked(complaint: Complaint) -> tuple[str, str]:
    """Title and text as they were typed; for the asker and for whoever sorts."""
    return vault.unclose(complaint.asked_title).decode(), vault.unclose(complaint.asked_text).decode()


def answerers() -> list[tuple[str, str]]:
    """(public id, name) of the bodies that letters can be addressed to, by name."""
    query = select(Body.public_id, Body.name).where(Body.kind.in_(ANSWERERS)).order_by(Body.name)
    return [(row.public_id, row.name) for row in db.session.execute(query)]


def answerer(public_id: str | None) -> Body | None:
    """One of those bodies."""
    return db.session.scalar(select(Body).where(Body.public_id == (public_id or ""), Body.kind.in_(ANSWERERS)))


def mine(who: Actor) -> list[Complaint]:
    """Open letters that this person's body is to answer or that concern it, the most urgent first."""
    query = select(Complaint).where(Complaint.state.in_(("received", "accepted", "drafted")))
    query = query.where(or_(Complaint.body_id == who.body_id, Complaint.about_body_id == who.body_id))
    return list(db.session.scalars(query.order_by(Complaint.due_on, Complaint.id).limit(PAGE * 4)))


def overdue_unnoted(day: date, most: int) -> list[Complaint]:
    """Letters without an answer whose time limit lies before *day*, and that are not noted yet."""
    query = select(Complaint).where(
        Complaint.state.in_(("received", "accepted", "drafted")), Complaint.due_on < day, Complaint.overdue_on.is_(None)
    )
    return list(db.session.scalars(query.order_by(Complaint.id).limit(most)))


def later(complaint: Complaint) -> list[Complaint]:
    """Letters that were linked to this one, oldest first."""
    query = select(Complaint).where(Complaint.earlier_id == complaint.id).order_by(Complaint.id)
    return list(db.session.scalars(query.limit(PAGE)))
