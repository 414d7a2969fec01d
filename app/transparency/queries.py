"""What the public site reads of the log."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core import log
from app.core.db import db

PAGE = 50


@dataclass(frozen=True)
class PublicEntry:
    """A log entry as anybody may see it: the envelope always, the values only of public entries."""

    seq: int
    envelope: dict[str, Any]
    values: dict[str, Any] | None
    salt: str | None


def log_page(before: int | None = None) -> list[log.LogEntry]:
    """Entries from the newest down, or from just below *before*."""
    query = select(log.LogEntry).order_by(log.LogEntry.seq.desc()).limit(PAGE)
    return list(db.session.scalars(query.where(log.LogEntry.seq < before) if before is not None else query))


def entry(seq: int) -> PublicEntry | None:
    """One entry, with its values when it is public."""
    found = db.session.get(log.LogEntry, seq)
    if found is None:
        return None
    values = json.loads(found.values) if found.public else None
    return PublicEntry(found.seq, found.envelope(), values, found.salt if found.public else None)
