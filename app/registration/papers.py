"""The papers of a procedure: the decision with its reasons."""

from typing import Any

from app.core import clock
from app.core.files import StoredFile
from app.documents.keeping import print_and_keep
from app.registration import table
from app.registration.models import Application

OUTCOME = {"granted": "准予", "refused": "不予准许"}


def decision(application: Application) -> StoredFile:
    """Print and keep the decision on an application, under the application's number."""
    number = f"{application.number}-JD"
    return print_and_keep(
        "registration_decision", _facts(application, number), number=number, body_id=application.applicant_id
    )


def _facts(application: Application, number: str) -> dict[str, Any]:
    row = table.of(application)
    assert application.decided_at is not None
    return {
        "number": number,
        "procedure": row.label,
        "applicant": application.applicant.name,
        "name": application.name,
        "authority": application.authority.name,
        "application_number": application.number,
        "submitted_on": _day(application.submitted_at),
        "complete_on": application.complete_on.isoformat() if application.complete_on else "",
        "due_on": application.due_on.isoformat() if application.due_on else "",
        "outcome": OUTCOME[application.state],
        "granted": application.state == "granted",
        "reasons": application.reasons,
        "decided_on": _day(application.decided_at),
        "code": (application.organization.body.credit_code or "") if application.organization else "",
    }


def _day(moment: Any) -> str:
    return clock.day_of(moment).isoformat() if moment else ""
