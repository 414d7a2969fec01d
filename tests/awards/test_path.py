"""The review of the family service centre, from the opened bids to the announced result; on both databases."""

import pytest
from flask import Flask

from app.awards import actions, queries
from app.awards.models import Award
from app.awards.ranking import rejections
from app.core import clock, log
from app.core.errors import OutOfOrder
from app.demonstration.hands import who
from tests.awards import world
from tests.conftest import Hands, turn


def test_the_figures_of_the_family_service_centre(app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    world.qualify(tender)
    assert [bid.bidder.name[0] for bid in queries.low_priced(tender)] == ["丙"]
    world.seat(tender)
    hands.set(world.REVIEW)
    world.declare_all(tender)
    with turn(who("officer")):
        review = actions.ask_low_price(world.bid_of(tender, "丙"))
    assert review.triggers == ["second", "ceiling"]
    hands.forward(minutes=30)
    with turn(who("officer")):
        actions.decide_low_price(review, False, "未提供证明材料")
    assert [(bid.bidder.name[0], reason) for bid, _, reason in rejections(tender)] == [("丙", "未提供证明材料")]
    world.score_all(tender)
    with turn(who("officer")):
        results = actions.report(tender)
    assert [(r["bidder"][0], r["mark_centi"], r["place"]) for r in results[0].ranking] == [
        ("甲", 9041, 1), ("戊", 8552, 2), ("乙", 8480, 3),
    ]  # fmt: skip
    assert [(r["bidder"][0], r["mark_centi"], r["place"]) for r in results[1].ranking] == [
        ("丁", 9208, 1), ("甲", 8761, 2), ("乙", 8300, 3),
    ]  # fmt: skip
    assert tender.state == "judged"
    made = _decide_and_announce(tender, hands)
    assert [(a.supplier.name[0], a.amount_fen) for a in made] == [("甲", 238_800_000), ("丁", 45_550_055)]
    _reads_back(made)


def _decide_and_announce(tender, hands: Hands) -> list[Award]:  # type: ignore[no-untyped-def]
    hands.set(world.AWARDED)
    with turn(who("leader")):
        made = actions.decide(tender, queries.first_ranked(tender))
    assert tender.state == "awarded"
    assert queries.public_result(tender) is None
    hands.forward(days=1)
    for award in made:
        with turn(who("officer")):
            actions.announce(award, world.MEDIUM, clock.now())
    told = queries.public_result(tender)
    assert told is not None
    assert [one.amount_fen for one in told.lots] == [238_800_000, 45_550_055]
    assert len(told.experts) == 4
    assert len(told.representatives) == 1
    assert made[0].result_notice_id == made[1].result_notice_id
    assert all(paper.bytes.startswith(b"%PDF-") for a in made for paper in (a.notice, a.result_notice) if paper)
    assert all(r.report and r.report.bytes.startswith(b"%PDF-") for r in queries.results(tender))
    due = {one.key: one.due.isoformat() for one in queries.clocks(tender)}
    assert due["sign"] == "2026-06-17"
    assert due["challenge_result"] == "2026-05-29"
    own = queries.own_score(tender, world.body("乙社区服务中心"))
    assert [(one.mark_centi, one.place, one.won) for one in own] == [(8480, 3, False), (8300, 3, False)]
    return made


def _reads_back(made: list[Award]) -> None:
    with pytest.raises(OutOfOrder), turn(who("leader")):
        actions.decide(made[0].tender, {made[0].lot.public_id: made[0].bid})
    entries = log.since(0, 5000)
    told = [e.action for e in entries if e.public and e.table in ("award", "tender")]
    assert told[-4:] == ["tender.judge", "tender.award", "award.announce", "award.announce"]
    assert not any(e.public for e in entries if e.table in ("committee_member", "member_score", "lot_result"))
