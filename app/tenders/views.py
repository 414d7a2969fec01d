"""Tenders: the public list and page, and what officers and keyholders do with one."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.core import access
from app.core.door import NO_SUCH, Door, find, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.plans.models import Project
from app.plans.queries import lots_of
from app.tenders import actions, queries
from app.tenders.forms import ButtonForm, KeyForm, KeyholderForm, PublishForm, ReasonForm, ThresholdForm
from app.tenders.models import Tender

door = Door("tenders", __name__)


@door.page("/tenders", may="public.read")
def index() -> str:
    """Published tenders, newest first, and the drafts this person works on."""
    return page("tenders/index.html", tenders=queries.published(), drafts=queries.drafts_for(person()))


@door.page("/tenders/<id>", load=Tender, may="public.read")
def show(tender: Tender) -> str:
    """One tender; a draft only for those who manage it."""
    if not queries.is_public(tender) and not access.may(person(), "tender.manage", tender):
        raise Missing(NO_SUCH)
    holder = queries.keyholder_of(tender, person().id)
    return page(
        "tenders/show.html", tender=tender, lots=lots_of(tender.project), events=queries.timeline(tender),
        open=queries.is_open(tender), holder=holder,
    )  # fmt: skip


@door.page("/tenders/<id>/notice.pdf", load=Tender, may="public.read")
def notice(tender: Tender) -> Response:
    """The notice on paper."""
    if tender.notice is None:
        raise Missing(NO_SUCH)
    return send(tender.notice, inline=True)


@form_page(door, "/plans/<id>/tender", load=Project, may="tender.draft")
def new(project: Project) -> str | Response:
    """Begin the procurement of an approved project."""
    button = ButtonForm()
    if button.sent():
        return to("tenders.show", id=actions.draft(project).public_id)
    return form(
        _("发起采购"), button, _("发起采购"), caption=project.name, cancel=url_for("plans.show", id=project.public_id)
    )


@form_page(door, "/tenders/<id>/keyholders", load=Tender, may="tender.edit")
def keyholder(tender: Tender) -> str | Response:
    """Name a keyholder."""
    typed = KeyholderForm()
    typed.holder.choices = [
        (p.public_id, f"{p.name} · {p.body.name if p.body else ''}") for p in people_with("keyholder")
    ]
    if typed.sent():
        actions.name_keyholder(tender, find(Person, typed.holder.data), typed.standing.data)
        remember(_("密钥保管人已指定。"))
        return to("tenders.show", id=tender.public_id)
    return form(_("指定密钥保管人"), typed, _("指定"), caption=tender.number, rules=["G-01"], cancel=_url(tender))


@form_page(door, "/tenders/<id>/threshold", load=Tender, may="tender.edit")
def threshold(tender: Tender) -> str | Response:
    """Say how many keyholders open together."""
    typed = ThresholdForm(obj=tender)
    if typed.sent():
        actions.set_threshold(tender, typed.threshold.data)
        return to("tenders.show", id=tender.public_id)
    return form(_("开启人数"), typed, _("保存"), caption=tender.number, rules=["G-02"], cancel=_url(tender))


@form_page(door, "/tenders/<id>/key", load=Tender, may="tender.manage")
def key(tender: Tender) -> str | Response:
    """A keyholder registers their public key."""
    holder, typed = queries.keyholder_of(tender, person().id), KeyForm()
    if holder is None:
        raise Missing(NO_SUCH)
    if typed.sent():
        actions.register_key(holder, typed.recipient.data)
        remember(_("公钥已登记；私钥请自行妥善保管，平台没有副本。"))
        return to("tenders.show", id=tender.public_id)
    lede = _("先在密钥页面生成密钥，把公钥抄到这里；私钥文件只保存在您自己手里。")
    return form(_("登记公钥"), typed, _("登记"), caption=tender.number, lede=lede, rules=["G-03"], cancel=_url(tender))


@form_page(door, "/tenders/<id>/publish", load=Tender, may="tender.publish")
def publish(tender: Tender) -> str | Response:
    """Publish, with the designated medium's address and time."""
    typed = PublishForm(obj=tender)
    if typed.sent():
        actions.publish(
            tender, medium_name=typed.medium_name.data, medium_url=typed.medium_url.data,
            medium_published_at=typed.medium_published_at.data, closes_at=typed.closes_at.data,
        )  # fmt: skip
        remember(_("公告已发布。"))
        return to("tenders.show", id=tender.public_id)
    lede = _("期限从指定媒体首次发布时起算，不从本平台起算。")
    rules = ["B-19", "B-40", "B-42"]
    return form(_("发布公告"), typed, _("发布公告"), caption=tender.number, lede=lede, rules=rules, cancel=_url(tender))


@form_page(door, "/tenders/<id>/fail", load=Tender, may="tender.fail")
def fail(tender: Tender) -> str | Response:
    """Declare the procurement failed."""
    typed = ReasonForm(obj=tender)
    if typed.sent():
        actions.fail(tender, typed.reason.data)
        remember(_("已宣布废标。"))
        return to("tenders.show", id=tender.public_id)
    return form(
        _("废标"), typed, _("宣布废标"), tone="warning", caption=tender.number, rules=["B-56"], cancel=_url(tender)
    )


@form_page(door, "/tenders/<id>/cancel", load=Tender, may="tender.cancel")
def cancel(tender: Tender) -> str | Response:
    """End the procurement because the task fell away."""
    typed = ReasonForm(obj=tender)
    if typed.sent():
        actions.cancel(tender, typed.reason.data)
        return to("tenders.show", id=tender.public_id)
    return form(
        _("取消采购"), typed, _("取消采购"), tone="warning", caption=tender.number, rules=["B-56"], cancel=_url(tender)
    )


def _url(tender: Tender) -> str:
    return url_for("tenders.show", id=tender.public_id)
