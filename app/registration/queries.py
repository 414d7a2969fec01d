"""What is read of applications, headships and certificates."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from app.accounts.models import Body, Person
from app.core import search
from app.core.access import Actor
from app.core.db import db
from app.registration.governance_queries import without_party_organization as without_party_organization
from app.registration.lifecycle import OPEN
from app.registration.models import Application, Certificate, Correction, Headship, Material
from app.registry.models import Organization

PAGE = 50
NEAR = 12
RESERVES = ("submitted", "correcting", "accepted", "reviewed", "granted")


@dataclass(frozen=True)
class Asked:
    """What a list of applications is asked for."""

    q: str = ""
    kind: str = ""
    state: str = ""

    def args(self) -> dict[str, str]:
        """As they stand in an address."""
        return {key: value for key, value in vars(self).items() if value}


def listed(
    who: Actor, asked: Asked, after: int | None = None, most: int = PAGE
) -> tuple[list[Application], int | None]:
    """The applications this person may see, newest first, and after which id the next page begins."""
    query = _seen_by(who, select(Application))
    if asked.kind:
        query = query.where(Application.kind == asked.kind)
    if asked.state == "open":
        query = query.where(Application.state.in_(OPEN))
    elif asked.state:
        query = query.where(Application.state == asked.state)
    if asked.q:
        like = [column.contains(asked.q, autoescape=True) for column in (Application.name, Application.number)]
        query = query.where(or_(*like, Application.name_folded.contains(search.folded(asked.q), autoescape=True)))
    query = query.where(Application.id < after) if after else query
    found: list[Application] = list(db.session.scalars(query.order_by(Application.id.desc()).limit(most + 1)))
    return found[:most], found[most - 1].id if len(found) > most else None


def _seen_by(who: Actor, query: Select[tuple[Application]]) -> Select[tuple[Application]]:
    if who.role_names & {"supervisor"}:
        return query.where(Application.state != "draft", Application.place.startswith(who.place.rstrip("0")))
    if "registrar" in who.role_names:
        drafts = (Application.state != "draft") | Application.on_paper
        return query.where(Application.authority_id == (who.body_id or 0), drafts)
    return query.where(Application.applicant_id == (who.body_id or 0))


def next_number(authority: Body, year: int) -> str:
    """The number of the authority's next application of a year: division-SQ-year-sequence."""
    start = f"{authority.place[:6]}-SQ-{year}-"
    last = db.session.scalar(select(func.max(Application.number)).where(Application.number.startswith(start)))
    return f"{start}{int(last[-5:]) + 1 if last else 1:05d}"


def materials(application: Application) -> dict[str, Material]:
    """The file that stands for each material now, by its key."""
    query = select(Material).where(Material.application_id == application.id, ~Material.replaced).order_by(Material.id)
    return {one.key: one for one in db.session.scalars(query)}


def corrections(application: Application) -> list[Correction]:
    """Every item ever asked, oldest first."""
    query = select(Correction).where(Correction.application_id == application.id).order_by(Correction.id)
    return list(db.session.scalars(query))


def unanswered(application: Application) -> list[Correction]:
    """The items that wait for an answer."""
    return [one for one in corrections(application) if one.answered_at is None]


def asked_alike(folded: str, applicant_id: int, but: int | None) -> list[Application]:
    """Applications of others that hold a name written alike: granted, or handed in earlier and still open."""
    query = select(Application).where(
        Application.name_folded == folded, Application.applicant_id != applicant_id,
        Application.state.in_(RESERVES), Application.kind.startswith("name"),
    )  # fmt: skip
    mine = db.session.get(Application, but) if but else None
    found = db.session.scalars(query.order_by(Application.id).limit(5))
    return [one for one in found if one.state == "granted" or _earlier(one, mine)]


def _earlier(one: Application, mine: Application | None) -> bool:
    if mine is None or mine.submitted_at is None:
        return True
    assert one.submitted_at is not None
    return (one.submitted_at, one.id) < (mine.submitted_at, mine.id)


def near_names(*words: str) -> list[Organization]:
    """Registered organizations whose name has one of these parts in it, however written; at most a dozen."""
    ids = [key for word in words if len(word) > 1 for key in search.find("organization", word, NEAR)]
    found = db.session.scalars(select(Organization).where(Organization.id.in_(ids[:NEAR])).order_by(Organization.id))
    return list(found)


def reserved_names(applicant: Body, kind: str) -> list[Application]:
    """The names granted to an applicant for an organization of this kind, the newest first."""
    query = select(Application).where(
        Application.applicant_id == applicant.id, Application.kind == "name", Application.state == "granted",
        Application.organization_kind == kind,
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Application.id.desc())))


def headed_by(mark: str | None, but: int) -> list[Headship]:
    """What the person with this mark heads now, in registered organizations other than *but*."""
    if not mark:
        return []
    query = select(Headship).join(Organization).where(
        Headship.mark == mark, Headship.until.is_(None), Organization.state == "registered", Organization.id != but
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Headship.id)))


def named_heads(head: str, but: int) -> list[Organization]:
    """Registered organizations whose legal representative has this name, at most ten."""
    query = select(Organization).where(
        Organization.legal_representative == head, Organization.state == "registered", Organization.id != but
    )
    return list(db.session.scalars(query.order_by(Organization.id).limit(10))) if head else []


def head_of(organization: Organization) -> Headship | None:
    """The verified legal representative of an organization."""
    query = select(Headship).where(Headship.organization_id == organization.id, Headship.until.is_(None))
    return db.session.scalar(query.order_by(Headship.id.desc()).limit(1))


def certificates(organization: Organization) -> list[Certificate]:
    """Every certificate ever issued, the newest first."""
    query = select(Certificate).where(Certificate.organization_id == organization.id)
    return list(db.session.scalars(query.order_by(Certificate.issue.desc())))


def certificate(number: str) -> Certificate | None:
    """The certificate with this number."""
    return db.session.scalar(select(Certificate).where(Certificate.number == number))


def people_of(application: Application) -> dict[int, Person]:
    """Whoever had a hand in it, by id."""
    ids = {application.drafted_by_id, application.accepted_by_id, application.reviewed_by_id, application.decided_by_id}
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(ids - {None})))}


def waiting_in(states: tuple[str, ...], **where: Any) -> list[Application]:
    """Applications in these states, the most urgent first, at most a page of the worklist."""
    query = select(Application).filter_by(**where).where(Application.state.in_(states))
    return list(db.session.scalars(query.order_by(Application.due_on, Application.id).limit(30)))
