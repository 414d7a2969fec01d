"""The list of projects, one project at a glance, and its way from draft to close. Its sections are in sections.py."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from app.accounts.models import Body
from app.core import clock, files
from app.core.door import find, form_page, page, person, remember, to
from app.core.law import Finding
from app.plans import actions, checks, forms, overview, queries
from app.plans.models import CONDITIONS, EXEMPTIONS, INDICATOR_KINDS, METHODS, PREPARATIONS, Project
from app.plans.sections import door
from app.rules import methods, purchasing

__all__ = ["door"]
TABLES = {
    "methods": METHODS, "grounds": forms.GROUNDS, "exemptions": EXEMPTIONS, "conditions": CONDITIONS,
    "kinds": INDICATOR_KINDS, "prepared": PREPARATIONS, "negative": tuple(purchasing.NEGATIVE_LIST.values()),
    "flags": purchasing.EXTENSION_FLAGS, "classes": forms.CLASSES,
}  # fmt: skip


@door.page("/plans", may="project.list")
def index() -> str:
    """The projects this person may see, newest first."""
    asked = {
        "q": request.args.get("q", "").strip()[:100], "state": request.args.get("state") or None,
        "year": request.args.get("year", type=int),
    }  # fmt: skip
    found, following = queries.projects_for(person(), **asked, after=request.args.get("after"))
    return page(
        "plans/index.html", projects=found, following=following, asked=asked, years=queries.years(person()),
        states=Project.lifecycle.states, tones=overview.TONES, methods=METHODS,
    )  # fmt: skip


@form_page(door, "/plans/new", may="project.draft")
def new() -> str | Response:
    """Begin a project."""
    form, buyer = forms.NewForm(fiscal_year=clock.today().year), person().body
    form.place.choices = forms.places(buyer)
    if form.sent():
        project = actions.draft(
            buyer=buyer, supervisor=find(Body, form.supervising.data), place=form.place.data,
            fiscal_year=form.fiscal_year.data, reserved=False, **form.values(),
        )  # fmt: skip
        remember(_("项目 %(number)s 已建立，请逐节填写。", number=project.number))
        return to("plans.show", id=project.public_id)
    return page("plans/new.html", form=form)


@door.page("/plans/<id>", load=Project, may="project.read")
def show(project: Project) -> str:
    """What is done, what is missing, and what can be done now."""
    case = checks.case(project)
    found = checks.by_section(case)
    return page(
        "plans/show.html", tasks=overview.tasks(project, case.parts, found), buttons=overview.buttons(project),
        findings=[one for of in found.values() for one in of], editable=overview.editable(project, "preparations"),
        **_details(project, case),
    )  # fmt: skip


@door.page("/plans/<id>/print", load=Project, may="project.read")
def printable(project: Project) -> str:
    """Everything the project says on one page, to be printed for the file."""
    case = checks.case(project)
    return page("plans/printable.html", findings=checks.findings(case), **_details(project, case))


@form_page(door, "/plans/<id>/submit", load=Project, may="project.submit")
def submit(project: Project) -> str | Response:
    """Hand the plan over for review."""
    form = forms.ButtonForm(obj=project)
    if form.sent():
        actions.submit(project)
        remember(_("已提交复核，等待编制人以外的人审查。"))
        return to("plans.show", id=project.public_id)
    return _confirm("plans/submit.html", project, form, checks.findings(checks.case(project)))


@form_page(door, "/plans/<id>/approve", load=Project, may="project.approve")
def approve(project: Project) -> str | Response:
    """Approve the plan as a second person (B-18)."""
    form = forms.ButtonForm(obj=project)
    if form.sent():
        actions.approve(project)
        remember(_("复核通过，可以发起采购。"))
        return to("plans.show", id=project.public_id)
    return _confirm("plans/approve.html", project, form, checks.review(checks.case(project), person().public_id))


@form_page(door, "/plans/<id>/send-back", load=Project, may="project.send_back")
def send_back(project: Project) -> str | Response:
    """Give the plan back, saying why."""
    form = forms.NoteForm(obj=project)
    if form.sent():
        actions.send_back(project, form.note.data)
        remember(_("已退回编制人修改。"))
        return to("plans.show", id=project.public_id)
    return _confirm("plans/send_back.html", project, form, checks.findings(checks.case(project)))


@form_page(door, "/plans/<id>/cancel", load=Project, may="project.cancel")
def cancel(project: Project) -> str | Response:
    """End a project that will not be bought."""
    form = forms.ReasonForm(obj=project)
    if form.sent():
        actions.cancel(project, form.reason.data)
        remember(_("项目已取消。"))
        return to("plans.show", id=project.public_id)
    return _confirm("plans/cancel.html", project, form, [])


@door.page("/plans/<id>/evidence/<part>", load=Project, may="project.read")
def evidence(project: Project, part: str) -> Response:
    """The paper behind a preparation."""
    return files.send(queries.evidence(project, part))


def _confirm(template: str, project: Project, form: Any, findings: list[Finding]) -> str:
    barred = any(one.bars for one in findings)
    return page(template, project=project, form=form, findings=findings, barred=barred)


def _details(project: Project, case: checks.Case) -> dict[str, Any]:
    return {
        "project": project, "parts": case.parts, "item": checks.item_of(project), "people": queries.people_of(project),
        "preview": overview.preview(case.parts), "flow": overview.flow(case.parts),
        "tone": overview.TONES[project.state], "coming": checks.before_publication(case),
        "below_limit": not _reaches_the_limit(case), **TABLES,
    }  # fmt: skip


def _reaches_the_limit(case: checks.Case) -> bool:
    return methods.under_procurement_law(case.budget_fen, case.level, case.norms)
