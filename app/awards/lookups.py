"""What a page names in its address or its form, found or refused."""

from collections.abc import Mapping, Sequence

from app.accounts.models import Person
from app.accounts.queries import people_with
from app.awards import records
from app.awards.models import CommitteeMember
from app.bids.models import Bid
from app.core.door import NO_SUCH, find
from app.core.errors import Missing
from app.core.files import StoredFile
from app.plans.models import Lot
from app.tenders.models import Tender


def attachment(bid: Bid, number: int) -> tuple[StoredFile, str]:
    """One attachment of an opened bid (counted from 1) and its media type. Raises Missing.

    Its bytes are kept by content; they are checked against the fingerprint when they are read.
    """
    if not 1 <= number <= len(bid.attachments):
        raise Missing(NO_SUCH)
    kept = bid.attachments[number - 1]
    return StoredFile(name=kept["name"], sha256=kept["sha256"]), str(kept["media_type"])


def bid_to_mark(member: CommitteeMember, public_id: str) -> Bid:
    """A bid that this member judges, once they have declared. Raises Missing for any other."""
    bids_left = records.to_score(member.tender) if member.declared_at and not member.recused else []
    found = next((bid for bid in bids_left if bid.public_id == public_id), None)
    if found is None:
        raise Missing(NO_SUCH)
    return found


def lot_numbered(tender: Tender, number: int) -> Lot:
    """The lot with this number. Raises Missing."""
    found = next((lot for lot in records.lots_of(tender) if lot.number == number), None)
    if found is None:
        raise Missing(NO_SUCH)
    return found


def offered(tender: Tender) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Whom the committee page offers: experts with their field, and the buyer's people who may represent it."""
    experts = [
        (p.public_id, f"{p.name}（{p.expert_field or (p.body and p.body.name) or ''}）") for p in people_with("expert")
    ]
    own = [p for role in ("approver", "officer") for p in people_with(role, tender.buyer_id)]
    return experts, [(p.public_id, p.name) for p in own]


def people_drawn(experts: Sequence[str], representatives: Sequence[str]) -> list[tuple[Person, str]]:
    """The people with these public ids, experts first, as a committee is drawn. Raises Missing."""
    wanted = [(one, "expert") for one in experts] + [(one, "representative") for one in representatives]
    return [(find(Person, public_id), kind) for public_id, kind in wanted]


def as_text(chosen: Mapping[str, Bid]) -> str:
    """A decision as its form carries it."""
    return " ".join(f"{lot}:{bid.public_id}" for lot, bid in chosen.items())


def from_text(tender: Tender, text: str) -> dict[str, Bid]:
    """The decision a form carried. Raises Missing for a bid that is not of this tender."""
    known, chosen = records.bids_by_public_id(tender), {}
    for pair in text.split():
        lot, _, bid = pair.partition(":")
        if bid not in known:
            raise Missing(NO_SUCH)
        chosen[lot] = known[bid]
    return chosen


def paper(file: StoredFile | None) -> StoredFile:
    """A paper that has been printed. Raises Missing."""
    if file is None:
        raise Missing(NO_SUCH)
    return file
