"""Search by Chinese bigrams: two characters anywhere in a name find it, on both databases, behind one interface.

Every two neighbouring characters of a text, and of its pinyin initials, are a gram. A search reads the records that
have all grams of what was typed, in the order of their ids (SQLite: an FTS5 table; PostgreSQL: a posting table, from
the rarest gram on), and checks each against the text itself. A code is found from its beginning. One character alone
finds what begins with it. Nothing here is logged: the index is made from the records and can be made from them again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from opencc import OpenCC
from sqlalchemy import Connection, TextClause, text

from app.core import pinyin
from app.core.db import db

KINDS = {"organization": 1, "tender": 2, "field": 3}
SPAN = 1 << 40  # ids of one kind lie in a span of their own, so that one table serves all kinds
CHUNK = 500
COMMON = 1000  # a gram with more postings than this is common enough: counting stops
CODE = re.compile(r"(?=.*\d)[0-9a-z]{8,}")  # a word of a record that is a code: found from its beginning
CODE_BEGUN = re.compile(r"(?=.*\d)[0-9a-z]{3,}")  # a word that somebody looking for a code may have typed
END = "\U0010ffff"

RAREST = text(
    "SELECT gram, (SELECT count(*) FROM (SELECT 1 FROM search_gram s WHERE s.gram = w.gram LIMIT :common) few) n"
    " FROM unnest(CAST(:grams AS text[])) w(gram) ORDER BY n LIMIT 1"
)
WITH_GRAMS = {
    "sqlite": "SELECT g.rowid AS id FROM search_gram g WHERE search_gram MATCH :{t}_grams"
    " AND g.rowid > :{t}_low AND g.rowid < :{t}_high",
    "postgresql": "SELECT g.id FROM search_gram g WHERE g.gram = :{t}_grams AND g.id > :{t}_low AND g.id < :{t}_high",
}
WITH_CODE = (
    "SELECT c.id FROM search_code c WHERE c.code >= :{t}_begin AND c.code < :{t}_end"
    " AND c.id > :{t}_low AND c.id < :{t}_high"
)
BEGINNING = (
    "SELECT x.id FROM search_text x WHERE x.text >= :{t}_begin AND x.text < :{t}_end"
    " AND x.id > :{t}_low AND x.id < :{t}_high"
)
ADD_GRAMS = "INSERT INTO search_gram (gram, id) SELECT * FROM unnest(CAST(:grams AS text[]), CAST(:ids AS bigint[]))"
Entry = tuple[str, str, str]  # the text with its initials, the codes each behind a blank, the pinyin it is sorted by


@dataclass(frozen=True)
class Looked:
    """What to look for, as SQL: where candidates come from, what each is checked by, and the values of both.

    *candidates* selects ids of the index (`id`) between the parameters `<alias>_low` and `<alias>_high`; *check* is a
    condition on `search_text` under the alias.
    """

    candidates: str
    check: str
    values: dict[str, Any]


def index(kind: str, record_id: int, words: str) -> None:
    """Let a record be found by *words* (its name and codes, parted by blanks), instead of by what it had before."""
    index_many(kind, [(record_id, words)])


def index_many(kind: str, records: Iterable[tuple[int, str]]) -> None:
    """The same for many records, in flat memory; each record comes once."""
    enter(db.session.connection(), kind, records)


def find(kind: str, q: str, limit: int = 50, after: int = 0) -> list[int]:
    """Ids of the records that contain every word of *q*, ascending, beyond *after*, at most *limit*."""
    connection = db.session.connection()
    looked = look(connection, kind, q)
    if looked is None:
        return []
    values = {**looked.values, "most": limit}
    values["t_low"] += after
    return [key - base_of(kind) for key in connection.scalars(_found(looked.candidates, looked.check), values)]


def base_of(kind: str) -> int:
    """What an id of this kind is in the index above its id in its own table."""
    return KINDS[kind] * SPAN


def look(connection: Connection, kind: str, q: str, alias: str = "t") -> Looked | None:
    """How *q* is looked for on this database; None when there is nothing in it to look for.

    *alias* is the name `search_text` goes by in the statement, and begins the name of every parameter.
    """
    words = folded(q).split()
    if not words:
        return None
    values: dict[str, Any] = {f"{alias}_low": base_of(kind), f"{alias}_high": base_of(kind) + SPAN}
    check = " AND ".join(_check(alias, n, word, values) for n, word in enumerate(words))
    return Looked(_candidates(connection, alias, words, values).format(t=alias), check, values)


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
    enter(connection, "organization", ((r[0], " ".join(filter(None, r[1:]))) for r in rows))


def index_fields(connection: Connection) -> None:
    """The same for their fields of work."""
    rows = connection.execute(text("SELECT id, fields FROM organization WHERE fields <> ''")).all()
    enter(connection, "field", ((key, fields.replace("、", " ")) for key, fields in rows))


def enter(connection: Connection, kind: str, records: Iterable[tuple[int, str]]) -> None:
    """Index these records on this connection, in place of what they were found by before."""
    base, rest = KINDS[kind] * SPAN, iter(records)
    while chunk := {base + key: _entry(words) for key, words in islice(rest, CHUNK)}:
        known = _known(connection, chunk)
        changed = {key: entry for key, entry in chunk.items() if known.get(key) != entry}
        _forget(connection, {key: known[key] for key in changed if key in known})
        _add(connection, {key: entry for key, entry in changed.items() if any(entry)})


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _entry(words: str) -> Entry:
    if not words:
        return "", "", ""
    plain = folded(words).split()
    codes = [word for word in plain if CODE.fullmatch(word)]
    named = [word for word in plain if not CODE.fullmatch(word)]
    read = [pinyin.syllables(word) for word in named]
    pairs = zip(named, read, strict=True)
    short = ["".join(one[0] for one in syllables) for word, syllables in pairs if not word.isascii()]
    aloud = " ".join(" ".join(syllables) for syllables in read)
    return " ".join(named + short), "".join(f" {code}" for code in codes), aloud


def _check(alias: str, n: int, word: str, values: dict[str, Any]) -> str:
    values[f"{alias}_word{n}"] = f"%{word}%"
    if not CODE_BEGUN.fullmatch(word):
        return f"{alias}.text LIKE :{alias}_word{n}"
    values[f"{alias}_code{n}"] = f"% {word}%"
    return f"({alias}.text LIKE :{alias}_word{n} OR {alias}.codes LIKE :{alias}_code{n})"


def _candidates(connection: Connection, alias: str, words: list[str], values: dict[str, Any]) -> str:
    code = next((word for word in words if CODE_BEGUN.fullmatch(word)), None)
    wanted = grams(" ".join(word for word in words if not CODE_BEGUN.fullmatch(word)))
    if not wanted and not code:
        values |= _from(alias, words[0])
        return BEGINNING
    sqlite = _is_sqlite(connection)
    asked = wanted or grams(code or "")
    values[f"{alias}_grams"] = " ".join(map(_token, asked)) if sqlite else _rarest(connection, asked)
    if wanted or not code:
        return WITH_GRAMS[connection.dialect.name]
    values |= _from(alias, code)
    return f"{WITH_GRAMS[connection.dialect.name]} UNION {WITH_CODE}"


def _from(alias: str, begun: str) -> dict[str, Any]:
    return {f"{alias}_begin": begun, f"{alias}_end": begun + END}


def _rarest(connection: Connection, wanted: list[str]) -> str:
    if len(wanted) == 1:
        return wanted[0]
    return str(connection.execute(RAREST, {"grams": wanted, "common": COMMON}).scalar_one())


@cache
def _found(candidates: str, check: str) -> TextClause:
    return text(
        f"SELECT t.id FROM ({candidates}) f CROSS JOIN search_text t WHERE t.id = f.id AND {check}"
        " ORDER BY f.id LIMIT :most"
    )


def _known(connection: Connection, keys: Iterable[int]) -> dict[int, Entry]:
    marks = ",".join(str(key) for key in keys)
    rows = connection.exec_driver_sql(f"SELECT id, text, codes, pinyin FROM search_text WHERE id IN ({marks})")
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _forget(connection: Connection, old: Mapping[int, Entry]) -> None:
    if _is_sqlite(connection):
        rows = [{"id": key, "grams": _tokens(entry[0])} for key, entry in old.items()]
        _run(connection, "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', :id, :grams)", rows)
    else:
        rows = [{"id": key, "grams": grams(entry[0])} for key, entry in old.items()]
        _run(connection, "DELETE FROM search_gram WHERE gram = ANY(:grams) AND id = :id", rows)
    _run(connection, "DELETE FROM search_code WHERE code = :code AND id = :id", _codes(old))
    _run(connection, "DELETE FROM search_text WHERE id = :id", [{"id": key} for key in old])


def _add(connection: Connection, new: Mapping[int, Entry]) -> None:
    rows = [{"id": key, "text": e[0], "codes": e[1], "pinyin": e[2]} for key, e in new.items()]
    _run(connection, "INSERT INTO search_text (id, text, codes, pinyin) VALUES (:id, :text, :codes, :pinyin)", rows)
    _run(connection, "INSERT INTO search_code (code, id) VALUES (:code, :id)", _codes(new))
    if _is_sqlite(connection):
        rows = [{"id": key, "grams": _tokens(entry[0])} for key, entry in new.items()]
        _run(connection, "INSERT INTO search_gram (rowid, grams) VALUES (:id, :grams)", rows)
    elif pairs := [(gram, key) for key, entry in new.items() for gram in grams(entry[0])]:
        of, ids = zip(*pairs, strict=True)
        _run(connection, ADD_GRAMS, [{"grams": list(of), "ids": list(ids)}])


def _codes(entries: Mapping[int, Entry]) -> list[dict[str, Any]]:
    return [{"id": key, "code": code} for key, entry in entries.items() for code in set(entry[1].split())]


def _run(connection: Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(text(statement), rows)


def _tokens(words: str) -> str:
    return " ".join(_token(gram) for gram in grams(words))


@lru_cache(65_536)
def _token(gram: str) -> str:
    """A gram in plain ASCII, so that no tokenizer's idea of a word comes in between."""
    return "x" + gram.encode("utf-32-be").hex()


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
