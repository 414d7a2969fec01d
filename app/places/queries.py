"""What is read of the tree of places."""

from sqlalchemy import select

from app.core.db import db
from app.places.models import Place


def children(code: str | None) -> list[Place]:
    """The divisions right under *code* (or the provinces), by code."""
    return list(db.session.scalars(select(Place).where(Place.parent_code == code).order_by(Place.code)))


def place(code: str) -> Place | None:
    """The division with this code."""
    return db.session.scalar(select(Place).where(Place.code == code))


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
