"""The pages of a committee member: declaration, and a scoring sheet for each bid."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.awards import actions, committee, lookups, records
from app.awards.forms import CorrectionForm, DeclarationForm, ScoreForm
from app.awards.models import CommitteeMember
from app.awards.views import door
from app.core.door import form_page, page, remember, to
from app.core.files import send_bytes


@door.page("/judging/<id>", load=CommitteeMember, may="committee.declare")
def seat(member: CommitteeMember) -> str:
    """My seat: what I have declared, and the bids with my own marks."""
    bids = records.to_score(member.tender) if member.declared_at and not member.recused else []
    return page(
        "awards/seat.html", member=member, bids=bids, own=records.own_scores(member),
        bidders=records.bidders(member.tender),
    )  # fmt: skip


@form_page(door, "/judging/<id>/declare", load=CommitteeMember, may="committee.declare")
def declare(member: CommitteeMember) -> str | Response:
    """Declare whether a tie to a bidder stands in the way."""
    form = DeclarationForm(obj=member)
    if form.sent():
        said = form.conflict.data or _("申请回避") if form.tied.data == "yes" else ""
        done = actions.declare(member, said)
        remember(_("您已回避，感谢您如实声明。") if done.recused else _("声明已记录，可以开始评分。"))
        return to("awards.seat", id=member.public_id)
    found = committee.ties(member.tender, member.person)
    return page("awards/declare.html", form=form, member=member, found=found, bidders=records.bidders(member.tender))


@form_page(door, "/judging/<id>/bids/<bid>", load=CommitteeMember, may="committee.score")
def sheet(member: CommitteeMember, bid: str) -> str | Response:
    """The scoring sheet of one bid: what it says, and my marks; saved bid by bid."""
    one = lookups.bid_to_mark(member, bid)
    kept = records.score_of(member, one)
    form: Any = (CorrectionForm if member.tender.state == "judged" else ScoreForm)(obj=kept, **_marks(kept))
    if form.sent():
        reason = form.reason.data if isinstance(form, CorrectionForm) else ""
        actions.score(member, one, form.technical.data, form.business.data, form.comment.data, reason)
        remember(_("已保存对「%(name)s」的评分。", name=one.bidder.name))
        return to("awards.seat", id=member.public_id)
    return page("awards/sheet.html", form=form, member=member, bid=one, project=member.tender.project)


@door.page("/judging/<id>/bids/<bid>/attachments/<int:number>", load=CommitteeMember, may="committee.score")
def attachment(member: CommitteeMember, bid: str, number: int) -> Response:
    """One attachment of a bid that I judge."""
    file, media = lookups.attachment(lookups.bid_to_mark(member, bid), number)
    return send_bytes(file.bytes, file.name, media)


def _marks(kept: Any) -> dict[str, int]:
    return {"technical": kept.technical_centi, "business": kept.business_centi} if kept else {}
