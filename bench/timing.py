"""Samples of wall time and CPU, and the table they make."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Sample:
    """Wall times in seconds, and the CPU seconds of all of them together."""

    walls: list[float] = field(default_factory=list)
    cpu: float = 0.0

    def quantile(self, share: float) -> float:
        """The wall time that this share of the requests kept within, in milliseconds."""
        ordered = sorted(self.walls)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        return self.quantile(0.50)

    @property
    def cpu_each(self) -> float:
        """CPU of one request, in milliseconds."""
        return 1000 * self.cpu / len(self.walls)


@dataclass(frozen=True)
class Row:
    """One line of the results; *bare* and *empty* are what it is compared with."""

    what: str
    sample: Sample
    bare: Sample | None = None
    empty: Sample | None = None
    remark: str = ""

    def cells(self) -> list[str]:
        """As the table shows it."""
        s = self.sample
        times = [f"{s.quantile(q):.2f}" for q in (0.50, 0.99)]
        ratios = [f"{s.p50 / of.p50:.1f}" if of else "" for of in (self.bare, self.empty)]
        return [self.what, str(len(s.walls)), *times, f"{s.cpu_each:.2f}" if s.cpu else "", *ratios, self.remark]


def timed(calls: Iterable[Callable[[], object]], prepare: Callable[[], object] | None = None) -> Sample:
    """Make each call once; *prepare* runs before each and is not counted."""
    sample = Sample()
    for call in calls:
        if prepare:
            prepare()
        wall, cpu = time.perf_counter(), time.process_time()
        call()
        sample.cpu += time.process_time() - cpu
        sample.walls.append(time.perf_counter() - wall)
    return sample


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    head = ["", "n", "p50 ms", "p99 ms", "CPU ms", "÷ bare", "÷ empty", ""]
    lines = [head, ["---", *["---:"] * (len(head) - 2), "---"], *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
