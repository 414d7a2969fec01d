"""Schemes (评估指标): what is asked and what it earns, one edition for a kind of organization in a place.

An edition is never changed: a new one is added, and rounds go on with the one they began with (C-21).
"""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Record
from app.registry.models import KINDS


class GradingScheme(Record):
    """One edition; `text` is the TOML file it was read from, `sha256` its fingerprint. Whole points."""

    __tablename__ = "grading_scheme"
    __table_args__ = (
        UniqueConstraint("kind", "jurisdiction", "edition"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
    )
    kind: Mapped[str] = mapped_column(String(16), index=True)
    jurisdiction: Mapped[str] = mapped_column(String(6))  # a division code; 000000 is the whole country
    edition: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    items: Mapped[list["GradingItem"]] = relationship(back_populates="scheme", order_by="GradingItem.order")

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The sections in order: number, title, points, items."""
        found: dict[str, dict[str, Any]] = {}
        for item in self.items:
            one = found.setdefault(item.section, {"number": item.section, "title": item.section_title, "items": []})
            one["items"].append(item)
        return [{**one, "points": sum(item.points for item in one["items"])} for one in found.values()]


class GradingItem(Record):
    """One item of a scheme: its points, the evidence asked, and what the register answers by itself (S09)."""

    __tablename__ = "grading_item"
    __table_args__ = (
        UniqueConstraint("scheme_id", "number"),
        CheckConstraint("points > 0", name="points"),
    )
    scheme_id: Mapped[int] = mapped_column(ForeignKey("grading_scheme.id"), index=True)
    order: Mapped[int] = mapped_column(Integer)
    section: Mapped[str] = mapped_column(String(8))
    section_title: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    points: Mapped[int] = mapped_column(Integer)
    evidence: Mapped[str] = mapped_column(String(300), default="")
    held: Mapped[str] = mapped_column(String(20), default="")  # a key of held.ANSWERS: no evidence is asked for it
    scheme: Mapped[GradingScheme] = relationship(back_populates="items")
