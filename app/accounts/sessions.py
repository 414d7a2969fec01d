"""Server-side sessions: a random token in the cookie, its digest in the table, idle and absolute time-outs (E-13)."""

import hashlib
import secrets
from datetime import timedelta

from flask import Request
from sqlalchemy import select

from app.accounts.models import Person, Session
from app.core import clock
from app.core.db import db, writing

COOKIE = "portal_session"
IDLE, ABSOLUTE, TOUCH = timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=1)


def start(person: Person, *, second_factor: bool, address: str, agent: str) -> str:
    """Begin a session inside the running transaction; gives the token for the cookie."""
    token, now = secrets.token_urlsafe(32), clock.machine_now()
    db.session.add(
        Session(
            token_digest=_digest(token),
            person_id=person.id,
            started_at=now,
            seen_at=now,
            second_factor=second_factor,
            address=address[:45],
            agent=agent[:200],
        )
    )
    return token


def current(request: Request) -> Session | None:
    """The live session this request belongs to; notes, at most once a minute, that it was seen."""
    token = request.cookies.get(COOKIE)
    found = db.session.scalar(select(Session).where(Session.token_digest == _digest(token))) if token else None
    now = clock.machine_now()
    if found is None or found.ended_at or not found.person.active:
        return None
    if now - found.seen_at > IDLE or now - found.started_at > ABSOLUTE:
        return None
    if now - found.seen_at > TOUCH:
        with writing():
            found.seen_at = now
    return found


def load_person(request: Request) -> Person | None:
    """Whoever this request's session belongs to (Flask-Login's request loader)."""
    session = current(request)
    return session.person if session else None


def end(session: Session) -> None:
    """End one session."""
    session.ended_at = clock.machine_now()


def live(person: Person) -> list[Session]:
    """This person's sessions that have not ended, newest first."""
    since = clock.machine_now() - ABSOLUTE
    query = select(Session).where(Session.person_id == person.id, Session.ended_at.is_(None))
    return list(db.session.scalars(query.where(Session.started_at > since).order_by(Session.id.desc())))


def _digest(token: str | None) -> str:
    return hashlib.sha256((token or "").encode()).hexdigest()
