"""What waits: an applicant's drafts and corrections, a registrar's applications to accept, review or decide."""

from flask import url_for

from app.accounts.models import Person
from app.core import access
from app.core.waiting import Waiting
from app.core.words import N_
from app.registration import deciding, queries, reminders, table
from app.registration.models import Application

WHY = {
    "draft": (N_("提交申请：%(name)s"), N_("草稿已保存，交齐材料后提交")),
    "correcting": (N_("补正：%(name)s"), N_("登记管理机关要求补正，请逐项修改和答复")),
    "submitted": (N_("受理：%(name)s"), N_("新提交的申请，受理或者一次性要求补正")),
    "accepted": (N_("审查：%(name)s"), N_("已受理，请提出审查意见")),
    "reviewed": (N_("决定：%(name)s"), N_("已审查，等待作出决定")),
}


def waiting(person: Person) -> list[Waiting]:
    """What this person can take a step in, and the councils whose term runs out."""
    return _applications(person) + reminders.terms_running_out(person)


def _applications(person: Person) -> list[Waiting]:
    if person.role_names & {"sponsor", "manager", "clerk"} and person.body_id:
        return [_line(one) for one in queries.waiting_in(("draft", "correcting"), applicant_id=person.body_id)]
    if "registrar" in person.role_names and person.body_id:
        with access.acting(person):
            return [_line(one) for one in _for_registrar(person)]
    return []


def _for_registrar(person: Person) -> list[Application]:
    assert person.body_id is not None
    every = queries.waiting_in(("submitted", "accepted", "reviewed"), authority_id=person.body_id)
    counter = queries.waiting_in(("draft", "correcting"), authority_id=person.body_id, on_paper=True)
    return [one for one in every if one.state != "reviewed" or not deciding.barred(one)] + counter


def _line(one: Application) -> Waiting:
    label, why = WHY[one.state]
    row = table.of(one)
    return Waiting(
        label, url_for("registration.show", id=one.public_id), why, row.clock_rule if one.due_on else "",
        one.due_on, {"name": f"{one.name or one.applicant.name}"},
    )  # fmt: skip
