"""What waits for registrars, each clock with its day, and for the organizations that may speak or leave a list."""

from collections.abc import Iterable, Iterator

from flask import url_for
from sqlalchemy import select

from app.accounts.models import Person
from app.core import access, clock
from app.core.db import db
from app.core.waiting import Waiting
from app.core.words import N_
from app.credit import queries
from app.credit.models import CreditCase, CreditObjection, CreditRepair
from app.credit.steps import leaving
from app.rules import credit

MOST = 20
DO = {  # state → what a registrar does next, and the rule its clock stands on
    "found": (N_("核查信用线索 %(number)s：%(name)s"), "C-25"),
    "noticed": (N_("听取意见 %(number)s：%(name)s"), "C-25"),
    "heard": (N_("提出处理意见 %(number)s：%(name)s"), "C-25"),
    "proposed": (N_("决定 %(number)s：%(name)s"), "G-31"),
    "decided": (N_("列入并公开 %(number)s：%(name)s"), "C-29"),
}
WHY = N_("信用信息须按期处理，逾期会显示并留在日志里")


def waiting(person: Person) -> list[Waiting]:
    """The clocks that run for this person."""
    if access.may(person, "credit.decide"):
        return [*_under_way(person), *_objections(person), *_repairs(person), *_grown_up()]
    if person.body_id and access.may(person, "credit.state"):
        return list(_concerned(person))
    return []


def _under_way(person: Person) -> Iterator[Waiting]:
    for state, (label, rule) in DO.items():
        for case in _in(state):
            if state == "proposed" and case.proposed_by_id == person.id:
                continue
            if state == "noticed" and not _heard_out(case):
                continue
            due = case.respond_by if state == "noticed" else case.enter_by
            yield _of(case, label, WHY, rule, due)


def _in(state: str) -> Iterable[CreditCase]:
    query = select(CreditCase).where(CreditCase.state == state)
    return db.session.scalars(query.order_by(CreditCase.enter_by, CreditCase.id).limit(MOST))


def _heard_out(case: CreditCase) -> bool:
    """Whether the body has spoken, or its days to do so are over."""
    return case.stated_at is not None or (case.respond_by or clock.today()) < clock.today()


def _objections(person: Person) -> Iterator[Waiting]:
    query = select(CreditObjection).where(CreditObjection.state == "filed").order_by(CreditObjection.due_on)
    for one in db.session.scalars(query.limit(MOST)):
        if one.case.decided_by_id != person.id:
            url = url_for("credit.answer", id=one.public_id)
            yield _of(one.case, N_("答复异议 %(number)s：%(name)s"), WHY, "C-29", one.due_on, url)


def _repairs(person: Person) -> Iterator[Waiting]:
    query = select(CreditRepair).where(CreditRepair.state == "applied").order_by(CreditRepair.due_on)
    for one in db.session.scalars(query.limit(MOST)):
        url = url_for("credit.check", id=one.public_id)
        yield _of(one.case, N_("核实移出申请 %(number)s：%(name)s"), WHY, "C-27", one.due_on, url)
    ready = (
        select(CreditRepair).join(CreditCase).where(CreditRepair.state == "confirmed", CreditCase.state == "entered")
    )
    for one in db.session.scalars(ready.order_by(CreditRepair.remove_by).limit(MOST)):
        if one.checked_by_id != person.id:
            yield _of(one.case, N_("移出 %(number)s：%(name)s"), WHY, "C-27", one.remove_by)


def _grown_up() -> Iterator[Waiting]:
    """Entries that end by time (C-27), and entries whose ground was corrected away."""
    for case in queries.ending_by_time(clock.today(), MOST):
        by = leaving(case)
        if by["first"] and by["first"] <= clock.today():
            yield _of(case, N_("期满移出 %(number)s：%(name)s"), WHY, "C-27", by["by"])
    for case in queries.without_ground(MOST):
        why = N_("它所依据的处罚或者记录已经更正，请复核是否一并更正")
        yield _of(case, N_("复核 %(number)s：%(name)s"), why, "C-29", None)


def _concerned(person: Person) -> Iterator[Waiting]:
    query = select(CreditCase).where(CreditCase.body_id == person.body_id)
    for case in db.session.scalars(query.where(CreditCase.state == "noticed").limit(MOST)):
        if case.stated_at is None and (case.respond_by or clock.today()) >= clock.today():
            why = N_("收到信用信息告知书，可以陈述申辩；逾期视为放弃")
            yield _of(case, N_("陈述申辩 %(number)s"), why, "C-25", case.respond_by)
    for case in db.session.scalars(query.where(CreditCase.state == "entered").limit(MOST)):
        first = leaving(case)["first"]
        ready = case.kind in ("abnormal", "serious") and (first is None or first <= clock.today())
        if ready and case.trigger in credit.DUTIES and not queries.repairs(case):
            why = N_("履行义务后可以申请移出")
            yield _of(case, N_("申请移出 %(number)s"), why, "C-27", None)


def _of(case: CreditCase, label: str, why: str, rule: str, due: object, url: str = "") -> Waiting:
    return Waiting(
        label, url or url_for("credit.case", id=case.public_id), why, rule, due,  # type: ignore[arg-type]
        values={"number": case.number, "name": case.body.name},
    )  # fmt: skip
