"""What waits for somebody in a running contract: sheets to hand in, periods to accept, faults to put right."""

from datetime import timedelta

from flask import url_for

from app.accounts.models import Person
from app.agreements.models import Agreement
from app.core import clock
from app.core.waiting import Waiting
from app.core.words import N_
from app.delivery import queries


def waiting(person: Person) -> list[Waiting]:
    """The organization's sheets of months that are over; the officer's periods to accept."""
    if not person.role_names & {"officer", "manager", "clerk"}:
        return []
    found: list[Waiting] = []
    for agreement in queries.running_for(person):
        if person.role_names & {"manager", "clerk"} and agreement.supplier_id == person.body_id:
            found += _sheets(agreement) + _repairs(agreement)
        if "officer" in person.role_names and agreement.buyer_id == person.body_id:
            found += _acceptance(agreement)
    return found


def _sheets(agreement: Agreement) -> list[Waiting]:
    now, there = f"{clock.today():%Y-%m}", queries.reported_months(agreement)
    lacking = [m for m in queries.months_of(agreement.project) if m < now and m not in there]
    if not lacking:
        return []
    url, values = url_for("delivery.hand_in", id=agreement.public_id), {"month": lacking[0], "name": agreement.number}
    why = N_("服务量按月、按社区逐条报送，总数由平台计算")
    return [Waiting(N_("报送合同「%(name)s」%(month)s 的服务数据"), url, why, "G-21", values=values)]


def _acceptance(agreement: Agreement) -> list[Waiting]:
    start, _end = queries.next_period(agreement)
    if not any(m >= f"{start:%Y-%m}" for m in queries.reported_months(agreement)):
        return []
    url, values = url_for("delivery.accept", id=agreement.public_id), {"name": agreement.number, "start": start}
    due = agreement.term_to if clock.today() + timedelta(days=60) > agreement.term_to else None
    why = N_("付款和评估之前须验收，公共服务要听取服务对象的意见")
    return [Waiting(N_("验收合同「%(name)s」自 %(start)s 起的服务"), url, why, "B-66", due, values)]


def _repairs(agreement: Agreement) -> list[Waiting]:
    newest = next(iter(queries.acceptances(agreement)), None)
    if newest is None or newest.repair_by is None:
        return []
    url = url_for("delivery.acceptance", id=newest.public_id)
    why = N_("验收结论为限期改正，改正后由采购人再次验收")
    values = {"name": agreement.number}
    return [Waiting(N_("改正合同「%(name)s」验收指出的问题"), url, why, "B-66", newest.repair_by, values)]
