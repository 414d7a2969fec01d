"""Pages of sealed bids and their opening."""

from flask import Response
from flask_babel import gettext as _

from app.bids import actions, opening, queries, quorum, steps
from app.bids.forms import OpenForm, SealedForm, SharesForm, WithdrawForm
from app.bids.models import Bid, SealedBid
from app.bids.receipts import receipt_file
from app.core.door import Door, form_page, page, person, remember, to
from app.core.files import MEDIA, send, send_bytes
from app.tenders.models import Tender
from app.tenders.queries import keyholder_of

door = Door("bids", __name__)


@form_page(door, "/tenders/<id>/bids", load=Tender, may="bidding.enter")
def index(tender: Tender) -> str | Response:
    """The bidder's side of a tender: what bars them, how to seal, hand in, their own receipts and nobody else's."""
    queries.demand_public(tender)
    form, body = SealedForm(), person().body
    if form.sent():
        bid = actions.hand_in(tender, body, form.content())
        remember(_("密封投标已收到。请下载并保存回执。"))
        return to("bids.show", id=bid.public_id)
    return page(
        "bids/index.html", form=form, tender=tender, body=body, findings=actions.bars(tender, body),
        lots=queries.lots_of(tender), bids=queries.bids_of(tender, body.id), taking=queries.taking(tender),
    )  # fmt: skip


@door.page("/tenders/<id>/sheet.json", load=Tender, may="bidding.enter")
def sheet(tender: Tender) -> Response:
    """What the signed-in body needs in order to seal a bid."""
    queries.demand_public(tender)
    content = queries.sheet(tender, person().body).to_bytes()
    return send_bytes(content, "tender-sheet.json", MEDIA["json"])


@door.page("/bids/<id>", load=SealedBid, may="bid.read_own")
def show(bid: SealedBid) -> str:
    """The receipt of one of my bids."""
    return page(
        "bids/show.html", bid=bid, tender=bid.tender, steps=steps.of_bid(bid, person()), opened=queries.opened_of(bid),
        chain=queries.chain(bid), pdf=receipt_file(bid, "pdf"), text=receipt_file(bid, "txt"),
    )  # fmt: skip


@door.page("/bids/<id>/receipt.<kind>", load=SealedBid, may="bid.read_own")
def receipt(bid: SealedBid, kind: str) -> Response:
    """The receipt as a file, `pdf` or `txt`."""
    return send(queries.demand_file(receipt_file(bid, kind)))


@door.page("/bids/<id>/sealed.json", load=SealedBid, may="bid.read_own")
def sealed(bid: SealedBid) -> Response:
    """My sealed file, as it was handed in."""
    return send(bid.file)


@form_page(door, "/bids/<id>/replace", load=SealedBid, may="bid.replace")
def replace(bid: SealedBid) -> str | Response:
    """Hand in another sealed file in the place of this one."""
    form = SealedForm(obj=bid)
    if form.sent():
        new = actions.replace(bid, form.content())
        remember(_("新的密封投标已收到，原投标已被替换。请下载新的回执。"))
        return to("bids.show", id=new.public_id)
    return page("bids/replace.html", form=form, bid=bid, findings=actions.bars(bid.tender, bid.bidder))


@form_page(door, "/bids/<id>/withdraw", load=SealedBid, may="bid.withdraw")
def withdraw(bid: SealedBid) -> str | Response:
    """Take a bid back."""
    form = WithdrawForm(obj=bid)
    if form.sent():
        actions.withdraw(bid)
        remember(_("投标已撤回。"))
        return to("bids.show", id=bid.public_id)
    return page("bids/withdraw.html", form=form, bid=bid, findings=steps.lateness(bid.tender))


@door.page("/tenders/<id>/opening", load=Tender, may="public.read")
def opening_page(tender: Tender) -> str:
    """The opening: before it who has come, after it what was read out."""
    queries.demand_public(tender)
    return page(
        "bids/opening.html", tender=tender, closed=queries.closed(tender), standing=quorum.standing(tender),
        holder=keyholder_of(tender, person().id), held=queries.opening(tender),
        asked=quorum.asked(tender, person().id), steps=steps.of_opening(tender, person()),
        lots=queries.lots_of(tender), opened=queries.opened(tender), not_opened=queries.not_opened(tender),
    )  # fmt: skip


@door.page("/tenders/<id>/shares.json", load=Tender, may="share.release")
def share_sheet(tender: Tender) -> Response:
    """The shares this keyholder is asked for; nobody gets one before the deadline."""
    content = opening.asked_of(tender, person())
    return send_bytes(content, "shares.json", MEDIA["json"])


@form_page(door, "/tenders/<id>/shares", load=Tender, may="share.release")
def shares(tender: Tender) -> str | Response:
    """A keyholder hands in what they decrypted at their own desk."""
    form = SharesForm()
    if form.sent():
        given = opening.release(queries.demand_keyholder(tender, person().id), form.content())
        good = sum(one.good for one in given)
        remember(_("已收到份额：共 %(n)s 份，有效 %(good)s 份。", n=len(given), good=good))
        return to("bids.opening_page", id=tender.public_id)
    return page("bids/shares.html", form=form, tender=tender, asked=quorum.asked(tender, person().id))


@form_page(door, "/tenders/<id>/open", load=Tender, may="tender.open")
def open_bids(tender: Tender) -> str | Response:
    """Open every bid at once."""
    form = OpenForm(obj=tender)
    if form.sent():
        opening.open_all(tender)
        remember(_("已开标。开标记录已经生成。"))
        return to("bids.opening_page", id=tender.public_id)
    return page("bids/open.html", form=form, tender=tender, standing=quorum.standing(tender))


@door.page("/tenders/<id>/opening-record.pdf", load=Tender, may="public.read")
def record(tender: Tender) -> Response:
    """The opening record on paper."""
    held = queries.opening(tender)
    return send(queries.demand_file(held.record if held else None), inline=True)


@door.page("/bids/opened/<id>", load=Bid, may="bid.read")
def opened(bid: Bid) -> str:
    """What an opened bid says: for the buyer, the supervisor and the bidder itself."""
    return page("bids/opened.html", bid=bid, statements=queries.statements(bid), sme=queries.sme_kind(bid))


@door.page("/bids/opened/<id>/attachments/<int:number>", load=Bid, may="bid.read")
def attachment(bid: Bid, number: int) -> Response:
    """One attachment of an opened bid."""
    return send_bytes(*queries.attachment(bid, number))
