"""Councils whose term runs out, on the worklist of the organization's people and of its registrars (G-172)."""

from flask import url_for

from app.accounts.models import Person
from app.catalogue.queries import norms
from app.core import clock
from app.core.law import Norms
from app.core.waiting import Waiting
from app.core.words import N_
from app.registration import governance_queries
from app.registration.governance import CouncilTerm
from app.registration.lifecycle import OPEN
from app.rules import governing

MOST = 20


def terms_running_out(person: Person) -> list[Waiting]:
    """The terms that this person is reminded of today."""
    if person.body is None:
        return []
    numbers = norms(person.place)
    until = governing.reminded_until(clock.today(), numbers)
    if "registrar" in person.role_names:
        found = governance_queries.terms_ending(until, MOST, registrar=person.body.name)
        return [_line(one, N_("督促换届：%(name)s"), _profile(one), numbers) for one in found]
    if person.role_names & {"manager", "clerk"}:
        found = governance_queries.terms_ending(until, 1, body_id=person.body_id)
        mine = [one for one in found if not governance_queries.has_open(one.organization, "council", OPEN)]
        return [_line(one, N_("换届：%(name)s"), url_for("registration.new", kind="council"), numbers) for one in mine]
    return []


def _line(term: CouncilTerm, label: str, url: str, numbers: Norms) -> Waiting:
    (said,) = governing.term_running_out(term.until, clock.today(), numbers)
    values = {**said.values, "name": term.organization.body.name}
    return Waiting(label, url, said.text, said.rule, term.until, values)


def _profile(term: CouncilTerm) -> str:
    return f"{url_for('registry.show', id=term.organization.public_id)}#council"
