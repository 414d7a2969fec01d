"""What waits for somebody in a review, why, and until when."""

from flask import url_for

from app.accounts.models import Person
from app.awards import low_prices, queries, records
from app.awards.models import CommitteeMember, LowPriceReview
from app.core.waiting import Waiting
from app.core.words import N_
from app.tenders.models import Tender


def waiting(person: Person) -> list[Waiting]:
    """The officer's next step in each review, the leader's decision, a member's marks, a bidder's explanation."""
    found = [one for seat in records.seats_of(person.id) for one in _member(seat)]
    if "officer" in person.role_names:
        opened = records.tenders_in(("opened", "judged", "awarded"), person.body_id)
        found += [one for tender in opened for one in _officer(tender)]
    if "leader" in person.role_names:
        found += [_leader(t) for t in records.tenders_in(("judged", "awarded"), person.body_id) if records.undecided(t)]
    if person.role_names & {"manager", "clerk"}:
        found += [_bidder(review) for review in records.reviews_of_bidder(person.body_id)]
    return found


def _officer(tender: Tender) -> list[Waiting]:
    values, url = {"name": tender.project.name}, url_for("awards.judging", id=tender.public_id)
    if tender.state == "opened":
        label, why, rule = _step(tender)
        return [Waiting(label, url, why, rule, values=values)]
    if any(award.state == "decided" for award in records.awards_of(tender)):
        label, why = N_("公告「%(name)s」的结果"), N_("定标后须按期公告结果并发出通知书")
        return [Waiting(label, url, why, "B-59", queries.due(tender, "result_notice"), values)]
    return []


def _step(tender: Tender) -> tuple[str, str, str]:
    if records.unchecked(tender):
        return N_("办理「%(name)s」的资格审查"), N_("资格审查由采购人或者代理机构办理"), "B-46"
    if records.low_priced(tender):
        return N_("要求「%(name)s」的异常低价供应商说明报价"), N_("达到条件的必须启动审查"), "B-55"
    if not records.committee(tender) or records.to_replace(tender):
        return N_("组成「%(name)s」的评审小组"), N_("人数和专家比例须合法"), "B-47"
    return N_("汇总「%(name)s」的评分并形成评审报告"), N_("全体成员评分后汇总"), "B-58"


def _leader(tender: Tender) -> Waiting:
    why = N_("收到评审报告后须按期、按排序确定")
    url, due = url_for("awards.decide", id=tender.public_id), queries.due(tender, "decision")
    return Waiting(N_("为「%(name)s」定标"), url, why, "B-58", due, {"name": tender.project.name})


def _member(seat: CommitteeMember) -> list[Waiting]:
    values, url = {"name": seat.tender.project.name}, url_for("awards.seat", id=seat.public_id)
    if seat.declared_at is None:
        return [
            Waiting(N_("就「%(name)s」的评审作回避声明"), url, N_("评分前须声明与供应商的关系"), "B-29", values=values)
        ]
    marked, every = len(records.own_scores(seat)), len(records.to_score(seat.tender))
    if marked < every:
        return [Waiting(N_("为「%(name)s」的投标评分"), url, N_("全体成员评分后才能汇总"), "G-12", values=values)]
    return []


def _bidder(review: LowPriceReview) -> Waiting:
    url, why = url_for("awards.answer", id=review.public_id), N_("不能证明报价合理的，投标无效")
    values = {"name": review.bid.tender.project.name}
    return Waiting(N_("说明您在「%(name)s」中的报价"), url, why, "B-55", low_prices.until(review), values)
