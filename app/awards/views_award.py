"""The pages after the report: decision, announcement, one award, and a bidder's own result."""

from flask import Response
from flask_babel import gettext as _

from app.awards import actions, deciding, lookups, queries, records
from app.awards.forms import AnnouncementForm, DecisionForm, ReasonForm
from app.awards.models import Award
from app.awards.views import door
from app.core import clock
from app.core.door import form_page, page, person, remember, to
from app.core.files import send
from app.tenders.models import Tender


@form_page(door, "/tenders/<id>/decide", load=Tender, may="award.decide")
def decide(tender: Tender) -> str | Response:
    """The leader awards every ranked lot in the order of the report."""
    form = DecisionForm(obj=tender, chosen=lookups.as_text(records.first_ranked(tender)))
    if form.sent():
        actions.decide(tender, lookups.from_text(tender, form.chosen.data), form.late_reason.data)
        remember(_("已定标，请经办人按期公告结果。"))
        return to("awards.judging", id=tender.public_id)
    late = deciding.late(tender) if records.undecided(tender) and tender.state == "judged" else []
    return page(
        "awards/decide.html", form=form, tender=tender, results=records.undecided(tender), late=late,
        first=records.first_ranked(tender), awards=records.awards_of(tender), due=queries.due(tender, "decision"),
        tied=[one.lot_id for one in records.undecided(tender) if deciding.tied_first(one)],
        barred={one.lot.public_id: records.barred(one) for one in records.undecided(tender)},
    )  # fmt: skip


@form_page(door, "/tenders/<id>/announce", load=Tender, may="award.announce")
def announce(tender: Tender) -> str | Response:
    """Record where and when the result was announced; every decided lot at once."""
    form = AnnouncementForm(announced_at=clock.now())
    if form.sent():
        actions.announce_all(tender, form.medium_url.data, form.announced_at.data or clock.now())
        remember(_("结果已公告，供应商可以查看自己的得分和排序。"))
        return to("awards.judging", id=tender.public_id)
    waiting = [award for award in records.awards_of(tender) if award.state == "decided"]
    return page(
        "awards/announce.html", form=form, tender=tender, awards=waiting, due=queries.due(tender, "result_notice")
    )


@door.page("/awards/<id>", load=Award, may="award.read")
def award(award: Award) -> str:
    """One award: its notices, and the statutory clocks that follow."""
    return page(
        "awards/award.html", award=award, events=queries.events(award),
        decided_by=records.person_named(award.decided_by_id),
    )  # fmt: skip


@form_page(door, "/awards/<id>/annul", load=Award, may="award.annul")
def annul(award: Award) -> str | Response:
    """Declare an award void, so that the next of the ranking may be chosen."""
    form = ReasonForm(obj=award)
    if form.sent():
        actions.annul(award, form.reason.data)
        remember(_("该定标已宣布失效。"))
        return to("awards.award", id=award.public_id)
    return page("awards/annul.html", form=form, award=award)


@door.page("/awards/<id>/notice.pdf", load=Award, may="award.read")
def notice(award: Award) -> Response:
    """The award notice."""
    return send(lookups.paper(award.notice))


@door.page("/tenders/<id>/result-notice.pdf", load=Tender, may="public.read")
def result_notice(tender: Tender) -> Response:
    """The result notice, once it is announced."""
    result = queries.public_result(tender)
    return send(lookups.paper(result.notice if result else None))


@door.page("/tenders/<id>/my-result", load=Tender, may="bidding.enter")
def my_result(tender: Tender) -> str:
    """How my own bids came out: my marks and my place, nobody else's."""
    own = queries.own_score(tender, person().body)
    mine = [bid for bid in records.bids_by_public_id(tender).values() if bid.bidder_id == person().body_id]
    return page("awards/my_result.html", tender=tender, own=own, result=queries.public_result(tender), mine=mine)
