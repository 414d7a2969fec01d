"""A tender over the lots of an approved project, and its keyholders."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body, Person
from app.core.db import Record
from app.core.files import StoredFile
from app.core.words import N_
from app.plans.models import Project
from app.tenders.lifecycle import TENDER

FAILURES = {  # 采购法第三十六条 (B-56)
    "too_few": N_("符合条件的供应商或者作实质响应的供应商不足法定家数"),
    "violation": N_("出现影响采购公正的违法、违规行为"),
    "over_budget": N_("投标人的报价均超过采购预算，采购人不能支付"),
    "task_cancelled": N_("因重大变故，采购任务取消"),
}


class Tender(Record):
    """One run of a procurement procedure. All moments are the portal's; the medium's time starts the clocks (B-19)."""

    __tablename__ = "tender"
    __table_args__ = (
        CheckConstraint(TENDER.check_sql(), name="state"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR (medium_url <> '' AND medium_published_at IS NOT NULL"
            " AND closes_at IS NOT NULL AND closes_at > medium_published_at)",
            name="published_with_medium",
        ),
        CheckConstraint("state <> 'failed' OR failure_reason <> ''", name="failed_with_reason"),
    )
    lifecycle = TENDER
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    medium_name: Mapped[str] = mapped_column(String(120), default="")
    medium_url: Mapped[str] = mapped_column(String(300), default="")
    medium_published_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    threshold: Mapped[int] = mapped_column(Integer, default=3)
    seal_page_sha256: Mapped[str] = mapped_column(String(64), default="")
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    failure_ground: Mapped[str] = mapped_column(String(16), default="")  # a key of FAILURES (B-56)
    failure_reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    project: Mapped[Project] = relationship(lazy="joined")
    buyer: Mapped[Body] = relationship(foreign_keys=[buyer_id])
    notice: Mapped[StoredFile | None] = relationship()
    keyholders: Mapped[list["Keyholder"]] = relationship(back_populates="tender", order_by="Keyholder.order")

    def parties(self) -> dict[str, set[int]]:
        return {
            "buyer": {self.buyer_id},
            "supervisor": {self.supervisor_id},
            "named": {k.person_id for k in self.keyholders},
        }


class Keyholder(Record):
    """One of the people among whom the keys of a tender's bids are split; any `threshold` of them open."""

    __tablename__ = "keyholder"
    __table_args__ = (UniqueConstraint("tender_id", "order"), UniqueConstraint("tender_id", "person_id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    order: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    standing: Mapped[str] = mapped_column(String(60))  # 采购人, 财政监督, 纪检或公证 …
    recipient: Mapped[str] = mapped_column(String(80))  # age1…, empty until the keyholder has registered a key
    tender: Mapped[Tender] = relationship(back_populates="keyholders")
    person: Mapped[Person] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.person_id}, "buyer": {self.tender.buyer_id} if self.tender else set()}
