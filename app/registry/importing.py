"""Importing a sheet: a preview that says what would happen to every row, then all of it or nothing."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from app.accounts.models import Body
from app.core import access, bulk, changes, files, search
from app.core.db import db
from app.core.errors import Invalid, OutOfOrder
from app.core.words import N_
from app.registry.cells import Note
from app.registry.comparing import Compared, compare, wanted
from app.registry.findable import found_by
from app.registry.known import COLUMNS, Register
from app.registry.models import ImportBatch, ImportRow, Organization
from app.registry.sheets import read_sheet
from app.registry.siting import Sites

SAMPLE = 200
COUNTS = ("accepted", "normalised", "refused", "unverified", "new", "unchanged", "changed")
BLANK: dict[str, Any] = {
    **dict.fromkeys(COLUMNS), "org_code_verified": False, "registrar": "", "supervising_unit": "", "scope": "",
    "fields": "", "state": "registered",
}  # fmt: skip
REFUSED_ROWS = N_("表格里有 %(count)s 行不能接受，全部改正后才能导入。")
MOVED_ON = N_("预览之后登记册已有变化，结果会与预览不同。没有导入任何内容，请重新上传这张表再看一次预览。")


def preview_import(content: bytes, name: str) -> ImportBatch:
    """Keep a sheet and say of every row what confirming would do. Changes no register.

    Raises Unlawful (SheetRefused) for what is no readable sheet.
    """
    access.demand("import.preview")
    read_sheet(content, name)  # a file that is no sheet is refused in the sheet reader's words, before it is kept
    kept = files.keep(content, name, ("csv", "xlsx"))
    empty = {"file": kept, "file_id": kept.id, "name": name[-255:], "by_id": access.actor().id or None}
    batch = changes.add(ImportBatch(**empty, counts={}, sample=[]), "import.preview")
    counts, sample, digest = dict.fromkeys(COUNTS, 0), [], hashlib.sha256()  # type: Any, list[Any], Any
    for chunk in compare(content, name):
        rows = [shown(one) for one in chunk]
        for one, row in zip(chunk, rows, strict=True):
            _count(counts, one)
            digest.update(_bytes(row))
        sample += [row for row in rows if row["notes"] or row["fate"] == "changed"][: SAMPLE - len(sample)]
        bulk.keep_beside(ImportRow, [{"batch_id": batch.id, **row} for row in rows])
    return changes.amend(batch, "import.preview", counts=counts, sample=sample, shown_digest=digest.hexdigest())


def apply_import(batch: ImportBatch) -> ImportBatch:
    """Enter exactly what the preview showed, all or nothing.

    Raises Invalid while a row is refused, OutOfOrder when it was applied already or the register has moved on since.
    """
    if batch.counts["refused"] and batch.state == "previewed":
        raise Invalid(REFUSED_ROWS, {"count": batch.counts["refused"]}, "file")
    changes.move(batch, "apply", added=batch.counts["new"], changed=batch.counts["changed"])
    digest = hashlib.sha256()
    about: dict[str, Any] = {"action": "organization.import", "owner": batch, "public": True}
    with (
        bulk.adding(Body, link="batch", key=batch.public_id, **about) as bodies,
        bulk.adding(Organization, link="batch_id", key=batch.id, **about) as organizations,
    ):
        sites = Sites()
        for chunk in compare(batch.file.bytes, batch.file.name, Register()):
            for one in chunk:
                digest.update(_bytes(shown(one)))
            _enter(chunk, bodies, organizations, sites)
    if digest.hexdigest() != batch.shown_digest:
        raise OutOfOrder(MOVED_ON)
    return batch


def discard(batch: ImportBatch) -> ImportBatch:
    """Give a preview up."""
    return changes.move(batch, "discard")


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


def _note(n: Note) -> dict[str, Any]:
    values = {key: value if isinstance(value, int) else _text(value)[:200] for key, value in n.values.items()}
    said = {"column": n.column, "field": n.field, "was": _text(n.was)[:200], "now": _text(n.now)[:200]}
    return {**said, "reason": n.reason, "values": values, "rule": n.rule, "bars": n.bars}


def _count(counts: dict[str, int], one: Compared) -> None:
    counts[one.row.verdict] += 1
    counts["unverified"] += bool(one.row.unverified)
    if one.fate != "refused":
        counts[one.fate] += 1


def _bytes(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True).encode()


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _enter(chunk: list[Compared], bodies: bulk.Adding, organizations: bulk.Adding, sites: Sites) -> None:
    new = [one for one in chunk if one.fate == "new"]
    unknown = [one for one in new if one.known is None]
    ids = iter(bodies.insert([_body(one.row.values, sites) for one in unknown]))
    rows = [
        {**BLANK, **wanted(one.row.values)[1], "place": sites.of(one.row.values),
         "body_id": one.known.body_id if one.known else next(ids)}
        for one in new
    ]  # fmt: skip
    made = organizations.insert(rows)
    for one in chunk:
        if one.fate != "refused" and one.known is not None and one.differs:
            _correct(one)
    search.index_many("organization", zip(made, (_words(one.row.values) for one in new), strict=True))


def _body(values: dict[str, Any], sites: Sites) -> dict[str, Any]:
    empty = {"credit_code": None, "address": "", "head_name": None}
    given = wanted(values)[0]
    return {**empty, **given, "head_name": values.get("legal_representative"), "kind": "organization",
            "place": sites.of(values)}  # fmt: skip


def _words(values: dict[str, Any]) -> str:
    return " ".join(str(values[key]) for key in ("name", "uscc", "org_code") if values.get(key))


def _correct(one: Compared) -> None:
    """Enter what differs into what is registered, one log entry for the body and one for the organization."""
    assert one.known is not None
    new = {key: value for key, (_, value) in one.differs.items()}
    of_body = {key: new.pop(key) for key in one.known.of_body if key in new}
    state = new.pop("state", None)
    body = db.session.get_one(Body, one.known.body_id)
    if of_body:
        changes.amend(body, "body.amend", public=True, **of_body)
    if one.known.organization_id is None:
        return
    organization = db.session.get_one(Organization, one.known.organization_id)
    if new:
        changes.amend(organization, "organization.amend", public=True, **new)
    if state == "deregistered":
        changes.move(organization, "deregister")
    found_by(organization)


def rows_of(batch: ImportBatch) -> Iterator[ImportRow]:
    """Every row of a preview, in order, in flat memory."""
    query = select(ImportRow).where(ImportRow.batch_id == batch.id).order_by(ImportRow.line)
    yield from db.session.scalars(query.execution_options(yield_per=1000))
