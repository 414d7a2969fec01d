"""The committee (评审小组), recusal, and the award that follows the ranking (B-29, B-46 … B-48, B-57 … B-59, B-71)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.core.workdays import Calendar
from app.rules.methods import TENDERS, threshold

RELATIONS = {
    "employed": N_("前三年内与供应商存在劳动关系"),
    "director": N_("前三年内担任供应商的董事、监事"),
    "controller": N_("前三年内是供应商的控股股东或者实际控制人"),
    "family": N_("与供应商的法定代表人或者负责人有夫妻、直系血亲、三代以内旁系血亲或者近姻亲关系"),
    "other": N_("与供应商有其他可能影响公平、公正的关系"),
}
TIMED = frozenset({"employed", "director", "controller"})
CHANGE_REASONS = {
    "sum": N_("分值汇总计算错误"),
    "range": N_("分项评分超出评分标准范围"),
    "objective": N_("客观评审因素评分不一致"),
    "extreme": N_("经认定评分畸高、畸低"),
}


@dataclass(frozen=True)
class Member:
    """One member: `expert` from the provincial library, or the buyer's representative; `body` employs them."""

    name: str
    expert: bool
    body: str = ""


@dataclass(frozen=True)
class Relation:
    """A declared tie between a person and a supplier; `until` is None while it lasts."""

    person: str
    supplier: str
    kind: str
    until: date | None = None


def committee_size(
    method: str, budget_fen: int, norms: Norms, *, level: str = "county", complex_: bool = False, impact: bool = False
) -> int:
    """How many members at least: 5, or 7 for 1000万 or complexity or social impact, each alone (B-47, T-12).

    Consultation 3 (B-71); negotiation 3, or 5 at the open-tender standard (B-78).
    """
    if method in TENDERS:
        large = budget_fen >= norms.whole("committee_large_budget") or complex_ or impact
        return norms.whole("committee_large" if large else "committee_min")
    if method == "negotiation":
        large = budget_fen >= threshold(norms, "open_tender", level)
        return norms.whole("negotiate_committee_large" if large else "negotiate_committee_min")
    return norms.whole("consult_committee_min")


@rule("B-47", "B-71", "B-78")
def committee_composed(method: str, members: Sequence[Member], least: int, norms: Norms) -> Findings:
    """Enough members (*least*, see committee_size), an odd number, two thirds of them experts."""
    row = "B-47" if method in TENDERS else "B-78" if method == "negotiation" else "B-71"
    if len(members) < least or len(members) % 2 == 0:
        text = N_("评审小组须为%(least)s人以上单数，现为%(count)s人。")
        yield Finding(row, text, {"least": least, "count": len(members)}, "committee")
    experts = sum(one.expert for one in members)
    if experts * norms.whole("expert_share_of") < len(members) * norms.whole("expert_share_at_least"):
        text = N_("评审专家不得少于成员总数的三分之二，现为%(experts)s人。")
        yield Finding(row, text, {"experts": experts}, "committee")


@rule("B-48")
def own_staff_not_experts(members: Sequence[Member], buyer: str) -> Findings:
    """The buyer's staff may not sit as experts in a purchase of their own unit."""
    for one in members:
        if one.expert and one.body == buyer:
            text = N_("“%(name)s”是采购人的工作人员，不得以专家身份参加本单位项目的评审。")
            yield Finding("B-48", text, {"name": one.name}, "committee")


