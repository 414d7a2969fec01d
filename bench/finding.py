"""`./portal bench registry`: finding in a register of 900,000, on both databases, beside the least that could do it.

Pages are measured cold: none is kept between two requests, and no fragment is asked for twice. What is kept is the
frame around the page, which every page of a signed-out reader shares.
"""

import os
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text

from app.core import search
from app.core.db import db
from app.core.paging import Cursor
from app.registry import listing
from app.registry.asking import Asked
from bench import machine, register, serving
from bench.pages import through_wsgi
from bench.register import Register
from bench.serving import EMPTY
from bench.timing import Row, Sample, table, timed

RESULTS = Path(__file__).parent / "registry-results.md"
TIMES, AT_EIGHT, FRAGMENTS, DEEP = 400, 3000, 1000, 890_000
JOINED = (
    "SELECT o.public_id, b.name, b.credit_code, o.kind, o.state, o.registrar, o.grade FROM ({found}) d"
    " CROSS JOIN search_text t CROSS JOIN organization o CROSS JOIN body b"
    " WHERE t.id = d.id AND o.id = d.id - :base AND b.id = o.body_id AND t.text LIKE :word ORDER BY d.id LIMIT 51"
)
Ask = Callable[[Callable[[str], None]], AbstractContextManager[Register]]
DATABASES: dict[str, Ask] = {"SQLite": register.on_sqlite, "PostgreSQL": register.on_postgresql}


def main(say: Callable[[str], None]) -> None:
    """Measure on both databases, print, and write bench/registry-results.md."""
    before, parts = machine.load(), []
    only = os.environ.get("BENCH_REGISTER_ON")
    for name, opened in DATABASES.items():
        if only in (None, name):
            with opened(say) as made:
                parts.append(_measured(name, made, say))
    text_ = f"{HEAD}\n{machine.described(before)}; load after it: {machine.load()}\n\n{''.join(parts)}{FOOT}"
    print(text_)
    if only is None:
        RESULTS.write_text(text_, encoding="utf-8")


def _measured(name: str, made: Register, say: Callable[[str], None]) -> str:
    with made.app.app_context():
        names = list(db.session.scalars(text("SELECT name FROM body ORDER BY id")))
        size = f"{len(names):,} organizations, {made.size():,.0f} MB"
        rows = []
        for measure in (_searched, _deep, _exported, _exact):
            say(f"{name}: {measure.__name__.strip('_')} …")
            rows += list(measure(made, names))
        db.session.remove()
        db.engine.dispose()
        say(f"{name}: served …")
        rows += list(_served(made, names))
    return f"## {name}: {size} (load {machine.load()})\n\n{table(rows)}\n\n"


def fragments(names: Sequence[str], length: int, count: int, seed: int = 0) -> list[str]:
    """Fragments from anywhere in names drawn by chance, each once; the same ones every run."""
    chance, drawn = random.Random(100 * seed + length), dict[str, None]()
    while len(drawn) < count:
        name = chance.choice(names)
        start = chance.randrange(len(name) - length + 1)
        drawn[name[start : start + length]] = None
    return list(drawn)


def _url(word: str) -> str:
    return f"/organizations?q={quote(word)}"


def _searched(made: Register, names: Sequence[str]) -> Iterator[Row]:
    empty = through_wsgi(made.app, [EMPTY] * 100)
    yield Row("empty page (drawn whole)", empty)
    for length in (2, 3, 4):
        words = fragments(names, length, TIMES)
        least = _bare(words)
        yield Row(f"{length} characters: bare query", least, remark="51 rows, plain driver")
        sample = through_wsgi(made.app, [_url(word) for word in words], warm=[_url("火星")])
        yield Row(f"{length} characters: whole page", sample, least, empty)


def _bare(words: Sequence[str]) -> Sample:
    """The same candidates and rows by the driver alone, on a connection of its own."""
    connection = db.engine.connect()
    cursor = connection.connection.cursor()
    sqlite = connection.dialect.name == "sqlite"
    calls = []
    for word in words:
        looked = search.look(connection, "organization", word)
        assert looked
        sql = JOINED.format(found=looked.candidates)
        values = {**looked.values, "base": search.base_of("organization"), "word": f"%{search.folded(word)}%"}
        if not sqlite:
            for name in sorted(values, key=len, reverse=True):
                sql = sql.replace(f":{name}", f"%({name})s")
        calls.append(lambda s=sql, v=values: cursor.execute(s, v).fetchall())  # type: ignore[misc]
    sample = timed(calls)
    connection.close()
    return sample


