"""The end of a project: every lot's contract performed and settled, or ended."""

from sqlalchemy import select

from app.agreements import queries
from app.agreements.models import Agreement
from app.awards.models import Award
from app.core import access, changes
from app.core.access import Actor
from app.core.db import db
from app.core.errors import OutOfOrder
from app.core.words import N_
from app.plans.models import Project
from app.tenders.models import Tender

OVER = ("completed", "terminated")
NO_CONTRACT = N_("这个项目没有签订过合同，不能结项；不再采购的，请取消项目。")
NOT_DRAWN_UP = N_("第 %(lot)s 包已经定标，还没有签订合同，不能结项。")
NOT_OVER = N_("合同 %(number)s 还没有履行完毕，不能结项。")


def close_project(project: Project) -> Project:
    """Close a project whose contracts are all performed and settled, or ended; public, and not to be undone.

    Raises OutOfOrder naming the contract or lot that is still open.
    """
    access.demand("project.close", project)
    if reason := still_open(project):
        raise reason
    return changes.move(project, "close")


def still_open(project: Project) -> OutOfOrder | None:
    """Why the project cannot be closed yet."""
    contracts = queries.of_project(project)
    if not contracts:
        return OutOfOrder(NO_CONTRACT)
    for award in _undrawn(project):
        return OutOfOrder(NOT_DRAWN_UP, {"lot": award.lot.number})
    for agreement in contracts:
        if agreement.state not in OVER:
            return OutOfOrder(NOT_OVER, {"number": agreement.number})
    return None


def to_close(who: Actor) -> list[Project]:
    """The projects of this person's body in which nothing is open any more, oldest first."""
    begun = select(Agreement.project_id).where(Agreement.buyer_id == who.body_id)
    query = select(Project).where(Project.state == "approved", Project.id.in_(begun)).order_by(Project.id)
    return [one for one in db.session.scalars(query) if still_open(one) is None]


def _undrawn(project: Project) -> list[Award]:
    drawn = select(Agreement.award_id)
    query = select(Award).join(Tender, Tender.id == Award.tender_id).where(Tender.project_id == project.id)
    found = query.where(Award.state.in_(("decided", "announced", "contracted")), Award.id.not_in(drawn))
    return list(db.session.scalars(found.order_by(Award.id)))
