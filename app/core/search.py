"""Search by Chinese bigrams: two characters anywhere in a name find it, on both databases, behind one interface.

Every two neighbouring characters of a text are a gram. A search reads the records that have all grams of what was
typed, in the order of their ids (SQLite: an FTS5 table; PostgreSQL: a posting table, from the rarest gram on), and
checks each against the text itself. One character alone finds what begins with it. Nothing here is logged: the index
is made from the records and can be made from them again.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Any

from opencc import OpenCC
from sqlalchemy import Connection, text

from app.core.db import db

KINDS = {"organization": 1, "tender": 2}
SPAN = 1 << 40  # ids of one kind lie in a span of their own, so that one table serves all kinds
CHUNK = 500
COMMON = 1000  # a gram with more postings than this is common enough: counting stops

MATCH_SQLITE = (
    "SELECT g.rowid FROM search_gram g CROSS JOIN search_text t ON t.id = g.rowid"
    " WHERE search_gram MATCH :grams AND g.rowid > :low AND g.rowid < :high{words} ORDER BY g.rowid LIMIT :most"
)
MATCH_POSTGRESQL = (
    "SELECT g.id FROM search_gram g JOIN search_text t ON t.id = g.id"
    " WHERE g.gram = :rarest AND g.id > :low AND g.id < :high{words} ORDER BY g.id LIMIT :most"
)
RAREST = (
    "SELECT gram, (SELECT count(*) FROM (SELECT 1 FROM search_gram s WHERE s.gram = w.gram LIMIT :common) few) n"
    " FROM unnest(CAST(:grams AS text[])) w(gram) ORDER BY n LIMIT 1"
)
PREFIX = (
    "SELECT t.id FROM search_text t WHERE t.text >= :begin AND t.text < :end"
    " AND t.id > :low AND t.id < :high{words} ORDER BY t.id LIMIT :most"
)


def index(kind: str, record_id: int, words: str) -> None:
    """Let a record be found by *words* (its name and codes, parted by blanks), instead of by what it had before."""
    index_many(kind, [(record_id, words)])


def index_many(kind: str, records: Iterable[tuple[int, str]]) -> None:
    """The same for many records, in flat memory; each record comes once."""
    _enter(db.session.connection(), kind, records)


def find(kind: str, q: str, limit: int = 50, after: int = 0) -> list[int]:
    """Ids of the records that contain every word of *q*, ascending, beyond *after*, at most *limit*."""
    words = folded(q).split()
    if not words:
        return []
    base = KINDS[kind] * SPAN
    span = {"low": base + after, "high": base + SPAN, "most": limit}
    return [key - base for key in _keys(db.session.connection(), words, span)]


def folded(words: str) -> str:
    """As texts are compared: one width, lower case, Simplified, letters and digits only; blanks part words."""
    plain = _simplifier().convert(unicodedata.normalize("NFKC", words).casefold())
    return " ".join("".join(c for c in word if c.isalnum()) for word in plain.split()).strip()


def grams(folded_words: str) -> list[str]:
    """Every two neighbouring characters, each once, in order: 「家庭 服务」 → 家庭, 服务."""
    found = (word[i : i + 2] for word in folded_words.split() for i in range(len(word) - 1))
    return list(dict.fromkeys(found))


def index_bodies(connection: Connection) -> None:
    """Make the index of the organizations from their tables (for the migration that makes the search tables)."""
    query = "SELECT o.id, b.name, b.credit_code, o.org_code FROM organization o JOIN body b ON b.id = o.body_id"
    rows = connection.execute(text(query)).all()
    _enter(connection, "organization", ((r[0], " ".join(filter(None, r[1:]))) for r in rows))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _enter(connection: Connection, kind: str, records: Iterable[tuple[int, str]]) -> None:
    base, rest = KINDS[kind] * SPAN, iter(records)
    while chunk := {base + key: folded(words) for key, words in islice(rest, CHUNK)}:
        known = _texts(connection, chunk)
        changed = {key: words for key, words in chunk.items() if known.get(key) != words}
        _forget(connection, {key: known[key] for key in changed if key in known})
        _add(connection, changed)


def _texts(connection: Connection, keys: Iterable[int]) -> dict[int, str]:
    marks = ",".join(str(key) for key in keys)
    rows = connection.execute(text(f"SELECT id, text FROM search_text WHERE id IN ({marks})"))
    return {row[0]: row[1] for row in rows}


def _forget(connection: Connection, old: Mapping[int, str]) -> None:
    if not old:
        return
    if _is_sqlite(connection):
        rows = [{"id": key, "grams": _tokens(words)} for key, words in old.items()]
        _run(connection, "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :id, :grams)", rows)
    else:
        _run(connection, "DELETE FROM search_gram WHERE id = :id", [{"id": key} for key in old])
    _run(connection, "DELETE FROM search_text WHERE id = :id", [{"id": key} for key in old])


def _add(connection: Connection, new: Mapping[int, str]) -> None:
    _run(connection, "INSERT INTO search_text VALUES (:id, :text)", [{"id": k, "text": w} for k, w in new.items()])
    if _is_sqlite(connection):
        rows = [{"id": key, "grams": _tokens(words)} for key, words in new.items()]
        _run(connection, "INSERT INTO search_gram (rowid, grams) VALUES (:id, :grams)", rows)
    else:
        rows = [{"gram": gram, "id": key} for key, words in new.items() for gram in grams(words)]
        _run(connection, "INSERT INTO search_gram (gram, id) VALUES (:gram, :id)", rows)


def _run(connection: Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(text(statement), rows)


def _keys(connection: Connection, words: list[str], span: dict[str, int]) -> list[int]:
    wanted = grams(" ".join(words))
    checks = "".join(f" AND t.text LIKE :word{n}" for n in range(len(words)))
    values: dict[str, Any] = span | {f"word{n}": f"%{word}%" for n, word in enumerate(words)}
    if not wanted:
        query, values = PREFIX, values | {"begin": words[0], "end": words[0] + "\U0010ffff"}
    elif _is_sqlite(connection):
        query, values = MATCH_SQLITE, values | {"grams": " ".join(_token(gram) for gram in wanted)}
    else:
        rarest = connection.execute(text(RAREST), {"grams": wanted, "common": COMMON}).scalar_one()
        query, values = MATCH_POSTGRESQL, values | {"rarest": rarest}
    return list(connection.scalars(text(query.format(words=checks)), values))


def _tokens(words: str) -> str:
    return " ".join(_token(gram) for gram in grams(words))


def _token(gram: str) -> str:
    """A gram in plain ASCII, so that no tokenizer's idea of a word comes in between."""
    return "x" + gram.encode("utf-32-be").hex()


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
