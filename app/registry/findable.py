"""How an organization is found: by its name, its codes and its fields of work.

What is changed through its record is found by what it says now without anybody's doing; rows entered in bulk are told
to `found_many`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from app.accounts.models import Body
from app.core import search
from app.registry.models import Organization

OF_BODY, OF_ORGANIZATION = ("name", "credit_code"), ("org_code", "fields")


def found_by(organization: Organization) -> None:
    """Let it be found by its name, codes and fields as they are now."""
    body = {name: getattr(organization.body, name) for name in OF_BODY}
    found_many([(organization.id, body | {name: getattr(organization, name) for name in OF_ORGANIZATION})])


def found_many(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Let many be found: ids of organizations with name, credit_code, org_code and fields as far as they have them."""
    kept = list(rows)
    search.index_many("organization", ((key, words(row)) for key, row in kept))
    search.index_many("field", ((key, (row.get("fields") or "").replace("、", " ")) for key, row in kept))


def words(row: Mapping[str, Any]) -> str:
    """The words of a row: its name and codes, parted by blanks."""
    return " ".join(str(row[name]) for name in ("name", "credit_code", "org_code") if row.get(name))


@event.listens_for(Session, "after_flush")
def _find_by_what_changed(session: Session, _context: object) -> None:
    changed = [one for one in session.dirty if _has(one, Organization, OF_ORGANIZATION)]
    bodies = [one.id for one in session.dirty if _has(one, Body, OF_BODY)]
    with session.no_autoflush:
        named = session.scalars(select(Organization).where(Organization.body_id.in_(bodies))) if bodies else ()
        for organization in {*changed, *named}:
            found_by(organization)


def _has(record: object, model: type[Any], columns: tuple[str, ...]) -> bool:
    if not isinstance(record, model):
        return False
    return any(inspect(record).attrs[column].history.has_changes() for column in columns)
