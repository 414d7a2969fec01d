"""What a report asks, section by section and kind by kind, as data: pages, paper, burden and checks read it.

A field marked `carry` comes with last year's answer; what the register or last year's report holds is not here, it is
shown (given.py) and never asked (G-43).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.core.words import N_
from app.rules.statements import COLUMNS, STATEMENTS, Line, name

ALL = frozenset({"association", "service", "foundation"})
YES_NO = {"no": N_("没有"), "yes": N_("有")}
PARTY = {
    "own": N_("单独建立党组织"),
    "joint": N_("联合建立党组织"),
    "sent": N_("派有党建工作指导员"),
    "none": N_("尚未建立"),
}


@dataclass(frozen=True)
class Asked:
    """One field: kinds are whole money signed text long radio day tick rows. `needed` is asked for at submission."""

    key: str
    label: str
    kind: str = "whole"
    needed: bool = False
    carry: bool = False
    hint: str = ""
    options: Mapping[str, str] | None = None
    of: tuple["Asked", ...] = ()  # the columns of rows
    kinds: frozenset[str] = ALL
    most: int = 200


@dataclass(frozen=True)
class Section:
    """One section; a statement of accounts has its lines instead of fields."""

    key: str
    title: str
    lede: str
    asked: tuple[Asked, ...] = ()
    kinds: frozenset[str] = ALL
    statement: bool = False
    charity: bool = False  # only for those that raise funds from the public

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of a statement."""
        return STATEMENTS[self.key][0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a statement."""
        return STATEMENTS[self.key][1]


ASSOCIATION, FOUNDATION = frozenset({"association"}), frozenset({"foundation"})
SECTIONS = (
    Section(
        "basics",
        N_("基本情况"),
        N_("登记事项直接取自登记簿，不需要再填。"),
        (
            Asked("website", N_("网站或公众号"), "text", carry=True),
            Asked("changed", N_("有没有已经变动、但还没有办理变更登记的事项"), "radio", True, options=YES_NO),
            Asked("changed_what", N_("是哪些事项，何时办理"), "long", hint=N_("没有的不用填。"), most=500),
        ),
    ),
    Section(
        "governance",
        N_("内部治理"),
        N_("截至年末的人数，和本年开过的会。"),
        (
            Asked("council", N_("理事人数"), needed=True, carry=True),
            Asked("council_paid", N_("领取报酬的理事人数"), needed=True, carry=True, kinds=FOUNDATION),
            Asked("council_meetings", N_("本年召开理事会次数"), needed=True),
            Asked("supervisors", N_("监事人数"), needed=True, carry=True),
            Asked("term_ends", N_("本届理事会任期届满日期"), "day", carry=True),
            Asked("members_individual", N_("个人会员数"), needed=True, carry=True, kinds=ASSOCIATION),
            Asked("members_unit", N_("单位会员数"), needed=True, carry=True, kinds=ASSOCIATION),
            Asked("general_meeting", N_("最近一次会员（代表）大会日期"), "day", carry=True, kinds=ASSOCIATION),
        ),
    ),
    Section(
        "staff",
        N_("工作人员"),
        N_("只填人数，不填姓名和证件号码。"),
        (
            Asked("full_time", N_("专职工作人员数"), needed=True, carry=True),
            Asked("part_time", N_("兼职工作人员数"), carry=True),
            Asked("social_workers", N_("持证社会工作者数"), carry=True),
            Asked("volunteers", N_("注册志愿者数"), carry=True),
        ),
    ),
    Section(
        "party",
        N_("党的建设"),
        N_("党组织的设立形式和党员人数。"),
        (
            Asked("party_form", N_("党组织形式"), "radio", True, True, options=PARTY),
            Asked("party_members", N_("党员人数"), needed=True, carry=True),
            Asked("party_why", N_("尚未建立的原因和打算"), "long", hint=N_("已经建立的不用填。"), most=500),
        ),
    ),
    Section(
        "branches",
        N_("分支机构"),
        N_("分支机构、代表机构没有法人资格，不得再设分支机构。"),
        (
            Asked("branches", N_("分支机构、代表机构数"), needed=True, carry=True),
            Asked("branch_names", N_("名称和负责的工作"), "long", carry=True, hint=N_("每行一个。"), most=2000),
        ),
        ASSOCIATION,
    ),
    Section(
        "work",
        N_("业务活动"),
        N_("本年做了什么、服务了多少人、花了多少钱。"),
        (
            Asked("summary", N_("本年工作概述"), "long", True, most=2000),
            Asked(
                "activities",
                N_("主要活动"),
                "rows",
                of=(
                    Asked("title", N_("活动名称"), "text", True, most=100),
                    Asked("people", N_("服务人次")),
                    Asked("cost", N_("支出"), "money"),
                ),
                hint=N_("每行一项；空行不保存。保存以后会再给出空行。"),
            ),
            Asked("plan", N_("下一年打算"), "long", most=1000),
        ),
    ),
    Section(
        "charity",
        N_("公开募捐"),
        N_("取得公开募捐资格的组织填写。"),
        (
            Asked("campaigns", N_("本年公开募捐活动数"), needed=True),
            Asked("raised", N_("公开募得款物"), "money", True),
            Asked("raised_spent", N_("其中本年已使用"), "money", True),
        ),
        charity=True,
    ),
    Section(
        "balance",
        N_("资产负债表"),
        N_("按账面填写，单位为元；没有的项目可以留空。年初数取自上年报告时不用再填。"),
        (
            Asked("restated", N_("年初数经审计调整，与上年年末数不同"), "tick"),
            Asked("restatement", N_("调整的原因"), "long", hint=N_("没有调整的不用填。"), most=500),
        ),
        statement=True,
    ),
    Section("income", N_("业务活动表"), N_("本年的收入和费用，单位为元。"), statement=True),
    Section("cash", N_("现金流量表"), N_("简表，单位为元；净额可以为负。"), statement=True),
    Section(
        "spending",
        N_("公益支出和费用"),
        N_("据此计算基金会的两项比例，并显示算式。"),
        (
            Asked("charity_spend", N_("本年公益事业支出"), "money", True),
            Asked("staff_pay", N_("工作人员工资福利支出"), "money", True),
            Asked("office", N_("行政办公支出"), "money", True),
            Asked("last_income", N_("上一年总收入"), "money", True),
            Asked("last_balance", N_("上一年末基金余额"), "money", True),
        ),
        FOUNDATION,
    ),
)
BY_KEY = {section.key: section for section in SECTIONS}
EVIDENCE_KEY, EVIDENCE_TITLE = "evidence", N_("附件材料")
TITLES = {section.key: section.title for section in SECTIONS} | {EVIDENCE_KEY: EVIDENCE_TITLE}


def sections_of(kind: str, charity: bool) -> list[Section]:
    """The sections an organization of this kind writes, in order."""
    return [one for one in SECTIONS if kind in one.kinds and (charity or not one.charity)]


def fields_of(section: Section, kind: str) -> list[Asked]:
    """The fields of a section that this kind is asked, the cells of a statement before the rest."""
    return [*_cells(section), *(one for one in section.asked if kind in one.kinds)]


def _cells(section: Section) -> Iterator[Asked]:
    for line in section.lines if section.statement else ():
        for column in section.columns:
            label = f"{line.label}·{COLUMNS[column]}" if len(section.columns) > 1 else line.label
            yield Asked(name(line.key, column), label, "signed" if line.signed else "money", bool(line.of))
