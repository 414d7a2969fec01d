"""What a letter can be about. Later domains add their kinds of subject without this one knowing them.

@subject("project", page="transparency.project")
def project(public_id): ...        # → Subject, or None where there is none that everybody may see
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from app.accounts.models import Body
from app.accounts.queries import body_named
from app.core.db import db
from app.registry.models import Organization


@dataclass(frozen=True)
class Subject:
    """What a letter is about: kind (a key of SUBJECTS), public id, name, who answers, whom it concerns."""

    kind: str
    id: str = ""
    name: str = ""
    answers: Body | None = None
    concerns: Body | None = None
    place: str = ""

    @property
    def token(self) -> str:
        """How it stands in an address and a form: organization:3f…"""
        return f"{self.kind}:{self.id}" if self.id else ""


GENERAL = Subject("general")
Finder = Callable[[str], Subject | None]
_FINDERS: dict[str, tuple[Finder, str]] = {}


def subject(kind: str, *, page: str) -> Callable[[Finder], Finder]:
    """Let *kind* be written about: the function finds one by its public id; *page* is the endpoint that shows it."""

    def keep(finder: Finder) -> Finder:
        _FINDERS[kind] = (finder, page)
        return finder

    return keep


def find(token: str) -> Subject:
    """The subject of 「kind:public id」; general matters where it names nothing that is there."""
    kind, _, public_id = token.partition(":")
    finder, _page = _FINDERS.get(kind, (None, ""))
    return (finder(public_id) if finder and public_id else None) or GENERAL


def address(kind: str, public_id: str) -> str | None:
    """The page of a subject."""
    _finder, page = _FINDERS.get(kind, (None, ""))
    return url_for(page, id=public_id) if page and public_id else None


@subject("organization", page="registry.show")
def organization(public_id: str) -> Subject | None:
    """A registered organization; its registration authority answers where it takes part in the portal."""
    found = db.session.scalar(select(Organization).where(Organization.public_id == public_id))
    if found is None:
        return None
    authority = body_named(found.registrar) if found.registrar else None
    answers = authority if authority is not None and authority.kind == "bureau" else None
    return Subject("organization", public_id, found.body.name, answers, found.body, found.place)
