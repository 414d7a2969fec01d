"""Projects as something the public can write about: those that are public, answered by their buyer."""

from sqlalchemy import select

from app.complaints.subjects import Subject, subject
from app.core.db import db
from app.plans.models import Project
from app.transparency.projects import public_runs


@subject("project", page="transparency.project")
def project(public_id: str) -> Subject | None:
    """A project whose tender was published; its buyer answers."""
    found = db.session.scalar(select(Project).where(Project.public_id == public_id))
    if found is None or not public_runs(found):
        return None
    return Subject("project", public_id, found.name, found.buyer, None, found.place)