@rule("B-48")
def drawn_late_enough(drawn_on: date, reviews_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """Experts are drawn not earlier than two working days before the review."""
    most = norms.whole("expert_draw_wd")
    if drawn_on > reviews_on or calendar.workdays_between(drawn_on, reviews_on) > most:
        text = N_("抽取评审专家的时间不得早于评审活动开始前%(days)s个工作日。")
        yield Finding("B-48", text, {"days": most}, "drawn_on")


@rule("B-45")
def committee_stays_away(members: Sequence[str], present: Collection[str]) -> Findings:
    """Committee members may not attend the opening."""
    for name in members:
        if name in present:
            text = N_("“%(name)s”是评标委员会成员，不得参加开标活动。")
            yield Finding("B-45", text, {"name": name}, "present")


@rule("B-46")
def qualification_by_buyer(reviewer: str, committee: Collection[str]) -> Findings:
    """In tenders the buyer's side reviews qualification, never the committee (T-11)."""
    if reviewer in committee:
        yield Finding("B-46", N_("资格审查由采购人或者采购代理机构进行，评标委员会成员不得代行。"), {}, "reviewer")


@rule("B-29")
def recused(
    person: str, relations: Sequence[Relation], suppliers: Collection[str], today: date, norms: Norms
) -> Findings:
    """A person tied to a supplier of this purchase must stand aside; work, seats and control count for 3 years."""
    since = years_before(today, norms.whole("recusal_years"))
    for tie in relations:
        over = tie.kind in TIMED and tie.until is not None and tie.until < since
        if tie.person == person and tie.supplier in suppliers and not over:
            text = N_("“%(person)s”与供应商“%(supplier)s”存在利害关系，应当回避。")
            yield Finding("B-29", text, {"person": person, "supplier": tie.supplier}, "committee")


def years_before(day: date, years: int) -> date:
    """The same day *years* earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@rule("G-12")
def all_have_scored(members: Collection[str], scored: Collection[str]) -> Findings:
    """Scores are summed only when every member who sits has handed in theirs."""
    missing = sorted(set(members) - set(scored))
    if missing:
        yield Finding("G-12", N_("尚有成员未提交评分：%(names)s。"), {"names": "、".join(missing)}, "scores")


@rule("G-12")
def score_in_range(score_centi: int, most_centi: int, factor: str) -> Findings:
    """A member's score for a factor lies between 0 and the points the documents give it."""
    if not 0 <= score_centi <= most_centi:
        text = N_("“%(factor)s”的评分超出评分标准的范围。")
        yield Finding("G-12", text, {"factor": factor}, "scores")


@rule("B-57")
def change_has_reason(reason: str) -> Findings:
    """Once summed, a result changes for four reasons only (keys of CHANGE_REASONS)."""
    if reason not in CHANGE_REASONS:
        text = N_(
            "评审结果汇总后，除分值汇总计算错误、分项评分超出范围、客观因素评分不一致、评分畸高畸低外，不得修改。"
        )
        yield Finding("B-57", text, {}, "reason")


@rule("B-58")
def award_in_order(chosen: str, ranked: Sequence[str], declined: Collection[str] = ()) -> Findings:
    """The buyer takes the first of the ranking who has not declined (B-60: next candidate)."""
    left = [bidder for bidder in ranked if bidder not in declined]
    if not left or chosen != left[0]:
        yield Finding("B-58", N_("采购人应当按照评审报告推荐的顺序确定中标（成交）供应商。"), {}, "winner")


@rule("B-58", "B-75")
def decided_in_time(reported_on: date, decided_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """The buyer decides within five working days of receiving the report."""
    due = calendar.add_workdays(reported_on, norms.whole("decide_wd"))
    if not reported_on <= decided_on <= due.day:
        text = N_("采购人应当自收到评审报告之日起%(days)s个工作日内确定，最迟%(due)s。")
        values = {"days": norms.whole("decide_wd"), "due": due.day.isoformat()}
        yield Finding("B-58", text, values, "decided_on")


def deemed_chosen(method: str, reported_on: date, today: date, calendar: Calendar, norms: Norms) -> bool:
    """Consultation: the buyer stayed silent past the fifth working day, so the first is chosen (B-75, T-16)."""
    due = calendar.add_workdays(reported_on, norms.whole("silent_buyer_wd")).day
    return method == "consultation" and today > due


def sees_score(reader_body: str, bidder: str) -> bool:
    """An unsuccessful bidder is told its own score and rank only (B-59, T-17)."""
    return reader_body == bidder
