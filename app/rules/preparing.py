"""Before the notice goes out: intent, plan, need, review, SME policy, indicators (prefixes B, A, T)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import yuan
from app.core.words import N_
from app.core.workdays import Calendar
from app.rules.figures import percent, points

SME_EXEMPTIONS = {
    "policy_social_organizations": N_("按照政策须从事业单位、社会组织等非企业主体采购"),
    "only_non_sme": N_("只能由中小企业以外的供应商提供"),
    "competition_would_fail": N_("预留将影响充分竞争，可能导致无法实现采购目的"),
    "framework": N_("框架协议采购项目"),
    "province": N_("省级以上政府部门规定的其他情形"),
}
# The parts of a scheme as they are typed in, and their codes.
PARTS = {
    "决策": "decision",
    "过程": "process",
    "产出": "output",
    "效益": "benefit",
    "满意度": "satisfaction",
    "否决": "veto",
    "预算执行": "budget",
}


@dataclass(frozen=True)
class Survey:
    """A need survey (需求调查): the day it ended and how many subjects were asked."""

    ended_on: date
    subjects: int


@dataclass(frozen=True)
class SmeChoice:
    """What the buyer recorded before publication: reserved for small firms, or why not (B-112)."""

    reserved: bool
    exemption: str | None
    recorded_on: date | None


@dataclass(frozen=True)
class Indicator:
    """One line of the scheme: its part, kind, target set or not, and its weight in hundredths."""

    name: str
    part: str  # decision, process, output, benefit, satisfaction, veto
    weight_centi: int
    has_target: bool


@rule("A-14")
def assessed_before(assessed_on: date | None, publishes_on: date) -> Findings:
    """An ex-ante performance assessment (事前绩效评估) is on file before publication."""
    if assessed_on is None or assessed_on >= publishes_on:
        text = N_("发布前须完成事前绩效评估并记录日期。")
        yield Finding("A-14", text, {}, "ex_ante_assessment")


@rule("B-13")
def intent_long_enough(
    intent_on: date | None, starts_on: date, calendar: Calendar, norms: Norms, urgent: bool = False
) -> Findings:
    """Procurement intent was public 30 days before the activity starts; exempt if urgent."""
    if urgent:
        return
    if intent_on is None:
        yield Finding("B-13", N_("尚未公开采购意向。"), {}, "intention")
        return
    earliest = calendar.add_days(intent_on, norms.whole("intent_days")).day
    if starts_on < earliest:
        text = N_("采购意向公开后须满%(days)s日才能开始采购活动，最早为%(earliest)s。")
        values = {"days": norms.whole("intent_days"), "earliest": earliest.isoformat()}
        yield Finding("B-13", text, values, "published")


@rule("B-14")
def plan_filed(plan_no: str | None) -> Findings:
    """The procurement plan (采购实施计划) has a number: it was filed with finance."""
    if not (plan_no or "").strip():
        yield Finding("B-14", N_("请填写财政部门备案的采购实施计划编号。"), {}, "plan_no")


@rule("A-24")
def procurement_code_given(code: str | None) -> Findings:
    """Warn where the 政府采购品目 code is missing: plan, experts and statistics need it."""
    if not (code or "").strip():
        text = N_(
            "尚缺政府采购品目分类目录编码（C 类）。采购实施计划备案、抽取评审专家和统计都要用到，"
            "请从品目目录中选择后补填。"
        )
        yield Finding("A-24", text, {}, "procurement_code", bars=False)


@rule("B-15")
def ceiling_not_floor(ceiling_fen: int, budget_fen: int, floor_fen: int | None = None) -> Findings:
    """A ceiling price is at most the budget; a floor price may not be set. Fen."""
    if floor_fen is not None:
        yield Finding("B-15", N_("不得设定最低限价。"), {}, "floor")
    if ceiling_fen > budget_fen:
        text = N_("最高限价%(ceiling)s元超过预算%(budget)s元。")
        yield Finding("B-15", text, {"ceiling": yuan(ceiling_fen), "budget": yuan(budget_fen)}, "ceiling")


@rule("B-16")
def public_asked(kind: str, comment_on: date | None, publishes_on: date) -> Findings:
    """Services to the public (kind A): the public commented on the need before it was fixed."""
    if kind == "A" and (comment_on is None or comment_on >= publishes_on):
        text = N_("为社会公众提供的公共服务，确定采购需求前须征求社会公众意见并留存记录。")
        yield Finding("B-16", text, {}, "public_comment")


@rule("B-17")
def need_surveyed(
    kind: str,
    budget_fen: int,
    survey: Survey | None,
    publishes_on: date,
    norms: Norms,
    complex_: bool = False,
) -> Findings:
    """A need survey for kind A, complex or large purchases: three subjects, not older than a year."""
    if kind != "A" and not complex_ and budget_fen < norms.whole("need_survey_budget"):
        return
    if survey is None or survey.ended_on >= publishes_on:
        yield Finding("B-17", N_("本项目发布前须开展需求调查。"), {}, "need_survey")
        return
    if survey.subjects < norms.whole("need_survey_subjects"):
        text = N_("需求调查的对象不少于%(least)s个，现有%(has)s个。")
        values = {"least": norms.whole("need_survey_subjects"), "has": survey.subjects}
        yield Finding("B-17", text, values, "need_survey")
    if survey.ended_on < publishes_on - timedelta(days=norms.whole("need_survey_age_days")):
        text = N_("需求调查距今已超过%(days)s日，须重新开展。")
        yield Finding("B-17", text, {"days": norms.whole("need_survey_age_days")}, "need_survey")


@rule("B-18")
def reviewer_is_another(drafter_ids: Sequence[object], reviewer_id: object) -> Findings:
    """Whoever drafted the need or the plan may not review it."""
    if reviewer_id in drafter_ids:
        yield Finding("B-18", N_("编制采购需求、采购实施计划的人员不得参与其审查。"), {}, "reviewer")


@rule("B-18")
def acceptance_planned(acceptance_plan: str | None) -> Findings:
    """How the service will be accepted is fixed before the start and goes into the contract."""
    if not (acceptance_plan or "").strip():
        yield Finding("B-18", N_("验收方案须在采购活动开始前确定，并写入合同。"), {}, "acceptance_plan")


@rule("B-110", "B-111", "B-112")
def sme_choice_made(
    choice: SmeChoice | None, budget_fen: int, publishes_on: date, norms: Norms, social_expected: bool = False
) -> Findings:
    """The SME question is settled before publication, or every 民非 is locked out (T-01).

    Up to 2 million yuan a purchase is reserved unless one of SME_EXEMPTIONS is recorded; a reserved lot
    excludes social organizations, so it warns when they are expected (*social_expected*).
    """
    if choice is None or choice.recorded_on is None or choice.recorded_on > publishes_on:
        text = N_("发布前须记录是否面向中小企业预留，或者不预留的法定情形。")
        yield Finding("B-112", text, {}, "sme")
    elif choice.reserved:
        if social_expected:
            text = N_("面向中小企业预留的采购包，社会组织不能参加，也不享受价格扣除。")
            yield Finding("B-111", text, {}, "sme", bars=False)
    elif choice.exemption not in SME_EXEMPTIONS:
        limit = yuan(norms.whole("sme_reserve_below"))
        text = N_("不预留须选择一项法定情形；%(limit)s元以下的服务项目原则上全部预留。")
        small = budget_fen <= norms.whole("sme_reserve_below")
        yield Finding("B-110" if small else "B-112", text, {"limit": limit}, "sme_exemption")


@rule("G-08")
def indicators_set(indicators: Sequence[Indicator]) -> Findings:
    """Indicators with target and weight exist before publication (S20); the weights make 100."""
    if not indicators:
        yield Finding("G-08", N_("发布前须设定绩效指标。"), {}, "indicators")
        return
    for one in indicators:
        if one.part != "veto" and (not one.has_target or one.weight_centi <= 0):
            text = N_("指标“%(name)s”须有目标值和大于零的权重。")
            yield Finding("G-08", text, {"name": one.name}, "indicators")
    total = sum(one.weight_centi for one in indicators)
    if total != 10000:
        text = N_("指标权重合计须为100，现为%(total)s。")
        yield Finding("G-08", text, {"total": points(total)}, "indicators")


@rule("D-04")
def outcome_weighs_enough(indicators: Sequence[Indicator], norms: Norms) -> Findings:
    """Output and benefit together weigh at least 60%; satisfaction (满意度) counts as benefit."""
    total = sum(one.weight_centi for one in indicators)
    outcome = sum(one.weight_centi for one in indicators if one.part in {"output", "benefit", "satisfaction"})
    least = norms["outcome_weight_min"]
    if total and outcome < least * total:
        text = N_("产出和效益（含满意度）指标权重原则上不低于%(least)s。")
        yield Finding("D-04", text, {"least": percent(least)}, "indicators")


@rule("D-03")
def self_evaluation_weights(indicators: Sequence[Indicator], norms: Norms) -> Findings:
    """Warn where a unit's self-evaluation departs from 10/50/30/10 (budget, output, benefit, users)."""
    usual = {part: norms.whole(f"self_weight.{part}") for part in ("budget", "output", "benefit", "satisfaction")}
    weights = {part: sum(one.weight_centi for one in indicators if one.part == part) for part in usual}
    if any(weights[part] != points * 100 for part, points in usual.items()):
        text = N_("单位自评的权重一般为预算执行%(budget)s、产出%(output)s、效益%(benefit)s、满意度%(satisfaction)s。")
        yield Finding("D-03", text, usual, "indicators", bars=False)
