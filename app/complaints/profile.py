"""What letters add to an organization's profile: how many, about what, the newest, and their steps in the timeline."""

from collections.abc import Iterable

from flask import render_template
from markupsafe import Markup
from sqlalchemy import select

from app.complaints import listing
from app.complaints.models import KINDS, TOPICS, Complaint
from app.complaints.steps import ACTIONS
from app.core.db import db
from app.core.words import N_
from app.registry.models import Organization
from app.registry.profile import Section, data, records, section

NEWEST = 5


@section("questions")
def questions(organization: Organization) -> Section | None:
    """The newest letters about the organization, with counts; always there, for it is where one can write."""
    asked = listing.Asked(about=organization.public_id)
    found, _more = listing.page_of(asked, most=NEWEST)
    drawn = render_template(
        "complaints/_on_profile.html", organization=organization, listed=found, kinds=KINDS, topics=TOPICS,
        by_topic=listing.by_topic(asked), states=listing.STATES, overdue=listing.overdue,
    )  # fmt: skip
    return N_("咨询、投诉与建议"), Markup(drawn)


@data("questions", N_("公众来信：按主题的件数和最近的来信，字段与 /questions.json 相同"))
def questions_data(organization: Organization) -> dict[str, object]:
    """The same as data."""
    asked = listing.Asked(about=organization.public_id)
    newest = [listing.line_of(one) for one in listing.page_of(asked)[0]]
    return {"by_topic": dict(listing.by_topic(asked)), "newest": newest}


@records(ACTIONS)
def question_records(organization: Organization) -> Iterable[str]:
    """The newest letters about it."""
    query = select(Complaint.public_id).where(Complaint.subject_id == organization.public_id)
    return db.session.scalars(query.order_by(Complaint.id.desc()).limit(100)).all()
