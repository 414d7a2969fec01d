"""Handing in a bid."""

from dataclasses import replace

import pytest

from app.rules.bidding import (
    CONDITIONS,
    Bidder,
    before_the_deadline,
    deadline_has_passed,
    eligible,
    enough_bidders,
    lot_open,
    may_be_sme,
    minimum_bidders,
    no_gate,
    not_related,
    not_the_consultant,
    one_live_bid,
    price_allowed,
    reserved_for_enterprises,
    sealed,
    words_agree,
)
from tests.rules.tables import day, moment, norms, said

CENTRE = Bidder("甲社会工作服务中心", "52440103MJA0000000")
FIRM = Bidder("丙公益服务有限公司", "91440103MA00000000")
TODAY = day("2026-05-10")


@pytest.mark.parametrize(
    ("now", "rows"),
    [
        ("2026-05-12T09:59:59", []),
        ("2026-05-12T09:59:59.999999", []),
        ("2026-05-12T10:00:00", ["B-45"]),
        ("2026-05-12T10:00:01", ["B-45"]),
        ("2026-05-13T09:00:00", ["B-45"]),
        ("2026-04-15T09:00:00", []),
    ],
)
def test_the_deadline_is_exact(now: str, rows: list[str]) -> None:
    assert said(before_the_deadline(moment(now), moment("2026-05-12T10:00:00"))) == rows


@pytest.mark.parametrize(
    ("now", "rows"), [("2026-05-12T09:59:59", ["B-45"]), ("2026-05-12T10:00:00", []), ("2026-05-12T10:00:01", [])]
)
def test_nothing_is_opened_before_the_deadline(now: str, rows: list[str]) -> None:
    assert said(deadline_has_passed(moment(now), moment("2026-05-12T10:00:00"))) == rows


def test_the_refusal_names_the_deadline_in_beijing_time() -> None:
    (finding,) = before_the_deadline(moment("2026-05-12T10:00:01"), moment("2026-05-12T10:00:00"))
    assert finding.values["closes"] == "2026-05-12 10:00:00"


def test_sealed_one_live_bid_for_a_lot_that_exists() -> None:
    assert said(sealed(False)) == ["B-45"]
    assert said(sealed(True)) == []
    assert said(lot_open(3, [1, 2])) == ["G-11"]
    assert said(lot_open(2, [1, 2])) == []
    assert said(one_live_bid(1)) == ["G-10"]
    assert said(one_live_bid(0)) == []
    assert said(no_gate(["供应商库", "报名"])) == ["B-28", "B-28"]
    assert said(no_gate([])) == []


@pytest.mark.parametrize("missing", CONDITIONS)
def test_each_of_the_six_conditions_is_needed(missing: str) -> None:
    (finding,) = eligible(replace(CENTRE, conditions=frozenset(CONDITIONS) - {missing}), TODAY)
    assert (finding.rule, finding.field) == ("B-20", missing)


@pytest.mark.parametrize(
    ("bidder", "rows"),
    [
        (CENTRE, []),
        (replace(CENTRE, ban_ends=(day("2026-05-09"),)), []),  # T-13: an expired ban does not count
        (replace(CENTRE, ban_ends=(day("2026-05-10"),)), ["B-21"]),
        (replace(CENTRE, ban_ends=(day("2024-01-01"), day("2028-01-01"))), ["B-21"]),
        (replace(CENTRE, serious_list=True), ["C-28"]),
        (replace(CENTRE, abnormal_list=True), ["(C-28)"]),
        (replace(CENTRE, serious_list=True, abnormal_list=True), ["C-28", "(C-28)"]),
        (replace(CENTRE, conditions=frozenset()), ["B-20"] * 6),
    ],
)
def test_who_may_bid(bidder: Bidder, rows: list[str]) -> None:
    assert said(eligible(bidder, TODAY)) == rows


@pytest.mark.parametrize(
    ("code", "sme"),
    [
        ("51440000500000000X", False),
        ("52440103MJA0000000", False),
        ("53440000500000000X", False),
        ("54440103MEA0000000", False),
        ("12440103455000000X", False),
        ("N2440103MF0000000X", False),
        ("91440103MA00000000", True),
        ("92440103MA00000000", True),
    ],
)
def test_social_organizations_are_no_smes(code: str, sme: bool) -> None:
    assert may_be_sme(code) is sme


