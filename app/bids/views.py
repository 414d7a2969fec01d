"""The bidder's pages, the keyholders' pages, and the public opening table."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.bids import actions, opening, queries
from app.bids.forms import ButtonForm, SealedForm, SharesForm
from app.bids.models import Bid, SealedBid
from app.bids.receipts import receipt_file
from app.core import access, clock
from app.core.door import NO_SUCH, Door, form, form_page, page, person, remember, to
from app.core.errors import Invalid, Missing
from app.core.files import send, send_bytes
from app.core.words import N_
from app.tenders.models import Tender
from app.tenders.queries import is_public

door = Door("bids", __name__)
NOTHING_GIVEN = N_("请选择份额文件，或粘贴它的内容。")


@door.page("/tenders/<id>/bids", load=Tender, may="bidding.enter")
def index(tender: Tender) -> str:
    """My bids for this tender: what bars me, how to seal, what I handed in."""
    _demand_public(tender)
    mine = person().body
    return page(
        "bids/index.html", tender=tender, bids=queries.bids_of(tender, mine.id),
        findings=[one for found in actions.bars(tender, mine) for one in found], fragment=_seal_fragment(tender),
    )  # fmt: skip


@door.page("/tenders/<id>/sheet.json", load=Tender, may="bidding.enter")
def sheet(tender: Tender) -> Response:
    """What this bidder needs in order to seal."""
    _demand_public(tender)
    content = queries.sheet(tender, person().body).to_bytes()
    return send_bytes(content, "tender-sheet.json", "application/json")


@form_page(door, "/tenders/<id>/bid", load=Tender, may="bidding.enter")
def hand_in(tender: Tender) -> str | Response:
    """Hand in a sealed bid."""
    _demand_public(tender)
    typed = SealedForm()
    if typed.sent():
        bid = actions.hand_in(tender, person().body, typed.sealed.data.read())
        remember(_("投标已收到，请下载并保存回执。"))
        return to("bids.show", id=bid.public_id)
    lede = _("只接收密封页面或命令行工具做出的密封文件。截止时间一到即不再接收。")
    back = url_for("bids.index", id=tender.public_id)
    return form(
        _("递交密封投标"),
        typed,
        _("递交"),
        caption=tender.project.name,
        lede=lede,
        files=True,
        rules=["B-45"],
        cancel=back,
    )


@door.page("/bids/<id>", load=SealedBid, may="bid.read_own")
def show(bid: SealedBid) -> str:
    """One bid of mine: receipt, replace, withdraw."""
    open_ = bid.state == "held" and bid.tender.closes_at and clock.now() < bid.tender.closes_at
    return page("bids/show.html", bid=bid, open=open_)


@door.page("/bids/<id>/receipt.<kind>", load=SealedBid, may="bid.read_own")
def receipt(bid: SealedBid, kind: str) -> Response:
    """The receipt, on paper (pdf) or as the text that verifies offline (txt)."""
    kept = receipt_file(bid, kind)
    if kept is None:
        raise Missing(NO_SUCH)
    return send(kept)


@form_page(door, "/bids/<id>/replace", load=SealedBid, may="bid.replace")
def replace(bid: SealedBid) -> str | Response:
    """Put a new sealed bid in its place."""
    typed = SealedForm(obj=bid)
    if typed.sent():
        new = actions.replace(bid, typed.sealed.data.read())
        remember(_("投标已替换，请下载新的回执。"))
        return to("bids.show", id=new.public_id)
    back = url_for("bids.show", id=bid.public_id)
    return form(_("替换投标"), typed, _("替换"), caption=bid.receipt_no, files=True, rules=["B-45"], cancel=back)


@form_page(door, "/bids/<id>/withdraw", load=SealedBid, may="bid.withdraw")
def withdraw(bid: SealedBid) -> str | Response:
    """Take it back before the deadline."""
    typed = ButtonForm(obj=bid)
    if typed.sent():
        actions.withdraw(bid)
        remember(_("投标已撤回。"))
        return to("bids.show", id=bid.public_id)
    back = url_for("bids.show", id=bid.public_id)
    return form(_("撤回投标"), typed, _("撤回"), tone="warning", caption=bid.receipt_no, rules=["B-45"], cancel=back)


@door.page("/tenders/<id>/opening", load=Tender, may="public.read")
def opening_page(tender: Tender) -> str:
    """Who has come, what is still needed; after the opening, the table that was read out."""
    _demand_public(tender)
    holder = queries.keyholder_of(tender, person().id)
    over = tender.closes_at is not None and clock.now() >= tender.closes_at
    return page(
        "bids/opening.html", tender=tender, opening=queries.opening(tender), came=queries.came(tender), holder=holder,
        bids=queries.opened(tender), over=over, fragment=_open_fragment(tender) if holder else "",
    )  # fmt: skip


@door.page("/tenders/<id>/opening.pdf", load=Tender, may="public.read")
def record(tender: Tender) -> Response:
    """The opening record."""
    held = queries.opening(tender)
    if held is None or held.record is None:
        raise Missing(NO_SUCH)
    return send(held.record, inline=True)


@door.page("/tenders/<id>/shares.json", load=Tender, may="tender.manage")
def share_sheet(tender: Tender) -> Response:
    """What this keyholder is asked for, after the deadline."""
    holder = queries.keyholder_of(tender, person().id)
    if holder is None or tender.closes_at is None or clock.now() < tender.closes_at:
        raise Missing(NO_SUCH)
    return send_bytes(queries.share_sheet(tender, holder), "shares.json", "application/json")


@form_page(door, "/tenders/<id>/shares", load=Tender, may="tender.manage")
def release(tender: Tender) -> str | Response:
    """A keyholder hands in their shares."""
    holder, typed = queries.keyholder_of(tender, person().id), SharesForm()
    if holder is None:
        raise Missing(NO_SUCH)
    if typed.sent():
        opening.release(holder, _given(typed))
        remember(_("密钥份额已提交。"))
        return to("bids.opening_page", id=tender.public_id)
    back = url_for("bids.opening_page", id=tender.public_id)
    return form(_("提交密钥份额"), typed, _("提交"), caption=tender.number, files=True, rules=["B-45"], cancel=back)


@form_page(door, "/tenders/<id>/open", load=Tender, may="tender.open")
def open_all(tender: Tender) -> str | Response:
    """Open every bid, once enough keyholders have come."""
    typed = ButtonForm(obj=tender)
    if typed.sent():
        opening.open_all(tender)
        remember(_("开标完成。"))
        return to("bids.opening_page", id=tender.public_id)
    back = url_for("bids.opening_page", id=tender.public_id)
    return form(_("开标"), typed, _("开启全部投标"), caption=tender.number, rules=["B-45"], cancel=back)


@door.page("/bids/opened/<id>", load=Bid, may="bid.read")
def opened(bid: Bid) -> str:
    """What an opened bid says, for those who may read it."""
    return page("bids/opened.html", bid=bid)


def _given(typed: SharesForm) -> bytes:
    if typed.file.data:
        return bytes(typed.file.data.read())
    if not (typed.shares.data or "").strip():
        raise Invalid(NOTHING_GIVEN, {}, "shares")
    return str(typed.shares.data).encode()


def _demand_public(tender: Tender) -> None:
    if not is_public(tender) and not access.may(person(), "tender.manage", tender):
        raise Missing(NO_SUCH)


def _seal_fragment(tender: Tender) -> str:
    return f"sheet={url_for('bids.sheet', id=tender.public_id)}&back={url_for('bids.hand_in', id=tender.public_id)}"


def _open_fragment(tender: Tender) -> Any:
    shares, post = url_for("bids.share_sheet", id=tender.public_id), url_for("bids.release", id=tender.public_id)
    return f"shares={shares}&post={post}&csrf={generate_csrf()}"
