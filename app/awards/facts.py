"""What the papers of a review are printed from: evaluation report, award notice, result notice. Amounts in fen."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.awards import records
from app.awards.committee import KINDS
from app.awards.models import Award, CommitteeMember, LotResult, MemberScore
from app.awards.ranking import mean_centi, rejections, scores_by_bid, triggers_in_words
from app.bids import queries as bids
from app.bids.models import Bid
from app.catalogue.queries import calendar, norms
from app.core import clock
from app.plans.models import METHODS, Lot
from app.rules.figures import half_up
from app.rules.methods import TENDERS
from app.rules.timeline import challenge_due, result_notice_end
from app.tenders.models import Tender

DRAWN = {"expert": "省级政府采购评审专家库随机抽取", "representative": "采购人委派"}
DOCUMENTS = {"consultation": "磋商文件", "negotiation": "谈判文件", "quotation": "询价通知书"}
STANDARD = "国家和行业标准、采购文件和合同约定的绩效指标"
NO_FEE = "本项目由采购人自行组织，不收取代理服务费。"
REACH = "平台留言或单位公开电话"


def words(method: str) -> dict[str, str]:
    """How this method calls its documents, offers, winner and notice."""
    if method in TENDERS:
        return {
            "documents": "招标文件", "offer": "投标文件", "winner": "中标人", "notice": "中标通知书", "short": "中标",
        }  # fmt: skip
    return {
        "documents": DOCUMENTS.get(method, "采购文件"), "offer": "响应文件", "winner": "成交供应商",
        "notice": "成交通知书", "short": "成交",
    }  # fmt: skip


def evaluation_report(tender: Tender, results: Sequence[LotResult]) -> dict[str, object]:
    """The committee's report with everybody's marks: for the buyer and the supervisor only."""
    opening, scores = bids.opening(tender), scores_by_bid(tender)
    first = min((s.made_at for marks in scores.values() for s in marks), default=clock.now())
    said = words(tender.project.method)
    return {
        "opened_at": opening.opened_at if opening else tender.closes_at,
        "price_weight_centi": tender.project.price_weight * 100,
        "dissents": [],
        "tender": {**_tender(tender), "buyer": tender.buyer.name},
        "words": {key: said[key] for key in ("documents", "offer", "winner")},
        "review": {"from_at": first, "to_at": clock.now(), "place": "平台线上评审"},
        "committee": [_member(one, _confirmed(one, scores)) for one in records.committee(tender)],
        "qualification": _qualification(tender),
        "low_price": _low_price(tender),
        "invalid": [_out(bid, ground, reason) for bid, ground, reason in rejections(tender)] + _failed_rows(results),
        "lots": [_lot(one, scores) for one in results if not one.failure],
    }


def award_notice(award: Award, number: str) -> dict[str, object]:
    """The notice to a lot's winner."""
    project, issued = award.tender.project, clock.today()
    sign_by = calendar().add_days(issued, norms(award.place).whole("sign_days"), roll=True).day
    return {
        "number": number,
        "price_fen": award.amount_fen,
        "bond_fen": 0,
        "decided_on": clock.day_of(award.decided_at),
        "issued_on": issued,
        "sign_by": sign_by,
        "words": words(project.method),
        "tender": _tender(award.tender),
        "lot": {"number": award.lot.number, "name": award.lot.name},
        "buyer": {"name": award.tender.buyer.name},
        "winner": {"name": award.supplier.name, "code": award.supplier.credit_code or ""},
        "term": {"from_day": project.term_from, "to_day": project.term_to},
    }


def result_notice(tender: Tender, awards: Sequence[Award], url: str, announced_at: datetime) -> dict[str, object]:
    """The public notice of the result, with the experts' names (B-59)."""
    numbers, said = norms(tender.place), words(tender.project.method)
    ends = result_notice_end(clock.day_of(announced_at), calendar(), numbers).day
    return {
        "decided_on": clock.day_of(awards[0].decided_at),
        "notice_days": numbers.whole("result_publicity_wd"),
        "notice_ends_on": ends,
        "challenge_by": challenge_due(ends, calendar(), numbers).day,
        "agency_fee": NO_FEE,
        "supplement": "",
        "experts": [m.person.name for m in records.committee(tender) if m.kind == "expert"],
        "representatives": [m.person.name for m in records.committee(tender) if m.kind == "representative"],
        "failed": [_failed(one) for one in records.results(tender) if one.failure],
        "words": {"winner": said["winner"], "short": said["short"]},
        "tender": {**_tender(tender), "notice_url": tender.medium_url},
        "buyer": {"name": tender.buyer.name},
        "results": [_result(award) for award in awards],
        "subjects": [_subject(award.lot, tender) for award in awards],
        "medium": {"name": tender.medium_name, "url": url, "published_at": announced_at},
        "contacts": _contacts(tender),
    }


