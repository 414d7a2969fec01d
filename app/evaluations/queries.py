"""What evaluations read."""

from sqlalchemy import select

from app.agreements.models import Agreement
from app.core.db import db


def supplier_ids(project_id: int) -> set[int]:
    """The bodies that hold a contract of this project."""
    query = select(Agreement.supplier_id).where(Agreement.project_id == project_id)
    return set(db.session.scalars(query))
