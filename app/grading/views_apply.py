"""What the organization does: apply, assess itself section by section, hand in, withdraw, object."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.core import files
from app.core.door import NO_SUCH, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.showing import day
from app.grading import applying, objecting, queries, sheets
from app.grading.forms import BeginForm, ButtonForm, HandedForm, ObjectionForm
from app.grading.models import GradingApplication, GradingObjection, GradingRound
from app.grading.views import door
from app.registry.queries import organization_of


@form_page(door, "/grading/rounds/<id>/apply", load=GradingRound, may="grading.apply")
def apply(one: GradingRound) -> str | Response:
    """Whether the organization may be graded, and the beginning of its application."""
    typed = BeginForm()
    if typed.sent():
        made = applying.begin(one, investigated=not typed.clear.data)
        remember(_("申请已建立，请逐部分填写自评；随时可以保存，以后再填。"))
        return to("grading.application", id=made.public_id)
    body = person().body
    organization = organization_of(body) if body else None
    findings = applying.standing(organization, one) if organization else []
    live = queries.live_application(body) if body else None
    return page(
        "grading/apply.html", form=typed, round=one, organization=organization, findings=findings, live=live
    )  # fmt: skip


@form_page(door, "/grading/applications/<id>/self/<section>", load=GradingApplication, may="grading.answer")
def self_assess(one: GradingApplication, section: str) -> str | Response:
    """One section of the self-assessment."""
    items = queries.items(one.scheme, section)
    if not items:
        raise Missing(NO_SUCH)
    typed = sheets.self_form(one, section)
    if typed.sent():
        applying.save_section(one, sheets.lines(one, section, typed))
        remember(_("“%(title)s”已保存。", title=items[0].section_title))
        later = _next(one, section)
        if later:
            return to("grading.self_assess", id=one.public_id, section=later)
        return to("grading.application", id=one.public_id)
    return page(
        "grading/self.html", form=typed, application=one, items=items, answers=queries.answers(one), section=section
    )  # fmt: skip


@form_page(door, "/grading/applications/<id>/submit", load=GradingApplication, may="grading.submit")
def submit(one: GradingApplication) -> str | Response:
    """Hand in."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        applying.submit(one)
        remember(_("申请已提交，等待登记管理机关受理。"))
        return to("grading.application", id=one.public_id)
    lede = _("提交后不能再改自评；需要修改的，登记管理机关可以退回。评估不收费。")
    return _form(one, _("提交评估申请"), typed, _("提交"), rules=["C-19"], lede=lede, findings=_standing(one))


@form_page(door, "/grading/applications/<id>/withdraw", load=GradingApplication, may="grading.withdraw")
def withdraw(one: GradingApplication) -> str | Response:
    """Take the application back."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        applying.withdraw(one)
        remember(_("申请已撤回。在申请期内可以重新申请。"))
        return to("grading.application", id=one.public_id)
    lede = _("撤回后本件申请不再办理，不能恢复；在申请期内可以重新申请。")
    return _form(one, _("撤回评估申请"), typed, _("撤回"), tone="warning", lede=lede)


@form_page(door, "/grading/applications/<id>/object", load=GradingApplication, may="grading_objection.make")
def object_(one: GradingApplication) -> str | Response:
    """Object in writing, within the publicity period; the department enters what it was handed."""
    typed: Any = ObjectionForm(obj=one) if person().body_id == one.body_id else HandedForm(obj=one)
    if typed.sent():
        objector = typed.objector.data if "objector" in typed else ""
        objecting.make(one, typed.text.data, objector=objector, paper=_upload(typed.file.data))
        remember(_("异议已收到，由登记管理机关核实后提交复核委员会记名投票。"))
        return to("grading.application", id=one.public_id)
    lede = _("公示期至%(until)s。异议应当写明事实和理由，可以附书面材料。", until=day(one.publicized_until))
    return _form(one, _("提出异议"), typed, _("提交异议"), rules=["C-24"], lede=lede, files=True)


@door.page("/grading/applications/<id>/evidence/<answer>", load=GradingApplication, may="grading.read")
def evidence(one: GradingApplication, answer: str) -> Response:
    """A file that goes with an answer, for those inside."""
    found = next((a for a in queries.answers(one).values() if a.public_id == answer), None)
    if found is None or found.evidence is None:
        raise Missing(NO_SUCH)
    return files.send(found.evidence)


@door.page("/grading/objections/<id>/paper", load=GradingObjection, may="grading.read")
def objection_paper(one: GradingObjection) -> Response:
    """The written objection, for those inside."""
    if one.paper is None:
        raise Missing(NO_SUCH)
    return files.send(one.paper)


def _next(one: GradingApplication, section: str) -> str | None:
    numbers = [s["number"] for s in one.scheme.sections]
    place = numbers.index(section) + 1
    return numbers[place] if place < len(numbers) else None


def _standing(one: GradingApplication) -> Any:
    return applying.standing(one.organization, one.round, investigated=one.investigated)


def _upload(data: Any) -> tuple[bytes, str] | None:
    return (data.read(), data.filename) if data else None


def _form(one: GradingApplication, title: str, typed: Any, button: str, **more: Any) -> str:
    cancel = url_for("grading.application", id=one.public_id)
    return form(title, typed, button, caption=one.organization.body.name, cancel=cancel, **more)
