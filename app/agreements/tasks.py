"""A contract as a list of tasks: what is done, what can be done now by whom, and what waits for what."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.agreements import checks, closing
from app.agreements.models import Agreement
from app.agreements.signing import FIELDS
from app.core import access
from app.core.showing import day
from app.core.words import N_

Task = dict[str, Any]
DONE, NOW, WAITS, SHUT, ENDED = N_("已完成"), N_("待办理"), N_("等待中"), N_("还不能开始"), N_("已终止")
TONES = {DONE: "good", NOW: "info", WAITS: "warn", SHUT: "plain", ENDED: "bad"}
SIGN = {"supplier": N_("乙方（承接主体）签署"), "buyer": N_("甲方（购买主体）签署")}
IN_FORCE = ("signed", "published")
NOT_YET = N_("本项目还有合同没有履行完毕")


def tasks(agreement: Agreement) -> list[Task]:
    """The way of a contract; a task without `url` is not for whoever looks, or not yet to do."""
    return [
        _signature(agreement, "supplier"), _signature(agreement, "buyer"), _publication(agreement),
        _delivery(agreement), _payment(agreement), _end(agreement),
    ]  # fmt: skip


def steps(agreement: Agreement) -> list[dict[str, Any]]:
    """The buttons that whoever acts has on this contract now, each with the reason where something bars it."""
    mine = agreement.public_id
    open_ = any(one.state in ("pending", "accrued") for one in agreement.instalments)
    found: list[dict[str, Any]] = []
    if agreement.state == "published" and _may("complete", agreement):
        reason = N_("还有未结清的付款") if open_ else None
        found.append({"label": N_("履行完毕"), "url": url_for("agreements.complete", id=mine), "reason": reason})
    if agreement.state in IN_FORCE and _may("terminate", agreement):
        found.append(
            {
                "label": N_("终止合同"),
                "url": url_for("agreements.terminate", id=mine),
                "tone": "warning",
                "reason": None,
            }
        )
    if agreement.state in closing.OVER and access.may(access.actor(), "project.close", agreement.project):
        refusal = closing.still_open(agreement.project)
        url = url_for("agreements.close_project", id=agreement.project.public_id)
        found.append({"label": N_("结项"), "url": url, "reason": NOT_YET if refusal else None})
    return found


def _signature(agreement: Agreement, party: str) -> Task:
    signed = next((one for one in agreement.signatures if one.party == party), None)
    if signed:
        return _task(SIGN[party], DONE, hint=_("%(name)s，%(day)s", name=signed.subject, day=day(signed.signed_at)))
    mine = access.actor().body_id == (agreement.buyer_id if party == "buyer" else agreement.supplier_id)
    last = day(checks.sign_by(agreement.award))
    hint = _("在 PDF 的“%(field)s”处签名，最迟 %(day)s。", field=FIELDS[party], day=last)
    if mine and _may("sign", agreement):
        return _task(SIGN[party], NOW, url_for("agreements.sign", id=agreement.public_id), hint)
    return _task(SIGN[party], WAITS, hint=hint)


def _publication(agreement: Agreement) -> Task:
    label = N_("在指定媒体公告")
    if agreement.published_at:
        return _task(label, DONE, hint=day(agreement.published_at))
    if agreement.state != "signed":
        return _task(label, SHUT)
    hint = _("最迟 %(day)s；副本最迟 %(file)s 报财政部门备案。", day=day(checks.publish_by(agreement)),
             file=day(checks.file_by(agreement)))  # fmt: skip
    may = _may("publish", agreement)
    return _task(
        label, NOW if may else WAITS, url_for("agreements.publish", id=agreement.public_id) if may else "", hint
    )


def _delivery(agreement: Agreement) -> Task:
    label = N_("提供服务、按月报送、验收")
    if agreement.state in ("drawn_up", "half_signed", "signed"):
        return _task(label, SHUT)
    state = {"completed": DONE, "terminated": ENDED}.get(agreement.state, NOW)
    return _task(label, state, url_for("delivery.index", id=agreement.public_id))


def _payment(agreement: Agreement) -> Task:
    rows, label = agreement.instalments, N_("分期付款")
    settled = sum(one.state in ("paid", "withheld") for one in rows)
    if agreement.state in ("drawn_up", "half_signed"):
        return _task(label, SHUT)
    due = any(one.state == "accrued" for one in rows)
    state = DONE if settled == len(rows) else NOW if due else WAITS
    hint = _("共 %(all)s 期，已结清 %(done)s 期。", all=len(rows), done=settled)
    return _task(label, state, "#instalments", hint)


def _end(agreement: Agreement) -> Task:
    label = N_("履行完毕")
    if agreement.state == "terminated":
        return _task(label, ENDED, hint=agreement.end_reason)
    return _task(label, DONE if agreement.state == "completed" else SHUT)


def _may(verb: str, agreement: Agreement) -> bool:
    return bool(access.may(access.actor(), f"agreement.{verb}", agreement))


def _task(label: str, status: str, url: str = "", hint: str = "") -> Task:
    return {"label": label, "url": url, "status": status, "tone": TONES[status], "hint": hint}
