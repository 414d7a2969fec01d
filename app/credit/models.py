"""One piece of credit information from its finding to its end, with the objections to it and the asks to leave."""

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Boolean, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.core.db import Record
from app.core.files import StoredFile
from app.credit.lifecycle import CREDIT, OBJECTION, PUBLIC, REPAIR
from app.registry.models import StandingFact
from app.rules.credit import KINDS


class CreditCase(Record):
    """One penalty, list entry or ban of one body. Public from its entry on; known to the body from its notice on.

    `arose_on`: when the penalty was imposed or the breach happened; `received_on`: when the registrar came to know.
    `basis` marks what the portal found by itself, so that it is found once.
    """

    __tablename__ = "credit_case"
    __table_args__ = (
        CheckConstraint(CREDIT.check_sql(), name="state"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount"),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="term"),
    )
    lifecycle = CREDIT
    state: Mapped[str] = mapped_column(String(12), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    trigger: Mapped[str] = mapped_column(String(24))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    basis: Mapped[str | None] = mapped_column(String(120), unique=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("credit_case.id"))
    elsewhere: Mapped[bool] = mapped_column(Boolean, default=False)
    department: Mapped[str] = mapped_column(String(120), default="")
    document_no: Mapped[str] = mapped_column(String(120), default="")
    law: Mapped[str] = mapped_column(String(300), default="")  # what a penalty of our own rests on
    grounds: Mapped[str] = mapped_column(Text)
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    arose_on: Mapped[date]
    received_on: Mapped[date]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    letters: Mapped[list[str]] = mapped_column(JSON, default=list)  # ISO days of letters that came back
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    noticed_at: Mapped[datetime | None]
    respond_by: Mapped[date | None]
    statement: Mapped[str] = mapped_column(Text, default="")
    statement_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    stated_at: Mapped[datetime | None]
    hearing_asked: Mapped[bool] = mapped_column(Boolean, default=False)
    hearing_on: Mapped[date | None]
    hearing_place: Mapped[str] = mapped_column(String(200), default="")
    heard_note: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    enter_by: Mapped[date | None]
    entered_on: Mapped[date | None] = mapped_column(index=True)
    fact_id: Mapped[int | None] = mapped_column(ForeignKey("standing_fact.id"))
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")
    removal_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    body: Mapped[Body] = relationship(lazy="joined")
    source: Mapped["CreditCase | None"] = relationship(remote_side="CreditCase.id")
    fact: Mapped[StandingFact | None] = relationship(lazy="joined")
    evidence: Mapped[StoredFile | None] = relationship(foreign_keys=[evidence_id])
    notice: Mapped[StoredFile | None] = relationship(foreign_keys=[notice_id])
    statement_file: Mapped[StoredFile | None] = relationship(foreign_keys=[statement_file_id])
    decision: Mapped[StoredFile | None] = relationship(foreign_keys=[decision_id])
    removal: Mapped[StoredFile | None] = relationship(foreign_keys=[removal_id])

    def parties(self) -> dict[str, set[int]]:
        known = self.notice_id is not None or self.state in PUBLIC
        return {"self": {self.body_id} if known else set()}


class CreditObjection(Record):
    """What a body says is wrong with an entry about it, and the answer."""

    __tablename__ = "credit_objection"
    __table_args__ = (CheckConstraint(OBJECTION.check_sql(), name="state"),)
    lifecycle = OBJECTION
    state: Mapped[str] = mapped_column(String(12), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("credit_case.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filed_on: Mapped[date]
    due_on: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_on: Mapped[date | None]
    case: Mapped[CreditCase] = relationship(lazy="joined")
    file: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.case.body_id}}


class CreditRepair(Record):
    """A body's ask to leave a list: what it has done, the check of that, and until when it must be taken off."""

    __tablename__ = "credit_repair"
    __table_args__ = (CheckConstraint(REPAIR.check_sql(), name="state"),)
    lifecycle = REPAIR
    state: Mapped[str] = mapped_column(String(12), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("credit_case.id"), index=True)
    done: Mapped[str] = mapped_column(Text)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    applied_on: Mapped[date]
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_on: Mapped[date | None]
    remove_by: Mapped[date | None]
    case: Mapped[CreditCase] = relationship(lazy="joined")
    file: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.case.body_id}}
