"""What is read of bids. Sealed content is never read here: nobody can."""

from sqlalchemy import select

from app.accounts.models import Body
from app.bids import sealing
from app.bids.lifecycle import SEALED_BID
from app.bids.models import Bid, Opening, SealedBid, ShareRelease
from app.catalogue.queries import norms
from app.core import clock, files, log
from app.core.db import db
from app.core.errors import Missing
from app.core.words import N_
from app.plans.models import Lot
from app.rules.bidding import enough_bidders
from app.tenders.models import Keyholder, Tender
from app.tenders.queries import is_public, keyholder_of

NO_SUCH = N_("没有这份文件，或者您不能查看它。")


def demand_public(tender: Tender) -> None:
    """Stop unless the tender was published: its draft is nobody's business here. Raises Missing."""
    if not is_public(tender):
        raise Missing(NO_SUCH)


def closed(tender: Tender) -> bool:
    """Whether its deadline has passed, by the clock."""
    return tender.closes_at is not None and clock.now() >= tender.closes_at


def taking(tender: Tender) -> bool:
    """Whether bids are taken just now."""
    return tender.state == "published" and not closed(tender)


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
    """What one keyholder is asked for after the deadline: their share of every bid to be opened (`shares.json`)."""
    packages = {bid.public_id: bid.file.bytes for bid in to_open(tender)}
    return sealing.keyholder_sheet(sheet_tender(tender), keyholder.public_id, packages)


def enough(tender: Tender, bidders: int) -> bool:
    """Whether a lot with so many bidders is opened at all (B-45, B-56, B-73)."""
    return not list(enough_bidders(tender.project.method, bidders, norms(tender.place)))


def to_open(tender: Tender) -> list[SealedBid]:
    """The bids whose shares are asked for; those of a lot with too few bidders go back unopened and unreadable."""
    lots = [held(tender, lot) for lot in lots_of(tender)]
    return [bid for bids in lots if enough(tender, len(bids)) for bid in bids]


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


def demand_keyholder(tender: Tender, person_id: int) -> Keyholder:
    """The keyholder this person is in a tender. Raises Missing."""
    found = keyholder_of(tender, person_id)
    if found is None:
        raise Missing(NO_SUCH)
    return found


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
    states = [state for state in SEALED_BID.states if state not in ("held", "opened")]
    query = select(SealedBid).where(SealedBid.tender_id == tender.id, SealedBid.state.in_(states))
    return list(db.session.scalars(query.order_by(SealedBid.id)))


def opening(tender: Tender) -> Opening | None:
    """The opening of a tender, when it was held."""
    return db.session.scalar(select(Opening).where(Opening.tender_id == tender.id))


def opened_of(bid: SealedBid) -> Bid | None:
    """What a bid said when it was opened."""
    return db.session.scalar(select(Bid).where(Bid.sealed_bid_id == bid.id))


def chain(bid: SealedBid) -> tuple[SealedBid | None, SealedBid | None]:
    """The bid that this one replaced, and the one that replaced it."""
    before = db.session.get(SealedBid, bid.replaces_id) if bid.replaces_id else None
    return before, db.session.scalar(select(SealedBid).where(SealedBid.replaces_id == bid.id))


def statements(bid: Bid) -> list[tuple[str, str, bool]]:
    """What the bidder declared: rule, sentence (a message id), whether it was declared."""
    return [(rule, text, bool(bid.declaration.get(key))) for key, (rule, text) in sealing.STATEMENTS.items()]


def sme_kind(bid: Bid) -> str:
    """What it declared about being a small firm (a message id)."""
    return sealing.SME_KINDS.get(str(bid.declaration.get("sme")), "")


def demand_file(file: files.StoredFile | None) -> files.StoredFile:
    """The file, or Missing."""
    if file is None:
        raise Missing(NO_SUCH)
    return file


def attachment(bid: Bid, number: int) -> tuple[bytes, str, str]:
    """Content, name and media type of an attachment of an opened bid, counted from 1. Raises Missing."""
    if not 0 < number <= len(bid.attachments):
        raise Missing(NO_SUCH)
    one = bid.attachments[number - 1]
    media = one["media_type"] if one["media_type"] in files.MEDIA.values() else "application/octet-stream"
    return files.StoredFile(sha256=one["sha256"], public_id=bid.public_id).bytes, one["name"], media


def rivals(tender: Tender, lot: Lot, body: Body) -> list[Body]:
    """The other bodies with a live bid for the lot."""
    return [bid.bidder for bid in held(tender, lot) if bid.bidder_id != body.id]
