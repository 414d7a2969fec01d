"""Yuan and fen: money is whole fen (分) in code and tables; this module alone turns it into words and back.

Sources: F-01…F-04 of the rulebook (支付结算办法, 附一《正确填写票据和结算凭证的基本规定》).
"""

import re
from collections.abc import Iterator, Mapping

from app.core.widths import half_width
from app.core.words import N_, fill

FEN_PER_YUAN = 100
MOST_FEN = 10**16 - 1  # 99,999,999,999,999.99 yuan: past every public budget, inside a BigInteger

_UNITS = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_TRADITIONAL = str.maketrans("萬億圓圆", "万亿元元")
_BEFORE_AND_AFTER = re.compile(r"^(人民币|RMB|CNY)?\s*¥?\s*|\s+(?=\D*$)|(?<=元)[整正]$", re.IGNORECASE)
_FIGURES = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?([^\d.,-]*)", re.ASCII)
_LONGEST = 40  # characters: more is no amount but an attack

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


class NotMoney(ValueError):
    """The text is no amount; `text` is a Chinese message id, `values` fill its %(name)s places."""

    def __init__(self, text: str, typed: str, **values: object) -> None:
        self.text = text
        self.values: Mapping[str, object] = {"typed": typed[:_LONGEST], **values}
        super().__init__(fill(text, self.values))


def yuan(fen: int) -> str:
    """Fen as figures for people: 123456789 → 「1,234,567.89」."""
    whole, part = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{whole:,}.{part:02d}"


def parse_yuan(text: str, *, allow_negative: bool = False) -> int:
    """Exact fen of what a person typed: 「1,234.5」, 「２５０万元」, 「5,000万元」, 「1.2亿」, 「￥300」.

    Raises `NotMoney` (a ValueError with a Chinese message) for anything else: a third decimal of a yuan,
    commas that do not part thousands, a sign where none is allowed, more than `MOST_FEN`. Never rounds.
    """
    plain = half_width(text).strip().translate(_TRADITIONAL)
    short = len(plain) <= _LONGEST  # asked first: long text would keep the patterns busy
    if not (short and (found := _FIGURES.fullmatch(_BEFORE_AND_AFTER.sub("", plain)))):
        raise NotMoney(N_("“%(typed)s”不是金额：请写数字，如 2500000.00 或 250万元"), text)
    sign, whole, part, unit = found[1], found[2].replace(",", ""), found[3] or "", found[4].removesuffix("元")
    if unit not in _UNITS:
        raise NotMoney(N_("“%(typed)s”的单位不认识：请用元、万元或亿元"), text)
    fen, rest = divmod(int(whole + part) * _UNITS[unit] * FEN_PER_YUAN, 10 ** len(part))
    if rest:
        raise NotMoney(N_("“%(typed)s”小数太多：金额最多到分（元后两位）"), text)
    return _allowed(-fen if sign else fen, text, allow_negative)


def _allowed(fen: int, typed: str, allow_negative: bool) -> int:
    if fen < 0 and not allow_negative:
        raise NotMoney(N_("“%(typed)s”是负数，这里不能为负"), typed)
    if abs(fen) > MOST_FEN:
        raise NotMoney(N_("“%(typed)s”超过可记的最大金额 %(most)s 元"), typed, most=yuan(MOST_FEN))
    return fen


def capitals(fen: int) -> str:
    """The amount in capitals (大写金额) as paper shows it: 600714 → 「人民币陆仟零柒元壹角肆分」.

    Where the provisions (F-01, F-02) leave a choice this is the house style, as in the official examples:
    整 after 元 only, none after 角; 1680.32 and 107000.53 without 零. Raises `NotMoney` for a negative amount
    or one above `MOST_FEN`: paper has no words for them.
    """
    if not 0 <= fen <= MOST_FEN:
        raise NotMoney(N_("%(typed)s 元没有大写写法"), yuan(fen))
    whole, part = divmod(fen, FEN_PER_YUAN)
    words = _whole(whole) + "元" if whole else ""
    return "人民币" + (words + _cents(part, bool(whole)) if part else (words or "零元") + "整")


def _whole(number: int) -> str:
    """Whole yuan in sections of four digits (亿, 万, 元); a gap of any length between digits is one 零."""
    if number >= 10**8:
        return _joined(_whole(number // 10**8) + "亿", number % 10**8, 10**7)
    if number >= 10**4:
        return _joined(_section(number // 10**4) + "万", number % 10**4, 10**3)
    return _section(number)


def _joined(head: str, rest: int, full: int) -> str:
    return head + ("零" if 0 < rest < full else "") + (_whole(rest) if rest else "")


def _section(number: int) -> str:
    return re.sub("零+", "零", "".join(_read(number))).strip("零")


def _read(number: int) -> Iterator[str]:
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        yield _DIGITS[int(digit)] + (place if digit != "0" else "")


def _cents(part: int, after_yuan: bool) -> str:
    jiao, fen = divmod(part, 10)
    gap = "零" if after_yuan and not jiao else ""
    return (f"{_DIGITS[jiao]}角" if jiao else gap) + (f"{_DIGITS[fen]}分" if fen else "")
