"""Monthly figures, kept one by one so that totals are computed (S08), and acceptances with users' opinions."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.agreements.models import Agreement
from app.core.db import Record
from app.core.files import StoredFile


class DeliveryReport(Record):
    """One sheet of figures an organization handed in for its contract; the figures hang on it."""

    __tablename__ = "delivery_report"
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    months: Mapped[list[str]] = mapped_column(JSON)  # 2026-07 …
    left_out: Mapped[list[str]] = mapped_column(JSON)  # columns that belong to another lot, said on the page
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    agreement: Mapped[Agreement] = relationship(lazy="joined")
    file: Mapped[StoredFile] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.agreement.parties() if self.agreement else {}


class ServiceFigure(Record):
    """One measure of one month in one community: whole numbers, money in fen."""

    __tablename__ = "service_figure"
    __table_args__ = (
        UniqueConstraint("agreement_id", "month", "community", "measure"),
        CheckConstraint("amount >= 0", name="amount"),
    )
    report_id: Mapped[int] = mapped_column(ForeignKey("delivery_report.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    month: Mapped[str] = mapped_column(String(7))
    community: Mapped[str] = mapped_column(String(80))
    measure: Mapped[str] = mapped_column(String(30))
    amount: Mapped[int] = mapped_column(BigInteger)
    agreement: Mapped[Agreement] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.agreement.parties() if self.agreement else {}


class Acceptance(Record):
    """The officer's acceptance of a period, item by item, with the opinion of service users (B-66)."""

    __tablename__ = "acceptance"
    __table_args__ = (
        CheckConstraint("verdict IN ('passed', 'rectify', 'refused')", name="verdict"),
        CheckConstraint("period_to >= period_from", name="period"),
        CheckConstraint("(verdict = 'rectify') = (repair_by IS NOT NULL)", name="repair_by"),
    )
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    period_from: Mapped[date]
    period_to: Mapped[date]
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # name, promised, delivered, verdict
    verdict: Mapped[str] = mapped_column(String(10))
    remark: Mapped[str] = mapped_column(Text, default="")
    repair_by: Mapped[date | None]  # when the verdict is to put things right first
    users_asked: Mapped[int] = mapped_column(Integer)
    users_satisfied: Mapped[int] = mapped_column(Integer)
    users_opinion: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    agreement: Mapped[Agreement] = relationship(lazy="joined")
    report: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.agreement.parties() if self.agreement else {}
