"""Grading social organizations 1A–5A (评估定级): who may apply, what the points give, who votes, when a grade ends.

Points of items are whole; sums are hundredths of a point (`_centi`), because experts' points are averaged.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.rules.figures import half_up
from app.rules.judging import Relation, years_before
from app.rules.reporting import due

GRADES = (5, 4, 3, 2, 1)
RESULTS = {"pass": N_("合格"), "basic": N_("基本合格"), "fail": N_("不合格"), "missed": N_("未参加")}
TRIGGERS = {
    "false_material": N_("提供虚假材料、隐瞒重要情况"),
    "mark_misused": N_("不当使用等级标志或者证书"),
    "inspection_failed": N_("上年度年检不合格"),
    "two_basic": N_("连续两年年检基本合格"),
    "penalty": N_("受到行政处罚"),
    "other": N_("其他应当降低或者取消等级的情形"),
}
PRIORITY_FROM = 3


@dataclass(frozen=True)
class Applicant:
    """What is known of an organization on the day it asks to be graded.

    `results` are yearly inspections by year (keys of RESULTS); `penalties` first and last day, the last None while it
    is not known; `graded_on` the day the present grade began; `investigated` as declared or found on acceptance.
    """

    registrar: str
    kind: str
    established_on: date | None
    grade: int | None = None
    grade_until: date | None = None
    graded_on: date | None = None
    results: Mapping[int, str] = field(default_factory=dict)
    penalties: Sequence[tuple[date, date | None]] = ()
    investigated: bool = False


@rule("C-33")
def own_level(department: str, registrar: str) -> Findings:
    """A department grades the bodies it registered itself, no others."""
    if department != registrar:
        text = N_("“%(department)s”只评估本机关登记的社会组织，贵单位的登记管理机关是“%(registrar)s”。")
        yield Finding("C-33", text, {"department": department, "registrar": registrar or "—"}, "round")


@rule("C-19")
def held_two_years(established_on: date | None, today: date, norms: Norms) -> Findings:
    """The certificate has been held for two full years; on the second anniversary it has."""
    if established_on is None:
        yield Finding("C-19", N_("登记册没有成立日期，不能确认取得登记证书满两个年度，请先由登记管理机关补录。"))
        return
    years = norms.whole("grade_age_years")
    if years_after(established_on, years) > today:
        text = N_("取得登记证书满%(years)s个年度才能申请：成立日期%(since)s，最早%(from_day)s。")
        values = {"years": years, "since": established_on, "from_day": years_after(established_on, years)}
        yield Finding("C-19", text, values, "established_on")


@rule("C-19")
def not_graded_now(one: Applicant, today: date, norms: Norms) -> Findings:
    """Never graded, or the grade has expired; where a local norm allows it, again after some years to rise."""
    if not one.grade:
        return
    if one.grade_until is None:
        text = N_("登记册记有等级%(grade)sA，但没有有效期：受理时请登记管理机关核对是否已经期满。")
        yield Finding("C-19", text, {"grade": one.grade}, "grade", bars=False)
    elif one.grade_until >= today and not _may_rise(one, today, norms):
        text = N_("现有等级%(grade)sA有效期至%(until)s，期满后才能再次申请。")
        yield Finding("C-19", text, {"grade": one.grade, "until": one.grade_until}, "grade")


def _may_rise(one: Applicant, today: date, norms: Norms) -> bool:
    key = "grade_rise_years"  # a local norm; without one a grade has to expire first
    return key in norms and one.graded_on is not None and years_after(one.graded_on, norms.whole(key)) <= today


@rule("C-19")
def inspections_passed(results: Mapping[int, str], last: int) -> Findings:
    """The inspection of *last* was taken and not failed, and the last two were not both "basic"."""
    for year in (last, last - 1):
        if year not in results:
            text = N_("平台没有%(year)s年度的年检结论：受理时由登记管理机关核对。")
            yield Finding("C-19", text, {"year": year}, "results", bars=False)
    if results.get(last) == "missed":
        yield Finding("C-19", N_("未参加上年度（%(year)s年度）年检，不予评估。"), {"year": last}, "results")
    if results.get(last) == "fail":
        yield Finding("C-19", N_("上年度（%(year)s年度）年检不合格，不予评估。"), {"year": last}, "results")
    if results.get(last) == results.get(last - 1) == "basic":
        text = N_("连续两年（%(before)s、%(year)s年度）年检基本合格，不予评估。")
        yield Finding("C-19", text, {"before": last - 1, "year": last}, "results")


def last_inspected(kind: str, today: date, norms: Norms) -> int:
    """The last year whose report was due before *today* (C-05, for foundations C-11)."""
    return today.year - 1 if due(kind, today.year - 1, norms) < today else today.year - 2


@rule("C-19")
def no_penalty_last_year(penalties: Sequence[tuple[date, date | None]], today: date) -> Findings:
    """No administrative penalty in the calendar year before; one that may still be running is shown as a warning."""
    for since, until in penalties:
        if since.year == today.year - 1:
            text = N_("上年度受到行政处罚（%(since)s），不予评估。")
            yield Finding("C-19", text, {"since": since}, "penalty")
        elif since <= today and (until is None or until >= today):
            text = N_("%(since)s的行政处罚没有执行完毕的记录：受理时由登记管理机关核对。")
            yield Finding("C-19", text, {"since": since}, "penalty", bars=False)


@rule("C-19")
def not_investigated(investigated: bool) -> Findings:
    """Nobody is graded while a department or the judiciary investigates it."""
    if investigated:
        yield Finding("C-19", N_("正在被有关政府部门或者司法机关立案调查，不予评估。"), {}, "investigated")


def eligible(one: Applicant, department: str, today: date, norms: Norms) -> list[Finding]:
    """Everything that bars an application for grading, and what has to be looked at (C-19, C-33)."""
    return [
        *own_level(department, one.registrar),
        *held_two_years(one.established_on, today, norms),
        *not_graded_now(one, today, norms),
        *inspections_passed(one.results, last_inspected(one.kind, today, norms)),
        *no_penalty_last_year(one.penalties, today),
        *not_investigated(one.investigated),
    ]


@rule("C-21")
def scheme_whole(points: Sequence[int], numbers: Sequence[str], norms: Norms) -> Findings:
    """The items of a scheme make 1,000 points, each above zero, and no number stands twice."""
    total, wanted = sum(points), norms.whole("grade_total")
    if total != wanted or any(one <= 0 for one in points):
        text = N_("各项分值应大于零且合计%(wanted)s分，现为%(total)s分。")
        yield Finding("C-21", text, {"wanted": wanted, "total": total}, "text")
    for number in sorted({one for one in numbers if numbers.count(one) > 1}):
        yield Finding("C-21", N_("项目编号“%(number)s”重复。"), {"number": number}, "text")


def cut_offs(norms: Norms) -> dict[int, int]:
    """Grade → the least points it takes here and now, from the highest down (C-21)."""
    return {grade: norms.whole(f"grade_cut_{grade}") for grade in GRADES}


def grade_of(total_centi: int, cuts: Mapping[int, int]) -> int:
    """The grade that a total in hundredths gives: 5 … 1, or 0 below the lowest cut-off; a cut-off belongs to it."""
    return next((grade for grade in GRADES if total_centi >= cuts[grade] * 100), 0)


def mean_centi(points: Collection[int]) -> int:
    """The experts' mean for one item in hundredths, half up."""
    return half_up(Fraction(sum(points) * 100, len(points)))


