"""What is read about bodies, people and sessions."""

from sqlalchemy import or_, select

from app.accounts.models import Body, Person, Relation, Session
from app.core.access import Actor
from app.core.db import db
from app.core.door import NO_SUCH
from app.core.errors import Missing

PAGE = 200


def people(q: str = "") -> list[Person]:
    """People whose name or sign-in name contains *q*, by name, at most 200."""
    query = select(Person).order_by(Person.name).limit(PAGE)
    if q.strip():
        query = query.where(or_(Person.name.contains(q.strip()), Person.sign_in_name.contains(q.strip().lower())))
    return list(db.session.scalars(query))


def session_of(who: Actor, number: int) -> Session:
    """One of this person's sessions. Raises Missing for anybody else's."""
    found = db.session.get(Session, number)
    if found is None or found.person_id != who.id:
        raise Missing(NO_SUCH)
    return found


def bodies(*kinds: str) -> list[Body]:
    """All bodies of these kinds, by name."""
    return list(db.session.scalars(select(Body).where(Body.kind.in_(kinds)).order_by(Body.name)))


def body_named(name: str) -> Body | None:
    """The body with exactly this name."""
    return db.session.scalar(select(Body).where(Body.name == name))


def people_with(role: str, body_id: int | None = None) -> list[Person]:
    """Active people who have this role, optionally of one body, by name."""
    query = select(Person).where(Person.active, Person.roles.contains(role)).order_by(Person.name)
    found = db.session.scalars(query.where(Person.body_id == body_id) if body_id else query)
    return [person for person in found if role in person.role_names]


def relations_of(body_ids: set[int]) -> list[Relation]:
    """Ties that lead to any of these bodies."""
    return list(db.session.scalars(select(Relation).where(Relation.to_body_id.in_(body_ids))))
