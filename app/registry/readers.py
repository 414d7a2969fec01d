"""How each sort of column is read: from the trimmed text of a cell to values by field of the register.

A reader notes every change on the cell it is given and returns an empty mapping where it refused.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeAlias

from app.core.money import NotMoney, parse_yuan, yuan
from app.core.widths import half_width
from app.core.words import N_
from app.registry.cells import BLANK, Given
from app.registry.provinces import province as province_of
from app.rules.codes import check_org_code, check_uscc, lacks_check_char, normal_org_code, normal_uscc
from app.rules.organizations import COUNTY, NATIONAL, PREFECTURAL, PROVINCIAL, foundation_registrar

Values: TypeAlias = Mapping[str, object]
Reader: TypeAlias = Callable[[Given], Values]

SMALL_FEN = 10_000 * 100  # a bare figure below ten thousand yuan was probably meant in 万元
_DAY = re.compile(r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_EXCEL_DAY_ONE = date(1899, 12, 30)  # so that serials from March 1900 on come out right
_LEVELS = {"部": NATIONAL, "省": PROVINCIAL, "厅": PROVINCIAL, "市": PREFECTURAL, "县": COUNTY, "区": COUNTY}
NO_GRADE = frozenset({"未参评", "未评估", "未评", "无等级", "未参加评估"})


def line(most: int) -> Reader:
    """A name or another text of one line, at most *most* characters."""

    def read(one: Given) -> Values:
        text = " ".join(one.text.split())
        if len(text) > most:
            one.refuse(N_("超过 %(most)d 字"), most=most)
            return {}
        if text != one.text:
            one.became(text, N_("换行和连续空白并为一个空格"))
        return {one.field: text}

    return read


def prose(one: Given) -> Values:
    """A longer text, kept as it was written."""
    return {one.field: one.text}


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


def amount(unit: str = "") -> Reader:
    """An amount in fen; *unit* (万元) is that of the column where its header names one."""

    def read(one: Given) -> Values:
        bare = re.fullmatch(r"\d+(\.\d+)?", one.text, re.ASCII)
        try:
            fen = parse_yuan(one.text + unit if bare else one.text)
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
    if value.isoformat() != one.text:
        one.became(value.isoformat(), N_("统一为年-月-日，不带时间"))
    return {one.field: value}


def _day(one: Given, text: str) -> date:
    if isinstance(one.cell, date):
        return one.cell.date() if isinstance(one.cell, datetime) else one.cell
    if re.fullmatch(r"[1-9]\d{4}", text, re.ASCII):  # 1927 to 2173 as a spreadsheet counts days
        return _EXCEL_DAY_ONE + timedelta(days=int(text))
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if not (found := _DAY.fullmatch(text)):
        raise ValueError(text)
    return date(int(found[1]), int(found[3]), int(found[4]))


def grade(one: Given) -> Values:
    """An evaluation grade, 5A to 1A as 5 to 1; 「未参评」 is none (C-20)."""
    text = half_width(one.text).upper().removesuffix("级")
    if text in NO_GRADE:
        one.became("", N_("“%(text)s”记为没有等级"), "C-20", text=one.text)
        return {one.field: None}
    found = re.fullmatch(r"([1-5])A|(A{1,5})", text, re.ASCII)
    if not found:
        one.refuse(N_("“%(text)s”不是评估等级：请写 1A 至 5A 或“未参评”"), "C-20", text=one.text)
        return {}
    value = int(found[1]) if found[1] else len(text)
    if one.text != f"{value}A":
        one.became(f"{value}A", N_("等级统一写成 %(value)dA"), "C-20", value=value)
    return {one.field: value}


def several(most: int) -> Reader:
    """A list parted by commas of either width, 、 or semicolons; joined by 、 it has at most *most* characters."""

    def read(one: Given) -> Values:
        parts = [part.strip(BLANK) for part in re.split("[，,、；;]", one.text)]
        values = list(dict.fromkeys(part for part in parts if part))
        if len("、".join(values)) > most:
            one.refuse(N_("超过 %(most)d 字"), most=most)
            return {}
        return {one.field: values}

    return read


def choice(known: Mapping[str, object], reason: str) -> Reader:
    """One of the words of a table; *reason* says what it should be."""

    def read(one: Given) -> Values:
        if one.text not in known:
            one.refuse(reason, text=one.text)
            return {}
        return {one.field: known[one.text]}

    return read


def postcode(one: Given) -> Values:
    """Six digits."""
    text = half_width(one.text)
    if not re.fullmatch(r"\d{6}", text, re.ASCII):
        hint = N_("“%(text)s”不是六位邮编（存成数字会丢开头的 0）")
        one.refuse(hint, text=one.text)
        return {}
    if text != one.text:
        one.became(text, N_("全角数字改为半角"))
    return {one.field: text}


def province(one: Given) -> Values:
    """A province by any of its spellings, with its code (F-08)."""
    found = province_of(one.text)
    if not found:
        one.refuse(N_("“%(text)s”不是省级行政区"), "F-08", text=one.text)
        return {}
    code, name = found
    if name != one.text:
        one.became(name, N_("写成省级行政区的全称"), "F-08")
    return {one.field: name, "province_code": code}


def foundation_registered_by(one: Given) -> Values:
    """The registrar of a foundation and its level; one below a province is warned about (C-09)."""
    level = next((level for sign, level in _LEVELS.items() if sign in one.text[:-2] or one.text.endswith(sign)), None)
    if level:
        for finding in foundation_registrar(level, bars=False):
            one.take(finding)
    return {**line(120)(one), "registrar_level": level}
