"""Conditions for registering each kind of organization, at the number itself and one below it."""

from datetime import date
from decimal import Decimal

import pytest

from app.core.law import Finding, Norm, Norms, national_norms
from app.rules.organizations import (
    MISSING,
    NameParts,
    association_members,
    branches,
    council_size,
    foundation_registrar,
    institution_form,
    name_parts,
    registered_funds,
    registered_items,
)

DAY = date(2026, 11, 24)
NORMS = Norms.of(national_norms(), "440103", DAY)
YUAN = 100


def said(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text % finding.values) for finding in found]


@pytest.mark.parametrize(
    ("individuals", "units", "enough"),
    [
        (50, 0, True),
        (49, 0, False),
        (0, 30, True),
        (0, 29, False),
        (40, 10, True),
        (39, 10, False),
        (15, 34, False),
    ],
)
def test_members_of_an_association(individuals: int, units: int, enough: bool) -> None:
    assert (list(association_members(individuals, units, NORMS)) == []) is enough


def test_too_few_members_are_counted_out() -> None:
    [(rule, text)] = said(list(association_members(39, 10, NORMS)))
    assert (rule, text) == (
        "C-01",
        "会员不足：个人会员应在 50 个以上，或单位会员 30 个以上，混合组成的总数 50 个以上；现有 49 个",
    )


@pytest.mark.parametrize(
    ("kind", "level", "public", "least", "row"),
    [
        ("association", "national", False, 100_000, "C-01"),
        ("association", "county", False, 30_000, "C-01"),
        ("foundation", "national", True, 8_000_000, "C-09"),
        ("foundation", "provincial", True, 4_000_000, "C-09"),
        ("foundation", "provincial", False, 2_000_000, "C-09"),
        ("foundation", "national", False, 2_000_000, "C-09"),
    ],
)
def test_least_funds(kind: str, level: str, public: bool, least: int, row: str) -> None:
    assert list(registered_funds(kind, least * YUAN, level, public, NORMS)) == []
    [finding] = registered_funds(kind, least * YUAN - 1, level, public, NORMS)
    assert (finding.rule, finding.field) == (row, "funds_fen")
    assert f"不少于 {least:,}.00 元" in finding.text % finding.values


def test_a_service_institution_needs_funds_only_where_a_place_asks_them() -> None:
    assert list(registered_funds("service", 0, "county", False, NORMS)) == []
    local = Norm("institution_funds", "440000", DAY, None, Decimal(3_000_000), "fen", "C-07", "本省规定")
    norms = Norms.of([*national_norms(), local], "440103", DAY)
    assert list(registered_funds("service", 3_000_000, "county", False, norms)) == []
    [(rule, text)] = said(list(registered_funds("service", 2_999_999, "county", False, norms)))
    assert (rule, text) == ("C-07", "注册资金不足：应不少于 30,000.00 元，现为 29,999.99 元")


@pytest.mark.parametrize(("members", "right"), [(4, False), (5, True), (25, True), (26, False)])
def test_council_of_a_foundation(members: int, right: bool) -> None:
    assert (list(council_size(members, NORMS)) == []) is right


@pytest.mark.parametrize(
    ("level", "right"), [("national", True), ("provincial", True), ("prefectural", False), ("county", False)]
)
def test_registrar_of_a_foundation(level: str, right: bool) -> None:
    assert (list(foundation_registrar(level)) == []) is right


def test_an_old_register_is_only_warned() -> None:
    assert [finding.bars for finding in foundation_registrar("prefectural", bars=False)] == [False]


def test_branches() -> None:
    assert said(list(branches("service", 1))) == [("C-08", "民办非企业单位不得设立分支机构")]
    assert list(branches("service", 0)) == []
    assert list(branches("association", 3)) == []
    assert [finding.rule for finding in branches("association", 1, of_a_branch=True)] == ["C-03"]


def test_form_of_a_service_institution() -> None:
    assert list(institution_form("partnership")) == []
    assert [finding.rule for finding in institution_form("company")] == ["C-07"]


def test_items_of_the_certificate() -> None:
    whole = dict.fromkeys(MISSING, "有") | {"funds_fen": 0}
    assert list(registered_items("service", whole)) == []
    assert said(list(registered_items("association", whole))) == [("C-02", "缺少登记事项：活动地域")]
    missing = registered_items("service", whole | {"address": "", "supervising_unit": None})
    assert [(finding.rule, finding.field) for finding in missing] == [
        ("C-07", "address"),
        ("C-07", "supervising_unit"),
    ]


CENTRE = NameParts("广州市荔湾区", "逢源人家", "社会服务", "中心")


@pytest.mark.parametrize(
    ("kind", "parts", "level", "words"),
    [
        ("service", CENTRE, "county", []),
        ("service", NameParts("广州市", "", "社会服务", "中心"), "county", ["名称缺少字号"]),
        (
            "service",
            NameParts("", "逢源", "社会服务", "中心"),
            "county",
            ["名称缺少行政区划名称"],
        ),
        ("foundation", NameParts("", "万科", "公益", "基金会"), "national", []),
        ("foundation", NameParts("", "万科", "公益", "中心"), "national", ["基金会的名称应以“基金会”结尾"]),
        ("association", NameParts("广州市", "", "社会工作", "协会"), "county", []),
        ("association", NameParts("广州市", "", "", ""), "county", ["缺少行业领域", "缺少组织形式"]),
        ("association", NameParts("广州市", "", "公益", "基金会"), "county", ["其他组织不得以此结尾"]),
        (
            "association",
            NameParts("", "", "中国社会工作", "学会"),
            "national",
            ["名称以“中国”开头，须经批准"],
        ),
    ],
)
def test_parts_of_a_name(kind: str, parts: NameParts, level: str, words: list[str]) -> None:
    found = said(list(name_parts(kind, str(parts), parts, level)))
    assert [rule for rule, _ in found] == ["C-18"] * len(words)
    assert all(part in text for part, (_, text) in zip(words, found, strict=True))


def test_a_name_that_its_parts_do_not_make() -> None:
    found = said(list(name_parts("service", "广州逢源中心", CENTRE, "county")))
    assert found == [("C-18", "名称“广州逢源中心”与各组成部分连起来不一致")]


def test_the_word_china_when_approved() -> None:
    parts = NameParts("", "", "中国社会工作", "学会")
    assert list(name_parts("association", str(parts), parts, "national", approved=True)) == []
