"""What time itself does: a grade ends with its last day (C-20)."""

from sqlalchemy import select

from app.clockwork import task
from app.core import changes, clock
from app.core.db import db
from app.grading.grade_models import Grade
from app.registry import actions as registry

MOST = 500  # a run: the next minute goes on


@task
def expire_grades() -> int:
    """End the grades whose last day has passed; the register says no grade from then on."""
    query = select(Grade).where(Grade.state == "valid", Grade.until < clock.today()).order_by(Grade.id).limit(MOST)
    over = list(db.session.scalars(query))
    for grade in over:
        changes.move(grade, "expire", ended_on=grade.until)
        if grade.organization.state == "registered":
            registry.set_grade(grade.organization, None, None)
    return len(over)
