"""Letters that wait: for being sorted, answered, reviewed, and for what an organization has to say."""

from flask import url_for

from app.accounts.models import Person
from app.complaints import queries
from app.complaints.models import Complaint
from app.core import access
from app.core.waiting import Waiting
from app.core.words import N_


def waiting(person: Person) -> list[Waiting]:
    """The open letters of this person's body that they can carry on, and those that concern their organization."""
    if person.body_id is None:
        return []
    return [one for complaint in queries.mine(person) for one in _waiting(complaint, person)]


def _waiting(complaint: Complaint, person: Person) -> list[Waiting]:
    if access.may(person, "complaint.accept", complaint):
        return _of_body(complaint, person)
    if complaint.state == "accepted" and not complaint.statement and access.may(person, "complaint.respond", complaint):
        why = N_("来信涉及本组织，可以在答复公开之前说明情况")
        return [_one(complaint, N_("说明来信 %(number)s"), "complaints.respond", why, "G-52")]
    return []


def _of_body(complaint: Complaint, person: Person) -> list[Waiting]:
    if complaint.state == "received":
        why = N_("新来信，受理、转办或者说明理由不予受理")
        due = complaint.sort_by
        return [_one(complaint, N_("分办来信 %(number)s"), "complaints.accept", why, "G-52", due=due)]
    if complaint.state == "accepted":
        why = N_("已受理，请拟写答复")
        return [_one(complaint, N_("答复来信 %(number)s"), "complaints.draft", why, "G-52")]
    if complaint.written_by_id != person.id:
        why = N_("答复由另一人拟写，请复核后公开")
        return [_one(complaint, N_("复核来信 %(number)s 的答复"), "complaints.review", why, "G-54")]
    return []


def _one(complaint: Complaint, label: str, page: str, why: str, rule: str, due=None) -> Waiting:  # type: ignore[no-untyped-def]
    url = url_for(page, id=complaint.public_id)
    return Waiting(label, url, why, rule, due=due or complaint.due_on, values={"number": complaint.number})
