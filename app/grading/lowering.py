"""Lowering or cancelling a grade: proposed with its trigger, heard, decided by another, certificate back (C-23)."""

from datetime import timedelta

from app.accounts.models import Body
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.db import db
from app.core.errors import OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.grading import facts, held, queries
from app.grading.deciding import add_grade
from app.grading.given import some, tidy
from app.grading.grade_models import Grade, GradeReduction
from app.registry import actions as registry
from app.rules import grading

NOT_VALID = N_("只有有效的等级可以降低或者取消。")
ONE_ALREADY = N_("这个等级已有一件正在办理的降级。")
ANSWERED = N_("贵单位已经作过陈述。")
OVER = N_("这件降级已经办结。")
HEAR_FIRST = N_("请先听取陈述：期限到%(until)s，组织陈述后或者期满后才能决定。")
RETURNED = N_("证书已经交回，或者不需要交回。")


def propose(grade: Grade, *, ground: str, to_grade: int, reason: str, source: str) -> GradeReduction:
    """Propose to lower or (to 0) cancel a grade; the organization may answer. Raises Unlawful (C-23), OutOfOrder."""
    if grade.state != "valid":
        raise OutOfOrder(NOT_VALID)
    if any(one.state == "proposed" for one in queries.reductions(grade)):
        raise OutOfOrder(ONE_ALREADY)
    demand(grading.lowered_to(grade.grade, to_grade, ground))
    today, days = clock.today(), catalogue.norms(grade.place).whole("grade_cut_answer_days")
    new = GradeReduction(
        grade=grade, grade_id=grade.id, ground=ground, to_grade=to_grade, reason=some(reason, "reason"),
        source=some(source, "source", 300), proposed_by_id=access.actor().id, proposed_on=today,
        answer_by=today + timedelta(days=days), place=grade.place,
    )  # fmt: skip
    return changes.add(new, "grade_reduction.propose")


def answer(reduction: GradeReduction, text: str) -> GradeReduction:
    """The organization says what it has to say, once."""
    if reduction.state != "proposed":
        raise OutOfOrder(OVER)
    if reduction.answer:
        raise OutOfOrder(ANSWERED)
    return changes.amend(reduction, "grade_reduction.answer", answer=some(text, "text"))


def decide(reduction: GradeReduction, remark: str = "") -> GradeReduction:
    """Lower or cancel: the old grade ends today, its certificate is to come back, the register says the new one.

    A lowered grade keeps the last day of the old one. Raises Unlawful (G-33), OutOfOrder before the hearing is over.
    """
    access.demand("grade_reduction.decide", reduction)
    demand(another(reduction, access.actor().id))
    if not heard(reduction):
        raise OutOfOrder(HEAR_FIRST, {"until": reduction.answer_by})
    old, today = reduction.grade, clock.today()
    changes.move(
        reduction, "decide", decided_on=today, decided_by_id=access.actor().id, remark=tidy(remark)
    )  # fmt: skip
    back = today + timedelta(days=catalogue.norms(old.place).whole("grade_return_days"))
    changes.move(old, "lower" if reduction.to_grade else "cancel", ended_on=today, return_by=back)
    new = _lowered(reduction) if reduction.to_grade else None
    if new is None:
        registry.set_grade(old.organization, None, None)
    number = facts.reduction_number(reduction)
    kept = print_and_keep("grading_reduction", facts.reduction(reduction, new), number=number, body_id=old.body_id)
    return changes.amend(reduction, "grade_reduction.decide", public=True, decision_id=kept.id)


def drop(reduction: GradeReduction, remark: str) -> GradeReduction:
    """Let the proposal go, saying why."""
    demand(another(reduction, access.actor().id))
    return changes.move(
        reduction, "drop", remark=some(remark, "remark"), decided_on=clock.today(), decided_by_id=access.actor().id
    )  # fmt: skip


def take_back(grade: Grade) -> Grade:
    """Note that the old certificate was handed back (within 15 days, C-23)."""
    if grade.return_by is None or grade.returned_on is not None:
        raise OutOfOrder(RETURNED)
    return changes.amend(grade, "grade.take_back", returned_on=clock.today())


def heard(reduction: GradeReduction) -> bool:
    """Whether the organization gave its statement, or had the time to."""
    return bool(reduction.answer) or clock.today() > reduction.answer_by


def another(reduction: GradeReduction, decider: int) -> list[Finding]:
    """Who proposed it does not decide it (G-33)."""
    return list(grading.another_decides(decider, [reduction.proposed_by_id]))


def triggers(grade: Grade) -> list[str]:
    """What the register itself shows against a grade that is valid: keys of TRIGGERS (C-23)."""
    if grade.state != "valid" or any(one.state == "proposed" for one in queries.reductions(grade)):
        return []
    one = grade.organization
    return grading.triggers_found(held.results(one), held.penalties(one.body), grade.since, held.last_inspected(one))


def _lowered(reduction: GradeReduction) -> Grade:
    old = reduction.grade
    department = db.session.get_one(Body, old.department_id)
    return add_grade(
        old.organization, reduction.to_grade, clock.today(), old.until, department_id=old.department_id,
        department=department.name, application=None,
    )  # fmt: skip
