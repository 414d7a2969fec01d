"""Qualification, committee, members' scores, low-price reviews, the ranking of a lot, and the award."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body, Person
from app.awards.lifecycle import AWARD
from app.bids.models import Bid
from app.core.db import Record
from app.core.files import StoredFile
from app.plans.models import Lot
from app.tenders.models import Tender


class Qualification(Record):
    """The purchaser's side's verdict on one bid's qualification (B-46), with the checks it rests on."""

    __tablename__ = "qualification"
    bid_id: Mapped[int] = mapped_column(ForeignKey("opened_bid.id"), unique=True)
    passed: Mapped[bool] = mapped_column(Boolean)
    checks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # rule, text, passed
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bid: Mapped[Bid] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.bid.parties() if self.bid else {}


class CommitteeMember(Record):
    """A member of the committee; scores only after declaring that no tie to a bidder stands in the way (B-29)."""

    __tablename__ = "committee_member"
    __table_args__ = (
        UniqueConstraint("tender_id", "person_id"),
        CheckConstraint("kind IN ('expert', 'representative')", name="kind"),
    )
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(16))
    order: Mapped[int] = mapped_column(Integer)
    drawn_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    conflict: Mapped[str] = mapped_column(Text, default="")  # what was declared; empty = none
    recused: Mapped[bool] = mapped_column(Boolean, default=False)
    person: Mapped[Person] = relationship(lazy="joined")
    tender: Mapped[Tender] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.person_id}, "buyer": {self.tender.buyer_id} if self.tender else set()}


class MemberScore(Record):
    """One member's marks for one bid, in hundredths of a point."""

    __tablename__ = "member_score"
    __table_args__ = (
        UniqueConstraint("bid_id", "member_id"),
        CheckConstraint("technical_centi >= 0 AND business_centi >= 0", name="marks"),
    )
    bid_id: Mapped[int] = mapped_column(ForeignKey("opened_bid.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("committee_member.id"), index=True)
    technical_centi: Mapped[int] = mapped_column(Integer)
    business_centi: Mapped[int] = mapped_column(Integer)
    comment: Mapped[str] = mapped_column(Text, default="")
    scored_at: Mapped[datetime]
    correction: Mapped[str] = mapped_column(String(12), default="")  # a key of CHANGE_REASONS (B-57)
    member: Mapped[CommitteeMember] = relationship(lazy="joined")
    bid: Mapped[Bid] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.member.person_id}} if self.member else {}


class LowPriceReview(Record):
    """The review of an abnormally low price (B-55): which trigger started it, the answer, and the verdict."""

    __tablename__ = "low_price_review"
    bid_id: Mapped[int] = mapped_column(ForeignKey("opened_bid.id"), unique=True)
    triggers: Mapped[list[str]] = mapped_column(JSON)  # mean, second, ceiling, experts
    asked_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(Integer)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    bid: Mapped[Bid] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.bid.parties() if self.bid else {}


class LotResult(Record):
    """The ranking of a lot as the report states it. `ranking` rows: see ranking.py."""

    __tablename__ = "lot_result"
    __table_args__ = (UniqueConstraint("tender_id", "lot_id"),)
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    ranking: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    failure: Mapped[str] = mapped_column(Text, default="")  # why the lot has no result; the others go on (B-56)
    draw: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # seed and order of a draw (B-53)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot] = relationship(lazy="joined")
    report: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.tender.parties() if self.tender else {}


class Award(Record):
    """The buyer's decision for one lot, and the notices that follow from it."""

    __tablename__ = "award"
    __table_args__ = (
        Index(
            "uq_award_one_standing",
            "tender_id",
            "lot_id",
            unique=True,
            sqlite_where=text("state <> 'void'"),
            postgresql_where=text("state <> 'void'"),
        ),
        CheckConstraint(AWARD.check_sql(), name="state"),
        CheckConstraint("state <> 'void' OR void_reason <> ''", name="void_with_reason"),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint("state NOT IN ('announced', 'contracted') OR medium_url <> ''", name="announced_with_medium"),
    )
    lifecycle = AWARD
    state: Mapped[str] = mapped_column(String(12))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    bid_id: Mapped[int] = mapped_column(ForeignKey("opened_bid.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    late_reason: Mapped[str] = mapped_column(Text, default="")  # why the buyer decided after the fifth working day
    void_reason: Mapped[str] = mapped_column(Text, default="")
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    medium_url: Mapped[str] = mapped_column(String(300), default="")
    announced_at: Mapped[datetime | None]
    result_notice_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot] = relationship(lazy="joined")
    bid: Mapped[Bid] = relationship()
    supplier: Mapped[Body] = relationship(lazy="joined")
    notice: Mapped[StoredFile | None] = relationship(foreign_keys=[notice_id])
    result_notice: Mapped[StoredFile | None] = relationship(foreign_keys=[result_notice_id])

    def parties(self) -> dict[str, set[int]]:
        tender = {"buyer": {self.tender.buyer_id}, "supervisor": {self.tender.supervisor_id}} if self.tender else {}
        return {"supplier": {self.supplier_id}, **tender}
