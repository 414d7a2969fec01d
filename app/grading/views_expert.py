"""What experts and committee members do: declare, score on the spot, hand in; and their named ballots."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.core.door import NO_SUCH, form, form_page, page, remember, to
from app.core.errors import Missing
from app.core.showing import centi
from app.grading import experts, queries, sheets, voting
from app.grading.forms import BallotForm, ButtonForm, DeclareForm
from app.grading.given import some
from app.grading.models import GradingApplication, GradingObjection, GradingSeat
from app.grading.views import door


@form_page(door, "/grading/seats/<id>/declare", load=GradingSeat, may="grading.declare")
def declare(seat: GradingSeat) -> str | Response:
    """Declare that there is no tie, or stand aside."""
    typed = DeclareForm(obj=seat)
    if typed.sent():
        conflict = some(typed.conflict.data, "conflict", 300) if typed.tied.data == "yes" else ""
        done = experts.declare(seat, conflict)
        remember(_("您已回避，感谢说明。") if done.recused else _("声明已记录，可以开始评分。"))
        return to("grading.mine") if done.recused else to("grading.seat", id=seat.public_id)
    name = seat.application.organization.body.name
    lede = _("参评组织：%(name)s。与它有任职、亲属或者其他可能影响公正的关系的，应当回避。", name=name)
    return form(_("回避声明"), typed, _("提交声明"), rules=["C-33"], lede=lede, cancel=url_for("grading.mine"))


@door.page("/grading/seats/<id>", load=GradingSeat, may="grading.score")
def seat(one: GradingSeat) -> str:
    """An expert's sheet at a glance: what is filled in and what is left."""
    return page(
        "grading/seat.html", seat=one, scores=queries.scores(one), unfinished=experts.unfinished(one),
        answers=queries.answers(one.application),
    )  # fmt: skip


@form_page(door, "/grading/seats/<id>/score/<section>", load=GradingSeat, may="grading.score")
def score(one: GradingSeat, section: str) -> str | Response:
    """One section of an expert's sheet."""
    items = queries.items(one.application.scheme, section)
    if not items:
        raise Missing(NO_SUCH)
    typed = sheets.marks_form(one, section)
    if typed.sent():
        experts.save_scores(one, sheets.marks(one, section, typed))
        remember(_("“%(title)s”已保存。", title=items[0].section_title))
        return to("grading.seat", id=one.public_id)
    return page(
        "grading/score.html", form=typed, seat=one, items=items, answers=queries.answers(one.application)
    )  # fmt: skip


@form_page(door, "/grading/seats/<id>/hand-in", load=GradingSeat, may="grading.score")
def hand_in(one: GradingSeat) -> str | Response:
    """Hand in the whole sheet."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        experts.hand_in(one)
        remember(_("评分已提交，不能再改。"))
        return to("grading.seat", id=one.public_id)
    lede = _("提交后不能再改；全组提交后，平台按各项平均分汇总，由评估委员会投票。")
    return form(
        _("提交评分"), typed, _("提交"), caption=one.application.organization.body.name, rules=["C-21"], lede=lede,
        cancel=url_for("grading.seat", id=one.public_id),
    )  # fmt: skip


@form_page(door, "/grading/applications/<id>/vote", load=GradingApplication, may="grading.vote")
def vote(one: GradingApplication) -> str | Response:
    """An evaluation member's named ballot."""
    typed = BallotForm(obj=one)
    if typed.sent():
        if typed.agrees.data == "aside":
            voting.stand_aside(one, typed.reason.data)
        else:
            voting.vote(one, typed.agrees.data == "yes", typed.reason.data)
        return _voted(one)
    grade = voting.proposed_grade(one)
    lede = _(
        "专家组总分 %(total)s 分，按本轮分数线为 %(grade)s。请对这一评估意见记名投票。",
        total=centi(one.total_centi), grade=f"{grade}A" if grade else _("无等级"),
    )  # fmt: skip
    return _form(one, _("评估委员会投票"), typed, lede)


@form_page(door, "/grading/objections/<id>/vote", load=GradingObjection, may="grading.vote")
def vote_objection(one: GradingObjection) -> str | Response:
    """A review member's named ballot."""
    typed = BallotForm(obj=one)
    if typed.sent():
        if typed.agrees.data == "aside":
            voting.stand_aside(one, typed.reason.data)
        else:
            voting.vote_on(one, typed.agrees.data == "yes", typed.reason.data)
        return _voted(one.application)
    lede = _(
        "表决事项：把总分改为 %(points)s 分；过半数同意的结论随之改变，否则维持。异议：%(text)s 核实情况：%(verified)s",
        text=one.text, verified=one.verified, points=one.points,
    )  # fmt: skip
    return _form(one.application, _("复核委员会投票"), typed, lede)


def _voted(one: GradingApplication) -> Response:
    remember(_("您的记名投票已记录，不能更改。"))
    return to("grading.application", id=one.public_id)


def _form(one: GradingApplication, title: str, typed: Any, lede: str) -> str:
    cancel = url_for("grading.application", id=one.public_id)
    return form(
        title, typed, _("投票"), caption=one.organization.body.name, cancel=cancel, lede=lede, rules=["C-24", "C-33"]
    )  # fmt: skip
