"""A notice that may go out, and the words that narrow competition."""

import pytest

from app.core.workdays import Due
from app.rules.lint import qualification_not_scored, words_that_narrow
from app.rules.tendering import (
    Clarification,
    Keyholder,
    bid_bond_small,
    clarification_in_time,
    deadline_far_enough,
    documents_long_enough,
    earliest_deadline,
    keyholders_set,
    medium_recorded,
    price_weight_allowed,
    scores_sum,
)
from tests.rules.tables import CALENDAR, day, moment, norms, said


@pytest.mark.parametrize(
    ("points", "rows"),
    [
        ({"price": 1000, "technical": 5500, "business": 3500}, []),
        ({"price": 1000, "technical": 5500, "business": 3499}, ["G-09"]),
        ({"price": 1000, "technical": 5500, "business": 3501}, ["G-09"]),
        ({"price": -100, "technical": 5600, "business": 4500}, ["G-09"]),
        ({}, ["G-09"]),
    ],
)
def test_the_points_make_a_hundred(points: dict[str, int], rows: list[str]) -> None:
    assert said(scores_sum(points, norms())) == rows


@pytest.mark.parametrize(
    ("method", "subject", "price", "fixed", "rows"),
    [
        ("open_tender", "services", 1000, False, []),
        ("open_tender", "services", 999, False, ["B-50"]),
        ("open_tender", "services", 9000, False, []),  # no cap in a tender (T-08)
        ("open_tender", "goods", 2999, False, ["B-50"]),
        ("open_tender", "goods", 3000, False, []),
        ("invited_tender", "services", 0, False, ["B-50"]),
        ("open_tender", "services", 0, True, []),
        ("open_tender", "services", 1000, True, ["B-50"]),
        ("consultation", "services", 999, False, ["B-72"]),
        ("consultation", "services", 1000, False, []),
        ("consultation", "services", 3000, False, []),
        ("consultation", "services", 3001, False, ["B-72"]),
        ("consultation", "goods", 2999, False, ["B-72"]),
        ("consultation", "goods", 6000, False, []),
        ("consultation", "goods", 6001, False, ["B-72"]),
        ("consultation", "services", 1, True, ["B-72"]),
        ("negotiation", "services", 10000, False, []),
    ],
)
def test_the_weight_of_the_price(method: str, subject: str, price: int, fixed: bool, rows: list[str]) -> None:
    assert said(price_weight_allowed(method, price, 10000, norms(), subject, fixed)) == rows


@pytest.mark.parametrize(
    ("method", "published", "earliest"),
    [
        ("open_tender", "2025-06-03T09:00", "2025-06-23"),  # VX-07
        ("open_tender", "2026-04-15T09:00", "2026-05-05"),  # a day of rest: a minimum does not roll
        ("invited_tender", "2026-04-15T09:00", "2026-05-05"),
        ("consultation", "2026-04-15T09:00", "2026-04-25"),
        ("negotiation", "2026-04-15T09:00", "2026-04-20"),
        ("negotiation", "2026-02-12T09:00", "2026-02-24"),
        ("single_source", "2026-04-15T09:00", "2026-04-15"),
    ],
)
def test_the_earliest_deadline(method: str, published: str, earliest: str) -> None:
    assert earliest_deadline(method, moment(published), CALENDAR, norms()) == Due(day(earliest))


@pytest.mark.parametrize(
    ("method", "closes", "rows"),
    [
        ("open_tender", "2026-05-12T10:00", []),
        ("open_tender", "2026-05-05T00:00", []),
        ("open_tender", "2026-05-04T23:59:59", ["B-42"]),
        ("open_tender", "2026-04-01T10:00", ["B-42"]),
        ("consultation", "2026-04-25T09:00", []),
        ("consultation", "2026-04-24T09:00", ["B-70"]),
        ("negotiation", "2026-04-20T09:00", []),
        ("negotiation", "2026-04-19T09:00", ["B-78"]),
        ("framework", "2026-04-15T08:00", ["B-42"]),  # before it is published at all
    ],
)
def test_the_deadline_is_far_enough(method: str, closes: str, rows: list[str]) -> None:
    checked = deadline_far_enough(method, moment("2026-04-15T09:00"), moment(closes), CALENDAR, norms())
    assert said(checked) == rows


@pytest.mark.parametrize(
    ("method", "until", "rows"),
    [
        ("open_tender", "2026-04-22", []),
        ("open_tender", "2026-04-21", ["B-41"]),
        ("consultation", "2026-04-22", []),
        ("consultation", "2026-04-21", ["B-70"]),
    ],
)
def test_documents_can_be_had_five_working_days(method: str, until: str, rows: list[str]) -> None:
    checked = documents_long_enough(method, moment("2026-04-15T09:00"), day(until), CALENDAR, norms())
    assert said(checked) == rows


def test_documents_across_national_day_2024() -> None:
    """VX-06."""
    asked = ("consultation", moment("2024-09-26T09:00"))
    assert said(documents_long_enough(*asked, day("2024-10-09"), CALENDAR, norms())) == []
    assert said(documents_long_enough(*asked, day("2024-10-08"), CALENDAR, norms())) == ["B-70"]