@pytest.mark.parametrize(
    ("reserved", "bidder", "declared", "rows"),
    [
        (True, CENTRE, True, ["B-111"]),
        (True, FIRM, False, ["B-111"]),
        (True, FIRM, True, []),
        (False, CENTRE, False, []),
        (False, FIRM, False, []),
    ],
)
def test_reserved_lots(reserved: bool, bidder: Bidder, declared: bool, rows: list[str]) -> None:
    assert said(reserved_for_enterprises(reserved, bidder, declared)) == rows


@pytest.mark.parametrize(
    ("bidders", "rows"),
    [
        ([CENTRE, FIRM], []),
        ([replace(CENTRE, head="张三"), replace(FIRM, head="张三")], ["B-24"]),
        ([replace(CENTRE, head="张三"), replace(FIRM, head="李四")], []),
        ([CENTRE, replace(FIRM, holders=frozenset({CENTRE.code}))], ["B-24"]),
        ([replace(CENTRE, holders=frozenset({FIRM.name})), FIRM], ["B-24"]),
        ([CENTRE, replace(FIRM, holders=frozenset({"别人"}))], []),
        ([replace(CENTRE, code=""), replace(FIRM, code="", holders=frozenset({""}))], []),
        ([CENTRE], []),
    ],
)
def test_related_suppliers_do_not_bid_for_one_lot(bidders: list[Bidder], rows: list[str]) -> None:
    assert said(not_related(bidders)) == rows


def test_three_with_one_head_are_found_in_every_pair() -> None:
    three = [replace(CENTRE, name=name, head="张三") for name in "甲乙丙"]
    assert said(not_related(three)) == ["B-24"] * 3


@pytest.mark.parametrize(
    ("did", "method", "rows"),
    [(True, "open_tender", ["B-25"]), (True, "single_source", []), (False, "open_tender", [])],
)
def test_the_consultant_does_not_bid(did: bool, method: str, rows: list[str]) -> None:
    assert said(not_the_consultant(replace(CENTRE, did_consulting=did), method)) == rows


@pytest.mark.parametrize(
    ("price", "rows"), [(250000000, []), (250000001, ["B-34"]), (1, []), (0, ["B-34"]), (-1, ["B-34"])]
)
def test_the_price_stays_under_the_ceiling(price: int, rows: list[str]) -> None:
    assert said(price_allowed(price, 250000000)) == rows


@pytest.mark.parametrize(
    ("price", "words", "rows"),
    [
        (45550055, "人民币肆拾伍万伍仟伍佰元伍角伍分", []),
        (45550055, "肆拾伍万伍仟伍佰圆伍角伍分", []),
        (238800000, "人民币贰佰叁拾捌万捌仟元整", []),
        (238800000, "人民币贰佰叁拾捌万捌仟元正", []),
        (238800000, " 人民币 贰佰叁拾捌万捌仟元", []),
        (238800000, "人民币贰佰叁拾捌万元整", ["F-05"]),
        (238800000, "", ["F-05"]),
        (0, "零元整", []),  # a price of nothing is refused as a price, not for its words
        (-1, "", []),
    ],
)
def test_words_say_what_the_figures_say(price: int, words: str, rows: list[str]) -> None:
    assert said(words_agree(price, words)) == rows


@pytest.mark.parametrize(
    ("method", "service", "least"),
    [
        ("open_tender", True, 3),
        ("invited_tender", True, 3),
        ("consultation", True, 2),
        ("consultation", False, 3),
        ("negotiation", True, 3),
        ("single_source", True, 1),
    ],
)
def test_how_few_may_remain(method: str, service: bool, least: int) -> None:
    assert minimum_bidders(method, norms(), service) == least
    assert said(enough_bidders(method, least, norms(), service)) == []
    (finding,) = enough_bidders(method, least - 1, norms(), service)
    assert finding.values == {"count": least - 1, "least": least}


@pytest.mark.parametrize(
    ("method", "rows"), [("open_tender", ["B-56"]), ("consultation", ["B-73"]), ("negotiation", ["B-78"])]
)
def test_one_alone_stops_the_purchase(method: str, rows: list[str]) -> None:
    assert said(enough_bidders(method, 1, norms())) == rows
