"""The append-only log: one entry for every change, in the same transaction, under one Merkle tree.

The format is described in docs/archive-format.md and checked by `verifier.py`, which imports nothing of the portal.
Entries are salted so that a public leaf says nothing about the values it stands for.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import BigInteger, Boolean, LargeBinary, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, merkle, notes, rows
from app.core.db import Base, Key, db
from app.core.errors import OutOfOrder
from app.core.verifier import canonical, leaf_hash
from app.core.words import N_

MARK_TAKEN = N_("这一批已经录入过，不能再录一次。")

LAST_SIGNED = text("SELECT max(size) FROM log_checkpoint")


class LogEntry(Base):
    """One entry: the envelope that the leaf hashes, and the salted values it commits to."""

    __tablename__ = "log_entry"
    seq: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(64))
    table: Mapped[str] = mapped_column(String(64))
    record: Mapped[str] = mapped_column(String(32), index=True)
    record_version: Mapped[int]
    public: Mapped[bool] = mapped_column(Boolean)
    digest: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(32))
    values: Mapped[str] = mapped_column(Text)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))

    def envelope(self) -> dict[str, Any]:
        """What the leaf hashes, as a JSON object."""
        return _envelope(
            self.seq, self.at, self.actor, self.action, self.table, self.record, self.record_version, self.public,
            self.digest,
        )  # fmt: skip


class LogHead(Base):
    """The growing edge of the tree: one row."""

    __tablename__ = "log_head"
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    frontier: Mapped[str] = mapped_column(Text)
    last_at: Mapped[datetime]


class LogCheckpoint(Base):
    """A signed note over the tree at one size."""

    __tablename__ = "log_checkpoint"
    size: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text)


class LogBatch(Base):
    """A mark that rows added in bulk share: one table, column and key stand for one batch and no second one."""

    __tablename__ = "log_batch"
    table: Mapped[str] = mapped_column(String(64), primary_key=True)
    column: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # canonical JSON


class Said(NamedTuple):
    """One entry to be written, before it has its number, time and salt."""

    action: str
    values: Mapping[str, Any]
    table: str = ""
    record: str = ""
    version: int = 0
    public: bool = False


def plain(value: object) -> Any:
    """A column's value as the log writes it: whole numbers, texts, ISO days and UTC moments, hex bytes."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        return str(value)
    return value


@lru_cache(64)
def stamp(moment: datetime) -> str:
    """2026-04-15T01:00:00.000000Z"""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def append(
    action: str, values: Mapping[str, Any], *, actor: str, table: str = "", record: str = "", version: int = 0,
    public: bool = False,
) -> LogEntry:  # fmt: skip
    """Write one entry at the end of the log, inside the running transaction; gives it back."""
    head = _head()
    tree, at = merkle.Tree.load(head.frontier), max(clock.now(), head.last_at)
    entry = LogEntry(**_entry(Said(action, values, table, record, version, public), head.size, at, actor))
    tree.append(entry.leaf)
    head.frontier, head.size, head.last_at = tree.dump(), tree.size, at
    db.session.add(entry)
    return entry


def append_many(said: Sequence[Said], actor: str) -> None:
    """Write many entries of one moment at the end of the log: each as `append` would write it."""
    if not said:
        return
    head = _head()
    tree, at = merkle.Tree.load(head.frontier), max(clock.now(), head.last_at)
    entries = [_entry(one, head.size + number, at, actor) for number, one in enumerate(said)]
    for entry in entries:
        tree.append(entry["leaf"])
    head.frontier, head.size, head.last_at = tree.dump(), tree.size, at
    db.session.flush()
    rows.put(LogEntry.__table__, entries)


def mark(table: str, column: str, key: object) -> None:
    """Take the mark of a batch. Raises OutOfOrder when it marks another one already."""
    one = (table, column, canonical(key).decode())
    if db.session.get(LogBatch, one) is not None:
        raise OutOfOrder(MARK_TAKEN)
    db.session.add(LogBatch(table=one[0], column=one[1], key=one[2]))
    db.session.flush()


def checkpoint() -> LogCheckpoint:
    """The signed checkpoint of the log as it stands, made now unless this size has one already."""
    head = _head()
    db.session.flush()
    kept = db.session.get(LogCheckpoint, head.size)
    if kept is None:
        root = merkle.Tree.load(head.frontier).root()
        note = notes.sign_checkpoint(_keys()[0], origin(), head.size, root, stamp(head.last_at))
        kept = LogCheckpoint(size=head.size, at=head.last_at, note=note)
        db.session.add(kept)
    return kept


