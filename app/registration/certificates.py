"""Certificates of registration: original and copy as PDF, each issue numbered, the one before it superseded (G-153)."""

from typing import Any

from flask import current_app

from app.accounts.models import Body
from app.core import changes, clock
from app.core.errors import Invalid
from app.core.files import StoredFile
from app.core.law import row
from app.core.money import yuan
from app.core.words import N_
from app.documents.keeping import keep_printed, print_now
from app.documents.printing import Printed
from app.places.queries import name_of
from app.registration import queries
from app.registration.models import Certificate
from app.registry.models import KINDS, Organization

NO_CODE = N_("“%(name)s”还没有统一社会信用代码，不能签发证书。请先在登记册中补登代码。")
ORIGINAL, COPY = "正本", "副本"
BASIS = {"association": "C-02", "service": "C-07", "foundation": "C-09"}


def issue(organization: Organization, authority: Body) -> Certificate:
    """Print and keep the next certificate of an organization; the valid one before it is superseded today."""
    if not organization.body.credit_code:
        raise Invalid(NO_CODE, {"name": organization.body.name})
    before = queries.certificates(organization)
    number = f"{organization.body.credit_code}-{len(before) + 1:02d}"
    for one in (one for one in before if one.state == "valid"):
        changes.move(one, "supersede", ended_on=clock.today())
    says = _says(organization, authority, number)
    (original, first), (copy, second) = (_printed(organization, says, which) for which in (ORIGINAL, COPY))
    made = Certificate(
        number=number, organization=organization, organization_id=organization.id, issue=len(before) + 1,
        issued_on=clock.today(), says=says, original_id=original.id, copy_id=copy.id,
        original_fingerprint=first.fingerprint, copy_fingerprint=second.fingerprint, authority_id=authority.id,
        place=organization.place,
    )  # fmt: skip
    changes.amend(organization, "organization.amend", public=True, licence_no=number)
    return changes.add(made, "certificate.issue", public=True)


def end(organization: Organization) -> None:
    """Take the valid certificate back: the organization is no longer registered."""
    for one in queries.certificates(organization):
        if one.state == "valid":
            changes.move(one, "cancel", ended_on=clock.today())


def address(number: str) -> str:
    """The public page on which anybody verifies a certificate: what its QR code says."""
    return f"{current_app.config['BASE_URL']}/certificates/{number}"


def _printed(organization: Organization, says: dict[str, Any], which: str) -> tuple[StoredFile, Printed]:
    facts = {**says, "which": which}
    printed = print_now(
        "registration_certificate", facts, number=says["number"], address=address(says["number"])
    )  # fmt: skip
    return keep_printed(printed, number=f"{says['number']}-{which}", body_id=organization.body_id), printed


def _says(organization: Organization, authority: Body, number: str) -> dict[str, Any]:
    return {
        "number": number,
        "name": organization.body.name,
        "code": organization.body.credit_code or "",
        "kind": KINDS[organization.kind],
        "basis": row(BASIS[organization.kind]).citation(),
        "head": organization.legal_representative or "",
        "address": organization.body.address,
        "scope": organization.scope,
        "capital": yuan(organization.capital_fen or 0),
        "supervising_unit": organization.supervising_unit,
        "area": name_of(organization.place),
        "authority": authority.name,
        "established_on": (organization.established_on or clock.today()).isoformat(),
        "issued_on": clock.today().isoformat(),
    }
