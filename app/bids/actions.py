"""Handing in, replacing and withdrawing sealed bids. Nothing here can read what a bid says."""

import hashlib

from app.accounts.models import Body
from app.bids import queries, sealing
from app.bids.models import SealedBid
from app.bids.receipts import keep_receipt
from app.core import access, changes, clock, files
from app.core.errors import OutOfOrder
from app.core.law import Findings, demand
from app.core.words import N_
from app.plans.models import Lot
from app.registry.standing import bidder as standing_of
from app.rules import bidding
from app.tenders.models import Tender

NOT_TAKING = N_("这次采购现在不接收投标。")


def hand_in(tender: Tender, bidder: Body, content: bytes) -> SealedBid:
    """Keep a sealed bid and its receipt. Raises Unlawful: late, unsealed, no such lot, not eligible, a second one."""
    lot = _lot(tender, bidder, content)
    demand(bidding.one_live_bid(1 if queries.live_bid(tender, lot, bidder.id) else 0))
    return _keep(tender, lot, bidder, content, replaces=None)


def replace(old: SealedBid, content: bytes) -> SealedBid:
    """Put a new sealed bid in the place of one handed in before; both stay on record."""
    lot = _lot(old.tender, old.bidder, content)
    demand(bidding.lot_open(lot.number, [old.lot.number]))
    changes.move(old, "replace", ended_at=clock.now())
    return _keep(old.tender, lot, old.bidder, content, replaces=old)


def withdraw(bid: SealedBid) -> SealedBid:
    """Take a bid back before the deadline; the bytes stay sealed and on record."""
    assert bid.tender.closes_at is not None
    demand(bidding.before_the_deadline(clock.now(), bid.tender.closes_at))
    return changes.move(bid, "withdraw", ended_at=clock.now())


def bars(tender: Tender, bidder: Body) -> list[Findings]:
    """What bars this body from bidding just now, before it has sealed anything."""
    assert tender.closes_at is not None
    who = standing_of(bidder, clock.today())
    return [
        bidding.before_the_deadline(clock.now(), tender.closes_at),
        bidding.eligible(who, clock.today()),
        bidding.reserved_for_enterprises(tender.project.reserved, who, declared_sme=bidder.size in SME_SIZES),
    ]


SME_SIZES = ("micro", "small", "medium")


def _lot(tender: Tender, bidder: Body, content: bytes) -> Lot:
    if tender.state != "published" or tender.closes_at is None:
        raise OutOfOrder(NOT_TAKING)
    demand(*bars(tender, bidder))
    demand(sealing.check_package(content, queries.sheet(tender, bidder)))
    package = sealing.read_package(content)
    return next(lot for lot in queries.lots_of(tender) if lot.public_id == package.lot)


def _keep(tender: Tender, lot: Lot, bidder: Body, content: bytes, replaces: SealedBid | None) -> SealedBid:
    number = f"{tender.number}-{lot.number:02d}-T{queries.count_received(tender) + 1:04d}"
    kept = files.keep(content, f"{number}.sealed.json", ("json",), body_id=bidder.id)
    bid = SealedBid(
        tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, bidder=bidder, bidder_id=bidder.id,
        receipt_no=number, file=kept, file_id=kept.id, sealed_sha256=hashlib.sha256(content).hexdigest(),
        size=len(content), received_at=clock.now(), handed_in_by_id=access.actor().id,
        replaces_id=replaces.id if replaces else None, place=tender.place,
    )  # fmt: skip
    changes.add(bid, "bid.hand_in")
    keep_receipt(bid)
    return bid
