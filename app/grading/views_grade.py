"""Lowering a grade: proposed, answered, decided by another, certificate handed back."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.core import access, files
from app.core.door import NO_SUCH, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.showing import day
from app.grading import lowering
from app.grading.forms import ButtonForm, DecideForm, LowerForm, NoteForm
from app.grading.grade_models import Grade, GradeReduction
from app.grading.views import door
from app.rules.grading import TRIGGERS


@form_page(door, "/grading/grades/<id>/lower", load=Grade, may="grade_reduction.propose")
def lower(one: Grade) -> str | Response:
    """Propose to lower or cancel a grade."""
    typed = LowerForm(obj=one, ground=next(iter(lowering.triggers(one)), None))
    if typed.sent():
        made = lowering.propose(
            one, ground=typed.ground.data, to_grade=int(typed.to_grade.data), reason=typed.reason.data,
            source=typed.source.data,
        )  # fmt: skip
        remember(_("已通知该组织陈述；陈述后或者期满后由另一人决定。"))
        return to("grading.reduction", id=made.public_id)
    lede = _("现有等级 %(grade)sA，有效期至%(until)s。提出的人不能决定。", grade=one.grade, until=day(one.until))
    return form(
        _("提出降低或者取消等级"), typed, _("提出"), caption=one.organization.body.name, rules=["C-23", "G-33"],
        lede=lede, tone="warning", cancel=url_for("grading.grade", id=one.public_id),
    )  # fmt: skip


@door.page("/grading/reductions/<id>", load=GradeReduction, may="grade_reduction.read")
def reduction(one: GradeReduction) -> str:
    """One proposal, for the department and the organization."""
    who, open_ = person(), one.state == "proposed"
    return page(
        "grading/reduction.html", reduction=one, triggers=TRIGGERS,
        may_answer=open_ and not one.answer and bool(access.may(who, "grade_reduction.answer", one)),
        may_decide=open_ and bool(access.may(who, "grade_reduction.decide", one)),
        barring=lowering.another(one, who.id) if open_ else [], unheard=not lowering.heard(one),
    )  # fmt: skip


@form_page(door, "/grading/reductions/<id>/answer", load=GradeReduction, may="grade_reduction.answer")
def answer(one: GradeReduction) -> str | Response:
    """The organization is heard."""
    typed = NoteForm(obj=one)
    typed.text.label.text = _("陈述")
    if typed.sent():
        lowering.answer(one, typed.text.data)
        remember(_("陈述已提交。"))
        return _to(one)
    return _form(one, _("陈述意见"), typed, _("提交陈述"))


@form_page(door, "/grading/reductions/<id>/decide", load=GradeReduction, may="grade_reduction.decide")
def decide_reduction(one: GradeReduction) -> str | Response:
    """Decide: another person than who proposed it."""
    typed = DecideForm(obj=one)
    if typed.sent():
        lowering.decide(one, typed.remark.data)
        remember(_("决定已作出，登记册已更新；原证书应当在十五日内交回。"))
        return _to(one)
    return _form(one, _("决定降低或者取消等级"), typed, _("决定"), tone="warning", findings=_another(one))


@form_page(door, "/grading/reductions/<id>/drop", load=GradeReduction, may="grade_reduction.drop")
def drop_reduction(one: GradeReduction) -> str | Response:
    """Let the proposal go."""
    typed = NoteForm(obj=one)
    if typed.sent():
        lowering.drop(one, typed.text.data)
        remember(_("已决定不予降低。"))
        return _to(one)
    return _form(one, _("不予降低"), typed, _("不予降低"), findings=_another(one))


@form_page(door, "/grading/grades/<id>/return", load=Grade, may="grade.take_back")
def take_back(one: Grade) -> str | Response:
    """Note that the certificate came back."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        lowering.take_back(one)
        remember(_("已记录证书交回。"))
        return to("grading.grade", id=one.public_id)
    return form(
        _("记录证书交回"), typed, _("记录"), caption=one.number, rules=["C-23"],
        cancel=url_for("grading.grade", id=one.public_id),
    )  # fmt: skip


@door.page("/grading/reductions/<id>/decision.pdf", load=GradeReduction, may="public.read")
def reduction_decision(one: GradeReduction) -> Response:
    """The decision to lower or cancel."""
    if one.decision is None:
        raise Missing(NO_SUCH)
    return files.send(one.decision, inline=True)


def _another(one: GradeReduction) -> Any:
    return lowering.another(one, person().id)


def _to(one: GradeReduction) -> Response:
    return to("grading.reduction", id=one.public_id)


def _form(one: GradeReduction, title: str, typed: Any, button: str, **more: Any) -> str:
    cancel = url_for("grading.reduction", id=one.public_id)
    return form(
        title, typed, button, caption=one.grade.organization.body.name, rules=["C-23"], cancel=cancel, **more
    )  # fmt: skip
