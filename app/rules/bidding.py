"""Handing in a bid: in time, for a lot that is open, by someone eligible, at a price that is allowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import MOST_FEN, capitals, yuan
from app.core.words import N_
from app.rules.figures import SHANGHAI
from app.rules.methods import TENDERS

CONDITIONS = {
    "civil_liability": N_("具有独立承担民事责任的能力"),
    "credit": N_("具有良好的商业信誉和健全的财务会计制度"),
    "capacity": N_("具有履行合同所必需的设备和专业技术能力"),
    "tax_and_social_security": N_("有依法缴纳税收和社会保障资金的良好记录"),
    "no_major_violation": N_("参加采购活动前三年内没有重大违法记录（书面声明）"),
    "others": N_("法律、行政法规规定的其他条件"),
}
# Beginnings of credit codes that are no enterprise (B-111, C-13): organs, institutions, mass organizations;
# 社会团体, 民非, 基金会, village and residents' committees, other; rural collectives.
NOT_ENTERPRISES = ("11", "12", "13", "51", "52", "53", "54", "55", "59", "N")


@dataclass(frozen=True)
class Bidder:
    """What is known of a bidder on the day of the check; facts about standing come from the registry.

    `conditions`: keys of CONDITIONS that are declared or proved. `ban_ends`: last days of time-limited bans.
    """

    name: str
    code: str = ""
    conditions: frozenset[str] = frozenset(CONDITIONS)
    ban_ends: tuple[date, ...] = ()
    serious_list: bool = False
    abnormal_list: bool = False
    did_consulting: bool = False
    head: str = ""
    holders: frozenset[str] = frozenset()  # names or codes of those who directly hold or manage it


@rule("B-45")
def before_the_deadline(now: datetime, closes_at: datetime) -> Findings:
    """A bid must be in before the deadline: at its second the opening may begin. Both moments aware."""
    if now >= closes_at:
        text = N_("已过投标截止时间%(closes)s，逾期送达的投标文件不予接收。")
        yield Finding("B-45", text, {"closes": f"{closes_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"}, "bid")


@rule("B-45")
def sealed(is_sealed: bool) -> Findings:
    """An unsealed bid is refused."""
    if not is_sealed:
        yield Finding("B-45", N_("投标文件未按要求密封（加密），不予接收。"), {}, "bid")


@rule("G-11")
def lot_open(number: int, lots: Iterable[int]) -> Findings:
    """The lot exists in this purchase."""
    if number not in set(lots):
        yield Finding("G-11", N_("本项目没有第%(lot)s包。"), {"lot": number}, "lot")


@rule("G-10")
def one_live_bid(live_bids: int) -> Findings:
    """One live bid for each bidder and lot: replace or withdraw the first before handing in another."""
    if live_bids:
        text = N_("本包已有一份有效投标，请先替换或者撤回。")
        yield Finding("G-10", text, {}, "bid")


@rule("B-20", "B-21", "C-28", "A-23")
def eligible(bidder: Bidder, today: date) -> Findings:
    """The six conditions; expired bans do not count (T-13); serious list bars, abnormal warns (T-19)."""
    for key, number in zip(CONDITIONS, range(1, 7), strict=True):
        if key not in bidder.conditions:
            text = N_("“%(name)s”不具备采购法第二十二条规定的第%(number)s项条件。")
            yield Finding("B-20", text, {"name": bidder.name, "number": number}, key)
    for end in bidder.ban_ends:
        if end >= today:
            text = N_("“%(name)s”被禁止参加政府采购活动，期限至%(end)s。")
            yield Finding("B-21", text, {"name": bidder.name, "end": end.isoformat()}, "bidder")
    if bidder.serious_list:
        text = N_("“%(name)s”在严重违法失信名单中，不得向其购买服务。")
        yield Finding("C-28", text, {"name": bidder.name}, "bidder")
    if bidder.abnormal_list:
        text = N_("“%(name)s”在活动异常名录中。国家规定未因此禁止其参加，请核对当地规定。")
        yield Finding("C-28", text, {"name": bidder.name}, "bidder", bars=False)


def may_be_sme(code: str) -> bool:
    """Whether a unified credit code can be an enterprise's: social organizations and institutions cannot."""
    return not code.startswith(NOT_ENTERPRISES)


@rule("B-111")
def reserved_for_enterprises(reserved: bool, bidder: Bidder, declared_sme: bool = False) -> Findings:
    """A reserved lot takes small and medium enterprises only, by their declaration (中小企业声明函)."""
    if reserved and not may_be_sme(bidder.code):
        text = N_("本包面向中小企业预留，“%(name)s”不是企业，不能参加。")
        yield Finding("B-111", text, {"name": bidder.name}, "bidder")
    elif reserved and not declared_sme:
        text = N_("本包面向中小企业预留，请提交中小企业声明函。")
        yield Finding("B-111", text, {}, "sme_declaration")


