"""Deliveries: figures by month and community, handing in a sheet, acceptance."""

from datetime import date

from flask import Response, request
from flask_babel import gettext as _

from app.agreements.models import Agreement
from app.core import access
from app.core.door import NO_SUCH, Door, form_page, page, person, remember, to
from app.core.errors import Invalid, Missing
from app.core.files import StoredFile, send
from app.core.typed import NotUnderstood, parse_day
from app.delivery import actions, queries
from app.delivery.forms import AcceptanceForm, ConfirmForm, SheetForm
from app.delivery.models import Acceptance
from app.delivery.overview import overview
from app.delivery.rows import complete
from app.delivery.sums import HEIGHT

door = Door("delivery", __name__)


@door.page("/agreements/<id>/delivery", load=Agreement, may="delivery.read")
def index(agreement: Agreement) -> str:
    """What was delivered, computed from single figures."""
    return page(
        "delivery/index.html", agreement=agreement, seen=overview(agreement), reports=queries.reports(agreement),
        acceptances=queries.acceptances(agreement), verdicts=actions.VERDICTS, height=HEIGHT, plain=queries.plain,
    )  # fmt: skip


@form_page(door, "/agreements/<id>/delivery/import", load=Agreement, may="delivery.import")
def hand_in(agreement: Agreement) -> str | Response:
    """Upload a sheet; what it says is shown before anything is taken."""
    form = SheetForm()
    if form.sent():
        kept = actions.keep_sheet(agreement, form.file.data.read(), form.file.data.filename)
        return to("delivery.confirm", id=agreement.public_id, sheet=kept.public_id)
    return page(
        "delivery/hand_in.html", form=form, agreement=agreement, measures=queries.measures_of(agreement),
        others=queries.others_of(agreement), months=queries.months_of(agreement.project),
    )  # fmt: skip


@form_page(door, "/agreements/<id>/delivery/import/<sheet>", load=Agreement, may="delivery.import")
def confirm(agreement: Agreement, sheet: str) -> str | Response:
    """Look at what an uploaded sheet says, and take it."""
    form, kept = ConfirmForm(), _sheet(agreement, sheet)
    if form.sent():
        report = actions.take(agreement, kept)
        remember(_("%(months)s 的服务数据已导入。", months="、".join(report.months)))
        return to("delivery.index", id=agreement.public_id)
    seen = actions.read_sheet(agreement, kept.bytes)
    return page(
        "delivery/confirm.html", form=form, agreement=agreement, seen=seen, file=kept,
        measures=queries.measures_of(agreement),
    )  # fmt: skip


@form_page(door, "/agreements/<id>/acceptance", load=Agreement, may="acceptance.record")
def accept(agreement: Agreement) -> str | Response:
    """Accept a period item by item; what was promised and delivered is computed from the figures."""
    start, end = _period(agreement)
    items = queries.acceptance_items(agreement, start, end)
    form = AcceptanceForm()
    complete(form["items"], [{"key": one["name"], **({} if form.is_submitted() else one)} for one in items])
    if form.sent():
        made = actions.accept(
            agreement, period_from=start, period_to=end, verdict=form.verdict.data, items=_judged(items, form),
            users_asked=form.users_asked.data, users_satisfied=form.users_satisfied.data,
            users_opinion=form.users_opinion.data, remark=form.remark.data, repair_by=form.repair_by.data,
        )  # fmt: skip
        remember(_("验收已记录，验收书已生成。"))
        return to("delivery.acceptance", id=made.public_id)
    return page("delivery/accept.html", form=form, agreement=agreement, items=items, start=start, end=end)


@door.page("/acceptances/<id>", load=Acceptance, may="public.read")
def acceptance(one: Acceptance) -> str:
    """One acceptance; public for services to the public (B-66)."""
    _demand_visible(one)
    inside = bool(access.may(person(), "delivery.read", one))
    return page("delivery/acceptance.html", one=one, verdicts=actions.VERDICTS, inside=inside)


@door.page("/acceptances/<id>/report.pdf", load=Acceptance, may="public.read")
def report(one: Acceptance) -> Response:
    """The acceptance report."""
    _demand_visible(one)
    if one.report is None:
        raise Missing(NO_SUCH)
    return send(one.report, inline=True)


def _sheet(agreement: Agreement, public_id: str) -> StoredFile:
    found = queries.sheet(agreement, public_id)
    if found is None:
        raise Missing(NO_SUCH)
    return found


def _period(agreement: Agreement) -> tuple[date, date]:
    """The period asked for in the address, or what is to be accepted next."""
    start, end = queries.next_period(agreement)
    return _day("from", start), _day("to", end)


def _day(name: str, usual: date) -> date:
    typed = request.args.get(name, "")
    try:
        return parse_day(typed) if typed else usual
    except NotUnderstood as wrong:
        raise Invalid(wrong.text, wrong.values, name) from wrong


def _judged(items: list[dict[str, object]], form: AcceptanceForm) -> list[dict[str, object]]:
    return [{"name": one["name"], **said} for one, said in zip(items, form["items"].data, strict=True)]


def _demand_visible(one: Acceptance) -> None:
    if one.agreement.project.service_class != "A" and not access.may(person(), "delivery.read", one):
        raise Missing(NO_SUCH)
