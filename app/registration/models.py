"""Applications with their materials and corrections, who is verified to head what, and the certificates issued.

What is asked differs by kind of procedure (`table.py`), so the form's values are kept as checked JSON; columns hold
what is searched, compared and counted. The kind has no CHECK: a new procedure is a row of the table, not a migration.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body, Person
from app.core.db import Record
from app.core.files import StoredFile
from app.registration.governance import CharterEdition as CharterEdition
from app.registration.governance import CouncilMember as CouncilMember
from app.registration.governance import CouncilTerm as CouncilTerm
from app.registration.governance import PartyOrganization as PartyOrganization
from app.registration.lifecycle import APPLICATION, CERTIFICATE
from app.registry.models import Organization


class Application(Record):
    """One application (or, for procedures begun by the authority, one case) from its first words to its decision."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(APPLICATION.check_sql(), name="state"),
        CheckConstraint(
            "state NOT IN ('granted', 'refused') OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL"
            " AND decided_by_id <> reviewed_by_id AND decided_by_id <> accepted_by_id)",
            name="decided_by_another",
        ),
    )
    lifecycle = APPLICATION
    unlogged: ClassVar[frozenset[str]] = frozenset({"head_mark"})
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)  # a key of table.PROCEDURES
    name: Mapped[str] = mapped_column(String(200), default="")  # of the organization it is about
    name_folded: Mapped[str] = mapped_column(String(200), default="", index=True)
    organization_kind: Mapped[str | None] = mapped_column(String(16))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    on_paper: Mapped[bool] = mapped_column(Boolean, default=False)  # typed in at the counter
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    head_mark: Mapped[str | None] = mapped_column(String(64))  # vault.mark of the identity number
    head_tail: Mapped[str] = mapped_column(String(4), default="")
    head_verified: Mapped[bool] = mapped_column(Boolean, default=False)
    submitted_at: Mapped[datetime | None]
    complete_on: Mapped[date | None]  # when the file was complete: the clock's first day
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opinion: Mapped[str] = mapped_column(Text, default="")
    proposes: Mapped[str | None] = mapped_column(String(8))  # grant, refuse
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reasons: Mapped[str] = mapped_column(Text, default="")  # of the decision, of not accepting, of withdrawing
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    applicant: Mapped[Body] = relationship(foreign_keys=[applicant_id], lazy="joined")
    authority: Mapped[Body] = relationship(foreign_keys=[authority_id], lazy="joined")
    organization: Mapped[Organization | None] = relationship()
    decision: Mapped[StoredFile | None] = relationship()
    accepted_by: Mapped[Person | None] = relationship(foreign_keys=[accepted_by_id])
    reviewed_by: Mapped[Person | None] = relationship(foreign_keys=[reviewed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    def parties(self) -> dict[str, set[int]]:
        """The applicant; the authority, from the moment it is handed in; its counter, for what was typed in there."""
        counter = {self.authority_id} if self.on_paper else set()
        handed_in = {self.authority_id} if self.state not in (None, "draft") else counter
        return {"self": {self.applicant_id}, "authority": handed_in, "counter": counter}


class Material(Record):
    """A file handed in for one line of the procedure's list of materials; one handed in later takes its place."""

    __tablename__ = "application_material"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    replaced: Mapped[bool] = mapped_column(Boolean, default=False)
    application: Mapped[Application] = relationship(lazy="joined")
    file: Mapped[StoredFile] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.application.parties()


class Correction(Record):
    """One item the registrar wants corrected, and the applicant's answer to it."""

    __tablename__ = "correction"
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    round: Mapped[int] = mapped_column(Integer)
    item: Mapped[str] = mapped_column(String(80))  # field-<name>, material-<key>, other
    asked: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    application: Mapped[Application] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.application.parties()


class Headship(Record):
    """A person verified to be legal representative of an organization; only a keyed digest of the number is kept."""

    __tablename__ = "headship"
    unlogged: ClassVar[frozenset[str]] = frozenset({"mark"})
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    mark: Mapped[str] = mapped_column(String(64), index=True)
    tail: Mapped[str] = mapped_column(String(4))
    since: Mapped[date]
    until: Mapped[date | None]
    organization: Mapped[Organization] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.organization.body_id}}


class Certificate(Record):
    """One issue of an organization's certificate of registration: original (正本) and copy (副本)."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint(CERTIFICATE.check_sql(), name="state"),
        CheckConstraint("(state = 'valid') = (ended_on IS NULL)", name="ended"),
        UniqueConstraint("organization_id", "issue"),
    )
    lifecycle = CERTIFICATE
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(30), unique=True)  # credit code-issue
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    issue: Mapped[int] = mapped_column(Integer)
    issued_on: Mapped[date]
    ended_on: Mapped[date | None]
    says: Mapped[dict[str, Any]] = mapped_column(JSON)  # what is printed on it
    original_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    copy_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    original_fingerprint: Mapped[str] = mapped_column(String(64))
    copy_fingerprint: Mapped[str] = mapped_column(String(64))
    authority_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    organization: Mapped[Organization] = relationship(lazy="joined")
    original: Mapped[StoredFile] = relationship(foreign_keys=[original_id])
    copy: Mapped[StoredFile] = relationship(foreign_keys=[copy_id])

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.organization.body_id}, "authority": {self.authority_id}}
