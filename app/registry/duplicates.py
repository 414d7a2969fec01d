"""The same organization twice in one sheet: the same code, or the same name however it is written."""

import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from secrets import token_bytes
from typing import Self

from opencc import OpenCC

from app.core.law import Finding
from app.core.words import N_
from app.registry.reading import ROW_RULE

TWICE = N_("与第 %(line)d 行代码相同")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def folded(name: str) -> str:
    """A name as it is compared: one width, one case, no blanks, Simplified: 「萬科 （公益）」 → 「万科(公益)」."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    return str(_simplifier().convert(plain))


@lru_cache(4096)
def _folded_place(registrar: str) -> str:
    return folded(registrar)


class Seen:
    """Codes and names seen so far, with the line each was first on.

    Kept in SQLite's private temporary database, which spills to disk: memory stays flat over 900,000 rows. A key is
    kept as 64 bits of a hash with a secret of its own: that two of two million fall together by chance happens once
    in nine million sheets, and nobody can make it happen.
    """

    def __init__(self) -> None:
        self.secret = token_bytes(16)
        self.table = sqlite3.connect("", isolation_level=None)
        self.table.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -48000;"
            "CREATE TABLE seen (key INTEGER PRIMARY KEY, line INTEGER NOT NULL); BEGIN;"
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
        code, org_code = values.get("uscc"), values.get("org_code")
        if (code or org_code) and (first := self._first(f"code {str(org_code or '')[:8] or code}", line)):
            yield Finding(ROW_RULE, TWICE, {"line": first}, "uscc" if code else "org_code")
        place = _folded_place(str(values.get("registrar") or "")) if code else ""
        if (name := values.get("name")) and (first := self._first(f"name {folded(str(name))} {place}", line)):
            yield Finding(ROW_RULE, N_("与第 %(line)d 行名称相同（不计全角半角、繁简、空格）"), {"line": first}, "name")

    def _first(self, said: str, line: int) -> int | None:
        key = int.from_bytes(blake2b(said.encode(), digest_size=8, key=self.secret).digest(), signed=True)
        if self.table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, line)).rowcount:
            return None
        return int(self.table.execute("SELECT line FROM seen WHERE key = ?", (key,)).fetchone()[0])
