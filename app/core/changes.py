"""The three ways a record changes: add, amend, move (and add_many for bulk).

Each checks that whoever acts may, makes the change, and writes the log entry, in one transaction. Nothing else in
the portal inserts or updates a record, and only `move` assigns a state.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import inspect

from app.core import access, log
from app.core.db import Record, db, is_writing
from app.core.errors import CHANGED_MEANWHILE, OutOfOrder
from app.core.lifecycle import Lifecycle
from app.core.verifier import canonical
from app.core.words import N_

R = TypeVar("R", bound=Record)
NOT_NOW = N_("现在的状态是「%(state)s」，不能「%(step)s」。")
_seen: ContextVar[tuple[str, int] | None] = ContextVar("seen", default=None)


class NotInATurn(RuntimeError):
    """A change was tried outside a turn to write."""


def expect(record: Record, version: int) -> None:
    """Remember which version of *record* the person saw; amend and move refuse when it has changed since."""
    _seen.set((record.public_id, version))


def forget_seen() -> None:
    """Drop what `expect` remembered (the door does so at the start of every request)."""
    _seen.set(None)


def add(record: R, action: str, *, public: bool = False) -> R:
    """Insert *record* and log it. Raises NotAllowed when whoever acts may not take *action* on it."""
    _in_a_turn()
    with db.session.no_autoflush:  # the record may hang on others already and must not be written before it is allowed
        access.demand(action, record)
    flow = lifecycle_of(record)
    if flow is not None and record.state is None:  # type: ignore[attr-defined]
        record.state = flow.first  # type: ignore[attr-defined]
    db.session.add(record)
    db.session.flush()
    _write(record, action, {"new": logged(record)}, public)
    return record


def amend(record: R, action: str, *, public: bool = False, **values: Any) -> R:
    """Change columns other than the state, and log old and new. Raises OutOfOrder when it changed meanwhile."""
    _in_a_turn()
    access.demand(action, record)
    if "state" in values:
        raise TypeError("only move assigns a state")
    return _change(record, action, values, public)


def move(record: R, verb: str, **values: Any) -> R:
    """Take one step of the record's lifecycle, together with the values that become true with it.

    Raises OutOfOrder from a state that does not allow it, NotAllowed when whoever acts may not.
    """
    _in_a_turn()
    flow = lifecycle_of(record)
    assert flow is not None, f"{type(record).__name__} has no lifecycle"
    step = flow.step(verb)
    access.demand(flow.action(verb), record)
    _not_stale(record)
    state: str = record.state  # type: ignore[attr-defined]
    if state not in step.start:
        raise OutOfOrder(NOT_NOW, {"state": _(flow.states[state]), "step": _(step.label)})
    return _change(record, flow.action(verb), {**values, "state": step.to}, step.public)


def add_many(records: Iterable[R], action: str, *, link: str, key: object, owner: Record, public: bool = False) -> int:
    """Insert many rows that share ``link == key`` and log one entry with the digest of them all; gives the count.

    *owner* is the record (a batch, a report) on whose behalf they are added, which access is checked against.
    Raises OutOfOrder when link and key mark another batch of this table already.
    """
    _in_a_turn()
    access.demand(action, owner)
    rows = list(records)
    if not rows:
        return 0
    log.mark(rows[0].__tablename__, link, log.plain(key))
    db.session.add_all(rows)
    db.session.flush()
    lines = ((row.public_id, canonical(logged(row))) for row in rows)
    said = batch_values(lines, logged_columns(type(rows[0])), link, key)
    _entry(action, said, table=rows[0].__tablename__, record=owner.public_id, public=public)
    return len(rows)


def batch_values(lines: Iterable[tuple[str, bytes]], columns: list[str], link: str, key: object) -> dict[str, Any]:
    """What the log says of rows added in bulk: count, mark, columns, and the digest of their canonical *lines*.

    With the columns named, one that comes to the table later leaves the digest as it is while it is empty.
    """
    digest, inserted = hashlib.sha256(), sorted(lines)
    for _id, line in inserted:
        digest.update(line + b"\n")
    about = {"count": len(inserted), "rows_digest": digest.hexdigest(), "column": link, "key": log.plain(key)}
    return {"batch": {**about, "columns": sorted(columns)}}


def note(action: str, **values: Any) -> log.LogEntry:
    """Log something that changes no record: a sign-in, a refusal that matters, a look at masked data."""
    _in_a_turn()
    return _entry(action, {"note": {k: log.plain(v) for k, v in values.items()}})


def lifecycle_of(record: Record) -> Lifecycle | None:
    """The lifecycle of this kind of record, if it has one."""
    return getattr(type(record), "lifecycle", None)


def logged(record: Record) -> dict[str, Any]:
    """The record's columns as the log keeps them (all but the `unlogged` ones)."""
    return {name: log.plain(getattr(record, name)) for name in logged_columns(type(record))}


def logged_columns(model: type[Record]) -> list[str]:
    """The names of the columns that the log keeps for this kind of record."""
    return [c.key for c in inspect(model).column_attrs if c.key not in model.unlogged]


def _change(record: R, action: str, values: Mapping[str, Any], public: bool) -> R:
    _not_stale(record)
    columns = set(logged_columns(type(record)))
    changed = {k: v for k, v in values.items() if getattr(record, k) != v}
    kept = {k for k in changed if k in columns} | {"version"}
    was = {k: log.plain(getattr(record, k)) for k in kept}
    with db.session.no_autoflush:
        for name, value in changed.items():
            setattr(record, name, value)
    db.session.flush()
    if changed:
        _write(record, action, {"new": {k: log.plain(getattr(record, k)) for k in kept}, "was": was}, public)
    return record


def _write(record: Record, action: str, values: Mapping[str, Any], public: bool) -> None:
    _entry(
        action, values, table=record.__tablename__, record=record.public_id, version=record.version, public=public
    )  # fmt: skip


def _entry(
    action: str, values: Mapping[str, Any], *, table: str = "", record: str = "", version: int = 0, public: bool = False
) -> log.LogEntry:
    who = access.actor().public_id
    return log.append(action, values, actor=who, table=table, record=record, version=version, public=public)


def _not_stale(record: Record) -> None:
    seen = _seen.get()
    if seen and seen[0] == record.public_id and seen[1] != record.version:
        raise OutOfOrder(CHANGED_MEANWHILE)
    if seen and seen[0] == record.public_id:
        _seen.set(None)


def _in_a_turn() -> None:
    if not is_writing():
        raise NotInATurn("changes are made inside a turn to write (door, command or clockwork)")
