"""The organizations' replies, publication, and what the contract says follows from the result (D-13, D-15, S24)."""

from datetime import date

from app.agreements import actions as agreements
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import OutOfOrder
from app.core.law import Findings, demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.evaluations import queries
from app.evaluations.facts import number_of, report
from app.evaluations.models import Evaluation, Reply
from app.plans.given import some
from app.rules import evaluating

REPLY_WORKDAYS = 7  # the contract's clause on evaluation: a reply or an application for review within 7 working days
NOT_SCORED = N_("评分提交后才能公布，且只公布一次。")
NOT_OPEN = N_("评分提交后、结果公布前才能答复。")
NOT_A_PARTY = N_("贵单位不是本项目的承接主体。")
ANSWERED = N_("贵单位已经答复过。")
WAIT = N_("请先等承接主体答复（%(names)s）；答复期到 %(until)s，期满后可以公布。")
CONDITIONS = {"mid_term": "mid_term_pass", "final": "final_pass"}


def reply(evaluation: Evaluation, text: str, accepted: bool) -> Reply:
    """An organization's reply; when every contractor has replied nothing more is waited for."""
    if evaluation.state != "scored":
        raise OutOfOrder(NOT_OPEN)
    access.demand("evaluation.reply", evaluation)
    body_id = access.actor().body_id
    supplier = queries.suppliers(evaluation.project).get(body_id or 0)
    if supplier is None:
        raise OutOfOrder(NOT_A_PARTY)
    if any(one.supplier_id == body_id for one in queries.replies(evaluation)):
        raise OutOfOrder(ANSWERED)
    made = Reply(
        evaluation=evaluation, evaluation_id=evaluation.id, supplier=supplier, supplier_id=supplier.id,
        text=some(text, "text"), accepted=accepted, by_id=access.actor().id, place=evaluation.place,
    )  # fmt: skip
    changes.add(made, "evaluation.reply")
    if not queries.silent(evaluation):
        changes.move(evaluation, "reply")
    return made


def publish(evaluation: Evaluation) -> Evaluation:
    """Publish the result and the report, once every contractor replied or had the time to; what the contracts say
    follows.

    A passed evaluation makes the contracts' instalments payable. One that is not passed leaves them unpaid until the
    re-evaluation; when that is not passed either they are withheld. Raises OutOfOrder, Unlawful (D-13).
    """
    access.demand("evaluation.publish", evaluation)
    if evaluation.state not in Evaluation.lifecycle.step("publish").start:
        raise OutOfOrder(NOT_SCORED)
    demand(barring(evaluation))
    _demand_heard(evaluation)
    number = number_of(evaluation)
    kept = print_and_keep("performance_report", report(evaluation), number=number, body_id=evaluation.buyer_id)
    changes.move(evaluation, "publish", published_at=clock.now(), report_id=kept.id)
    _follow(evaluation, f"绩效评价 {number}")
    return evaluation


def reply_until(evaluation: Evaluation) -> date | None:
    """The last day for replies: seven working days after the scores were handed in."""
    if evaluation.scored_at is None:
        return None
    return catalogue.calendar().add_workdays(clock.day_of(evaluation.scored_at), REPLY_WORKDAYS).day


def _follow(evaluation: Evaluation, ground: str) -> None:
    condition = CONDITIONS[evaluation.stage]
    if evaluation.passed:
        agreements.record_condition(evaluation.project, condition, ground, evaluation.public_id)
    elif queries.is_second(evaluation):
        agreements.withhold_condition(evaluation.project, condition, ground, evaluation.public_id)


def barring(evaluation: Evaluation) -> Findings:
    """What bars publication: a veto item on which a contractor was not heard yet (D-13)."""
    upheld = [s.indicator.level3 for s in queries.scores(evaluation) if s.upheld]
    return evaluating.veto_contestable(upheld, upheld if _heard(evaluation) else ())


def _heard(evaluation: Evaluation) -> bool:
    """Whether every contractor replied, or had the time to."""
    until = reply_until(evaluation)
    return not queries.silent(evaluation) or (until is not None and clock.today() > until)


def _demand_heard(evaluation: Evaluation) -> None:
    if not _heard(evaluation):
        names = "、".join(one.name for one in queries.silent(evaluation))
        raise OutOfOrder(WAIT, {"names": names, "until": reply_until(evaluation)})
