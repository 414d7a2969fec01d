"""The report: marks are summed, lots ranked or found to have too few, and the paper printed (B-51 … B-57)."""

import hashlib
import secrets
from typing import Any

from app.awards import records
from app.awards.committee import composition
from app.awards.facts import evaluation_report
from app.awards.models import LotResult
from app.awards.qualifying import NOT_JUDGING
from app.awards.ranking import missing, ranking, stale
from app.catalogue.queries import norms
from app.core import changes
from app.core.errors import OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.plans.models import Lot
from app.rules.judging import all_have_scored
from app.rules.marks import low_price_justified
from app.tenders.lifecycle import TENDER
from app.tenders.models import Tender

UNCHECKED = N_("还有 %(count)s 份投标没有做资格审查。")
NOT_ASKED = N_("「%(bidder)s」的报价达到异常低价审查的条件，尚未要求其说明。")
NOT_DECLARED = N_("尚有成员没有作回避声明或者等待更换：%(names)s。")
ALL_FAIL = N_("各包的有效供应商均不足法定家数，应当废标。")
REPORTED_BEFORE = N_("评审报告已经形成，评分没有更正，不需要重新汇总。")
NOT_TIED = N_("本包没有需要抽签的并列供应商。")
DRAWN_BEFORE = N_("本包已经抽签，不能再抽。")
NO_REPORT = N_("还没有评审报告，或者已经定标。")


def report(tender: Tender) -> list[LotResult]:
    """Sum the marks, rank every lot, print the report, and take the tender to its decision.

    A lot with too few is recorded as failed while others go on; where none goes on the tender is to be failed (B-56).
    Called again after a correction (B-57) it sums anew. Raises Unlawful, OutOfOrder with what is still missing.
    """
    if tender.state == "judged" and not records.ever_awarded(tender):
        return _anew(tender)
    if tender.state != "opened":
        raise OutOfOrder(NOT_JUDGING, {"state": TENDER.states[tender.state]})
    demand(bars(tender))
    made = [_add(tender, lot) for lot in records.lots_of(tender)]
    changes.move(tender, "judge")
    return _print(tender, made)


def bars(tender: Tender) -> list[Finding]:
    """Everything that still stands in the way of the report, shown before the button and refused after it."""
    unchecked = records.unchecked(tender)
    if unchecked:
        return [Finding("B-46", UNCHECKED, {"count": len(unchecked)})]
    open_reviews = _low_prices(tender)
    if open_reviews:
        return open_reviews
    failing = {lot: _too_few(tender, lot) for lot in records.lots_of(tender)}
    if all(failing.values()):
        return [Finding("B-56", ALL_FAIL), *(found[0] for found in failing.values())]
    return _committee(tender) or list(all_have_scored(_names(tender), _have_scored(tender)))


def draw_tie(tender: Tender, lot: Lot) -> LotResult:
    """Part bids that the rules leave tied by a random draw, once; its seed is kept, so it can be repeated (B-53).

    The order is that of SHA-256 over "seed:bid's public id". Raises OutOfOrder when nothing is tied or it was drawn.
    """
    result = records.result_of(tender, lot)
    if tender.state != "judged" or result is None:
        raise OutOfOrder(NO_REPORT)
    if result.draw is not None:
        raise OutOfOrder(DRAWN_BEFORE)
    tied = [row["bid"] for row in result.ranking if row["tied"]]
    if not tied:
        raise OutOfOrder(NOT_TIED)
    seed = secrets.token_hex(16)
    order = drawn_order(seed, tied)
    return changes.amend(
        result, "judging.report", draw={"seed": seed, "order": order}, ranking=ranking(tender, lot, order)
    )  # fmt: skip


def drawn_order(seed: str, tied: list[str]) -> list[str]:
    """The order in which a seed draws these bids."""
    return sorted(tied, key=lambda bid: hashlib.sha256(f"{seed}:{bid}".encode()).hexdigest())


def _low_prices(tender: Tender) -> list[Finding]:
    numbers, open_ = norms(tender.place), [r for r in records.reviews(tender).values() if r.accepted is None]
    not_asked = [Finding("B-55", NOT_ASKED, {"bidder": bid.bidder.name}) for bid in records.low_priced(tender)]
    return not_asked + [f for r in open_ for f in low_price_justified(r.bid.bidder.name, True, 0, None, numbers)]


def _too_few(tender: Tender, lot: Lot) -> list[Finding]:
    return records.too_few(tender, records.qualified(tender, lot)) or records.too_few(
        tender, records.scorable(tender, lot)
    )


def _committee(tender: Tender) -> list[Finding]:
    members = records.committee(tender)
    waiting = [m.person.name for m in members if m.declared_at is None]
    waiting += [m.person.name for m in records.to_replace(tender)]
    if waiting:
        return [Finding("B-29", NOT_DECLARED, {"names": "、".join(waiting)})]
    return composition(tender, [(m.person, m.kind) for m in members])


def _names(tender: Tender) -> list[str]:
    return [m.person.name for m in records.committee(tender)]


def _have_scored(tender: Tender) -> list[str]:
    late = set(missing(tender))
    return [name for name in _names(tender) if name not in late]


def _values(tender: Tender, lot: Lot) -> dict[str, Any]:
    failing = _too_few(tender, lot)
    if failing:
        return {"failure": failing[0].text % failing[0].values, "ranking": []}
    return {"failure": "", "ranking": ranking(tender, lot)}


def _add(tender: Tender, lot: Lot) -> LotResult:
    result = LotResult(
        tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, place=tender.place, **_values(tender, lot)
    )
    return changes.add(result, "judging.report")


def _anew(tender: Tender) -> list[LotResult]:
    results = records.results(tender)
    if not any(stale(one) for one in results):
        raise OutOfOrder(REPORTED_BEFORE)
    for one in results:
        if stale(one):
            changes.amend(one, "judging.report", draw=None, **_values(tender, one.lot))
    return _print(tender, results)


def _print(tender: Tender, results: list[LotResult]) -> list[LotResult]:
    again = records.papers(tender, "PS")
    number = f"{tender.number}-PS{again + 1 if again else ''}"
    paper = print_and_keep("evaluation_report", evaluation_report(tender, results), number=number)
    return [changes.amend(one, "judging.report", report_id=paper.id) for one in results]
