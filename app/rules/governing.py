"""What an organization is governed by (council, charter, Party organization), and what lets it raise funds in public.

The council rules of C-10 bind foundations; for other kinds the term warns, for their charters say how long it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_
from app.core.workdays import Calendar

PARTY_KINDS = {
    "branch": N_("党支部"),
    "general_branch": N_("党总支"),
    "committee": N_("党委"),
    "joint": N_("联合党支部"),
    "none": N_("尚未建立"),
}


@dataclass(frozen=True)
class Seat:
    """A member of a council: name, post, whether paid by the organization, whether a close relative of another."""

    name: str
    post: str
    paid: bool = False
    related: bool = False


def years_later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


@rule("G-170")
def seats_told_apart(seats: Sequence[Seat]) -> Findings:
    """Every member has a name and a post, and nobody is there twice (blanks in a name do not matter)."""
    seen: set[str] = set()
    for number, seat in enumerate(seats, 1):
        name = "".join(seat.name.split())
        if not seat.post:
            yield Finding("G-170", N_("理事名单第 %(n)s 行（%(name)s）没有写职务。"), _line(number, name), "council")
        if "监事" in seat.post:
            text = N_("理事名单第 %(n)s 行（%(name)s）：监事不是理事，不写在这里。")
            yield Finding("G-170", text, _line(number, name), "council")
        if name in seen:
            yield Finding("G-170", N_("理事名单第 %(n)s 行：%(name)s重复出现。"), _line(number, name), "council")
        seen.add(name)


def _line(number: int, name: str) -> dict[str, object]:
    return {"n": number, "name": name}


@rule("G-170")
def head_on_the_council(head: str, seats: Sequence[Seat]) -> Findings:
    """Warn where the registered legal representative is not on the new council: that is a change to be registered."""
    if head and seats and head not in {seat.name for seat in seats}:
        text = N_("登记的法定代表人%(head)s不在新一届理事名单中：如已更换，请另行申请变更登记。")
        yield Finding("G-170", text, {"head": head}, "council", False)


@rule("C-10")
def term_length(kind: str, since: date, until: date, norms: Norms) -> Findings:
    """A term lasts at most five years (Art. 21); *until* is its last day. Bars for a foundation, warns for others."""
    years = norms.whole("council_term_years")
    latest = years_later(since, years) - timedelta(days=1)
    values = {"years": years, "latest": latest}
    if until > latest and kind == "foundation":
        text = N_("理事每届任期不得超过 %(years)s 年：本届最迟到 %(latest)s 届满。")
        yield Finding("C-10", text, values, "until")
    elif until > latest:
        text = N_("任期超过 %(years)s 年（到 %(latest)s）：这一条约束基金会，其他组织请核对章程规定的任期。")
        yield Finding("C-10", text, values, "until", False)


@rule("G-171")
def term_follows(elected_on: date, since: date, until: date, today: date, before: date | None) -> Findings:
    """A term has its days in order, was elected for already and begins after the one before began (*before*)."""
    if until <= since:
        yield Finding("G-171", N_("任期的最后一天应晚于第一天。"), {}, "until")
    if elected_on > today:
        yield Finding("G-171", N_("选举日期不能晚于今天：选举以后再申请。"), {}, "elected_on")
    if before is not None and since <= before:
        text = N_("新一届的开始应晚于现任一届的开始（%(before)s）。")
        yield Finding("G-171", text, {"before": before}, "since")


@rule("C-10")
def paid_seats(seats: Sequence[Seat], norms: Norms) -> Findings:
    """At most one member of a foundation's council in three is paid by it (Art. 23)."""
    paid, parts = sum(seat.paid for seat in seats), norms.whole("council_paid_one_in")
    if paid * parts > len(seats):
        values = {"paid": paid, "most": len(seats) // parts, "have": len(seats)}
        text = N_("领取报酬的理事不得超过三分之一：%(have)s 人中最多 %(most)s 人，现为 %(paid)s 人。")
        yield Finding("C-10", text, values, "council")


@rule("C-10")
def related_seats(seats: Sequence[Seat], private: bool, norms: Norms) -> Findings:
    """Close relatives: at most one in three in a non-public foundation of private property, else none (Art. 20)."""
    related, parts = sum(seat.related for seat in seats), norms.whole("council_related_one_in")
    if private and related * parts > len(seats):
        values = {"most": len(seats) // parts, "have": related}
        text = N_("有近亲属关系的理事总数不得超过三分之一：最多 %(most)s 人，现为 %(have)s 人。")
        yield Finding("C-10", text, values, "council")
    elif related and not private:
        text = N_("有近亲属关系的不得同时担任理事（用私人财产设立的非公募基金会除外），现为 %(have)s 人。")
        yield Finding("C-10", text, {"have": related}, "council")


@rule("C-10")
def private_is_non_public(private: bool, public: bool) -> Findings:
    """Only a foundation that does not raise funds in public is one of private property for this purpose (Art. 20)."""
    if private and public:
        yield Finding("C-10", N_("公募基金会不能按“用私人财产设立的非公募基金会”计算。"), {}, "private_funds")


@rule("G-172")
def term_running_out(until: date, today: date, norms: Norms) -> Findings:
    """Remind before a term ends, once early and once near, and after it has ended; never bars."""
    left = (until - today).days
    values = {"until": until, "left": left}
    if left < 0:
        yield Finding("G-172", N_("本届理事会任期已于 %(until)s 届满，请尽快换届。"), values, "until", False)
    elif left <= norms.whole("council_remind_near_days"):
        text = N_("本届理事会任期将于 %(until)s 届满，只剩 %(left)s 日，请抓紧换届。")
        yield Finding("G-172", text, values, "until", False)
    elif left <= norms.whole("council_remind_days"):
        text = N_("本届理事会任期将于 %(until)s 届满，还有 %(left)s 日，请准备换届。")
        yield Finding("G-172", text, values, "until", False)


def reminded_until(today: date, norms: Norms) -> date:
    """The last day of the terms that are reminded of today."""
    return today + timedelta(days=norms.whole("council_remind_days"))


@rule("G-173")
def charter_is_new(same: bool, adopted_on: date, today: date) -> Findings:
    """What is filed differs from the charter in force, and was adopted already."""
    if same:
        yield Finding("G-173", N_("上传的文件与现行章程完全相同，请上传修改后的章程。"), {}, "material-charter")
    if adopted_on > today:
        yield Finding("G-173", N_("通过日期不能晚于今天。"), {}, "adopted_on")


@rule("C-04")
def charter_in_time(agreed_on: date, today: date, calendar: Calendar, norms: Norms) -> Findings:
    """An association files its charter within 30 days of the supervising unit's consent; later it warns."""
    due = calendar.add_days(agreed_on, norms.whole("change_days"), roll=True).day
    if agreed_on > today:
        yield Finding("C-04", N_("业务主管单位同意的日期不能晚于今天。"), {}, "agreed_on")
    elif today > due:
        values = {"days": norms.whole("change_days"), "due": due}
        text = N_("章程应在业务主管单位同意后 %(days)s 日内（最迟 %(due)s）报请核准，现已逾期。")
        yield Finding("C-04", text, values, "agreed_on", False)


@rule("G-174")
def party_told(kind: str, secretary: str, members: int, reason: str) -> Findings:
    """A Party organization is told with its secretary and members; where there is none, why."""
    if kind == "none":
        if not reason.strip():
            yield Finding("G-174", N_("尚未建立党组织的，请写明原因和打算。"), {}, "reason")
        return
    if not secretary.strip():
        yield Finding("G-174", N_("请填写党组织书记。"), {}, "secretary")
    if members < 1:
        yield Finding("G-174", N_("已建立党组织的，党员人数不能为零。"), {}, "members")


@rule("G-174")
def party_expected(kind: str, members: int, norms: Norms) -> Findings:
    """Warn where there are members enough for a Party organization and yet none: a trigger of C-25."""
    least = norms.whole("party_members_min")
    if kind == "none" and members >= least:
        text = N_(
            "已有党员 %(have)s 人（%(least)s 人以上应当建立党组织），满期限仍未建立的，将提请核实是否列入活动异常名录。"
        )
        yield Finding("G-174", text, {"have": members, "least": least}, "members", False)


def party_due(established_on: date | None, norms: Norms) -> date:
    """The last day by which an organization tells of its Party organization (G-174); counted from the first year on."""
    first = date(norms.whole("party_first_year"), 1, 1)
    return max(first, established_on or first) + timedelta(days=norms.whole("party_days"))


@rule("C-32")
def not_yet_charity(charity_since: date | None) -> Findings:
    """Who is a charity already is not recognized once more."""
    if charity_since is not None:
        text = N_("已于 %(since)s 成为慈善组织，不需要再申请认定。")
        yield Finding("C-32", text, {"since": charity_since})


@rule("C-32")
def may_raise_funds(charity_since: date | None, already: bool, today: date, norms: Norms) -> Findings:
    """Only a charity may apply to raise funds in public, and only after a year (Charity Law, Art. 22)."""
    years = norms.whole("fundraising_after_years")
    if already:
        yield Finding("C-32", N_("已经取得公开募捐资格。"), {})
    elif charity_since is None:
        yield Finding("C-32", N_("只有慈善组织可以申请公开募捐资格，请先申请认定为慈善组织。"), {})
    elif years_later(charity_since, years) > today:
        values = {"since": charity_since, "years": years, "from": years_later(charity_since, years)}
        text = N_("登记或者认定为慈善组织（%(since)s）还不满 %(years)s 年，%(from)s 起才可以申请公开募捐资格。")
        yield Finding("C-32", text, values)


@rule("C-25", "C-28")
def listed_now(kinds: Sequence[str]) -> Findings:
    """Warn whoever decides of an entry on the abnormal or the serious list."""
    if "serious_list" in kinds:
        yield Finding("C-28", N_("现列入严重违法失信名单，请审慎核对是否符合条件。"), {}, None, False)
    if "abnormal_list" in kinds:
        yield Finding("C-25", N_("现列入活动异常名录，请审慎核对是否符合条件。"), {}, None, False)