@rule("C-21")
def points_in_range(points: int, most: int, item: str, where: str = "points") -> Findings:
    """The points of an item lie between 0 and what the scheme gives it."""
    if not 0 <= points <= most:
        text = N_("“%(item)s”的得分应在0至%(most)s分之间。")
        yield Finding("C-21", text, {"item": item, "most": most}, where)


@rule("C-21")
def all_scored(missing: Sequence[str]) -> Findings:
    """Every item is filled in before the sheet is handed in: points, and why."""
    if missing:
        text = N_("还有%(count)s项没有填完：%(items)s。")
        yield Finding("C-21", text, {"count": len(missing), "items": "、".join(missing[:10])}, "sheet")


@rule("C-33")
def committees_composed(evaluation: Collection[int], review: Collection[int], norms: Norms) -> Findings:
    """An evaluation committee of 7–25 and a review committee of 5–9, nobody in both."""
    for field_, members, text in (
        ("evaluation", evaluation, N_("评估委员会应为%(least)s至%(most)s人，现为%(count)s人。")),
        ("review", review, N_("复核委员会应为%(least)s至%(most)s人，现为%(count)s人。")),
    ):
        name = "committee" if field_ == "evaluation" else "review"
        least, most = norms.whole(f"rating_{name}_min"), norms.whole(f"rating_{name}_max")
        if not least <= len(members) <= most:
            yield Finding("C-33", text, {"least": least, "most": most, "count": len(members)}, field_)
    if set(evaluation) & set(review):
        yield Finding("C-33", N_("评估委员不能同时担任复核委员：复核的是评估委员会的结论。"), {}, "review")


