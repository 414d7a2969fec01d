"""Searching the register: fragments of two to four characters of names that are there, as whole pages."""

import random
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from app.core import search
from bench.pages import TIMES, TIMES_HTTP, bare, both_ways
from bench.serving import Server
from bench.timing import Row, Sample, timed
from bench.world import World

# what the page has to ask at least: the first 51 that have the fragment, with what the list shows of them
LEAST = (
    "SELECT o.public_id, b.name, b.credit_code, o.kind, o.state, o.registrar, o.grade FROM organization o"
    " JOIN body b ON b.id = o.body_id WHERE o.id IN (SELECT g.rowid - :base FROM search_gram g"
    " CROSS JOIN search_text t ON t.id = g.rowid WHERE search_gram MATCH :grams AND g.rowid > :base"
    " AND t.text LIKE :word ORDER BY g.rowid LIMIT 51) ORDER BY o.id"
)
COMMON = "服务"  # the commonest two characters: every fifth name has them


def measure(world: World, server: Server) -> Iterator[Row]:
    """Each length by itself, and the commonest fragment there is."""
    for length in (2, 3, 4):
        yield from _searched(world, server, f"search, {length} characters", _fragments(world.names, length))
    yield from _searched(world, server, f"search, 「{COMMON}」", [COMMON] * TIMES_HTTP)


def _searched(world: World, server: Server, what: str, words: Sequence[str]) -> Iterator[Row]:
    least = _bare(world, words[:TIMES])
    yield Row(f"{what}: bare query", least, remark="51 rows, FTS5 and two joins, plain sqlite3")
    urls = [f"/organizations?q={quote(word)}" for word in words]
    yield from both_ways(world, server, what, urls[:TIMES], urls, least)


def _bare(world: World, words: Sequence[str]) -> Sample:
    with bare(world) as connection:
        asked = [_values(word) for word in words]
        sample = timed([lambda v=values: found(connection.execute(LEAST, v).fetchall()) for values in asked])  # type: ignore[misc]
    return sample


def found(rows: Sequence[object]) -> None:
    """Every fragment is of a name that is there. Raises LookupError."""
    if not rows:
        raise LookupError("a name that was imported is not found")


def _values(word: str) -> dict[str, object]:
    grams = " ".join(search._token(gram) for gram in search.grams(word))
    return {"base": search.KINDS["organization"] * search.SPAN, "grams": grams, "word": f"%{word}%"}


def _fragments(names: Sequence[str], length: int) -> list[str]:
    """Fragments from anywhere in names drawn by chance; the same ones every run."""
    chance = random.Random(length)
    drawn = [chance.choice(names) for _ in range(TIMES_HTTP)]
    starts = [chance.randrange(len(name) - length + 1) for name in drawn]
    return [name[start : start + length] for name, start in zip(drawn, starts, strict=True)]
