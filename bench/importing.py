"""`./portal bench import`: a generated sheet read and entered by the worker, on both databases, with somebody else
writing meanwhile.

Each run has a home, a database and processes of its own: one that works (its peak memory is the figure), and one that
writes a log entry five times a second and notes how long each had to wait. `BENCH_IMPORT_ROWS=100000,900000`.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import machine

RESULTS = Path(__file__).parent / "import-results.md"
SIZES = tuple(int(size) for size in os.environ.get("BENCH_IMPORT_ROWS", "100000,900000").split(","))
PAUSE = 0.2  # seconds between two entries of the other writer
HEAD = ("database", "rows", "read s", "CPU s", "enter s", "CPU s", "rows/s in all", "peak MB", "parts",
        "longest turn s", "others waited p50 / p99 / most s")  # fmt: skip


def main() -> None:
    """Measure every size on every database; a whole run is written to bench/import-results.md."""
    from tests import conftest_postgres as postgres

    before, lines = machine.load(), []
    with tempfile.TemporaryDirectory(prefix="gongyue-bench-import-") as folder:
        sheets = [_sheet(Path(folder), size) for size in SIZES]
        server = postgres.start()
        try:
            for size, sheet in zip(SIZES, sheets, strict=True):
                for url in ("", postgres.fresh_database(server)):
                    found = _measured(Path(folder), sheet, url)
                    print(found, flush=True)
                    lines.append(_line("PostgreSQL" if url else "SQLite", size, found))
        finally:
            server.stop()
    text = _written(before, lines)
    print(text)
    if "BENCH_IMPORT_ROWS" not in os.environ or max(SIZES) >= 900_000:
        RESULTS.write_text(text, encoding="utf-8")


def _sheet(folder: Path, size: int) -> Path:
    sheet = folder / f"{size}.csv"
    print(f"… a sheet of {size:,} rows", flush=True)
    _run(folder / f"made-{size}", "", "sheet", str(sheet), str(size))
    return sheet


def _measured(folder: Path, sheet: Path, url: str) -> dict[str, float]:
    home = Path(tempfile.mkdtemp(dir=folder))
    print(f"… {sheet.stem} rows on {'PostgreSQL' if url else 'SQLite'}", flush=True)
    _run(home, url, "prepare")
    done = home / "done"
    other = _started(home, url, "write", str(done))
    found = json.loads(_run(home, url, "work", str(sheet)).splitlines()[-1])
    done.touch()
    said, _ = other.communicate()
    return {**found, **json.loads(said.splitlines()[-1])}


def _started(home: Path, url: str, *words: str) -> "subprocess.Popen[str]":
    surroundings = {**os.environ, "PORTAL_HOME": str(home), "DATABASE_URL": url}
    command = [sys.executable, "-W", "ignore::RuntimeWarning:runpy", "-m", "bench.importing", *words]
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)


def _run(home: Path, url: str, *words: str) -> str:
    child = _started(home, url, *words)
    said, _ = child.communicate()
    if child.returncode:
        raise SystemExit(f"{words[0]} ended with {child.returncode}")
    return said


def _line(database: str, size: int, f: dict[str, float]) -> str:
    waited = " / ".join(f"{f[name]:.2f}" for name in ("p50", "p99", "most"))
    cells = [database, f"{size:,}", *(f"{f[name]:,.0f}" for name in ("read", "read_cpu", "enter", "enter_cpu")),
             f"{size / (f['read'] + f['enter']):,.0f}", f"{f['peak']:,.0f}", f"{f['parts']:,.0f}",
             f"{f['turn']:.2f}", waited]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _written(before: str, lines: list[str]) -> str:
    head = [f"| {' | '.join(HEAD)} |", f"|---|{'---:|' * (len(HEAD) - 1)}"]
    return "\n".join(
        [TITLE, machine.described(before), f"- load after the run: {machine.load()}", "", *head, *lines, ""]
    )


TITLE = """# 名册导入 · Import

Written by `./portal bench import` ([importing.py](importing.py)): a CSV of the national platform's columns, every row
new, into an empty register. *Read*: checked row by row against the register, every row of the preview kept. *Enter*: in
parts, with search index and log. *Peak*: resident memory of the process that works, Python and libraries included.
*Others*: a second process that writes a log entry five times a second while the import runs, and waits for its turn.
"""


# ── what the child processes do ──────────────────────────────────────────────────────────────────


def _child(words: list[str]) -> None:
    from app import create_app

    with create_app().app_context():
        CHILDREN[words[0]](*words[1:])


def _make_sheet(path: str, size: str) -> None:
    from app.core import migrations
    from app.places.actions import import_divisions

    migrations.upgrade()
    with _keeper():
        import_divisions()
    from bench import world

    world.ORGANIZATIONS = int(size)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join((*world.HEADERS, "评估等级")) + "\n")
        for number, line in enumerate(world.lines()):
            file.write(line.replace("\t", ",") + f",{'3A' if number % 5 == 0 else ''}\n")


def _prepare() -> None:
    from app.core import migrations
    from app.places.actions import import_divisions

    migrations.upgrade()
    with _keeper():
        import_divisions()


def _write(done: str) -> None:
    from app.core import changes

    waited: list[float] = []
    while not Path(done).exists():
        begun = time.perf_counter()
        with _keeper():
            changes.note("sign-in", by="bench")
        waited.append(time.perf_counter() - begun)
        time.sleep(PAUSE)
    waited.sort()
    shares = {"p50": 0.5, "p99": 0.99, "most": 1.0}
    print(json.dumps({name: waited[min(len(waited) - 1, int(share * len(waited)))] for name, share in shares.items()}))


def _work(sheet: str) -> None:
    from sqlalchemy import func, select

    from app.core import jobs
    from app.core.access import KEEPER, acting
    from app.core.db import db, writing
    from app.registry import import_work
    from app.registry.importing import confirm, hand_in
    from app.registry.models import ImportBatch, ImportPart

    turns: list[float] = []
    real = import_work.Parts.enter
    import_work.Parts.enter = lambda parts, portion: turns.append(real(parts, portion)) or turns[-1]  # type: ignore
    with acting(KEEPER):
        with writing(), open(sheet, "rb") as file:
            hand_in(file, "sheet.csv")
        read = list(_timed())
        with writing():
            batch = db.session.scalars(select(ImportBatch)).one()
            assert batch.counts["refused"] == 0, batch.counts
            confirm(batch)
        enter = list(_timed())
        assert jobs.take() is None
    batch = db.session.scalars(select(ImportBatch)).one()
    assert (batch.state, batch.set_aside) == ("applied", 0), (batch.state, batch.set_aside)
    parts = db.session.scalar(select(func.count()).select_from(ImportPart))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    found = {"read": read[0], "read_cpu": read[1], "enter": enter[0], "enter_cpu": enter[1], "peak": peak}
    print(json.dumps({**found, "parts": parts, "turn": max(turns)}))


def _timed() -> Iterator[float]:
    from app.core import jobs

    wall, cpu = time.perf_counter(), time.process_time()
    held = jobs.take()
    assert held is not None
    assert jobs.run(held)
    yield time.perf_counter() - wall
    yield time.process_time() - cpu


@contextmanager
def _keeper() -> Iterator[None]:
    from app.core.access import KEEPER, acting
    from app.core.db import writing

    with acting(KEEPER), writing():
        yield


CHILDREN: dict[str, Callable[..., None]] = {"sheet": _make_sheet, "prepare": _prepare, "write": _write, "work": _work}

if __name__ == "__main__":
    _child(sys.argv[1:])
