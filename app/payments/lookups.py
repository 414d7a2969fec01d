"""What the pages of a payment show, gathered from its records."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.agreements.models import Instalment
from app.budgets.models import BudgetLine
from app.budgets.queries import commitments
from app.core import access
from app.core.words import N_
from app.payments import checks
from app.payments.models import Payment
from app.plans.models import CONDITIONS

ENDPOINTS = {"check": "payments.check", "pay": "payments.pay", "refuse": "payments.refuse"}
OTHER_HANDS = N_("申请、审核与支付须由不同的人员办理，请交由其他同事办理")


@dataclass(frozen=True)
class Share:
    """How much of an instalment comes from one source, and how that source of the contract stands. Fen."""

    line: BudgetLine
    amount_fen: int
    committed_fen: int
    paid_fen: int


def shares_of(instalment: Instalment) -> list[Share]:
    """The split over the sources, in their order."""
    held = commitments(instalment.agreement.public_id)
    return [
        Share(c.budget_line, fen, c.committed_fen, c.paid_fen)
        for c, fen in zip(held, instalment.source_fens, strict=False)  # nothing is held before both have signed
    ]


def condition(instalment: Instalment) -> str:
    """The condition in words (a message id)."""
    return CONDITIONS[instalment.condition]


def content(upload: Any) -> bytes | None:
    """The bytes of an uploaded file, if one was chosen."""
    return upload.read() or None if upload else None


def steps(payment: Payment) -> list[dict[str, Any]]:
    """The buttons whoever acts has on this payment now; separated duties are said as the reason why not."""
    who = access.actor()
    return [
        {
            "label": step.label,
            "url": url_for(ENDPOINTS[step.verb], id=payment.public_id),
            "tone": "warning" if step.verb == "refuse" else None,
            "reason": _barred(payment, step.verb, who.id),
        }
        for step in Payment.lifecycle.from_state(payment.state)
        if access.may(who, Payment.lifecycle.action(step.verb), payment)
    ]


def _barred(payment: Payment, verb: str, who: int) -> str | None:
    if verb == "refuse":
        return None
    bars = checks.before_checking(payment, who) if verb == "check" else checks.before_paying(payment, who)
    return OTHER_HANDS if any(one.rule == "G-04" for one in bars) else None
