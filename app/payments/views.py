"""Payments: the list, asking, checking, refusing, paying."""

from flask import Response, request, url_for
from flask_babel import gettext as _

from app.agreements.models import Instalment
from app.core import access
from app.core.door import NO_SUCH, Door, form, form_page, page, person, remember, to
from app.core.errors import Missing
from app.core.files import StoredFile, send
from app.payments import actions, checks, lookups, queries
from app.payments.forms import ButtonForm, ReasonForm, RequestForm
from app.payments.models import Payment

door = Door("payments", __name__)


@door.page("/payments", may="payment.read")
def index() -> str:
    """The payments this person may see, newest first, and above them what can be asked for."""
    found, following = queries.mine(person(), request.args.get("after"))
    payable = queries.payable(person()) if access.may(person(), "payment.request") else []
    return page("payments/index.html", payments=found, following=following, payable=payable)


@form_page(door, "/payments/request/<id>", load=Instalment, may="payment.request")
def ask(instalment: Instalment) -> str | Response:
    """Ask for an instalment."""
    typed = RequestForm(amount=instalment.amount_fen)
    if typed.sent():
        number, amount = typed.invoice_no.data, typed.amount.data
        payment = actions.request(instalment, number, lookups.content(typed.invoice.data), amount)
        remember(_("付款申请已提交，采购人将在规定期限内审核和支付。"))
        return to("payments.show", id=payment.public_id)
    return page(
        "payments/ask.html", form=typed, instalment=instalment, rows=lookups.shares_of(instalment),
        findings=checks.before_asking(instalment, instalment.amount_fen), live=queries.live_payment(instalment),
        condition=lookups.condition(instalment),
    )  # fmt: skip


@door.page("/payments/<id>", load=Payment, may="payment.read")
def show(payment: Payment) -> str:
    """One payment: who did what, its split over the sources, its papers."""
    return page(
        "payments/show.html", payment=payment, rows=lookups.shares_of(payment.instalment), due=checks.due(payment),
        condition=lookups.condition(payment.instalment), people=queries.people_of(payment),
        invoice=queries.invoice(payment), steps=lookups.steps(payment),
    )  # fmt: skip


@door.page("/payments/<id>/order.pdf", load=Payment, may="payment.read")
def order(payment: Payment) -> Response:
    """The payment order."""
    return send(_there(payment.order))


@door.page("/payments/<id>/invoice", load=Payment, may="payment.read")
def invoice(payment: Payment) -> Response:
    """The invoice as it was handed in."""
    return send(_there(queries.invoice(payment)))


@form_page(door, "/payments/<id>/check", load=Payment, may="payment.check")
def check(payment: Payment) -> str | Response:
    """Check a request; whoever asked may not."""
    typed = ButtonForm(obj=payment)
    if typed.sent():
        actions.check(payment)
        remember(_("已审核通过，请由另一位财务人员支付。"))
        return to("payments.show", id=payment.public_id)
    findings = checks.before_checking(payment, person().id) if payment.state == "requested" else []
    return _confirm("payments/check.html", typed, payment, findings)


@form_page(door, "/payments/<id>/refuse", load=Payment, may="payment.refuse")
def refuse(payment: Payment) -> str | Response:
    """Give it back."""
    typed = ReasonForm(obj=payment)
    if typed.sent():
        actions.refuse(payment, typed.reason.data)
        remember(_("已退回，机构可以更正后重新申请。"))
        return to("payments.show", id=payment.public_id)
    lede = _("理由会告知申请的机构。不得以合同没有约定的理由退回。")
    return form(
        _("退回付款申请"), typed, _("退回"), tone="warning", caption=payment.agreement.number, lede=lede,
        rules=["D-15"], cancel=url_for("payments.show", id=payment.public_id),
    )  # fmt: skip


@form_page(door, "/payments/<id>/pay", load=Payment, may="payment.pay")
def pay(payment: Payment) -> str | Response:
    """Pay; whoever checked may not. A second click gets the first answer."""
    typed = ButtonForm(obj=payment)
    if typed.sent():
        actions.pay(payment)
        remember(_("已支付并记入账本。"))
        return to("payments.show", id=payment.public_id)
    findings = checks.before_paying(payment, person().id) if payment.state == "checked" else []
    return _confirm("payments/pay.html", typed, payment, findings)


def _confirm(template: str, typed: ButtonForm, payment: Payment, findings: object) -> str:
    return page(
        template, form=typed, payment=payment, findings=findings, rows=lookups.shares_of(payment.instalment),
        due=checks.due(payment), condition=lookups.condition(payment.instalment),
    )  # fmt: skip


def _there(file: StoredFile | None) -> StoredFile:
    if file is None:
        raise Missing(NO_SUCH)
    return file
