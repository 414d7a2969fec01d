"""What is read of payments."""

from sqlalchemy import or_, select

from app.agreements.models import Agreement, Instalment
from app.core.access import Actor
from app.core.db import db
from app.payments.models import Payment

PAGE = 30


def live_payment(instalment: Instalment) -> Payment | None:
    """The payment of an instalment that was not refused."""
    query = select(Payment).where(Payment.instalment_id == instalment.id, Payment.state != "refused")
    return db.session.scalar(query)


def mine(who: Actor, before: int | None = None) -> list[Payment]:
    """The payments this person may see, newest first, a page at a time."""
    query = select(Payment).join(Agreement).order_by(Payment.id.desc()).limit(PAGE)
    if not who.role_names & {"supervisor", "administrator"}:
        query = query.where(or_(Agreement.buyer_id == who.body_id, Agreement.supplier_id == who.body_id))
    return list(db.session.scalars(query.where(Payment.id < before) if before else query))
