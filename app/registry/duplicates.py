"""The same organization twice in one sheet: the same code, or the same name however it is written."""

import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Self

from opencc import OpenCC

from app.core.law import Finding
from app.core.words import N_
from app.registry.reading import ROW_RULE


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def folded(name: str) -> str:
    """A name as it is compared: one width, one case, no blanks, Simplified: 「萬科 （公益）」 → 「万科(公益)」."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    return str(_simplifier().convert(plain))


class Seen:
    """Codes and names seen so far, with the line each was first on.

    Kept in SQLite's private temporary database, which spills to disk: memory stays flat over 900,000 rows.
    """

    def __init__(self) -> None:
        self.table = sqlite3.connect("", isolation_level=None)
        self.table.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE seen (key TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID;"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.table.close()

    def again(self, values: Mapping[str, object], line: int) -> Iterator[Finding]:
        """What this row repeats of an earlier one, named by its line.

        Names are unique under one registrar: with different, verified credit codes the same name elsewhere is
        another organization.
        """
        code = values.get("uscc") or values.get("org_code")
        if code and (first := self._first(f"code {code}", line)):
            yield Finding(
                ROW_RULE, N_("与第 %(line)d 行代码相同"), {"line": first}, "uscc" if values.get("uscc") else "org_code"
            )
        place = folded(str(values.get("registrar") or "")) if values.get("uscc") else ""
        if (name := values.get("name")) and (first := self._first(f"name {folded(str(name))} {place}", line)):
            yield Finding(ROW_RULE, N_("与第 %(line)d 行名称相同（不计全角半角、繁简、空格）"), {"line": first}, "name")

    def _first(self, key: str, line: int) -> int | None:
        if self.table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, line)).rowcount:
            return None
        return int(self.table.execute("SELECT line FROM seen WHERE key = ?", (key,)).fetchone()[0])
