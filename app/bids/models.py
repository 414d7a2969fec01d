"""Sealed bids, the shares that keyholders release after the deadline, the opening, and what the bids said."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.bids.lifecycle import SEALED_BID
from app.core.db import Record
from app.core.files import StoredFile
from app.plans.models import Lot
from app.tenders.models import Keyholder, Tender


class SealedBid(Record):
    """A bid as it was handed in: bytes nobody here can read, their fingerprint, and the moment they arrived."""

    __tablename__ = "sealed_bid"
    __table_args__ = (
        CheckConstraint(SEALED_BID.check_sql(), name="state"),
        Index(
            "uq_sealed_bid_one_held",
            "tender_id",
            "lot_id",
            "bidder_id",
            unique=True,
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
        CheckConstraint("size > 0", name="size"),
    )
    lifecycle = SEALED_BID
    state: Mapped[str] = mapped_column(String(12))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    receipt_no: Mapped[str] = mapped_column(
        String(60), unique=True
    )  # ends at random: a count would tell who came before
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    sealed_sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime]
    handed_in_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("sealed_bid.id"))
    ended_at: Mapped[datetime | None]
    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot] = relationship(lazy="joined")
    bidder: Mapped[Body] = relationship(lazy="joined")
    file: Mapped[StoredFile] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"supplier": {self.bidder_id}, **_of_tender(self)}


class ShareRelease(Record):
    """The share one keyholder released for one bid after the deadline; one that fails its commitment is kept as bad."""

    __tablename__ = "share_release"
    __table_args__ = (UniqueConstraint("keyholder_id", "sealed_bid_id"),)
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    keyholder_id: Mapped[int] = mapped_column(ForeignKey("keyholder.id"))
    sealed_bid_id: Mapped[int] = mapped_column(ForeignKey("sealed_bid.id"), index=True)
    share: Mapped[str] = mapped_column(Text)  # base64; empty when the keyholder could not decrypt it
    good: Mapped[bool] = mapped_column(Boolean)
    fault: Mapped[str] = mapped_column(String(200), default="")
    keyholder: Mapped[Keyholder] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.keyholder.person_id}} if self.keyholder else {}


class Opening(Record):
    """The opening of a tender: when, by whom, and its record on paper."""

    __tablename__ = "opening"
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), unique=True)
    opened_at: Mapped[datetime]
    keyholders: Mapped[list[str]] = mapped_column(JSON)  # who came: standing and name
    record_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    tender: Mapped[Tender] = relationship()
    record: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.tender.parties() if self.tender else {}


class Bid(Record):
    """What an opened bid says. `price_fen` is the price read out; `valid` is false when the package was no good."""

    __tablename__ = "opened_bid"
    __table_args__ = (CheckConstraint("NOT valid OR price_fen > 0", name="price"),)
    sealed_bid_id: Mapped[int] = mapped_column(ForeignKey("sealed_bid.id"), unique=True)
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    bidder_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    price_fen: Mapped[int] = mapped_column(BigInteger)
    price_words: Mapped[str] = mapped_column(String(120), default="")
    declaration: Mapped[dict[str, Any]] = mapped_column(JSON)
    technical: Mapped[str] = mapped_column(Text, default="")
    business: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # name, phone, email; never on public pages
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # name, media_type, sha256, size
    valid: Mapped[bool] = mapped_column(Boolean)
    fault: Mapped[str] = mapped_column(String(300), default="")
    tender: Mapped[Tender] = relationship()
    lot: Mapped[Lot] = relationship(lazy="joined")
    bidder: Mapped[Body] = relationship(lazy="joined")
    sealed: Mapped[SealedBid] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"supplier": {self.bidder_id}, **_of_tender(self)}


def _of_tender(record: SealedBid | Bid) -> dict[str, set[int]]:
    return {"buyer": {record.tender.buyer_id}, "supervisor": {record.tender.supervisor_id}} if record.tender else {}