def last_checkpoint() -> LogCheckpoint | None:
    """The newest checkpoint that was signed."""
    return db.session.scalar(select(LogCheckpoint).order_by(LogCheckpoint.size.desc()).limit(1))


def last_signed_size() -> int | None:
    """The size of the newest checkpoint, read by a page that nobody has signed in for."""
    return db.session.connection().execute(LAST_SIGNED).scalar()


def receipt(entry: LogEntry, signed: LogCheckpoint | None = None) -> dict[str, Any]:
    """The proof that *entry* is in the log: envelope, salt, values, inclusion proof and a signed checkpoint.

    Without *signed* a checkpoint over the whole log is signed now (inside a turn to write).
    """
    signed = signed or checkpoint()
    db.session.flush()
    proof = merkle.inclusion_proof(leaves(signed.size), entry.seq, signed.size)
    return {
        "format": "gongyue-receipt/1",
        "envelope": entry.envelope(),
        "salt": entry.salt,
        "values": json.loads(entry.values),
        "index": entry.seq,
        "proof": [node.hex() for node in proof],
        "note": signed.note,
        "vkey": vkey(),
    }


def receipt_text(proof: Mapping[str, Any], lines: list[str]) -> str:
    """A receipt as a text file: *lines* for people, then the proof that verifies offline."""
    begin, end = "-----BEGIN GONGYUE PROOF-----", "-----END GONGYUE PROOF-----"
    return "\n".join([*lines, "", begin, json.dumps(proof, ensure_ascii=False, indent=1), end, ""])


def root() -> bytes:
    """The root of the log as it stands."""
    return merkle.Tree.load(_head().frontier).root()


def covering(seq: int) -> LogCheckpoint | None:
    """The oldest checkpoint that covers entry *seq*."""
    query = select(LogCheckpoint).where(LogCheckpoint.size > seq).order_by(LogCheckpoint.size).limit(1)
    return db.session.scalar(query)


def leaves(size: int | None = None) -> list[bytes]:
    """The leaf hashes in order, up to *size*."""
    query = select(LogEntry.leaf).order_by(LogEntry.seq)
    return [bytes(leaf) for leaf in db.session.scalars(query.limit(size) if size is not None else query)]


def entries_of(record: str, public_only: bool = False) -> list[LogEntry]:
    """All entries about one record, oldest first."""
    query = select(LogEntry).where(LogEntry.record == record).order_by(LogEntry.seq)
    return list(db.session.scalars(query.where(LogEntry.public) if public_only else query))


def since(seq: int, limit: int = 200) -> Iterator[LogEntry]:
    """Entries from *seq* on, oldest first."""
    yield from db.session.scalars(select(LogEntry).where(LogEntry.seq >= seq).order_by(LogEntry.seq).limit(limit))


def size() -> int:
    """How many entries the log has."""
    return _head().size


def origin() -> str:
    """The log's name in its checkpoints."""
    return str(current_app.config["LOG_ORIGIN"])


def vkey() -> str:
    """The log's verification key, as C2SP signed notes write it."""
    return _keys()[1]


def _keys() -> tuple[str, str]:
    path = Path(current_app.config["HOME"]) / "keys" / "log-signing.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        skey, verification = notes.make_key(origin())
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(json.dumps({"skey": skey, "vkey": verification}), encoding="ascii")
    kept = json.loads(path.read_text(encoding="ascii"))
    return kept["skey"], kept["vkey"]


def _head() -> LogHead:
    head = db.session.get(LogHead, 1)
    if head is None:
        head = LogHead(id=1, size=0, frontier=merkle.Tree().dump(), last_at=datetime(1970, 1, 1, tzinfo=UTC))
        db.session.add(head)
    return head


def _entry(said: Said, seq: int, at: datetime, actor: str) -> dict[str, Any]:
    """The columns of one entry."""
    action, values, table, record, version, public = said
    text, salt = canonical(dict(values)), secrets.token_hex(16)
    digest = hashlib.sha256(bytes.fromhex(salt) + text).hexdigest()
    leaf = leaf_hash(canonical(_envelope(seq, at, actor, action, table, record, version, public, digest)))
    return {
        "seq": seq, "at": at, "actor": actor, "action": action, "table": table, "record": record,
        "record_version": version, "public": public, "digest": digest, "salt": salt, "values": text.decode(),
        "leaf": leaf,
    }  # fmt: skip


def _envelope(
    seq: int, at: datetime, actor: str, action: str, table: str, record: str, version: int, public: bool, digest: str
) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": stamp(at),
        "actor": actor,
        "action": action,
        "table": table,
        "record": record,
        "version": version,
        "public": public,
        "digest": digest,
    }
