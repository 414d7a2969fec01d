"""What waits for somebody about a payment, why, and until when."""

from flask import url_for

from app.accounts.models import Person
from app.agreements.models import Instalment
from app.core.waiting import Waiting
from app.core.words import N_
from app.payments import checks, queries
from app.payments.models import Payment


def waiting(person: Person) -> list[Waiting]:
    """The organization asks for what is due; finance checks; another of finance pays."""
    found: list[Waiting] = []
    if person.role_names & {"manager", "clerk"}:
        found += [_ask(one) for one in queries.payable(person)]
    if person.role_names & {"finance_officer", "approver"}:
        asked = queries.in_state(person, "requested")
        found += [_check(one) for one in asked if one.requested_by_id != person.id]
    if "finance_officer" in person.role_names:
        checked = queries.in_state(person, "checked")
        found += [_pay(one) for one in checked if person.id not in (one.checked_by_id, one.requested_by_id)]
    return found


def _ask(instalment: Instalment) -> Waiting:
    accepted = all(one.rule != "B-66" for one in checks.before_asking(instalment, instalment.amount_fen))
    why = N_("付款条件已成就，可以凭发票申请付款") if accepted else N_("付款条件已成就，待采购人验收合格后申请")
    values = {"number": instalment.agreement.number, "order": instalment.order}
    label, url = N_("申请合同 %(number)s 第 %(order)s 期付款"), url_for("payments.ask", id=instalment.public_id)
    return Waiting(label, url, why, "D-15" if accepted else "B-66", None, values)


def _check(payment: Payment) -> Waiting:
    label = N_("审核合同 %(number)s 第 %(order)s 期付款")
    url, why = url_for("payments.check", id=payment.public_id), N_("收到发票后须在期限内支付")
    return Waiting(label, url, why, "B-68", checks.due(payment), _values(payment))


def _pay(payment: Payment) -> Waiting:
    label = N_("支付合同 %(number)s 第 %(order)s 期款项")
    url, why = url_for("payments.pay", id=payment.public_id), N_("收到发票后须在期限内支付")
    return Waiting(label, url, why, "B-68", checks.due(payment), _values(payment))


def _values(payment: Payment) -> dict[str, object]:
    return {"number": payment.agreement.number, "order": payment.instalment.order}
