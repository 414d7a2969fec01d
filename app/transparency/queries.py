"""What the public site reads of the log."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.catalogue import queries as catalogue
from app.catalogue.models import NormRow
from app.core import law, log
from app.core.db import db
from app.core.errors import Missing
from app.core.words import N_

PAGE = 50
NO_PROOF = N_("这一条不是公开条目，或者还没有校验点覆盖它；校验点每分钟签署一次。")
NO_CHECKPOINT = N_("没有这个大小的校验点。")


@dataclass(frozen=True)
class PublicEntry:
    """A log entry as anybody may see it: of one that is not public only number, time and digest."""

    seq: int
    envelope: dict[str, Any]
    values: dict[str, Any] | None
    salt: str | None


def log_page(before: int | None = None) -> list[log.LogEntry]:
    """Entries from the newest down, or from just below *before*."""
    query = select(log.LogEntry).order_by(log.LogEntry.seq.desc()).limit(PAGE)
    return list(db.session.scalars(query.where(log.LogEntry.seq < before) if before is not None else query))


def proof_text(seq: int) -> str:
    """The proof of a public entry that a checkpoint covers. Raises Missing for any other."""
    found, signed = db.session.get(log.LogEntry, seq), log.covering(seq)
    if found is None or not found.public or signed is None:
        raise Missing(NO_PROOF)
    return log.receipt_text(log.receipt(found, signed), [f"公约 Gongyue · {log.origin()} · 日志第 {seq} 条的证明"])


def note(size: int) -> str:
    """The signed note of the checkpoint of this size. Raises Missing."""
    found = db.session.get(log.LogCheckpoint, size)
    if found is None:
        raise Missing(NO_CHECKPOINT)
    return found.note


def norms_by_rule() -> dict[str, list[NormRow]]:
    """The dated numbers, under the rulebook row they come from."""
    found: dict[str, list[NormRow]] = {}
    for norm in catalogue.norm_rows():
        found.setdefault(norm.rule, []).append(norm)
    return found


def rules_by_row() -> dict[str, list[str]]:
    """Which rule functions speak for which row."""
    found: dict[str, list[str]] = {}
    for name, function in law.RULES.items():
        for row in function.rows:  # type: ignore[attr-defined]
            found.setdefault(row, []).append(name)
    return found


def entry(seq: int) -> PublicEntry | None:
    """One entry, with its values when it is public."""
    found = db.session.get(log.LogEntry, seq)
    if found is None:
        return None
    if not found.public:
        hidden = {"seq": found.seq, "at": log.stamp(found.at), "digest": found.digest}
        return PublicEntry(found.seq, hidden, None, None)
    return PublicEntry(found.seq, found.envelope(), json.loads(found.values), found.salt)
