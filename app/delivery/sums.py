"""The sums behind the pages of deliveries: inequality, cost for each unit, columns to draw. Exact (S23)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.drawing import FULL, share, width
from app.rules.figures import half_up

HEIGHT = 120  # of a drawing of columns, in pixels


@dataclass(frozen=True)
class Column:
    """One month of a drawing: where it stands, and its pieces, one on the other, from the bottom."""

    label: str
    total: int
    x: str
    width: str
    pieces: list[tuple[int, int, int]]  # which community, y and height in pixels


def gini(values: Sequence[int | Fraction]) -> Fraction:
    """The Gini coefficient: 0 where all have the same, towards 1 where one has all. 0 for nothing at all."""
    whole = sum(values)
    if not whole:
        return Fraction(0)
    ranked = enumerate(sorted(values), 1)
    return Fraction(2 * sum(place * value for place, value in ranked), len(values) * whole) - Fraction(
        len(values) + 1, len(values)
    )


def each(fen: int, units: int) -> int | None:
    """What one unit costs, in fen, rounded half up; None where nothing was delivered."""
    return half_up(Fraction(fen, units)) if units else None


def columns(months: Sequence[str], places: Sequence[str], amounts: Mapping[tuple[str, str], int]) -> list[Column]:
    """A column for each month, parted by community; the tallest month fills the frame."""
    totals = [sum(amounts.get((month, place), 0) for place in places) for month in months]
    step, most = FULL // max(len(months), 1), max(totals, default=0)
    return [
        Column(month, total, width(number * step), width(step * 4 // 5), _pieces(month, places, amounts, most))
        for number, (month, total) in enumerate(zip(months, totals, strict=True))
    ]


def _pieces(
    month: str, places: Sequence[str], amounts: Mapping[tuple[str, str], int], most: int
) -> list[tuple[int, int, int]]:
    pieces, run = [], 0
    for number, place in enumerate(places):
        low, run = HEIGHT * share(run, most) // FULL, run + amounts.get((month, place), 0)
        high = HEIGHT * share(run, most) // FULL
        pieces.append((number, HEIGHT - high, high - low))
    return pieces
