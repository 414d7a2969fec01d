"""Rounds and their committees, applications with answers, experts, scores and votes, objections."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body, Person
from app.core.db import Record
from app.core.files import StoredFile
from app.core.words import N_
from app.grading import grade_models as grade_models
from app.grading.lifecycle import GRADING, OBJECTION, ROUND
from app.grading.scheme_models import GradingItem, GradingScheme
from app.registry.models import Organization

COMMITTEES = {"evaluation": N_("评估委员会"), "review": N_("复核委员会"), "none": N_("不再担任")}


class GradingRound(Record):
    """One department's round for one year, with the cut-offs that bound its place when it was opened (C-21, C-33)."""

    __tablename__ = "grading_round"
    __table_args__ = (
        CheckConstraint(ROUND.check_sql(), name="state"),
        CheckConstraint("apply_from <= apply_until", name="period"),
    )
    lifecycle = ROUND
    state: Mapped[str] = mapped_column(String(12))
    department_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    year: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(120))
    notice: Mapped[str] = mapped_column(Text, default="")
    apply_from: Mapped[date]
    apply_until: Mapped[date]
    cuts: Mapped[dict[str, int]] = mapped_column(JSON)  # grade → least points
    cuts_source: Mapped[str] = mapped_column(String(300))
    schemes: Mapped[dict[str, str]] = mapped_column(JSON)  # kind → public id of the scheme
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    department: Mapped[Body] = relationship(lazy="joined")
    members: Mapped[list["GradingMember"]] = relationship(back_populates="round", order_by="GradingMember.id")

    def parties(self) -> dict[str, set[int]]:
        return {"authority": {self.department_id}}

    @property
    def cut_offs(self) -> dict[int, int]:
        """Grade → least points, from the highest down."""
        return {int(grade): points for grade, points in sorted(self.cuts.items(), reverse=True)}


