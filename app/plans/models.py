"""The project and what it is made of. Ceilings in fen; weights and shares in hundredths; targets as exact decimals."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Body
from app.budgets.models import BudgetLine
from app.core.db import Record
from app.core.files import StoredFile
from app.core.words import N_
from app.plans.lifecycle import PROJECT
from app.rules import methods

METHODS = methods.METHODS
PREPARATIONS = {
    "need_survey": N_("需求调查"),
    "public_comment": N_("公开征求意见"),
    "ex_ante_assessment": N_("事前绩效评估"),
    "intention": N_("采购意向公开"),
    "method_consent": N_("主管预算单位同意采购方式"),
    "method_approval": N_("采购方式审批"),
}
EXEMPTIONS = {  # B-112
    "policy_social_organizations": N_("政策要求面向社会组织采购"),
    "only_non_sme": N_("只能由非中小企业供应"),
    "competition_would_fail": N_("预留将影响充分竞争"),
    "framework": N_("框架协议采购"),
    "province": N_("省级规定的其他情形"),
}
TERM_FLAGS = ("budget_assured", "content_fixed", "continuous", "funding_stable", "price_stable")
CONDITIONS = {"signing": N_("合同签订"), "mid_term_pass": N_("中期评估合格"), "final_pass": N_("末期评估合格")}
INDICATOR_KINDS = {
    "quantity": N_("数量"),
    "ratio": N_("比率"),
    "ratio_max": N_("比率（不高于）"),
    "index_max": N_("指数（不高于）"),
    "rubric": N_("评分"),
    "veto": N_("一票否决"),
}
NEGATIVE_LIST = (
    N_("不属于政府职责范围的服务事项"),
    N_("应当由政府直接履职的事项"),
    N_("货物、工程，或者将工程和服务打包的项目"),
    N_("融资行为"),
    N_("购买主体的人员招、聘用，以劳务派遣方式用工，以及设置公益性岗位等事项"),
    N_("法律、行政法规以及国务院规定的其他不得作为政府购买服务内容的事项"),
)


class Project(Record):
    """One purchase, from its first draft to its close."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint(PROJECT.check_sql(), name="state"),
        CheckConstraint(f"method IN {tuple(METHODS)}", name="method"),
        CheckConstraint("service_class IN ('A', 'B')", name="service_class"),
        CheckConstraint(
            "state NOT IN ('approved', 'closed') OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL"
            " AND approved_by_id <> drafted_by_id)",
            name="approved_by_second_person",
        ),
    )
    lifecycle = PROJECT
    state: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    fiscal_year: Mapped[int] = mapped_column(Integer)
    catalogue_code: Mapped[str] = mapped_column(String(10))
    procurement_code: Mapped[str] = mapped_column(String(20), default="")
    plan_no: Mapped[str] = mapped_column(String(40), default="")
    service_class: Mapped[str] = mapped_column(String(1))
    method: Mapped[str] = mapped_column(String(16))
    method_ground: Mapped[str] = mapped_column(String(40), default="")
    need: Mapped[str] = mapped_column(Text, default="")
    term_from: Mapped[date]
    term_to: Mapped[date]
    term_flags: Mapped[str] = mapped_column(String(120), default="")  # which of TERM_FLAGS hold, joined by blanks
    reserved: Mapped[bool] = mapped_column(Boolean)
    exemption: Mapped[str | None] = mapped_column(String(40))
    complex: Mapped[bool] = mapped_column(Boolean, default=False)
    high_impact: Mapped[bool] = mapped_column(Boolean, default=False)
    price_weight: Mapped[int] = mapped_column(Integer, default=0)
    technical_weight: Mapped[int] = mapped_column(Integer, default=0)
    business_weight: Mapped[int] = mapped_column(Integer, default=0)
    low_price_mean_centi: Mapped[int] = mapped_column(Integer, default=50)  # 50 = 0.50 (B-55)
    low_price_second_centi: Mapped[int] = mapped_column(Integer, default=50)
    low_price_ceiling_centi: Mapped[int] = mapped_column(Integer, default=45)
    pass_mark_centi: Mapped[int] = mapped_column(Integer, default=6000)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    review_note: Mapped[str] = mapped_column(Text, default="")
    buyer: Mapped[Body] = relationship(foreign_keys=[buyer_id], lazy="joined")
    supervisor: Mapped[Body] = relationship(foreign_keys=[supervisor_id])

    def parties(self) -> dict[str, set[int]]:
        return {"buyer": {self.buyer_id}, "supervisor": {self.supervisor_id}}


