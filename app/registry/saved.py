"""Saved searches: what somebody looks for again and again, and what has come since they last looked.

What is new is found on reading, not by the clock: it is right at the moment it is shown, costs a few milliseconds for
somebody who opens the worklist, and nothing for everybody who does not. What was there when they last looked is kept
by its ids, so that an organization that has newly come onto a list or into a grade counts as new, too; of more than
`KNOWN` matches only what was entered since.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.core import access, changes
from app.core.db import db
from app.core.errors import Invalid
from app.core.words import N_
from app.registry import listing
from app.registry.asking import Asked
from app.registry.models import SavedSearch

MOST, KNOWN, SHOWN = 20, 1000, 50
TOO_MANY = N_("最多保存 %(most)s 个检索，请先删去不再需要的。")
NOTHING_ASKED = N_("请先填写检索词或筛选条件，再保存。")


@dataclass(frozen=True)
class New:
    """What has come since: the first rows, and how many there are (more than KNOWN are not counted)."""

    rows: list[listing.Found]
    count: int


def save(person: Person, name: str, asked: Asked) -> SavedSearch:
    """Keep a search; what it finds now is known. Raises Invalid for an empty one, or one too many."""
    if not replace(asked, sort="entry").args():
        raise Invalid(NOTHING_ASKED, {}, "name")
    if len(searches_of(person)) >= MOST:
        raise Invalid(TOO_MANY, {"most": MOST}, "name")
    made = SavedSearch(
        person=person, person_id=person.id, name=name, asked=asked.args(), known=_seen(asked), kept=True,
        place=person.place,
    )  # fmt: skip
    return changes.add(made, "saved_search.add")


def look(search: SavedSearch) -> SavedSearch:
    """What is found now is known from now on."""
    return changes.amend(search, "saved_search.amend", known=_seen(asked_by(search)))


def drop(search: SavedSearch) -> SavedSearch:
    """Keep it no longer."""
    return changes.amend(search, "saved_search.amend", kept=False)


def searches_of(person: access.Actor) -> list[SavedSearch]:
    """Those that this person keeps, oldest first."""
    query = select(SavedSearch).where(SavedSearch.person_id == person.id, SavedSearch.kept)
    return list(db.session.scalars(query.order_by(SavedSearch.id)))


def asked_by(search: SavedSearch) -> Asked:
    """The question as it was saved."""
    return Asked.of(search.asked)


def new_since(search: SavedSearch) -> New:
    """What is found now and was not when its owner last looked, newest entry first."""
    known, newest = set(search.known["ids"]), search.known["newest"]
    rows = _found(asked_by(search), listing.SHORT).rows
    new = [row for row in rows if row.id not in known and (search.known["whole"] or row.id > newest)]
    return New(new[:SHOWN], len(new))


def _found(asked: Asked, columns: str) -> listing.Page:
    return listing.page_of(replace(asked, sort="newest"), most=KNOWN, columns=columns)


def _seen(asked: Asked) -> dict[str, Any]:
    page = _found(asked, "o.id")
    ids = [row.id for row in page.rows]
    return {"ids": ids, "newest": max(ids, default=0), "whole": page.after is None}
