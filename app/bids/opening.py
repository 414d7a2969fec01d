"""Opening: keyholders release their shares after the deadline; with enough of them every bid is opened at once."""

import base64
from collections.abc import Mapping
from typing import Any

from app.bids import queries, sealing
from app.bids.lifecycle import SEALED_BID
from app.bids.models import Bid, Opening, SealedBid, ShareRelease
from app.bids.sealed_payload import attachments_of
from app.bids.sealed_sheet import sha256
from app.catalogue.queries import norms
from app.core import access, changes, clock, files
from app.core.errors import OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.plans.models import METHODS, Lot
from app.rules.bidding import deadline_has_passed, enough_bidders
from app.tenders.models import Keyholder, Tender

RELEASED_BEFORE = N_("您已经提交过这次开标的密钥份额。")
MORE_MUST_COME = N_("已有 %(came)s 位保管人提交份额，需要 %(threshold)s 位才能开标。")
TOO_FEW = N_("第 %(lot)s 包有效投标不足，未开启")


def release(keyholder: Keyholder, content: bytes) -> list[ShareRelease]:
    """Take a keyholder's shares (`shares-….json`) after the deadline; a share that fails its commitment is kept as bad.

    Raises Unlawful before the deadline, OutOfOrder for a second time, Invalid for a file that is not theirs.
    """
    tender = keyholder.tender
    _may_open(tender)
    if keyholder.id in queries.came(tender):
        raise OutOfOrder(RELEASED_BEFORE)
    given = sealing.read_release(content, tender.public_id, keyholder.public_id)
    return [_keep_share(keyholder, bid, given) for bid in queries.held(tender)]


def open_all(tender: Tender) -> Opening:
    """Open every bid of every lot that has enough of them, once enough keyholders have come; print the record.

    The verdict on a bid does not depend on who came (docs/sealing.md). Raises OutOfOrder when too few came.
    """
    _may_open(tender)
    came = queries.came(tender)
    if queries.held(tender) and len(came) < tender.threshold:
        raise OutOfOrder(MORE_MUST_COME, {"came": len(came), "threshold": tender.threshold})
    remarks = [_open_lot(tender, lot) for lot in queries.lots_of(tender)]
    changes.move(tender, "open")
    present = [f"{k.standing} {k.person.name}" for k in tender.keyholders if k.id in came]
    opening = Opening(tender=tender, tender_id=tender.id, opened_at=clock.now(), keyholders=present, place=tender.place)
    changes.add(opening, "opening.hold", public=True)
    record = print_and_keep("opening_record", _facts(opening, [r for r in remarks if r]), number=f"{tender.number}-KB")
    return changes.amend(opening, "opening.hold", record_id=record.id)


def _may_open(tender: Tender) -> None:
    if tender.state != "published" or tender.closes_at is None:
        raise OutOfOrder(N_("这次采购现在不能开标。"))
    demand(deadline_has_passed(clock.now(), tender.closes_at))


def _keep_share(keyholder: Keyholder, bid: SealedBid, given: sealing.Release) -> ShareRelease:
    share = given.shares.get(bid.public_id)
    sealed = next(s for s in sealing.read_package(bid.file.bytes).shares if s.keyholder == keyholder.public_id)
    good = share is not None and sha256(share) == sealed.commitment
    fault = "" if good else given.faults.get(bid.public_id) or N_("份额与密封文件中的承诺值不符")
    kept = ShareRelease(
        tender_id=keyholder.tender_id, keyholder=keyholder, keyholder_id=keyholder.id, sealed_bid_id=bid.id,
        share=base64.b64encode(share).decode() if share else "", good=good, fault=fault[:200], place=bid.place,
    )  # fmt: skip
    return changes.add(kept, "share.release")


def _open_lot(tender: Tender, lot: Lot) -> str:
    bids = queries.held(tender, lot)
    if list(enough_bidders(tender.project.method, len(bids), norms(tender.place))):
        for bid in bids:
            changes.move(bid, "give_back", ended_at=clock.now())
        return TOO_FEW % {"lot": lot.number}
    for bid in bids:
        _open(bid)
    return ""


def _open(bid: SealedBid) -> Bid:
    shares = {
        r.keyholder.public_id: base64.b64decode(r.share)
        for r in queries.releases(bid.tender)
        if r.sealed_bid_id == bid.id and r.share
    }
    try:
        opened = sealing.open_package(bid.file.bytes, shares)
    except sealing.WordsDisagree as disagreement:
        return _read_out(bid, disagreement.payload, valid=False, fault=disagreement.text % disagreement.values)
    except sealing.InvalidBid as invalid:
        changes.move(bid, "spoil", ended_at=clock.now())
        return _add(bid, price_fen=0, declaration={}, attachments=[], valid=False, fault=str(invalid)[:300])
    return _read_out(bid, opened.payload, valid=True, fault="")


def _read_out(bid: SealedBid, payload: Mapping[str, Any], *, valid: bool, fault: str) -> Bid:
    kept = [_attachment(bid, one) for one in attachments_of(payload)]
    changes.move(bid, "unseal", ended_at=clock.now())
    return _add(
        bid, price_fen=payload["price_fen"], price_words=payload["price_words"], declaration=payload["declaration"],
        technical=payload["technical"], business=payload["business"], attachments=kept, valid=valid, fault=fault[:300],
    )  # fmt: skip


def _add(bid: SealedBid, **values: object) -> Bid:
    opened = Bid(
        sealed=bid, sealed_bid_id=bid.id, tender=bid.tender, tender_id=bid.tender_id, lot=bid.lot, lot_id=bid.lot_id,
        bidder=bid.bidder, bidder_id=bid.bidder_id, place=bid.place, **values,
    )  # fmt: skip
    return changes.add(opened, "opening.hold")


def _attachment(bid: SealedBid, one: sealing.Attachment) -> dict[str, object]:
    digest = sha256(one.content)
    files.put(one.content, digest)
    return {"name": one.name, "media_type": one.media_type, "sha256": digest, "size": len(one.content)}


def _facts(opening: Opening, remarks: list[str]) -> dict[str, object]:
    tender = opening.tender
    came = queries.came(tender)
    return {
        "opened_at": opening.opened_at,
        "place": "平台线上开标大厅",
        "host": getattr(access.actor(), "name", ""),
        "threshold": tender.threshold,
        "remarks": [{"by": "平台", "text": text, "answer": "按规定处理"} for text in remarks],
        "tender": {
            "number": tender.number,
            "name": tender.project.name,
            "buyer": tender.buyer.name,
            "method": METHODS[tender.project.method],
            "closes_at": tender.closes_at,
        },
        "keyholders": [
            {
                "standing": k.standing,
                "name": k.person.name,
                "came": k.id in came,
                "share": "有效" if k.id in came else "未提交",
            }
            for k in tender.keyholders
        ],
        "lots": [
            {"number": lot.number, "name": lot.name, "ceiling_fen": lot.ceiling_fen, "bids": _lines(tender, lot)}
            for lot in queries.lots_of(tender)
        ],
        "not_opened": [
            {"lot": b.lot.number, "bidder": b.bidder.name, "reason": SEALED_BID.states[b.state], "at": b.ended_at}
            for b in queries.not_opened(tender)
        ],
    }


def _lines(tender: Tender, lot: Lot) -> list[dict[str, object]]:
    return [
        {
            "bidder": bid.bidder.name,
            "received_at": bid.sealed.received_at,
            "sha256": bid.sealed.sealed_sha256,
            "price_fen": bid.price_fen,
            "note": bid.fault,
        }
        for bid in queries.opened(tender, lot)
    ]
