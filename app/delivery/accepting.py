"""Accepting what was delivered, item by item, with the opinion of those served (B-66)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.agreements.models import Agreement
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, Findings, demand
from app.core.words import N_
from app.delivery import queries
from app.delivery.facts import report
from app.delivery.models import Acceptance
from app.documents.keeping import print_and_keep
from app.rules import paying

NOT_RUNNING = N_("合同公告后、履行完毕前才能报送服务数据和验收。")
BAD_COUNT = N_("满意人数应在 0 与参加人数之间。")
NOBODY_ASKED = N_("请填写参加验收的服务对象人数。")
OUTSIDE = N_("验收期应在合同期 %(start)s 至 %(end)s 之内，且不晚于今天。")
ACCEPTED_BEFORE = N_("%(start)s 至 %(end)s 已经验收合格，验收期不能重叠。")
REPAIR_WHEN = N_("要求限期改正的，请填写今天以后的改正期限。")
VERDICTS = {"passed": N_("合格"), "rectify": N_("限期改正"), "refused": N_("不合格")}


def accept(
    agreement: Agreement, *, period_from: date, period_to: date, verdict: str, items: Sequence[Mapping[str, Any]],
    users_asked: int, users_satisfied: int, users_opinion: str, remark: str = "", repair_by: date | None = None,
) -> Acceptance:  # fmt: skip
    """Accept a period item by item; for services to the public the users are heard and the report is public (B-66).

    *items* give each item's name, verdict and quality; promised and delivered are computed from the figures. Raises
    OutOfOrder for a contract that does not run or a period accepted before, Invalid, Unlawful (B-66).
    """
    _demand_period(agreement, period_from, period_to)
    _demand_sense(verdict, users_asked, users_satisfied, users_opinion, repair_by)
    computed = queries.acceptance_items(agreement, period_from, period_to)
    judged = {str(one["name"]): one for one in items if one.get("verdict")}
    demand(*_lawful(agreement, users_opinion, [str(one["name"]) for one in computed], list(judged)))
    made = Acceptance(
        agreement=agreement, agreement_id=agreement.id, period_from=period_from, period_to=period_to, verdict=verdict,
        items=[_judged(one, judged[str(one["name"])]) for one in computed], users_asked=users_asked,
        users_satisfied=users_satisfied, users_opinion=users_opinion.strip(), remark=remark.strip(),
        repair_by=repair_by if verdict == "rectify" else None, by_id=access.actor().id, place=agreement.place,
    )  # fmt: skip
    public = agreement.project.service_class == "A"
    changes.add(made, "acceptance.record", public=public)
    number = f"{agreement.number}-YS-{len(queries.acceptances(agreement)):02d}"
    kept = print_and_keep("acceptance_report", report(made, number), number=number, body_id=agreement.buyer_id)
    return changes.amend(made, "acceptance.record", public=public, report_id=kept.id)


def _judged(computed: dict[str, object], said: Mapping[str, Any]) -> dict[str, object]:
    return {**computed, "verdict": said["verdict"], "quality": said.get("quality") or computed["quality"]}


def _lawful(agreement: Agreement, opinion: str, wanted: Sequence[str], judged: Sequence[str]) -> Iterator[Findings]:
    heard = [opinion] if opinion.strip() else []
    for one in paying.users_heard(agreement.project.service_class, heard, catalogue.norms(agreement.place)):
        yield iter([Finding(one.rule, one.text, one.values, "users_opinion", one.bars)])
    yield paying.accepted_item_by_item(wanted, judged)


def _demand_period(agreement: Agreement, start: date, end: date) -> None:
    if agreement.state != "published":
        raise OutOfOrder(NOT_RUNNING)
    if not agreement.term_from <= start <= end <= min(agreement.term_to, clock.today()):
        raise Invalid(OUTSIDE, {"start": agreement.term_from, "end": agreement.term_to}, "period_to")
    for one in queries.acceptances(agreement):
        if one.verdict == "passed" and start <= one.period_to and end >= one.period_from:
            raise OutOfOrder(ACCEPTED_BEFORE, {"start": one.period_from, "end": one.period_to})


def _demand_sense(verdict: str, asked: int, satisfied: int, opinion: str, repair_by: date | None) -> None:
    if not 0 <= satisfied <= asked:
        raise Invalid(BAD_COUNT, {}, "users_satisfied")
    if opinion.strip() and not asked:
        raise Invalid(NOBODY_ASKED, {}, "users_asked")
    if verdict == "rectify" and (repair_by is None or repair_by <= clock.today()):
        raise Invalid(REPAIR_WHEN, {}, "repair_by")
