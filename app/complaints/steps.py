"""What may be done with a letter just now, and by whom: buttons and the public course of it."""

from datetime import date
from typing import Any

from flask import url_for

from app.complaints.models import Complaint
from app.core import access
from app.core.access import Actor
from app.core.words import N_

Step = dict[str, Any]
OWN_DRAFT = N_("答复由您拟写，须由另一位工作人员复核。")
EXTENDED = N_("已经延长过一次。")
ACTIONS = {  # what the log's entries about a letter are called
    "complaint.write": N_("收到来信"),
    "complaint.accept": N_("受理并公开"),
    "complaint.forward": N_("转办"),
    "complaint.refuse": N_("不予受理"),
    "complaint.extend": N_("延长答复期限"),
    "complaint.publish": N_("公开答复"),
    "complaint.judge": N_("来信人评价"),
    "complaint.withdraw": N_("来信人撤回"),
    "complaint.pass_time": N_("记为逾期"),
}


def steps(complaint: Complaint, who: Actor) -> list[Step]:
    """The buttons this person has."""
    state, own = complaint.state, complaint.written_by_id == who.id
    offered = (
        (N_("受理"), "complaints.accept", "complaint.accept", state == "received", None),
        (N_("拟写答复"), "complaints.draft", "complaint.draft", state == "accepted", None),
        (N_("复核答复"), "complaints.review", "complaint.publish", state == "drafted", OWN_DRAFT if own else None),
        (N_("说明情况"), "complaints.respond", "complaint.respond", state in ("accepted", "drafted"), None),
        (N_("转办"), "complaints.forward", "complaint.forward", state in ("received", "accepted"), None),
        (
            N_("延长期限"),
            "complaints.extend",
            "complaint.extend",
            state in ("accepted", "drafted"),
            EXTENDED if complaint.extended_on else None,
        ),
        (N_("不予受理"), "complaints.refuse", "complaint.refuse", state == "received", None),
    )
    return [
        {"label": label, "url": url_for(endpoint, id=complaint.public_id), "reason": reason}
        for label, endpoint, action, now, reason in offered
        if now and access.may(who, action, complaint)
    ]


def course(complaint: Complaint, today: date) -> list[Step]:
    """The course of a letter as a timeline of days."""
    found: list[Step] = [{"when": complaint.received_on, "label": N_("收到来信"), "state": "past"}]
    for step in complaint.forwards:
        label = N_("转办")
        note = f"{step['from']} → {step['to']}：{step['reason']}"
        found.append({"when": date.fromisoformat(step["on"]), "label": label, "state": "past", "note": note})
    if complaint.extended_on:
        extended = {"when": complaint.extended_on, "label": N_("延长答复期限"), "state": "past", "rule": "G-53"}
        found.append(extended | {"note": complaint.extension_reason})
    if complaint.overdue_on:
        found.append({"when": complaint.overdue_on, "label": N_("记为逾期"), "state": "past", "rule": "G-52"})
    if complaint.statement_on and complaint.state == "answered":
        found.append({"when": complaint.statement_on, "label": N_("有关组织作出说明"), "state": "past"})
    if complaint.is_open:
        found.append({"when": None, "label": N_("公开答复"), "state": "now", "due": complaint.due_on, "rule": "G-52"})
    if complaint.answered_on:
        found.append({"when": complaint.answered_on, "label": N_("公开答复"), "state": "past", "rule": "G-54"})
    if complaint.judged_on:
        found.append({"when": complaint.judged_on, "label": N_("来信人评价"), "state": "past", "rule": "G-58"})
    return found