@rule("C-33")
def team_composed(count: int, norms: Norms) -> Findings:
    """An expert team has as many members as the local rules ask."""
    least = norms.whole("rating_team_min")
    if count < least:
        text = N_("专家组应有%(least)s人以上，现为%(count)s人。")
        yield Finding("C-33", text, {"least": least, "count": count}, "count")


@rule("C-33")
def stands_aside(person: str, ties: Iterable[Relation], organization: str, today: date, norms: Norms) -> Findings:
    """Whoever is tied to the organization takes no part; a tie that ended counts for some years more."""
    since = years_before(today, norms.whole("recusal_years"))
    for tie in ties:
        if tie.person == person and tie.supplier == organization and (tie.until is None or tie.until >= since):
            text = N_("“%(person)s”与“%(organization)s”存在利害关系，应当回避。")
            yield Finding("C-33", text, {"person": person, "organization": organization}, "person")


@rule("C-24")
def carried(agreed: int, entitled: int, norms: Norms) -> Findings:
    """A named ballot carries with more than half of all members who may vote, not only of those who did."""
    if agreed <= entitled * norms["grade_vote_share"]:
        text = N_("同意%(agreed)s票，未超过有表决权的%(entitled)s名委员的半数。")
        yield Finding("C-24", text, {"agreed": agreed, "entitled": entitled}, "votes")


@rule("C-24")
def objection_in_time(today: date, until: date | None) -> Findings:
    """An objection comes in writing and within the publicity period, its last day included."""
    if until is None or today > until:
        text = N_("异议应当在公示期内书面提出，公示期已于%(until)s届满。")
        yield Finding("C-24", text, {"until": until or "—"}, "text")


@rule("C-24")
def publicity_over(today: date, until: date | None, open_objections: int) -> Findings:
    """The decision comes after the publicity period and after every objection was voted on."""
    if until is None or today <= until:
        yield Finding("C-24", N_("公示期至%(until)s，期满后才能作出决定。"), {"until": until or "—"}, "until")
    if open_objections:
        yield Finding("C-24", N_("还有%(count)s件异议没有复核结论。"), {"count": open_objections}, "objections")


@rule("C-24")
def decided_in_time(today: date, due_on: date) -> Findings:
    """Warn where the decision and its notice come later than fifteen days after the publicity or the review."""
    if today > due_on:
        text = N_("决定和通知应当在%(due)s前作出，现已逾期，请在决定中说明原因。")
        yield Finding("C-24", text, {"due": due_on}, "due", bars=False)


@rule("G-33")
def another_decides(decider: int, makers: Collection[int | None]) -> Findings:
    """Whoever accepted the application, closed the vote or proposed the downgrade does not decide it."""
    if decider in makers:
        yield Finding("G-33", N_("您经办过这件事项，应当由另一名工作人员或者负责人决定。"), {}, "decider")


@rule("C-23")
def lowered_to(old: int, new: int, trigger: str) -> Findings:
    """A downgrade has one of the triggers and leads to a lower grade; 0 cancels it."""
    if trigger not in TRIGGERS:
        yield Finding("C-23", N_("请选择降低或者取消等级的情形。"), {}, "trigger")
    if not 0 <= new < old:
        yield Finding("C-23", N_("新的等级应当低于现有等级%(old)sA。"), {"old": old}, "grade")


def triggers_found(
    results: Mapping[int, str], penalties: Sequence[tuple[date, date | None]], graded_on: date, last: int
) -> list[str]:
    """The triggers of C-23 that the register itself shows: keys of TRIGGERS. *last*: the last inspected year."""
    found = []
    if results.get(last) == "fail":
        found.append("inspection_failed")
    if results.get(last) == results.get(last - 1) == "basic":
        found.append("two_basic")
    if any(since >= graded_on for since, _ in penalties):
        found.append("penalty")
    return found


def last_day(since: date, norms: Norms) -> date:
    """The last day of a grade that begins on *since*: five years, the day before the anniversary (C-20)."""
    return years_after(since, norms.whole("grade_valid_years")) - timedelta(days=1)


def has_priority(grade: int | None) -> bool:
    """3A and above come first in purchases and awards; it is no qualification for anything (C-22, T-20)."""
    return (grade or 0) >= PRIORITY_FROM


def years_after(day: date, years: int) -> date:
    """The same day *years* later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
