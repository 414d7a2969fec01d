"""An instalment asked for, checked and paid by three people, once, split over the sources; and everything refused."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.agreements import actions as agreements
from app.agreements.models import Agreement
from app.budgets.models import Posting
from app.budgets.queries import balance, commitments
from app.core import changes, clock, log
from app.core.db import db
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.demonstration import people
from app.payments import actions, queries
from app.payments.models import Payment
from tests.agreements import world
from tests.agreements.world import instalment
from tests.conftest import Hands, turn
from tests.plans.world import body, refused, who

FIRST = [39_800_000, 39_800_000, 33_631_000, 6_169_000]


def ask(agreement: Agreement, order: int = 1, number: str = "26442000000012345678") -> Payment:
    """The organization's clerk asks for an instalment."""
    with turn(who("jia2")):
        return actions.request(instalment(agreement, order), number, b"%PDF-1.7 invoice")


def checked(agreement: Agreement, order: int = 1) -> Payment:
    """Asked for, and checked by finance."""
    payment = ask(agreement, order)
    with turn(who("finance")):
        return actions.check(payment)


def test_an_instalment_is_paid_from_its_sources(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    payment = checked(agreement)
    with turn(who("cashier")):
        actions.pay(payment)
    assert (payment.state, payment.amount_fen, instalment(agreement, 1).state) == ("paid", 119_400_000, "paid")
    assert [s.amount_fen for s in payment.shares] == FIRST == [c.paid_fen for c in commitments(agreement.public_id)]
    for held in commitments(agreement.public_id):
        assert balance(held.budget_line)["paid"] == held.budget_line.paid_fen == held.paid_fen
        assert balance(held.budget_line).get("accrued", 0) == 0
    assert payment.order is not None
    assert payment.order.name == "440103-FY-2026-001-01-ZF-01.pdf"
    assert payment.order.bytes.startswith(b"%PDF-")
    before = log.size()
    with pytest.raises(OutOfOrder, match="已经支付"), turn(who("cashier")):
        actions.pay(payment)
    with pytest.raises(OutOfOrder, match="已经支付"):
        ask(agreement)
    assert log.size() == before
    told = [e.action for e in log.since(0, 10_000) if e.action.split(".")[0] in ("payment", "instalment", "ledger")]
    assert told[-6:] == ["instalment.pay"] + ["payment.pay"] * 5
    assert [a for a in told if a != "payment.pay"][-2:] == ["ledger.pay", "instalment.pay"]
    paid = next(e for e in log.entries_of(payment.public_id) if e.action == "payment.pay")
    assert (paid.actor, paid.public) == (who("cashier").public_id, True)
    assert json.loads(paid.values)["new"]["state"] == "paid"


def test_all_three_instalments_reach_the_contract(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    world.accepted(agreement)
    with turn(who("officer")):
        for condition in ("mid_term_pass", "final_pass"):
            agreements.record_condition(agreement.project, condition, "评价合格", "报告")
    for order in (1, 2, 3):
        payment = checked(agreement, order)
        with turn(who("cashier")):
            actions.pay(payment)
    held = commitments(agreement.public_id)
    assert [c.paid_fen for c in held] == [c.committed_fen for c in held]
    assert sum(c.paid_fen for c in held) == 238_800_000
    assert db.session.scalar(select(Posting.id).where(Posting.account == "available", Posting.amount_fen == 0)) is None
    with turn(who("officer")):
        agreements.complete(agreement)
    assert agreement.state == "completed"


def test_nothing_is_asked_for_before_its_time(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    with refused("B-66", "D-15", "G-05"), turn(who("jia")):
        actions.request(instalment(agreement, 2), "1", None)
    with turn(who("officer")):
        agreements.record_condition(agreement.project, "mid_term_pass", "中期评价合格", "报告")
        agreements.withhold_condition(agreement.project, "final_pass", "期末评价不合格", "报告")
    with refused("B-66"), turn(who("jia")):
        actions.request(instalment(agreement, 2), "1", None)
    with refused("G-05"), turn(who("jia")):
        actions.request(instalment(agreement, 1), "1", None, 119_400_001)
    with pytest.raises(Invalid) as less, turn(who("jia")):
        actions.request(instalment(agreement, 1), "1", None, 119_399_999)
    assert less.value.field == "amount"
    with pytest.raises(OutOfOrder, match="不予支付"), turn(who("jia")):
        actions.request(instalment(agreement, 3), "1", None)
    for number in (" ", "9" * 41):
        with pytest.raises(Invalid) as wrong, turn(who("jia")):
            actions.request(instalment(agreement, 1), number, None)
        assert wrong.value.field == "invoice_no"
    with pytest.raises(Invalid), turn(who("jia")):
        actions.request(instalment(agreement, 1), "1", b"MZ not an invoice \x00")
    assert db.session.scalar(select(Payment.id)) is None


def test_one_live_request_for_an_instalment(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    payment = ask(agreement)
    with pytest.raises(OutOfOrder, match="已经申请过"):
        ask(agreement, number="2")
    with pytest.raises(OutOfOrder, match="已经申请过"), turn(who("jia")):
        actions._only_one(_twin(payment))  # and the database says so itself
    with pytest.raises(Invalid), turn(who("finance")):
        actions.refuse(payment, " ")
    with turn(who("finance")):
        actions.refuse(payment, "发票抬头不对")
    assert ask(agreement, number="2").state == "requested"
    assert queries.live_payment(instalment(agreement, 1)) is not payment


def _twin(payment: Payment) -> Payment:
    return Payment(
        instalment=payment.instalment, instalment_id=payment.instalment_id, agreement=payment.agreement,
        agreement_id=payment.agreement_id, amount_fen=payment.amount_fen, invoice_no="2",
        requested_by_id=payment.requested_by_id, place=payment.place,
    )  # fmt: skip


def test_three_pairs_of_hands(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    both = _in_both_houses()
    with turn(who("jia")):
        payment = changes.add(
            Payment(
                instalment=instalment(agreement, 1), instalment_id=instalment(agreement, 1).id, agreement=agreement,
                agreement_id=agreement.id, amount_fen=119_400_000, invoice_no="1", requested_by_id=both.id,
                place=agreement.place,
            ),
            "payment.request",
        )  # fmt: skip
    with refused("G-04"), turn(both):
        actions.check(payment)
    with pytest.raises(OutOfOrder), turn(who("cashier")):
        actions.pay(payment)
    with turn(who("finance")):
        actions.check(payment)
    for one in (both, who("finance")):
        with refused("G-04"), turn(one):
            actions.pay(payment)
    for name in ("jia", "officer", "leader", "approver"):
        with pytest.raises(NotAllowed), turn(who(name)):
            actions.pay(payment)
    assert payment.state == "checked"
    assert sum(c.paid_fen for c in commitments(agreement.public_id)) == 0


def _in_both_houses() -> Person:
    with turn():
        return accounts.add_person(
            name="两头干", sign_in_name="both", password="Kxq7-zebra-moon-41", roles={"finance_officer", "clerk"},
            body=body(people.BUYER), place=body(people.BUYER).place,
        )  # fmt: skip


def test_a_late_payment_is_warned_of_and_not_barred(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    payment = checked(agreement)
    hands.forward(days=40)
    found = actions.checks.before_paying(payment, who("cashier").id)
    assert [(f.rule, f.bars) for f in found] == [("B-68", False)]
    assert actions.checks.due(payment) == clock.day_of(payment.made_at).replace(month=7, day=8)


def test_more_than_has_accrued_cannot_be_paid_even_if_checked(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    with turn(who("jia")):
        payment = changes.add(
            Payment(
                instalment=instalment(agreement, 2), instalment_id=instalment(agreement, 2).id, agreement=agreement,
                agreement_id=agreement.id, amount_fen=119_400_001, invoice_no="1", requested_by_id=who("jia").id,
                place=agreement.place,
            ),
            "payment.request",
        )  # fmt: skip
    with pytest.raises(Unlawful) as caught, turn(who("finance")):
        actions.check(payment)
    assert {f.rule for f in caught.value.findings} == {"B-66", "G-05"}
