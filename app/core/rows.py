"""Many plain rows into a table at once: SQLite by one prepared statement, PostgreSQL by COPY.

For core alone: rows that are records come here through `changes` and `bulk`, which check and log them.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, text
from sqlalchemy.engine.interfaces import DBAPICursor

from app.core import clock
from app.core.db import db

Row = Mapping[str, Any]
BY_HAND = ("id", "public_id", "made_at")  # columns whose value differs from row to row or from moment to moment


def put(table: Any, rows: Sequence[Row]) -> None:
    """Insert rows that all give the same columns, inside the running transaction."""
    if not rows:
        return
    connection = db.session.connection()
    names = tuple(rows[0])
    values = _values(table, connection.dialect, names, rows)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert(table, names), values)  # type: ignore[arg-type]
    else:
        _copy(connection, table, names, values)


def new_ids(table: Table, count: int) -> list[int]:
    """Ids for as many new rows, in order. Only inside a turn to write: nobody else takes ids meanwhile."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        newest = connection.exec_driver_sql(f"SELECT max(id) FROM {_quoted(table.name)}").scalar() or 0
        return list(range(newest + 1, newest + 1 + count))
    query = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    return sorted(connection.scalars(query, {"table": _quoted(table.name), "count": count}))


def whole(table: Table, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows with every column of a record's table: id, public id, moment, and what is empty or has a default."""
    given, now = list(rows), clock.now()
    empty = _empty(table)
    ids = new_ids(table, len(given))
    return [
        {**empty, "id": key, "public_id": secrets.token_hex(8), "made_at": now, **row}
        for key, row in zip(ids, given, strict=True)
    ]


@cache
def _empty(table: Table) -> dict[str, Any]:
    defaults = {c.name: c.default.arg if c.default is not None and c.default.is_scalar else None for c in table.columns}  # type: ignore[attr-defined]
    return {name: value for name, value in defaults.items() if name not in BY_HAND}


@cache
def _insert(table: Table, names: tuple[str, ...]) -> str:
    return f"INSERT INTO {_columns(table, names)} VALUES ({', '.join('?' * len(names))})"


def _columns(table: Table, names: tuple[str, ...]) -> str:
    return f"{_quoted(table.name)} ({', '.join(map(_quoted, names))})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _values(table: Table, dialect: Dialect, names: tuple[str, ...], rows: Sequence[Row]) -> list[Sequence[Any]]:
    """The rows as the database takes them; only columns of a kind that needs it are touched one by one."""
    kinds = [table.columns[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    odd = [(place, make) for place, make in enumerate(kinds) if make is not None]
    found: list[Sequence[Any]] = []
    for row in rows:
        values = [row[name] for name in names]
        for place, make in odd:
            values[place] = make(values[place])
        found.append(tuple(values))
    return found


def _copy(connection: Connection, table: Table, names: tuple[str, ...], values: Sequence[Sequence[Any]]) -> None:
    cursor: DBAPICursor = connection.connection.cursor()
    with cursor.copy(f"COPY {_columns(table, names)} FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in values:
            copy.write_row(row)
    cursor.close()
