"""What the department does: open a round, name committees, accept, draw experts, close ballots, publicize, decide."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.door import form, form_page, page, person, remember, to
from app.core.showing import day
from app.grading import applying, deciding, experts, objecting, queries, rounds, sheets, voting
from app.grading.forms import (
    ButtonForm,
    CommitteesForm,
    DecideForm,
    DrawForm,
    NoteForm,
    RoundForm,
    VerifyForm,
)
from app.grading.models import GradingApplication, GradingObjection, GradingRound
from app.grading.views import door

MEMBERS = ("expert", "registrar", "leader", "officer", "approver", "supervisor", "evaluator", "finance_officer")


@form_page(door, "/grading/rounds/new", may="grading_round.open")
def new_round() -> str | Response:
    """Open a round of one's own department."""
    today = clock.today()
    typed: Any = RoundForm(year=today.year, title=_("%(year)s年度社会组织评估", year=today.year), apply_from=today)
    if typed.sent():
        made = rounds.open_round(
            title=typed.title.data, year=typed.year.data, notice=typed.notice.data, apply_from=typed.apply_from.data,
            apply_until=typed.apply_until.data,
        )  # fmt: skip
        remember(_("本轮评估已开始；请任命评估委员会和复核委员会。"))
        return to("grading.round_", id=made.public_id)
    lede = _("公布后各组织可以在申请期内申请。分数线和指标按今天对本地有效的版本固定下来，本轮不再变化。")
    return form(_("开展评估"), typed, _("公布本轮评估"), rules=["C-33"], lede=lede, cancel=url_for("grading.mine"))


@form_page(door, "/grading/rounds/<id>/committees", load=GradingRound, may="grading_round.name")
def committees(one: GradingRound) -> str | Response:
    """Name both committees."""
    kept = {name: [str(m.person_id) for m in queries.members(one, name)] for name in ("evaluation", "review")}
    typed = CommitteesForm(obj=one, **kept)
    people = {str(p.id): p for p in queries.candidates(MEMBERS, one.place)}
    typed.evaluation.choices = typed.review.choices = [
        (key, f"{p.name} · {p.body.name if p.body else '—'}") for key, p in people.items()
    ]
    if typed.sent():
        rounds.name_committees(
            one, [people[k] for k in typed.evaluation.data], [people[k] for k in typed.review.data]
        )  # fmt: skip
        remember(_("两个委员会已任命。"))
        return to("grading.round_", id=one.public_id)
    return page("grading/committees.html", form=typed, round=one)


@form_page(door, "/grading/rounds/<id>/publicize", load=GradingRound, may="grading.publicize")
def publicize(one: GradingRound) -> str | Response:
    """Make public what is ready."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        done = rounds.publicize(one)
        until = day(done[0].publicized_until)
        remember(_("已公示 %(count)s 个组织的评估结果，公示至%(until)s。", count=len(done), until=until))
        return to("grading.round_", id=one.public_id)
    ready = [a for a in queries.applications(one) if a.state == "concluded"]
    return page("grading/publicize.html", form=typed, round=one, ready=ready)


@form_page(door, "/grading/rounds/<id>/close", load=GradingRound, may="grading_round.close")
def close_round(one: GradingRound) -> str | Response:
    """End the round."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        rounds.close_round(one)
        remember(_("本轮评估已结束。"))
        return to("grading.round_", id=one.public_id)
    cancel = url_for("grading.round_", id=one.public_id)
    return form(_("结束本轮评估"), typed, _("结束"), caption=one.title, cancel=cancel, tone="warning")


@form_page(door, "/grading/applications/<id>/accept", load=GradingApplication, may="grading.accept")
def accept(one: GradingApplication) -> str | Response:
    """Accept, with what was found on paper."""
    typed = sheets.accept_form(one)
    if typed.sent():
        applying.accept(
            one, inspections=sheets.inspections(typed), source=typed.source.data,
            investigated=bool(typed.investigated.data),
        )  # fmt: skip
        remember(_("已受理，请抽取专家。"))
        return _to(one)
    findings = applying.standing(one.organization, one.round, investigated=one.investigated)
    return page("grading/accept.html", form=typed, application=one, findings=findings)


@form_page(door, "/grading/applications/<id>/send-back", load=GradingApplication, may="grading.send_back")
def send_back(one: GradingApplication) -> str | Response:
    """Give back for correction."""
    typed = NoteForm(obj=one)
    if typed.sent():
        applying.send_back(one, typed.text.data)
        remember(_("已退回，申请单位可以修改后再次提交。"))
        return _to(one)
    return _form(one, _("退回补正"), typed, _("退回"), lede=_("写明哪一项、缺什么、怎么补。"))


