"""Unified social credit codes (统一社会信用代码, GB 32100) and organization codes inside them (GB 11714).

Own arithmetic, because stdnum refuses letters in front (N for rural collectives, possible contractors, A-04)
and does not check the inner digit (C-15, C-16, T-21). Region digits are frozen at issue: no list is asked.
"""

import re
from collections.abc import Iterator

from app.core.law import Finding, Findings, rule
from app.core.widths import half_width
from app.core.words import N_, fill

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # 31 characters: I O S V Z are never used (C-13)
NEVER_USED = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}  # and what each is usually mistaken for
USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORG_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_USCC_VALUES = tuple({c: place * weight for place, c in enumerate(ALPHABET)} for weight in USCC_WEIGHTS)
_ORG_VALUES = tuple({c: place * weight for place, c in enumerate(ORG_CHARACTERS)} for weight in ORG_WEIGHTS)
_USCC = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")

KINDS = {  # the first two characters say who registered it and as what (C-13, C-16)
    "11": ("organ", N_("机关")),
    "12": ("institution", N_("事业单位")),
    "13": ("mass_organization", N_("机构编制部门直接管理机构编制的群众团体")),
    "19": ("other_staffed", N_("其他机构编制单位")),
    "51": ("association", N_("社会团体")),
    "52": ("service", N_("社会服务机构（民办非企业单位）")),
    "53": ("foundation", N_("基金会")),
    "54": ("village_committee", N_("村民委员会")),
    "55": ("residents_committee", N_("居民委员会")),
    "59": ("other_civil_affairs", N_("民政部门登记的其他组织")),
    "91": ("enterprise", N_("企业")),
    "92": ("individual_business", N_("个体工商户")),
    "93": ("farm_cooperative", N_("农民专业合作社")),
    "N1": ("rural_collective", N_("农村集体经济组织")),
    "N2": ("rural_collective", N_("农村集体经济组织")),
    "N3": ("rural_collective", N_("农村集体经济组织")),
}


def normal_uscc(typed: str) -> str:
    """The code as it is stored: half-width, capitals, without spaces and hyphens. Checks nothing."""
    if typed.isascii() and typed.isalnum():
        return typed.upper()
    return re.sub(r"[\s-]+", "", half_width(typed)).upper()


def normal_org_code(typed: str) -> str:
    """An organization code as it is stored: 「50178056-x」 → 「50178056X」. Completes nothing."""
    return normal_uscc(typed)


def uscc_check_char(first_17: str) -> str:
    """The 18th character (C-14). Raises ValueError for characters that are never used."""
    try:
        return ALPHABET[-_weighed(first_17, _USCC_VALUES) % 31]
    except KeyError as error:
        raise ValueError(f"{error} is never used in a code") from error


def org_code_check_char(eight: str) -> str:
    """The ninth character of an organization code (GB 11714, C-15): 10 is written X, 11 is written 0."""
    try:
        remainder = 11 - _weighed(eight, _ORG_VALUES) % 11
    except KeyError as error:
        raise ValueError(f"{error} is never used in a code") from error
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def _weighed(chars: str, values: tuple[dict[str, int], ...]) -> int:
    """Looked up, not multiplied: a register of 900,000 rows is checked character by character."""
    return sum([value[char] for value, char in zip(values, chars, strict=True)])


@rule("C-13", "C-14", "C-15")
def check_uscc(typed: str, field: str = "uscc") -> Findings:
    """What is wrong with a unified social credit code: length, characters, then both check characters.

    Takes it as typed (lower case, full-width and hyphens are no fault); store `normal_uscc`. The right check
    character is not named: it would only be right if the other characters were, and that nobody knows here.
    """
    code = normal_uscc(typed)
    if len(code) != 18:
        text = N_("统一社会信用代码应为 18 位，现为 %(length)d 位")
        yield Finding("C-13", text, {"length": len(code)}, field)
        return
    if not _USCC.fullmatch(code) and (wrong := list(_wrong_characters(code, field))):
        yield from wrong
        return
    if org_code_check_char(code[8:16]) != code[16]:
        yield Finding("C-15", N_("第 17 位（主体标识码的校验位）不符：第 9 至 17 位中有错"), {}, field)
    if uscc_check_char(code[:17]) != code[17]:
        yield Finding("C-14", N_("第 18 位校验码不符：代码中至少有一位有错，请对照证书逐位核对"), {}, field)


def is_sound_uscc(code: str) -> bool:
    """Whether `check_uscc` has nothing to say of a code that is written as it is stored."""
    return (
        _USCC.fullmatch(code) is not None
        and uscc_check_char(code[:17]) == code[17]
        and org_code_check_char(code[8:16]) == code[16]
    )


def _wrong_characters(code: str, field: str) -> Iterator[Finding]:
    for place, char in enumerate(code, 1):
        values = {"place": place, "char": char, "instead": NEVER_USED.get(char, "")}
        if char in NEVER_USED:
            text = N_("第 %(place)d 位是 %(char)s：代码从不使用 I、O、S、V、Z，是否应为 %(instead)s？")
            yield Finding("C-13", text, values, field)
        elif char not in ALPHABET:
            text = N_("第 %(place)d 位“%(char)s”不是数字或大写字母")
            yield Finding("C-13", text, values, field)
        elif 3 <= place <= 8 and not char.isdigit():
            text = N_("第 %(place)d 位是 %(char)s：第 3 至 8 位是行政区划码，只能是数字")
            yield Finding("C-13", text, values, field)


@rule("C-15")
def check_org_code(typed: str, field: str = "org_code") -> Findings:
    """What is wrong with an organization code of 8 + 1 characters, hyphen or not (GB 11714)."""
    code = normal_org_code(typed)
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        text = N_("组织机构代码应为 8 位本体代码加 1 位校验码（数字或 X），现为“%(typed)s”")
        yield Finding("C-15", text, {"typed": typed}, field)
    elif org_code_check_char(code[:8]) != code[8]:
        text = N_("组织机构代码“%(typed)s”的校验码不符：至少有一位有错，请对照证书逐位核对")
        yield Finding("C-15", text, {"typed": typed}, field)


def lacks_check_char(typed: str) -> bool:
    """Eight characters and no ninth: such a code is kept as typed, unverified, and never completed."""
    return re.fullmatch(r"[0-9A-Z]{8}", normal_org_code(typed)) is not None


def uscc_kind(code: str) -> str | None:
    """The kind its first two characters speak of (`KINDS`), or None for one the table does not name."""
    return KINDS.get(normal_uscc(code)[:2], (None, ""))[0]


def make_uscc(prefix: str, region: str, org8: str) -> str:
    """A code with right check characters, for tests and demonstration data. ValueError for wrong parts."""
    first_17 = prefix + region + org8 + org_code_check_char(org8)
    code = first_17 + uscc_check_char(first_17)
    if found := list(check_uscc(code)):
        raise ValueError(f"{code}: {fill(found[0].text, found[0].values)}")
    return code
