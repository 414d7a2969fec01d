"""What waits for somebody in gradings: the department, applicants, experts, committee members, deciders."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import select

from app.accounts.models import Person
from app.catalogue.queries import norms
from app.core import access, clock
from app.core.db import db
from app.core.waiting import Waiting
from app.core.words import N_
from app.grading import deciding, experts, queries, voting
from app.grading.grade_models import Grade, GradeReduction
from app.grading.models import GradingApplication, GradingObjection

MOST = 50


def waiting(person: Person) -> list[Waiting]:
    """Everything in gradings that waits for this person."""
    return [
        *(one for application in _live() for one in _of_application(application, person)),
        *_seats(person), *_objections(person), *_reductions(person), *_returns(person),
    ]  # fmt: skip


def _live() -> list[GradingApplication]:
    query = select(GradingApplication).where(GradingApplication.state.not_in(queries.OVER))
    return list(db.session.scalars(query.order_by(GradingApplication.id).limit(MOST * 4)))


def _of_application(one: GradingApplication, who: Person) -> Iterator[Waiting]:
    if who.body_id == one.body_id and one.state == "drafted":
        why = N_("已退回补正") if one.sent_back else N_("自评未提交")
        yield _line(one, N_("完成自评并提交：%(name)s"), why, "C-19", one.round.apply_until)
    if one.state == "assessed" and queries.member_of(one.round, who, "evaluation") and not _voted(one, who):
        yield _line(one, N_("评估委员会投票：%(name)s"), N_("专家评分已完成"), "C-33")
    if access.may(who, "grading.accept", one):
        yield from _of_department(one)
    if one.state == "publicized" and access.may(who, "grading.decide", one):
        over = one.publicized_until is not None and clock.today() > one.publicized_until
        if over and not any(f.bars for f in [*deciding.findings(one), *deciding.another(one, who.id)]):
            yield _line(one, N_("作出评估决定：%(name)s"), N_("公示期已满"), "C-24", deciding.due(one))


def _of_department(one: GradingApplication) -> Iterator[Waiting]:
    if one.state == "submitted":
        yield _line(one, N_("受理评估申请：%(name)s"), N_("等待受理"), "C-19")
    if one.state == "accepted" and (not one.seats or experts.short_of(one)):
        yield _line(one, N_("抽取专家：%(name)s"), N_("专家组没有组成或者有人回避"), "C-33")
    if one.state == "assessed" and not voting.count_of(one):
        yield _line(one, N_("汇总表决：%(name)s"), N_("同意票已过半数"), "C-24")
    if one.state == "concluded":
        url = url_for("grading.publicize", id=one.round.public_id)
        yield Waiting(N_("公示评估结果：%(name)s"), url, N_("表决已汇总"), "C-24", values=_name(one))


def _seats(who: Person) -> Iterator[Waiting]:
    for seat in queries.seats_of(who):
        if seat.application.state != "accepted" or seat.handed_in_at is not None:
            continue
        if seat.declared_at is None:
            url, label = url_for("grading.declare", id=seat.public_id), N_("作回避声明：%(name)s")
        else:
            url, label = url_for("grading.seat", id=seat.public_id), N_("现场评分：%(name)s")
        yield Waiting(label, url, N_("您被抽取为评估专家"), "C-33", values=_name(seat.application))


def _objections(who: Person) -> Iterator[Waiting]:
    query = select(GradingObjection).where(GradingObjection.state.in_(("made", "voting"))).limit(MOST)
    for one in db.session.scalars(query):
        due = one.made_on + timedelta(days=norms(one.place).whole("grade_notice_days"))
        member = queries.member_of(one.application.round, who, "review")
        if one.state == "made" and access.may(who, "grading_objection.put_to_vote", one):
            yield _line(one.application, N_("核实异议：%(name)s"), N_("公示期内收到异议"), "C-24", due)
        elif one.state == "voting" and member and not _voted(one, who):
            url = url_for("grading.vote_objection", id=one.public_id)
            yield Waiting(N_("复核投票：%(name)s"), url, N_("异议已核实"), "C-24", due, _name(one.application))


def _reductions(who: Person) -> Iterator[Waiting]:
    for one in db.session.scalars(select(GradeReduction).where(GradeReduction.state == "proposed").limit(MOST)):
        url, values = url_for("grading.reduction", id=one.public_id), {"name": one.grade.organization.body.name}
        if who.body_id == one.grade.body_id and not one.answer and clock.today() <= one.answer_by:
            yield Waiting(N_("陈述意见：%(name)s"), url, N_("拟降低或者取消等级"), "C-23", one.answer_by, values)
        ripe = bool(one.answer) or clock.today() > one.answer_by
        if ripe and who.id != one.proposed_by_id and access.may(who, "grade_reduction.decide", one):
            yield Waiting(N_("决定是否降低等级：%(name)s"), url, N_("陈述期已过或者已经陈述"), "C-23", None, values)


def _returns(who: Person) -> Iterator[Waiting]:
    query = select(Grade).where(Grade.return_by.is_not(None), Grade.returned_on.is_(None)).limit(MOST)
    for one in db.session.scalars(query):
        values = {"name": one.organization.body.name}
        if access.may(who, "grade.take_back", one):
            url = url_for("grading.take_back", id=one.public_id)
            yield Waiting(N_("收回等级证书：%(name)s"), url, N_("等级已降低或者取消"), "C-23", one.return_by, values)
        elif who.body_id == one.body_id:
            url = url_for("grading.grade", id=one.public_id)
            yield Waiting(N_("交回等级证书：%(name)s"), url, N_("等级已降低或者取消"), "C-23", one.return_by, values)


def _voted(record: GradingApplication | GradingObjection, who: Person) -> bool:
    return any(one.member.person_id == who.id for one in queries.votes(record))


def _line(one: GradingApplication, label: str, why: str, rule: str, due: date | None = None) -> Waiting:
    return Waiting(label, url_for("grading.application", id=one.public_id), why, rule, due, _name(one))


def _name(one: GradingApplication) -> dict[str, str]:
    return {"name": one.organization.body.name}
