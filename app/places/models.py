"""A place: a division from province to grid, by code, valid from and to (rule F-08)."""

from datetime import date

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Record
from app.core.words import N_

LEVEL_NAMES = {
    "province": N_("省级"),
    "city": N_("地级"),
    "district": N_("县级"),
    "street": N_("街道（乡镇）"),
    "community": N_("社区（村）"),
    "grid": N_("网格"),
}
LEVELS = tuple(LEVEL_NAMES)


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
