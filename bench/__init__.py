"""`./portal bench`: how fast the portal is, beside the least that could do the same, measured in the same run."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import bid, finding, importing, machine, pages, registry, serving, world
from bench.timing import Row, table

RESULTS = Path(__file__).parent / "results.md"
MEASURES: dict[str, Callable[[world.World, serving.Server], Iterator[Row]]] = {
    "search": registry.measure,
    "project": pages.measure,
    "bid": bid.measure,
}


class NoSuchMeasure(KeyError):
    """A measure was asked for that there is not."""


def main(what: list[str]) -> None:
    """Measure all, or what is named; a whole run is written to bench/results.md. Raises NoSuchMeasure.

    `registry` and `import` are runs of their own, over 900,000 organizations.
    """
    if what == ["import"]:
        importing.main()
        return
    if what == ["registry"]:
        finding.main(_say)
        return
    for name in what:
        if name not in MEASURES:
            raise NoSuchMeasure(f"{name} ({', '.join([*MEASURES, 'import', 'registry'])})")
    chosen = [name for name in MEASURES if name in what or not what]
    with tempfile.TemporaryDirectory(prefix="gongyue-bench-") as folder:
        text = _run(Path(folder), chosen)
    print(text)
    if chosen == list(MEASURES):
        RESULTS.write_text(text, encoding="utf-8")


def _run(folder: Path, chosen: list[str]) -> str:
    before = machine.load()
    made = world.make(folder, _say)
    rows = [*made.rows]
    with made.app.app_context(), serving.started(made.home) as server:
        for name in chosen:
            _say(f"{name} …")
            rows += MEASURES[name](made, server)
    return f"{HEAD}\n{machine.described(before)}\n{made.described()}\n\n{table(rows)}\n{FOOT}"


def _say(line: str) -> None:
    print(f"… {line}", flush=True)


HEAD = """# 测量结果 · Results

Written by `./portal bench`; what each line means is in [README.md](README.md). One run on one machine: compare the
ratios before the milliseconds.
"""
FOOT = """
p50, p99: wall time of one request. CPU: of the process that answers (for HTTP the server's processes alone).
÷ bare: p50 over the p50 of the bare query or insert above it; ÷ empty: over the empty page by the same way.
"""
