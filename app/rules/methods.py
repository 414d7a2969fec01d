"""Procurement methods (采购方式): which there are, and when each may be used (B-01 … B-07, B-11, B-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import yuan
from app.core.words import N_
from app.rules.figures import percent

METHODS = {
    "open_tender": N_("公开招标"),
    "invited_tender": N_("邀请招标"),
    "negotiation": N_("竞争性谈判"),
    "single_source": N_("单一来源采购"),
    "quotation": N_("询价"),
    "consultation": N_("竞争性磋商"),
    "framework": N_("框架协议采购"),
    "innovation": N_("合作创新采购"),
}
TENDERS = frozenset({"open_tender", "invited_tender"})

GROUNDS = {
    "invited_tender": {
        "limited_suppliers": N_("只能从有限范围的供应商处采购"),
        "tender_cost": N_("公开招标费用占采购项目总价值的比例过大"),
    },
    "negotiation": {
        "failed_tender": N_("招标后没有供应商投标、没有合格标的或者重新招标未能成立"),
        "complex": N_("技术复杂或者性质特殊，不能确定详细规格或者具体要求"),
        "urgent": N_("非采购人拖延造成的紧急需要"),
        "price_unknown": N_("不能事先计算出价格总额"),
    },
    "single_source": {
        "unique": N_("只能从唯一供应商处采购"),
        "emergency": N_("发生不可预见的紧急情况"),
        "follow_on": N_("须向原供应商添购，且不超过原合同金额的百分之十"),
    },
    "consultation": {
        "service_purchase": N_("政府购买服务项目"),
        "complex": N_("技术复杂或者性质特殊，不能确定详细规格或者具体要求"),
        "price_unknown": N_("不能事先计算出价格总额"),
        "research": N_("市场竞争不充分的科研项目以及需要扶持的科技成果转化项目"),
        "works": N_("依法必须招标以外的工程建设项目"),
    },
}
RULE_OF = {"invited_tender": "B-02", "negotiation": "B-03", "single_source": "B-04", "consultation": "B-06"}


@dataclass(frozen=True)
class Approval:
    """The finance department's leave to use another method than open tender (B-07)."""

    document_no: str
    consented_on: date  # by the main budget unit (主管预算单位)
    approved_on: date  # by finance of a city with districts or above


@dataclass(frozen=True)
class Purchase:
    """One earlier purchase of the same buyer, for the splitting check. Amount in fen."""

    name: str
    budget_line: str
    category: str
    fiscal_year: int
    method: str
    amount_fen: int
    allowed: bool = False  # budget adjusted or method approved: not evasion


def threshold(norms: Norms, key: str, level: str) -> int:
    """The threshold *key* in fen for a buyer's level: province, city, county or central (B-08 … B-10).

    A place's own figure beats the national one, whether or not it names the level; central units follow the
    national figure wherever they sit.
    """
    keys = [one for one in (f"{key}.{level}", key) if one in norms]
    if level == "central":
        return norms.whole(keys[0])
    return norms.whole(max(keys, key=lambda one: len(norms.found[one].jurisdiction.rstrip("0"))))


def under_procurement_law(amount_fen: int, level: str, norms: Norms) -> bool:
    """Whether the amount reaches the limit of procurement law; below it internal control rules (B-11)."""
    return amount_fen >= threshold(norms, "limit_goods_services", level)


@rule("B-01", "B-05")
def method_known(method: str, subject: str = "services") -> Findings:
    """The method is one of the eight, and quotation is for goods only. *subject*: services, goods, works."""
    if method not in METHODS:
        yield Finding("B-01", N_("请从法定采购方式中选择一种。"), {}, "method")
    if method == "quotation" and subject != "goods":
        yield Finding("B-05", N_("询价只适用于规格统一、货源充足、价格稳定的货物，不能用于服务或工程。"), {}, "method")


@rule("B-02", "B-03", "B-04", "B-06")
def ground_given(method: str, ground: str | None) -> Findings:
    """Every method but open tender, framework and innovation rests on one of its statutory grounds."""
    if method in GROUNDS and ground not in GROUNDS[method]:
        yield Finding(RULE_OF[method], N_("采用该采购方式须选择一项法定情形。"), {}, "method_ground")


@rule("B-07")
def approved_above_threshold(
    method: str, budget_fen: int, level: str, approval: Approval | None, starts_on: date, norms: Norms
) -> Findings:
    """At or above the open-tender threshold another method needs consent, then approval, before the start."""
    limit = threshold(norms, "open_tender", level)
    if method == "open_tender" or budget_fen < limit:
        return
    if approval is None or not approval.document_no.strip():
        text = N_(
            "预算达到公开招标数额标准%(limit)s元，采用其他方式须先经主管预算单位同意，再报设区的市级以上财政部门批准。"
        )
        yield Finding("B-07", text, {"limit": yuan(limit)}, "approval")
    elif not approval.consented_on <= approval.approved_on < starts_on:
        text = N_("主管预算单位同意、财政部门批准须依次在采购活动开始日%(start)s之前完成。")
        yield Finding("B-07", text, {"start": starts_on.isoformat()}, "approval")


@rule("B-04")
def follow_on_small(original_fen: int, follow_on_fen: int, norms: Norms) -> Findings:
    """All follow-on purchases from the first supplier together stay within a tenth of the first contract."""
    most = int(original_fen * norms["single_source_followon_max"])
    if follow_on_fen > most:
        text = N_("向原供应商添购合计%(sum)s元，超过原合同金额的%(share)s（%(most)s元）。")
        yield Finding(
            "B-04",
            text,
            {"sum": yuan(follow_on_fen), "most": yuan(most), "share": percent(norms["single_source_followon_max"])},
            "amount",
        )


@rule("B-12")
def not_split(new: Purchase, earlier: Sequence[Purchase], level: str, norms: Norms) -> Findings:
    """Within a fiscal year, one line and category: purchases by other methods may not pass the threshold.

    The sum counts `new` and every earlier purchase of the same budget line, category and fiscal year that was
    not an open tender and was not allowed (条例 第二十八条). Amounts in fen.
    """
    if new.method == "open_tender" or new.allowed:
        return
    alike = [one for one in earlier if _same_pot(one, new) and one.method != "open_tender" and not one.allowed]
    total, limit = sum(one.amount_fen for one in [*alike, new]), threshold(norms, "open_tender", level)
    if alike and total > limit:
        text = N_(
            "同一预算项目下同类服务本财政年度第%(count)s次以其他方式采购，累计%(sum)s元，超过公开招标"
            "数额标准%(limit)s元，属于化整为零规避公开招标。"
        )
        yield Finding("B-12", text, {"count": len(alike) + 1, "sum": yuan(total), "limit": yuan(limit)}, "method")


def _same_pot(one: Purchase, other: Purchase) -> bool:
    def pot(it: Purchase) -> tuple[str, str, int]:
        return it.budget_line, it.category, it.fiscal_year

    return pot(one) == pot(other)
