"""Dated facts about a body's standing: entered with their source, ended with theirs, never deleted (C-25 … C-29)."""

from datetime import date, timedelta

from app.accounts.models import Body
from app.core import changes
from app.core.errors import Invalid, OutOfOrder
from app.core.words import N_
from app.registry.models import FACT_KINDS, StandingFact

RULES = {"serious_list": "C-28", "abnormal_list": "C-28", "ban": "B-21", "penalty": "C-25"}
EFFECTS = {
    "serious_list": N_("不得向其购买服务，不能投标"),
    "abnormal_list": N_("只作提醒：国家规定未因此禁止其参加"),
    "ban": N_("期限内不得参加政府采购，届满即不再计算"),
    "penalty": N_("记入信用记录；是否属于重大违法由资格审查认定"),
}


def enter_fact(
    body: Body, *, kind: str, since: date, source: str, until: date | None = None, amount_fen: int | None = None
) -> StandingFact:
    """Enter a fact with its source, by the day it begins and, where known, its last day (inclusive); amount in fen.

    Raises Invalid for a kind there is not, no source, or a last day before the first.
    """
    if kind not in FACT_KINDS:
        raise Invalid(N_("请选择事实的类别。"), {}, "kind")
    if not source.strip():
        raise Invalid(N_("请写明文书的名称和文号。"), {}, "source")
    _in_order(since, until)
    fact = StandingFact(
        body=body, body_id=body.id, kind=kind, since=since, until=until, source=source, amount_fen=amount_fen,
        place=body.place,
    )  # fmt: skip
    return changes.add(fact, "standing.enter", public=True)


def end_fact(fact: StandingFact, until: date, source: str) -> StandingFact:
    """Lay down the last day of a fact (removed from the list, sentence served) with the source of that (C-27).

    One that has its last day already may only end earlier; else raises OutOfOrder. One that was wrong from the
    beginning ends on the day before its first, and so never holds.
    """
    if fact.until is not None and until >= fact.until:
        raise OutOfOrder(N_("这条事实已有截止日期。"))
    _in_order(fact.since, until + timedelta(days=1))
    both = f"{fact.source}；{source}"
    if len(both) > 300:
        raise Invalid(N_("文书名称太长，请缩短。"), {}, "source")
    return changes.amend(fact, "standing.enter", public=True, until=until, source=both)


def _in_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Invalid(N_("截止日期早于开始日期。"), {}, "until")
