"""The review's pages for the buyer's side: the whole review, qualification, committee, low prices, report."""

from flask import Response
from flask_babel import gettext as _

from app.awards import actions, lookups, low_prices, qualifying, queries, records, reporting, tasks
from app.awards.committee import KINDS, least
from app.awards.forms import (
    AnswerForm,
    ButtonForm,
    CommitteeForm,
    QualificationForm,
    ReplacementForm,
    VerdictForm,
)
from app.awards.models import CommitteeMember, LowPriceReview
from app.awards.ranking import rejections
from app.bids.models import Bid
from app.core import access
from app.core.door import Door, form_page, page, person, remember, to
from app.core.files import send
from app.rules.judging import RELATIONS
from app.rules.marks import LOW_PRICE_REASONS
from app.tenders.models import Tender

door = Door("awards", __name__)


@door.context_processor
def tables() -> dict[str, object]:
    """The words of the tables that several pages show."""
    return {"kinds": KINDS, "reasons": LOW_PRICE_REASONS, "relations": RELATIONS}


@door.page("/tenders/<id>/judging", load=Tender, may="award.read")
def judging(tender: Tender) -> str:
    """The whole review as a list of tasks; names and marks only for those who may see them."""
    sees_names, sees_report = queries.sees_names(person(), tender), queries.sees_report(person(), tender)
    return page(
        "awards/judging.html",
        tender=tender,
        tasks=tasks.tasks(tender),
        lots=tasks.lots(tender),
        due=records.low_priced(tender),
        reviews=records.reviews(tender),
        progress=tasks.progress(tender) if sees_names else [],
        results=records.results(tender) if sees_report else [],
        failed=[one for one in records.results(tender) if one.failure],
        awards=records.ever_awarded(tender),
        rejections=rejections(tender) if sees_report else [],
    )


@form_page(door, "/awards/qualification/<id>", load=Bid, may="qualification.check")
def qualification(bid: Bid) -> str | Response:
    """One bidder's qualification: what the portal computed, and the officer's verdict."""
    form = QualificationForm()
    if form.sent():
        actions.check_qualification(bid, form.passed.data == "yes", form.reason.data)
        remember(_("资格审查结论已记录。"))
        return to("awards.judging", id=bid.tender.public_id)
    verdict = records.qualifications(bid.tender).get(bid.id)
    checks = qualifying.computed_checks(bid)
    return page("awards/qualification.html", form=form, bid=bid, verdict=verdict, checks=checks)


@form_page(door, "/tenders/<id>/committee", load=Tender, may="committee.draw")
def committee(tender: Tender) -> str | Response:
    """Who was drawn; once seated, who has declared and who must be replaced."""
    form = CommitteeForm(obj=tender)
    form.experts.choices, form.representatives.choices = lookups.offered(tender)
    if form.sent():
        actions.draw_committee(tender, lookups.people_drawn(form.experts.data, form.representatives.data))
        remember(_("评审小组已组成，名单在结果公告前保密。"))
        return to("awards.committee", id=tender.public_id)
    return page(
        "awards/committee.html", form=form, tender=tender, members=records.everybody_drawn(tender),
        replace=records.to_replace(tender), least=least(tender), seated=records.committee(tender),
    )  # fmt: skip


@form_page(door, "/committee/<id>/replace", load=CommitteeMember, may="committee.draw")
def replace(member: CommitteeMember) -> str | Response:
    """Fill the seat of a member who stood aside."""
    form = ReplacementForm()
    form.person.choices = [("", _("请选择")), *lookups.offered(member.tender)[0 if member.kind == "expert" else 1]]
    if form.sent():
        actions.replace_member(member, lookups.people_drawn([form.person.data], [])[0][0])
        remember(_("已更换成员。"))
        return to("awards.committee", id=member.tender.public_id)
    return page("awards/replace.html", form=form, member=member)


@form_page(door, "/awards/low-price/<id>/ask", load=Bid, may="low_price.ask")
def ask(bid: Bid) -> str | Response:
    """Ask a bidder to justify its price."""
    form = ButtonForm()
    if form.sent():
        review = actions.ask_low_price(bid)
        remember(_("已要求供应商说明，时间从现在起算。"))
        return to("awards.low_price", id=review.public_id)
    triggers = records.low_price_triggers(bid.tender, bid.lot).get(bid.public_id, [])
    return page("awards/ask.html", form=form, bid=bid, triggers=triggers, minutes=low_prices.minutes(bid.place))


@door.page("/low-price/<id>", load=LowPriceReview, may="low_price.read")
def low_price(review: LowPriceReview) -> str:
    """A low-price review, for both sides."""
    return page("awards/low_price.html", review=review, until=low_prices.until(review))


@form_page(door, "/low-price/<id>/answer", load=LowPriceReview, may="low_price.answer")
def answer(review: LowPriceReview) -> str | Response:
    """The bidder explains its price, once."""
    form = AnswerForm(obj=review)
    if form.sent():
        actions.answer_low_price(review, form.answer.data)
        remember(_("说明已提交。"))
        return to("awards.low_price", id=review.public_id)
    return page("awards/answer.html", form=form, review=review, until=low_prices.until(review))


@form_page(door, "/low-price/<id>/decide", load=LowPriceReview, may="low_price.decide")
def decide_low_price(review: LowPriceReview) -> str | Response:
    """The verdict on a low price."""
    form = VerdictForm()
    if form.sent():
        actions.decide_low_price(review, form.accepted.data == "yes", form.reason.data)
        remember(_("审查结论已记录。"))
        return to("awards.judging", id=review.bid.tender.public_id)
    return page("awards/decide_low_price.html", form=form, review=review, until=low_prices.until(review))


@form_page(door, "/tenders/<id>/report", load=Tender, may="judging.report")
def report(tender: Tender) -> str | Response:
    """Sum the marks and print the report, with what still bars it."""
    form = ButtonForm(obj=tender)
    if form.sent():
        actions.report(tender)
        remember(_("评审报告已形成。"))
        return to("awards.judging", id=tender.public_id)
    bars = reporting.bars(tender) if tender.state == "opened" else []
    return page("awards/report.html", form=form, tender=tender, bars=bars)


@form_page(door, "/tenders/<id>/lots/<int:number>/draw", load=Tender, may="judging.report")
def draw(tender: Tender, number: int) -> str | Response:
    """Part tied bids by a random draw."""
    form, lot = ButtonForm(), lookups.lot_numbered(tender, number)
    if form.sent():
        actions.draw_tie(tender, lot)
        remember(_("抽签结果已记录。"))
        return to("awards.judging", id=tender.public_id)
    return page("awards/draw.html", form=form, tender=tender, lot=lot, result=records.result_of(tender, lot))


@door.page("/tenders/<id>/report.pdf", load=Tender, may="award.read")
def report_paper(tender: Tender) -> Response:
    """The evaluation report, for those it is made for."""
    return send(queries.report_for(access.actor(), tender))


from app.awards import views_award, views_member  # noqa: E402, F401 - they add their routes to this door
