"""The bulk form of `changes.add` for sheets of any length: rows go in as they are read, memory stays flat.

Like `changes.add_many` it writes one entry with the digest of the rows, computed from the tables once all are in.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import delete, insert, select

from app.core import access, changes, log
from app.core.db import Base, Record, db, is_writing, new_public_id
from app.core.verifier import canonical

CHUNK = 2000


class Adding:
    """Rows of one kind on their way in; all carry ``link == key``."""

    def __init__(self, model: type[Record], link: str, key: object) -> None:
        self.model, self.link, self.key, self.count = model, link, key, 0

    def insert(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows that all give the same columns; gives their ids, in order."""
        if not rows:
            return []
        table: Any = self.model.__table__
        query = insert(table).returning(table.c.public_id, table.c.id)
        self.count += len(rows)
        whole = [{"public_id": new_public_id(), **row, self.link: self.key} for row in rows]
        ids = {row.public_id: row.id for row in db.session.execute(query, whole)}  # in any order: many at once
        return [ids[row["public_id"]] for row in whole]

    def digest(self) -> str:
        """The digest of all rows of this batch as the tables hold them, in the order of their public ids."""
        names, found = changes.logged_columns(self.model), hashlib.sha256()
        columns = [getattr(self.model, name).label(name) for name in names]
        query = select(*columns).where(getattr(self.model, self.link) == self.key).order_by(self.model.public_id)
        for row in db.session.execute(query.execution_options(yield_per=CHUNK)):
            values = {name: log.plain(value) for name, value in zip(names, row, strict=True)}
            found.update(canonical(values) + b"\n")
        return found.hexdigest()


@contextmanager
def adding(
    model: type[Record], action: str, *, link: str, key: object, owner: Record, public: bool = False
) -> Iterator[Adding]:
    """Insert many rows on behalf of *owner* and log one entry when the block ends. Raises NotAllowed, NotInATurn."""
    if not is_writing():
        raise changes.NotInATurn("changes are made inside a turn to write (door, command or clockwork)")
    access.demand(action, owner)
    one = Adding(model, link, key)
    yield one
    if one.count:
        batch = {"count": one.count, "rows_digest": one.digest(), "column": link, "key": log.plain(key)}
        log.append(
            action, {"batch": batch}, actor=access.actor().public_id, table=model.__tablename__,
            record=owner.public_id, public=public,
        )  # fmt: skip


def keep_beside(model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that are made from a record and are no records themselves (not logged, can be made again)."""
    if rows:
        db.session.execute(insert(model.__table__), [dict(row) for row in rows])  # type: ignore[arg-type]


def drop_beside(model: type[Base], *where: Any) -> None:
    """Delete such rows."""
    db.session.execute(delete(model).where(*where))
