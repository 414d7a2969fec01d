"""Payments: the list, asking, checking, refusing, paying."""

from flask import Response, url_for
from flask_babel import gettext as _

from app.agreements.models import Instalment
from app.core.door import NO_SUCH, Door, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import send
from app.payments import actions, queries
from app.payments.forms import ButtonForm, ReasonForm, RequestForm
from app.payments.models import Payment

door = Door("payments", __name__)


@door.page("/payments", may="payment.read")
def index() -> str:
    """The payments this person may see."""
    return page("payments/index.html", payments=queries.mine(person()))


@form_page(door, "/payments/request/<id>", load=Instalment, may="payment.request")
def ask(instalment: Instalment) -> str | Response:
    """Ask for an instalment."""
    typed = RequestForm()
    if typed.sent():
        upload = typed.invoice.data
        payment = actions.request(instalment, typed.invoice_no.data, upload.read() if upload else None)
        remember(_("付款申请已提交。"))
        return to("payments.show", id=payment.public_id)
    return form(
        _("申请付款"), typed, _("提交申请"), caption=instalment.agreement.number, files=True, rules=["B-66", "D-15"],
        cancel=url_for("agreements.show", id=instalment.agreement.public_id),
    )  # fmt: skip


@door.page("/payments/<id>", load=Payment, may="payment.read")
def show(payment: Payment) -> str:
    """One payment and its split over the sources."""
    return page("payments/show.html", payment=payment)


@door.page("/payments/<id>/order.pdf", load=Payment, may="payment.read")
def order(payment: Payment) -> Response:
    """The payment order."""
    if payment.order is None:
        raise Missing(NO_SUCH)
    return send(payment.order, inline=True)


@form_page(door, "/payments/<id>/check", load=Payment, may="payment.check")
def check(payment: Payment) -> str | Response:
    """Check a request; whoever asked may not."""
    typed = ButtonForm(obj=payment)
    if typed.sent():
        actions.check(payment)
        return to("payments.show", id=payment.public_id)
    return form(
        _("审核付款"), typed, _("审核通过"), caption=payment.agreement.number, rules=["G-04"], cancel=_url(payment)
    )


@form_page(door, "/payments/<id>/refuse", load=Payment, may="payment.refuse")
def refuse(payment: Payment) -> str | Response:
    """Give it back."""
    typed = ReasonForm(obj=payment)
    if typed.sent():
        actions.refuse(payment, typed.reason.data)
        return to("payments.show", id=payment.public_id)
    return form(
        _("退回付款申请"), typed, _("退回"), tone="warning", caption=payment.agreement.number, cancel=_url(payment)
    )


@form_page(door, "/payments/<id>/pay", load=Payment, may="payment.pay")
def pay(payment: Payment) -> str | Response:
    """Pay; whoever checked may not. A second click gets the first answer."""
    typed = ButtonForm(obj=payment)
    if typed.sent():
        actions.pay(payment)
        remember(_("已支付并记入账本。"))
        return to("payments.show", id=payment.public_id)
    return form(
        _("支付"), typed, _("支付"), caption=payment.agreement.number, rules=["G-04", "G-05"], cancel=_url(payment)
    )


def _url(payment: Payment) -> str:
    return url_for("payments.show", id=payment.public_id)
