"""The bulk forms of the verbs, for sheets of any length: rows go in and are changed some hundred at a time.

Rows that are added share one mark and one log entry with their digest, as by `changes.add_many`. Rows that are
changed have an entry each, as by `changes.amend` and `changes.move`: only the statements are shared.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Integer, String, bindparam, delete, update

from app.core import access, changes, log, rows
from app.core.db import Base, Record, db, is_writing
from app.core.errors import CHANGED_MEANWHILE, OutOfOrder

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


class Adding:
    """Rows of one kind on their way in; all carry ``link == key``."""

    def __init__(self, model: type[Record], link: str, key: object) -> None:
        self.model, self.link, self.key = model, link, key
        self.columns = changes.logged_columns(model)
        types = {c.name: c.type for c in model.__table__.columns}
        self.odd = [name for name in self.columns if not isinstance(types[name], String | Integer | Boolean)]
        self.lines: list[tuple[str, bytes]] = []

    def insert(self, given: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows that all give the same columns; gives their ids, in order."""
        if not given:
            return []
        table: Any = self.model.__table__
        made = rows.whole(table, ({**row, self.link: self.key} for row in given))
        rows.put(table, made)
        self.lines += [(row["public_id"], CANONICAL(self._logged(row)).encode()) for row in made]
        return [row["id"] for row in made]

    def _logged(self, row: Mapping[str, Any]) -> dict[str, Any]:
        line = {name: row[name] for name in self.columns}
        for name in self.odd:
            line[name] = log.plain(line[name])
        return line


@contextmanager
def adding(
    model: type[Record], action: str, *, link: str, key: object, owner: Record, public: bool = False
) -> Iterator[Adding]:
    """Insert rows on behalf of *owner* and log one entry when the block ends.

    Raises NotAllowed, NotInATurn, and OutOfOrder when link and key mark another batch already.
    """
    _in_a_turn()
    access.demand(action, owner)
    one = Adding(model, link, key)
    yield one
    if one.lines:
        log.mark(model.__tablename__, link, log.plain(key))
        log.append(
            action, changes.batch_values(one.lines, one.columns, link, key), actor=access.actor().public_id,
            table=model.__tablename__, record=owner.public_id, public=public,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of one record: which one, the version it was read at, its columns before and after."""

    id: int
    public_id: str
    version: int
    was: Mapping[str, Any]
    new: Mapping[str, Any]


def amend(model: type[Record], action: str, given: Sequence[Change], *, public: bool = False) -> None:
    """Change many records of one kind. Raises NotAllowed, and OutOfOrder when one of them changed meanwhile.

    Whoever acts must be allowed to do it to any record: whose each one is, is not asked.
    """
    _in_a_turn()
    access.demand(action)
    if any("state" in one.new for one in given):
        raise TypeError("only move assigns a state")
    _change(model, action, given, public)


def move(model: type[Record], verb: str, given: Sequence[Change]) -> None:
    """Take the same step with many records of one kind. Raises as `amend` does."""
    _in_a_turn()
    flow = model.lifecycle  # type: ignore[attr-defined]
    step = flow.step(verb)
    access.demand(flow.action(verb))
    if any(one.was["state"] not in step.start or one.new["state"] != step.to for one in given):
        raise OutOfOrder(CHANGED_MEANWHILE)
    _change(model, flow.action(verb), given, step.public)


def keep_beside(model: type[Base], given: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that are made from a record and are no records themselves (not logged, can be made again)."""
    rows.put(model.__table__, given)


def drop_beside(model: type[Base], *where: Any) -> None:
    """Delete such rows."""
    db.session.execute(delete(model).where(*where))


def _change(model: type[Record], action: str, given: Sequence[Change], public: bool) -> None:
    alike: dict[tuple[str, ...], list[Change]] = {}
    for one in given:
        alike.setdefault(tuple(sorted(one.new)), []).append(one)
    for names, group in alike.items():
        _update(model, names, group)
    said = [_said(model, action, one, public) for one in given]
    log.append_many(said, access.actor().public_id)


def _update(model: type[Record], names: tuple[str, ...], group: Sequence[Change]) -> None:
    table: Any = model.__table__
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names} | {"version": bindparam("next_version")}
    query = update(table).where(table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))
    found = db.session.connection().execute(query.values(values), [_bound(one) for one in group])
    if found.rowcount != len(group):
        raise OutOfOrder(CHANGED_MEANWHILE)


def _bound(one: Change) -> dict[str, Any]:
    its = {"its_id": one.id, "its_version": one.version, "next_version": one.version + 1}
    return its | {f"new_{name}": value for name, value in one.new.items()}


def _said(model: type[Record], action: str, one: Change, public: bool) -> log.Said:
    new = {name: log.plain(value) for name, value in one.new.items()} | {"version": one.version + 1}
    was = {name: log.plain(value) for name, value in one.was.items()} | {"version": one.version}
    return log.Said(action, {"new": new, "was": was}, model.__tablename__, one.public_id, one.version + 1, public)


def _in_a_turn() -> None:
    if not is_writing():
        raise changes.NotInATurn("changes are made inside a turn to write (door, command or clockwork)")
