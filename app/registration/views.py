"""Applications as the applicant sees them: the list, one application, its form, its materials, its corrections.

The registrar's pages are in desk_views.py, the public ones about certificates in certificate_views.py.
"""

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.accounts.models import Body
from app.accounts.queries import bodies
from app.core import access, files
from app.core.door import NO_SUCH, Door, find, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.showing import t
from app.registration import actions, near, queries, showing, table
from app.registration.forms import AnswerForm, ButtonForm, MaterialForm, ProcedureForm, ReasonForm, typed
from app.registration.lifecycle import APPLICATION
from app.registration.models import Application
from app.registry.queries import organization_of

door = Door("registration", __name__)


@door.page("/registration", may="application.list")
def index() -> str:
    """The applications this person may see, filtered, a page at a time."""
    asked = queries.Asked(*(request.args.get(name, "").strip()[:100] for name in ("q", "kind", "state")))
    after = request.args.get("after", "")
    found, more = queries.listed(person(), asked, int(after) if after.isdecimal() and len(after) < 16 else None)
    return page(
        "registration/index.html", found=found, asked=asked, kinds=table.procedures(), states=APPLICATION.states,
        tones=showing.TONES, more=url_for("registration.index", after=more, **asked.args()) if more else None,
    )  # fmt: skip


@door.page("/registration/start", may="application.draft")
def start() -> str:
    """What can be applied for, each with what it needs."""
    applicant = _applicant()
    return page("registration/start.html", kinds=_open_to(applicant), applicant=applicant)


@form_page(door, "/registration/new/<kind>", may="application.draft")
def new(kind: str) -> str | Response:
    """Fill in the form of a procedure; it is kept as a draft."""
    row, applicant = table.kind(kind), _applicant()
    made = _form(row, applicant)
    if made.sent():
        authority = find(Body, made.authority.data) if "authority" in made else person().body
        kept = actions.draft(kind, applicant, authority, made.plain(), identity=_identity(made))
        remember(_("已保存为草稿。请交齐材料后提交。"))
        return to("registration.show", id=kept.public_id)
    back = url_for("registration.start", applicant=request.args.get("applicant"))
    return page("registration/fill.html", form=made, row=row, applicant=applicant, back=back)


@door.page("/registration/<id>", load=Application, may="application.read")
def show(application: Application) -> str:
    """One application: its way, its clock, its file, what the law says of it, and what can be done."""
    row = table.of(application)
    return page(
        "registration/show.html", application=application, row=row, tone=showing.TONES[application.state],
        values=showing.shown(application), materials=queries.materials(application), near=near.names(application),
        corrections=[(one, showing.label_of(application, one.item)) for one in queries.corrections(application)],
        buttons=showing.buttons(application, person()), events=showing.events(application),
        findings=actions.check(application) if application.decided_at is None else [],
        people=queries.people_of(application), open=application.state in actions.OPEN_TO_EDIT,
    )  # fmt: skip


@form_page(door, "/registration/<id>/edit", load=Application, may="application.edit")
def edit(application: Application) -> str | Response:
    """Change what the form says."""
    row = table.of(application)
    made = _form(row, application.applicant, application)
    if made.sent():
        actions.edit(application, made.plain(), identity=_identity(made))
        remember(_("已保存。"))
        return to("registration.show", id=application.public_id)
    back = url_for("registration.show", id=application.public_id)
    return page("registration/fill.html", form=made, row=row, applicant=application.applicant, back=back)


@form_page(door, "/registration/<id>/materials/<key>", load=Application, may="application.edit")
def material(application: Application, key: str) -> str | Response:
    """Hand in the file for one material."""
    typed_, wanted = MaterialForm(obj=application), table.of(application).wanted(key)
    if typed_.sent():
        actions.hand_in(application, key, typed_.file.data.read(), typed_.file.data.filename or "")
        remember(_("已收到“%(name)s”。", name=t(wanted.name)))
        return to("registration.show", id=application.public_id)
    return page("registration/material.html", form=typed_, application=application, wanted=wanted)


@door.page("/registration/<id>/files/<key>", load=Application, may="application.read")
def file(application: Application, key: str) -> Response:
    """The file that stands for a material."""
    found = queries.materials(application).get(key)
    if found is None:
        raise Missing(NO_SUCH)
    return files.send(found.file, inline=True)


