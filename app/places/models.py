"""A place: a division from province to grid, by code, valid from and to (rule F-08)."""

from datetime import date

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Record

LEVELS = ("province", "city", "district", "street", "community", "grid")


class Place(Record):
    """One division. `code` is GB/T 2260 padded to 12 (grids add three digits to their community's code: 15)."""

    __tablename__ = "place"
    __table_args__ = (CheckConstraint(f"level IN {LEVELS}", name="level"),)
    code: Mapped[str] = mapped_column(String(15), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    level: Mapped[str] = mapped_column(String(10))
    parent_code: Mapped[str | None] = mapped_column(String(15), index=True)
    households: Mapped[int | None] = mapped_column(Integer)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    batch: Mapped[str | None] = mapped_column(String(16), index=True)
