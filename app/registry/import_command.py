"""`./portal import organizations FILE`: the same preview as the page, then all or nothing."""

from collections.abc import Callable
from pathlib import Path

from app.core.db import writing
from app.registry import actions


def run(file: Path, yes: bool, say: Callable[[str], None]) -> None:
    """Preview a sheet, ask unless *yes*, and apply it. Raises Unlawful or Invalid as the actions do."""
    with writing():
        batch = actions.preview_import(file.read_bytes(), file.name)
    for row in batch.sample:
        for note in row["notes"]:  # type: ignore[attr-defined]
            values = dict(note["values"])
            reason = note["reason"] % values if values else note["reason"]
            print(f"    第 {row['line']} 行 {row['name']} · {note['column']}: {reason}")
    say("，".join(f"{name} {count}" for name, count in batch.counts.items()))
    if batch.counts["refused"] or not (batch.counts["new"] or batch.counts["changed"]):
        say("没有可以导入的内容，登记未改动 nothing to import, the register is unchanged")
        return
    if yes or input("导入？ import? [y/N] ").strip().lower() == "y":
        with writing():
            actions.apply_import(batch)
        say(f"新增 {batch.added}，更新 {batch.changed} · added, changed")
