"""The social-organization record of a body, the imports it may come from, and dated facts about its standing."""

from datetime import date
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
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body, Person
from app.core.db import Base, Record
from app.core.files import StoredFile
from app.core.words import N_
from app.registry.lifecycle import IMPORT, ORGANIZATION

KINDS = {
    "association": N_("社会团体"),
    "service": N_("社会服务机构（民办非企业单位）"),
    "foundation": N_("基金会"),
}
FACT_KINDS = {
    "serious_list": N_("严重违法失信名单"),
    "abnormal_list": N_("活动异常名录"),
    "ban": N_("禁止参加政府采购"),
    "penalty": N_("行政处罚"),
}


class Organization(Record):
    """What the register holds of one social organization beside its body (name, credit code, address)."""

    __tablename__ = "organization"
    __table_args__ = (
        CheckConstraint(ORGANIZATION.check_sql(), name="state"),
        CheckConstraint(f"kind IN {tuple(KINDS)}", name="kind"),
        CheckConstraint("capital_fen IS NULL OR capital_fen >= 0", name="capital"),
        *(Index(None, column, "id") for column in ("capital_fen", "established_on", "grade")),  # what lists sort by
    )
    lifecycle = ORGANIZATION
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16), index=True)
    licence_no: Mapped[str | None] = mapped_column(String(60))
    org_code: Mapped[str | None] = mapped_column(String(9), index=True)  # GB 11714, without hyphen
    org_code_verified: Mapped[bool] = mapped_column(Boolean, default=False)
    registrar: Mapped[str] = mapped_column(String(120), default="")
    supervising_unit: Mapped[str] = mapped_column(String(200), default="")
    legal_representative: Mapped[str | None] = mapped_column(String(80), index=True)
    established_on: Mapped[date | None]
    capital_fen: Mapped[int | None] = mapped_column(BigInteger)
    scope: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[str] = mapped_column(String(300), default="")  # joined by 、
    fundraising: Mapped[str | None] = mapped_column(String(10))  # public, non_public
    charity_since: Mapped[date | None]  # registered or recognized as a charity (慈善组织) on that day
    postcode: Mapped[str | None] = mapped_column(String(6))
    province: Mapped[str | None] = mapped_column(String(40))
    city: Mapped[str | None] = mapped_column(String(60))
    grade: Mapped[int | None] = mapped_column(Integer)
    grade_until: Mapped[date | None]  # the last day of the grade, where it is known
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    part: Mapped[str | None] = mapped_column(String(16))  # public id of the import, or of the part of it, it came with
    body: Mapped[Body] = relationship(lazy="joined")

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.body_id}}


class ImportBatch(Record):
    """One sheet handed in: read, previewed, then confirmed once and applied, or discarded.

    A small sheet is applied in the transaction that confirms it, a larger one by the worker, part by part.
    """

    __tablename__ = "import_batch"
    __table_args__ = (CheckConstraint(IMPORT.check_sql(), name="state"),)
    lifecycle = IMPORT
    state: Mapped[str] = mapped_column(String(12))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    name: Mapped[str] = mapped_column(String(255))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)  # rows, accepted, normalised, refused, new, unchanged, changed
    sample: Mapped[list[dict[str, object]]] = mapped_column(JSON)  # the rows that need a look, at most 200
    shown_digest: Mapped[str | None] = mapped_column(String(64))  # of what the preview said of every row
    added: Mapped[int | None] = mapped_column(Integer)
    changed: Mapped[int | None] = mapped_column(Integer)
    set_aside: Mapped[int | None] = mapped_column(Integer)  # rows that no longer were what the preview had shown
    fault: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # why it cannot be read: rule, text, values
    remarks: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)  # on the sheet as a whole, as `fault`
    file: Mapped[StoredFile] = relationship(lazy="joined")


class ImportPart(Record):
    """Some hundred rows of a confirmed import, entered in one transaction. No part is entered twice."""

    __tablename__ = "import_part"
    __table_args__ = (UniqueConstraint("batch_id", "number", name="uq_import_part_batch_id"),)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    number: Mapped[int] = mapped_column(Integer)  # from 1
    first_line: Mapped[int] = mapped_column(Integer)
    last_line: Mapped[int] = mapped_column(Integer)
    added: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    set_aside: Mapped[int] = mapped_column(Integer)


class ImportRow(Base):
    """What a preview said of one row of its sheet. Made from the kept file, so the log does not keep it again."""

    __tablename__ = "import_row"
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    fate: Mapped[str] = mapped_column(String(12))  # new, changed, unchanged, refused
    verdict: Mapped[str] = mapped_column(String(12))  # accepted, normalised, refused
    name: Mapped[str] = mapped_column(String(200))
    notes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    differs: Mapped[dict[str, list[str]]] = mapped_column(JSON)  # field → registered, in the sheet
    set_aside: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # fate, notes, differs then


class StandingFact(Record):
    """A dated fact about a body's standing; eligibility reads only these (C-28, B-21)."""

    __tablename__ = "standing_fact"
    __table_args__ = (CheckConstraint(f"kind IN {tuple(FACT_KINDS)}", name="kind"),)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(300))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    body: Mapped[Body] = relationship(lazy="joined")


from app.registry import point_models as point_models  # noqa: E402 - so that the metadata is whole


class SavedSearch(Record):
    """A search of one person's, and what it found when they last looked (which is nobody's business but theirs)."""

    __tablename__ = "saved_search"
    unlogged = frozenset({"known"})
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    asked: Mapped[dict[str, str]] = mapped_column(JSON)  # as it stands in an address
    known: Mapped[dict[str, Any]] = mapped_column(JSON)  # ids of organizations, the newest, whether they were all
    kept: Mapped[bool] = mapped_column(Boolean)
    person: Mapped[Person] = relationship()

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.person_id}}
