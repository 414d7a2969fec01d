"""Importing a sheet: a preview that says what would happen to every row, confirmed once, then entered.

A small sheet is read while its sender waits, and entered in the transaction that confirms it, all or nothing. A
larger one is read and entered by the worker (`import_work`), part by part.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from sqlalchemy import select

from app.core import access, bulk, changes, files, jobs
from app.core.db import db
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding
from app.core.words import N_
from app.registry.cells import Note
from app.registry.columns import profile_of
from app.registry.comparing import Compared, compare
from app.registry.entering import enter
from app.registry.known import Register
from app.registry.models import ImportBatch, ImportRow
from app.registry.sheets import Sheet, is_workbook, read_sheet
from app.registry.siting import Sites

SAMPLE = 200
COUNTS = ("rows", "accepted", "normalised", "refused", "unverified", "new", "unchanged", "changed")
MOST_BYTES = 400 * 1024 * 1024  # 900,000 rows of the national platform are about 200 MB
SMALL_BYTES = 1024 * 1024
SMALL_ROWS = 2_000  # what is entered within a second
HEAD = 64 * 1024
READ, ENTER = "import.read", "import.enter"  # the kinds of work
REFUSED_ROWS = N_("表格里有 %(count)s 行不能接受，全部改正后才能导入。")
MOVED_ON = N_("预览之后登记册已有变化，结果会与预览不同。没有导入任何内容，请重新上传这张表再看一次预览。")


def hand_in(stream: BinaryIO, name: str) -> ImportBatch:
    """Keep a sheet and preview it: a small one now, a larger one by the worker.

    Raises Unlawful (SheetRefused) for what is no readable sheet, Invalid for what is too large.
    """
    access.demand("import.preview")
    head = stream.read(SMALL_BYTES + 1)
    if len(head) <= SMALL_BYTES and head.count(b"\n") <= SMALL_ROWS:
        return preview_import(head, name)
    if not is_workbook(head[:8], name):
        sheet = read_sheet(head[: head[:HEAD].rfind(b"\n") + 1] or head, name)
        profile_of(sheet.headers, sheet.header_line)
    kept = files.keep_stream(stream, name, ("csv", "xlsx"), most=MOST_BYTES)
    batch = _new(kept, name)
    jobs.ask(READ, batch.public_id)
    return batch


def preview_import(content: bytes, name: str) -> ImportBatch:
    """Keep a sheet and say of every row what confirming would do. Changes no register.

    Raises Unlawful (SheetRefused) for what is no readable sheet.
    """
    access.demand("import.preview")
    sheet = read_sheet(content, name)  # what is no sheet is refused in the sheet reader's words, before it is kept
    batch = _new(files.keep(content, name, ("csv", "xlsx")), name)
    told = Told()
    for chunk in compare(sheet, Register.standing()):
        bulk.keep_beside(ImportRow, told.rows(batch.id, chunk))
    return told.end(batch, sheet)


def confirm(batch: ImportBatch) -> ImportBatch:
    """Have entered what the preview showed: a small sheet now, a larger one by the worker.

    Raises Invalid while a row is refused, OutOfOrder when it was confirmed already or, for a small one, the register
    has moved on since.
    """
    if rows_in(batch) <= SMALL_ROWS:
        return apply_import(batch)
    _demand_no_refused(batch)
    changes.move(batch, "begin", confirmed_by_id=access.actor().id or None)
    jobs.ask(ENTER, batch.public_id, total=rows_in(batch))
    return batch


def apply_import(batch: ImportBatch) -> ImportBatch:
    """Enter exactly what the preview showed, all or nothing, in this transaction. Raises as `confirm` does."""
    _demand_no_refused(batch)
    sums = {"added": batch.counts["new"], "changed": batch.counts["changed"], "set_aside": 0}
    changes.move(batch, "apply", confirmed_by_id=access.actor().id or None, **sums)
    digest, rows = hashlib.sha256(), []
    for chunk in compare(read_sheet(batch.file.bytes, batch.file.name), Register.standing()):
        for one in chunk:
            digest.update(_bytes(shown(one)))
        rows += chunk
    enter(rows, batch, batch, Sites())
    if digest.hexdigest() != batch.shown_digest:
        raise OutOfOrder(MOVED_ON)
    return batch


def discard(batch: ImportBatch) -> ImportBatch:
    """Give a preview up."""
    return changes.move(batch, "discard")


def go_on(batch: ImportBatch) -> ImportBatch:
    """Have the worker go on with an import that broke off."""
    access.demand("import.preview" if batch.state == "reading" else "import.begin", batch)
    if batch.state not in ("reading", "applying"):
        raise OutOfOrder(N_("这次导入没有中断。"))
    jobs.ask(READ if batch.state == "reading" else ENTER, batch.public_id)
    return batch


class Told:
    """What a preview has said so far: counts, the rows that need a look, and the digest of all that was shown."""

    def __init__(self) -> None:
        self.counts, self.sample, self.digest = dict.fromkeys(COUNTS, 0), [], hashlib.sha256()  # type: Any, list[Any], Any

    def rows(self, batch_id: int, chunk: list[Compared]) -> list[dict[str, Any]]:
        """The rows to keep of a chunk, counted in."""
        found = [shown(one) for one in chunk]
        for one, row in zip(chunk, found, strict=True):
            self._count(one)
            self.digest.update(_bytes(row))
        need_a_look = (row for row in found if row["notes"] or row["fate"] == "changed")
        self.sample += [row for row, _ in zip(need_a_look, range(SAMPLE - len(self.sample)), strict=False)]
        return [{"batch_id": batch_id, **row} for row in found]

    def end(self, batch: ImportBatch, sheet: Sheet) -> ImportBatch:
        """The preview is made."""
        about = {"counts": self.counts, "sample": self.sample, "shown_digest": self.digest.hexdigest()}
        return changes.move(batch, "preview", remarks=[finding_kept(one) for one in sheet.warnings], **about)

    def _count(self, one: Compared) -> None:
        verdict, fate = one.row.verdict, one.fate
        self.counts["rows"] += 1
        self.counts[verdict] += 1
        self.counts["unverified"] += bool(one.row.unverified)
        if fate != "refused":
            self.counts[fate] += 1


def shown(one: Compared) -> dict[str, Any]:
    """One compared row as the preview shows and keeps it: plain values only."""
    return {
        "line": one.row.line,
        "name": str(one.row.values.get("name") or "")[:200],
        "verdict": one.row.verdict,
        "fate": one.fate,
        "notes": [_note(n) for n in one.row.notes],
        "differs": {key: [_text(was), _text(now)] for key, (was, now) in one.differs.items()},
    }


def finding_kept(one: Finding) -> dict[str, Any]:
    """A finding about a sheet as a whole, as an import keeps it."""
    return {"rule": one.rule, "text": one.text, "values": dict(one.values)}


def rows_in(batch: ImportBatch) -> int:
    """How many rows its sheet has."""
    counts = batch.counts
    return counts.get("rows", counts.get("accepted", 0) + counts.get("normalised", 0) + counts.get("refused", 0))


def rows_of(batch: ImportBatch) -> Iterator[ImportRow]:
    """Every row of a preview, in order, in flat memory."""
    query = select(ImportRow).where(ImportRow.batch_id == batch.id).order_by(ImportRow.line)
    yield from db.session.scalars(query.execution_options(yield_per=1000))


def _new(kept: files.StoredFile, name: str) -> ImportBatch:
    about = {"file": kept, "file_id": kept.id, "name": name[-255:], "by_id": access.actor().id or None}
    return changes.add(ImportBatch(**about, counts=dict.fromkeys(COUNTS, 0), sample=[]), "import.preview")


def _demand_no_refused(batch: ImportBatch) -> None:
    if batch.counts["refused"] and batch.state == "previewed":
        raise Invalid(REFUSED_ROWS, {"count": batch.counts["refused"]}, "file")


def _note(n: Note) -> dict[str, Any]:
    values = {key: value if isinstance(value, int) else _text(value)[:200] for key, value in n.values.items()}
    said = {"column": n.column, "field": n.field, "was": _text(n.was)[:200], "now": _text(n.now)[:200]}
    return {**said, "reason": n.reason, "values": values, "rule": n.rule, "bars": n.bars}


def _bytes(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True).encode()


def _text(value: object) -> str:
    return "" if value is None else str(value)
