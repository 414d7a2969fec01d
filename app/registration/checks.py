"""What the register knows against a name, a code or a person: the questions the rules of registering are asked with."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from app.accounts.models import Body
from app.core import clock, search
from app.core.law import Finding
from app.places.queries import divisions_in
from app.registration import queries
from app.registration.models import Application
from app.registry.models import Organization
from app.registry.queries import holder_of, named_alike
from app.rules import codes, organizations, registering
from app.rules.registering import Headed

AT = {"funds_fen": "capital", "registrar_level": "authority"}  # a rule's field → the form's


def bare(name: str) -> str:
    """A name without blanks: names of organizations have none."""
    return "".join(name.split())


def folded(name: str) -> str:
    """As names are compared: one width, Simplified, without blanks and brackets."""
    return search.folded(bare(name)).replace(" ", "")


def level_of(authority: Body) -> str:
    """The level of a registration authority, from its division code."""
    code = authority.place[:6]
    if code == "000000":
        return organizations.NATIONAL
    if code.endswith("0000"):
        return organizations.PROVINCIAL
    return organizations.PREFECTURAL if code.endswith("00") else organizations.COUNTY


def name_free(application: Application, name: str) -> Iterator[Finding]:
    """Nobody else has the name or asked for it earlier (C-18)."""
    namesake, own = named_alike(name), application.applicant_id
    taken = [namesake.name] if namesake is not None and namesake.id != own else []
    taken += [one.name for one in queries.asked_alike(folded(name), own, application.id) if one.name not in taken]
    yield from registering.name_free(name, taken)


def code_free(code: str, own: Body) -> Iterator[Finding]:
    """No other body has the code (C-13)."""
    holder = holder_of(codes.normal_uscc(code))
    yield from registering.code_free(code, holder.name if holder is not None and holder.id != own.id else None)


def heads_no_other(application: Application, kind: str, head: str) -> Iterator[Finding]:
    """The person heads no organization that excludes this one; the same name alone warns (C-03, C-10)."""
    own = application.organization_id or 0
    sure = {one.organization_id: one.organization for one in queries.headed_by(application.head_mark, own)}
    alike = [one for one in queries.named_heads(head, own) if one.id not in sure and _may_be(one, application)]
    others = [Headed(one.body.name, one.kind, True) for one in sure.values()]
    others += [Headed(one.body.name, one.kind, False) for one in alike]
    yield from registering.heads_no_other(kind, head, others)


def _may_be(organization: Organization, application: Application) -> bool:
    """Whether a namesake may be the same person: not where both are verified and differ."""
    known = queries.head_of(organization)
    return known is None or application.head_mark is None or known.mark == application.head_mark


def at_fields(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings at the fields of the procedures' forms."""
    return (replace(one, field=AT.get(one.field or "", one.field)) for one in findings)


def kept_day(text: str) -> date:
    """A day as an application keeps it."""
    return date.fromisoformat(text)


def places_in(name: str) -> tuple[str, str]:
    """A division of the country that a name speaks of by its full name, and one by its short name (和平 may be one)."""
    whole, short = divisions_in(bare(name))
    return whole, "" if whole else short


def in_time(application: Application) -> Iterator[Finding]:
    """Warn where the clock has run out."""
    if application.due_on:
        yield from registering.decided_in_time(application.due_on, clock.today())
