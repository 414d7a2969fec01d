"""What the law says of a contract at each of its steps: shown before the button, demanded behind it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from app.agreements import facts
from app.agreements.models import Agreement
from app.agreements.terms import Terms
from app.awards.models import Award
from app.catalogue import queries as catalogue
from app.core import clock
from app.core.law import Finding
from app.documents.editions import Edition
from app.plans import queries as plans
from app.registry.standing import bidder as standing_of
from app.rules import bidding, contracting

CHALLENGED: list[Callable[[Award], bool]] = []  # challenges say here whether an open one may affect the result (B-94)


def before_drawing_up(award: Award, said: dict[str, object], edition: Edition) -> list[Finding]:
    """A-16, B-60, B-61, B-94 and G-07 for the contract *said* of an award."""
    numbers = catalogue.norms(award.place)
    terms = plans.contents(award.tender.project).terms
    shares: list[Any] = [Decimal(t.share_centi) / 100 for t in terms]  # 33.33% is a share too
    price, bond = int(str(said["price_fen"])), int(str(said["bond_fen"]))
    return [
        *contracting.contract_complete(facts.mandatory(said, edition)),
        *contracting.amount_as_awarded(price, award.amount_fen),
        *contracting.performance_bond_small(bond, price, numbers),
        *contracting.not_suspended(challenged(award)),
        *contracting.shares_make_whole(shares, numbers),
        *supplier_eligible(award),
    ]


def of_proposal(award: Award, terms: Terms, edition: Edition) -> list[Finding]:
    """What would bar drawing up with these terms."""
    return before_drawing_up(award, facts.contract(award, "", terms), edition)


def before_signing(agreement: Agreement) -> list[Finding]:
    """B-60: within thirty days of the award notice and at the awarded price; B-94."""
    award, numbers = agreement.award, catalogue.norms(agreement.place)
    return [
        *contracting.signed_in_time(notice_day(award), clock.today(), catalogue.calendar(), numbers),
        *contracting.amount_as_awarded(agreement.amount_fen, award.amount_fen),
        *contracting.not_suspended(challenged(award)),
        *supplier_eligible(award),
    ]


def supplier_eligible(award: Award) -> list[Finding]:
    """The supplier may take part today: a ban or a serious-list entry since the award bars the contract (B-21)."""
    return list(bidding.eligible(standing_of(award.supplier, clock.today()), clock.today()))


def before_publishing(agreement: Agreement) -> list[Finding]:
    """B-64: a warning when two working days have passed since signing."""
    if agreement.signed_at is None:
        return []
    signed, numbers = clock.day_of(agreement.signed_at), catalogue.norms(agreement.place)
    return list(contracting.published_in_time(signed, clock.today(), catalogue.calendar(), numbers))


def challenged(award: Award) -> bool:
    """Whether a challenge that may affect the result is open."""
    return any(one(award) for one in CHALLENGED)


def notice_day(award: Award) -> date:
    """The day the award notice was issued, from which the thirty days run (B-60)."""
    return clock.day_of(award.decided_at)


def sign_by(award: Award) -> date:
    """The last day to sign (B-60)."""
    days = catalogue.norms(award.place).whole("sign_days")
    return catalogue.calendar().add_days(notice_day(award), days, roll=True).day


def publish_by(agreement: Agreement) -> date | None:
    """The last day to publish (B-64), once both have signed."""
    return _working_days(agreement, "contract_publish_wd")


def file_by(agreement: Agreement) -> date | None:
    """The last day to file the copy with finance (B-65), once both have signed."""
    return _working_days(agreement, "contract_file_wd")


def _working_days(agreement: Agreement, key: str) -> date | None:
    if agreement.signed_at is None:
        return None
    days = catalogue.norms(agreement.place).whole(key)
    return catalogue.calendar().add_workdays(clock.day_of(agreement.signed_at), days).day
