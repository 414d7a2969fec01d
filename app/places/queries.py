"""What is read of the tree of places."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from app.core.db import db
from app.places.models import Place


def children(code: str | None) -> list[Place]:
    """The divisions right under *code* (or the provinces), by code."""
    return list(db.session.scalars(select(Place).where(Place.parent_code == code).order_by(Place.code)))


def place(code: str) -> Place | None:
    """The division with this code."""
    return db.session.scalar(select(Place).where(Place.code == code))


def codes() -> set[str]:
    """The codes of all divisions."""
    return set(db.session.scalars(select(Place.code)))


def line_up(code: str | None) -> list[Place]:
    """The division and all above it, from the top down."""
    found: list[Place] = []
    here = place(code) if code else None
    while here is not None:
        found.insert(0, here)
        here = place(here.parent_code) if here.parent_code else None
    return found


def name_of(code: str) -> str:
    """The full name of a division: 广东省广州市荔湾区; the bare code when it is not in the table."""
    return "".join(p.name for p in line_up(code)) or code


def named(q: str, most: int = 100) -> list[Place]:
    """The divisions whose name contains *q* or whose code begins with it, by code."""
    text = q.strip()
    query = select(Place).where(
        or_(Place.name.contains(text, autoescape=True), Place.code.startswith(text, autoescape=True))
    )
    return list(db.session.scalars(query.order_by(Place.code).limit(most)))


def lines_up(found: Sequence[Place]) -> dict[str, str]:
    """The full name of each of these divisions, by code, in one query a level."""
    known = {p.code: p for p in found}
    missing = {p.parent_code for p in found if p.parent_code} - set(known)
    while missing:
        above = list(db.session.scalars(select(Place).where(Place.code.in_(missing))))
        known |= {p.code: p for p in above}
        missing = {p.parent_code for p in above if p.parent_code} - set(known)
    return {p.code: _full(p, known) for p in found}


def _full(here: Place, known: dict[str, Place]) -> str:
    above = known.get(here.parent_code or "")
    return (_full(above, known) if above else "") + here.name


def divisions_in(text: str) -> tuple[str, str]:
    """The longest division (province, city, district) whose full name stands in *text*, and whose short name does."""
    query = select(Place.name).where(Place.level.in_(("province", "city", "district")))
    names = {name: _short(name) for name in db.session.scalars(query)}
    whole = [name for name in names if len(name) > 2 and name in text]
    short = [name for name, part in names.items() if len(part) > 1 and part in text]
    return max(whole, key=len, default=""), max(short, key=len, default="")


def _short(name: str) -> str:
    ends = ("特别行政区", "自治区", "自治州", "省", "市", "县", "区")
    return next((name.removesuffix(end) for end in ends if name.endswith(end)), name)
