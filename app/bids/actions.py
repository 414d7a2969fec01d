"""Handing in, replacing and withdrawing sealed bids. Nothing here can read what a bid says."""

import hashlib
import secrets
from datetime import datetime

from app.accounts.models import Body
from app.bids import queries, sealing
from app.bids.models import SealedBid
from app.bids.receipts import keep_receipt
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.plans.models import Lot
from app.registry.standing import bidder as standing_of
from app.rules import bidding
from app.tenders.models import Tender

NOT_TAKING = N_("这次采购现在不接收投标。")
OTHER_LOT = N_("这份密封文件投的是第 %(lot)s 包，要替换的是第 %(old)s 包的投标。请选择同一包的密封文件。")
NOT_LIVE = N_("这份投标已被替换、撤回或开启，不能再替换。")
SAME_FILE = N_("这就是已经递交的那份密封文件，不需要替换。")
SME_SIZES = ("micro", "small", "medium")


def hand_in(tender: Tender, bidder: Body, content: bytes) -> SealedBid:
    """Keep a sealed bid and its receipt. Raises Unlawful: late, unsealed, no such lot, not eligible, a second one."""
    now = clock.now()
    lot = _lot(tender, bidder, content, now)
    demand(bidding.one_live_bid(1 if queries.live_bid(tender, lot, bidder.id) else 0))
    return _keep(tender, lot, bidder, content, now, replaces=None)


def replace(old: SealedBid, content: bytes) -> SealedBid:
    """Put a new sealed bid in the place of one handed in before; both stay on record.

    Raises Unlawful as `hand_in`, Invalid for another lot's file or the same file, OutOfOrder when the old one is over.
    """
    now = clock.now()
    lot = _lot(old.tender, old.bidder, content, now)
    if old.state != "held":
        raise OutOfOrder(NOT_LIVE)
    if lot.id != old.lot_id:
        raise Invalid(OTHER_LOT, {"lot": lot.number, "old": old.lot.number}, "sealed")
    if hashlib.sha256(content).hexdigest() == old.sealed_sha256:
        raise Invalid(SAME_FILE, {}, "sealed")
    changes.move(old, "replace", ended_at=now)
    return _keep(old.tender, lot, old.bidder, content, now, replaces=old)


def withdraw(bid: SealedBid) -> SealedBid:
    """Take a bid back before the deadline (B-45); the bytes stay sealed and on record."""
    assert bid.tender.closes_at is not None
    demand(bidding.before_the_deadline(clock.now(), bid.tender.closes_at))
    return changes.move(bid, "withdraw", ended_at=clock.now())


def bars(tender: Tender, bidder: Body, now: datetime | None = None) -> list[Finding]:
    """What bars this body from bidding just now, before it has sealed anything."""
    assert tender.closes_at is not None
    moment = now or clock.now()
    day = clock.day_of(moment)
    who = standing_of(bidder, day)
    return [
        *bidding.before_the_deadline(moment, tender.closes_at),
        *bidding.eligible(who, day),
        *bidding.reserved_for_enterprises(tender.project.reserved, who, declared_sme=bidder.size in SME_SIZES),
    ]


def _lot(tender: Tender, bidder: Body, content: bytes, now: datetime) -> Lot:
    """The lot the file is for. One moment decides: what is checked against the deadline is what the receipt says."""
    if tender.state != "published" or tender.closes_at is None:
        raise OutOfOrder(NOT_TAKING)
    demand(bars(tender, bidder, now))
    demand(sealing.check_package(content, queries.sheet(tender, bidder)))
    package = sealing.read_package(content)
    return next(lot for lot in queries.lots_of(tender) if lot.public_id == package.lot)


def _keep(
    tender: Tender, lot: Lot, bidder: Body, content: bytes, now: datetime, *, replaces: SealedBid | None
) -> SealedBid:
    # a running number would tell each bidder how many came before
    number = f"{tender.number}-{lot.number:02d}-T{secrets.token_hex(4).upper()}"
    kept = files.keep(content, f"{number}.sealed.json", ("json",), body_id=bidder.id)
    bid = SealedBid(
        tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, bidder=bidder, bidder_id=bidder.id,
        receipt_no=number, file=kept, file_id=kept.id, sealed_sha256=hashlib.sha256(content).hexdigest(),
        size=len(content), received_at=now, handed_in_by_id=access.actor().id,
        replaces_id=replaces.id if replaces else None, place=tender.place,
    )  # fmt: skip
    changes.add(bid, "bid.hand_in")
    keep_receipt(bid)
    return bid