@door.page("/registration/<id>/decision.pdf", load=Application, may="application.read")
def decision(application: Application) -> Response:
    """The decision on paper."""
    if application.decision is None:
        raise Missing(NO_SUCH)
    return files.send(application.decision, inline=True)


@form_page(door, "/registration/<id>/submit", load=Application, may="application.submit")
def submit(application: Application) -> str | Response:
    """Hand it in, after a last look at what the law says."""
    typed_ = ButtonForm(obj=application)
    if typed_.sent():
        actions.submit(application)
        remember(_("申请已提交，编号 %(number)s。", number=application.number))
        return to("registration.show", id=application.public_id)
    return form(
        _("提交申请"), typed_, _("确认提交"), caption=_caption(application), cancel=_back(application),
        findings=actions.check(application), rules=table.of(application).rules,
        lede=_("提交后不能再改，除非登记管理机关要求补正。"),
    )  # fmt: skip


@form_page(door, "/registration/<id>/answer", load=Application, may="application.answer")
def answer(application: Application) -> str | Response:
    """Answer what was asked, item by item."""
    typed_, waiting = AnswerForm(obj=application), queries.unanswered(application)
    near.complete(typed_["items"], [{"key": one.public_id} for one in waiting])
    if typed_.sent():
        actions.answer(application, [part["answer"] or "" for part in typed_["items"].data])
        remember(_("补正已提交。"))
        return to("registration.show", id=application.public_id)
    asked = [(one, showing.label_of(application, one.item)) for one in waiting]
    return page("registration/answer.html", form=typed_, application=application, asked=asked)


@form_page(door, "/registration/<id>/withdraw", load=Application, may="application.withdraw")
def withdraw(application: Application) -> str | Response:
    """Take the application back, after asking once more."""
    typed_ = ReasonForm(obj=application)
    if typed_.sent():
        actions.withdraw(application, typed_.reasons.data)
        remember(_("申请已撤回。"))
        return to("registration.show", id=application.public_id)
    return form(
        _("撤回申请"), typed_, _("确认撤回"), tone="warning", caption=_caption(application), cancel=_back(application),
        lede=_("撤回后这份申请不能再继续，需要时重新申请；已有的记录仍然保存。"),
    )  # fmt: skip


def _applicant() -> Body:
    """Whose application it is: the person's own body, or the sponsor or organization named at the counter."""
    named = request.args.get("applicant", "")
    if named and "registrar" in access.actor().role_names:
        return find(Body, named)
    body = person().body
    if body is None:
        raise Missing(NO_SUCH)
    found: Body = body
    return found


def _open_to(applicant: Body) -> list[table.Procedure]:
    """The procedures this applicant, or the registrar about it, may begin."""
    wanted = set()
    if organization_of(applicant) is not None:
        at_work = "registrar" in access.actor().role_names
        wanted = {table.ORGANIZATION, table.AUTHORITY} if at_work else {table.ORGANIZATION}
    elif applicant.kind == "sponsor":
        wanted = {table.SPONSOR}
    return [row for row in table.procedures().values() if row.applicants & wanted]


def _form(row: table.Procedure, applicant: Body, application: Application | None = None) -> ProcedureForm:
    data = typed(row.form, application.values) if application else {}
    made = row.form(obj=application, data=data)
    made.settle(applicant, organization_of(applicant))
    if application is not None or "registrar" in access.actor().role_names:
        del made.authority
    else:
        made.authority.choices = [("", _("请选择")), *((one.public_id, one.name) for one in bodies("bureau"))]
    return made


def _identity(made: ProcedureForm) -> str:
    return (made["identity"].data or "") if "identity" in made else ""


def _caption(application: Application) -> str:
    return f"{application.number} · {application.name}"


def _back(application: Application) -> str:
    return url_for("registration.show", id=application.public_id)


from app.registration import certificate_views as certificate_views  # noqa: E402 - more routes of the same door
from app.registration import charter_views as charter_views  # noqa: E402
from app.registration import desk_views as desk_views  # noqa: E402
from app.registration import profile as profile  # noqa: E402
