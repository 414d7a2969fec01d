"""Columns where one character matters: codes, amounts, days.

Each reader takes a trimmed cell to values by field of the register, notes every change, and gives nothing back where
it refused.
"""

import re
from datetime import date, datetime, timedelta

from app.core.money import NotMoney, parse_yuan, yuan
from app.core.widths import half_width
from app.core.words import N_
from app.registry.cells import Given
from app.registry.readers import Reader, Values
from app.rules.codes import check_org_code, check_uscc, is_sound_uscc, lacks_check_char, normal_org_code, normal_uscc

SMALL_FEN = 10_000 * 100  # a bare figure below ten thousand yuan was probably meant in 万元
EXCEL_DAY_ZERO = date(1899, 12, 30)  # so that serials from March 1900 on come out right
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?([ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?", re.ASCII)


def org_code(one: Given) -> Values:
    """An organization code, its check character verified. One without it is kept as typed and unverified (C-15)."""
    code = normal_org_code(one.text)
    if one.is_number and len(code) < 9:
        one.refuse(N_("代码存成了数字，可能丢了开头的 0；请把这一列设为文本后重填"), "C-15")
        return {}
    if lacks_check_char(one.text) and len(one.text) <= 9:
        one.warn(N_("组织机构代码缺校验码：按原样保留，标记为未核验，不补位"), "C-15")
        return {one.field: one.text, "org_code_verified": False}
    if findings := list(check_org_code(one.text)):
        for finding in findings:
            one.take(finding)
        return {}
    if code != one.text:
        one.became(code, N_("代码统一为半角大写、不带连字符，校验码相符"), "C-15")
    return {one.field: code, "org_code_verified": True}


def uscc(one: Given) -> Values:
    """A unified social credit code, both check characters verified; gives the organization code inside it too."""
    if one.is_number:
        one.refuse(N_("18 位代码存成了数字，末几位已丢失；请把这一列设为文本后重填"), "C-13")
        return {}
    if findings := list(check_uscc(one.text)):
        for finding in findings:
            one.take(finding)
        return {}
    code = normal_uscc(one.text)
    if code != one.text:
        one.became(code, N_("代码统一为半角大写、不带空格，校验码相符"), "C-13")
    return {one.field: code, "org_code": code[8:17], "org_code_verified": True}


def quick_uscc(text: str) -> Values | None:
    """What `uscc` makes of a code that is sound as it stands."""
    return {"uscc": text, "org_code": text[8:17], "org_code_verified": True} if is_sound_uscc(text) else None


def amount(unit: str = "") -> Reader:
    """An amount in fen; *unit* (万元) is that of the column where its header names one."""

    def read(one: Given) -> Values:
        bare = re.fullmatch(r"\d+(\.\d+)?", one.text, re.ASCII)
        try:
            fen = parse_yuan(one.text + unit if one.text[-1].isdecimal() else one.text)
        except NotMoney as error:
            one.refuse(error.text, "F-04", **error.values)
            return {}
        if not bare or unit:
            one.became(yuan(fen), N_("折算成元，精确到分"), "F-04")
        elif 0 < fen < SMALL_FEN:
            one.warn(N_("没有写单位，按元记；若本意是万元，请写明后重新导入"), "F-04")
        return {one.field: fen}

    return read


def day(one: Given) -> Values:
    """A date, however it is written; a time of day is left out."""
    text = half_width(one.text)
    try:
        value = _day(one, text)
    except ValueError:
        one.refuse(N_("“%(text)s”不是日期：请写成 2026-04-15"), text=one.text)
        return {}
    if not 1900 <= value.year <= 2100:
        one.refuse(N_("“%(text)s”的年份不对"), text=one.text)
        return {}
    if one.text.isdecimal() and len(text) == 5:
        one.became(value.isoformat(), N_("表格软件的日期序号，折算成年-月-日"))
    elif value.isoformat() != one.text:
        one.became(value.isoformat(), N_("统一为年-月-日，不带时间"))
    return {one.field: value}


def _day(one: Given, text: str) -> date:
    if isinstance(one.cell, date):
        return one.cell.date() if isinstance(one.cell, datetime) else one.cell
    if re.fullmatch(r"[1-9]\d{4}", text, re.ASCII):  # 1927 to 2173 as a spreadsheet counts days
        return EXCEL_DAY_ZERO + timedelta(days=int(text))
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if not (found := _DAY.fullmatch(text)):
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))
