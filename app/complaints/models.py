"""A letter from the public: what was asked (sealed), what is shown of it, who answers by when, and the answer."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.complaints.lifecycle import COMPLAINT
from app.core.db import Base, Record
from app.core.words import N_

KINDS = {"question": N_("咨询"), "complaint": N_("投诉"), "suggestion": N_("建议")}
SUBJECTS = {"organization": N_("社会组织"), "project": N_("采购项目"), "general": N_("一般事项")}
TOPICS = {
    "quality": N_("服务质量"),
    "fees": N_("收费"),
    "conduct": N_("服务态度与纪律"),
    "access": N_("服务获取与安排"),
    "money": N_("资金使用与财务公开"),
    "registration": N_("登记与年度报告"),
    "purchase": N_("采购与合同"),
    "privacy": N_("个人信息"),
    "other": N_("其他"),
}
REFUSALS = {
    "abusive": N_("内容含有侮辱、恐吓或者明显虚假的信息"),
    "unclear": N_("看不出具体事项，也无法补充"),
    "elsewhere": N_("属于诉讼、仲裁或者其他法定程序处理的事项"),
    "repeated": N_("同一事项已经答复，没有新的内容"),
}


class Complaint(Record):
    """One question, complaint or suggestion.

    `asked_title`, `asked_text` and `contact` are sealed with the home's key and never logged; `title` and `text` are
    what whoever sorts made public, with personal data hidden. `key_digest` is of the secret in the asker's link.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint(COMPLAINT.check_sql(), name="state"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint(f"subject IN {tuple(SUBJECTS)}", name="subject"),
        CheckConstraint(f"topic IN {tuple(TOPICS)}", name="topic"),
        CheckConstraint("state <> 'answered' OR (answer <> '' AND answered_on IS NOT NULL)", name="answered"),
    )
    lifecycle = COMPLAINT
    unlogged: ClassVar[frozenset[str]] = frozenset({"asked_title", "asked_text", "contact", "key_digest"})

    state: Mapped[str] = mapped_column(String(12), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    topic: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[str] = mapped_column(String(16), default="", index=True)  # public id of what it is about
    subject_name: Mapped[str] = mapped_column(String(200), default="")
    about_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)  # who is to answer
    asked_title: Mapped[bytes] = mapped_column(LargeBinary)
    asked_text: Mapped[bytes] = mapped_column(LargeBinary)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    received_on: Mapped[date]
    sort_by: Mapped[date]
    due_on: Mapped[date]
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(String(300), default="")
    overdue_on: Mapped[date | None]  # the day the time limit was found to have passed
    forwards: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # on, from, to, reason
    title: Mapped[str] = mapped_column(String(100), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    sorted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    refusal: Mapped[str] = mapped_column(String(12), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    statement: Mapped[str] = mapped_column(Text, default="")
    statement_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(String(300), default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    review_note: Mapped[str] = mapped_column(String(300), default="")
    answered_on: Mapped[date | None]
    satisfied: Mapped[bool | None] = mapped_column(Boolean)
    judged_on: Mapped[date | None]
    body: Mapped[Body] = relationship(foreign_keys=[body_id], lazy="joined")
    about: Mapped[Body | None] = relationship(foreign_keys=[about_body_id])
    earlier: Mapped["Complaint | None"] = relationship(remote_side="Complaint.id")

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.body_id}, "supplier": {self.about_body_id} if self.about_body_id else set()}

    @property
    def shown(self) -> bool:
        """Whether its text may be read by everybody: it was taken on and its personal data hidden."""
        return bool(self.title)

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state in ("received", "accepted", "drafted")


class SentFrom(Base):
    """How many letters a network address sent on a day. Only a digest with that day's salt is kept, for two days."""

    __tablename__ = "complaint_sent_from"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    count: Mapped[int] = mapped_column(Integer)