class GradingMember(Record):
    """A named member of the evaluation or the review committee of a round (C-33)."""

    __tablename__ = "grading_member"
    __table_args__ = (
        UniqueConstraint("round_id", "person_id"),
        CheckConstraint(f"committee IN {tuple(COMMITTEES)}", name="committee"),
    )
    round_id: Mapped[int] = mapped_column(ForeignKey("grading_round.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    committee: Mapped[str] = mapped_column(String(12))
    round: Mapped[GradingRound] = relationship(back_populates="members", lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.person_id}, **(self.round.parties() if self.round else {})}


class GradingApplication(Record):
    """One organization's way through a round. Self points whole, `total_centi` the experts' mean in hundredths."""

    __tablename__ = "grading_application"
    __table_args__ = (
        CheckConstraint(GRADING.check_sql(), name="state"),
        CheckConstraint(
            "state NOT IN ('concluded', 'publicized', 'decided') OR (total_centi IS NOT NULL AND grade IS NOT NULL)",
            name="concluded_with_grade",
        ),
        CheckConstraint("grade IS NULL OR grade BETWEEN 0 AND 5", name="grade"),
    )
    lifecycle = GRADING
    state: Mapped[str] = mapped_column(String(12))
    round_id: Mapped[int] = mapped_column(ForeignKey("grading_round.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    scheme_id: Mapped[int] = mapped_column(ForeignKey("grading_scheme.id"))
    investigated: Mapped[bool] = mapped_column(Boolean, default=False)
    submitted_at: Mapped[datetime | None]
    sent_back: Mapped[str] = mapped_column(Text, default="")
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]
    inspections: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # year → result, from paper on acceptance
    inspections_source: Mapped[str] = mapped_column(String(300), default="")
    reasons: Mapped[str] = mapped_column(Text, default="")  # why it was refused or given back to the experts
    self_points: Mapped[int | None] = mapped_column(Integer)
    total_centi: Mapped[int | None] = mapped_column(Integer)
    grade: Mapped[int | None] = mapped_column(Integer)  # 0: below the lowest cut-off
    turn: Mapped[int] = mapped_column(Integer, default=1)  # which vote of the evaluation committee it stands at
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    publicized_on: Mapped[date | None]
    publicized_until: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    remark: Mapped[str] = mapped_column(Text, default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    round: Mapped[GradingRound] = relationship(lazy="joined")
    organization: Mapped[Organization] = relationship(lazy="joined")
    scheme: Mapped[GradingScheme] = relationship()
    decision: Mapped[StoredFile | None] = relationship()
    answers: Mapped[list["GradingAnswer"]] = relationship(back_populates="application")
    seats: Mapped[list["GradingSeat"]] = relationship(back_populates="application", order_by="GradingSeat.order")

    def parties(self) -> dict[str, set[int]]:
        return {
            "self": {self.body_id},
            "authority": {self.department_id},
            "named": {seat.person_id for seat in self.seats if not seat.recused}
            | {member.person_id for member in (self.round.members if self.round else ())},
        }


class GradingAnswer(Record):
    """What the organization says of one item: the points it gives itself, how, and its evidence."""

    __tablename__ = "grading_answer"
    __table_args__ = (UniqueConstraint("application_id", "item_id"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("grading_application.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("grading_item.id"))
    points: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")
    held: Mapped[str] = mapped_column(Text, default="")  # what the register said when the sheet was made (S09)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    application: Mapped[GradingApplication] = relationship(back_populates="answers")
    item: Mapped[GradingItem] = relationship(lazy="joined")
    evidence: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.application.parties() if self.application else {}


class GradingSeat(Record):
    """One expert of the team for one application: drawn, declaring, scoring or standing aside (C-33)."""

    __tablename__ = "grading_seat"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("grading_application.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    order: Mapped[int] = mapped_column(Integer)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str] = mapped_column(String(64))  # the log's root the draw was made from: anybody can draw again
    declared_at: Mapped[datetime | None]
    conflict: Mapped[str] = mapped_column(Text, default="")
    recused: Mapped[bool] = mapped_column(Boolean, default=False)
    handed_in_at: Mapped[datetime | None]
    application: Mapped[GradingApplication] = relationship(back_populates="seats", lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")
    scores: Mapped[list["GradingScore"]] = relationship(back_populates="seat")

    def parties(self) -> dict[str, set[int]]:
        mine: dict[str, set[int]] = {"named": {self.person_id}}
        return {**mine, "authority": {self.application.department_id}} if self.application else mine


class GradingScore(Record):
    """What one expert found on the spot for one item: points, why, and the evidence seen."""

    __tablename__ = "grading_score"
    __table_args__ = (UniqueConstraint("seat_id", "item_id"),)
    seat_id: Mapped[int] = mapped_column(ForeignKey("grading_seat.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("grading_item.id"))
    points: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="")
    seat: Mapped[GradingSeat] = relationship(back_populates="scores")
    item: Mapped[GradingItem] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.seat.parties() if self.seat else {}


class GradingObjection(Record):
    """A written objection within the publicity period, verified and voted on by the review committee (C-24)."""

    __tablename__ = "grading_objection"
    __table_args__ = (CheckConstraint(OBJECTION.check_sql(), name="state"),)
    lifecycle = OBJECTION
    state: Mapped[str] = mapped_column(String(12))
    application_id: Mapped[int] = mapped_column(ForeignKey("grading_application.id"), index=True)
    objector: Mapped[str] = mapped_column(String(120))  # never public
    text: Mapped[str] = mapped_column(Text)
    made_on: Mapped[date]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    verified: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[int | None] = mapped_column(Integer)  # the total put to the vote; whole points
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    application: Mapped[GradingApplication] = relationship(lazy="joined")
    paper: Mapped[StoredFile | None] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return self.application.parties() if self.application else {}


class GradingVote(Record):
    """One named vote: of an evaluation member on the proposed grade, or of a review member on an objection (C-24)."""

    __tablename__ = "grading_vote"
    __table_args__ = (UniqueConstraint("member_id", "subject"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("grading_application.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("grading_member.id"))
    subject: Mapped[str] = mapped_column(String(40), index=True)  # application and turn, or the objection
    agrees: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str] = mapped_column(Text, default="")
    recused: Mapped[bool] = mapped_column(Boolean, default=False)
    voted_at: Mapped[datetime]
    application: Mapped[GradingApplication] = relationship(lazy="joined")
    member: Mapped[GradingMember] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return self.member.parties() if self.member else {}
