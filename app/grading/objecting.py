"""Objections: written, within the publicity period, verified, and decided by the review committee's ballot (C-24)."""

from app.catalogue.queries import norms
from app.core import access, changes, clock, files
from app.core.errors import OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.grading import queries
from app.grading.given import some, tidy
from app.grading.models import GradingApplication, GradingObjection
from app.grading.voting import count_of, counts
from app.rules import grading

KINDS = ("pdf", "png", "jpg", "docx")
NOT_PUBLICIZED = N_("只有公示中的结果可以提出异议。")
NOT_ALL = N_("还有委员没有投票，且票数未定：同意%(agreed)s票，有表决权的%(entitled)s人。")


def make(
    application: GradingApplication, text: str, *, objector: str = "", paper: tuple[bytes, str] | None = None
) -> GradingObjection:
    """Enter a written objection: the organization its own, the department what it was handed. Raises Unlawful (C-24).

    *objector* is who signed it; left empty it is the actor's own body.
    """
    if application.state != "publicized":
        raise OutOfOrder(NOT_PUBLICIZED)
    demand(grading.objection_in_time(clock.today(), application.publicized_until))
    body = getattr(access.actor(), "body", None)
    name = tidy(objector) or (body.name if body else "")
    kept = files.keep(*paper, KINDS, body_id=body.id if body else None) if paper else None
    new = GradingObjection(
        application=application, application_id=application.id, objector=some(name, "objector", 120),
        text=some(text, "text"), made_on=clock.today(), by_id=access.actor().id, paper_id=kept.id if kept else None,
        place=application.place,
    )  # fmt: skip
    return changes.add(new, "grading_objection.make")


def put_to_vote(objection: GradingObjection, verified: str, points: int) -> GradingObjection:
    """Say what was verified and which total (whole points) the review committee votes on. Raises Unlawful."""
    demand(grading.points_in_range(points, sum(i.points for i in objection.application.scheme.items), "", "points"))
    return changes.move(objection, "put_to_vote", verified=some(verified, "verified"), points=points)


def close(objection: GradingObjection) -> GradingObjection:
    """Close the ballot: with more than half the conclusion changes, else it stands. Raises OutOfOrder while open."""
    agreed, entitled = counts(objection)
    carried = not count_of(objection)
    given = sum(not one.recused for one in queries.votes(objection))
    if not carried and given < entitled and _may_still_carry(agreed + entitled - given, objection):
        raise OutOfOrder(NOT_ALL, {"agreed": agreed, "entitled": entitled})
    done = {"closed_on": clock.today(), "closed_by_id": access.actor().id}
    if not carried:
        return changes.move(objection, "reject", **done)
    application, points = objection.application, (objection.points or 0) * 100
    changes.move(objection, "uphold", **done)
    grade = grading.grade_of(points, application.round.cut_offs)
    changes.amend(application, "grading.review", public=True, total_centi=points, grade=grade)
    return objection


def _may_still_carry(most: int, objection: GradingObjection) -> bool:
    _, entitled = counts(objection)
    return not list(grading.carried(most, entitled, norms(objection.place)))
