"""Full-width and half-width: the same letter typed in two widths.

Only the width is folded. Unicode NFKC would also read 「5²」 as 52 and 「①」 as 1: wrong in amounts, codes.
"""

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥", 0x2212: "-"}


def half_width(text: str) -> str:
    """「２５０，Ａ（￥）」 → 「250,A(¥)」: full-width ASCII, ideographic space, yuan sign and minus sign."""
    return text.translate(_HALF)
