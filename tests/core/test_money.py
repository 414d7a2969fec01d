"""Money: exact both ways, words as the provisions show them, a plain Chinese refusal for the rest."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import MOST_FEN, NotMoney, capitals, parse_yuan, yuan

FEN = st.integers(0, MOST_FEN)


@pytest.mark.parametrize(
    ("fen", "figures"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123456789, "1,234,567.89"),
        (-123456, "-1,234.56"),
        (MOST_FEN, "99,999,999,999,999.99"),
    ],
)
def test_figures(fen: int, figures: str) -> None:
    assert yuan(fen) == figures


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("250万元", 250_000_000),
        ("5,000万元", 5_000_000_000),
        ("11,000万元", 11_000_000_000),
        ("1,400万元", 1_400_000_000),
        ("２５０万元", 250_000_000),
        ("５，０００万元", 5_000_000_000),
        ("1.2亿", 12_000_000_000),
        ("0.000001万元", 1),
        ("250.123456 万元", 250_123_456),
        ("3億圓", 30_000_000_000),
        ("1,234,567.89", 123_456_789),
        (" ￥ 300 元整 ", 30_000),
        ("人民币 300.5元", 30_050),
        ("0", 0),
        ("007", 700),
        ("12.340", 1234),
    ],
)
def test_what_people_type(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("", "不是金额"),
        ("面议", "不是金额"),
        ("约200万元", "不是金额"),
        ("1,23", "不是金额"),
        ("1,0000", "不是金额"),
        (",100", "不是金额"),
        ("1.2.3", "不是金额"),
        (".5", "不是金额"),
        ("5.", "不是金额"),
        ("1e6", "不是金额"),
        ("5²", "单位不认识"),
        ("٣٠٠", "不是金额"),
        ("200-300万元", "不是金额"),
        ("(100)", "不是金额"),
        ("9" * 5000, "不是金额"),
        ("200万美元", "单位不认识"),
        ("1.005", "小数太多"),
        ("0.0000001万元", "小数太多"),
        ("-1", "是负数"),
        ("－1元", "是负数"),
        ("1000000亿元", "超过可记的最大金额 99,999,999,999,999.99 元"),
    ],
)
def test_what_is_no_amount(typed: str, because: str) -> None:
    with pytest.raises(ValueError, match=because) as refused:
        parse_yuan(typed)
    assert isinstance(refused.value, NotMoney)
    assert refused.value.values["typed"] == typed[:40]


def test_negative_where_it_is_allowed() -> None:
    assert parse_yuan("-1,234.50元", allow_negative=True) == -123_450
    with pytest.raises(NotMoney, match="超过"):
        parse_yuan("-1000000亿", allow_negative=True)


@given(st.integers(-MOST_FEN, MOST_FEN))
def test_figures_read_back_exactly(fen: int) -> None:
    assert parse_yuan(yuan(fen), allow_negative=True) == fen


@given(st.integers(0, 10**10))
def test_ten_thousands_read_back_exactly(fen: int) -> None:
    assert parse_yuan(f"{fen // 10**6}.{fen % 10**6:06d}万元") == fen


OFFICIAL = [
    ("6007.14", "人民币陆仟零柒元壹角肆分"),
    ("1409.50", "人民币壹仟肆佰零玖元伍角"),
    ("325.04", "人民币叁佰贰拾伍元零肆分"),
    ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
    ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
    ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
    ("0", "人民币零元整"),
    ("0.05", "人民币伍分"),
    ("10", "人民币壹拾元整"),
    ("100010001", "人民币壹亿零壹万零壹元整"),
    ("110000001", "人民币壹亿壹仟万零壹元整"),
    ("1000000000000", "人民币壹万亿元整"),
]


@pytest.mark.parametrize(("figures", "words"), OFFICIAL)
def test_capitals_of_the_official_examples(figures: str, words: str) -> None:
    assert capitals(parse_yuan(figures)) == words


@given(FEN | st.integers(0, 10**7))
def test_capitals_agree_with_cn2an(fen: int) -> None:
    figures = f"{fen // 100}.{fen % 100:02d}"
    assert capitals(fen) == "人民币" + cn2an.an2cn(figures, "rmb")


@given(FEN)
def test_capitals_never_stumble(fen: int) -> None:
    words = capitals(fen)
    assert "零零" not in words
    assert words.startswith("人民币")
    assert words.endswith("整") == (fen % 100 == 0)


@pytest.mark.parametrize("fen", [-1, MOST_FEN + 1])
def test_no_words_for_what_paper_cannot_say(fen: int) -> None:
    with pytest.raises(ValueError, match="没有大写写法"):
        capitals(fen)
