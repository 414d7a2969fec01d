"""What the opening record says on paper. It is a Chinese document: nothing here is translated."""

from app.bids import queries
from app.bids.lifecycle import SEALED_BID
from app.bids.models import Opening, SealedBid
from app.core import access
from app.core.words import N_
from app.plans.models import METHODS, Lot
from app.tenders.models import Keyholder, Tender

TOO_FEW = N_("第 %(lot)s 包有效投标不足，未开启")
HALL, PLATFORM, ANSWER = "平台线上开标大厅", "平台", "按规定处理"
NOT_COME, ALL_GOOD, SOME_BAD, NONE_GOOD = "未提交", "有效", "部分与承诺不符", "与承诺不符"


def facts(opening: Opening, remarks: list[str]) -> dict[str, object]:
    """The plain values that `contracts/opening_record` is printed from. Amounts in fen."""
    tender = opening.tender
    return {
        "opened_at": opening.opened_at,
        "place": HALL,
        "host": getattr(access.actor(), "name", ""),
        "threshold": tender.threshold,
        "remarks": [{"by": PLATFORM, "text": text, "answer": ANSWER} for text in remarks],
        "tender": {
            "number": tender.number,
            "name": tender.project.name,
            "buyer": tender.buyer.name,
            "method": METHODS[tender.project.method],
            "closes_at": tender.closes_at,
        },
        "keyholders": [_keyholder(tender, one) for one in tender.keyholders],
        "lots": [_lot(tender, lot) for lot in queries.lots_of(tender)],
        "not_opened": [_not_opened(bid) for bid in queries.not_opened(tender)],
    }


def _keyholder(tender: Tender, keyholder: Keyholder) -> dict[str, object]:
    good = [one.good for one in queries.releases(tender) if one.keyholder_id == keyholder.id]
    share = ALL_GOOD if all(good) else SOME_BAD if any(good) else NONE_GOOD
    return {
        "standing": keyholder.standing,
        "name": keyholder.person.name,
        "came": bool(good),
        "share": share if good else NOT_COME,
    }


def _lot(tender: Tender, lot: Lot) -> dict[str, object]:
    lines = [
        {
            "bidder": bid.bidder.name,
            "received_at": bid.sealed.received_at,
            "sha256": bid.sealed.sealed_sha256,
            "price_fen": bid.price_fen,
            "note": bid.fault,
        }
        for bid in queries.opened(tender, lot)
        if bid.price_fen
    ]
    return {"number": lot.number, "name": lot.name, "ceiling_fen": lot.ceiling_fen, "bids": lines}


def _not_opened(bid: SealedBid) -> dict[str, object]:
    said = queries.opened_of(bid)
    reason = SEALED_BID.states[bid.state] + (f"：{said.fault}" if said else "")
    return {"lot": bid.lot.number, "bidder": bid.bidder.name, "reason": reason, "at": bid.ended_at}
