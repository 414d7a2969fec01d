"""The buttons of a sealed bid and of an opening: what can be done now, and why what cannot."""

from typing import Any

from flask import url_for

from app.accounts.models import Person
from app.bids import quorum
from app.bids.models import SealedBid
from app.core import access, clock
from app.core.law import Finding
from app.core.showing import t, told
from app.core.words import N_, fill
from app.rules.bidding import before_the_deadline, deadline_has_passed
from app.tenders.models import Tender

TONES = {"replace": "secondary", "withdraw": "warning"}
OPEN_NOW = N_("开标")
WAITS = N_("还需要至少 %(n)s 位保管人提交份额。")


def of_bid(bid: SealedBid, who: Any) -> list[dict[str, object]]:
    """What its bidder can still do with a bid; after the deadline the reason stands beside each step."""
    steps = [one for one in bid.lifecycle.from_state(bid.state) if one.verb in TONES]
    allowed = [one for one in steps if access.may(who, bid.lifecycle.action(one.verb), bid)]
    late = _reason(lateness(bid.tender))
    return [
        {
            "label": one.label,
            "url": url_for(f"bids.{one.verb}", id=bid.public_id),
            "tone": TONES[one.verb],
            "reason": late,
        }
        for one in allowed
    ]


def of_opening(tender: Tender, who: Person) -> list[dict[str, object]]:
    """The button that opens the bids, for those who may press it."""
    if tender.state != "published" or not access.may(who, "tender.open", tender):
        return []
    assert tender.closes_at is not None
    early, standing = _reason([*deadline_has_passed(clock.now(), tender.closes_at)]), quorum.standing(tender)
    waits = "" if standing.ready else fill(t(WAITS), {"n": standing.missing})
    return [{"label": OPEN_NOW, "url": url_for("bids.open_bids", id=tender.public_id), "reason": early or waits}]


def lateness(tender: Tender) -> list[Finding]:
    """What bars a change of mind once the deadline has passed (B-45)."""
    assert tender.closes_at is not None
    return list(before_the_deadline(clock.now(), tender.closes_at))


def _reason(findings: list[Finding]) -> str:
    return told(findings[0]) if findings else ""
