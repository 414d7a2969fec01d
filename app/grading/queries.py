"""What is read of rounds, applications, experts, votes, objections and grades."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.accounts.models import Body, Person
from app.core.access import Actor
from app.core.db import db
from app.grading.grade_models import Grade, GradeReduction
from app.grading.models import (
    GradingAnswer,
    GradingApplication,
    GradingMember,
    GradingObjection,
    GradingRound,
    GradingScore,
    GradingSeat,
    GradingVote,
)
from app.grading.scheme_models import GradingItem, GradingScheme

OVER = ("decided", "refused", "withdrawn")  # nothing more is done with these applications
PUBLIC = ("publicized", "decided")
PAGE = 50


def rounds(department_id: int | None = None) -> list[GradingRound]:
    """Rounds, the newest first, at most a page of them."""
    query = select(GradingRound).order_by(GradingRound.id.desc()).limit(PAGE)
    return list(
        db.session.scalars(query.where(GradingRound.department_id == department_id) if department_id else query)
    )


def applications(round_: GradingRound) -> list[GradingApplication]:
    """The applications of a round, in the order they were begun."""
    query = select(GradingApplication).where(GradingApplication.round_id == round_.id)
    return list(db.session.scalars(query.order_by(GradingApplication.id)))


def public_applications(round_: GradingRound) -> list[GradingApplication]:
    """Those of which the result is public, by points."""
    found = [one for one in applications(round_) if one.state in PUBLIC]
    return sorted(found, key=lambda one: (-(one.total_centi or 0), one.id))


def applications_of(body_id: int | None) -> list[GradingApplication]:
    """An organization's own applications, the newest first."""
    query = select(GradingApplication).where(GradingApplication.body_id == body_id)
    return list(db.session.scalars(query.order_by(GradingApplication.id.desc()).limit(PAGE)))


def live_application(body: Body) -> GradingApplication | None:
    """The body's application that is not over yet."""
    query = select(GradingApplication).where(
        GradingApplication.body_id == body.id, GradingApplication.state.not_in(OVER)
    )
    return db.session.scalar(query.limit(1))


def seats_of(who: Actor) -> list[GradingSeat]:
    """The seats of an expert, the newest first."""
    query = select(GradingSeat).where(GradingSeat.person_id == who.id, ~GradingSeat.recused)
    return list(db.session.scalars(query.order_by(GradingSeat.id.desc()).limit(PAGE)))


def sitting(application: GradingApplication) -> list[GradingSeat]:
    """The experts of the team who did not stand aside, in the order of seats."""
    return [seat for seat in application.seats if not seat.recused]


def items(scheme: GradingScheme, section: str | None = None) -> list[GradingItem]:
    """The items of a scheme (or of one section), in order."""
    return [item for item in scheme.items if section is None or item.section == section]


def answers(application: GradingApplication) -> dict[int, GradingAnswer]:
    """The organization's answers by item."""
    query = select(GradingAnswer).where(GradingAnswer.application_id == application.id)
    return {one.item_id: one for one in db.session.scalars(query)}


def scores(seat: GradingSeat) -> dict[int, GradingScore]:
    """An expert's scores by item."""
    query = select(GradingScore).where(GradingScore.seat_id == seat.id)
    return {one.item_id: one for one in db.session.scalars(query)}


def scores_by_item(application: GradingApplication) -> dict[int, list[GradingScore]]:
    """The scores of everybody who sits and has handed in, by item."""
    seats = [seat.id for seat in sitting(application) if seat.handed_in_at is not None]
    query = select(GradingScore).where(GradingScore.seat_id.in_(seats)).order_by(GradingScore.seat_id)
    found: dict[int, list[GradingScore]] = {}
    for score in db.session.scalars(query):
        found.setdefault(score.item_id, []).append(score)
    return found


def members(round_: GradingRound, committee: str) -> list[GradingMember]:
    """The members of one committee of a round."""
    return [member for member in round_.members if member.committee == committee]


def member_of(round_: GradingRound, who: Actor, committee: str) -> GradingMember | None:
    """This person's seat in a committee."""
    return next((one for one in members(round_, committee) if one.person_id == who.id), None)


def memberships(who: Actor) -> list[GradingMember]:
    """The committees of open rounds this person sits on."""
    query = select(GradingMember).join(GradingRound).where(GradingMember.person_id == who.id)
    query = query.where(GradingRound.state == "open", GradingMember.committee != "none")
    return list(db.session.scalars(query.order_by(GradingMember.id)))


def subject_of(record: GradingApplication | GradingObjection) -> str:
    """What a ballot is about: an application at its turn, or an objection."""
    return f"{record.public_id}/{record.turn}" if isinstance(record, GradingApplication) else record.public_id


def votes(record: GradingApplication | GradingObjection) -> list[GradingVote]:
    """The ballots given on an application's proposed grade, or on an objection."""
    query = select(GradingVote).where(GradingVote.subject == subject_of(record))
    return list(db.session.scalars(query.order_by(GradingVote.id)))


def votes_of_round(round_: GradingRound) -> int:
    """How many ballots were given in a round."""
    query = select(func.count(GradingVote.id)).join(GradingMember).where(GradingMember.round_id == round_.id)
    return db.session.scalar(query) or 0


def objections(application: GradingApplication) -> list[GradingObjection]:
    """The objections to a result, in the order they were made."""
    query = select(GradingObjection).where(GradingObjection.application_id == application.id)
    return list(db.session.scalars(query.order_by(GradingObjection.id)))


def grade_held(body_id: int) -> Grade | None:
    """The grade that is valid now."""
    return db.session.scalar(select(Grade).where(Grade.body_id == body_id, Grade.state == "valid"))


def grades_of(body_id: int) -> list[Grade]:
    """Every grade an organization was given here, the newest first."""
    query = select(Grade).where(Grade.body_id == body_id)
    return list(db.session.scalars(query.order_by(Grade.id.desc())))


def reductions(grade: Grade) -> list[GradeReduction]:
    """The proposals to lower a grade, the newest first."""
    query = select(GradeReduction).where(GradeReduction.grade_id == grade.id)
    return list(db.session.scalars(query.order_by(GradeReduction.id.desc())))


def people_of(ids: Sequence[int]) -> list[Person]:
    """These people, by name."""
    return list(db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.name)))


def candidates(roles: Sequence[str], place: str) -> list[Person]:
    """Active people with one of these roles who belong to a place above or below *place*, by name."""
    query = select(Person).where(Person.active).order_by(Person.name, Person.id)
    inside = place.rstrip("0")
    return [
        one
        for one in db.session.scalars(query)
        if set(roles) & one.role_names and (one.place.startswith(inside) or inside.startswith(one.place.rstrip("0")))
    ][:300]


def scheme(public_id: str) -> GradingScheme | None:
    """The scheme with this public id."""
    return db.session.scalar(select(GradingScheme).where(GradingScheme.public_id == public_id))
