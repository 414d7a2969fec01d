"""What a granted establishment does: the sponsor's body becomes the organization, is registered and certified."""

from app.accounts.queries import people_with
from app.core import changes, clock
from app.registration import certificates, checks, queries
from app.registration.models import Application, Headship
from app.registration.table import Typed
from app.registry import actions as registry
from app.registry.models import Organization
from app.rules import codes


def establish(application: Application, typed: Typed) -> None:
    """Register the organization, note who heads it, give its people their role, and issue the certificate."""
    values, body = application.values, application.applicant
    code = codes.normal_uscc(typed["credit_code"])
    changes.amend(
        body, "body.amend", public=True, name=application.name, kind="organization", credit_code=code,
        address=values["address"], head_name=values["legal_representative"],
    )  # fmt: skip
    made = registry.register(
        name=application.name, kind=str(application.organization_kind), credit_code=code,
        registrar=application.authority.name, supervising_unit=values["supervising_unit"],
        legal_representative=values["legal_representative"], capital_fen=values["capital"],
        address=values["address"], scope=values["scope"], fields=parts(values["fields"]), place=application.place,
        body=body, level=checks.level_of(application.authority), fundraising=values.get("fundraising"),
        established_on=clock.today(),
    )  # fmt: skip
    changes.amend(application, "application.decide", organization=made, organization_id=made.id)
    note_head(application, made)
    for person in people_with("sponsor", body.id):
        changes.amend(person, "sponsor.become_manager", roles="manager")
    certificates.issue(made, application.authority)


def note_head(application: Application, organization: Organization) -> None:
    """Note that the person with the verified number heads the organization from today."""
    if application.head_mark is None or not application.head_verified:
        return
    headship = Headship(
        organization=organization, organization_id=organization.id, name=organization.legal_representative,
        mark=application.head_mark, tail=application.head_tail, since=clock.today(), place=organization.place,
    )  # fmt: skip
    changes.add(headship, "headship.note")


def change_head(application: Application, organization: Organization) -> None:
    """Another legal representative from today: the one before no longer heads it."""
    end_head(organization)
    note_head(application, organization)


def end_head(organization: Organization) -> None:
    """Nobody is known to head the organization from today on."""
    head = queries.head_of(organization)
    if head is not None:
        changes.amend(head, "headship.note", until=clock.today())


def parts(typed: str) -> tuple[str, ...]:
    """Fields of work as typed, parted by 、 or commas."""
    return tuple(part.strip() for part in typed.replace("，", "、").replace(",", "、").split("、") if part.strip())
