"""Service points of an organization, with the six things that hang on their wall (六上墙, S12)."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Record
from app.core.files import StoredFile
from app.registry.lifecycle import SERVICE_POINT
from app.registry.models import Organization


class ServicePoint(Record):
    """A place where an organization serves people.

    The columns are what its people are writing; `shown` is what was last confirmed and what everybody sees. It is not
    in the log, because names and photos are in it; its fingerprint `shown_digest` is.
    """

    __tablename__ = "service_point"
    __table_args__ = (
        CheckConstraint(SERVICE_POINT.check_sql(), name="state"),
        CheckConstraint("state <> 'public' OR shown_digest <> ''", name="shown"),
    )
    lifecycle = SERVICE_POINT
    unlogged: ClassVar[frozenset[str]] = frozenset({"shown"})

    state: Mapped[str] = mapped_column(String(12))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(300))
    hours: Mapped[str] = mapped_column(String(200))
    functions: Mapped[str] = mapped_column(Text, default="")
    discipline: Mapped[str] = mapped_column(Text, default="")
    procedure: Mapped[str] = mapped_column(Text, default="")
    legal_basis: Mapped[str] = mapped_column(String(500), default="")
    fees: Mapped[str] = mapped_column(Text, default="")
    promise: Mapped[str] = mapped_column(Text, default="")
    channels: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    shown_digest: Mapped[str] = mapped_column(String(64), default="")
    confirmed_on: Mapped[date | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organization: Mapped[Organization] = relationship(lazy="joined")
    staff: Mapped[list["PointStaff"]] = relationship(back_populates="point", order_by="PointStaff.order")

    def parties(self) -> dict[str, set[int]]:
        return self.organization.parties()


class PointStaff(Record):
    """Somebody who works at a service point and agreed to be shown, with photo and duty."""

    __tablename__ = "point_staff"
    point_id: Mapped[int] = mapped_column(ForeignKey("service_point.id"), index=True)
    order: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(60))
    duty: Mapped[str] = mapped_column(String(200))
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    agreed_on: Mapped[date]
    left_on: Mapped[date | None]
    point: Mapped[ServicePoint] = relationship(back_populates="staff", lazy="joined")
    photo: Mapped[StoredFile | None] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.point.parties()
