"""`./portal import organizations FILE`: the same preview as the page, then all or nothing."""

from collections.abc import Callable
from pathlib import Path

from app.core.db import writing
from app.core.errors import Invalid
from app.core.words import N_, fill
from app.registry import queries
from app.registry.exports import FATES
from app.registry.importing import apply_import, preview_import, rows_of
from app.registry.models import ImportBatch, ImportRow

NO_FILE = N_("读不到文件 %(file)s。")


def run(file: Path, yes: bool, say: Callable[[str], None]) -> None:
    """Preview a sheet, ask unless *yes*, and apply it. Raises Unlawful or Invalid as the actions do."""
    if not file.is_file():
        raise Invalid(NO_FILE, {"file": str(file)})
    with writing():
        batch = preview_import(file.read_bytes(), file.name)
    _tell(batch)
    counts = batch.counts
    say("，".join(f"{FATES[fate]} {counts[fate]}" for fate in FATES) + f"，代码未核实 {counts['unverified']}")
    if counts["refused"]:
        say("有不能接受的行，登记册未改动 rows were refused, the register is unchanged")
    elif not (counts["new"] or counts["changed"]):
        say("没有需要导入的内容，登记册未改动 nothing to import, the register is unchanged")
    elif yes or input("导入？ import? [y/N] ").strip().lower() in ("y", "yes"):
        with writing():
            apply_import(batch)
        say(f"新增 {batch.added}，更新 {batch.changed} · added, changed")


def _tell(batch: ImportBatch) -> None:
    for row in rows_of(batch):
        if row.notes or row.differs:
            print(f"    第 {row.line} 行 {row.name} · {FATES[row.fate]}")
            for line in _notes(row):
                print(f"        {line}")


def _notes(row: ImportRow) -> list[str]:
    said = [
        f"{column + '：' if column else ''}{fill(f.text, f.values)}" + (f"（{was} → {now}）" if was != now else "")
        for column, was, now, f in queries.findings(row)
    ]
    return said + [f"{field}：{was} → {now}" for field, (was, now) in row.differs.items()]