@form_page(door, "/grading/applications/<id>/refuse", load=GradingApplication, may="grading.refuse")
def refuse(one: GradingApplication) -> str | Response:
    """Refuse to grade."""
    typed = NoteForm(obj=one)
    if typed.sent():
        applying.refuse(one, typed.text.data)
        remember(_("已决定不予评估，理由已告知申请单位。"))
        return _to(one)
    found = applying.standing(one.organization, one.round, investigated=one.investigated)
    return _form(one, _("不予评估"), typed, _("不予评估"), rules=["C-19"], findings=found, tone="warning")


@form_page(door, "/grading/applications/<id>/draw", load=GradingApplication, may="grading.draw")
def draw(one: GradingApplication) -> str | Response:
    """Draw the team."""
    typed: Any = DrawForm(obj=one, count=3)
    if typed.sent():
        experts.draw(one, typed.count.data)
        remember(_("专家已抽取，等待他们作回避声明。"))
        return _to(one)
    lede = _("从专家库中排除与参评组织有利害关系的人后，按日志根随机抽取；抽取的次序任何人都可以重算。")
    return _form(one, _("抽取专家"), typed, _("抽取"), rules=["C-33"], lede=lede)


@form_page(door, "/grading/applications/<id>/redraw", load=GradingApplication, may="grading.draw")
def redraw(one: GradingApplication) -> str | Response:
    """Draw in the place of those who stood aside."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        experts.redraw(one)
        remember(_("已补抽专家。"))
        return _to(one)
    return _form(one, _("补抽专家"), typed, _("补抽"), rules=["C-33"])


@form_page(door, "/grading/applications/<id>/conclude", load=GradingApplication, may="grading.conclude")
def conclude(one: GradingApplication) -> str | Response:
    """Close the evaluation committee's ballot."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        voting.conclude(one)
        remember(_("表决已汇总，可以在本轮页面公示结果。"))
        return _to(one)
    return _form(one, _("汇总表决"), typed, _("汇总"), rules=["C-24"], findings=voting.count_of(one))


@form_page(door, "/grading/applications/<id>/reassess", load=GradingApplication, may="grading.reassess")
def reassess(one: GradingApplication) -> str | Response:
    """Give back to the experts."""
    typed = NoteForm(obj=one)
    if typed.sent():
        voting.reassess(one, typed.text.data)
        remember(_("已退回专家组；专家重新提交后，评估委员会重新投票。"))
        return _to(one)
    return _form(one, _("退回专家组"), typed, _("退回"), tone="warning")


@form_page(door, "/grading/applications/<id>/decide", load=GradingApplication, may="grading.decide")
def decide(one: GradingApplication) -> str | Response:
    """Decide: another person than who carried the case."""
    typed = DecideForm(obj=one)
    if typed.sent():
        deciding.decide(one, typed.remark.data)
        remember(_("决定已作出，决定书和等级证书已生成，登记册已更新。"))
        return _to(one)
    found = [*deciding.findings(one), *deciding.another(one, person().id)]
    return page("grading/decide.html", form=typed, application=one, findings=found, due=deciding.due(one))


@form_page(door, "/grading/objections/<id>/verify", load=GradingObjection, may="grading_objection.put_to_vote")
def verify_objection(one: GradingObjection) -> str | Response:
    """Say what was verified and put the objection to the review committee."""
    typed: Any = VerifyForm(obj=one)
    if typed.points.data is None and not typed.is_submitted():
        typed.points.data = (one.application.total_centi or 0) // 100
    if typed.sent():
        objecting.put_to_vote(one, typed.verified.data, typed.points.data)
        remember(_("已提交复核委员会。"))
        return _to(one.application)
    lede = _("写明核实的情况和建议的总分。复核委员对“把总分改为这个数”记名投票：过半数同意的，结论随之改变；否则维持。")
    return _form(one.application, _("核实并提交复核"), typed, _("提交复核委员会"), rules=["C-24"], lede=lede)


@form_page(door, "/grading/objections/<id>/close", load=GradingObjection, may="grading_objection.uphold")
def close_objection(one: GradingObjection) -> str | Response:
    """Close the review committee's ballot."""
    typed = ButtonForm(obj=one)
    if typed.sent():
        objecting.close(one)
        remember(_("复核表决已汇总。"))
        return _to(one.application)
    agreed, entitled = voting.counts(one)
    lede = _("同意 %(agreed)s 票，有表决权 %(entitled)s 人。", agreed=agreed, entitled=entitled)
    return _form(one.application, _("汇总复核表决"), typed, _("汇总"), rules=["C-24"], lede=lede)


def _to(one: GradingApplication) -> Response:
    return to("grading.application", id=one.public_id)


def _form(one: GradingApplication, title: str, typed: Any, button: str, **more: Any) -> str:
    cancel = url_for("grading.application", id=one.public_id)
    return form(title, typed, button, caption=one.organization.body.name, cancel=cancel, **more)
