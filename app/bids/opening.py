"""Opening: keyholders release their shares after the deadline; with enough of them every bid is opened at once."""

import base64
from collections.abc import Mapping
from typing import Any

from app.accounts.models import Person
from app.bids import queries, quorum, sealing
from app.bids.models import Bid, Opening, SealedBid, ShareRelease
from app.bids.opening_record import TOO_FEW, facts
from app.bids.sealed_package import SHARE_BYTES
from app.bids.sealed_payload import attachments_of
from app.bids.sealed_sheet import sha256
from app.core import changes, clock, files
from app.core.errors import OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.plans.models import Lot
from app.rules.bidding import deadline_has_passed
from app.tenders.models import Keyholder, Tender

NOT_NOW = N_("这次采购现在不能开标。")
RELEASED_BEFORE = N_("您已经提交过这次开标的密钥份额。")
NOTHING_TO_OPEN = N_("各包的投标都不足法定家数，没有需要开启的投标，不需要提交份额。")
MORE_MUST_COME = N_(
    "每份投标需要 %(threshold)s 份有效的密钥份额才能开标，目前有投标只有 %(good)s 份。请等候其他保管人提交。"
)
NOT_AS_COMMITTED = N_("份额与密封文件中的承诺值不符")
LOST = N_("全部保管人到场后，有效的密钥份额仍不足，无法开启")


def asked_of(tender: Tender, person: Person) -> bytes:
    """The list of shares (`shares.json`) for one keyholder. Raises Unlawful before the deadline (B-45)."""
    keyholder = queries.demand_keyholder(tender, person.id)
    _may_open(tender)
    return queries.share_sheet(tender, keyholder)


def release(keyholder: Keyholder, content: bytes) -> list[ShareRelease]:
    """Take a keyholder's shares (`shares-….json`) after the deadline; a share that fails its commitment is kept as bad.

    One who came with bad shares may come again with good ones. Raises Unlawful before the deadline (B-45), OutOfOrder
    when all their shares are in, Invalid for a file that is not theirs.
    """
    tender = keyholder.tender
    _may_open(tender)
    asked = queries.to_open(tender)
    if not asked:
        raise OutOfOrder(NOTHING_TO_OPEN)
    kept = {one.sealed_bid_id: one for one in queries.releases(tender) if one.keyholder_id == keyholder.id}
    if kept and all(one.good for one in kept.values()):
        raise OutOfOrder(RELEASED_BEFORE)
    given = sealing.read_release(content, tender.public_id, keyholder.public_id)
    return [_take_share(keyholder, bid, given, kept.get(bid.id)) for bid in asked]


def open_all(tender: Tender) -> Opening:
    """Open every bid of every lot that has enough of them, once enough keyholders have come; print the record.

    The verdict on a bid does not depend on who came (docs/sealing.md). Raises Unlawful before the deadline, OutOfOrder
    while a bid has fewer good shares than the threshold and a keyholder has not come yet.
    """
    _may_open(tender)
    standing = quorum.standing(tender)
    if not standing.ready:
        raise OutOfOrder(MORE_MUST_COME, {"good": standing.good, "threshold": tender.threshold})
    remarks = [_open_lot(tender, lot) for lot in queries.lots_of(tender)]
    changes.move(tender, "open")
    present = [f"{k.standing} {k.person.name}" for k in standing.came]
    opening = Opening(tender=tender, tender_id=tender.id, opened_at=clock.now(), keyholders=present, place=tender.place)
    changes.add(opening, "opening.hold", public=True)
    said = facts(opening, [remark for remark in remarks if remark])
    record = print_and_keep("opening_record", said, number=f"{tender.number}-KB")
    return changes.amend(opening, "opening.hold", record_id=record.id)


def _may_open(tender: Tender) -> None:
    if tender.state != "published" or tender.closes_at is None:
        raise OutOfOrder(NOT_NOW)
    demand(deadline_has_passed(clock.now(), tender.closes_at))


def _take_share(
    keyholder: Keyholder, bid: SealedBid, given: sealing.Release, kept: ShareRelease | None
) -> ShareRelease:
    values = _judged(keyholder, bid, given)
    if kept is not None:
        return kept if kept.good else changes.amend(kept, "share.release", **values)
    new = ShareRelease(
        tender_id=keyholder.tender_id, keyholder=keyholder, keyholder_id=keyholder.id, sealed_bid_id=bid.id,
        place=bid.place, **values,
    )  # fmt: skip
    return changes.add(new, "share.release")


def _judged(keyholder: Keyholder, bid: SealedBid, given: sealing.Release) -> dict[str, Any]:
    share = given.shares.get(bid.public_id, b"")
    sealed = next(s for s in sealing.read_package(bid.file.bytes).shares if s.keyholder == keyholder.public_id)
    good = len(share) == SHARE_BYTES and share[-1] == sealed.x and sha256(share) == sealed.commitment
    fault = "" if good else given.faults.get(bid.public_id) or NOT_AS_COMMITTED
    return {"share": base64.b64encode(share).decode() if good else "", "good": good, "fault": fault[:200]}


def _open_lot(tender: Tender, lot: Lot) -> str:
    bids = queries.held(tender, lot)
    if not queries.enough(tender, len(bids)):
        for bid in bids:
            changes.move(bid, "give_back", ended_at=clock.now())
        return TOO_FEW % {"lot": lot.number}
    for bid in bids:
        _open(bid)
    return ""


def _open(bid: SealedBid) -> Bid:
    try:
        opened = sealing.open_package(bid.file.bytes, quorum.shares_of(bid))
    except sealing.WordsDisagree as disagreement:
        return _read_out(bid, disagreement.payload, valid=False, fault=str(disagreement))
    except sealing.InvalidBid as invalid:
        return _spoil(bid, str(invalid))
    except sealing.NotEnoughShares:
        return _spoil(bid, LOST)
    return _read_out(bid, opened.payload, valid=True, fault="")


def _spoil(bid: SealedBid, fault: str) -> Bid:
    changes.move(bid, "spoil", ended_at=clock.now())
    return _add(bid, price_fen=0, declaration={}, contact={}, attachments=[], valid=False, fault=fault[:300])


def _read_out(bid: SealedBid, payload: Mapping[str, Any], *, valid: bool, fault: str) -> Bid:
    kept = [_attachment(one) for one in attachments_of(payload)]
    changes.move(bid, "unseal", ended_at=clock.now())
    said = {
        key: payload[key] for key in ("price_fen", "price_words", "declaration", "technical", "business", "contact")
    }
    return _add(bid, **said, attachments=kept, valid=valid, fault=fault[:300])


def _add(bid: SealedBid, **values: Any) -> Bid:
    opened = Bid(
        sealed=bid, sealed_bid_id=bid.id, tender=bid.tender, tender_id=bid.tender_id, lot=bid.lot, lot_id=bid.lot_id,
        bidder=bid.bidder, bidder_id=bid.bidder_id, place=bid.place, **values,
    )  # fmt: skip
    return changes.add(opened, "opening.hold")


def _attachment(one: sealing.Attachment) -> dict[str, object]:
    digest = sha256(one.content)
    files.put(one.content, digest)
    return {"name": one.name, "media_type": one.media_type, "sha256": digest, "size": len(one.content)}
