"""What waits for somebody in the drafting and review of projects."""

from flask import url_for

from app.accounts.models import Person
from app.core.waiting import Waiting
from app.core.words import N_
from app.plans import queries
from app.plans.models import Project


def waiting(person: Person) -> list[Waiting]:
    """Drafts to go on with for officers, plans to review for approvers and leaders of the buyer."""
    found: list[Waiting] = []
    if "officer" in person.role_names:
        found += [_drafted(one) for one in queries.in_state("draft", person.body_id)]
    if person.role_names & {"approver", "leader"}:
        submitted = queries.in_state("submitted", person.body_id)
        found += [_submitted(one) for one in submitted if one.drafted_by_id != person.id]
    return found


def _drafted(project: Project) -> Waiting:
    url, values = url_for("plans.show", id=project.public_id), {"name": project.name}
    if project.review_note:
        return Waiting(N_("修改被退回的项目「%(name)s」"), url, N_("复核人写了退回的理由"), "B-18", values=values)
    return Waiting(N_("继续起草项目「%(name)s」"), url, N_("填完各节并通过核对后提交复核"), "A-09", values=values)


def _submitted(project: Project) -> Waiting:
    url, values = url_for("plans.show", id=project.public_id), {"name": project.name}
    return Waiting(
        N_("复核项目「%(name)s」"), url, N_("采购需求和实施计划须由编制人以外的人审查"), "B-18", values=values
    )
