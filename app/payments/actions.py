"""Payments: asked for by the organization, checked by one person, paid by another, once, split over the sources."""

from app.agreements.models import Instalment
from app.budgets import actions as ledger
from app.budgets.queries import commitments
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.delivery.queries import accepted
from app.documents.keeping import print_and_keep
from app.payments import queries
from app.payments.facts import order
from app.payments.models import Payment, PaymentShare
from app.rules import paying

NOT_DUE = N_("这一期的付款条件尚未成就，不能申请付款。")
ASKED_BEFORE = N_("这一期已经申请过付款。")
NO_INVOICE = N_("请填写发票号码。")
REASON_NEEDED = N_("请写明退回的理由。")


def request(instalment: Instalment, invoice_no: str, invoice: bytes | None) -> Payment:
    """Ask for an instalment that is payable. Raises OutOfOrder, Unlawful (B-66, G-05)."""
    agreement = instalment.agreement
    if queries.live_payment(instalment) is not None:
        raise OutOfOrder(ASKED_BEFORE)
    if instalment.state != "accrued":
        raise OutOfOrder(NOT_DUE)
    if not invoice_no.strip():
        raise Invalid(NO_INVOICE, {}, "invoice_no")
    demand(paying.accepted_first(instalment.condition, accepted(agreement)), _within(instalment))
    kept = files.keep(invoice, f"{invoice_no}.pdf", ("pdf", "png", "jpg")) if invoice else None
    payment = Payment(
        instalment=instalment, instalment_id=instalment.id, agreement=agreement, agreement_id=agreement.id,
        amount_fen=instalment.amount_fen, invoice_no=invoice_no.strip(), invoice_id=kept.id if kept else None,
        requested_by_id=access.actor().id, place=agreement.place,
    )  # fmt: skip
    return changes.add(payment, "payment.request")


def check(payment: Payment) -> Payment:
    """The buyer's check. Raises Unlawful when the checker is who asked (G-04)."""
    demand(paying.maker_is_not_checker(payment.requested_by_id, access.actor().id))
    return changes.move(payment, "check", checked_by_id=access.actor().id, checked_at=clock.now())


def refuse(payment: Payment, reason: str) -> Payment:
    """Give a request back with the reason; the organization may ask again."""
    if not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    return changes.move(payment, "refuse", refusal=reason.strip())


def pay(payment: Payment) -> Payment:
    """Pay: the ledger, the split over the sources, the order on paper. Raises Unlawful (G-04, G-05), OutOfOrder."""
    instalment = payment.instalment
    demand(paying.maker_is_not_checker(payment.checked_by_id, access.actor().id))
    changes.move(payment, "pay", paid_by_id=access.actor().id, paid_at=clock.now())
    contract = payment.agreement.public_id
    ledger.pay(
        contract, instalment.source_fens, source=payment.public_id,
        memo=f"{payment.agreement.number} 第{instalment.order}期",
    )  # fmt: skip
    changes.move(instalment, "pay")
    for commitment, fen in zip(commitments(contract), instalment.source_fens, strict=True):
        share = PaymentShare(
            payment=payment, payment_id=payment.id, budget_line=commitment.budget_line,
            budget_line_id=commitment.budget_line_id, amount_fen=fen, place=payment.place,
        )  # fmt: skip
        changes.add(share, "payment.pay", public=True)
    number = f"{payment.agreement.number}-ZF-{instalment.order:02d}"
    kept = print_and_keep("payment_order", order(payment, number), number=number, body_id=payment.agreement.buyer_id)
    return changes.amend(payment, "payment.pay", order_id=kept.id)


def _within(instalment: Instalment):  # type: ignore[no-untyped-def]
    held = commitments(instalment.agreement.public_id)
    accrued, paid = sum(c.accrued_fen for c in held), sum(c.paid_fen for c in held)
    return paying.within_accrued(instalment.amount_fen, accrued, paid)
