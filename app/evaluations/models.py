"""An evaluation of a project at one stage, the score of each indicator, and the organizations' replies."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body, Person
from app.core.db import Record
from app.core.files import StoredFile
from app.evaluations.lifecycle import EVALUATION
from app.plans.models import Indicator, Project

STAGES = ("mid_term", "final")


class Evaluation(Record):
    """One evaluation round by an independent body. `total_centi` in hundredths of a point (D-02)."""

    __tablename__ = "evaluation"
    __table_args__ = (
        CheckConstraint(EVALUATION.check_sql(), name="state"),
        CheckConstraint(f"stage IN {STAGES}", name="stage"),
        CheckConstraint(
            "state IN ('assigned', 'declared', 'declined') OR (total_centi IS NOT NULL AND band IS NOT NULL"
            " AND passed IS NOT NULL)",
            name="scored_with_total",
        ),
    )
    lifecycle = EVALUATION
    state: Mapped[str] = mapped_column(String(12))
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    stage: Mapped[str] = mapped_column(String(10))
    months: Mapped[int] = mapped_column(Integer)  # how many months of delivery it looks at
    evaluator_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    declaration: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime | None]
    total_centi: Mapped[int | None] = mapped_column(Integer)
    band: Mapped[str | None] = mapped_column(String(8))
    passed: Mapped[bool | None] = mapped_column(Boolean)
    summary: Mapped[str] = mapped_column(Text, default="")
    scored_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    project: Mapped[Project] = relationship(lazy="joined")
    evaluator: Mapped[Body] = relationship(foreign_keys=[evaluator_id], lazy="joined")
    person: Mapped[Person | None] = relationship()
    report: Mapped[StoredFile | None] = relationship()
    scores: Mapped[list["IndicatorScore"]] = relationship(back_populates="evaluation", order_by="IndicatorScore.id")
    replies: Mapped[list["Reply"]] = relationship(back_populates="evaluation", order_by="Reply.id")

    def parties(self) -> dict[str, set[int]]:
        from app.evaluations.queries import supplier_ids

        return {
            "buyer": {self.buyer_id},
            "evaluator": {self.evaluator_id},
            "supplier": supplier_ids(self.project_id),
            "supervisor": {self.project.supervisor_id} if self.project else set(),
        }


class IndicatorScore(Record):
    """What was found for one indicator and the points it gives; for a veto item, whether it is upheld (D-13)."""

    __tablename__ = "indicator_score"
    __table_args__ = (UniqueConstraint("evaluation_id", "indicator_id"),)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), index=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    actual: Mapped[str] = mapped_column(String(20))  # exact decimal
    target: Mapped[str] = mapped_column(String(20))  # the target that applied at this stage
    score_centi: Mapped[int] = mapped_column(Integer)
    computed: Mapped[bool] = mapped_column(Boolean, default=False)  # taken from the delivery figures
    upheld: Mapped[bool] = mapped_column(Boolean, default=False)
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    evaluation: Mapped[Evaluation] = relationship(back_populates="scores")
    indicator: Mapped[Indicator] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"evaluator": {self.evaluation.evaluator_id}} if self.evaluation else {}


class Reply(Record):
    """An organization's reply to its evaluation; published with it."""

    __tablename__ = "evaluation_reply"
    __table_args__ = (UniqueConstraint("evaluation_id", "supplier_id"),)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    text: Mapped[str] = mapped_column(Text)
    accepted: Mapped[bool] = mapped_column(Boolean)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    evaluation: Mapped[Evaluation] = relationship(back_populates="replies")
    supplier: Mapped[Body] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"supplier": {self.supplier_id}}
