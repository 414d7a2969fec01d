"""What is read of councils, charters and Party organizations."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.catalogue.queries import norm_values
from app.core.db import db
from app.core.law import Norms
from app.registration.governance import CharterEdition, CouncilTerm, PartyOrganization
from app.registration.models import Application
from app.registry.models import Organization
from app.rules import governing

WINDOW = 500


def terms(organization: Organization) -> list[CouncilTerm]:
    """Every term of the council, the newest first."""
    query = select(CouncilTerm).where(CouncilTerm.organization_id == organization.id)
    return list(db.session.scalars(query.order_by(CouncilTerm.since.desc())))


def council_of(organization: Organization, day: date) -> CouncilTerm | None:
    """The council that sits on *day*: also one whose term has run out, until the next one begins."""
    return next((one for one in terms(organization) if one.since <= day), None)


def terms_ending(until: date, most: int, **of: object) -> list[CouncilTerm]:
    """The newest terms that end by *until*, the earliest first; *of*: columns of the registered organization."""
    query = select(CouncilTerm).join(Organization).where(CouncilTerm.ended_on.is_(None), CouncilTerm.until <= until)
    mine = [getattr(Organization, name) == value for name, value in of.items()]
    query = query.where(Organization.state == "registered", *mine)
    return list(db.session.scalars(query.order_by(CouncilTerm.until, CouncilTerm.id).limit(most)))


def has_open(organization: Organization, kind: str, states: tuple[str, ...]) -> bool:
    """Whether an application of this kind is under way."""
    query = select(Application.id).where(Application.organization_id == organization.id, Application.kind == kind)
    return db.session.scalar(query.where(Application.state.in_(states)).limit(1)) is not None


def charters(organization: Organization) -> list[CharterEdition]:
    """Every approved edition of the charter, the newest first."""
    query = select(CharterEdition).where(CharterEdition.organization_id == organization.id)
    return list(db.session.scalars(query.order_by(CharterEdition.number.desc())))


def party_of(organization: Organization) -> PartyOrganization | None:
    """What stands of its Party organization now."""
    return _told([organization.id]).get(organization.id)


def without_party_organization(day: date) -> Iterator[Organization]:
    """Registered organizations that on *day*, after their time, have told of none, or have members enough and none.

    Candidates for the abnormal list (C-25, G-174), by id; read in windows, so that memory stays flat.
    """
    after, numbers = 0, norm_values()
    while found := _window(after):
        there = _told([one.id for one in found])
        yield from (one for one in found if _lacks(one, there.get(one.id), day, Norms.of(numbers, one.place, day)))
        after = found[-1].id


def _window(after: int) -> list[Organization]:
    query = select(Organization).where(Organization.state == "registered", Organization.id > after)
    return list(db.session.scalars(query.order_by(Organization.id).limit(WINDOW)))


def _told(organizations: list[int]) -> dict[int, PartyOrganization]:
    query = select(PartyOrganization).where(
        PartyOrganization.organization_id.in_(organizations), PartyOrganization.ended_on.is_(None)
    )
    return {one.organization_id: one for one in db.session.scalars(query)}


def _lacks(organization: Organization, told: PartyOrganization | None, day: date, norms: Norms) -> bool:
    if day <= governing.party_due(organization.established_on, norms):
        return False
    return told is None or bool(list(governing.party_expected(told.kind, told.members, norms)))
