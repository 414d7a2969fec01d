"""Bodies (bureau, sub-district, organization as a party, agency, evaluator …), the people in them, and sessions."""

from datetime import datetime
from typing import Any, ClassVar

from flask_login import UserMixin
from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, Key, Record
from app.core.words import N_

BODY_KINDS = {
    "bureau": N_("民政局"),
    "sub_district": N_("街道办事处"),
    "finance": N_("财政部门"),
    "supervision": N_("监督机构"),
    "agency": N_("采购代理机构"),
    "organization": N_("社会组织"),
    "enterprise": N_("企业"),
    "institution": N_("事业单位"),
    "collective": N_("农村集体经济组织"),
    "committee": N_("村（居）民委员会"),
    "evaluator": N_("第三方评估机构"),
    "platform": N_("平台运营方"),
    "sponsor": N_("社会组织发起人"),
}
ROLES = {
    "officer": N_("经办人"),
    "approver": N_("审核人"),
    "finance_officer": N_("财务人员"),
    "leader": N_("单位负责人"),
    "registrar": N_("登记管理人员"),
    "manager": N_("机构负责人"),
    "clerk": N_("机构经办人"),
    "sponsor": N_("发起人代表"),
    "expert": N_("评审专家"),
    "evaluator": N_("评估人员"),
    "keyholder": N_("密钥保管人"),
    "supervisor": N_("监督人员"),
    "grid_worker": N_("网格员"),
    "administrator": N_("系统管理员"),
}
SECOND_FACTOR_ROLES = frozenset({"officer", "finance_officer", "keyholder", "administrator"})


class Body(Record):
    """A legal person or office that takes part: buyer, supplier, agency, evaluator, supervisor."""

    __tablename__ = "body"
    __table_args__ = (CheckConstraint(f"kind IN {tuple(BODY_KINDS)}", name="kind"),)
    name: Mapped[str] = mapped_column(String(200), index=True)
    name_en: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(16))
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    size: Mapped[str | None] = mapped_column(String(8))  # enterprises: large, medium, small, micro (B-110)
    head_name: Mapped[str | None] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(300), default="")
    batch: Mapped[str | None] = mapped_column(String(16), index=True)  # the import it came with

    def parties(self) -> dict[str, set[int]]:
        return {"self": {self.id}}

    @property
    def label(self) -> str:
        """The kind in words (a message id)."""
        return BODY_KINDS[self.kind]


class Person(Record, UserMixin):
    """Somebody who signs in. Belongs to a body and a place; what they may do comes from their roles."""

    __tablename__ = "person"
    unlogged: ClassVar[frozenset[str]] = frozenset({"password_hash", "totp_secret"})
    sign_in_name: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    roles: Mapped[str] = mapped_column(String(200))  # role names joined by blanks, in the order of ROLES
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    password_set_at: Mapped[datetime]
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)  # encrypted with the home's key
    expert_field: Mapped[str | None] = mapped_column(String(80))
    body: Mapped[Body | None] = relationship(lazy="joined")

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(self.roles.split())

    @property
    def role_titles(self) -> list[str]:
        """The roles in words (message ids)."""
        return [ROLES[role] for role in ROLES if role in self.role_names]

    @property
    def needs_second_factor(self) -> bool:
        """Officers, finance, keyholders and administrators sign in with two factors."""
        return bool(self.role_names & SECOND_FACTOR_ROLES)

    @property
    def is_active(self) -> bool:
        return self.active

    def parties(self) -> dict[str, set[int]]:
        return {"named": {self.id}, "self": {self.body_id} if self.body_id else set()}

    def get_id(self) -> str:
        return self.public_id


class Session(Base):
    """A signed-in session: only the digest of its token is kept, and it can be revoked."""

    __tablename__ = "session"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    second_factor: Mapped[bool] = mapped_column(Boolean, default=False)
    address: Mapped[str] = mapped_column(String(45), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person] = relationship(lazy="joined")


class SignInFailure(Base):
    """Failures counted by the digest of the name typed, whether or not anybody has that name."""

    __tablename__ = "sign_in_failure"
    name_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(Integer, default=0)
    last_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class UsedCode(Base):
    """A time step whose one-time code a person has used: a code works once."""

    __tablename__ = "used_code"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    step: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Relation(Record):
    """A tie between a person or body and another body that recusal and conflict rules look at (B-24, B-25, B-29)."""

    __tablename__ = "relation"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    from_body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)
    to_body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))  # employed, director, controller, kin_of_head, holding, same_head …
    since: Mapped[str | None] = mapped_column(String(10))
    until: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")


def roles_text(names: set[str] | frozenset[str]) -> str:
    """Role names as the column keeps them. Raises KeyError for one that is not in ROLES."""
    unknown = names - set(ROLES)
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return " ".join(role for role in ROLES if role in names)


__all__: list[Any] = ["BODY_KINDS", "ROLES", "Body", "Person", "Relation", "Session", "SignInFailure", "roles_text"]
