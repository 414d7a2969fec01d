"""How columns of words are read: from the trimmed text of a cell to values by field of the register.

A reader notes every change on the cell it is given and returns an empty mapping where it refused.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from app.core.widths import half_width
from app.core.words import N_
from app.registry.cells import BLANK, PLACEHOLDERS, Given
from app.registry.provinces import province as province_of
from app.rules.organizations import COUNTY, NATIONAL, PREFECTURAL, PROVINCIAL, foundation_registrar

Values: TypeAlias = Mapping[str, object]
Reader: TypeAlias = Callable[[Given], Values]
Quick: TypeAlias = Callable[[str], Values | None]  # what a cell that needs no second look is read as, else None

_PLAIN = re.compile(r"[^=@\s\x00-\x1f\x7f\ufffd\u200b-\u200d\ufeff][^\s\x00-\x1f\x7f\ufffd\u200b-\u200d\ufeff]*")
NO_GRADE = frozenset({"未参评", "未评估", "未评", "无等级", "未参加评估"})
REGISTRARS = (  # level and how registers write it; a name that is none of these keeps no level
    (NATIONAL, r"民政部"),
    (PROVINCIAL, r"省级民政部门|.+民政厅|(北京|天津|上海|重庆)市民政局"),
    (PREFECTURAL, r"地?市级民政部门"),
    (COUNTY, r"(区县|县|区)级民政部门"),
)


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


def quick_text(field: str, most: int) -> Quick:
    """What `line` and `prose` make of a cell without any blank or doubtful character, which is most cells."""

    def read(text: str) -> Values | None:
        plain = len(text) <= most and _PLAIN.fullmatch(text) and text.upper() not in PLACEHOLDERS
        return {field: text} if plain else None

    return read


def prose(one: Given) -> Values:
    """A longer text, kept as it was written."""
    return {one.field: one.text}


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
    level = next((level for level, names in REGISTRARS if re.fullmatch(names, one.text)), None)
    if level:
        for finding in foundation_registrar(level, bars=False):
            one.take(finding)
    return {**line(120)(one), "registrar_level": level}