def _deep(made: Register, names: Sequence[str]) -> Iterator[Row]:
    """The first page and the one at depth 890,000, by entry and by name, without a count (the first page counts)."""
    for sort in ("entry", "name"):
        shallow = listing.page_of(Asked(sort=sort)).after
        deep = _cursor_at(sort, min(DEEP, len(names) - 100))
        base = f"/organizations?sort={sort}&cursor="
        urls = [base + str(shallow)] * TIMES
        first = through_wsgi(made.app, urls)
        yield Row(f"second page, by {sort}", first)
        there = through_wsgi(made.app, [base + deep] * TIMES)
        yield Row(f"page at depth {DEEP:,}, by {sort}", there, remark=f"{there.p50 / first.p50:.2f} × the second page")


def _cursor_at(sort: str, depth: int) -> str:
    """The cursor of the page that begins after *depth* rows."""
    order = "o.id" if sort == "entry" else "t.pinyin, t.id"
    key = "NULL" if sort == "entry" else "t.pinyin"
    query = (
        f"SELECT {key}, o.id FROM search_text t JOIN organization o ON o.id = t.id - {search.base_of('organization')}"
        f" ORDER BY {order} LIMIT 1 OFFSET {depth - 1}"
    )
    found, record = db.session.execute(text(query)).one()
    return str(Cursor(sort, found, record))


def _exported(made: Register, names: Sequence[str]) -> Iterator[Row]:
    for ending in ("csv", "all.json", "xlsx"):
        url = f"/organizations{'/' if ending == 'all.json' else '.'}{ending}"
        peak, wall, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), time.process_time()
        sent = _read(made, url)
        sample = Sample([time.perf_counter() - wall], time.process_time() - cpu)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024
        rate = len(names) / sample.walls[0]
        yield Row(
            f"whole register, {ending}",
            sample,
            remark=f"{rate:,.0f} rows/s, {sent / 2**20:,.0f} MB, peak +{grown:,.0f} MB",
        )


def _read(made: Register, url: str) -> int:
    answer = made.app.test_client().get(url, buffered=False)
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    sent = sum(len(part) for part in answer.response)
    answer.close()
    return sent


def _exact(made: Register, names: Sequence[str]) -> Iterator[Row]:
    """A thousand fragments, all that the index finds against all that a plain look at every name finds."""
    words = [word for length in (2, 3, 4) for word in fragments(names, length, FRAGMENTS // 3 + 1, seed=1)][:FRAGMENTS]
    plain, wrong, found = "\n".join(search.folded(name) for name in names), 0, 0
    sample = Sample()
    for word in words:
        wall, cpu = time.perf_counter(), time.process_time()
        got = search.find("organization", word, len(names))
        sample.walls.append(time.perf_counter() - wall)
        sample.cpu += time.process_time() - cpu
        wanted = _scanned(plain, search.folded(word))
        wrong += got != wanted
        found += len(got)
    yield Row(
        f"{len(words):,} fragments, every match",
        sample,
        remark=f"{found:,} matches, {wrong} fragments differ from a scan",
    )


def _scanned(plain: str, word: str) -> list[int]:
    """The numbers of the lines that have *word*, from 1 (ids follow the order of the names)."""
    found, at, line, counted = [], plain.find(word), 1, 0
    while at >= 0:
        line += plain.count("\n", counted, at)
        counted = at
        found.append(line)
        end = plain.find("\n", at)
        at = plain.find(word, end) if end >= 0 else -1
    return found


def _served(made: Register, names: Sequence[str]) -> Iterator[Row]:
    words = [w for length in (2, 3, 4) for w in fragments(names, length, AT_EIGHT // 3, seed=2)]
    random.Random(3).shuffle(words)
    with serving.started(made.home, made.url) as server:
        server.ask([_url("火星")] * 16)
        empty, rate = server.ask([EMPTY] * 400)
        yield Row("empty page, HTTP, 8 clients", empty, remark=f"{rate:,.0f} pages/s")
        sample, rate = server.ask([_url(word) for word in words])
        yield Row(
            "search pages, HTTP, 8 clients", sample, None, empty, f"{rate:,.0f} pages/s, the load on the same cores"
        )
        sample, rate = server.ask([_url(word) for word in words[:TIMES]], readers=1)
        yield Row("search pages, HTTP, 1 client", sample, remark=f"{rate:,.0f} pages/s")


HEAD = """# 登记册 · The register

Written by `./portal bench registry` (see [README.md](README.md)). Whole signed-out HTML pages, 50 rows each, of
fragments of names drawn by chance, each asked for once.
"""
FOOT = """p50, p99: wall time of one request. CPU: of the portal's processes alone (not the database server's).
÷ bare: p50 over the p50 of the bare query above it; ÷ empty: over the empty page by the same way. A load above 2 on
two cores means that others worked here at the same time: read CPU and the ratios.
"""
