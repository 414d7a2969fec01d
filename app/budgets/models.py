"""Budget lines, the journal and its postings, and what one contract holds of each line. All amounts in whole fen."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.core.db import Record
from app.core.words import N_

LEVELS = {
    "central": N_("中央"),
    "province": N_("省级"),
    "city": N_("市级"),
    "district": N_("区级"),
    "sub_district": N_("街道"),
}
ACCOUNTS = {
    "authority": N_("预算批复"),
    "available": N_("可用额度"),
    "committed": N_("已签约"),
    "accrued": N_("已应付"),
    "paid": N_("已支付"),
}
JOURNAL_KINDS = {
    "appropriate": N_("下达预算"),
    "commit": N_("合同签订"),
    "accrue": N_("形成应付"),
    "pay": N_("支付"),
    "release": N_("退回额度"),
}


class BudgetLine(Record):
    """One purse: a level's line of one buyer for one year; 0 ≤ paid ≤ accrued ≤ committed ≤ appropriated."""

    __tablename__ = "budget_line"
    __table_args__ = (
        UniqueConstraint("buyer_id", "fiscal_year", "level", "line"),
        CheckConstraint(f"level IN {tuple(LEVELS)}", name="level"),
        CheckConstraint(
            "0 <= paid_fen AND paid_fen <= accrued_fen AND accrued_fen <= committed_fen"
            " AND committed_fen <= appropriated_fen",
            name="never_more",
        ),
    )
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    fiscal_year: Mapped[int] = mapped_column(Integer)
    level: Mapped[str] = mapped_column(String(12))
    line: Mapped[str] = mapped_column(String(20))  # functional classification, e.g. 2080208
    name: Mapped[str] = mapped_column(String(120), default="")
    appropriated_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    committed_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    accrued_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    buyer: Mapped[Body] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"buyer": {self.buyer_id}}

    @property
    def label(self) -> str:
        """The level in words (a message id)."""
        return LEVELS[self.level]


class Journal(Record):
    """One entry of the ledger: what happened, because of which record; at most one of a kind for a source."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("kind", "source"),
        CheckConstraint(f"kind IN {tuple(JOURNAL_KINDS)}", name="kind"),
    )
    kind: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(80))  # public id of the record that caused it, with a suffix if needed
    memo: Mapped[str] = mapped_column(String(300))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    postings: Mapped[list["Posting"]] = relationship(back_populates="journal", order_by="Posting.id")

    def parties(self) -> dict[str, set[int]]:
        return {"buyer": {self.buyer_id}}


class Posting(Record):
    """One side of a journal entry on one budget line; the amounts of a journal add up to nothing on each line."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint(f"account IN {tuple(ACCOUNTS)}", name="account"),
        CheckConstraint("amount_fen <> 0", name="amount"),
    )
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), index=True)
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"), index=True)
    account: Mapped[str] = mapped_column(String(12))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    journal: Mapped[Journal] = relationship(back_populates="postings")
    budget_line: Mapped[BudgetLine] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"buyer": {self.budget_line.buyer_id}} if self.budget_line else self.journal.parties()


class Commitment(Record):
    """What one contract holds of one budget line: committed, accrued and paid so far."""

    __tablename__ = "commitment"
    __table_args__ = (
        UniqueConstraint("contract", "budget_line_id"),
        CheckConstraint(
            "0 <= paid_fen AND paid_fen <= accrued_fen AND accrued_fen <= committed_fen", name="never_more"
        ),
    )
    contract: Mapped[str] = mapped_column(String(16), index=True)  # public id of the agreement
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"), index=True)
    order: Mapped[int] = mapped_column(Integer)  # the last source takes the odd fen
    committed_fen: Mapped[int] = mapped_column(BigInteger)
    accrued_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_fen: Mapped[int] = mapped_column(BigInteger, default=0)
    budget_line: Mapped[BudgetLine] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.budget_line.parties()
