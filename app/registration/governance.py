"""How an organization is governed, in dated records: councils with their members, charters, Party organizations."""

from datetime import date

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Record
from app.core.files import StoredFile
from app.registry.models import Organization
from app.rules.governing import PARTY_KINDS


class CouncilTerm(Record):
    """One term of a council (届): from its first to its last day, or to the day on which the next one ended it."""

    __tablename__ = "council_term"
    __table_args__ = (
        CheckConstraint("until > since", name="days"),
        UniqueConstraint("organization_id", "since"),
    )
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    elected_on: Mapped[date]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(index=True)
    ended_on: Mapped[date | None]  # the day before the next term; None for the newest
    organization: Mapped[Organization] = relationship(lazy="joined")
    members: Mapped[list["CouncilMember"]] = relationship(order_by="CouncilMember.order", viewonly=True)

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.organization.body_id}}


class CouncilMember(Record):
    """Somebody on a council in one term. Name and post are public; who is paid or related is not."""

    __tablename__ = "council_member"
    __table_args__ = (UniqueConstraint("term_id", "name"),)
    term_id: Mapped[int] = mapped_column(ForeignKey("council_term.id"))
    order: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(80))
    post: Mapped[str] = mapped_column(String(60))
    paid: Mapped[bool] = mapped_column(Boolean)
    related: Mapped[bool] = mapped_column(Boolean)


class CharterEdition(Record):
    """An edition of a charter that was approved; the newest is in force, the earlier ones stay public."""

    __tablename__ = "charter_edition"
    __table_args__ = (UniqueConstraint("organization_id", "number"),)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    number: Mapped[int] = mapped_column(Integer)
    adopted_on: Mapped[date]
    approved_on: Mapped[date]
    what_changed: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    organization: Mapped[Organization] = relationship(lazy="joined")
    file: Mapped[StoredFile] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.organization.body_id}}


class PartyOrganization(Record):
    """What an organization told of its Party organization, from a day on; the next telling ends it."""

    __tablename__ = "party_organization"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(PARTY_KINDS)}", name="kind"),
        CheckConstraint("members >= 0", name="members"),
    )
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), default="")
    secretary: Mapped[str] = mapped_column(String(80), default="")
    members: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text, default="")  # why there is none yet
    since: Mapped[date]
    ended_on: Mapped[date | None]
    organization: Mapped[Organization] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.organization.body_id}}
