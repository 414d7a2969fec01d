"""What is read of the register."""

from sqlalchemy import select

from app.accounts.models import Body
from app.core.db import db
from app.registry.models import ImportBatch, Organization

PAGE = 50


def organizations(q: str = "", after: int = 0) -> list[Organization]:
    """A page of the register in the order of entry, those whose name or code contains *q*."""
    query = select(Organization).join(Body).where(Organization.id > after).order_by(Organization.id).limit(PAGE)
    if q.strip():
        text = q.strip()
        query = query.where(Body.name.contains(text) | Body.credit_code.contains(text.upper()))
    return list(db.session.scalars(query))


def imports() -> list[ImportBatch]:
    """The newest imports."""
    return list(db.session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(PAGE)))
