"""The department's decision: another person than who carried the case, the grade, the certificate (C-20, C-24)."""

from datetime import date, timedelta

from app.accounts.models import Person
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.db import db
from app.core.law import Finding, demand
from app.documents.keeping import print_and_keep
from app.grading import facts, queries
from app.grading.given import tidy
from app.grading.grade_models import Grade
from app.grading.models import GradingApplication
from app.registry import actions as registry
from app.registry.models import Organization
from app.rules import grading


def decide(application: GradingApplication, remark: str = "") -> GradingApplication:
    """Decide as the committees concluded: papers, grade and register follow in one turn. Raises Unlawful, OutOfOrder.

    Below the lowest cut-off there is a decision but no grade and no certificate.
    """
    access.demand("grading.decide", application)
    demand(findings(application), another(application, access.actor().id))
    today = clock.today()
    changes.move(
        application, "decide", decided_on=today, decided_by_id=access.actor().id, remark=tidy(remark)
    )  # fmt: skip
    held = give(application, today) if application.grade else None
    number = facts.decision_number(application)
    kept = print_and_keep(
        "grading_decision", facts.decision(application, held), number=number, body_id=application.body_id
    )
    return changes.amend(application, "grading.decide", public=True, decision_id=kept.id)


def findings(application: GradingApplication) -> list[Finding]:
    """What bars the decision, and what is late (C-24)."""
    today, open_ = clock.today(), sum(one.closed_on is None for one in queries.objections(application))
    return [
        *grading.publicity_over(today, application.publicized_until, open_),
        *grading.decided_in_time(today, due(application) or today),
    ]


def another(application: GradingApplication, decider: int) -> list[Finding]:
    """Who carried the case may not decide it (G-33)."""
    return list(grading.another_decides(decider, [application.accepted_by_id, application.concluded_by_id]))


def due(application: GradingApplication) -> date | None:
    """The last day for decision and notice: 15 days after the publicity period or the last review (C-24)."""
    closed = [one.closed_on for one in queries.objections(application) if one.closed_on]
    ended = [day for day in (application.publicized_until, *closed) if day]
    days = catalogue.norms(application.place).whole("grade_notice_days")
    return max(ended) + timedelta(days=days) if ended else None


def give(application: GradingApplication, since: date) -> Grade:
    """The grade an application was decided with; the one held before is replaced."""
    assert application.grade
    return add_grade(
        application.organization, application.grade, since, grading.last_day(since, catalogue.norms(application.place)),
        department_id=application.department_id, department=application.round.department.name, application=application,
    )  # fmt: skip


def add_grade(
    organization: Organization, grade: int, since: date, until: date, *, department_id: int, department: str,
    application: GradingApplication | None,
) -> Grade:  # fmt: skip
    """Enter a grade with its certificate, and let the register say it."""
    before = queries.grade_held(organization.body_id)
    if before is not None:
        changes.move(before, "replace", ended_on=since)
    number = facts.certificate_number(organization, since, len(queries.grades_of(organization.body_id)) + 1)
    paper = facts.certificate(organization, grade, since, until, number, department)
    kept = print_and_keep("grading_certificate", paper, number=number, body_id=organization.body_id)
    held = Grade(
        organization=organization, organization_id=organization.id, body_id=organization.body_id,
        department_id=department_id, application_id=application.id if application else None, kind=organization.kind,
        grade=grade, since=since, until=until, number=number, certificate_id=kept.id, place=organization.place,
    )  # fmt: skip
    changes.add(held, "grade.give", public=True)
    registry.set_grade(organization, grade, until)
    return held


def decider(application: GradingApplication) -> Person | None:
    """Who decided."""
    return db.session.get(Person, application.decided_by_id) if application.decided_by_id else None
