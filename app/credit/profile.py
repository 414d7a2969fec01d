"""What an organization's page says of its credit: entries on record, and whether it can bid."""

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.words import N_
from app.credit import queries
from app.registry.models import Organization
from app.registry.profile import Section, section
from app.registry.standing import can_bid
from app.rules.credit import KINDS, TRIGGERS

HEADING = N_("信用信息")


@section
def credit_on_record(organization: Organization) -> Section | None:
    """The entries about it, the newest first, and the answer of today."""
    cases = queries.cases_of(organization.body_id)
    answer = can_bid(organization.body, clock.today())
    markup = render_template(
        "credit/_section.html", organization=organization, cases=cases, answer=answer, kinds=KINDS, triggers=TRIGGERS
    )  # fmt: skip
    return HEADING, Markup(markup)
