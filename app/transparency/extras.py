"""What the public site adds to an organization's page in the register: its published contracts and its ratings."""

from dataclasses import dataclass

from flask import render_template, url_for
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
from app.registry.profile import Section, data, records, section

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


@data(
    "contracts", N_("公开的合同：project 项目，lot 采购包，amount_fen 金额（分），from 和 to 期限，ratings 公布的评价")
)
def contracts_data(organization: Organization) -> list[dict[str, object]]:
    """The same as data."""
    return [_line(one) for one in contracts_and_ratings(organization.body)]


@records(
    {
        "agreement.publish": N_("公开合同"),
        "agreement.complete": N_("合同履行完毕"),
        "agreement.terminate": N_("合同终止"),
        "evaluation.publish": N_("公布绩效评价"),
    }
)
def contract_records(organization: Organization) -> list[str]:
    """Its published contracts and their ratings."""
    held = contracts_and_ratings(organization.body)
    return [one.contract.public_id for one in held] + [r.public_id for one in held for r in one.ratings]


def _line(one: Held) -> dict[str, object]:
    rated = [
        {"stage": r.stage, "total_centi": r.total_centi, "band": r.band, "passed": r.passed} for r in one.ratings
    ]  # fmt: skip
    contract = one.contract
    return {
        "project": contract.project.name, "url": url_for("transparency.project", id=contract.project.public_id),
        "lot": contract.lot.name, "amount_fen": contract.amount_fen, "from": contract.term_from.isoformat(),
        "to": contract.term_to.isoformat(), "ratings": rated,
    }  # fmt: skip
