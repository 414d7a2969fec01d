"""A purchase with something in every part of its public page: opening, figures, acceptance, payment, evaluation."""

from datetime import date

from sqlalchemy import select

from app.bids.models import Opening
from app.core import changes
from app.core.db import db
from app.delivery import queries as figures
from app.delivery.accepting import accept
from app.delivery.models import Acceptance
from app.evaluations.models import Evaluation
from app.payments import actions as payments
from app.payments.models import Payment
from app.tenders.models import Tender
from tests.conftest import Hands, turn
from tests.delivery import world
from tests.evaluations import world as evaluating
from tests.plans.world import who

OPINION = "居民说老师们有耐心。"


def performed(hands: Hands) -> Evaluation:
    """Half a year delivered and accepted, the first instalment paid, the mid-term evaluation published."""
    opened()
    round_ = evaluating.scored(hands)
    evaluating.answer(round_)
    hands.forward(days=1)
    evaluating.publish(round_)
    accepted()
    paid()
    return round_


def tender() -> Tender:
    """The only tender."""
    return db.session.scalars(select(Tender)).one()


def opened() -> Opening:
    """The opening as it would have been held at the deadline."""
    of = tender()
    assert of.closes_at is not None
    with turn(who("officer")):
        held = Opening(tender=of, tender_id=of.id, opened_at=of.closes_at, keyholders=["公证 甲"], place=of.place)
        return changes.add(held, "opening.hold", public=True)


def accepted() -> Acceptance:
    """The officer accepts the first half of lot 1, with what users said."""
    contract = world.agreement(1)
    start, end = contract.term_from, date(2026, 12, 31)
    judged = [
        {"name": one["name"], "verdict": "达到", "quality": "抽查服务记录"}
        for one in figures.acceptance_items(contract, start, end)
    ]
    with turn(who("officer")):
        return accept(
            contract, period_from=start, period_to=end, verdict="passed", items=judged, users_asked=40,
            users_satisfied=38, users_opinion=OPINION,
        )  # fmt: skip


def paid(order: int = 1) -> Payment:
    """An instalment of lot 1, asked for, checked and paid by three people."""
    with turn(who("jia2")):
        payment = payments.request(world.agreement(1).instalments[order - 1], f"2644200000001234567{order}", None)
    with turn(who("finance")):
        payments.check(payment)
    with turn(who("cashier")):
        return payments.pay(payment)