class Part(Record):
    """A row that belongs to a project; struck out rather than deleted while the project is a draft."""

    __abstract__ = True
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    dropped: Mapped[bool] = mapped_column(Boolean, default=False)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("body.id"))

    def parties(self) -> dict[str, set[int]]:
        return {"buyer": {self.buyer_id}}


class ProjectSource(Part):
    """A purse of the project and how much of it is meant for it (S04)."""

    __tablename__ = "project_source"
    __table_args__ = (CheckConstraint("amount_fen > 0", name="amount"),)
    order: Mapped[int] = mapped_column(Integer)
    budget_line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    budget_line: Mapped[BudgetLine] = relationship(lazy="joined")


class Lot(Part):
    """A lot with its ceiling price."""

    __tablename__ = "lot"
    __table_args__ = (CheckConstraint("ceiling_fen > 0", name="ceiling"), UniqueConstraint("project_id", "number"))
    number: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    ceiling_fen: Mapped[int] = mapped_column(BigInteger)


class Measure(Part):
    """A figure delivered month by month and place by place, and the lot whose winner delivers it."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("project_id", "key"),)
    order: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(30))  # the column of the monthly sheet
    name: Mapped[str] = mapped_column(String(60))
    money: Mapped[bool] = mapped_column(Boolean, default=False)  # amounts in fen, else whole numbers
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lot.id"))


class Indicator(Part):
    """One line of the evaluation scheme; `weight_centi` in hundredths of a point, `target` an exact decimal."""

    __tablename__ = "indicator"
    __table_args__ = (
        CheckConstraint(f"kind IN {tuple(INDICATOR_KINDS)}", name="kind"),
        CheckConstraint("weight_centi >= 0", name="weight"),
    )
    order: Mapped[int] = mapped_column(Integer)
    level1: Mapped[str] = mapped_column(String(20))
    level2: Mapped[str] = mapped_column(String(40), default="")
    level3: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(20), default="")
    target: Mapped[str] = mapped_column(String(20), default="")
    weight_centi: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(10))
    evidence: Mapped[str] = mapped_column(String(120), default="")
    measure: Mapped[str] = mapped_column(String(30), default="")  # key of the measure it is computed from
    accumulates: Mapped[bool] = mapped_column(Boolean, default=False)  # its target grows with the months


class PaymentTerm(Part):
    """One instalment of the plan: on which condition, which share (hundredths of a percent: 50% = 5000)."""

    __tablename__ = "payment_term"
    __table_args__ = (
        CheckConstraint("share_centi > 0", name="share"),
        CheckConstraint(f"condition IN {tuple(CONDITIONS)}", name="condition"),
    )
    order: Mapped[int] = mapped_column(Integer)
    condition: Mapped[str] = mapped_column(String(20))
    share_centi: Mapped[int] = mapped_column(Integer)


class ChecklistAnswer(Part):
    """The officer's answer to one item of the negative list (A-07): does the project fall under it?"""

    __tablename__ = "checklist_answer"
    __table_args__ = (UniqueConstraint("project_id", "item"),)
    item: Mapped[int] = mapped_column(Integer)  # 1–6
    applies: Mapped[bool] = mapped_column(Boolean)


class Preparation(Part):
    """A step taken before publication, with its day and evidence (B-13, B-16, B-17, A-14, B-07)."""

    __tablename__ = "preparation"
    __table_args__ = (CheckConstraint(f"kind IN {tuple(PREPARATIONS)}", name="kind"),)
    kind: Mapped[str] = mapped_column(String(24))
    day: Mapped[date]
    detail: Mapped[str] = mapped_column(Text, default="")
    subjects: Mapped[int | None] = mapped_column(Integer)  # how many were asked (B-17: at least three)
    url: Mapped[str] = mapped_column(String(300), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    file: Mapped[StoredFile | None] = relationship()
