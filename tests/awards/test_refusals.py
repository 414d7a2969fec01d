"""What the review refuses, by which rule; and the ways off the straight path: ties, failed lots, silence."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app import clockwork
from app.accounts import actions as accounts
from app.awards import actions, queries, records
from app.awards.reporting import drawn_order
from app.core import changes, clock
from app.core.access import CLOCK
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.demonstration.hands import who
from app.registry.models import StandingFact
from app.tenders.models import Tender
from tests.awards import world
from tests.conftest import Hands, turn

TWO = [
    {"lot": 1, "bidder": name, "price": "2300000.00", "scores": [[50, 30]] * 5}
    for name in ("甲社会工作服务中心", "乙社区服务中心", "戊社区发展协会")
]


def rules(refused: pytest.ExceptionInfo[Unlawful]) -> list[str]:
    """The rows a refusal names."""
    return [finding.rule for finding in refused.value.findings if finding.bars]


def test_qualification_reads_standing_declaration_and_ties(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    yi, bing = world.bid_of(tender, "乙"), world.bid_of(tender, "丙")
    with turn():
        day = clock.today()
        body = yi.bidder
        for kind in ("serious_list", "ban"):
            fact = StandingFact(body=body, body_id=body.id, kind=kind, since=day, until=day, source="公告")
            changes.add(fact, "standing.enter")
        accounts.add_relation(from_body_id=world.body("戊社区发展协会").id, to_body_id=bing.bidder_id, kind="holding")
    with pytest.raises(Unlawful) as refused, turn(who("officer")):
        actions.check_qualification(yi, True)
    assert set(rules(refused)) == {"B-21", "C-28"}
    with pytest.raises(Unlawful) as refused, turn(who("officer")):
        actions.check_qualification(bing, True)
    assert rules(refused) == ["B-24"]
    with pytest.raises(Invalid), turn(who("officer")):
        actions.check_qualification(yi, False, " ")
    with turn(who("officer")):
        verdict = actions.check_qualification(yi, False, "在严重违法失信名单中")
    assert [c["rule"] for c in verdict.checks if not c["passed"]] == ["B-21", "C-28"]
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.check_qualification(yi, False, "再来一次")
    with pytest.raises(NotAllowed), turn(who("jia")):
        actions.check_qualification(world.bid_of(tender, "甲"), True)
    hands.forward(days=1)  # the ban has run out, the fact of the list too
    with turn(who("officer")):
        assert actions.check_qualification(world.bid_of(tender, "乙", 2), True).passed


def test_a_reserved_purchase_and_an_unmade_declaration(sqlite_app: Flask, hands: Hands) -> None:
    given = [{**one, "declaration": {"no_major_violation": False}} for one in world.GIVEN["bids"][:1]]
    tender = world.opened_tender(hands, bids=[*given, world.GIVEN["bids"][3]])
    with turn(who("officer")):
        changes.amend(tender.project, "project.edit", reserved=True)
    with pytest.raises(Unlawful) as refused, turn(who("officer")):
        actions.check_qualification(world.bid_of(tender, "甲"), True)
    assert rules(refused) == ["B-20", "B-111"]
    with turn(who("officer")):
        assert actions.check_qualification(world.bid_of(tender, "丙"), True).passed  # a medium enterprise


def test_the_committee_is_lawful_or_not_seated(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    world.qualify(tender)

    def refused(names: tuple[str, ...]) -> list[str]:
        with pytest.raises(Unlawful) as found, turn(who("officer")):
            actions.draw_committee(tender, world.drawn(names))
        return rules(found)

    assert refused(("expert1", "expert2", "approver")) == ["B-47"]
    assert refused(("expert1", "expert2", "expert3", "expert4")) == ["B-47"]
    officer = [(who("officer"), "representative")]
    with pytest.raises(Unlawful) as found, turn(who("officer")):
        actions.draw_committee(tender, [*world.drawn()[:4], *officer])
    assert rules(found) == ["B-46"]
    with pytest.raises(Unlawful) as found, turn(who("officer")):
        actions.draw_committee(tender, [*world.drawn()[:4], (who("finance"), "expert")])
    assert rules(found) == ["B-48"]
    for stranger in ((who("evaluator"), "expert"), (who("jia"), "representative"), world.drawn()[0]):
        with pytest.raises(Invalid), turn(who("officer")):
            actions.draw_committee(tender, [*world.drawn()[:4], stranger])
    with pytest.raises(NotAllowed), turn(who("leader")):
        actions.draw_committee(tender, world.drawn())
    world.seat(tender)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.draw_committee(tender, world.drawn())
    hands.set(datetime(2026, 5, 18, 1, 0, tzinfo=UTC))  # three working days later: B-48
    world.declare_all(tender)
    member = queries.committee(tender)[0]
    with pytest.raises(Unlawful) as late, turn(member.person):
        actions.score(member, world.bid_of(tender, "甲"), 5000, 3000)
    assert rules(late) == ["B-48"]
    world.seat(tender)  # drawn anew, as nobody has scored
    assert [m.declared_at for m in queries.committee(tender)] == [None] * 5


def test_a_tie_makes_a_member_stand_aside_and_be_replaced(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    with turn():
        accounts.add_relation(
            person_id=who("expert1").id, to_body_id=world.body("甲社会工作服务中心").id, kind="director"
        )
        old, kind = world.body("乙社区服务中心").id, "employed"
        accounts.add_relation(person_id=who("expert2").id, to_body_id=old, kind=kind, until="2020-01-01")
        university = who("expert1").body
        new = accounts.add_person(
            name="新老师", sign_in_name="expert5", password="Open-Sesame-88", roles={"expert"}, body=university
        )
    world.seat(tender)
    one, two, three = queries.committee(tender)[:3]
    with turn(one.person):
        assert actions.declare(one).recused
        assert "甲社会工作服务中心" in one.conflict
    with turn(two.person):
        assert not actions.declare(two).recused  # the tie ended more than three years ago
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.replace_member(two, new)
    with pytest.raises(Invalid), turn(who("officer")):
        actions.replace_member(one, who("expert3"))
    with turn(who("officer")):
        seated = actions.replace_member(one, new)
    assert (seated.order, seated.kind) == (1, "expert")
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.replace_member(one, who("expert3"))
    with turn(seated.person):
        assert actions.declare(seated, "配偶在戊社区发展协会任职").recused
    with pytest.raises(NotAllowed), turn(who("expert4")):
        actions.declare(three)


def test_a_low_price_has_half_an_hour_and_needs_proof(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    bing = world.bid_of(tender, "丙")
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.ask_low_price(bing)  # others are not checked yet
    world.qualify(tender)
    with turn(who("officer")):
        review = actions.ask_low_price(bing)
        doubted = actions.ask_low_price(world.bid_of(tender, "乙", 2))
    assert doubted.triggers == ["experts"]
    hands.forward(minutes=29, seconds=59)
    with pytest.raises(Unlawful) as refused, turn(who("officer")):
        actions.decide_low_price(review, False, "没有说明")
    assert rules(refused) == ["B-55"]
    with pytest.raises(Invalid), turn(who("officer")):
        actions.decide_low_price(review, True, "没有说明也接受")
    with pytest.raises(NotAllowed), turn(who("jia")):
        actions.answer_low_price(review, "不是我的")
    with turn(who("bing")):
        actions.answer_low_price(review, "场地由本单位免费提供")
    with pytest.raises(OutOfOrder), turn(who("bing")):
        actions.answer_low_price(review, "再补充")
    with turn(who("officer")):
        actions.decide_low_price(review, True, "成本构成合理")
    assert bing in records.scorable(tender, bing.lot)


def test_marks_stay_in_range_and_change_for_four_reasons(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.ready_to_report(hands)
    member = queries.committee(tender)[0]
    jia, bing = world.bid_of(tender, "甲"), world.bid_of(tender, "丙")
    for technical, business in ((5501, 3000), (5000, 3501), (-1, 0)):
        with pytest.raises(Unlawful) as refused, turn(member.person):
            actions.score(member, jia, technical, business)
        assert rules(refused) == ["G-12"]
    with pytest.raises(OutOfOrder), turn(member.person):
        actions.score(member, bing, 4000, 2000)  # invalid since the low-price review
    with pytest.raises(NotAllowed), turn(who("expert2")):
        actions.score(member, jia, 5000, 3000)
    with turn(who("officer")):
        actions.report(tender)
    with pytest.raises(Unlawful) as refused, turn(member.person):
        actions.score(member, jia, 5200, 3100, reason="")
    assert rules(refused) == ["B-57"]
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.report(tender)
    with turn(member.person):
        actions.score(member, jia, 5200, 3100, "加总有误", "sum")
    with pytest.raises(OutOfOrder), turn(who("leader")):
        actions.decide(tender, queries.first_ranked(tender))
    with turn(who("officer")):
        results = actions.report(tender)
    assert results[0].ranking[0]["mark_centi"] == 9081  # 90.41 + 2 points of one member in five
    assert results[0].report
    assert results[0].report.name.endswith("-PS2.pdf")


def test_the_report_waits_for_everybody(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)

    def refused() -> str:
        with pytest.raises(Unlawful) as found, turn(who("officer")):
            actions.report(tender)
        return rules(found)[0]

    assert refused() == "B-46"
    world.qualify(tender)
    assert refused() == "B-55"
    world.reject_low_price(tender, hands)
    assert refused() == "B-47"
    world.seat(tender)
    assert refused() == "B-29"
    world.declare_all(tender)
    assert refused() == "G-12"


def test_a_lot_with_too_few_fails_while_the_other_goes_on(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    with turn(who("officer")):
        for bid in records.readable(tender):
            actions.check_qualification(bid, bid.lot.number == 1, "" if bid.lot.number == 1 else "未附证明")
    world.seat(tender)
    world.reject_low_price(tender, hands)
    world.declare_all(tender)
    assert {bid.lot.number for bid in queries.to_score(tender)} == {1}
    world.score_all(tender)
    with turn(who("officer")):
        one, two = actions.report(tender)
    assert two.failure
    assert not two.ranking
    assert one.ranking
    with turn(who("leader")):
        assert len(actions.decide(tender, queries.first_ranked(tender))) == 1


def test_where_every_lot_fails_the_tender_is_to_be_failed(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands, bids=world.GIVEN["bids"][:2])
    world.qualify(tender)
    with pytest.raises(Unlawful) as refused, turn(who("officer")):
        actions.report(tender)
    assert rules(refused)[0] == "B-56"
    assert tender.state == "opened"


def test_a_tie_is_drawn_once_and_can_be_repeated_from_its_seed(sqlite_app: Flask, hands: Hands) -> None:
    tender = _scored(hands, TWO, "open_tender")
    lot = queries.lots_of(tender)[0]
    with turn(who("officer")):
        result = actions.report(tender)[0]
    assert [row["tied"] for row in result.ranking] == [True] * 3
    with pytest.raises(Unlawful) as refused, turn(who("leader")):
        actions.decide(tender, queries.first_ranked(tender))
    assert rules(refused) == ["B-53"]
    with turn(who("officer")):
        actions.draw_tie(tender, lot)
    assert result.draw is not None
    order = drawn_order(result.draw["seed"], sorted(result.draw["order"]))
    assert [row["bid"] for row in result.ranking] == order
    assert not any(row["tied"] for row in result.ranking)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.draw_tie(tender, lot)
    with turn(who("leader")):
        made = actions.decide(tender, queries.first_ranked(tender))
    assert made[0].bid.public_id == order[0]


def test_the_award_follows_the_ranking_and_the_next_in_line(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.reported(hands)
    chosen = queries.first_ranked(tender)
    lot = world.bid_of(tender, "甲").lot.public_id
    with pytest.raises(Unlawful) as refused, turn(who("leader")):
        actions.decide(tender, {**chosen, lot: world.bid_of(tender, "戊")})
    assert rules(refused) == ["B-58"]
    with pytest.raises(Invalid), turn(who("leader")):
        actions.decide(tender, {lot: chosen[lot]})
    hands.set(world.REVIEW + timedelta(days=8))  # 22 May: the sixth working day
    with pytest.raises(Unlawful) as refused, turn(who("leader")):
        actions.decide(tender, chosen)
    assert rules(refused) == ["B-58"]
    with turn(who("leader")):
        first = actions.decide(tender, chosen, "负责人出差")[0]
    assert first.late_reason == "负责人出差"
    with pytest.raises(Invalid), turn(who("officer")):
        actions.announce(first, world.MEDIUM, clock.now() + timedelta(seconds=1))
    with pytest.raises(Invalid), turn(who("officer")):
        actions.announce(first, "指定媒体", clock.now())
    with pytest.raises(NotAllowed), turn(who("officer")):
        actions.annul(first, "拒绝签订合同")
    with turn(who("leader")):
        actions.annul(first, "拒绝签订合同")
    hands.forward(days=1)
    with turn(who("leader")):
        again = actions.decide(tender, queries.first_ranked(tender))
    assert [a.supplier.name[0] for a in again] == ["戊"]
    assert again[0].notice
    assert again[0].notice.name.endswith("-01-ZB2.pdf")


def test_a_silent_buyer_of_a_consultation_has_chosen_the_first(app: Flask, hands: Hands) -> None:
    given = [one for one in world.GIVEN["bids"] if one["lot"] == 2 and one["bidder"][0] in "甲丁"]
    tender = _scored(hands, given, "consultation")
    with turn(who("officer")):
        actions.report(tender)
    hands.set(datetime(2026, 5, 21, 15, 59, tzinfo=UTC))  # still the fifth working day in Beijing
    with turn(CLOCK):
        assert actions.silent_buyer() == 0
    hands.forward(minutes=2)
    assert clockwork.tick()["silent_buyer"] == 1
    assert clockwork.tick()["silent_buyer"] == 0
    award = queries.awards_of(tender)[0]
    assert (award.supplier.name[0], award.decided_by_id, tender.state) == ("丁", None, "awarded")


def _scored(hands: Hands, given: list, method: str) -> Tender:  # type: ignore[type-arg]
    tender = world.opened_tender(hands, bids=given, method=method)
    world.qualify(tender)
    world.seat(tender)
    hands.set(world.REVIEW)
    world.declare_all(tender)
    world.score_all(tender, given)
    return tender
