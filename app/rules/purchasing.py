"""May this be bought, by whom, with which money, and for how long (102号令, prefix A; money G-06, G-08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import yuan
from app.core.words import N_
from app.rules.figures import percent

BUYER_KINDS = {
    "state_organ": N_("国家机关"),
    "party_organ": N_("党的机关"),
    "cppcc": N_("政协机关"),
    "democratic_party": N_("民主党派机关"),
    "admin_institution": N_("承担行政职能的事业单位"),
    "admin_mass_organization": N_("使用行政编制的群团组织机关"),
}
CONTRACTOR_KINDS = {
    "enterprise": N_("企业"),
    "social_organization": N_("社会组织"),
    "category_2_institution": N_("公益二类事业单位"),
    "business_institution": N_("从事生产经营活动的事业单位"),
    "rural_collective": N_("农村集体经济组织"),
    "grassroots": N_("基层群众性自治组织"),
    "individual": N_("具备条件的个人"),
}
NEITHER_KINDS = {
    "category_1_institution": N_("公益一类事业单位"),
    "funded_mass_organization": N_("使用事业编制且由财政拨款保障的群团组织"),
}
NEGATIVE_LIST = {
    "not_duty": N_("不属于政府职责范围的服务事项"),
    "government_itself": N_("应当由政府直接履职的事项"),
    "goods_or_works": N_("货物和工程，以及将工程和服务打包的项目"),
    "financing": N_("融资行为"),
    "staff": N_("购买主体的人员招、聘用，以劳务派遣方式用工，以及设置公益性岗位等事项"),
    "barred_by_law": N_("法律、行政法规以及国务院规定的其他不得作为政府购买服务内容的事项"),
}
EXTENSION_FLAGS = {
    "budget_assured": N_("预算有保障"),
    "content_fixed": N_("购买内容相对固定"),
    "continuous": N_("连续性强"),
    "funding_stable": N_("经费来源稳定"),
    "price_stable": N_("价格变化幅度小"),
}


@dataclass(frozen=True)
class Money:
    """What a budget line has and already owes this fiscal year, in fen."""

    name: str
    appropriated_fen: int
    committed_fen: int


@rule("A-02", "A-03")
def buyer_allowed(kind: str) -> Findings:
    """The buyer is an organ that may buy services. *kind*: a key of BUYER_KINDS."""
    if kind in NEITHER_KINDS:
        text = N_("公益一类事业单位、使用事业编制且由财政拨款保障的群团组织不得作为购买主体。")
        yield Finding("A-03", text, {}, "buyer_kind")
    elif kind not in BUYER_KINDS:
        yield Finding("A-02", N_("购买主体须为国家机关或者参照执行的机关单位，请选择其类型。"), {}, "buyer_kind")


@rule("A-03", "A-04")
def contractor_allowed(kind: str) -> Findings:
    """The contractor is one of the seven kinds. *kind*: a key of CONTRACTOR_KINDS."""
    if kind in NEITHER_KINDS:
        text = N_("公益一类事业单位、使用事业编制且由财政拨款保障的群团组织不得作为承接主体。")
        yield Finding("A-03", text, {}, "bidder_kind")
    elif kind not in CONTRACTOR_KINDS:
        yield Finding("A-04", N_("承接主体须为法定的七类组织或者个人之一，请选择其类型。"), {}, "bidder_kind")


@rule("A-06")
def content_class_given(kind: str) -> Findings:
    """The content is A (to the public) or B (auxiliary to the organ itself)."""
    if kind not in {"A", "B"}:
        yield Finding("A-06", N_("请选择购买内容：A 公共服务，或者 B 政府履职所需辅助性服务。"), {}, "kind")


@rule("A-07")
def negative_list_clear(answers: Mapping[str, bool | None]) -> Findings:
    """All six questions of the negative list are answered (True = it is such a matter), and all with no."""
    for number, item in enumerate(NEGATIVE_LIST, start=1):
        answer = answers.get(item)
        if answer is None:
            text = N_("负面清单第%(number)s项尚未回答，六项须逐项回答。")
            yield Finding("A-07", text, {"number": number}, f"negative_{item}")
        elif answer:
            text = N_("负面清单第%(number)s项回答为“是”：这类事项不得纳入政府购买服务。")
            yield Finding("A-07", text, {"number": number}, f"negative_{item}")


@rule("A-08")
def catalogue_not_invented(level: int, owner: str) -> Findings:
    """Levels 1 and 2 of the catalogue come from the centre or the province. *owner*: central, province …"""
    if level <= 2 and owner not in {"central", "province"}:
        text = N_("指导性目录的一级、二级目录只能由中央和省级制定，本级不得自设。")
        yield Finding("A-08", text, {}, "catalogue")


@rule("A-09")
def catalogue_and_budget_first(in_catalogue: bool, budget_arranged: bool) -> Findings:
    """Both hold before publication: the item is in the catalogue and its budget is arranged."""
    if not in_catalogue:
        yield Finding("A-09", N_("所购服务须列入政府购买服务指导性目录。"), {}, "catalogue")
    if not budget_arranged:
        yield Finding("A-09", N_("应当先有预算、后购买服务：预算尚未安排，不得发布。"), {}, "budget")


@rule("A-10")
def within_appropriation(line: Money, more_fen: int) -> Findings:
    """What is committed on a budget line, with *more_fen*, stays within what is appropriated this year."""
    total = line.committed_fen + more_fen
    if total > line.appropriated_fen:
        text = N_("预算科目“%(line)s”本年安排%(has)s元，已占用和拟占用合计%(total)s元，超出预算。")
        values = {"line": line.name, "has": yuan(line.appropriated_fen), "total": yuan(total)}
        yield Finding("A-10", text, values, "budget")


@rule("G-06")
def sources_cover_ceilings(sources_fen: Sequence[int], ceilings_fen: Sequence[int]) -> Findings:
    """The purses together hold at least what the lots may cost at most (S04). Every amount is above zero."""
    if not sources_fen or not ceilings_fen or min(*sources_fen, *ceilings_fen, 1) <= 0:
        text = N_("每个资金来源、每个采购包的金额都须大于零，且至少各有一项。")
        yield Finding("G-06", text, {}, "sources")
    elif sum(sources_fen) < sum(ceilings_fen):
        text = N_("资金来源合计%(has)s元，少于各包最高限价合计%(need)s元。")
        values = {"has": yuan(sum(sources_fen)), "need": yuan(sum(ceilings_fen))}
        yield Finding("G-06", text, values, "sources")


@rule("A-12")
def no_disguised_employment(kind: str, fixed_monthly_pay: bool) -> Findings:
    """Warn where an individual is paid a fixed sum each month: that looks like hiring by another name."""
    if kind == "individual" and fixed_monthly_pay:
        text = N_("向个人按月支付固定报酬，可能构成变相用工，请核实。")
        yield Finding("A-12", text, {}, "payment", bars=False)


@rule("A-17")
def term_allowed(starts: date, ends: date, flags: Mapping[str, bool], norms: Norms) -> Findings:
    """At most a year; at most three with all five flags of EXTENSION_FLAGS. Both days belong to the term."""
    if ends < starts:
        yield Finding("A-17", N_("合同期限的结束日早于开始日。"), {}, "term")
        return
    assured = all(flags.get(flag, False) for flag in EXTENSION_FLAGS)
    normal, extended = norms.whole("contract_months"), norms.whole("contract_months_extended")
    most = extended if assured else normal
    if ends >= months_after(starts, most):
        text = N_(
            "合同期限超过%(most)s个月。一般不超过%(normal)s个月；预算有保障、内容相对固定、连续性强、"
            "经费来源稳定、价格变化幅度小五项俱备的，不超过%(extended)s个月。"
        )
        yield Finding("A-17", text, {"most": most, "normal": normal, "extended": extended}, "term")


def months_after(start: date, months: int) -> date:
    """The day *months* later; a day the month lacks becomes the first of the next (30 Jan + 1 → 1 Mar)."""
    years, month = divmod(start.month - 1 + months, 12)
    try:
        return start.replace(year=start.year + years, month=month + 1)
    except ValueError:
        return date(start.year + years, month + 2, 1)


@rule("A-18")
def no_assignment(assigned: bool) -> Findings:
    """转包 is banned absolutely; no consent heals it (T-14)."""
    if assigned:
        yield Finding("A-18", N_("承接主体不得将服务项目转包，购买主体同意也不行。"), {}, "subcontract")


@rule("A-22")
def no_minimum_age(minimum_years: int | None) -> Findings:
    """A tender may not ask for a minimum age of the organization."""
    if minimum_years:
        text = N_("不得要求社会组织成立满一定年限；成立不足三年但记录良好的应当允许参加。")
        yield Finding("A-22", text, {}, "minimum_age")


@rule("A-21")
def social_share(bought_from_social_fen: int, new_spending_fen: int, norms: Norms) -> Findings:
    """Warn where under 30% of new service spending goes to social organizations: a target, not a bid rule."""
    target = Fraction(norms["social_share_target"])
    if new_spending_fen and Fraction(bought_from_social_fen, new_spending_fen) < target:
        text = N_("新增公共服务支出中向社会组织购买的比例原则上不低于%(target)s。")
        yield Finding("A-21", text, {"target": percent(target)}, None, bars=False)
