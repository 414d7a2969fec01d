"""A project at a glance: which of its sections are done, what can be done next, and what keeps it from being done."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core import access
from app.core.law import Finding
from app.core.words import N_
from app.plans import checks, queries
from app.plans.given import OPEN
from app.plans.models import PREPARATIONS, Project
from app.plans.queries import Contents
from app.rules import preparing

SECTIONS = {
    "basics": N_("基本情况"),
    "sources": N_("资金来源"),
    "lots": N_("采购包"),
    "measures": N_("服务量指标"),
    "indicators": N_("绩效指标"),
    "payment": N_("付款计划"),
    "checklist": N_("负面清单"),
    "scoring": N_("评分办法"),
    "sme": N_("中小企业政策"),
    "preparations": N_("公告前的准备"),
}
PAGES = {"submit": "primary", "approve": "primary", "send_back": "secondary", "cancel": "warning"}
TONES = {"draft": "info", "submitted": "warn", "approved": "good", "closed": "plain", "cancelled": "bad"}
Found = dict[str, list[Finding]]


def tasks(project: Project, parts: Contents, found: Found) -> list[dict[str, Any]]:
    """The sections as a task list: label, address when it may be worked on, status and a figure."""
    return [
        {"label": label, "url": _address(project, name), "hint": _hint(name, parts), **_status(name, project, parts, found)}
        for name, label in SECTIONS.items()
    ]  # fmt: skip


def editable(project: Project, section: str) -> bool:
    """Whether this section can be worked on now by whoever acts."""
    prepares = section == "preparations"
    states = OPEN if prepares else ("draft",)
    return project.state in states and bool(
        access.may(access.actor(), "project.prepare" if prepares else "project.edit", project)
    )


def buttons(project: Project) -> list[dict[str, Any]]:
    """The steps the lifecycle allows now to somebody of this reader's role, each with what keeps this reader from it."""
    who = access.actor()
    return [
        {
            "label": step.label, "tone": PAGES[step.verb], "url": url_for(f"plans.{step.verb}", id=project.public_id),
            "reason": _reason(project, step.verb),
        }
        for step in Project.lifecycle.from_state(project.state)
        if step.verb in PAGES and access.may(who, f"project.{step.verb}")
    ]  # fmt: skip


def _reason(project: Project, verb: str) -> str:
    who = access.actor()
    verdict = access.may(who, f"project.{verb}", project)
    if verdict and verb == "approve":
        found = list(preparing.reviewer_is_another(sorted(queries.drafters(project)), who.public_id))
        return found[0].text if found else ""
    return verdict.reason


def _address(project: Project, section: str) -> str | None:
    return url_for(f"plans.{section}", id=project.public_id) if editable(project, section) else None


def _status(name: str, project: Project, parts: Contents, found: Found) -> dict[str, str]:
    findings = found.get(name, [])
    if name in ("measures", "preparations") and _empty(name, project, parts):
        return {"status": N_("选填") if name == "measures" else N_("尚未记录"), "tone": "plain"}
    if _empty(name, project, parts):
        return {"status": N_("尚未填写"), "tone": "plain"}
    if any(one.bars for one in findings):
        return {"status": N_("需要更正"), "tone": "bad"}
    if name == "preparations":
        return {"status": N_("进行中"), "tone": "info"} if _missing(parts) else {"status": N_("已记录"), "tone": "good"}
    return {"status": N_("请注意"), "tone": "warn"} if findings else {"status": N_("已完成"), "tone": "good"}


def _empty(name: str, project: Project, parts: Contents) -> bool:
    if name == "basics":
        return False
    if name == "scoring":
        scored = project.method in checks.SCORED
        return scored and not (project.price_weight or project.technical_weight or project.business_weight)
    if name == "sme":
        return not project.reserved and project.exemption is None
    kept = {"payment": parts.terms, "checklist": parts.answers}
    return not (kept[name] if name in kept else getattr(parts, name))


def _missing(parts: Contents) -> set[str]:
    usual = set(PREPARATIONS) - {"method_consent", "method_approval"}
    return usual - {one.kind for one in parts.preparations}


def _hint(name: str, parts: Contents) -> str:
    if name == "sources" and parts.sources:
        return str(_("%(n)s 个来源", n=len(parts.sources)))
    if name == "lots" and parts.lots:
        return str(_("%(n)s 个采购包", n=len(parts.lots)))
    if name == "measures":
        return str(_("按月填报、由系统汇总的数字，可用来计算绩效指标"))
    if name == "indicators" and parts.indicators:
        return str(_("%(n)s 项指标", n=len(parts.indicators)))
    if name == "payment" and parts.terms:
        return str(_("%(n)s 期", n=len(parts.terms)))
    return ""
