"""Whether enough keyholders have come: for the opening, its page and the worklist."""

import base64
from dataclasses import dataclass

from sqlalchemy import select

from app.bids.models import SealedBid
from app.bids.queries import releases, to_open
from app.core import clock
from app.core.db import db
from app.tenders.models import Keyholder, Tender


@dataclass(frozen=True)
class Standing:
    """How far an opening has come: who came, and the good shares of the bid that has the fewest."""

    came: list[Keyholder]
    good: int
    needed: int
    ready: bool

    @property
    def missing(self) -> int:
        """How many more must come at least."""
        return max(self.needed - self.good, 0)


def standing(tender: Tender) -> Standing:
    """How far the opening of a tender has come."""
    given, bids = releases(tender), to_open(tender)
    came = [k for k in tender.keyholders if k.id in {one.keyholder_id for one in given}]
    good = [sum(one.good for one in given if one.sealed_bid_id == bid.id) for bid in bids]
    least = min(good, default=tender.threshold)
    ready = least >= tender.threshold or len(came) == len(tender.keyholders)
    return Standing(came, least, tender.threshold, ready)


def shares_of(bid: SealedBid) -> dict[str, bytes]:
    """The good shares that were released for a bid, by keyholder."""
    given = [one for one in releases(bid.tender) if one.sealed_bid_id == bid.id and one.good]
    return {one.keyholder.public_id: base64.b64decode(one.share) for one in given}


def asked(tender: Tender, person_id: int) -> bool:
    """Whether this keyholder's shares are asked for and not all in yet."""
    return any(one.tender_id == tender.id for one in waiting_for_shares(person_id))


def waiting_for_shares(person_id: int) -> list[Keyholder]:
    """The tenders past their deadline whose opening waits for this keyholder."""
    query = (
        select(Keyholder)
        .join(Tender)
        .where(Keyholder.person_id == person_id, Tender.state == "published", Tender.closes_at <= clock.now())
    )
    return [one for one in db.session.scalars(query) if to_open(one.tender) and not _gave_all(one)]


def ready_to_open(body_id: int | None) -> list[Tender]:
    """A buyer's tenders past their deadline that can be opened now."""
    query = select(Tender).where(
        Tender.buyer_id == (body_id or 0), Tender.state == "published", Tender.closes_at <= clock.now()
    )
    return [tender for tender in db.session.scalars(query) if standing(tender).ready]


def _gave_all(keyholder: Keyholder) -> bool:
    given = [one for one in releases(keyholder.tender) if one.keyholder_id == keyholder.id]
    return bool(given) and all(one.good for one in given)
