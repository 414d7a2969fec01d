"""Annual reports on an organization's public page: the years that are decided, with their results."""

from flask import render_template
from markupsafe import Markup

from app.core.words import N_
from app.registry.models import Organization
from app.registry.profile import Section, section
from app.reports import queries
from app.reports.models import RESULTS


@section
def annual_reports(organization: Organization) -> Section | None:
    """Year, result, and the report itself."""
    decided = queries.decided(organization.body)
    if not decided:
        return None
    return N_("年度报告"), Markup(render_template("reports/_profile.html", reports=decided, results=RESULTS))
