"""What the papers say: the decision, the certificate, and the decision to lower a grade, as plain values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.accounts.models import Body
from app.core.db import db
from app.grading import queries
from app.grading.grade_models import Grade, GradeReduction
from app.grading.models import GradingApplication, GradingScore
from app.registry.models import KINDS, Organization
from app.rules.grading import TRIGGERS, mean_centi

Facts = dict[str, object]


def decision_number(application: GradingApplication) -> str:
    """The number of the decision paper: division, year, application."""
    return f"{application.round.place[:6]}-PG-{application.round.year}-{application.id:04d}"


def certificate_number(organization: Organization, since: date, count: int) -> str:
    """The number of a certificate: credit code, year, which of the organization's certificates."""
    code = organization.body.credit_code or organization.org_code or str(organization.id)
    return f"{code}-DJ-{since.year}-{count}"


def reduction_number(reduction: GradeReduction) -> str:
    """The number of a decision to lower or cancel."""
    assert reduction.decided_on is not None
    return f"{reduction.place[:6]}-JD-{reduction.decided_on.year}-{reduction.id:04d}"


def certificate(
    organization: Organization, grade: int, since: date, until: date, number: str, department: str
) -> Facts:
    """The facts of `contracts/grading_certificate`."""
    return {
        "number": number,
        "department": department,
        "organization": _organization(organization),
        "grade": f"{grade}A",
        "marks": "A" * grade,
        "since": since,
        "until": until,
    }


def decision(application: GradingApplication, held: Grade | None) -> Facts:
    """The facts of `contracts/grading_decision`: points by section, ballots by number, what follows."""
    assert application.publicized_on
    assert application.publicized_until
    assert application.decided_on
    return {
        "number": decision_number(application),
        "department": application.round.department.name,
        "round": application.round.title,
        "organization": _organization(application.organization),
        "scheme": f"{application.scheme.title} {application.scheme.edition}",
        "sections": sections(application),
        "self_points": application.self_points or 0,
        "total_centi": application.total_centi or 0,
        "cuts": [{"grade": f"{grade}A", "points": points} for grade, points in application.round.cut_offs.items()],
        "cuts_source": application.round.cuts_source,
        "grade": f"{application.grade}A" if application.grade else "",
        "votes": _votes(application),
        "publicized_from": application.publicized_on,
        "publicized_until": application.publicized_until,
        "objections": _objections(application),
        "decided_on": application.decided_on,
        "remark": application.remark,
        "certificate": held.number if held else "",
        "until": held.until if held else "",
    }


def reduction(one: GradeReduction, new: Grade | None) -> Facts:
    """The facts of `contracts/grading_reduction`."""
    assert one.decided_on
    assert one.grade.return_by
    department = db.session.get_one(Body, one.grade.department_id)
    return {
        "number": reduction_number(one),
        "department": department.name,
        "organization": _organization(one.grade.organization),
        "old_grade": f"{one.grade.grade}A",
        "old_number": one.grade.number,
        "new_grade": f"{new.grade}A" if new else "",
        "new_number": new.number if new else "",
        "until": new.until if new else "",
        "ground": TRIGGERS[one.ground],
        "reason": one.reason,
        "source": one.source,
        "answer": one.answer,
        "remark": one.remark,
        "return_by": one.grade.return_by,
        "decided_on": one.decided_on,
    }


def sections(application: GradingApplication) -> list[dict[str, Any]]:
    """Each section: title, points it may earn, points given to oneself, the experts' mean in hundredths."""
    kept, scored = queries.answers(application), queries.scores_by_item(application)
    return [
        {
            "title": one["title"], "points": one["points"],
            "self_points": sum(kept[i.id].points or 0 for i in one["items"] if i.id in kept),
            "score_centi": sum(_mean(scored[i.id]) for i in one["items"] if i.id in scored),
        }
        for one in application.scheme.sections
    ]  # fmt: skip


def _mean(given: Sequence[GradingScore]) -> int:
    return mean_centi([score.points or 0 for score in given])


def _organization(one: Organization) -> dict[str, str]:
    return {"name": one.body.name, "code": one.body.credit_code or one.org_code or "–", "kind": KINDS[one.kind]}


def _votes(application: GradingApplication) -> dict[str, int]:
    given = queries.votes(application)
    return {
        "members": len(queries.members(application.round, "evaluation")),
        "agreed": sum(one.agrees for one in given),
        "against": sum(not one.agrees and not one.recused for one in given),
        "aside": sum(one.recused for one in given),
    }


def _objections(application: GradingApplication) -> list[dict[str, Any]]:
    return [
        {"made_on": one.made_on, "outcome": one.lifecycle.states[one.state], "closed_on": one.closed_on or ""}
        for one in queries.objections(application)
    ]
