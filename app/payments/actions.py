"""Payments: asked for by the organization, checked by one person, paid by another, once, split over the sources."""

from sqlalchemy.exc import IntegrityError

from app.agreements.conditions import memo
from app.agreements.models import Instalment
from app.budgets import actions as ledger
from app.budgets.queries import commitments
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.payments import checks, queries
from app.payments.facts import order
from app.payments.models import Payment, PaymentShare
from app.plans.given import fits, some

ASKED_BEFORE = N_("这一期已经申请过付款，不能重复申请。")
PAID_BEFORE = N_("这一期已经支付，不能再付。")
NOT_PAID = N_("按合同约定，这一期不予支付：%(ground)s")
OTHER_AMOUNT = N_("发票金额应等于本期应付的 %(amount_fen)s 元。")
INVOICE_KINDS = ("pdf", "png", "jpg")


def request(instalment: Instalment, invoice_no: str, invoice: bytes | None, amount_fen: int | None = None) -> Payment:
    """Ask for an instalment that is payable, with its invoice; the invoice's amount is the instalment's.

    Raises OutOfOrder when it was asked for, paid or withheld; Unlawful (B-66, D-15, G-05); Invalid.
    """
    _not_settled(instalment)
    asked = instalment.amount_fen if amount_fen is None else amount_fen
    number = some(invoice_no, "invoice_no")
    demand(checks.before_asking(instalment, asked))
    if asked != instalment.amount_fen:
        raise Invalid(OTHER_AMOUNT, {"amount_fen": instalment.amount_fen}, "amount")
    agreement = instalment.agreement
    kept = files.keep(invoice, f"{number}.{files.kind_of(invoice)}", INVOICE_KINDS) if invoice else None
    payment = Payment(
        instalment=instalment, instalment_id=instalment.id, agreement=agreement, agreement_id=agreement.id,
        amount_fen=asked, **fits(Payment, invoice_no=number), invoice_id=kept.id if kept else None,
        requested_by_id=access.actor().id, place=agreement.place,
    )  # fmt: skip
    return _only_one(payment)


def check(payment: Payment) -> Payment:
    """The buyer's check. Raises Unlawful when the checker is who asked (G-04), beyond what has accrued (G-05)."""
    _in_state(payment, "check")
    demand(checks.before_checking(payment, access.actor().id))
    return changes.move(payment, "check", checked_by_id=access.actor().id, checked_at=clock.now())


def refuse(payment: Payment, reason: str) -> Payment:
    """Give a request back with the reason; the organization may ask again."""
    return changes.move(payment, "refuse", refusal=some(reason, "reason"))


def pay(payment: Payment) -> Payment:
    """Pay: the ledger, the split over the sources, the order on paper. Never twice.

    Raises OutOfOrder unless it was checked and not yet paid, Unlawful (G-04, G-05).
    """
    _in_state(payment, "pay")
    demand(checks.before_paying(payment, access.actor().id))
    changes.move(payment, "pay", paid_by_id=access.actor().id, paid_at=clock.now())
    instalment, agreement = payment.instalment, payment.agreement
    ledger.pay(agreement.public_id, instalment.source_fens, source=instalment.public_id, memo=memo(instalment))
    changes.move(instalment, "pay")
    _share(payment)
    number = f"{agreement.number}-ZF-{instalment.order:02d}"
    kept = print_and_keep("payment_order", order(payment, number), number=number, body_id=agreement.buyer_id)
    return changes.amend(payment, "payment.pay", order_id=kept.id)


def _share(payment: Payment) -> None:
    """Write down how much came from which source."""
    held = commitments(payment.agreement.public_id)
    for commitment, fen in zip(held, payment.instalment.source_fens, strict=True):
        share = PaymentShare(
            payment=payment, payment_id=payment.id, budget_line=commitment.budget_line,
            budget_line_id=commitment.budget_line_id, amount_fen=fen, place=payment.place,
        )  # fmt: skip
        changes.add(share, "payment.pay", public=True)


def _not_settled(instalment: Instalment) -> None:
    if instalment.state == "paid":
        raise OutOfOrder(PAID_BEFORE)
    if instalment.state == "withheld":
        raise OutOfOrder(NOT_PAID, {"ground": instalment.ground})
    if queries.live_payment(instalment) is not None:
        raise OutOfOrder(ASKED_BEFORE)


def _only_one(payment: Payment) -> Payment:
    """The database allows one live payment of an instalment; whoever comes second is told so in words."""
    try:
        return changes.add(payment, "payment.request")
    except IntegrityError as second:
        raise OutOfOrder(ASKED_BEFORE) from second


def _in_state(payment: Payment, verb: str) -> None:
    """Raises OutOfOrder, before any rule is asked, from a state that does not allow the step."""
    if payment.state == "paid":
        raise OutOfOrder(PAID_BEFORE)
    step = Payment.lifecycle.step(verb)
    if payment.state not in step.start:
        raise OutOfOrder(changes.NOT_NOW, {"state": Payment.lifecycle.states[payment.state], "step": step.label})
