"""The pages of registrars and of the organizations concerned: a case from its finding to its end."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.door import form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.core.words import N_
from app.credit import actions, deciding, hearing, lookups, queries
from app.credit import steps as ways
from app.credit.forms import (
    FORMS,
    AnswerForm,
    ButtonForm,
    CheckForm,
    DropForm,
    HeardForm,
    HearingForm,
    ObjectionForm,
    PlainStatementForm,
    ProposalForm,
    ReasonsForm,
    RepairForm,
    StatementForm,
)
from app.credit.lifecycle import CREDIT
from app.credit.models import CreditCase, CreditObjection, CreditRepair
from app.credit.views import door
from app.rules.credit import KINDS, ROWS, TRIGGERS

NO_KIND = N_("没有这一类信用信息。")
LEDES = {
    "abnormal": N_("年度报告、处罚等情形由平台自动列为线索；这里录入其余情形。列入前须告知并听取陈述申辩。"),
    "serious": N_("处罚、满两年等情形由平台自动列为线索；这里录入其余情形。列入前须告知并听取陈述申辩。"),
    "penalty": N_("任何部门的处罚都要记录。其他部门的决定自收到之日起五个工作日内列入；本机关的处罚先告知。"),
    "ban": N_("财政部门禁止参加政府采购的决定。期限届满自动失效，不用手工解除。"),
}


@door.page("/credit/desk", may="credit.list")
def desk() -> str:
    """What is under way, the newest first."""
    state, after = request.args.get("state", ""), request.args.get("after", "")
    state = state if state in CREDIT.states else ""
    cases = queries.at_work(state=state, after=int(after) if after.isdecimal() and len(after) < 16 else 0)
    more = url_for("credit.desk", state=state or None, after=cases[-1].id) if len(cases) == queries.PAGE else None
    return page(
        "credit/desk.html", cases=cases, state=state, states=CREDIT.states, kinds=KINDS, triggers=TRIGGERS, more=more,
        today_=clock.today(),
    )  # fmt: skip


@door.page("/credit/new", may="credit.find")
def choose() -> str:
    """Which kind of credit information to enter."""
    return page("credit/choose.html", kinds=KINDS, ledes=LEDES, code=request.args.get("code", ""))


@form_page(door, "/credit/new/<kind>", may="credit.find")
def new(kind: str) -> str | Response:
    """Enter a candidate, a penalty or a ban."""
    if kind not in FORMS:
        raise Missing(NO_KIND)
    typed = FORMS[kind](code=request.args.get("code", ""))
    if typed.sent():
        made = actions.find(lookups.body_typed(typed.code.data), kind, **lookups.found(typed))
        remember(_("已录入，编号 %(number)s。", number=made.number))
        return to("credit.case", id=made.public_id)
    back = url_for("credit.choose", code=request.args.get("code"))
    return form(
        _("录入：%(what)s", what=_(KINDS[kind])), typed, _("录入"), lede=_(LEDES[kind]), files=True, cancel=back,
        rules=[ROWS[kind]],
    )  # fmt: skip


@door.page("/credit/cases/<id>", load=CreditCase, may="credit.read")
def case(case: CreditCase) -> str:
    """One case for whoever works on it or is concerned by it."""
    return page(
        "credit/case.html", case=case, kinds=KINDS, triggers=TRIGGERS, steps=ways.steps(case, person()),
        hint=ways.hint(case), clocks=ways.clocks(case), late=deciding.late(case), leaving=ways.leaving(case),
        objections=queries.objections(case), repairs=queries.repairs(case), named=queries.person_named,
        inside=lookups.inside(person()),
    )  # fmt: skip


@door.page("/credit/cases/<id>/files/<which>", load=CreditCase, may="credit.read")
def paper(case: CreditCase, which: str) -> Response:
    """A paper of the case: evidence, notice, statement, decision or removal."""
    return send(queries.paper(lookups.paper_of(case, which, person())))


@door.page("/credit/objections/<id>/file", load=CreditObjection, may="credit.read")
def objection_file(objection: CreditObjection) -> Response:
    """What was handed in with an objection."""
    return send(queries.paper(objection.file))


@door.page("/credit/repairs/<id>/file", load=CreditRepair, may="credit.read")
def repair_file(repair: CreditRepair) -> Response:
    """What was handed in with an ask to leave."""
    return send(queries.paper(repair.file))


@form_page(door, "/credit/cases/<id>/notify", load=CreditCase, may="credit.notify")
def notify(case: CreditCase) -> str | Response:
    """Hand out the notice."""
    typed = ButtonForm(obj=case)
    if typed.sent():
        actions.notify(case)
        return _done(case, _("告知书已发出，陈述申辩的期限开始计算。"))
    lede = _("平台将印制告知书，写明事实、理由、依据和陈述申辩、听证的权利，并送达该单位的工作台。")
    return _form(case, _("发出告知书"), typed, _("印制并发出"), lede=lede, rules=[_row(case)])


@form_page(door, "/credit/cases/<id>/statement", load=CreditCase, may="credit.state")
def statement(case: CreditCase) -> str | Response:
    """The organization states its case."""
    typed = (StatementForm if hearing.may_be_heard(case) else PlainStatementForm)(obj=case)
    if typed.sent():
        asked = bool(getattr(typed, "hearing_asked", None) and typed.hearing_asked.data)
        actions.state(case, typed.statement.data, asked, lookups.upload(typed.file))
        return _done(case, _("已收到您的意见。"))
    lede = _("请说明事实、理由，期限内可以修改。不会因为陈述申辩而加重处理。")
    return _form(case, _("陈述申辩"), typed, _("提交意见"), lede=lede, rules=[_row(case)], files=True)


@form_page(door, "/credit/cases/<id>/hearing", load=CreditCase, may="credit.hear")
def hearing_of(case: CreditCase) -> str | Response:
    """Set the hearing."""
    typed = HearingForm(obj=case)
    if typed.sent():
        actions.call_hearing(case, lookups.day_of(typed.hearing_on), typed.hearing_place.data)
        return _done(case, _("听证已安排，该单位可以看到时间和地点。"))
    return _form(case, _("安排听证"), typed, _("通知听证"), rules=["C-26"])


@form_page(door, "/credit/cases/<id>/hear", load=CreditCase, may="credit.hear")
def hear(case: CreditCase) -> str | Response:
    """Close the hearing of the organization."""
    typed = HeardForm(obj=case)
    if typed.sent():
        actions.hear(case, typed.heard_note.data)
        return _done(case, _("已记录，请提出处理意见。"))
    lede = _("写明该单位说了什么、是否采纳及理由；这段话会印在决定书上。")
    return _form(case, _("结束听取意见"), typed, _("记录"), lede=lede, rules=[_row(case)])


@form_page(door, "/credit/cases/<id>/propose", load=CreditCase, may="credit.propose")
def propose(case: CreditCase) -> str | Response:
    """Propose what should be done."""
    typed = ProposalForm(obj=case)
    if typed.sent():
        actions.propose(case, typed.proposal.data)
        return _done(case, _("已提出，由另一名登记管理人员决定。"))
    return _form(case, _("提出处理意见"), typed, _("提交给另一人决定"), rules=["G-31"])


@form_page(door, "/credit/cases/<id>/send-back", load=CreditCase, may="credit.send_back")
def send_back(case: CreditCase) -> str | Response:
    """Give the proposal back."""
    typed = ReasonsForm(obj=case)
    if typed.sent():
        actions.send_back(case, typed.reasons.data)
        return _done(case, _("已退回经办人。"))
    return _form(case, _("退回经办人"), typed, _("退回"), rules=["G-31"])


@form_page(door, "/credit/cases/<id>/decide", load=CreditCase, may="credit.decide")
def decide(case: CreditCase) -> str | Response:
    """Decide as proposed."""
    typed = ReasonsForm(version=str(case.version))
    if typed.sent():
        actions.decide(case, typed.reasons.data)
        return _done(case, _("已作出决定，请在期限内列入。"))
    lede = _("经办人的意见：%(what)s", what=case.proposal)
    return _form(case, _("作出决定"), typed, _("决定"), lede=lede, rules=[_row(case), "G-31"])


@form_page(door, "/credit/cases/<id>/drop", load=CreditCase, may="credit.drop")
def drop(case: CreditCase) -> str | Response:
    """Enter nothing."""
    typed = DropForm(obj=case)
    if typed.sent():
        actions.drop(case, typed.reason.data)
        return _done(case, _("已决定不予列入。"))
    return _form(case, _("不予列入"), typed, _("不予列入"), tone="warning", rules=["G-31"])


@form_page(door, "/credit/cases/<id>/enter", load=CreditCase, may="credit.enter")
def enter(case: CreditCase) -> str | Response:
    """Enter it on the list: public, and with its effect, from now."""
    typed = ButtonForm(obj=case)
    if typed.sent():
        actions.enter(case)
        return _done(case, _("已列入并公开。"))
    lede = _("列入后立即公开并生效，只能通过移出、期满或者更正结束。")
    return _form(
        case, _("列入并公开"), typed, _("确认列入"), tone="warning", lede=lede, findings=deciding.late(case),
        rules=["C-28", "C-29"],
    )  # fmt: skip


@form_page(door, "/credit/cases/<id>/object", load=CreditCase, may="credit.object")
def object_to(case: CreditCase) -> str | Response:
    """The organization objects to an entry."""
    typed = ObjectionForm(obj=case)
    if typed.sent():
        made = actions.object_to(case, typed.text.data, lookups.upload(typed.file))
        return _done(case, _("异议已收到，最迟 %(due)s 答复。", due=made.due_on.isoformat()))
    return _form(case, _("提出异议"), typed, _("提交异议"), rules=["C-29"], files=True)


@form_page(door, "/credit/objections/<id>/answer", load=CreditObjection, may="credit_objection.dismiss")
def answer(objection: CreditObjection) -> str | Response:
    """Answer an objection."""
    typed = AnswerForm(version=str(objection.version))
    if typed.sent():
        actions.answer(objection, typed.upheld.data == "yes", typed.answer.data)
        return _done(objection.case, _("已答复。"))
    lede = _("异议：%(what)s", what=objection.text)
    return _form(objection.case, _("答复异议"), typed, _("答复"), lede=lede, rules=["C-29", "G-31"])


@form_page(door, "/credit/cases/<id>/repair", load=CreditCase, may="credit.repair")
def repair(case: CreditCase) -> str | Response:
    """The organization asks to be taken off the list."""
    typed = RepairForm(obj=case)
    if typed.sent():
        made = actions.apply(case, typed.done.data, lookups.upload(typed.file))
        return _done(case, _("申请已收到，最迟 %(due)s 核实。", due=made.due_on.isoformat()))
    return _form(case, _("申请移出"), typed, _("提交申请"), rules=["C-27"], files=True)


@form_page(door, "/credit/repairs/<id>/check", load=CreditRepair, may="credit_repair.confirm")
def check(repair: CreditRepair) -> str | Response:
    """Check what the organization says it has done."""
    typed = CheckForm(obj=repair)
    if typed.sent():
        actions.check(repair, typed.passed.data == "yes", typed.note.data)
        return _done(repair.case, _("核实结果已记录。"))
    lede = _("申请：%(what)s", what=repair.done)
    return _form(repair.case, _("核实"), typed, _("记录核实结果"), lede=lede, rules=["C-27"])


@form_page(door, "/credit/cases/<id>/remove", load=CreditCase, may="credit.remove")
def remove(case: CreditCase) -> str | Response:
    """Take it off the list."""
    typed = ReasonsForm(version=str(case.version))
    if typed.sent():
        actions.remove(case, typed.reasons.data)
        return _done(case, _("已移出，移出决定书已公开。"))
    return _form(case, _("移出"), typed, _("移出"), rules=["C-27", "G-31"])


@form_page(door, "/credit/cases/<id>/correct", load=CreditCase, may="credit.correct")
def correct(case: CreditCase) -> str | Response:
    """End an entry that proved wrong."""
    typed = ReasonsForm(version=str(case.version))
    if typed.sent():
        actions.correct(case, typed.reasons.data)
        return _done(case, _("已更正，该记录不再有效。"))
    lede = _("仅用于列入有误：决定被撤销、变更或者认定错误。")
    return _form(case, _("更正"), typed, _("更正"), tone="warning", lede=lede, rules=["C-29", "G-31"])


def _form(case: CreditCase, title: str, typed: Any, button: str, **more: Any) -> str:
    """One step of a case as a page of one form."""
    back = url_for("credit.case", id=case.public_id)
    caption = f"{case.body.name} · {case.number}"
    crumbs = [(_("信用信息"), url_for("credit.index")), (case.number, back), (title, None)]
    return form(title, typed, button, caption=caption, cancel=back, crumbs=crumbs, **more)


def _done(case: CreditCase, said: str) -> Response:
    remember(said)
    return to("credit.case", id=case.public_id)


def _row(case: CreditCase) -> str:
    return "C-25" if case.kind == "abnormal" else "C-26"
