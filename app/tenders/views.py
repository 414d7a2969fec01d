"""Tenders: the public list and page, and what officers and keyholders do with one."""

from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core import access, clock
from app.core.door import NO_SUCH, Door, find, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.plans.models import METHODS, Project
from app.tenders import actions, checks, forms, queries
from app.tenders.models import FAILURES, Keyholder, Tender

door = Door("tenders", __name__)
TONES = {
    "draft": "info", "published": "good", "opened": "info", "judged": "info", "awarded": "good", "failed": "bad",
    "cancelled": "bad",
}  # fmt: skip


@door.page("/tenders", may="public.read")
def index() -> str:
    """The tenders bids are taken for, the others, and the drafts this person works on."""
    closed = request.args.get("show") == "closed"
    found, following = queries.listed(still_open=not closed, after=request.args.get("after"))
    return page(
        "tenders/index.html", tenders=found, following=following, closed=closed, drafts=queries.drafts_for(person()),
        methods=METHODS, states=Tender.lifecycle.states, tones=TONES,
    )  # fmt: skip


@door.page("/tenders/<id>", load=Tender, may="public.read")
def show(tender: Tender) -> str:
    """One tender; a draft only for those who manage it."""
    shown = _visible(tender)
    return page(
        "tenders/show.html", tender=shown, lots=queries.lots_of(shown.project), events=queries.timeline(shown),
        open=queries.is_open(shown), left=queries.time_left(shown), buttons=queries.buttons(shown, person()),
        findings=checks.standing(shown) if shown.state == "draft" else None, tone=TONES[shown.state],
        methods=METHODS, failures=FAILURES,
    )  # fmt: skip


@door.page("/tenders/<id>/notice.pdf", load=Tender, may="public.read")
def notice(tender: Tender) -> Response:
    """The notice on paper."""
    if _visible(tender).notice is None:
        raise Missing(NO_SUCH)
    return send(tender.notice, inline=True)  # type: ignore[arg-type]


@door.page("/plans/<id>/tenders", load=Project, may="project.read")
def runs(project: Project) -> str:
    """The runs of procurement of one project, and how to begin one."""
    return page("tenders/runs.html", project=project, runs=queries.runs_of(project), tones=TONES)


@form_page(door, "/plans/<id>/tender", load=Project, may="tender.draft")
def new(project: Project) -> str | Response:
    """Begin the procurement of an approved project."""
    form = forms.ButtonForm()
    if form.sent():
        tender = actions.draft(project)
        remember(_("已建立 %(number)s。请指定密钥保管人。", number=tender.number))
        return to("tenders.show", id=tender.public_id)
    return page("tenders/new.html", project=project, form=form)


@form_page(door, "/tenders/<id>/keyholders", load=Tender, may="tender.edit")
def keyholders(tender: Tender) -> str | Response:
    """The keyholders named so far, and one more."""
    form = forms.KeyholderForm()
    if form.sent():
        actions.name_keyholder(tender, find(Person, form.holder.data), form.standing.data)
        return to("tenders.keyholders", id=tender.public_id)
    return page("tenders/keyholders.html", tender=tender, form=form)


@form_page(door, "/keyholders/<id>/replace", load=Keyholder, may="keyholder.name")
def replace(keyholder: Keyholder) -> str | Response:
    """Put another person in a keyholder's place."""
    form = forms.KeyholderForm(standing=keyholder.standing)
    if form.sent():
        actions.replace_keyholder(keyholder, find(Person, form.holder.data), form.standing.data)
        return to("tenders.keyholders", id=keyholder.tender.public_id)
    return page("tenders/replace.html", tender=keyholder.tender, keyholder=keyholder, form=form)


@form_page(door, "/tenders/<id>/threshold", load=Tender, may="tender.edit")
def threshold(tender: Tender) -> str | Response:
    """Say how many keyholders open together."""
    form = forms.ThresholdForm(obj=tender)
    if form.sent():
        actions.set_threshold(tender, form.data["threshold"])
        return to("tenders.show", id=tender.public_id)
    return page("tenders/threshold.html", tender=tender, form=form)


@form_page(door, "/tenders/<id>/key", load=Tender, may="tender.manage")
def key(tender: Tender) -> str | Response:
    """A keyholder registers their public key."""
    holder, form = queries.keyholder_of(tender, person().id), forms.KeyForm()
    if holder is None:
        raise Missing(NO_SUCH)
    if form.sent():
        actions.register_key(holder, form.recipient.data)
        remember(_("公钥已登记；私钥请自行妥善保管，平台没有副本。"))
        return to("tenders.show", id=tender.public_id)
    return page("tenders/key.html", tender=tender, holder=holder, form=form)


@form_page(door, "/tenders/<id>/publish", load=Tender, may="tender.publish")
def publish(tender: Tender) -> str | Response:
    """Publish, with the designated medium's address and time."""
    form = forms.publishing(tender)
    if form.sent():
        actions.publish(
            tender, medium_name=form.medium_name.data, medium_url=form.medium_url.data,
            medium_published_at=form.data["medium_published_at"], closes_at=form.data["closes_at"],
        )  # fmt: skip
        remember(_("公告已发布，各项期限从指定媒体首次发布起算。"))
        return to("tenders.show", id=tender.public_id)
    earliest = checks.earliest(tender, clock.now())
    return page("tenders/publish.html", tender=tender, form=form, findings=checks.standing(tender), earliest=earliest)


@form_page(door, "/tenders/<id>/fail", load=Tender, may="tender.fail")
def fail(tender: Tender) -> str | Response:
    """Declare the procurement failed (B-56)."""
    form = forms.FailForm(obj=tender)
    if form.sent():
        actions.fail(tender, form.reason.data, form.ground.data)
        remember(_("已宣布废标。"))
        return to("tenders.show", id=tender.public_id)
    return page("tenders/fail.html", tender=tender, form=form)


@form_page(door, "/tenders/<id>/cancel", load=Tender, may="tender.cancel")
def cancel(tender: Tender) -> str | Response:
    """End the procurement because the task fell away."""
    form = forms.ReasonForm(obj=tender)
    if form.sent():
        actions.cancel(tender, form.reason.data)
        remember(_("采购已取消。"))
        return to("tenders.show", id=tender.public_id)
    return page("tenders/cancel.html", tender=tender, form=form)


def _visible(tender: Tender) -> Tender:
    """The tender, if this reader may know of it. Raises Missing for a draft to anybody who does not work on it."""
    reader: Any = person()
    if not queries.is_public(tender) and not access.may(reader, "tender.manage", tender):
        raise Missing(NO_SUCH)
    return tender
