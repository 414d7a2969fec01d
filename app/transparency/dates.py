"""The timeline of a project's page: what was done, each with its rule, among the statutory periods of the purchase."""

from datetime import date, datetime
from typing import Any

from flask import url_for

from app.core import clock
from app.core.words import N_
from app.tenders import queries as tenders
from app.transparency.course import Course

STAGES = {"mid_term": N_("公布中期评估结果"), "final": N_("公布末期评估结果")}
OPENED, ANNOUNCED = N_("开标"), N_("公告采购结果")
SIGNED, PUBLISHED = N_("双方签署合同"), N_("公告合同")
ACCEPTED, PAID, TERMINATED = N_("验收"), N_("支付一期款项"), N_("合同终止")


def timeline(course: Course) -> list[dict[str, Any]]:
    """Rows for the drawn timeline, by day; nothing in it is earlier than its publication."""
    rows = [*tenders.timeline(course.tender, **_known(course)), *_done(course)]
    return sorted(rows, key=lambda row: (_day(row["when"]), not isinstance(row["when"], datetime)))


def _known(course: Course) -> dict[str, date]:
    """The days from which further periods run, as far as they are public."""
    known = {}
    if course.awards:
        decided = clock.day_of(min(one.decided_at for one in course.awards))
        known = {"reported_on": decided, "decided_on": decided, "award_notice_on": decided}
    if course.result:
        known["result_published_on"] = clock.day_of(course.result.announced_at)
    signed = [one.signed_at for one in course.contracts if one.signed_at]
    return {**known, "signed_on": clock.day_of(min(signed))} if signed else known


def _done(course: Course) -> list[dict[str, Any]]:
    found = [_row(OPENED, course.opening.opened_at, "B-45")] if course.opening else []
    if course.result:
        found.append(_row(ANNOUNCED, course.result.announced_at, "B-59"))
    for one in course.contracts:
        found += [_row(SIGNED, one.signed_at, "B-62", one.supplier.name)] if one.signed_at else []
        found += [_row(PUBLISHED, one.published_at, "B-64", one.supplier.name)] if one.published_at else []
    found += [_row(ACCEPTED, one.made_at, "B-66", one.agreement.supplier.name) for one in course.acceptances]
    found += [_row(PAID, one.paid_at, "B-68", one.agreement.supplier.name) for one in course.payments if one.paid_at]
    for round_ in course.evaluations:
        if round_.published_at:
            url = url_for("evaluations.show", id=round_.public_id)
            found.append({**_row(STAGES[round_.stage], round_.published_at, "D-02"), "url": url})
    return found


def _row(label: str, when: datetime, rule: str, note: str = "") -> dict[str, Any]:
    return {"label": label, "when": when, "rule": rule, "note": note, "provisional": False, "state": "past"}


def _day(when: date) -> date:
    return clock.day_of(when) if isinstance(when, datetime) else when
