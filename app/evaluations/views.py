"""Evaluations: assigning, declaring, scoring, replying, publishing; one public page when published."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.core import access
from app.core.door import NO_SUCH, Door, find, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.evaluations import actions, queries, sheet, showing
from app.evaluations.forms import STAGES, AssignForm, ButtonForm, DeclareForm, DeclineForm, ReplyForm, SubmitForm
from app.evaluations.models import Evaluation
from app.plans.models import Project

door = Door("evaluations", __name__)


@door.page("/evaluations", may="evaluation.read")
def index() -> str:
    """The evaluations this person may see; for officers, the projects of which one may be assigned."""
    found, more = queries.mine(person(), request.args.get("after"))
    officer = access.may(person(), "evaluation.assign")
    projects = queries.running_projects(person()) if officer else []
    next_url = url_for("evaluations.index", after=more) if more else None
    return page("evaluations/index.html", evaluations=found, projects=projects, stages=STAGES, next_url=next_url)


@form_page(door, "/evaluations/assign/<id>", load=Project, may="evaluation.assign")
def assign(project: Project) -> str | Response:
    """Give an evaluation to an independent body."""
    typed = AssignForm(**showing.proposed(project))
    typed.evaluator.choices = [(p.public_id, _named(p)) for p in people_with("evaluator")]
    if typed.sent():
        who = find(Person, typed.evaluator.data)
        made = actions.assign(project, typed.stage.data, who.body, who, typed.due_on.data, typed.months.data)
        remember(_("评估已指派，等待评估机构声明无利害关系。"))
        return _back(made)
    return page("evaluations/assign.html", form=typed, project=project, burden=queries.burden(project))


@door.page("/evaluations/<id>", load=Evaluation, may="public.read")
def show(evaluation: Evaluation) -> str:
    """One evaluation; for everybody once it is published."""
    _demand_visible(evaluation)
    return page("evaluations/show.html", seen=showing.seen_by(evaluation, person()), stages=STAGES)


@door.page("/evaluations/<id>/report.pdf", load=Evaluation, may="public.read")
def report(evaluation: Evaluation) -> Response:
    """The performance report."""
    _demand_visible(evaluation)
    if evaluation.report is None:
        raise Missing(NO_SUCH)
    return send(evaluation.report, inline=True)


@door.page("/evaluations/<id>/evidence/<score>", load=Evaluation, may="evaluation.read")
def evidence(evaluation: Evaluation, score: str) -> Response:
    """A file that goes with a score, for the parties."""
    file = queries.evidence_file(evaluation, score) if showing.scores_open(evaluation, person()) else None
    if file is None:
        raise Missing(NO_SUCH)
    return send(file)


@form_page(door, "/evaluations/<id>/declare", load=Evaluation, may="evaluation.declare")
def declare(evaluation: Evaluation) -> str | Response:
    """Declare that there is no interest."""
    typed = DeclareForm(obj=evaluation, text=_("本机构及参加评估的人员与购买主体、各承接主体均无利害关系。"))
    if typed.sent():
        actions.declare(evaluation, typed.text.data)
        return _back(evaluation)
    return _form(evaluation, _("无利害关系声明"), typed, _("声明"), rules=["D-06", "D-07"])


@form_page(door, "/evaluations/<id>/decline", load=Evaluation, may="evaluation.decline")
def decline(evaluation: Evaluation) -> str | Response:
    """Stand aside."""
    typed = DeclineForm(obj=evaluation)
    if typed.sent():
        actions.decline(evaluation, typed.reason.data)
        return _back(evaluation)
    return _form(evaluation, _("回避"), typed, _("回避"), rules=["D-07"], tone="warning")


@form_page(door, "/evaluations/<id>/score", load=Evaluation, may="evaluation.score")
def score(evaluation: Evaluation) -> str | Response:
    """The scoring sheet: saved as far as it is filled in."""
    typed = sheet.sheet_form(evaluation)
    if typed.sent():
        actions.save_sheet(evaluation, sheet.lines(evaluation, typed))
        remember(_("评分已保存，可以继续填写，全部填完后提交。"))
        return _back(evaluation)
    return page("evaluations/score.html", form=typed, evaluation=evaluation, rows=showing.sheet_rows(evaluation))


@form_page(door, "/evaluations/<id>/submit", load=Evaluation, may="evaluation.score")
def submit(evaluation: Evaluation) -> str | Response:
    """Hand in the scores."""
    typed = SubmitForm(obj=evaluation)
    if typed.sent():
        actions.submit(evaluation, typed.summary.data)
        remember(_("评分已提交，等待承接主体答复。"))
        return _back(evaluation)
    lede = _("提交后总分、等级由平台计算，不能再改。按服务数据计算的指标以提交时的数据为准。")
    return _form(evaluation, _("提交评分"), typed, _("提交"), rules=["D-02", "G-13"], lede=lede)


@form_page(door, "/evaluations/<id>/reply", load=Evaluation, may="evaluation.reply")
def reply(evaluation: Evaluation) -> str | Response:
    """An organization replies."""
    typed = ReplyForm(obj=evaluation)
    if typed.sent():
        actions.reply(evaluation, typed.text.data, typed.accepted.data == "yes")
        remember(_("答复已提交。"))
        return _back(evaluation)
    lede = _("答复与评估报告一并公开；对否决项有异议的，请写明理由和证据。每个单位只答复一次。")
    return _form(evaluation, _("答复评估意见"), typed, _("提交答复"), rules=["D-13"], lede=lede)


@form_page(door, "/evaluations/<id>/publish", load=Evaluation, may="evaluation.publish")
def publish(evaluation: Evaluation) -> str | Response:
    """Publish; what the contract says follows."""
    typed = ButtonForm(obj=evaluation)
    if typed.sent():
        actions.publish(evaluation)
        remember(_("评估结果已公布，合同约定的付款条件随之确定。"))
        return _back(evaluation)
    return page("evaluations/publish.html", form=typed, seen=showing.seen_by(evaluation, person()), stages=STAGES)


def _demand_visible(evaluation: Evaluation) -> None:
    if evaluation.state != "published" and not access.may(person(), "evaluation.read", evaluation):
        raise Missing(NO_SUCH)


def _named(one: Person) -> str:
    return f"{one.body.name if one.body else ''} · {one.name}"


def _form(evaluation: Evaluation, title: str, typed: Any, button: str, **more: Any) -> str:
    cancel = url_for("evaluations.show", id=evaluation.public_id)
    return form(title, typed, button, caption=evaluation.project.name, cancel=cancel, **more)


def _back(evaluation: Evaluation) -> Response:
    return to("evaluations.show", id=evaluation.public_id)
