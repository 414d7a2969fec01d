"""The public list of the register: searched, filtered, a page at a time by key, counted up to a cap, or streamed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from app.accounts.models import Body
from app.core import search
from app.core.db import db
from app.registry.models import Organization

PAGE, COUNTED, SCANNED = 50, 1000, 500
MOST_SCANS = 40  # a page looks at 20,000 found names at most; then it says that the search goes on
SHOWN = (
    Organization.id, Organization.public_id, Body.name, Body.credit_code, Organization.org_code,
    Organization.org_code_verified, Organization.kind, Organization.state, Organization.registrar,
    Organization.supervising_unit, Organization.legal_representative, Organization.established_on,
    Organization.capital_fen, Body.address, Organization.grade, Organization.fields, Organization.place,
    Organization.scope,
)  # fmt: skip
Found = Row[Any]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: words, and kind, state, place (a division code) and grade where given."""

    q: str = ""
    kind: str = ""
    state: str = ""
    place: str = ""
    grade: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """From a page's address; what is not understood is left out."""
        place = typed.get("place", "").strip()
        return cls(
            typed.get("q", "").strip()[:100],
            typed.get("kind", ""),
            typed.get("state", ""),
            place if place.isdecimal() and len(place) <= 15 else "",
            typed.get("grade", "") if typed.get("grade", "") in tuple("12345") else "",
        )

    def args(self) -> dict[str, str]:
        """What of it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Page:
    """Rows, and from which key on the next page begins (None: there is none)."""

    rows: list[Found]
    after: int | None


def page_of(asked: Asked, after: int = 0, most: int = PAGE) -> Page:
    """The rows beyond key *after* in the order of entry, at most *most*."""
    if not search.folded(asked.q):
        found = _rows(_filtered(asked).where(Organization.id > after).limit(most + 1))
        return Page(found[:most], found[most - 1].id if len(found) > most else None)
    rows: list[Found] = []
    for _ in range(MOST_SCANS):
        ids = search.find("organization", asked.q, SCANNED, after)
        rows += _rows(_filtered(asked).where(Organization.id.in_(ids))) if ids else []
        if len(rows) > most:
            return Page(rows[:most], rows[most - 1].id)
        if len(ids) < SCANNED:
            return Page(rows, None)
        after = ids[-1]
    return Page(rows, after)


def count(asked: Asked) -> int:
    """How many there are, never more than COUNTED + 1: beyond that nobody counts."""
    if search.folded(asked.q):
        return len(page_of(asked, most=COUNTED + 1).rows)
    few = _filtered(asked).with_only_columns(Organization.id).order_by(None).limit(COUNTED + 1)
    return len(db.session.execute(few).all())


def all_of(asked: Asked) -> Iterator[Found]:
    """Every row, read page by page as it is sent on."""
    after: int | None = 0
    while after is not None:
        found = page_of(asked, after, 1000)
        yield from found.rows
        after = found.after


def _rows(query: Any) -> list[Found]:
    return list(db.session.execute(query).all())


def _filtered(asked: Asked) -> Any:
    query: Any = select(*SHOWN).join(Body, Body.id == Organization.body_id).order_by(Organization.id)
    if asked.kind:
        query = query.where(Organization.kind == asked.kind)
    if asked.state:
        query = query.where(Organization.state == asked.state)
    if asked.grade:
        query = query.where(Organization.grade == int(asked.grade))
    if inside := asked.place.rstrip("0") if len(asked.place) == 6 else asked.place:
        query = query.where(Organization.place >= inside, Organization.place < inside + ":")
    return query
