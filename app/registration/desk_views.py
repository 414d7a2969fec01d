"""The registrar's pages: accept, ask, decline, review, decide; sponsors at the counter."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.core.door import form, form_page, page, person, remember, to
from app.core.showing import told
from app.registration import actions, deciding, near, queries, showing, sponsors, table
from app.registration.forms import AskForm, ButtonForm, ReasonForm, ReviewForm, SponsorForm
from app.registration.models import Application
from app.registration.views import _back, _caption, door


@form_page(door, "/registration/<id>/accept", load=Application, may="application.accept")
def accept(application: Application) -> str | Response:
    """Accept a complete file; the clock runs."""
    typed = ButtonForm(obj=application)
    if typed.sent():
        deciding.accept(application)
        remember(_("已受理。"))
        return to("registration.show", id=application.public_id)
    row = table.of(application)
    return form(
        _("受理"), typed, _("确认受理"), caption=_caption(application), cancel=_back(application),
        findings=actions.check(application), rules=[row.clock_rule] if row.clock_rule else [],
        lede=_("受理后法定期限从材料齐全之日起算。受理人不能对同一申请作出决定。"),
    )  # fmt: skip


@form_page(door, "/registration/<id>/ask", load=Application, may="application.ask")
def ask(application: Application) -> str | Response:
    """Ask for corrections, all at once, item by item."""
    typed, items = AskForm(obj=application), showing.items(application)
    near.complete(typed["items"], [{"key": key} for key, _label, _text in items])
    if typed.sent():
        deciding.ask(application, [(part["key"], part["asked"] or "") for part in typed["items"].data])
        remember(_("已要求补正，申请人可以修改并逐项答复。"))
        return to("registration.show", id=application.public_id)
    return page("registration/ask.html", form=typed, application=application, items=items)


@form_page(door, "/registration/<id>/decline", load=Application, may="application.decline")
def decline(application: Application) -> str | Response:
    """Do not accept it."""
    typed = ReasonForm()
    if typed.sent():
        deciding.decline(application, typed.reasons.data)
        remember(_("已记录不予受理。"))
        return to("registration.show", id=application.public_id)
    return form(
        _("不予受理"), typed, _("确认不予受理"), tone="warning", caption=_caption(application),
        cancel=_back(application), lede=_("只在不属于本机关职权或者依法不需要登记时使用；材料不齐的请要求补正。"),
    )  # fmt: skip


@form_page(door, "/registration/<id>/review", load=Application, may="application.review")
def review(application: Application) -> str | Response:
    """Write down the opinion for whoever decides."""
    typed = ReviewForm(version=application.version)
    if not application.head_mark:
        del typed.identity_seen
    if typed.sent():
        seen = bool(typed.identity_seen.data) if "identity_seen" in typed else False
        deciding.review(
            application, opinion=typed.opinion.data, proposes=typed.proposes.data, identity_seen=seen
        )  # fmt: skip
        remember(_("审查意见已记录，等待另一名登记管理人员作出决定。"))
        return to("registration.show", id=application.public_id)
    return form(
        _("提出审查意见"), typed, _("记录意见"), caption=_caption(application), cancel=_back(application),
        findings=actions.check(application), rules=["G-150"],
    )  # fmt: skip


@form_page(door, "/registration/<id>/send-back", load=Application, may="application.send_back")
def send_back(application: Application) -> str | Response:
    """Send it back to be reviewed again."""
    typed = ReasonForm()
    if typed.sent():
        deciding.send_back(application, typed.reasons.data)
        remember(_("已退回重新审查。"))
        return to("registration.show", id=application.public_id)
    title = _("退回重新审查")
    return form(title, typed, _("退回"), tone="secondary", caption=_caption(application), cancel=_back(application))


@form_page(door, "/registration/<id>/decide", load=Application, may="application.decide")
def decide(application: Application) -> str | Response:
    """Decide, as another registrar than those who worked on it."""
    row = table.of(application)
    typed = row.decision_form(version=application.version)
    if typed.sent():
        for finding in deciding.decide(application, typed.verdict.data, typed.reasons.data, **typed.more()):
            remember(_("请注意：%(what)s（%(rule)s）", what=told(finding), rule=finding.rule))
        remember(_("决定已作出。"))
        return to("registration.show", id=application.public_id)
    return page(
        "registration/decide.html", form=typed, application=application, row=row, values=showing.shown(application),
        findings=[*deciding.barred(application), *actions.check(application)], people=queries.people_of(application),
    )  # fmt: skip


@form_page(door, "/registration/sponsors/new", may="sponsor.add")
def new_sponsor() -> str | Response:
    """Enter a sponsor at the counter, with an account or without."""
    typed = SponsorForm()
    if typed.sent():
        body, made, password = sponsors.add_sponsor(typed.name.data, typed.person.data, typed.sign_in_name.data)
        if made is not None:
            return page("accounts/made.html", made=made, password=password)
        return to("registration.start", applicant=body.public_id)
    return form(
        _("登记发起人"), typed, _("登记"), cancel=url_for("registration.index"), caption=person().body.name,
        lede=_("发起人还没有组织。核对身份后为其开设账号，由其自己申请；不用网的，由窗口按纸质材料代为录入。"),
    )  # fmt: skip
