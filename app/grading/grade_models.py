"""Grades held, five years each, and proposals to lower or cancel one (C-20, C-23)."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Record
from app.core.files import StoredFile
from app.grading.lifecycle import GRADE, REDUCTION
from app.registry.models import Organization
from app.rules.grading import TRIGGERS


class Grade(Record):
    """A grade an organization holds or held: 1 … 5, from and until which day, with its certificate."""

    __tablename__ = "grade"
    __table_args__ = (
        CheckConstraint(GRADE.check_sql(), name="state"),
        CheckConstraint("grade BETWEEN 1 AND 5", name="grade"),
        CheckConstraint("since <= until", name="period"),
    )
    lifecycle = GRADE
    state: Mapped[str] = mapped_column(String(12), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("grading_application.id"))
    kind: Mapped[str] = mapped_column(String(16))
    grade: Mapped[int] = mapped_column(Integer)
    since: Mapped[date]
    until: Mapped[date]  # the last day
    number: Mapped[str] = mapped_column(String(60), unique=True)
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    ended_on: Mapped[date | None]
    return_by: Mapped[date | None]
    returned_on: Mapped[date | None]
    organization: Mapped[Organization] = relationship(lazy="joined")
    certificate: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.body_id}, "authority": {self.department_id}}


class GradeReduction(Record):
    """A proposal to lower a grade, or with `to_grade` 0 to cancel it; the organization is heard before (C-23)."""

    __tablename__ = "grade_reduction"
    __table_args__ = (
        CheckConstraint(REDUCTION.check_sql(), name="state"),
        CheckConstraint("to_grade BETWEEN 0 AND 4", name="to_grade"),
        CheckConstraint(f"ground IN {tuple(TRIGGERS)}", name="ground"),
    )
    lifecycle = REDUCTION
    state: Mapped[str] = mapped_column(String(12))
    grade_id: Mapped[int] = mapped_column(ForeignKey("grade.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    to_grade: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_on: Mapped[date]
    answer_by: Mapped[date]
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    remark: Mapped[str] = mapped_column(Text, default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    grade: Mapped[Grade] = relationship(lazy="joined")
    decision: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.grade.parties() if self.grade else {}
