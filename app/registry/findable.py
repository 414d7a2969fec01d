"""How an organization is found: by its name and its codes."""

from app.core import search
from app.registry.models import Organization


def found_by(organization: Organization) -> None:
    """Let it be found by its name and codes as they are now."""
    body = organization.body
    words = " ".join(filter(None, (body.name, body.credit_code, organization.org_code)))
    search.index("organization", organization.id, words)
