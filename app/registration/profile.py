"""What an organization's public page says of its certificates, its council and its charter."""

from collections.abc import Iterable
from typing import Any

from flask import render_template
from markupsafe import Markup

from app.core import clock
from app.core.words import N_
from app.registration import governance_queries, queries
from app.registration.certificate_views import TONES
from app.registry.models import Organization
from app.registry.profile import Section, data, records, section


@section
def certificates(organization: Organization) -> Section | None:
    """Every certificate ever issued, with whether it is valid."""
    found = queries.certificates(organization)
    if not found:
        return None
    return N_("登记证书"), Markup(render_template("registration/_certificates.html", certificates=found, tones=TONES))


@section
def council(organization: Organization) -> Section | None:
    """Who sits on the council with what post, and the terms before: names and posts only."""
    found, sitting = governance_queries.terms(organization), governance_queries.council_of(organization, clock.today())
    if not found:
        return None
    drawn = render_template("registration/_council.html", terms=found, sitting=sitting, today_=clock.today())
    return N_("理事会"), Markup(drawn)


@section
def charters(organization: Organization) -> Section | None:
    """The charter in force and the editions before it."""
    found = governance_queries.charters(organization)
    return (N_("章程"), Markup(render_template("registration/_charters.html", editions=found))) if found else None


@data("council", N_("现任理事会：任期起止，理事的姓名和职务"))
def council_data(organization: Organization) -> dict[str, Any]:
    """The same as data."""
    term = governance_queries.council_of(organization, clock.today())
    if term is None:
        return {}
    members = [{"name": one.name, "post": one.post} for one in term.members]
    return {"since": term.since.isoformat(), "until": term.until.isoformat(), "members": members}


@records(
    {"council.seat": N_("登记新一届理事会"), "council.end": N_("上届理事会任期结束"), "charter.approve": N_("核准章程")}
)
def governance_records(organization: Organization) -> Iterable[str]:
    """Terms and charters."""
    found = [*governance_queries.terms(organization), *governance_queries.charters(organization)]
    return [one.public_id for one in found]
