"""A payment of one instalment and its split over the budget lines."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.models import Agreement, Instalment
from app.budgets.models import BudgetLine
from app.core.db import Record
from app.core.files import StoredFile
from app.payments.lifecycle import PAYMENT


class Payment(Record):
    """A request to pay one instalment. At most one that was not refused exists for an instalment: never paid twice."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(PAYMENT.check_sql(), name="state"),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint("checked_by_id IS NULL OR checked_by_id <> requested_by_id", name="maker_not_checker"),
        CheckConstraint("paid_by_id IS NULL OR paid_by_id <> checked_by_id", name="payer_not_checker"),
        CheckConstraint("state <> 'paid' OR (paid_at IS NOT NULL AND paid_by_id IS NOT NULL)", name="paid_when"),
        Index(
            "uq_payment_one_live",
            "instalment_id",
            unique=True,
            sqlite_where=text("state <> 'refused'"),
            postgresql_where=text("state <> 'refused'"),
        ),  # fmt: skip
    )
    lifecycle = PAYMENT
    state: Mapped[str] = mapped_column(String(12))
    instalment_id: Mapped[int] = mapped_column(ForeignKey("instalment.id"))
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    invoice_no: Mapped[str] = mapped_column(String(40))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    paid_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(Text, default="")
    order_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))  # the payment order on paper
    instalment: Mapped[Instalment] = relationship(lazy="joined")
    agreement: Mapped[Agreement] = relationship(lazy="joined")
    order: Mapped[StoredFile | None] = relationship(foreign_keys=[order_id])
    shares: Mapped[list["PaymentShare"]] = relationship(back_populates="payment", order_by="PaymentShare.id")

    def parties(self) -> dict[str, set[int]]:
        return self.agreement.parties() if self.agreement else {}


class PaymentShare(Record):
    """How much of a payment comes from one budget line (S04)."""

    __tablename__ = "payment_share"
    __table_args__ = (CheckConstraint("amount_fen >= 0", name="amount"),)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    payment: Mapped[Payment] = relationship(back_populates="shares")
    budget_line: Mapped[BudgetLine] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.payment.parties() if self.payment else {}
