"""What the law says of a payment at each of its steps: shown before the button, demanded behind it."""

from datetime import date

from app.agreements.conditions import settlement_clause
from app.agreements.models import Instalment
from app.budgets.queries import commitments
from app.catalogue import queries as catalogue
from app.core import clock
from app.core.law import Finding
from app.delivery.queries import accepted
from app.payments.models import Payment
from app.rules import paying


def before_asking(instalment: Instalment, amount_fen: int) -> list[Finding]:
    """D-15 the condition is recorded, G-05 not above what has accrued of this instalment, B-66 accepted first."""
    condition, due = instalment.condition, instalment.state in ("accrued", "paid")
    recorded = {condition} if due else set()
    accrued, paid = (instalment.amount_fen * (instalment.state in of) for of in (("accrued", "paid"), ("paid",)))
    return [
        *paying.condition_recorded(condition, recorded, settlement_clause(instalment.agreement)),
        *paying.within_accrued(amount_fen, accrued, paid),
        *paying.accepted_first(condition, accepted(instalment.agreement)),
    ]


def before_checking(payment: Payment, checker_id: int) -> list[Finding]:
    """G-04 whoever asked does not check; G-05; B-66; a warning when it is late (B-68)."""
    return [
        *paying.maker_is_not_checker(payment.requested_by_id, checker_id),
        *paying.accepted_first(payment.instalment.condition, accepted(payment.agreement)),
        *_money(payment),
    ]


def before_paying(payment: Payment, payer_id: int) -> list[Finding]:
    """G-04 neither who asked nor who checked pays; G-05 on the contract's accounts; a warning when late (B-68)."""
    makers = (payment.requested_by_id, payment.checked_by_id)
    hands = next((bar for maker in makers for bar in paying.maker_is_not_checker(maker, payer_id)), None)
    return [*([hands] if hands else []), *_money(payment)]


def due(payment: Payment) -> date:
    """The last day to pay (B-68), counted from the day the request came with its invoice."""
    asked = clock.day_of(payment.made_at)
    return paying.payment_due(asked, catalogue.calendar(), catalogue.norms(payment.place)).day


def _money(payment: Payment) -> list[Finding]:
    held, asked = commitments(payment.agreement.public_id), clock.day_of(payment.made_at)
    accrued, paid = sum(c.accrued_fen for c in held), sum(c.paid_fen for c in held)
    late = paying.paid_in_time(asked, clock.today(), catalogue.calendar(), catalogue.norms(payment.place))
    return [*paying.within_accrued(payment.amount_fen, accrued, paid), *late]
