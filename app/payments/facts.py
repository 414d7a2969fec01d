"""What a payment order says."""

from app.accounts.models import Person
from app.budgets.queries import commitments
from app.core import clock
from app.core.db import db
from app.payments.checks import due
from app.payments.models import Payment
from app.plans.models import CONDITIONS

ACCOUNT = "经付款单位财务人员核对的对公账户"  # account numbers are not kept here; the order of paper names none


def order(payment: Payment, number: str) -> dict[str, object]:
    """The facts of `contracts/payment_order`: whom, how much, why, from which sources, by whose hands. Fen."""
    agreement, instalment = payment.agreement, payment.instalment
    held = commitments(agreement.public_id)
    paid = sum(c.paid_fen for c in held)
    assert instalment.accrued_at is not None
    return {
        "number": number,
        "amount_fen": payment.amount_fen,
        "paid_before_fen": paid - payment.amount_fen,
        "invoice_no": payment.invoice_no,
        "due_on": due(payment),
        "agreement": {
            "number": agreement.number,
            "name": f"{agreement.project.name}（第{agreement.lot.number}包）",
            "amount_fen": agreement.amount_fen,
        },
        "payer": {"name": agreement.buyer.name},
        "payee": {"name": agreement.supplier.name, "code": agreement.supplier.credit_code or "–", "account": ACCOUNT},
        "instalment": {
            "number": instalment.order,
            "condition": CONDITIONS[instalment.condition],
            "share_centi": instalment.share_centi,
            "ground": instalment.ground,
            "accrued_on": clock.day_of(instalment.accrued_at),
        },
        "shares": [
            {
                "level": c.budget_line.label,
                "line": c.budget_line.line,
                "name": c.budget_line.name,
                "committed_fen": c.committed_fen,
                "paid_before_fen": c.paid_fen - fen,
                "amount_fen": fen,
            }
            for c, fen in zip(held, instalment.source_fens, strict=True)
        ],
        "steps": [
            _step("申请", payment.requested_by_id, payment.made_at),
            _step("审核", payment.checked_by_id, payment.checked_at),
            _step("支付", payment.paid_by_id, payment.paid_at),
        ],
    }


def _step(name: str, person_id: int | None, at: object) -> dict[str, object]:
    person = db.session.get(Person, person_id)
    assert person is not None
    return {"name": name, "person": person.name, "body": person.body.name if person.body else "", "at": at}
