"""A project at a glance: which of its sections are done, what can be done next, and what keeps it from being done."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core import access
from app.core.law import Finding
from app.core.words import N_
from app.plans import checks, queries
from app.plans.given import OPEN
from app.plans.models import PREPARATIONS, Lot, Project
from app.plans.queries import Contents
from app.rules import contracting, preparing


@dataclass(frozen=True)
class Section:
    """A page of the project: its heading, what it is for, and the rows of the rulebook behind it."""

    label: str
    lede: str
    rules: tuple[str, ...]


SECTIONS = {
    "basics": Section(N_("基本情况"), N_("买什么、用什么方式买、服务多久。"), ("A-06", "A-09", "A-17", "A-24", "B-01")),
    "sources": Section(
        N_("资金来源"), N_("一个项目可以有几个资金来源；以后每一笔付款都按这里的金额分摊到各来源。"),
        ("A-09", "A-10", "B-12", "G-06"),
    ),
    "lots": Section(N_("采购包"), N_("各包分别投标、分别中标。可以设最高限价，不得设最低限价。"), ("B-15", "G-06")),
    "measures": Section(
        N_("服务量指标"), N_("承接机构按月、按社区填报，系统汇总；同名的绩效指标由它计算，不再另报。"), ("A-19",)
    ),
    "indicators": Section(
        N_("绩效指标"), N_("指标、目标和权重在公告前确定并公开，权重合计一百。一票否决项要少，并附证据。"),
        ("G-08", "D-04", "D-13"),
    ),
    "payment": Section(N_("付款计划"), N_("每一期在合同写明的条件记录后才形成应付。"), ("D-11", "D-15", "G-07")),
    "checklist": Section(N_("负面清单"), N_("逐项回答：本项目是否属于下列事项？有一项为“是”就不得购买。"), ("A-07",)),
    "scoring": Section(
        N_("评分办法"), N_("三类因素合计一百分；异常低价审查的比例可以调高，不能调低。"),
        ("B-50", "B-55", "B-72", "G-09"),
    ),
    "sme": Section(
        N_("中小企业政策"), N_("公告前必须选定。社会组织不是中小企业：专门面向中小企业采购的，社会组织不能参加。"),
        ("B-110", "B-111", "B-112"),
    ),
    "preparations": Section(
        N_("公告前的准备"), N_("每件事记下完成的那一天和证明材料；发布公告时逐条核对。"),
        ("A-14", "B-07", "B-13", "B-16", "B-17"),
    ),
}  # fmt: skip
PAGES = {"submit": "primary", "approve": "primary", "send_back": "secondary", "close": "secondary", "cancel": "warning"}
TONES = {"draft": "info", "submitted": "warn", "approved": "good", "closed": "plain", "cancelled": "bad"}
Found = dict[str, list[Finding]]


def tasks(project: Project, parts: Contents, found: Found) -> list[dict[str, Any]]:
    """The sections as a task list: label, address when it may be worked on, status and a figure."""
    return [
        {
            "label": section.label, "url": _address(project, name), "hint": _hint(name, parts),
            **_status(name, project, parts, found.get(name, [])),
        }
        for name, section in SECTIONS.items()
    ]  # fmt: skip


def editable(project: Project, section: str) -> bool:
    """Whether this section can be worked on now by whoever acts."""
    prepares = section == "preparations"
    action, states = ("project.prepare", OPEN) if prepares else ("project.edit", ("draft",))
    return project.state in states and bool(access.may(access.actor(), action, project))


def buttons(project: Project) -> list[dict[str, Any]]:
    """The steps the lifecycle allows now to this reader's role, each with what keeps this reader from it."""
    who = access.actor()
    return [
        {
            "label": step.label, "tone": PAGES[step.verb], "url": url_for(f"plans.{step.verb}", id=project.public_id),
            "reason": _reason(project, step.verb),
        }
        for step in Project.lifecycle.from_state(project.state)
        if step.verb in PAGES and access.may(who, f"project.{step.verb}")
    ]  # fmt: skip


def following(section: str) -> str | None:
    """The section after this one."""
    names = list(SECTIONS)
    return next(iter(names[names.index(section) + 1 :]), None)


def preview(parts: Contents) -> list[tuple[Lot, list[int]]]:
    """What each lot's instalments would come to at its ceiling, in fen; the last takes the odd fen (G-07)."""
    shares = [one.share_centi for one in parts.terms]
    return [(lot, contracting.instalments(lot.ceiling_fen, shares)) for lot in parts.lots] if shares else []


def flow(parts: Contents) -> list[tuple[str, list[int]]]:
    """What each purse would pay of each instalment at the ceilings, in fen, both margins exact (S04)."""
    shares, weights = [one.share_centi for one in parts.terms], [one.amount_fen for one in parts.sources]
    if not shares or not weights:
        return []
    rows = contracting.instalments_by_source(parts.ceiling_fen, shares, weights)
    names = [f"{_(one.budget_line.label)} {one.budget_line.line}" for one in parts.sources]
    return [(name, [row[place] for row in rows]) for place, name in enumerate(names)]


def _reason(project: Project, verb: str) -> str:
    who = access.actor()
    verdict = access.may(who, f"project.{verb}", project)
    if verdict and verb == "approve":
        found = list(preparing.reviewer_is_another(sorted(queries.drafters(project)), who.public_id))
        return found[0].text if found else ""
    return verdict.reason


def _address(project: Project, section: str) -> str | None:
    return url_for(f"plans.{section}", id=project.public_id) if editable(project, section) else None


def _status(name: str, project: Project, parts: Contents, found: list[Finding]) -> dict[str, str]:
    if _empty(name, project, parts):
        return {"status": {"measures": N_("选填")}.get(name, N_("尚未填写")), "tone": "plain"}
    if any(one.bars for one in found):
        return {"status": N_("需要更正"), "tone": "bad"}
    if name == "preparations" and _usual(project) - {one.kind for one in parts.preparations}:
        return {"status": N_("还没有记全"), "tone": "info"}
    return {"status": N_("请注意"), "tone": "warn"} if found else {"status": N_("已完成"), "tone": "good"}


def _usual(project: Project) -> set[str]:
    """The preparations every purchase of this class has (B-16 and B-17 concern services to the public)."""
    public = {"need_survey", "public_comment"} if project.service_class == "A" else set()
    return public | (set(PREPARATIONS) & {"ex_ante_assessment", "intention"})


def _empty(name: str, project: Project, parts: Contents) -> bool:
    if name == "scoring":
        points = project.price_weight + project.technical_weight + project.business_weight
        return project.method in checks.SCORED and not points
    if name == "sme":
        return not project.reserved and project.exemption is None
    kept: dict[str, list[Any]] = {"payment": parts.terms, "checklist": parts.answers, "basics": [project]}
    return not (kept[name] if name in kept else getattr(parts, name))


def _hint(name: str, parts: Contents) -> str:
    counted: dict[str, tuple[list[Any], str]] = {
        "sources": (parts.sources, N_("%(n)s 个来源")), "lots": (parts.lots, N_("%(n)s 个采购包")),
        "measures": (parts.measures, N_("%(n)s 项服务量")), "indicators": (parts.indicators, N_("%(n)s 项指标")),
        "payment": (parts.terms, N_("%(n)s 期")), "preparations": (parts.preparations, N_("已记录 %(n)s 件")),
    }  # fmt: skip
    kept, text = counted.get(name, ([], ""))
    return str(_(text) % {"n": len(kept)}) if kept else ""
