"""What is read of bids. Sealed content is never read here: nobody can."""

from sqlalchemy import func, select

from app.accounts.models import Body
from app.bids import sealing
from app.bids.models import Bid, Opening, SealedBid, ShareRelease
from app.core import log
from app.core.db import db
from app.plans.models import Lot
from app.tenders.models import Keyholder, Tender


def lots_of(tender: Tender) -> list[Lot]:
    """The lots of a tender, by number."""
    query = select(Lot).where(Lot.project_id == tender.project_id, Lot.dropped.is_(False)).order_by(Lot.number)
    return list(db.session.scalars(query))


def sheet_tender(tender: Tender) -> sealing.Tender:
    """The tender as sealed files name it."""
    assert tender.closes_at is not None
    return sealing.Tender(tender.public_id, tender.number, tender.project.name, log.stamp(tender.closes_at))


def sheet(tender: Tender, body: Body) -> sealing.Sheet:
    """What this body needs in order to seal a bid (`tender-sheet.json`)."""
    return sealing.Sheet(
        tender=sheet_tender(tender),
        lots=tuple(sealing.SheetLot(t.public_id, str(t.number), t.name, t.ceiling_fen) for t in lots_of(tender)),
        bidder=sealing.Bidder(body.public_id, body.name),
        threshold=tender.threshold,
        keyholders=tuple(
            sealing.Keyholder(k.public_id, k.person.name, k.standing, k.recipient) for k in tender.keyholders
        ),
    )


def share_sheet(tender: Tender, keyholder: Keyholder) -> bytes:
    """What one keyholder is asked for after the deadline: their share of every live bid (`shares.json`)."""
    packages = {bid.public_id: bid.file.bytes for bid in held(tender)}
    return sealing.keyholder_sheet(sheet_tender(tender), keyholder.public_id, packages)


def held(tender: Tender, lot: Lot | None = None) -> list[SealedBid]:
    """The bids that are in and were neither replaced nor withdrawn, in the order they came."""
    query = select(SealedBid).where(SealedBid.tender_id == tender.id, SealedBid.state == "held").order_by(SealedBid.id)
    return list(db.session.scalars(query.where(SealedBid.lot_id == lot.id) if lot else query))


def live_bid(tender: Tender, lot: Lot, body_id: int) -> SealedBid | None:
    """This body's live bid for a lot."""
    query = select(SealedBid).where(SealedBid.tender_id == tender.id, SealedBid.lot_id == lot.id)
    return db.session.scalar(query.where(SealedBid.bidder_id == body_id, SealedBid.state == "held"))


def bids_of(tender: Tender, body_id: int) -> list[SealedBid]:
    """Everything this body handed in for a tender, newest first."""
    query = select(SealedBid).where(SealedBid.tender_id == tender.id, SealedBid.bidder_id == body_id)
    return list(db.session.scalars(query.order_by(SealedBid.id.desc())))


def count_received(tender: Tender) -> int:
    """How many receipts were given out for a tender."""
    return db.session.scalar(select(func.count()).where(SealedBid.tender_id == tender.id)) or 0


def keyholder_of(tender: Tender, person_id: int) -> Keyholder | None:
    """The keyholder this person is in a tender."""
    return next((k for k in tender.keyholders if k.person_id == person_id), None)


def releases(tender: Tender) -> list[ShareRelease]:
    """All shares released for a tender."""
    query = select(ShareRelease).where(ShareRelease.tender_id == tender.id).order_by(ShareRelease.id)
    return list(db.session.scalars(query))


def came(tender: Tender) -> set[int]:
    """The ids of the keyholders who have released their shares."""
    return {release.keyholder_id for release in releases(tender)}


def opened(tender: Tender, lot: Lot | None = None) -> list[Bid]:
    """What the opened bids say, lot by lot, in the order they came."""
    query = select(Bid).where(Bid.tender_id == tender.id).order_by(Bid.lot_id, Bid.id)
    return list(db.session.scalars(query.where(Bid.lot_id == lot.id) if lot else query))


def not_opened(tender: Tender) -> list[SealedBid]:
    """Bids that were replaced, withdrawn, given back unopened or could not be opened, in the order they came."""
    states = ("replaced", "withdrawn", "returned", "spoiled")
    query = select(SealedBid).where(SealedBid.tender_id == tender.id, SealedBid.state.in_(states))
    return list(db.session.scalars(query.order_by(SealedBid.id)))


def opening(tender: Tender) -> Opening | None:
    """The opening of a tender, when it was held."""
    return db.session.scalar(select(Opening).where(Opening.tender_id == tender.id))


def rivals(tender: Tender, lot: Lot, body: Body) -> list[Body]:
    """The other bodies with a live bid for the lot."""
    return [bid.bidder for bid in held(tender, lot) if bid.bidder_id != body.id]
