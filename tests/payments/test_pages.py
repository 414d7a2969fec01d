"""The pages of a payment: asked, checked and paid by three people; twice, too much, by strangers; and in English."""

import io

from flask import Flask

from app.agreements.models import Agreement
from app.budgets.models import LEVELS
from app.budgets.queries import balance, commitments
from app.core import log, security
from app.core.money import capitals
from app.payments import queries
from app.payments.models import Payment
from app.payments.waiting import waiting
from tests.agreements import world
from tests.agreements.browsing import left_in_chinese, opened, send, sign_in, waits
from tests.agreements.world import instalment
from tests.conftest import Hands
from tests.http import client_as
from tests.plans.world import who

INVOICE = "26442000000012345678"


def asked(app: Flask, agreement: Agreement, order: int = 1) -> Payment:
    """The organization asks on its page."""
    url = f"/payments/request/{instalment(agreement, order).public_id}"
    assert send(sign_in(app, "jia2"), url, invoice_no=INVOICE, amount="1,194,000.00").status_code == 303
    found = queries.live_payment(instalment(agreement, order))
    assert found is not None
    return found


def checked(app: Flask, agreement: Agreement) -> str:
    """Asked and checked; gives the payment's address."""
    home = f"/payments/{asked(app, agreement).public_id}"
    assert send(sign_in(app, "finance"), f"{home}/check").location == home
    return home


