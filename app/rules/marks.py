"""What the law computes in a review: price points, marks, ranking and the low-price review, all exact.

Nothing is rounded before the end; the end is half up to hundredths of a point (F-04).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.rules.figures import half_up, percent

LOW_PRICE_REASONS = {
    "mean": N_("低于全部通过符合性审查供应商报价平均值的规定比例"),
    "second": N_("低于次低报价的规定比例"),
    "ceiling": N_("低于最高限价（未设的为预算）的规定比例"),
    "experts": N_("评审小组认为报价明显低于合理水平"),
}


@dataclass(frozen=True)
class LowPriceShares:
    """The three shares below which a review must start (B-55); the buyer may raise them up to the cap."""

    mean: Fraction
    second: Fraction
    ceiling: Fraction

    @classmethod
    def of(cls, norms: Norms) -> "LowPriceShares":
        """The statutory shares."""
        return cls(*(Fraction(norms[f"low_price_{key}"]) for key in ("mean", "second", "ceiling")))


@dataclass(frozen=True)
class Trigger:
    """Why one price must be justified: a key of LOW_PRICE_REASONS and the limit it fell under, in fen."""

    reason: str
    limit_fen: Fraction


@dataclass(frozen=True)
class Mark:
    """The mark of one bid: exact parts, and the total in hundredths rounded half up at the end."""

    bid: str
    members: Fraction
    price: Fraction

    @property
    def exact(self) -> Fraction:
        """Members' mean plus price points, unrounded."""
        return self.members + self.price

    @property
    def total_centi(self) -> int:
        """The announced mark in hundredths of a point."""
        return half_up(self.exact * 100)


@dataclass(frozen=True)
class Standing:
    """What ranks one bid: mark and technical mark in hundredths, final price in fen."""

    bid: str
    mark_centi: int
    price_fen: int
    technical_centi: int = 0


@dataclass(frozen=True)
class Ranked:
    """The place of one bid; `tied` when the rules do not part it from another and a draw must (B-53)."""

    bid: str
    place: int
    tied: bool = False


def price_points(prices_fen: Mapping[str, int], weight: int | Fraction) -> dict[str, Fraction]:
    """Price points of each bid that passes: lowest price / its price × weight, exact (B-51, B-72).

    *weight* is the points the documents give to price. The lowest price of those that pass is the benchmark;
    none is dropped, no mean is taken (T-09). ValueError for a price that is not above zero.
    """
    if any(price <= 0 for price in prices_fen.values()):
        raise ValueError("a price that is not above zero cannot be scored")
    lowest = min(prices_fen.values(), default=0)
    return {bid: Fraction(lowest, price) * weight for bid, price in prices_fen.items()}


def mark(bid: str, members_centi: Sequence[int], price: Fraction) -> Mark:
    """The mark of *bid*: the mean of the members' technical + business marks (hundredths) plus price points.

    Every member counts: the highest and lowest are never cut (B-52). ValueError where nobody has scored.
    """
    if not members_centi:
        raise ValueError("no member has scored this bid")
    return Mark(bid, Fraction(sum(members_centi), len(members_centi) * 100), price)


def rank(bids: Iterable[Standing], method: str, drawn: Sequence[str] = ()) -> list[Ranked]:
    """Rank bids. Tender: mark ↓, price ↑, then tied (B-53). Consultation: mark ↓, price ↑, technical ↓ (B-74).

    Negotiation and quotation: lowest price (B-78). What stays equal is tied and shares its place, until
    *drawn* (the bids in the order of a random draw) parts it.
    """
    order = sorted(bids, key=lambda one: (_key(one, method), _drawn(one, drawn)))
    keys = [(_key(one, method), _drawn(one, drawn)) for one in order]
    return [Ranked(one.bid, keys.index(key) + 1, keys.count(key) > 1) for one, key in zip(order, keys, strict=True)]


def _key(one: Standing, method: str) -> tuple[int, ...]:
    if method in {"negotiation", "quotation"}:
        return (one.price_fen,)
    merit = (-one.technical_centi,) if method == "consultation" else ()
    return (-one.mark_centi, one.price_fen, *merit)


def _drawn(one: Standing, drawn: Sequence[str]) -> int:
    return drawn.index(one.bid) if one.bid in drawn else len(drawn)


def low_price_review(
    prices_fen: Mapping[str, int], ceiling_fen: int, shares: LowPriceShares, doubted: Iterable[str] = ()
) -> dict[str, list[Trigger]]:
    """Which bids must justify their price, and why (B-55, T-27). Fen.

    *prices_fen*: those that passed conformity (符合性审查); *ceiling_fen*: the lot's ceiling, its budget if none;
    *doubted*: bids the committee itself finds too low. A bid that gives no proof is invalid.
    """
    limits = _limits(sorted(prices_fen.values()), ceiling_fen, shares)
    experts = set(doubted)
    found = {
        bid: [Trigger(reason, limit) for reason, limit in limits.items() if price < limit]
        + ([Trigger("experts", Fraction(price))] if bid in experts else [])
        for bid, price in prices_fen.items()
    }
    return {bid: triggers for bid, triggers in found.items() if triggers}


def _limits(prices: Sequence[int], ceiling: int, shares: LowPriceShares) -> dict[str, Fraction]:
    limits = {"ceiling": shares.ceiling * ceiling}
    if prices:
        limits["mean"] = shares.mean * Fraction(sum(prices), len(prices))
    if len(prices) > 1:
        limits["second"] = shares.second * prices[1]
    return {reason: limits[reason] for reason in LOW_PRICE_REASONS if reason in limits}


@rule("B-55")
def low_price_shares_allowed(shares: LowPriceShares, norms: Norms) -> Findings:
    """The buyer may raise the three shares up to the cap, never lower them."""
    least, cap = LowPriceShares.of(norms), Fraction(norms["low_price_raise_cap"])
    for key in ("mean", "second", "ceiling"):
        low, given = getattr(least, key), getattr(shares, key)
        if not low <= given <= cap:
            text = N_("异常低价审查的比例须在%(low)s至%(cap)s之间。")
            yield Finding("B-55", text, {"low": percent(low), "cap": percent(cap)}, f"low_price_{key}")


@rule("B-55")
def low_price_justified(bid: str, triggered: bool, minutes_given: int, proven: bool | None, norms: Norms) -> Findings:
    """A review that started has an end: half an hour to justify, then a verdict; without proof, invalid."""
    if not triggered:
        return
    if proven is None:
        text = N_("“%(bid)s”的异常低价审查尚未作出结论。")
        yield Finding("B-55", text, {"bid": bid}, "low_price")
    elif not proven and minutes_given < norms.whole("low_price_minutes"):
        text = N_("应当给“%(bid)s”一般不少于%(minutes)s分钟的说明时间。")
        yield Finding("B-55", text, {"bid": bid, "minutes": norms.whole("low_price_minutes")}, "low_price")
