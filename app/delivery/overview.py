"""What the page of a contract's deliveries shows: figures, drawings, progress, cost and equity, all computed (S23)."""

from dataclasses import dataclass
from fractions import Fraction

from app.agreements.models import Agreement
from app.delivery import queries
from app.delivery.sums import Column, columns, each, gini
from app.plans.models import Measure
from app.rules.figures import half_up


@dataclass(frozen=True)
class Drawing:
    """One measure by month and community."""

    measure: Measure
    columns: list[Column]


@dataclass(frozen=True)
class Cost:
    """What one unit of a measure costs, in fen."""

    measure: Measure
    units: int
    each_fen: int | None


@dataclass(frozen=True)
class Overview:
    """One contract's deliveries. `spent_fen` is what was reported spent, or the contract's share of the time."""

    measures: list[Measure]
    months: dict[str, dict[str, int]]
    places: dict[str, dict[str, int]]
    running: set[str]
    drawings: list[Drawing]
    progress: list[queries.Progress]
    spent_fen: int
    reported_spending: bool
    costs: list[Cost]
    households: dict[str, int]
    gini_centi: dict[str, int]
    total: dict[str, int]


def overview(agreement: Agreement) -> Overview:
    """Everything the page shows of one contract, from its single figures."""
    kept = queries.standing(agreement)
    figures = [one.figure for one in kept.values()]
    measures = queries.measures_of(agreement)
    months, places = queries.by_month(figures), queries.by_community(figures)
    total = {m.key: sum(row.get(m.key, 0) for row in months.values()) for m in measures}
    spent, reported = _spent(agreement, measures, total, len(months))
    households = queries.households(agreement.buyer.place, places)
    return Overview(
        measures=measures, months=months, places=places, running={k[0] for k, one in kept.items() if one.to_date},
        drawings=[_drawing(m, kept, list(months), list(places)) for m in measures if total[m.key]],
        progress=queries.progress(agreement), spent_fen=spent, reported_spending=reported,
        costs=[Cost(m, total[m.key], each(spent, total[m.key])) for m in measures if not m.money],
        households=households, gini_centi={m.key: _inequality(m.key, places, households) for m in measures},
        total=total,
    )  # fmt: skip


def _spent(agreement: Agreement, measures: list[Measure], total: dict[str, int], months: int) -> tuple[int, bool]:
    """What was spent: as reported, or where the sheet asks for no spending the contract's share of the months."""
    money = [m for m in measures if m.money]
    if money:
        return sum(total[m.key] for m in money), True
    return half_up(Fraction(agreement.amount_fen * months, len(queries.months_of(agreement.project)))), False


def _drawing(measure: Measure, kept: dict[queries.Key, queries.Kept], months: list[str], places: list[str]) -> Drawing:
    amounts = {(k[0], k[1]): one.figure.amount for k, one in kept.items() if k[2] == measure.key}
    return Drawing(measure, columns(months, places, amounts))


def _inequality(key: str, places: dict[str, dict[str, int]], households: dict[str, int]) -> int:
    """The Gini coefficient over the communities in hundredths, for each household where all are known."""
    known = all(name in households for name in places)
    return half_up(
        100 * gini([Fraction(row.get(key, 0), households[name] if known else 1) for name, row in places.items()])
    )