def test_a_double_click_and_a_second_tab_pay_once(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    assert [w.rule for w in waits(app, waiting, "jia2")] == ["D-15"]
    home = checked(app, agreement)
    assert [len(waits(app, waiting, name)) for name in ("jia2", "finance", "cashier")] == [0, 0, 1]
    cashier = sign_in(app, "cashier")
    first, second = opened(cashier, f"{home}/pay"), opened(cashier, f"{home}/pay")
    assert "398,000.00" in cashier.get(f"{home}/pay").text  # the split is on the page that asks
    paid = cashier.post(f"{home}/pay", data=first)
    again = cashier.post(f"{home}/pay", data=first)
    assert (paid.status_code, paid.location) == (again.status_code, again.location) == (303, home)
    tab = cashier.post(f"{home}/pay", data=second)
    assert (tab.status_code, "已经支付" in tab.text) == (409, True)
    assert security.refusals(1)[0].path == f"{home}/pay"
    changed = cashier.post(f"{home}/pay", data={**first, "version": "99"})
    assert (changed.status_code, "另一份内容" in changed.text) == (422, True)
    held = commitments(agreement.public_id)
    assert sum(c.paid_fen for c in held) == 119_400_000
    assert [balance(c.budget_line)["paid"] for c in held] == [c.paid_fen for c in held]
    told = [e for e in log.since(0, 10_000) if e.table == "journal" and e.action == "ledger.pay"]
    assert len(told) == 1
    order = cashier.get(f"{home}/order.pdf")
    assert order.data.startswith(b"%PDF-")
    assert "支付通知单" in cashier.get(home).text


def test_more_than_has_accrued_is_refused_and_the_form_kept(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    jia = sign_in(app, "jia")
    due, pending = (f"/payments/request/{instalment(agreement, n).public_id}" for n in (1, 2))
    assert "合同约定的付款条件尚未成就" in jia.get(pending).text  # said before the button
    for url, amount, rules in ((due, "1194000.01", "G-05"), (pending, "955200", "D-15 G-05 B-66")):
        answer = send(jia, url, invoice_no=INVOICE, amount=amount)
        assert answer.status_code == 422
        assert all(f"/rulebook#{rule}" in answer.text for rule in rules.split())
        assert f'value="{INVOICE}"' in answer.text
        assert f'value="{amount}"' in answer.text
        kept = security.refusals(1)[0]
        assert (kept.actor, kept.path, kept.status, kept.rules) == (who("jia").public_id, url, 422, rules)
    less = send(jia, due, invoice_no=INVOICE, amount="1193999.99")
    assert (less.status_code, "1,194,000.00" in less.text) == (422, True)
    empty = send(jia, due, invoice_no="", amount="")
    assert "请填写“发票号码”" in empty.text
    assert queries.live_payment(instalment(agreement, 1)) is None


def test_an_invoice_comes_back_as_it_was_handed_in(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    jia, url = sign_in(sqlite_app, "jia"), f"/payments/request/{instalment(agreement, 1).public_id}"
    typed = {"invoice_no": INVOICE, "amount": "1194000"}
    wrong = {**opened(jia, url), **typed, "invoice": (io.BytesIO(b"MZ\x00\x01"), "invoice.pdf")}
    assert jia.post(url, data=wrong, content_type="multipart/form-data").status_code == 422
    right = {**opened(jia, url), **typed, "invoice": (io.BytesIO(b"\x89PNG\r\n\x1a\n..."), "invoice.pdf")}
    home = jia.post(url, data=right, content_type="multipart/form-data").location
    answer = sign_in(sqlite_app, "finance").get(f"{home}/invoice")
    assert (answer.data, answer.mimetype) == (b"\x89PNG\r\n\x1a\n...", "image/png")
    assert f"{INVOICE}.png" in answer.headers["Content-Disposition"]


def test_who_may_do_what(app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    payment = asked(app, agreement)
    home = f"/payments/{payment.public_id}"
    wanted = {"finance": 200, "approver": 200, "leader": 200, "supervisor": 200, "jia": 200, "ding": 404, "key4": 403}
    for name, status in wanted.items():
        assert sign_in(app, name).get(home).status_code == status, name
    for name, verb in (("jia", "check"), ("leader", "check"), ("officer", "pay"), ("approver", "pay"), ("jia", "pay")):
        client = sign_in(app, name)
        assert client.get(f"{home}/{verb}").status_code == 403, (name, verb)
        assert client.post(f"{home}/{verb}", data={}).status_code == 403, (name, verb)
    stranger = sign_in(app, "ding")
    assert stranger.post(f"/payments/request/{instalment(agreement, 1).public_id}", data={}).status_code in (403, 404)
    assert client_as(app, None).post(f"{home}/pay", data={}).status_code == 401
    assert sign_in(app, "cashier").get("/payments/0000000000000000/pay").status_code == 404
    assert (agreement.number in sign_in(app, "ding").get("/payments").text) is False
    assert (agreement.number in sign_in(app, "cashier").get("/payments").text) is True
    early = send(sign_in(app, "cashier"), f"{home}/pay")
    assert early.status_code == 409
    finance = sign_in(app, "finance")
    assert send(finance, f"{home}/check").status_code == 303
    assert "须由不同的人员办理" in finance.get(home).text
    own = send(finance, f"{home}/pay")
    assert (own.status_code, "/rulebook#G-04" in own.text, payment.state) == (422, True, "checked")


def test_a_request_sent_back_may_be_made_again(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    home = f"/payments/{asked(sqlite_app, agreement).public_id}"
    finance, jia = sign_in(sqlite_app, "finance"), sign_in(sqlite_app, "jia")
    url = f"/payments/request/{instalment(agreement, 1).public_id}"
    assert "已经申请过" in jia.get(url).text
    twice = jia.post(url, data={"once": "other", "invoice_no": "2", "amount": "1194000"})
    assert (twice.status_code, "已经申请过" in twice.text) == (409, True)
    assert "请填写“退回的理由”" in send(finance, f"{home}/refuse", reason="").text
    assert send(finance, f"{home}/refuse", reason="发票抬头不对").status_code == 303
    assert "发票抬头不对" in jia.get(home).text
    assert len(waits(sqlite_app, waiting, "jia")) == 1
    assert send(jia, url, invoice_no="2", amount="1194000").status_code == 303


def test_english(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    ask = f"/payments/request/{instalment(agreement, 1).public_id}"
    names = (
        agreement.supplier.name, agreement.buyer.name, agreement.project.name, instalment(agreement, 1).ground,
        capitals(119_400_000), *LEVELS.values(), *(who(name).name for name in ("jia", "jia2", "finance", "cashier")),
    )  # fmt: skip
    assert left_in_chinese(sign_in(sqlite_app, "jia"), ask, names) == []
    assert left_in_chinese(sign_in(sqlite_app, "jia"), "/payments", names) == []
    home = f"/payments/{asked(sqlite_app, agreement).public_id}"
    for name, url in (("finance", f"{home}/check"), ("finance", f"{home}/refuse"), ("finance", home), ("jia", ask)):
        assert left_in_chinese(sign_in(sqlite_app, name), url, names) == [], url
    assert send(sign_in(sqlite_app, "finance"), f"{home}/check").status_code == 303
    assert left_in_chinese(sign_in(sqlite_app, "cashier"), f"{home}/pay", names) == []
    assert left_in_chinese(sign_in(sqlite_app, "finance"), home, names) == []
