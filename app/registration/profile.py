"""What an organization's public page says of its certificates."""

from flask import render_template
from markupsafe import Markup

from app.core import access
from app.core.words import N_
from app.registration import queries, showing, table
from app.registration.certificate_views import TONES
from app.registry.models import Organization
from app.registry.profile import Section, section


@section
def certificates(organization: Organization) -> Section | None:
    """Every certificate ever issued, with whether it is valid."""
    found = queries.certificates(organization)
    if not found:
        return None
    return N_("登记证书"), Markup(render_template("registration/_certificates.html", certificates=found, tones=TONES))


@section
def procedures(organization: Organization) -> Section | None:
    """What was granted and when; changes with the old value beside the new; the branches there are."""
    found, branches = queries.granted(organization), queries.branches(organization)
    at_work = bool(access.may(access.actor(), "sponsor.add"))
    if not found and not branches and not at_work:
        return None
    rows = [(one, table.of(one), showing.changes_of(one)) for one in found]
    given = {"rows": rows, "branches": branches, "at_work": at_work, "body": organization.body}
    return N_("登记变更与分支机构"), Markup(render_template("registration/_procedures.html", **given))
