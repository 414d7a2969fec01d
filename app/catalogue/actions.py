"""Loading and keeping reference data: the catalogue, the law's numbers, the calendar."""

import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlalchemy import select

from app.catalogue.models import CalendarDay, CatalogueItem, NormRow
from app.catalogue.queries import item
from app.core import changes, law
from app.core.db import db, new_public_id
from app.core.errors import Invalid
from app.core.words import N_

CATALOGUE = Path(__file__).parent / "central-2020.csv"
VERSION = "财综〔2020〕57号"


def load_catalogue(path: Path = CATALOGUE, version: str = VERSION) -> int:
    """Enter a version of the catalogue from a CSV (code, level, name_zh, name_en); gives how many lines were new."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    if lines and item(lines[0]["code"]) is not None:
        return 0
    new = [
        CatalogueItem(
            code=x["code"], level=int(x["level"]), name=x["name_zh"], name_en=x["name_en"], catalogue_version=version
        )
        for x in lines
    ]
    return changes.add_many(new, "catalogue.edit", link="catalogue_version", key=version, owner=new[0])


def load_norms() -> int:
    """Enter the shipped numbers of the law that are not in the table yet, in one batch; gives how many."""
    query = select(NormRow.key, NormRow.jurisdiction, NormRow.valid_from)
    known = {tuple(row) for row in db.session.execute(query)}
    batch = new_public_id()
    new = [
        NormRow(
            key=n.key, jurisdiction=n.jurisdiction, valid_from=n.valid_from, valid_to=n.valid_to, value=str(n.value),
            unit=n.unit, rule=n.rule, source=n.source, batch=batch,
        )
        for n in law.national_norms()
        if (n.key, n.jurisdiction, n.valid_from) not in known
    ]  # fmt: skip
    return changes.add_many(new, "norm.set", link="batch", key=batch, owner=new[0], public=True) if new else 0


def set_norm(
    key: str, jurisdiction: str, valid_from: date, value: str, unit: str, rule: str, source: str,
    valid_to: date | None = None,
) -> NormRow:  # fmt: skip
    """Enter a dated number with its source. Raises Invalid for a value that is no number, a row that is none,
    or a number that this key has in this place from this day on already."""
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise Invalid(N_("数值应为数字。"), {}, "value") from error
    if not number.is_finite() or number < 0:
        raise Invalid(N_("数值应为不小于零的数字。"), {}, "value")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(N_("失效日期早于生效日期。"), {}, "valid_to")
    if rule not in law.rows():
        raise Invalid(N_("规则手册中没有 %(rule)s 这一条。"), {"rule": rule}, "rule")
    row = NormRow(
        key=key, jurisdiction=jurisdiction, valid_from=valid_from, valid_to=valid_to, value=value, unit=unit, rule=rule,
        source=source,
    )  # fmt: skip
    if db.session.query(NormRow.id).filter_by(key=key, jurisdiction=jurisdiction, valid_from=valid_from).first():
        text = N_("%(key)s 在该地区自 %(day)s 起已有数值；请另定生效日期。")
        raise Invalid(text, {"key": key, "day": valid_from}, "valid_from")
    return changes.add(row, "norm.set", public=True)


def set_calendar_day(day: date, workday: bool, source: str) -> CalendarDay:
    """Lay down whether a day is worked, as a notice says (F-21)."""
    kept = db.session.query(CalendarDay).filter_by(day=day).one_or_none()
    if kept is None:
        return changes.add(CalendarDay(day=day, workday=workday, source=source), "calendar.set", public=True)
    return changes.amend(kept, "calendar.set", public=True, workday=workday, source=source)
