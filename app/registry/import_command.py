"""`./portal import organizations FILE`: the same preview as the page, then the same confirmation.

A large sheet is read and entered by this very process. Called again after it was killed, it goes on where it stopped.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from app.core import jobs
from app.core.db import db, writing
from app.core.errors import Invalid, OutOfOrder
from app.core.files import StoredFile
from app.core.law import Unlawful
from app.core.words import N_, fill
from app.registry import queries
from app.registry.exports import FATES
from app.registry.import_work import work_on
from app.registry.importing import ENTER, READ, SMALL_ROWS, confirm, hand_in, rows_in, rows_of
from app.registry.models import ImportBatch, ImportRow
from app.registry.steps import fault_of, remarks_on

Say = Callable[[str], None]
STEP = 10_000  # rows between two lines of progress
NO_FILE = N_("读不到文件 %(file)s。")
ELSEWHERE = N_("这张表正由另一个进程办理，请在页面上看进度。")
BROKE_OFF = N_("导入中断：%(error)s。再次运行同一命令可接着办理。")


def run(file: Path, yes: bool, say: Say) -> None:
    """Preview a sheet, ask unless *yes*, and enter it. Raises Unlawful, Invalid or OutOfOrder as the actions do."""
    if not file.is_file():
        raise Invalid(NO_FILE, {"file": str(file)})
    batch = _begun(file, say) or _handed_in(file)
    if batch.state == "reading":
        _work(READ, batch, say)
    if fault := fault_of(batch):
        raise Unlawful([fault])
    if batch.state == "previewed" and not _confirmed(batch, yes, say):
        return
    if batch.state == "applying":
        _work(ENTER, batch, say)
    aside = f"，搁置 {batch.set_aside}" if batch.set_aside else ""
    say(f"新增 {batch.added}，更新 {batch.changed}{aside} · added, changed{', set aside' if aside else ''}")


def _handed_in(file: Path) -> ImportBatch:
    with writing(), file.open("rb") as stream:
        return hand_in(stream, file.name)


def _begun(file: Path, say: Say) -> ImportBatch | None:
    """An import of the same file that is under way."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    query = select(ImportBatch).join(StoredFile, StoredFile.id == ImportBatch.file_id)
    query = query.where(StoredFile.sha256 == digest, ImportBatch.state.in_(("reading", "applying")))
    batch = db.session.scalars(query.order_by(ImportBatch.id.desc()).limit(1)).first()
    if batch is not None:
        say("接着上次没有办完的导入 going on with the import that was under way")
        with writing():
            jobs.ask(READ if batch.state == "reading" else ENTER, batch.public_id)
    return batch


def _confirmed(batch: ImportBatch, yes: bool, say: Say) -> bool:
    for finding in remarks_on(batch):
        print(f"    {fill(finding.text, finding.values)}")
    _tell(batch)
    counts = batch.counts
    say("，".join(f"{FATES[fate]} {counts[fate]}" for fate in FATES) + f"，代码未核实 {counts['unverified']}")
    if counts["refused"]:
        say("有不能接受的行，登记册未改动 rows were refused, the register is unchanged")
    elif not (counts["new"] or counts["changed"]):
        say("没有需要导入的内容，登记册未改动 nothing to import, the register is unchanged")
    elif yes or input("导入？ import? [y/N] ").strip().lower() in ("y", "yes"):
        with writing():
            confirm(batch)
        return True
    return False


def _work(kind: str, batch: ImportBatch, say: Say) -> None:
    """Do the worker's part here and now. Raises OutOfOrder when another process does it, or it broke off."""
    key = batch.public_id
    held = jobs.take(kind, key)
    if held is None:
        raise OutOfOrder(ELSEWHERE)
    held.watch = _progress("读取 read" if kind == READ else "导入 import", say)
    done = jobs.run(held)
    db.session.expire_all()
    if not done:
        job = work_on(batch)
        raise OutOfOrder(BROKE_OFF, {"error": job.error if job else ""})


def _progress(what: str, say: Say) -> Callable[[int, int | None], None]:
    told = 0

    def watch(done: int, total: int | None) -> None:
        nonlocal told
        if done >= told + STEP or (done == total and done > told):
            told = done
            say(f"{what} {done:,}" + (f" / {total:,}" if total else ""))

    return watch


def _tell(batch: ImportBatch) -> None:
    small = rows_in(batch) <= SMALL_ROWS
    for row in rows_of(batch) if small else (ImportRow(**one) for one in batch.sample):
        if row.notes or row.differs:
            print(f"    第 {row.line} 行 {row.name} · {FATES[row.fate]}")
            for line in _notes(row):
                print(f"        {line}")
    if not small:
        print("    …… 全部行见页面上的预览 · every row is on the page of the preview")


def _notes(row: ImportRow) -> list[str]:
    said = [
        f"{column + '：' if column else ''}{fill(f.text, f.values)}" + (f"（{was} → {now}）" if was != now else "")
        for column, was, now, f in queries.findings(row)
    ]
    return said + [f"{field}：{was} → {now}" for field, (was, now) in row.differs.items()]
