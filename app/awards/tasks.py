"""The review as a list of tasks: what is done, what can be done now, and what waits for what."""

from flask import url_for
from flask_babel import gettext as _

from app.awards import records
from app.awards.models import CommitteeMember
from app.awards.ranking import stale
from app.bids.models import Bid
from app.core import access
from app.core.words import N_
from app.plans.models import Lot
from app.tenders.models import Tender

Task = dict[str, str]
DONE, NOW, WAITS, SHUT = N_("已完成"), N_("待办理"), N_("等待中"), N_("还不能开始")
TONES = {DONE: "good", NOW: "info", WAITS: "warn", SHUT: "plain"}


def tasks(tender: Tender) -> list[Task]:
    """The whole review of a tender as whoever acts sees it; a task without `url` is not theirs or not yet to do."""
    return [
        _qualification(tender), _committee(tender), _low_prices(tender), _scores(tender), _report(tender),
        _decision(tender), _announcement(tender),
    ]  # fmt: skip


def progress(tender: Tender) -> list[tuple[CommitteeMember, int, int]]:
    """How many bids each member has marked, of how many: no marks are shown before the report."""
    wanted = {bid.id for bid in records.to_score(tender)}
    done = records.scores(tender)
    return [
        (member, sum(s.member_id == member.id and s.bid_id in wanted for s in done), len(wanted))
        for member in records.committee(tender)
    ]


def lots(tender: Tender) -> list[tuple[Lot, list[tuple[Bid, str, str]]]]:
    """Every lot with its bids: how each stands and in which tone."""
    return [(lot, [(bid, *_standing(bid)) for bid in records.readable(tender, lot)]) for lot in records.lots_of(tender)]


def _standing(bid: Bid) -> tuple[str, str]:
    verdict, review = records.qualifications(bid.tender).get(bid.id), records.reviews(bid.tender).get(bid.id)
    if verdict is None:
        return N_("待资格审查"), "plain"
    if not verdict.passed:
        return N_("资格审查不通过"), "bad"
    if review is None:
        return N_("资格审查通过"), "good"
    if review.accepted is None:
        return N_("异常低价审查中"), "warn"
    return (N_("报价说明成立"), "good") if review.accepted else (N_("异常低价，无效"), "bad")


def _qualification(tender: Tender) -> Task:
    left, every = len(records.unchecked(tender)), len(records.readable(tender))
    state = DONE if not left else NOW
    hint = _("已审查 %(done)s 份，共 %(every)s 份；在下面逐份办理。", done=every - left, every=every)
    return _task(N_("资格审查（由采购人办理）"), state, "#bids", hint)


def _committee(tender: Tender) -> Task:
    members, aside = records.committee(tender), records.to_replace(tender)
    declared = sum(m.declared_at is not None for m in members)
    state = NOW if not members or aside else DONE if declared == len(members) else WAITS
    hint = _("%(count)s 人，%(declared)s 人已声明。", count=len(members), declared=declared) if members else ""
    may = tender.state == "opened" and access.may(access.actor(), "committee.draw", tender)
    return _task(N_("评审小组与回避声明"), state, url_for("awards.committee", id=tender.public_id) if may else "", hint)


def _low_prices(tender: Tender) -> Task:
    label = N_("异常低价审查")
    if records.unchecked(tender):
        return _task(label, SHUT, "", _("全部资格审查完成后才能计算。"))
    due, open_ = records.low_priced(tender), [r for r in records.reviews(tender).values() if r.accepted is None]
    if due:
        return _task(label, NOW, "#bids", _("%(n)s 份报价达到审查条件，请要求说明。", n=len(due)))
    return _task(label, NOW if open_ else DONE, "#bids" if open_ else "", "")


def _scores(tender: Tender) -> Task:
    label, rows = N_("成员评分"), progress(tender)
    if not rows or not rows[0][2]:
        return _task(label, SHUT, "", "")
    finished = sum(done == wanted for _member, done, wanted in rows)
    hint = _("%(done)s 人已评完，共 %(every)s 人；报告形成前不显示任何分数。", done=finished, every=len(rows))
    return _task(label, DONE if finished == len(rows) else WAITS, "", hint)


def _report(tender: Tender) -> Task:
    made = records.results(tender)
    may = access.may(access.actor(), "judging.report", tender)
    again = bool(made) and not records.ever_awarded(tender) and any(stale(one) for one in made)
    url = url_for("awards.report", id=tender.public_id) if may and (again or tender.state == "opened") else ""
    hint = _("评分已更正，请重新汇总。") if again else ""
    return _task(N_("评分汇总与评审报告"), NOW if again or not made else DONE, url, hint)


def _decision(tender: Tender) -> Task:
    label, left = N_("采购人定标"), records.undecided(tender)
    if not records.results(tender):
        return _task(label, SHUT, "", "")
    may = access.may(access.actor(), "award.decide", tender)
    return _task(
        label, NOW if left else DONE, url_for("awards.decide", id=tender.public_id) if left and may else "", ""
    )


def _announcement(tender: Tender) -> Task:
    label, awards = N_("结果公告"), records.awards_of(tender)
    if not awards:
        return _task(label, SHUT, "", "")
    left = any(award.state == "decided" for award in awards)
    may = access.may(access.actor(), "award.announce", awards[0])
    return _task(
        label, NOW if left else DONE, url_for("awards.announce", id=tender.public_id) if left and may else "", ""
    )


def _task(label: str, state: str, url: str, hint: str) -> Task:
    return {"label": label, "status": state, "tone": TONES[state], "url": url, "hint": hint}
