"""Standing is asked when it counts: a ban entered after the bid bars the award, one that is over does not."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.awards import actions, lookups, queries, records
from app.core import security
from app.core.law import Unlawful
from app.credit import actions as credit
from app.demonstration.hands import who
from tests.awards import world
from tests.conftest import Hands, turn
from tests.http import client_as


def banned(name: str, starts_on: date, ends_on: date) -> None:
    """A finance department's ban, recorded by one registrar, decided and entered by another."""
    with turn(who("registrar")):
        case = credit.find(
            world.body(name), "ban", "ban", "提供虚假材料", starts_on, department="财政部门", starts_on=starts_on,
            document_no=f"财罚〔2026〕{ends_on.month}号", ends_on=ends_on,
        )  # fmt: skip
        credit.propose(case, "建议列入")
    with turn(who("registrar2")):
        credit.decide(case, "同意")
        credit.enter(case)


def test_a_ban_between_bid_and_award_bars_the_award_and_one_that_is_over_does_not(app: Flask, hands: Hands) -> None:
    tender = world.reported(hands)
    before = queries.first_ranked(tender)
    lots = {lot.number: lot.public_id for lot in queries.lots_of(tender)}
    assert [before[lots[n]].bidder.name[0] for n in (1, 2)] == ["甲", "丁"]
    hands.set(datetime(2026, 5, 15, 2, 0, tzinfo=UTC))
    banned(before[lots[1]].bidder.name, date(2026, 5, 15), date(2026, 6, 30))
    banned(before[lots[2]].bidder.name, date(2026, 5, 14), date(2026, 5, 17))
    assert [records.first_ranked(tender)[lots[n]].bidder.name[0] for n in (1, 2)] == ["戊", "乙"]
    hands.set(world.AWARDED)  # the 18th: the second ban was over on the 17th
    with pytest.raises(Unlawful) as refusal, turn(who("leader")):
        actions.decide(tender, before)
    assert [(f.rule, f.values["name"][0]) for f in refusal.value.findings if f.bars] == [("B-21", "甲")]
    client = client_as(app, who("leader"))
    shown = client.get(f"/tenders/{tender.public_id}/decide").text
    assert "今天不能中标，依次确定下一名" in shown
    assert "B-21" in shown
    chosen = lookups.as_text(before)
    stale = client.post(f"/tenders/{tender.public_id}/decide", data={"chosen": chosen, "once": "a"})
    assert (stale.status_code, security.refusals(1)[0].rules) == (422, "B-21")
    chosen = lookups.as_text(queries.first_ranked(tender))
    assert client.post(f"/tenders/{tender.public_id}/decide", data={"chosen": chosen, "once": "b"}).status_code == 303
    assert {a.lot.number: a.supplier.name[0] for a in queries.awards_of(tender)} == {1: "戊", 2: "丁"}
