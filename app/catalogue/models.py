"""Reference data that administrators keep with a source: catalogue items, dated norms, calendar overrides."""

from datetime import date

from sqlalchemy import Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Record


class CatalogueItem(Record):
    """One line of the guiding catalogue; level 3 items can be purchased (A-08, A-09)."""

    __tablename__ = "catalogue_item"
    code: Mapped[str] = mapped_column(String(10), index=True)
    level: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200))
    catalogue_version: Mapped[str] = mapped_column(String(40), index=True)


class NormRow(Record):
    """A number of the law as the portal applies it; `app.core.law.Norm` is its value object."""

    __tablename__ = "norm"
    key: Mapped[str] = mapped_column(String(60), index=True)
    jurisdiction: Mapped[str] = mapped_column(String(6))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    value: Mapped[str] = mapped_column(String(30))
    unit: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(200))
    batch: Mapped[str | None] = mapped_column(String(16), index=True)  # of those that came with a release


class CalendarDay(Record):
    """A day whose being a working day is laid down by notice, over what the calendar library says (F-21)."""

    __tablename__ = "calendar_day"
    day: Mapped[date] = mapped_column(unique=True)
    workday: Mapped[bool] = mapped_column(Boolean)
    source: Mapped[str] = mapped_column(String(200))
