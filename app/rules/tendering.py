"""A notice that may go out: scoring, deadline, documents, medium, clarifications, keyholders (B3, B4, G)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.core.workdays import Calendar, Due
from app.rules.figures import percent, points, shanghai_day
from app.rules.methods import TENDERS

MEDIUM_SUFFIX = ".gov.cn"


@dataclass(frozen=True)
class Keyholder:
    """Who keeps one share of the opening key (密钥保管人), for which body, under which public key."""

    name: str
    body: str
    public_key: str


@dataclass(frozen=True)
class Clarification:
    """A clarification or change of the documents (澄清、修改) and what it touches."""

    sent_on: date
    affects_bids: bool = True
    changes_subject: bool = False
    changes_qualification: bool = False


@rule("G-09", "B-49")
def scores_sum(points_centi: Mapping[str, int], norms: Norms) -> Findings:
    """The parts of the scoring (price, technical, business …) make 100. Hundredths of a point."""
    total, wanted = sum(points_centi.values()), norms.whole("score_total")
    if min(points_centi.values(), default=0) < 0 or total != wanted * 100:
        text = N_("评分因素的分值须为正数且合计%(wanted)s分，现为%(total)s分。")
        yield Finding("G-09", text, {"wanted": wanted, "total": points(total)}, "scoring")


@rule("B-50", "B-72")
def price_weight_allowed(
    method: str,
    price_centi: int,
    total_centi: int,
    norms: Norms,
    subject: str = "services",
    fixed_price: bool = False,
) -> Findings:
    """The price's share of all points: services ≥10% in a tender, 10–30% in a consultation (T-08).

    A price the state or the buyer has fixed is no factor: then its points are 0. Tenders know no cap.
    """
    if fixed_price:
        if price_centi:
            yield Finding(
                _weight_row(method),
                N_("执行统一或者固定价格的项目，价格不列为评分因素。"),
                {},
                "price_points",
            )
    elif method in TENDERS or method == "consultation":
        yield from _within_weights(method, price_centi, total_centi, norms, subject)


def _within_weights(method: str, price: int, total: int, norms: Norms, subject: str) -> Findings:
    kind = f"{'tender' if method in TENDERS else 'consult'}_{subject}"
    least, most = norms[f"price_weight_min.{kind}"], f"price_weight_max.{kind}"
    if price < least * total:
        text = N_("价格分值占总分值的比重不得低于%(least)s。")
        yield Finding(_weight_row(method), text, {"least": percent(least)}, "price_points")
    if most in norms and price > norms[most] * total:
        text = N_("价格分值占总分值的比重不得高于%(most)s。")
        yield Finding(_weight_row(method), text, {"most": percent(norms[most])}, "price_points")


def _weight_row(method: str) -> str:
    return "B-72" if method == "consultation" else "B-50"


def earliest_deadline(method: str, published_at: datetime, calendar: Calendar, norms: Norms) -> Due:
    """The first lawful closing day: 20 d for tenders, 10 d for consultation, 3 wd for negotiation.

    Minimum periods do not roll. Other methods have no such period: the day of publication.
    """
    day = shanghai_day(published_at)
    if method in TENDERS:
        return calendar.add_days(day, norms.whole("tender_min_days"))
    if method == "consultation":
        return calendar.add_days(day, norms.whole("consult_min_days"))
    return calendar.add_workdays(day, norms.whole("negotiate_min_wd") if method == "negotiation" else 0)


@rule("B-42", "B-70", "B-78")
def deadline_far_enough(
    method: str, published_at: datetime, closes_at: datetime, calendar: Calendar, norms: Norms
) -> Findings:
    """From the issue of the documents on the designated medium to the deadline the minimum passes (T-05)."""
    earliest = earliest_deadline(method, published_at, calendar, norms).day
    if shanghai_day(closes_at) < earliest or closes_at <= published_at:
        text = N_("截止时间过早：自采购文件发出之日起算，最早为%(earliest)s。")
        yield Finding(_deadline_row(method), text, {"earliest": earliest.isoformat()}, "closes_at")


def _deadline_row(method: str) -> str:
    return {"consultation": "B-70", "negotiation": "B-78"}.get(method, "B-42")


@rule("B-41", "B-70")
def documents_long_enough(
    method: str, published_at: datetime, available_until: date, calendar: Calendar, norms: Norms
) -> Findings:
    """The documents can be had for at least five working days from the start of issue."""
    row, key = ("B-70", "consult_sale_wd") if method == "consultation" else ("B-41", "doc_available_wd")
    earliest = calendar.add_workdays(shanghai_day(published_at), norms.whole(key)).day
    if available_until < earliest:
        text = N_("采购文件的提供期限不得少于%(days)s个工作日，最早到%(earliest)s。")
        values = {"days": norms.whole(key), "earliest": earliest.isoformat()}
        yield Finding(row, text, values, "available_until")


@rule("B-19", "B-40")
def medium_recorded(url: str | None, published_at: datetime | None) -> Findings:
    """Address and moment on the designated medium are on file; this portal is no statutory medium (T-03)."""
    parts = urlsplit((url or "").strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        text = N_("请填写公告在中国政府采购网或者其省级分网上的网址，期限从该处首次发布起算。")
        yield Finding("B-19", text, {}, "medium_url")
    elif not f".{parts.hostname}".endswith(MEDIUM_SUFFIX):
        text = N_("网址不在政府网站域名下，请确认它是省级以上指定媒体。")
        yield Finding("B-19", text, {}, "medium_url", bars=False)
    if published_at is None:
        yield Finding("B-40", N_("请填写公告在指定媒体上首次发布的时间。"), {}, "published_at")


@rule("B-43", "B-70")
def clarification_in_time(
    method: str, change: Clarification, closes_at: datetime, calendar: Calendar, norms: Norms
) -> Findings:
    """What may affect the bids is said 15 d (consultation 5 d) before the deadline, or the deadline moves."""
    row, key = ("B-70", "consult_clarify_days") if method == "consultation" else ("B-43", "tender_clarify_days")
    if change.changes_subject or change.changes_qualification:
        text = N_("澄清或者修改不得改变采购标的和资格条件；确需改变的，应当重新采购。")
        yield Finding(row, text, {}, "clarification")
    earliest = calendar.add_days(change.sent_on, norms.whole(key)).day
    if change.affects_bids and shanghai_day(closes_at) < earliest:
        text = N_("距截止时间不足%(days)s日，须顺延截止时间，最早为%(earliest)s。")
        values = {"days": norms.whole(key), "earliest": earliest.isoformat()}
        yield Finding(row, text, values, "closes_at")


@rule("B-44")
def bid_bond_small(bond_fen: int, budget_fen: int, norms: Norms) -> Findings:
    """The bid bond is at most 2% of the BUDGET."""
    if bond_fen > budget_fen * norms["bid_bond_max"]:
        text = N_("投标保证金不得超过采购项目预算金额的%(most)s。")
        yield Finding("B-44", text, {"most": percent(norms["bid_bond_max"])}, "bid_bond")


@rule("G-01", "G-02", "G-03")
def keyholders_set(threshold: int, holders: Sequence[Keyholder], norms: Norms) -> Findings:
    """Shares lie with different bodies; some may be absent, none opens alone; every key is named."""
    if len(holders) < norms.whole("keyholders_min"):
        text = N_("密钥保管人不少于%(least)s人。")
        yield Finding("G-01", text, {"least": norms.whole("keyholders_min")}, "keyholders")
    if _repeats([one.body for one in holders]):
        yield Finding("G-01", N_("每名密钥保管人须来自不同的单位。"), {}, "keyholders")
    if not norms.whole("keyholders_threshold_min") <= threshold < len(holders):
        text = N_("开启人数须不少于%(least)s人，并少于保管人总数，使个别人缺席时仍能开启。")
        yield Finding("G-02", text, {"least": norms.whole("keyholders_threshold_min")}, "threshold")
    keys = [one.public_key.strip() for one in holders]
    if not all(keys) or _repeats(keys):
        text = N_("每名密钥保管人须在公告前登记各自的公钥，公钥不得相同。")
        yield Finding("G-03", text, {}, "keyholders")


def _repeats(values: Sequence[str]) -> bool:
    return len({value.strip() for value in values}) < len(values)
