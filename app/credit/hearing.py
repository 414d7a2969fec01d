"""The body is told, and heard: notice, statement and plea, hearing where it applies (C-25, C-26)."""

from datetime import date
from typing import Any

from app.catalogue.queries import calendar, norms
from app.core import changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.credit import facts
from app.credit.finding import PAPERS, Upload
from app.credit.models import CreditCase
from app.documents.keeping import print_and_keep
from app.rules import credit

NO_NOTICE = N_("其他部门已经作出的决定由该部门告知，这里直接提出处理意见。")
NOT_OPEN = N_("现在不在陈述申辩的期间。")
SAY_SOMETHING = N_("请写明陈述申辩的意见。")
NOT_ASKED = N_("该单位没有要求听证。")
WHERE = N_("请写明听证的地点。")
SUMMARY = N_("请写明意见的要点和是否采纳；没有收到意见的，写明未提出。")


def notify(case: CreditCase) -> CreditCase:
    """Print and hand out the notice; the days to state and plead begin. Raises Invalid where another decided."""
    if case.state != "found":
        return changes.move(case, "notify")  # says why not
    if not credit.needs_notice(case.kind, case.elsewhere):
        raise Invalid(NO_NOTICE)
    number = f"{case.number}-GZ"
    paper = print_and_keep("credit_notice", facts.notice(case, number), number=number, body_id=case.body_id)
    due = credit.statement_due(clock.today(), calendar(), norms(case.place))
    return changes.move(case, "notify", notice_id=paper.id, noticed_at=clock.now(), respond_by=due)


def state(case: CreditCase, text: str, hearing_asked: bool = False, file: Upload | None = None) -> CreditCase:
    """The body states its case, and asks for a hearing where it applies; it may better its words until the last day.

    Raises OutOfOrder before the notice and after, Unlawful when the days are over (C-25, C-26).
    """
    if case.state != "noticed" or case.respond_by is None or case.noticed_at is None:
        raise OutOfOrder(NOT_OPEN)
    if not text.strip():
        raise Invalid(SAY_SOMETHING, {}, "statement")
    today, numbers = clock.today(), norms(case.place)
    ask_by = credit.hearing_ask_due(clock.day_of(case.noticed_at), calendar(), numbers)
    demand(
        credit.statement_in_time(today, case.respond_by, _row(case)),
        credit.hearing_asked_in_time(hearing_asked and not case.hearing_asked, may_be_heard(case), today, ask_by),
    )
    values: dict[str, Any] = {
        "statement": text.strip(), "stated_at": clock.now(), "hearing_asked": hearing_asked or case.hearing_asked
    }  # fmt: skip
    if file:
        values["statement_file_id"] = files.keep(*file, PAPERS, body_id=case.body_id).id
    return changes.amend(case, "credit.state", **values)


def call_hearing(case: CreditCase, day: date, place: str) -> CreditCase:
    """Set the day and place of the hearing, seven working days ahead (C-26)."""
    if case.state != "noticed":
        raise OutOfOrder(NOT_OPEN)
    if not case.hearing_asked:
        raise OutOfOrder(NOT_ASKED)
    if not place.strip():
        raise Invalid(WHERE, {}, "hearing_place")
    demand(credit.hearing_called_early(day, clock.today(), calendar(), norms(case.place)))
    return changes.amend(case, "credit.hear", hearing_on=day, hearing_place=place.strip())


def hear(case: CreditCase, note: str) -> CreditCase:
    """Close the hearing of the body with what it said and whether it is taken up.

    Raises Unlawful while its days run and it has said nothing, or while a hearing it asked for was not held.
    """
    if case.state != "noticed" or case.respond_by is None:
        return changes.move(case, "hear")  # says why not
    if not note.strip():
        raise Invalid(SUMMARY, {}, "heard_note")
    today = clock.today()
    demand(
        credit.time_to_speak_given(today, case.respond_by, case.stated_at is not None, _row(case)),
        credit.hearing_held(case.hearing_asked, case.hearing_on, today),
    )
    return changes.move(case, "hear", heard_note=note.strip())


def may_be_heard(case: CreditCase) -> bool:
    """Whether a hearing applies to what is intended."""
    return credit.hearing_applies(case.kind, case.trigger, case.amount_fen, norms(case.place))


def _row(case: CreditCase) -> str:
    return "C-25" if case.kind == "abnormal" else "C-26"
