"""From the announced award to the contract in force: the paper, its figures, the signatures, and what they set off."""

from datetime import date

import pytest
from flask import Flask

from app.agreements import actions, checks, queries
from app.agreements.lookups import verified
from app.budgets import actions as ledger
from app.budgets.queries import balance, commitments
from app.core import changes, clock, log
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.documents import signing
from app.plans import queries as plans
from app.registry.standing_facts import enter_fact
from tests.agreements import world
from tests.conftest import Hands, turn
from tests.plans.world import at, who

SOURCES = (100_000_000, 100_000_000, 84_500_000, 15_500_000)


def test_drawing_up_both_lots(app: Flask, hands: Hands) -> None:
    first, second = world.announced(hands)
    with turn(who("officer")):
        one, two = actions.draw_up(first), actions.draw_up(second)
    assert (one.number, two.number) == ("440103-FY-2026-001-01", "440103-FY-2026-001-02")
    assert [i.amount_fen for i in one.instalments] == [119_400_000, 95_520_000, 23_880_000]
    assert [i.amount_fen for i in two.instalments] == [22_775_027, 18_220_022, 4_555_006]
    for agreement in (one, two):
        columns = list(zip(*(i.source_fens for i in agreement.instalments), strict=True))
        wanted = [agreement.amount_fen * s // sum(SOURCES) for s in SOURCES[:-1]]
        assert [sum(c) for c in columns] == [*wanted, agreement.amount_fen - sum(wanted)]
        assert all(sum(i.source_fens) == i.amount_fen and i.state == "pending" for i in agreement.instalments)
    assert [s["name"] for s in one.facts["services"]] == ["个案服务", "小组活动", "社区活动", "来访来电咨询"]
    assert [(s["name"], s["quantity"]) for s in two.facts["services"]] == [("长者探访", 2400)]
    assert (one.facts["evaluation"]["mid_term_on"], one.facts["evaluation"]["final_on"]) == ("2027-01-15", "2027-06-10")
    assert sum(row["weight_centi"] for row in one.facts["indicators"]) == 10_000
    assert signing.fields(one.file.bytes) == {"甲方": False, "乙方": False}
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.draw_up(first)


def test_a_contract_without_counted_services_is_not_printed(sqlite_app: Flask, hands: Hands) -> None:
    award = world.announced(hands)[0]
    project = award.tender.project
    with turn(who("officer")):
        for one in plans.contents(project).indicators:
            if one.kind == "quantity":
                changes.amend(one, "project.edit", kind="ratio")
    with pytest.raises(Unlawful) as refused, turn(who("officer")):
        actions.draw_up(award)
    assert [(f.rule, f.field) for f in refused.value.findings] == [("A-16", "quantity")]
    assert queries.of_award(award) is None


def test_a_ban_after_the_award_bars_contract_and_signature_until_it_is_over(app: Flask, hands: Hands) -> None:
    first, second = world.announced(hands)
    today = clock.today()
    with turn(who("officer")):
        agreement = actions.draw_up(second)
    with turn():
        for award in (first, second):
            enter_fact(award.supplier, kind="ban", since=today, until=today, source="财罚〔2026〕1号")
    for step in (lambda: actions.draw_up(first), lambda: actions.sign(agreement, "buyer", b"", who("leader"))):
        with pytest.raises(Unlawful) as refused, turn(who("officer")):
            step()
        assert [f.rule for f in refused.value.findings] == ["B-21"]
    hands.forward(days=1)
    with turn(who("officer")):
        assert actions.draw_up(first).state == "drawn_up"
    assert checks.before_signing(agreement) == []


def test_an_open_challenge_suspends_contract_and_signature(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    checks.CHALLENGED.append(lambda award: award.lot.number == 1)
    try:
        with pytest.raises(Unlawful) as refused:
            world.hand_in(agreement, "supplier")
    finally:
        checks.CHALLENGED.clear()
    assert refused.value.findings[0].rule == "B-94"
    assert agreement.state == "drawn_up"


def test_the_second_signature_makes_the_contract(app: Flask, hands: Hands) -> None:
    _both_sign(hands, ("supplier", "buyer"))


def test_either_party_may_sign_first(sqlite_app: Flask, hands: Hands) -> None:
    _both_sign(hands, ("buyer", "supplier"))


def _both_sign(hands: Hands, order: tuple[str, str]) -> None:
    agreement = world.drawn_up(hands)
    world.hand_in(agreement, order[0])
    assert (agreement.state, commitments(agreement.public_id)) == ("half_signed", [])
    world.hand_in(agreement, order[1])
    assert (agreement.state, agreement.award.state) == ("signed", "contracted")
    held = commitments(agreement.public_id)
    assert [c.committed_fen for c in held] == [79_600_000, 79_600_000, 67_262_000, 12_338_000]
    assert [c.accrued_fen for c in held] == [39_800_000, 39_800_000, 33_631_000, 6_169_000]
    assert [i.state for i in agreement.instalments] == ["accrued", "pending", "pending"]
    for line in (c.budget_line for c in held):
        assert (
            balance(line)["accrued"] == line.accrued_fen == next(c for c in held if c.budget_line is line).accrued_fen
        )
    content = agreement.signed_file.bytes
    assert content.startswith(agreement.file.bytes)
    assert [(v.field, v.good, demo) for v, demo in verified(agreement)] == [
        (world.SIGNERS[p][1], True, True) for p in order
    ]
    told = [e.action for e in log.since(0, 10_000)]
    assert told[-1] == "instalment.accrue"
    assert told.index("agreement.sign") < told.index("agreement.countersign") < told.index("ledger.commit")


def test_nobody_signs_twice_or_for_the_other_side(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    world.hand_in(agreement, "supplier")
    with pytest.raises(OutOfOrder):
        world.hand_in(agreement, "supplier", agreement.signed_file.bytes)
    with pytest.raises(NotAllowed), turn(who("leader")):
        actions.sign(agreement, "supplier", b"%PDF-", who("leader"))
    old = world.signed_by(agreement, "buyer", paper=agreement.file.bytes)
    with pytest.raises(Invalid, match="对方已经签署"):
        world.hand_in(agreement, "buyer", old)


def test_after_thirty_days_it_cannot_be_signed(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    hands.set(at(date(2026, 6, 17)))  # the thirtieth day
    world.hand_in(agreement, "supplier")
    hands.set(at(date(2026, 6, 18)))
    with pytest.raises(Unlawful) as refused:
        world.hand_in(agreement, "buyer")
    assert refused.value.findings[0].rule == "B-60"


def test_a_purse_that_was_emptied_meanwhile_bars_the_contract(app: Flask, hands: Hands) -> None:
    agreement = world.half_signed(hands)
    line = plans.contents(agreement.project).sources[3].budget_line
    with turn(who("leader")):
        ledger.commit("other", 10_000_000, [(line, 1)], memo="别的合同")
    with pytest.raises(Unlawful) as refused:
        world.hand_in(agreement, "buyer")
    assert refused.value.findings[0].rule == "A-10"
    assert (agreement.state, commitments(agreement.public_id)) == ("half_signed", [])
