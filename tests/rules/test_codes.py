"""Credit codes: both check characters, characters never used, N-codes; stdnum the oracle where it applies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from app.core.law import Finding
from app.rules.codes import (
    ALPHABET,
    check_org_code,
    check_uscc,
    lacks_check_char,
    make_uscc,
    normal_uscc,
    org_code_check_char,
    uscc_check_char,
    uscc_kind,
)

TELECOM = "91110000600037341L"  # a real enterprise, the example of the stdnum manual
PREFIXES = [
    "11",
    "12",
    "13",
    "51",
    "52",
    "53",
    "54",
    "55",
    "59",
    "91",
    "92",
    "93",
    "N1",
    "N2",
    "N3",
    "A1",
    "Y1",
]
ORG8 = st.text(ALPHABET, min_size=8, max_size=8)
CODES = st.builds(make_uscc, st.sampled_from(PREFIXES), st.from_regex(r"[0-9]{6}", fullmatch=True), ORG8)


def said(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text % finding.values) for finding in found]


@pytest.mark.parametrize(
    "typed", [TELECOM, TELECOM.lower(), "９１１１００００６０００３７３４１Ｌ", " 9111 0000-600037341L "]
)
def test_a_real_code_however_it_is_typed(typed: str) -> None:
    assert list(check_uscc(typed)) == []
    assert normal_uscc(typed) == TELECOM


@given(CODES)
def test_made_codes_are_right_and_stdnum_agrees(code: str) -> None:
    assert list(check_uscc(code)) == []
    if code[0].isdigit():
        assert uscc.is_valid(code)


@given(ORG8.map(lambda org8: "53440000" + org8), st.sampled_from(ALPHABET))
def test_outer_check_character_is_that_of_stdnum(first_16: str, inner: str) -> None:
    assert uscc_check_char(first_16 + inner) == uscc.calc_check_digit(first_16 + inner)


@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_caught(code: str, place: int, char: str) -> None:
    altered = code[:place] + char + code[place + 1 :]
    assert bool(list(check_uscc(altered))) == (altered != code)


@given(CODES, st.integers(0, 16))
def test_every_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert bool(list(check_uscc(swapped))) == (swapped != code)


def test_the_inner_digit_that_stdnum_does_not_check() -> None:
    first_17 = "53440000" + "50178145" + ("1" if org_code_check_char("50178145") != "1" else "2")
    code = first_17 + uscc_check_char(first_17)
    assert uscc.is_valid(code)
    assert said(list(check_uscc(code))) == [("C-15", "第 17 位（主体标识码的校验位）不符：第 9 至 17 位中有错")]


@pytest.mark.parametrize("prefix", ["N1", "N2", "N3", "A1", "Y1"])
def test_letters_in_front_are_accepted(prefix: str) -> None:
    assert list(check_uscc(make_uscc(prefix, "350400", "MA2XN3E1"))) == []


def test_a_region_that_is_on_no_list_is_accepted() -> None:
    assert list(check_uscc(make_uscc("51", "999999", "50178145"))) == []


@pytest.mark.parametrize(
    ("code", "rule", "words"),
    [
        ("", "C-13", "应为 18 位，现为 0 位"),
        (TELECOM[:-1], "C-13", "现为 17 位"),
        (TELECOM + "1", "C-13", "现为 19 位"),
        ("911100006OO037341L", "C-13", "第 10 位是 O：代码从不使用 I、O、S、V、Z，是否应为 0？"),
        ("9111000060003734IL", "C-13", "第 17 位是 I：代码从不使用 I、O、S、V、Z，是否应为 1？"),
        ("91110000600037341Z", "C-13", "第 18 位是 Z：代码从不使用 I、O、S、V、Z，是否应为 2？"),
        ("S1110000600037341L", "C-13", "第 1 位是 S：代码从不使用 I、O、S、V、Z，是否应为 5？"),
        ("9V110000600037341L", "C-13", "第 2 位是 V：代码从不使用 I、O、S、V、Z，是否应为 U？"),
        ("91A10000600037341L", "C-13", "第 3 位是 A：第 3 至 8 位是行政区划码，只能是数字"),
        ("911100006000*7341L", "C-13", "第 13 位“*”不是数字或大写字母"),
        ("９１１１００００6000三7341L", "C-13", "第 13 位“三”不是数字或大写字母"),
        ("91110000600037341M", "C-14", "第 18 位校验码不符"),
    ],
)
def test_the_refusal_names_what_is_wrong(code: str, rule: str, words: str) -> None:
    first = said(list(check_uscc(code)))[0]
    assert first[0] == rule
    assert words in first[1]


@pytest.mark.parametrize("code", ["66875408-0", "501781458", "58925183-x", "５０１７８０５６Ｘ", "600037341"])
def test_organization_codes_of_real_bodies(code: str) -> None:
    assert list(check_org_code(code)) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("66875408-1", "“66875408-1”的校验码不符"),
        ("50178056Y", "应为 8 位本体代码加 1 位校验码"),
        ("84336002", "现为“84336002”"),
        ("", "应为 8 位"),
        ("5017814581", "应为 8 位"),
    ],
)
def test_organization_codes_that_are_wrong(code: str, words: str) -> None:
    [(rule, text)] = said(list(check_org_code(code, "代码")))
    assert (rule, words in text) == ("C-15", True)


def test_a_code_without_its_check_digit_is_known_as_such() -> None:
    assert lacks_check_char("84336002")
    assert not lacks_check_char("501781458")
    assert not lacks_check_char("8433600")


@pytest.mark.parametrize(
    ("code", "kind"),
    [("51", "association"), ("52", "service"), ("53", "foundation"), ("N2", "rural_collective")],
)
def test_kinds(code: str, kind: str) -> None:
    assert uscc_kind(make_uscc(code, "440103", "50178145")) == kind


def test_a_kind_the_table_does_not_name() -> None:
    assert uscc_kind("31110000600037341L") is None
    assert uscc_kind("") is None


@pytest.mark.parametrize("parts", [("5S", "440103", "50178145"), ("51", "44010", "50178145"), ("51", "440103", "5017")])
def test_parts_that_make_no_code(parts: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError):
        make_uscc(*parts)
