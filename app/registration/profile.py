"""What an organization's public page says of its certificates."""

from flask import render_template
from markupsafe import Markup

from app.core.words import N_
from app.registration import queries
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
