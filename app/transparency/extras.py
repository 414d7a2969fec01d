"""What the public site adds to an organization's page in the register: its published contracts and its ratings."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Body
from app.agreements.models import Agreement
from app.agreements.queries import PUBLIC
from app.core.db import db
from app.core.words import N_
from app.evaluations.models import Evaluation
from app.registry.models import Organization
from app.registry.profile import Section, section

MOST = 50
HEADING = N_("承接的政府购买服务")


@dataclass(frozen=True)
class Held:
    """One published contract and the published evaluations of its project."""

    contract: Agreement
    ratings: list[Evaluation]


def contracts_and_ratings(body: Body) -> list[Held]:
    """The body's newest published contracts, at most 50, each with its ratings."""
    query = select(Agreement).where(Agreement.supplier_id == body.id, Agreement.published_at.is_not(None))
    query = query.where(Agreement.state.in_(PUBLIC)).options(joinedload(Agreement.project))
    contracts = list(db.session.scalars(query.order_by(Agreement.id.desc()).limit(MOST)))
    rated = select(Evaluation).where(
        Evaluation.project_id.in_([one.project_id for one in contracts]), Evaluation.state == "published"
    )
    ratings = list(db.session.scalars(rated.order_by(Evaluation.id)))
    return [Held(one, [r for r in ratings if r.project_id == one.project_id]) for one in contracts]


@section("contracts")
def organization_extras(organization: Organization) -> Section | None:
    """Contracts and ratings on the organization's page; nothing where it holds none."""
    held = contracts_and_ratings(organization.body)
    if not held:
        return None
    return HEADING, Markup(render_template("transparency/_organization_extras.html", held=held))
