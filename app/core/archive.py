"""The log and its tables, written out for people who do not trust this machine (docs/archive-format.md)."""

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.core import clock, log, merkle
from app.core.changes import logged_columns
from app.core.db import Base, Record, db
from app.core.verifier import canonical

CHUNK = 2000


def write_archive(path: Path) -> int:
    """Write the whole log and all logged tables to a zip file, streaming; gives the number of entries."""
    signed = log.checkpoint()
    db.session.flush()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _member(archive, "archive.json", [_about(signed.size)])
        _member(archive, "log.jsonl", (_entry(e) for e in _entries()))
        notes = db.session.scalars(select(log.LogCheckpoint.note).order_by(log.LogCheckpoint.size))
        archive.writestr("checkpoints.txt", "===\n".join(notes))
        for model in logged_models():
            _member(archive, f"tables/{model.__tablename__}.jsonl", _rows(model))
    return signed.size


def write_witness(path: Path) -> int:
    """Write a checkpoint with all leaf hashes up to it, to be kept elsewhere; gives its size."""
    signed = log.checkpoint()
    db.session.flush()
    leaves = [leaf.hex() for leaf in log.leaves(signed.size)]
    witness = {"format": "gongyue-witness/1", "vkey": log.vkey(), "note": signed.note, "leaves": leaves}
    path.write_text(json.dumps(witness, ensure_ascii=False, indent=0), encoding="utf-8")
    return signed.size


def logged_models() -> list[type[Record]]:
    """Every kind of record the log speaks of, by table name."""
    models = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, Record)]
    return sorted(models, key=lambda model: model.__tablename__)


def _about(size: int) -> dict[str, Any]:
    tree = merkle.Tree()
    for leaf in log.leaves(size):
        tree.append(leaf)
    return {
        "format": "gongyue-archive/1",
        "origin": log.origin(),
        "vkey": log.vkey(),
        "size": size,
        "root": base64.b64encode(tree.root()).decode(),
        "clock": "demonstration" if clock.is_demonstration() else "real",
    }


def _entries() -> Iterator[log.LogEntry]:
    query = select(log.LogEntry).order_by(log.LogEntry.seq).execution_options(yield_per=CHUNK)
    yield from db.session.scalars(query)


def _entry(entry: log.LogEntry) -> dict[str, Any]:
    return {"envelope": entry.envelope(), "salt": entry.salt, "values": json.loads(entry.values)}


def _rows(model: type[Record]) -> Iterator[dict[str, Any]]:
    names = logged_columns(model)
    columns = [getattr(model, name).label(name) for name in names]
    last = ""
    while True:
        query = select(*columns).where(model.public_id > last).order_by(model.public_id).limit(CHUNK)
        found = db.session.execute(query).all()
        for row in found:
            yield {name: log.plain(value) for name, value in zip(names, row, strict=True)}
        if len(found) < CHUNK:
            return
        last = found[-1].public_id


def _member(archive: zipfile.ZipFile, name: str, rows: Any) -> None:
    with archive.open(name, "w", force_zip64=True) as raw, io.BufferedWriter(raw) as file:  # type: ignore[arg-type]
        for row in rows:
            file.write(canonical(row) + b"\n")
