"""The sections of a project, one page each: what it says so far, what the law says of it, and what can be added."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.accounts.models import Body
from app.core import files
from app.core.door import Door, find, form_page, page, remember, to
from app.plans import actions, checks, forms, overview, queries
from app.plans.models import CONDITIONS, INDICATOR_KINDS, PREPARATIONS, Part, Project

door = Door("plans", __name__)
EVIDENCE = ("pdf", "png", "jpg", "docx", "xlsx")


@form_page(door, "/plans/<id>/basics", load=Project, may="project.edit")
def basics(project: Project) -> str | Response:
    """What is bought, by which method, for how long."""
    form = forms.filled(project)
    if form.sent():
        actions.edit(project, supervisor=find(Body, form.supervising.data), **form.values())
        return _saved(project, "basics")
    return _section(project, "basics", form)


@form_page(door, "/plans/<id>/sources", load=Project, may="project.edit")
def sources(project: Project) -> str | Response:
    """The purses (S04)."""
    form, purses = forms.SourceForm(), queries.purses(project)
    form.budget_line.choices = forms.purse_choices(purses)
    if form.sent():
        actions.add_source(project, purses[form.budget_line.data], form.data["amount"])
        return to("plans.sources", id=project.public_id)
    return _section(project, "sources", form)


@form_page(door, "/plans/<id>/lots", load=Project, may="project.edit")
def lots(project: Project) -> str | Response:
    """The lots and their ceilings."""
    form = forms.LotForm()
    if form.sent():
        actions.add_lot(project, form.data["number"], form.name.data, form.data["ceiling"])
        return to("plans.lots", id=project.public_id)
    return _section(project, "lots", form)


@form_page(door, "/plans/<id>/measures", load=Project, may="project.edit")
def measures(project: Project) -> str | Response:
    """The figures that are delivered month by month."""
    among = {one.public_id: one for one in queries.lots_of(project)}
    form = forms.MeasureForm().offer(list(among.values()))
    if form.sent():
        lot = among.get(form.lot.data or "")
        actions.add_measure(project, form.key.data, form.name.data, form.money.data, lot)
        return to("plans.measures", id=project.public_id)
    return _section(project, "measures", form)


@form_page(door, "/plans/<id>/indicators", load=Project, may="project.edit")
def indicators(project: Project) -> str | Response:
    """The scheme: its table, and a sheet that takes its place, all of it or nothing."""
    form = forms.SchemeForm()
    if form.sent():
        rows = actions.import_indicators(project, form.file.data.read() if form.file.data else b"")
        remember(_("已导入 %(n)s 项指标。", n=len(rows)))
        return to("plans.indicators", id=project.public_id)
    return _section(project, "indicators", form)


@form_page(door, "/plans/<id>/indicators/new", load=Project, may="project.edit")
def indicator(project: Project) -> str | Response:
    """One more line of the scheme."""
    form = forms.IndicatorForm().offer(queries.contents(project).measures)
    if form.sent():
        actions.add_indicator(project, **form.values())
        return to("plans.indicators", id=project.public_id)
    return page("plans/indicator.html", project=project, form=form)


@form_page(door, "/plans/<id>/payment", load=Project, may="project.edit")
def payment(project: Project) -> str | Response:
    """The instalments, and what they come to."""
    form = forms.TermForm()
    if form.sent():
        actions.add_payment_term(project, form.condition.data, form.data["share"])
        return to("plans.payment", id=project.public_id)
    return _section(project, "payment", form)


@form_page(door, "/plans/<id>/checklist", load=Project, may="project.edit")
def checklist(project: Project) -> str | Response:
    """The negative list (A-07)."""
    form = forms.answered(queries.contents(project).answers)
    if form.sent():
        actions.answer_checklist(project, form.answers())
        return _saved(project, "checklist")
    return _section(project, "checklist", form)


@form_page(door, "/plans/<id>/scoring", load=Project, may="project.edit")
def scoring(project: Project) -> str | Response:
    """The points of the factors, the low-price shares and the pass mark."""
    form = forms.scored(project)
    if form.sent():
        actions.set_scoring(project, **form.values())
        return _saved(project, "scoring")
    return _section(project, "scoring", form)


@form_page(door, "/plans/<id>/sme", load=Project, may="project.edit")
def sme(project: Project) -> str | Response:
    """Reserved for small and medium enterprises, or why not (B-110 … B-112)."""
    form = forms.chosen(project)
    if form.sent():
        reserved = form.reserved.data == "yes"
        actions.edit(project, reserved=reserved, exemption=None if reserved else form.sme_exemption.data)
        return _saved(project, "sme")
    return _section(project, "sme", form)


@form_page(door, "/plans/<id>/preparations", load=Project, may="project.prepare")
def preparations(project: Project) -> str | Response:
    """The steps before publication, each with its day and evidence."""
    form = forms.PreparationForm()
    if form.sent():
        kept = _evidence(form.file.data, project)
        actions.prepare(
            project, form.kind.data, form.data["day"], form.detail.data, form.subjects.data, form.url.data, kept
        )
        return to("plans.preparations", id=project.public_id)
    return _section(project, "preparations", form)


@form_page(door, "/plans/<id>/filing", load=Project, may="project.edit")
def filing(project: Project) -> str | Response:
    """The numbers finance gives, which may come after the review (B-14, A-24)."""
    form = forms.FilingForm(obj=project)
    if form.sent():
        actions.edit(project, plan_no=form.plan_no.data, procurement_code=form.procurement_code.data)
        remember(_("已保存。"))
        return to("plans.show", id=project.public_id)
    return page("plans/filing.html", project=project, form=form)


@form_page(door, "/plans/<id>/drop/<kind>/<part>", load=Project, may="project.edit")
def drop(project: Project, kind: str, part: str) -> str | Response:
    """Strike out one part."""
    found, form = queries.named_part(project, kind, part), forms.ButtonForm()
    if form.sent():
        actions.drop(found)
        remember(_("已移除。"))
        return to(f"plans.{kind}", id=project.public_id)
    return page("plans/drop.html", project=project, form=form, name=_name(found), kind=kind)


def _section(project: Project, name: str, form: Any) -> str:
    """The page of a section: its parts, what the rules find wrong in it, and its form while it can be worked on."""
    case = checks.case(project)
    coming = checks.before_publication(case) if name == "preparations" else []
    return page(
        f"plans/{name}.html", project=project, parts=case.parts, form=form, here=overview.SECTIONS[name], section=name,
        findings=list(checks.SECTIONS[name](case)) if name in checks.SECTIONS else None, coming=coming,
        editable=overview.editable(project, name), following=overview.following(name),
        preview=overview.preview(case.parts), flow=overview.flow(case.parts), conditions=CONDITIONS,
        kinds=INDICATOR_KINDS, prepared=PREPARATIONS,
    )  # fmt: skip


def _saved(project: Project, name: str) -> Response:
    remember(_("已保存。"))
    return to(f"plans.{overview.following(name) or 'show'}", id=project.public_id)


def _name(part: Part) -> str:
    """What a part is called: its name, or the words of what it is."""
    named = getattr(part, "name", "") or getattr(part, "level3", "")
    return named or forms.label_of(part)


def _evidence(upload: Any, project: Project) -> files.StoredFile | None:
    if not upload:
        return None
    return files.keep(upload.read(), upload.filename, EVIDENCE, body_id=project.buyer_id)
