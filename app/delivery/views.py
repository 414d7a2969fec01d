"""Deliveries: figures by month and community, handing in a sheet, acceptance."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.agreements.models import Agreement
from app.core import access
from app.core.door import NO_SUCH, Door, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.delivery import actions, queries
from app.delivery.forms import VERDICTS, AcceptanceForm, SheetForm
from app.delivery.models import Acceptance

door = Door("delivery", __name__)


@door.page("/agreements/<id>/delivery", load=Agreement, may="delivery.read")
def index(agreement: Agreement) -> str:
    """What was delivered, computed from single figures."""
    return page(
        "delivery/index.html", agreement=agreement, measures=queries.measures_of(agreement),
        months=queries.by_month(agreement), places=queries.by_community(agreement),
        reports=queries.reports(agreement), acceptances=queries.acceptances(agreement), verdicts=VERDICTS,
    )  # fmt: skip


@form_page(door, "/agreements/<id>/delivery/import", load=Agreement, may="delivery.import")
def hand_in(agreement: Agreement) -> str | Response:
    """Hand in a sheet, all or nothing."""
    typed = SheetForm()
    if typed.sent():
        report = actions.import_sheet(agreement, typed.file.data.read(), typed.file.data.filename)
        left = _("；属于其他采购包的列未导入：%(names)s", names="、".join(report.left_out)) if report.left_out else ""
        remember(_("%(months)s 的数据已导入", months="、".join(report.months)) + left)
        return to("delivery.index", id=agreement.public_id)
    lede = _("列：month、community，以及项目约定的各项服务量。已报送过且相同的数字会跳过，不同的会逐行指出。")
    back = url_for("delivery.index", id=agreement.public_id)
    return form(
        _("导入月报表"), typed, _("导入"), caption=agreement.number, lede=lede, files=True, rules=["G-21"], cancel=back
    )


@form_page(door, "/agreements/<id>/acceptance", load=Agreement, may="acceptance.record")
def accept(agreement: Agreement) -> str | Response:
    """Accept a period; the items are computed from the figures."""
    typed = AcceptanceForm()
    if typed.sent():
        items = queries.acceptance_items(agreement, typed.period_from.data, typed.period_to.data)
        made = actions.accept(
            agreement, period_from=typed.period_from.data, period_to=typed.period_to.data, verdict=typed.verdict.data,
            items=items, users_asked=typed.users_asked.data, users_satisfied=typed.users_satisfied.data,
            users_opinion=typed.users_opinion.data, remark=typed.remark.data,
        )  # fmt: skip
        return to("delivery.acceptance", id=made.public_id)
    back = url_for("delivery.index", id=agreement.public_id)
    return form(_("履约验收"), typed, _("记录验收"), caption=agreement.number, rules=["B-66"], cancel=back)


@door.page("/acceptances/<id>", load=Acceptance, may="public.read")
def acceptance(one: Acceptance) -> str:
    """One acceptance; public for services to the public (B-66)."""
    _demand_public(one)
    return page("delivery/acceptance.html", one=one, verdicts=VERDICTS)


@door.page("/acceptances/<id>/report.pdf", load=Acceptance, may="public.read")
def report(one: Acceptance) -> Response:
    """The acceptance report."""
    _demand_public(one)
    if one.report is None:
        raise Missing(NO_SUCH)
    return send(one.report, inline=True)


def _demand_public(one: Acceptance) -> None:
    if one.agreement.project.service_class != "A" and not access.may(person(), "delivery.read", one):
        raise Missing(NO_SUCH)
