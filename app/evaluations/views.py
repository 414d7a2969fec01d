"""Evaluations: assigning, declaring, scoring, replying, publishing; one public page when published."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.core import access
from app.core.door import NO_SUCH, Door, find, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.evaluations import actions, queries
from app.evaluations.forms import STAGES, AssignForm, ButtonForm, DeclareForm, ReplyForm, ScoreForm, SubmitForm
from app.evaluations.models import Evaluation
from app.plans.models import Indicator, Project
from app.rules.evaluating import BANDS

door = Door("evaluations", __name__)


@door.page("/evaluations", may="evaluation.read")
def index() -> str:
    """The evaluations this person may see."""
    return page("evaluations/index.html", evaluations=queries.mine(person()), stages=STAGES)


@form_page(door, "/plans/<id>/evaluation", load=Project, may="evaluation.assign")
def assign(project: Project) -> str | Response:
    """Give an evaluation to an independent body."""
    typed = AssignForm()
    typed.evaluator.choices = [
        (p.public_id, f"{p.name} · {p.body.name if p.body else ''}") for p in people_with("evaluator")
    ]
    if typed.sent():
        who = find(Person, typed.evaluator.data)
        made = actions.assign(project, typed.stage.data, who.body, who, typed.due_on.data, typed.months.data)
        return to("evaluations.show", id=made.public_id)
    return form(_("指派评估"), typed, _("指派"), caption=project.name, rules=["D-06", "D-07", "D-10"])


@door.page("/evaluations/<id>", load=Evaluation, may="public.read")
def show(evaluation: Evaluation) -> str:
    """One evaluation; for everybody once it is published."""
    _demand_visible(evaluation)
    scores = {s.indicator_id: s for s in queries.scores(evaluation)}
    return page(
        "evaluations/show.html", evaluation=evaluation, indicators=queries.indicators(evaluation.project),
        scores=scores, replies=queries.replies(evaluation), stages=STAGES, bands=BANDS,
    )  # fmt: skip


@door.page("/evaluations/<id>/report.pdf", load=Evaluation, may="public.read")
def report(evaluation: Evaluation) -> Response:
    """The performance report."""
    _demand_visible(evaluation)
    if evaluation.report is None:
        raise Missing(NO_SUCH)
    return send(evaluation.report, inline=True)


@form_page(door, "/evaluations/<id>/declare", load=Evaluation, may="evaluation.declare")
def declare(evaluation: Evaluation) -> str | Response:
    """Declare that there is no interest."""
    typed = DeclareForm(obj=evaluation)
    if typed.sent():
        actions.declare(evaluation, typed.text.data)
        return _back(evaluation)
    return form(
        _("无利害关系声明"), typed, _("声明"), caption=evaluation.project.name, rules=["D-06"], cancel=_url(evaluation)
    )


@form_page(door, "/evaluations/<id>/decline", load=Evaluation, may="evaluation.decline")
def decline(evaluation: Evaluation) -> str | Response:
    """Stand aside."""
    typed = DeclareForm(obj=evaluation)
    if typed.sent():
        actions.decline(evaluation, typed.text.data)
        return _back(evaluation)
    return form(
        _("申请回避"), typed, _("回避"), tone="warning", caption=evaluation.project.name, cancel=_url(evaluation)
    )


@form_page(door, "/evaluations/<id>/score/<indicator_id>", load=Evaluation, may="evaluation.score")
def score(evaluation: Evaluation, indicator_id: str) -> str | Response:
    """Score one indicator."""
    indicator = find(Indicator, indicator_id)
    typed = ScoreForm(obj=queries.score_of(evaluation, indicator))
    if typed.sent():
        actions.save_score(
            evaluation, indicator, typed.actual.data or "0", typed.evidence.data, upheld=typed.upheld.data
        )
        return _back(evaluation)
    return form(
        indicator.level3, typed, _("保存"), caption=evaluation.project.name, rules=["G-13"], cancel=_url(evaluation)
    )


@form_page(door, "/evaluations/<id>/submit", load=Evaluation, may="evaluation.score")
def submit(evaluation: Evaluation) -> str | Response:
    """Hand in the scores."""
    typed = SubmitForm(obj=evaluation)
    if typed.sent():
        actions.submit(evaluation, typed.summary.data)
        return _back(evaluation)
    return form(
        _("提交评分"),
        typed,
        _("提交"),
        caption=evaluation.project.name,
        rules=["D-02", "G-13"],
        cancel=_url(evaluation),
    )


@form_page(door, "/evaluations/<id>/reply", load=Evaluation, may="evaluation.reply")
def reply(evaluation: Evaluation) -> str | Response:
    """An organization replies."""
    typed = ReplyForm(obj=evaluation)
    if typed.sent():
        actions.reply(evaluation, typed.text.data, typed.accepted.data == "yes")
        remember(_("答复已提交。"))
        return _back(evaluation)
    return form(
        _("答复评估意见"),
        typed,
        _("提交答复"),
        caption=evaluation.project.name,
        rules=["D-13"],
        cancel=_url(evaluation),
    )


@form_page(door, "/evaluations/<id>/publish", load=Evaluation, may="evaluation.publish")
def publish(evaluation: Evaluation) -> str | Response:
    """Publish; the contract's conditions follow."""
    typed = ButtonForm(obj=evaluation)
    if typed.sent():
        actions.publish(evaluation)
        remember(_("评估结果已公布，合同约定的付款条件随之确定。"))
        return _back(evaluation)
    return form(
        _("公布评估结果"), typed, _("公布"), caption=evaluation.project.name, rules=["D-15"], cancel=_url(evaluation)
    )


def _demand_visible(evaluation: Evaluation) -> None:
    if evaluation.state != "published" and not access.may(person(), "evaluation.read", evaluation):
        raise Missing(NO_SUCH)


def _url(evaluation: Evaluation) -> str:
    return url_for("evaluations.show", id=evaluation.public_id)


def _back(evaluation: Evaluation) -> Response:
    return to("evaluations.show", id=evaluation.public_id)
