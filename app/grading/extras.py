"""What gradings add to an organization's public page: the grade it holds, its history, and what a grade is good for."""

from flask import render_template
from markupsafe import Markup

from app.core.words import N_
from app.grading import queries
from app.grading.models import GradingApplication
from app.registry.models import Organization
from app.registry.profile import Section, section
from app.rules.grading import has_priority

HEADING = N_("评估等级及其经过")


@section
def grades(organization: Organization) -> Section | None:
    """The grades held here and results in publicity; nothing where there are none."""
    held = queries.grades_of(organization.body_id)
    shown: list[GradingApplication] = [
        one for one in queries.applications_of(organization.body_id) if one.state == "publicized"
    ]
    if not held and not shown:
        return None
    return HEADING, Markup(
        render_template("grading/_profile.html", held=held, publicized=shown, priority=has_priority(organization.grade))
    )
