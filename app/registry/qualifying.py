"""What the register notes beside the items of registration: a charity, and that it may raise funds in public."""

from datetime import date

from app.core import changes
from app.core.errors import OutOfOrder
from app.core.words import N_
from app.registry.models import Organization

GONE = N_("已注销的组织不能认定为慈善组织，也不能取得公开募捐资格。")


def recognize_charity(organization: Organization, since: date) -> Organization:
    """Note that it is a charity from *since* on (C-32). Raises OutOfOrder for one that is deregistered."""
    _must_be_registered(organization)
    return changes.amend(organization, "organization.recognize", public=True, charity_since=since)


def let_raise_funds(organization: Organization) -> Organization:
    """Note that it may raise funds in public (C-32). Raises OutOfOrder for one that is deregistered."""
    _must_be_registered(organization)
    return changes.amend(organization, "organization.qualify", public=True, fundraising="public")


def _must_be_registered(organization: Organization) -> None:
    if organization.state != "registered":
        raise OutOfOrder(GONE)
