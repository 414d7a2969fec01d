"""The contract with its frozen facts and edition, its signatures, and the instalments of its payment plan."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.agreements.lifecycle import AGREEMENT, INSTALMENT
from app.awards.models import Award
from app.core.db import Record
from app.core.files import StoredFile
from app.plans.models import CONDITIONS, Lot, Project


class Agreement(Record):
    """A contract between a buyer and the winner of a lot, printed from `contracts/<document>/<edition>`."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint(AGREEMENT.check_sql(), name="state"),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint("state IN ('drawn_up', 'half_signed') OR signed_at IS NOT NULL", name="signed_when"),
    )
    lifecycle = AGREEMENT
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(50), unique=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    term_from: Mapped[date]
    term_to: Mapped[date]
    edition: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    fingerprint: Mapped[str] = mapped_column(String(64))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))  # as printed
    signed_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))  # with the signatures so far
    signed_at: Mapped[datetime | None]  # when the second party signed
    medium_url: Mapped[str] = mapped_column(String(300), default="")
    published_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(Text, default="")  # why it was terminated
    award: Mapped[Award] = relationship()
    project: Mapped[Project] = relationship()
    lot: Mapped[Lot] = relationship(lazy="joined")
    buyer: Mapped[Body] = relationship(foreign_keys=[buyer_id])
    supplier: Mapped[Body] = relationship(foreign_keys=[supplier_id], lazy="joined")
    file: Mapped[StoredFile] = relationship(foreign_keys=[file_id])
    signed_file: Mapped[StoredFile | None] = relationship(foreign_keys=[signed_file_id])
    instalments: Mapped[list["Instalment"]] = relationship(back_populates="agreement", order_by="Instalment.order")
    signatures: Mapped[list["Signature"]] = relationship(back_populates="agreement", order_by="Signature.id")

    def parties(self) -> dict[str, set[int]]:
        return {"buyer": {self.buyer_id}, "supplier": {self.supplier_id}, "supervisor": {self.supervisor_id}}


class Signature(Record):
    """One party's PAdES signature on the contract, as checked when the signed file was handed in (E-01)."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("agreement_id", "party"),
        CheckConstraint("party IN ('buyer', 'supplier')", name="party"),
    )
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    party: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200))
    issuer: Mapped[str] = mapped_column(String(200))
    signed_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    agreement: Mapped[Agreement] = relationship(back_populates="signatures")

    def parties(self) -> dict[str, set[int]]:
        return self.agreement.parties() if self.agreement else {}


class Instalment(Record):
    """One instalment: due when its contract condition is recorded, paid once (D-11, D-15, S11, S24)."""

    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("agreement_id", "order"),
        CheckConstraint(INSTALMENT.check_sql(), name="state"),
        CheckConstraint(f"condition IN {tuple(CONDITIONS)}", name="condition"),
        CheckConstraint("state = 'pending' OR ground <> ''", name="ground"),
    )
    lifecycle = INSTALMENT
    state: Mapped[str] = mapped_column(String(12))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    order: Mapped[int] = mapped_column(Integer)
    condition: Mapped[str] = mapped_column(String(20))
    share_centi: Mapped[int] = mapped_column(Integer)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    source_fens: Mapped[list[int]] = mapped_column(JSON)  # how much of it comes from each source, in their order
    ground: Mapped[str] = mapped_column(String(200), default="")  # public id and words of what made it due
    accrued_at: Mapped[datetime | None]
    agreement: Mapped[Agreement] = relationship(back_populates="instalments")

    def parties(self) -> dict[str, set[int]]:
        return self.agreement.parties() if self.agreement else {}
