"""What waits for keyholders and officers once the deadline of a tender has passed. Bidders are not nagged."""

from flask import url_for

from app.accounts.models import Person
from app.bids import quorum
from app.core.waiting import Waiting
from app.core.words import N_
from app.tenders.models import Tender

SHARES, SHARES_WHY = N_("为「%(name)s」提交密钥份额"), N_("投标已截止，够数的保管人提交份额后才能开标")
OPEN, OPEN_WHY = N_("为「%(name)s」开标"), N_("已有够数的保管人提交份额，或者没有需要开启的投标")


def waiting(person: Person) -> list[Waiting]:
    """A keyholder's shares that are asked for; an officer's openings that can be held."""
    found = [_shares(one.tender) for one in quorum.waiting_for_shares(person.id)]
    if "officer" in person.role_names:
        found += [_open(tender) for tender in quorum.ready_to_open(person.body_id)]
    return found


def _shares(tender: Tender) -> Waiting:
    url = url_for("bids.opening_page", id=tender.public_id)
    return Waiting(SHARES, url, SHARES_WHY, "B-45", values={"name": tender.project.name})


def _open(tender: Tender) -> Waiting:
    url = url_for("bids.open_bids", id=tender.public_id)
    return Waiting(OPEN, url, OPEN_WHY, "B-45", values={"name": tender.project.name})
