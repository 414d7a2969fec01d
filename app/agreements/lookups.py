"""What the pages of a contract show, gathered from its records."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from app.accounts.models import Person
from app.agreements import checks
from app.agreements.conditions import DOCUMENT, settlement_clause
from app.agreements.models import Agreement, Instalment, Signature
from app.agreements.signing import FIELDS
from app.agreements.terms import Terms, proposed
from app.agreements.trust import is_demonstration, trusted_roots
from app.awards.models import Award
from app.core.law import Finding
from app.core.words import N_
from app.documents.checking import SignatureVerdict, check
from app.documents.editions import latest, load
from app.plans.models import CONDITIONS

__all__ = ["FIELDS", "before_drawing_up", "instalments", "settlement", "side", "signatures", "terms", "verified"]
TONES = {"pending": "plain", "accrued": "warn", "paid": "good", "withheld": "bad"}


@dataclass(frozen=True)
class Shown:
    """One instalment as the page shows it: the condition and the state in words, and why it stands there."""

    instalment: Instalment
    condition: str
    state: str
    tone: str
    why: str


def instalments(agreement: Agreement) -> list[Shown]:
    """The instalments in their order."""
    states = Instalment.lifecycle.states
    return [
        Shown(one, CONDITIONS[one.condition], states[one.state], TONES[one.state], one.ground or _waits(agreement))
        for one in agreement.instalments
    ]


def settlement(agreement: Agreement) -> str:
    """The clause the contract is paid by."""
    return settlement_clause(agreement)


def signatures(agreement: Agreement) -> list[tuple[Signature, str, bool]]:
    """Each signature with the field it stands in and whether its certificate is a demonstration's."""
    return [(one, FIELDS[one.party], is_demonstration(one.issuer)) for one in agreement.signatures]


def verified(agreement: Agreement) -> Sequence[tuple[SignatureVerdict, bool]]:
    """The verdict on every signature of the kept file, as it is found now; none before anybody signed."""
    if not agreement.signatures:
        return []
    content = (agreement.signed_file or agreement.file).bytes
    return [(one, is_demonstration(one.issuer)) for one in check(content, trusted_roots())]


def side(agreement: Agreement, person: Person) -> str:
    """Which party this person signs for."""
    return "buyer" if person.body_id == agreement.buyer_id else "supplier"


def terms(form: Any) -> Terms:
    """The terms as typed."""
    return Terms(**{one.name: form[one.name].data for one in fields(Terms)})


def before_drawing_up(award: Award, kept: Agreement | None) -> list[Finding]:
    """What would bar drawing up as proposed; nothing where there is a contract already."""
    return [] if kept else checks.of_proposal(award, proposed(award), load(DOCUMENT, latest(DOCUMENT)))


def _waits(agreement: Agreement) -> str:
    if agreement.state == "terminated":
        return N_("合同已终止，不再支付")
    return N_("等待合同约定的条件成就")
