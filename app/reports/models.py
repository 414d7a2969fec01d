"""An organization's report for one year, its sections and evidence, what was asked to be corrected, and lateness."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.core.db import Record
from app.core.files import StoredFile
from app.core.words import N_
from app.registry.models import KINDS
from app.reports.lifecycle import REPORT

RESULTS = {"pass": N_("合格"), "basic": N_("基本合格"), "fail": N_("不合格")}
OPINIONS = {"agree": N_("同意报送"), "reserve": N_("同意报送，但有意见")}
EVIDENCE = {"audit": N_("注册会计师审计报告"), "opinion": N_("业务主管单位初审意见"), "other": N_("其他材料")}


class AnnualReport(Record):
    """The report of one organization for one year; `held` is what the register said when it was handed in."""

    __tablename__ = "annual_report"
    __table_args__ = (
        UniqueConstraint("body_id", "year"),
        CheckConstraint(REPORT.check_sql(), name="state"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint("year BETWEEN 1990 AND 2200", name="year"),
        CheckConstraint(f"result IS NULL OR result IN {tuple(RESULTS)}", name="result"),
        CheckConstraint("state <> 'decided' OR result IS NOT NULL", name="decided_with_result"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="maker_not_checker"),
        CheckConstraint(
            "state IN ('draft', 'with_supervisor', 'examined') OR submitted_at IS NOT NULL", name="handed_in_when"
        ),
    )  # fmt: skip
    lifecycle = REPORT
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    state: Mapped[str] = mapped_column(String(16), index=True)
    year: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date]
    supervisor_due_on: Mapped[date | None]
    supervisor_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    held: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    handed_in_at: Mapped[datetime | None]
    opinion: Mapped[str | None] = mapped_column(String(10))
    opinion_text: Mapped[str] = mapped_column(Text, default="")
    opinion_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    opinion_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    late: Mapped[bool] = mapped_column(Boolean, default=False)
    proposed_result: Mapped[str | None] = mapped_column(String(8))
    proposed_reasons: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    objection: Mapped[str] = mapped_column(Text, default="")  # why the second registrar gave it back
    result: Mapped[str | None] = mapped_column(String(8))
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    body: Mapped[Body] = relationship(foreign_keys=[body_id], lazy="joined")
    supervisor: Mapped[Body | None] = relationship(foreign_keys=[supervisor_id])
    paper: Mapped[StoredFile | None] = relationship()
    sections: Mapped[list["ReportSection"]] = relationship(back_populates="report", order_by="ReportSection.order")
    evidence: Mapped[list["ReportEvidence"]] = relationship(back_populates="report", order_by="ReportEvidence.id")
    corrections: Mapped[list["ReportCorrection"]] = relationship(
        back_populates="report", order_by="ReportCorrection.id"
    )

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.body_id}, "supervisor": {self.supervisor_id} if self.supervisor_id else set()}


class ReportSection(Record):
    """One section as it was last saved: plain values by field. Each has its own version, so tabs do not collide."""

    __tablename__ = "report_section"
    __table_args__ = (UniqueConstraint("report_id", "key"),)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"), index=True)
    key: Mapped[str] = mapped_column(String(24))
    order: Mapped[int] = mapped_column(Integer)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime | None]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    report: Mapped[AnnualReport] = relationship(back_populates="sections")

    def parties(self) -> dict[str, set[int]]:
        return self.report.parties()


class ReportEvidence(Record):
    """A file handed in with a report; one that was replaced or taken out stays, not current."""

    __tablename__ = "report_evidence"
    __table_args__ = (CheckConstraint(f"kind IN {tuple(EVIDENCE)}", name="kind"),)
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    note: Mapped[str] = mapped_column(String(200), default="")
    current: Mapped[bool] = mapped_column(Boolean, default=True)
    report: Mapped[AnnualReport] = relationship(back_populates="evidence")
    file: Mapped[StoredFile] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.report.parties()


class ReportCorrection(Record):
    """One item a registrar asked to be corrected, and the organization's answer to it."""

    __tablename__ = "report_correction"
    report_id: Mapped[int] = mapped_column(ForeignKey("annual_report.id"), index=True)
    section: Mapped[str] = mapped_column(String(24))
    asked: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    report: Mapped[AnnualReport] = relationship(back_populates="corrections")

    def parties(self) -> dict[str, set[int]]:
        return self.report.parties()


class OverdueReport(Record):
    """The mark that an organization's report for a year was not there when its time was over."""

    __tablename__ = "overdue_report"
    __table_args__ = (UniqueConstraint("body_id", "year"), CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    year: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    due_on: Mapped[date]
    found_on: Mapped[date]
    settled_on: Mapped[date | None]  # the day it was handed in after all
    stretch: Mapped[str] = mapped_column(String(40), index=True)  # the turn of the sweep that found it
    body: Mapped[Body] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.body_id}}


class OverdueSweep(Record):
    """One walk over the register in search of missing reports; goes on where it was interrupted."""

    __tablename__ = "overdue_sweep"
    week: Mapped[date] = mapped_column(unique=True)  # its Monday
    after: Mapped[int] = mapped_column(default=0)  # the last organization looked at
    found: Mapped[int] = mapped_column(Integer, default=0)
    finished: Mapped[bool] = mapped_column(Boolean, default=False)
