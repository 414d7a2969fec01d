"""What is read of payments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select

from app.accounts.models import Person
from app.agreements.models import Agreement, Instalment
from app.core.access import Actor
from app.core.db import db
from app.core.files import StoredFile
from app.payments.models import Payment

PAGE = 30
SEEN_BY_ALL = frozenset({"supervisor", "administrator"})


def live_payment(instalment: Instalment) -> Payment | None:
    """The payment of an instalment that was not refused."""
    query = select(Payment).where(Payment.instalment_id == instalment.id, Payment.state != "refused")
    return db.session.scalar(query)


def live_payments(agreement: Agreement) -> dict[int, Payment]:
    """Instalment id → its payment that was not refused, for one contract."""
    query = select(Payment).where(Payment.agreement_id == agreement.id, Payment.state != "refused")
    return {one.instalment_id: one for one in db.session.scalars(query)}


def mine(who: Actor, after: str | None = None) -> tuple[Sequence[Payment], str | None]:
    """The payments this person may see, newest first, and the key of the next page when there is one."""
    query = _seen_by(who, select(Payment).join(Agreement, Agreement.id == Payment.agreement_id))
    if after:
        query = query.where(Payment.id < select(Payment.id).where(Payment.public_id == after).scalar_subquery())
    found: list[Payment] = list(db.session.scalars(query.order_by(Payment.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].public_id if len(found) > PAGE else None


def payable(who: Actor) -> list[Instalment]:
    """The instalments due to this person's body for which nobody has asked yet, oldest first."""
    asked = select(Payment.instalment_id).where(Payment.state != "refused")
    query = select(Instalment).join(Agreement).where(Agreement.supplier_id == who.body_id)
    query = query.where(Instalment.state == "accrued", Instalment.id.not_in(asked))
    return list(db.session.scalars(query.order_by(Instalment.id)))


def in_state(who: Actor, state: str) -> list[Payment]:
    """The payments this person's body is to make that stand in this state, oldest first."""
    query = select(Payment).join(Agreement, Agreement.id == Payment.agreement_id)
    query = query.where(Agreement.buyer_id == who.body_id, Payment.state == state)
    return list(db.session.scalars(query.order_by(Payment.id)))


def people_of(payment: Payment) -> dict[int, Person]:
    """Who asked, checked and paid, by id."""
    ids = {one for one in (payment.requested_by_id, payment.checked_by_id, payment.paid_by_id) if one}
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def invoice(payment: Payment) -> StoredFile | None:
    """The invoice as it was handed in."""
    return db.session.get(StoredFile, payment.invoice_id) if payment.invoice_id else None


def _seen_by(who: Actor, query: Select[Any]) -> Select[Any]:
    if who.role_names & SEEN_BY_ALL:
        return query
    return query.where(or_(Agreement.buyer_id == who.body_id, Agreement.supplier_id == who.body_id))
