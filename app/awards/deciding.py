"""The buyer decides, the result is announced, or an award falls (B-58 … B-60, B-75)."""

from collections.abc import Mapping
from datetime import datetime

from app import clockwork
from app.awards import records
from app.awards.facts import award_notice, result_notice
from app.awards.models import Award, LotResult
from app.awards.ranking import stale
from app.bids.models import Bid
from app.catalogue.queries import calendar, norms
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.registry.standing import bidder as standing_of
from app.rules import bidding, judging
from app.tenders.models import Tender

DECIDED_BEFORE = N_("第 %(lot)s 包已于%(at)s由%(who)s确定为「%(winner)s」，不能再次定标。")
BY_LAW = N_("法定期限届满（视为确定）")
NO_REPORT = N_("还没有评审报告，不能定标。")
NOTHING_LEFT = N_("没有可以确定的采购包。")
EACH_LOT = N_("请为每一个有排序的采购包确定供应商。")
CORRECTED = N_("评分已更正而没有重新汇总，请经办人先重新形成评审报告。")
DRAW_FIRST = N_("第 %(lot)s 包并列第一，请先抽签。")
OTHER_LOT = N_("所选投标不是第 %(lot)s 包的投标。")
NONE_WAITS = N_("没有等待公告的定标结果。")
REASON_NEEDED = N_("请写明理由。")
WRONG_MOMENT = N_("公告时间应在定标之后，且不晚于现在。")
NO_ADDRESS = N_("请填写指定媒体上结果公告的地址。")


def decide(tender: Tender, chosen: Mapping[str, Bid], late_reason: str = "") -> list[Award]:
    """Award every ranked lot: {lot's public id: bid}, in ranked order, within five working days (B-58).

    After the fifth day only with *late_reason*. Raises Unlawful (B-58), OutOfOrder naming a decision already taken.
    """
    lots = _may_decide(tender, chosen)
    demand(*(_in_order(one, chosen[one.lot.public_id]) for one in lots))
    demand(*(_eligible(chosen[one.lot.public_id]) for one in lots))
    if tender.state == "judged" and not late_reason.strip():
        demand(late(tender))
    return _award(tender, lots, chosen, late_reason.strip() if late(tender) else "")


def late(tender: Tender) -> list[Finding]:
    """What bars a decision today: the five working days since the report are over."""
    reported = clock.day_of(records.results(tender)[0].made_at)
    return list(judging.decided_in_time(reported, clock.today(), calendar(), norms(tender.place)))


def announce(award: Award, medium_url: str, announced_at: datetime) -> Award:
    """Record the result notice on the designated medium, and print it once for the tender (B-59).

    It is due two working days after the decision; a late one is still recorded. Raises Invalid, OutOfOrder.
    """
    if not medium_url.startswith(("http://", "https://")):
        raise Invalid(NO_ADDRESS, {}, "medium_url")
    if not award.decided_at <= announced_at <= clock.now():
        raise Invalid(WRONG_MOMENT, {}, "announced_at")
    if award.state != "decided":
        return changes.move(award, "announce")  # says why not
    notice = _result_notice(award, medium_url, announced_at)
    return changes.move(
        award, "announce", medium_url=medium_url, announced_at=announced_at, result_notice_id=notice
    )  # fmt: skip


def announce_all(tender: Tender, medium_url: str, announced_at: datetime) -> list[Award]:
    """Announce every lot that is decided, in one notice. Raises OutOfOrder when there is none."""
    waiting = [award for award in records.awards_of(tender) if award.state == "decided"]
    if not waiting:
        raise OutOfOrder(NONE_WAITS)
    return [announce(award, medium_url, announced_at) for award in waiting]


def annul(award: Award, reason: str) -> Award:
    """Declare an award void before its contract, for a reason; the next of the ranking may then be chosen (B-60)."""
    if not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    return changes.move(award, "annul", void_reason=reason.strip())


@clockwork.task
def silent_buyer() -> int:
    """What time does: in a consultation whose buyer is silent past the fifth working day the first is chosen (B-75)."""
    done = 0
    for tender in records.judged("consultation"):
        results = records.undecided(tender)
        reported = clock.day_of(results[0].made_at) if results else clock.today()
        over = judging.deemed_chosen("consultation", reported, clock.today(), calendar(), norms(tender.place))
        if over and not any(stale(one) or tied_first(one) for one in results):
            done += len(_award(tender, results, records.first_ranked(tender), ""))
    return done