def _tender(tender: Tender) -> dict[str, object]:
    return {"number": tender.number, "name": tender.project.name, "method": METHODS[tender.project.method]}


def _member(member: CommitteeMember, confirmed_at: datetime) -> dict[str, object]:
    return {
        "name": member.person.name, "role": KINDS[member.kind], "drawn": DRAWN[member.kind],
        "declaration": member.conflict or "无应当回避的关系", "confirmed_at": confirmed_at,
    }  # fmt: skip


def _confirmed(member: CommitteeMember, scores: Mapping[int, Sequence[MemberScore]]) -> datetime:
    """A member confirms by handing in the last of their marks."""
    return max(
        (s.scored_at for marks in scores.values() for s in marks if s.member_id == member.id), default=clock.now()
    )


def _qualification(tender: Tender) -> list[dict[str, object]]:
    return [
        {"lot": one.bid.lot.number, "bidder": one.bid.bidder.name, "passed": one.passed, "reason": one.reason}
        for one in records.qualifications(tender).values()
    ]


def _low_price(tender: Tender) -> list[dict[str, object]]:
    return [
        {
            "lot": one.bid.lot.number, "bidder": one.bid.bidder.name, "price_fen": one.bid.price_fen,
            "trigger": triggers_in_words(one.triggers), "answer": one.answer,
            "verdict": f"{'报价合理' if one.accepted else '不能证明报价合理，无效'}：{one.reason}",
        }
        for one in records.reviews(tender).values()
    ]  # fmt: skip


def _out(bid: Bid, ground: str, reason: str) -> dict[str, object]:
    return {"lot": bid.lot.number, "bidder": bid.bidder.name, "ground": ground, "reason": reason}


def _failed_rows(results: Sequence[LotResult]) -> list[dict[str, object]]:
    return [
        {"lot": one.lot.number, "bidder": "（本包）", "ground": "供应商不足法定家数", "reason": one.failure}
        for one in results
        if one.failure
    ]


def _lot(result: LotResult, scores: Mapping[int, Sequence[MemberScore]]) -> dict[str, object]:
    marked = records.scorable(result.tender, result.lot)
    ranked = ("bidder", "price_fen", "members_centi", "price_points_centi", "mark_centi", "verdict")
    return {
        "number": result.lot.number,
        "name": result.lot.name,
        "benchmark_fen": min(bid.price_fen for bid in marked),
        "bids": [_marks(bid, scores[bid.id]) for bid in marked],
        "ranking": [{"rank": row["place"], **{key: row[key] for key in ranked}} for row in result.ranking],
    }


def _marks(bid: Bid, scores: Sequence[MemberScore]) -> dict[str, object]:
    technical, business = [s.technical_centi for s in scores], [s.business_centi for s in scores]
    return {
        "bidder": bid.bidder.name,
        "technical_centi": technical,
        "business_centi": business,
        "technical_mean_centi": half_up(mean_centi(technical)),
        "business_mean_centi": half_up(mean_centi(business)),
    }


def _failed(result: LotResult) -> dict[str, object]:
    return {"lot": result.lot.number, "name": result.lot.name, "reason": result.failure}


def _result(award: Award) -> dict[str, object]:
    return {
        "lot": award.lot.number, "winner": award.supplier.name, "code": award.supplier.credit_code or "",
        "address": award.supplier.address, "price_fen": award.amount_fen,
    }  # fmt: skip


def _subject(lot: Lot, tender: Tender) -> dict[str, object]:
    term = f"{_chinese(tender.project.term_from)}至{_chinese(tender.project.term_to)}"
    return {
        "lot": lot.number, "name": lot.name, "scope": tender.project.need or lot.name, "term": term,
        "standard": STANDARD,
    }  # fmt: skip


def _chinese(of: date) -> str:
    return f"{of.year}年{of.month}月{of.day}日"


def _contacts(tender: Tender) -> list[dict[str, object]]:
    bodies = (("采购人", tender.buyer), ("主管单位", records.body_of(tender.supervisor_id)))
    return [{"role": role, "name": body.name, "address": body.address, "reach": REACH} for role, body in bodies]
