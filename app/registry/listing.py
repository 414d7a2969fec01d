"""The public list of the register: searched, filtered, sorted, a page at a time by key, or streamed whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from app.core.db import db
from app.core.paging import Cursor, Key
from app.core.search import base_of
from app.registry.asking import Asked, Sort
from app.registry.finding import Plan, narrowest, plan, source, statement

__all__ = ["COUNTED", "PAGE", "Asked", "Found", "Page", "count", "page_of", "pages"]
PAGE, COUNTED = 50, 10_000
STREAMED = 5000  # rows at a time
SHORT = (
    "o.id, o.public_id, b.name, b.credit_code, o.org_code, o.org_code_verified, o.kind, o.state, o.registrar, o.grade"
)
Found = Row[Any]


@dataclass(frozen=True)
class Page:
    """Rows, and the cursors of the pages after and before them (None: there is none)."""

    rows: list[Found]
    after: str | None
    before: str | None


@dataclass(frozen=True)
class Part:
    """A stretch of a sorted list: where its key is known, or where it is not (these come last), and from where on."""

    known: bool | None  # None: the order of entry, which every record has
    at: Cursor | None


def page_of(asked: Asked, cursor: str = "", most: int = PAGE, columns: str = SHORT) -> Page:
    """The page that *cursor* names (the first without one), at most *most* rows. Raises BadCursor."""
    return _page(db.session.connection(), asked, asked.cursor(cursor), most, columns)


def count(asked: Asked) -> int:
    """How many there are, never more than COUNTED + 1: beyond that nobody counts."""
    connection = db.session.connection()
    made = plan(connection, asked)
    tables, joins = source(made, narrowest(connection, made, True), False)
    where = " AND ".join([*joins, *made.checks])
    sql = f"SELECT count(*) FROM (SELECT o.id FROM {tables} WHERE {where} LIMIT {COUNTED + 1}) few"
    return int(connection.execute(statement(sql), made.values).scalar_one())


def pages(asked: Asked, columns: str) -> Iterator[list[Found]]:
    """Every row in pages of a few thousand, each read when the one before was sent on."""
    cursor: str | None = ""
    while cursor is not None:
        found = page_of(asked, cursor, STREAMED, columns)
        yield found.rows
        cursor = found.after


def _page(connection: Connection, asked: Asked, at: Cursor | None, most: int, columns: str) -> Page:
    made, back = plan(connection, asked), bool(at and at.back)
    end = narrowest(connection, made, asked.order.column is None)
    rows: list[Found] = []
    for part in _parts(asked.order, at, back):
        rows += _rows(connection, made, end, asked.order, part, back, most + 1 - len(rows), columns)
        if len(rows) > most:
            break
    more, rows = len(rows) > most, rows[:most]
    if back:
        rows.reverse()
    return _between(asked, rows, at, more, back)


def _between(asked: Asked, rows: list[Found], at: Cursor | None, more: bool, back: bool) -> Page:
    """The rows with their neighbours: where one came from there is always a page, ahead only when a row was left."""
    after, before = (bool(at), more) if back else (more, bool(at))
    if not rows:
        turned = str(replace(at, back=not back)) if at else None
        return Page(rows, turned if back else None, None if back else turned)
    return Page(
        rows,
        str(_cursor(asked, rows[-1], False)) if after else None,
        str(_cursor(asked, rows[0], True)) if before else None,
    )


def _cursor(asked: Asked, row: Found, back: bool) -> Cursor:
    key: Key = row.key.isoformat() if isinstance(row.key, date) else row.key
    return Cursor(asked.sort, key, row.id, back)


def _parts(order: Sort, at: Cursor | None, back: bool) -> list[Part]:
    """Which stretches a page may lie on, in the order they are read."""
    if order.column is None or order.column == "t.pinyin":
        return [Part(None, at)]
    if at is None:
        return [Part(True, None), Part(False, None)]
    if at.key is None:
        return [Part(False, at), Part(True, None)] if back else [Part(False, at)]
    return [Part(True, at)] if back else [Part(True, at), Part(False, None)]


def _rows(
    connection: Connection, made: Plan, end: str, order: Sort, part: Part, back: bool, most: int, columns: str
) -> list[Found]:
    by_name = order.column == "t.pinyin"
    tables, joins = source(made, end, by_name)
    values = {**made.values, "most": most}
    key, down = order.column, order.down != back
    conditions = [*joins, *made.checks, *_from(made, end, order, part, down, values)]
    keys = (key, "t.id" if by_name else "o.id") if key and part.known is not False else (_id(end),)
    direction = " DESC" if down else ""
    sql = (
        f"SELECT {columns}, {key or 'NULL'} AS key FROM {tables} WHERE {' AND '.join(conditions)}"
        f" ORDER BY {', '.join(one + direction for one in keys)} LIMIT :most"
    )
    return list(connection.execute(statement(sql), values))


def _id(end: str) -> str:
    return "d.id" if end == "words" else "o.id"


def _from(made: Plan, end: str, order: Sort, part: Part, down: bool, values: dict[str, Any]) -> list[str]:
    """The conditions that a row lies on this stretch, beyond where it begins."""
    sign, found = "<" if down else ">", []
    if part.known is not None:
        found.append(f"{order.column} IS {'NOT ' if part.known else ''}NULL")
    if part.at is None:
        return found
    values["at"] = part.at.id
    if part.known is False or order.column is None:
        return [*found, _beyond(made, end, sign, part.at.id, values)]
    values["key"] = date.fromisoformat(str(part.at.key)) if _is_day(order) and not made.sqlite else part.at.key
    by_name = order.column == "t.pinyin"
    values["at"] += base_of("organization") if by_name else 0
    return [*found, f"({order.column}, {'t' if by_name else 'o'}.id) {sign} (:key, :at)"]


def _beyond(made: Plan, end: str, sign: str, at: int, values: dict[str, Any]) -> str:
    """Beyond an id: said to the index itself where words are streamed, so that it need not read what lies before."""
    if end != "words":
        return f"{made.unless_index('o.id') if end else 'o.id'} {sign} :at"
    values["t_low" if sign == ">" else "t_high"] = base_of("organization") + at
    return "o.id > 0"


def _is_day(order: Sort) -> bool:
    return order.column == "o.established_on"