def _may_decide(tender: Tender, chosen: Mapping[str, Bid]) -> list[LotResult]:
    for award in records.awards_of(tender):
        if award.lot.public_id in chosen:
            raise OutOfOrder(DECIDED_BEFORE, _named(award))
    if tender.state not in ("judged", "awarded"):
        raise OutOfOrder(NO_REPORT)
    lots = records.undecided(tender)
    if not lots:
        raise OutOfOrder(NOTHING_LEFT)
    if {one.lot.public_id for one in lots} != set(chosen):
        raise Invalid(EACH_LOT)
    if any(stale(one) for one in lots):
        raise OutOfOrder(CORRECTED)
    for one in lots:
        if chosen[one.lot.public_id].lot_id != one.lot_id:
            raise Invalid(OTHER_LOT, {"lot": one.lot.number})
    return lots


def _named(award: Award) -> dict[str, object]:
    who = records.person_named(award.decided_by_id)
    return {
        "lot": award.lot.number, "at": award.decided_at, "who": who or BY_LAW, "winner": award.supplier.name,
    }  # fmt: skip


def _in_order(result: LotResult, bid: Bid) -> list[Finding]:
    if tied_first(result):
        return [Finding("B-53", DRAW_FIRST, {"lot": result.lot.number})]
    ranked = [row["bid"] for row in result.ranking]
    over = records.passed_over(result) - {bid.public_id}  # who is chosen though barred is told so by `_eligible`
    return list(judging.award_in_order(bid.public_id, ranked, over))


def _eligible(bid: Bid) -> list[Finding]:
    """The winner may take part on the day of the decision, not only on that of the bid (B-21, C-28)."""
    return list(bidding.eligible(standing_of(bid.bidder, clock.today()), clock.today()))


def tied_first(result: LotResult) -> bool:
    """Whether the first who can still be chosen shares their place with somebody else who can."""
    left = records.left(result)
    places = {row["bid"]: row["place"] for row in result.ranking}
    return [places[bid] for bid in left].count(places[left[0]]) > 1


def _award(tender: Tender, lots: list[LotResult], chosen: Mapping[str, Bid], late_reason: str) -> list[Award]:
    at = clock.now()  # one moment for all lots: by it the result notice knows what was decided together
    made = [_add(tender, chosen[one.lot.public_id], at, late_reason) for one in lots]
    if tender.state == "judged":
        changes.move(tender, "award")
    return [_print_notice(award) for award in made]


def _add(tender: Tender, bid: Bid, at: datetime, late_reason: str) -> Award:
    award = Award(
        tender=tender, tender_id=tender.id, lot=bid.lot, lot_id=bid.lot_id, bid=bid, bid_id=bid.id,
        supplier=bid.bidder, supplier_id=bid.bidder_id, amount_fen=bid.price_fen, decided_at=at,
        decided_by_id=access.actor().id or None, place=tender.place, medium_url="", void_reason="",
        late_reason=late_reason,
    )  # fmt: skip
    return changes.add(award, "award.decide")


def _print_notice(award: Award) -> Award:
    ending = f"{award.lot.number:02d}-ZB"
    again = records.papers(award.tender, ending)
    number = f"{award.tender.number}-{ending}{again + 1 if again else ''}"
    paper = print_and_keep("award_notice", award_notice(award, number), number=number, body_id=award.supplier_id)
    return changes.amend(award, "award.decide", notice_id=paper.id)


def _result_notice(award: Award, url: str, announced_at: datetime) -> int:
    """The notice names every award of the same decision, so the second to be announced finds it printed."""
    together = [one for one in records.awards_of(award.tender) if one.decided_at == award.decided_at]
    printed = next((one.result_notice_id for one in together if one.result_notice_id), None)
    if printed is not None:
        return printed
    again = records.papers(award.tender, "JG")
    number = f"{award.tender.number}-JG{again + 1 if again else ''}"
    facts = result_notice(award.tender, together, url, announced_at)
    return print_and_keep("result_notice", facts, number=number).id
