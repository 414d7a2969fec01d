"""The sums behind the drawings: where a bar starts, how wide it is, and the share it stands for. Whole numbers only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FULL = 10_000  # hundredths of a percent


@dataclass(frozen=True)
class Bar:
    """One piece of a drawing: start and width in percent of the whole, as SVG writes them, and its amount."""

    label: str
    amount: int
    x: str
    width: str
    share: str


def share(part: int, whole: int) -> int:
    """*part* of *whole* in hundredths of a percent, halves up; nothing of nothing is nothing."""
    return (part * FULL * 2 + whole) // (whole * 2) if whole > 0 else 0


def percent(hundredths: int) -> str:
    """Hundredths of a percent as people read them, one decimal: 3725 → 37.3%."""
    tenths = (hundredths + 5) // 10
    return f"{tenths // 10}.{tenths % 10}%"


def width(hundredths: int) -> str:
    """The same as an SVG length, never past the frame: 3725 → 37.25%."""
    inside = min(max(hundredths, 0), FULL)
    return f"{inside // 100}.{inside % 100:02d}%"


def bar(label: str, amount: int, whole: int) -> Bar:
    """A bar from the left edge."""
    part = share(amount, whole)
    return Bar(label, amount, "0%", width(part), percent(part))


def stacked(parts: Iterable[tuple[str, int]]) -> list[Bar]:
    """Parts of their sum, one after the other; each starts exactly where the one before it ends."""
    pairs = list(parts)
    whole, run, bars = sum(amount for _, amount in pairs), 0, []
    for label, amount in pairs:
        start, end = share(run, whole), share(run + amount, whole)
        bars.append(Bar(label, amount, width(start), width(end - start), percent(share(amount, whole))))
        run += amount
    return bars


def flow(line: Any) -> Sequence[Bar]:
    """Appropriated, committed, accrued and paid fen of a budget line, each as a bar of what is appropriated."""
    names = ("appropriated", "committed", "accrued", "paid")
    whole = max(line_fen(line, name) for name in names)
    return [bar(name, line_fen(line, name), whole) for name in names]


def line_fen(line: Any, name: str) -> int:
    """The amount called *name* of a budget line, which may be a record or a mapping."""
    key = f"{name}_fen"
    return int(line[key] if isinstance(line, dict) else getattr(line, key))