@rule("B-28")
def no_gate(asked: Sequence[str]) -> Findings:
    """Nobody need be registered, approved or listed before seeing the documents or bidding (T-02)."""
    for condition in asked:
        text = N_("不得以“%(condition)s”作为获取文件或者投标的前提。")
        yield Finding("B-28", text, {"condition": condition}, "conditions")


@rule("B-24")
def not_related(bidders: Sequence[Bidder]) -> Findings:
    """No two bidders for one lot share a head or hold or manage one another; all concerned are invalid."""
    for one, other in combinations(bidders, 2):
        if one.head and one.head == other.head:
            text = N_("“%(one)s”与“%(other)s”的单位负责人为同一人，不得参加同一合同项下的采购，投标均无效。")
            yield Finding("B-24", text, {"one": one.name, "other": other.name}, "bidder")
        elif _holds(one, other) or _holds(other, one):
            text = N_("“%(one)s”与“%(other)s”存在直接控股、管理关系，不得参加同一合同项下的采购，投标均无效。")
            yield Finding("B-24", text, {"one": one.name, "other": other.name}, "bidder")


def _holds(one: Bidder, other: Bidder) -> bool:
    return bool({one.name, one.code} - {""} & other.holders)


@rule("B-25")
def not_the_consultant(bidder: Bidder, method: str) -> Findings:
    """Whoever designed, specified, managed or tested the project may not bid, save single source."""
    if bidder.did_consulting and method != "single_source":
        text = N_("“%(name)s”为本项目提供过整体设计、规范编制或者项目管理、监理、检测等服务，不得再参加。")
        yield Finding("B-25", text, {"name": bidder.name}, "bidder")


@rule("B-34")
def price_allowed(price_fen: int, ceiling_fen: int) -> Findings:
    """The price is above zero and not above the lot's ceiling (its budget if none). Fen."""
    if price_fen <= 0:
        yield Finding("B-34", N_("报价须大于零。"), {}, "price")
    elif price_fen > ceiling_fen:
        text = N_("报价%(price)s元超过最高限价%(ceiling)s元，投标无效。")
        yield Finding("B-34", text, {"price": yuan(price_fen), "ceiling": yuan(ceiling_fen)}, "price")


@rule("F-05", "B-54")
def words_agree(price_fen: int, words: str) -> Findings:
    """The price in words (大写) says the same as the figures: where they differ, words win at the opening.

    A price that has no words (zero, negative) is for `price_allowed` to refuse.
    """
    if 0 < price_fen <= MOST_FEN and _same_words(words) != _same_words(capitals(price_fen)):
        text = N_("大写金额与小写金额不一致，应为“%(words)s”。开标后以大写金额为准。")
        yield Finding("F-05", text, {"words": capitals(price_fen)}, "price_words")


def _same_words(words: str) -> str:
    plain = "".join(words.split()).removeprefix("人民币").translate(str.maketrans("圆正", "元整"))
    return plain.removesuffix("整")


def minimum_bidders(method: str, norms: Norms, service_purchase: bool = True) -> int:
    """How few may remain: 3; 2 in a consultation for a service purchase (B-73, T-07); 1 for single source."""
    if method == "single_source":
        return 1
    if method == "consultation":
        return norms.whole("min_final_offers_service" if service_purchase else "min_final_offers")
    return norms.whole("min_bidders" if method in TENDERS else "negotiate_min_offers")


@rule("B-45", "B-56", "B-73", "B-78")
def enough_bidders(method: str, count: int, norms: Norms, service_purchase: bool = True) -> Findings:
    """Too few: a tender is not opened or fails (废标), a consultation is terminated."""
    least = minimum_bidders(method, norms, service_purchase)
    if count < least:
        text = N_("有效供应商%(count)s家，不足%(least)s家，采购活动终止。")
        row = {"consultation": "B-73", "negotiation": "B-78"}.get(method, "B-56")
        yield Finding(row, text, {"count": count, "least": least}, "lot")


@rule("B-45")
def deadline_has_passed(now: datetime, closes_at: datetime) -> Findings:
    """No opening starts, and no share is asked for, before the deadline. Both moments aware."""
    if now < closes_at:
        text = N_("投标截止时间%(closes)s未到，不得开标，也不得提交密钥份额。")
        yield Finding("B-45", text, {"closes": f"{closes_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"}, "shares")