@pytest.mark.parametrize(
    ("url", "rows"),
    [
        ("https://www.ccgp.gov.cn/cggg/1.htm", []),
        ("https://gdgpo.czt.gd.gov.cn/notice/1", []),
        ("https://example.org/notice", ["(B-19)"]),
        ("https://evilgov.cn/notice", ["(B-19)"]),
        ("ccgp.gov.cn/1.htm", ["B-19"]),
        ("javascript:alert(1)", ["B-19"]),
        ("", ["B-19"]),
        (None, ["B-19"]),
    ],
)
def test_the_designated_medium_is_on_file(url: str | None, rows: list[str]) -> None:
    assert said(medium_recorded(url, moment("2026-04-15T09:00"))) == rows
    assert said(medium_recorded(url, None)) == [*rows, "B-40"]


@pytest.mark.parametrize(
    ("method", "change", "rows"),
    [
        ("open_tender", Clarification(day("2026-04-27")), []),
        ("open_tender", Clarification(day("2026-04-28")), ["B-43"]),
        ("open_tender", Clarification(day("2026-05-11"), affects_bids=False), []),
        ("open_tender", Clarification(day("2026-04-20"), changes_subject=True), ["B-43"]),
        ("open_tender", Clarification(day("2026-05-01"), changes_qualification=True), ["B-43", "B-43"]),
        ("consultation", Clarification(day("2026-05-07")), []),
        ("consultation", Clarification(day("2026-05-08")), ["B-70"]),
    ],
)
def test_clarifications_come_in_time(method: str, change: Clarification, rows: list[str]) -> None:
    checked = clarification_in_time(method, change, moment("2026-05-12T10:00"), CALENDAR, norms())
    assert said(checked) == rows


def test_the_bid_bond_is_a_fiftieth_of_the_budget() -> None:
    assert said(bid_bond_small(6000000, 300000000, norms())) == []
    assert said(bid_bond_small(6000001, 300000000, norms())) == ["B-44"]


BODIES = ["采购人", "采购代理机构", "财政监督", "纪检或公证", "离线恢复"]
FIVE = [Keyholder(f"保管人{n}", body, f"age1{n}") for n, body in enumerate(BODIES)]


@pytest.mark.parametrize(
    ("threshold", "holders", "rows"),
    [
        (3, FIVE, []),
        (2, FIVE[:3], []),
        (4, FIVE, []),
        (5, FIVE, ["G-02"]),
        (1, FIVE, ["G-02"]),
        (0, FIVE, ["G-02"]),
        (2, FIVE[:2], ["G-01", "G-02"]),
        (3, [*FIVE[:4], Keyholder("另一人", "采购人", "age19")], ["G-01"]),
        (3, [*FIVE[:4], Keyholder("另一人", " 采购人 ", "age19")], ["G-01"]),
        (3, [*FIVE[:4], Keyholder("另一人", "公证处", "age10")], ["G-03"]),
        (3, [*FIVE[:4], Keyholder("另一人", "公证处", " ")], ["G-03"]),
        (3, [], ["G-01", "G-02"]),
    ],
)
def test_keyholders_of_different_bodies(threshold: int, holders: list[Keyholder], rows: list[str]) -> None:
    assert said(keyholders_set(threshold, holders, norms())) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("注册资本不低于500万元。", ["(B-27)"]),
        ("报价不得低于预算的八成报价", ["(B-15)"]),
        ("上年度营业收入排名", ["(B-27)"]),
        ("从业人员30人以上", ["(B-27)"]),
        ("具有本市同类项目业绩的加2分", ["(B-26)"]),
        ("获得当地奖励的加分", ["(B-26)"]),
        ("投标人仅限民办非企业单位", ["(B-26)"]),
        ("须在本区设有办公场所", ["(B-26)"]),
        ("指定使用某某品牌", ["(B-26)"]),
        ("须为名录库内单位", ["(B-28)"]),
        ("请先报名后获取文件", ["(B-28)"]),
        ("社会组织成立三年以上", ["(A-22)"]),
        ("评估等级须为3A级以上", ["(C-22)", "(C-22)"]),
        ("去掉一个最高分", ["(B-52)"]),
        ("以平均价为评标基准价", ["(B-51)"]),
        ("设最低限价", ["(B-15)"]),
        ("服务方案针对性强、人员配备合理，得分。", []),
        ("在广州市荔湾区提供服务，为期一年。", []),
        ("", []),
    ],
)
def test_words_that_narrow_competition_are_shown(text: str, rows: list[str]) -> None:
    found = list(words_that_narrow(text, "qualification"))
    assert said(found) == rows
    assert all(str(one.values["word"]) in text and one.field == "qualification" for one in found)


@pytest.mark.parametrize(
    ("qualifications", "factors", "rows"),
    [
        (["具有 社工证 3 人"], ["具有社工证3人，加5分"], ["B-52"]),
        (["具有社工证"], ["服务方案"], []),
        ([], ["服务方案"], []),
        (["", "，"], ["服务方案"], []),
    ],
)
def test_a_qualification_earns_no_points(qualifications: list[str], factors: list[str], rows: list[str]) -> None:
    assert said(qualification_not_scored(qualifications, factors)) == rows
