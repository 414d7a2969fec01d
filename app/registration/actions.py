"""What an applicant does: draft, edit, hand in materials, submit, answer corrections, withdraw."""

from collections.abc import Sequence
from typing import Any

from app.accounts.models import Body
from app.core import access, changes, clock, files, vault
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.registration import queries, table
from app.registration.checks import folded
from app.registration.models import Application, Correction, Material
from app.registry.models import Organization
from app.registry.queries import organization_of
from app.rules import registering

__all__ = ["answer", "check", "draft", "edit", "hand_in", "submit", "withdraw"]

NOT_AN_AUTHORITY = N_("请选择登记管理机关。")
NOT_FOR_YOU = N_("“%(kind)s”不能由这一申请人提出。")
CLOSED = N_("申请已提交，不能再改；登记管理机关要求补正时可以修改。")
OPEN_TO_EDIT = ("draft", "correcting")


def draft(kind: str, applicant: Body, authority: Body, values: dict[str, Any], *, identity: str = "") -> Application:
    """Begin an application of *kind*; *identity* is the legal representative's number, of which only a mark is kept.

    Raises Invalid for somebody who cannot apply for this, Unlawful where the law bars it from the start (C-08 …).
    """
    row, organization = table.kind(kind), organization_of(applicant)
    if authority.kind != "bureau":
        raise Invalid(NOT_AN_AUTHORITY, {}, "authority")
    if not _may_begin(row, applicant, organization):
        raise Invalid(NOT_FOR_YOU, {"kind": row.label})
    demand(row.begin(applicant, organization))
    made = Application(
        number=queries.next_number(authority, clock.today().year), kind=kind, applicant=applicant,
        applicant_id=applicant.id, authority=authority, authority_id=authority.id, place=authority.place,
        organization=organization, organization_id=organization.id if organization else None, values=values,
        on_paper=_at_the_counter(authority), by_authority=row.applicants == {table.AUTHORITY},
        drafted_by_id=access.actor().id, **_head(identity),
    )  # fmt: skip
    _settle(made, row, values)
    return changes.add(made, "application.draft")


def edit(application: Application, values: dict[str, Any], *, identity: str = "") -> Application:
    """Change what the form says while it is a draft or to be corrected. Raises OutOfOrder otherwise."""
    _demand_open(application)
    columns = {"values": values} | _columns(application, table.of(application), values)
    return changes.amend(application, "application.edit", **columns, **_head(identity))


def hand_in(application: Application, key: str, content: bytes, name: str) -> Material:
    """Keep a file for one material; it takes the place of the one before.

    Raises Unlawful for a file that is not what its name says (G-151), OutOfOrder once the file is closed.
    """
    _demand_open(application)
    wanted = table.of(application).wanted(key)
    demand(registering.content_as_named(name, files.as_named(content, name), wanted.taken))
    kept = files.keep(content, name, wanted.taken, body_id=application.applicant_id)
    before = queries.materials(application).get(key)
    if before is not None:
        changes.amend(before, "application.edit", replaced=True)
    made = Material(
        application=application, application_id=application.id, key=key, file=kept, file_id=kept.id, replaced=False,
        place=application.place,
    )  # fmt: skip
    return changes.add(made, "application.edit")


def check(application: Application) -> list[Finding]:
    """Everything the law and the list of materials say of the file as it stands; nothing is raised."""
    row, have = table.of(application), queries.materials(application)
    needed = {one.key: one.name for one in row.materials if not one.optional}
    return [*row.check(application), *registering.materials_complete(needed, have.keys())]


def submit(application: Application) -> Application:
    """Hand the application in. Raises Unlawful with everything that bars."""
    demand(check(application))
    return changes.move(application, "submit", submitted_at=clock.now())


def answer(application: Application, answers: Sequence[str]) -> Application:
    """Answer what was asked, item by item in the order asked. Raises Unlawful for one without answer (G-152)."""
    waiting = queries.unanswered(application)
    demand(registering.corrections_answered(answers), check(application))
    for one, said in zip(waiting, answers, strict=True):
        _answer(one, said)
    return changes.move(application, "answer", submitted_at=clock.now())


def withdraw(application: Application, reasons: str) -> Application:
    """Take the application back; it stays on file. Raises OutOfOrder once decided."""
    return changes.move(application, "withdraw", reasons=reasons)


def _answer(one: Correction, said: str) -> None:
    changes.amend(one, "application.answer", answer=said, answered_at=clock.now())


def _demand_open(application: Application) -> None:
    if application.state not in OPEN_TO_EDIT:
        raise OutOfOrder(CLOSED)


def _may_begin(row: table.Procedure, applicant: Body, organization: Organization | None) -> bool:
    at_work = access.actor().role_names & {"registrar"}
    if row.applicants == {table.AUTHORITY}:
        return bool(at_work) and organization is not None
    if organization is None and applicant.kind != "sponsor":
        return False
    return (table.ORGANIZATION if organization else table.SPONSOR) in row.applicants


def _at_the_counter(authority: Body) -> bool:
    return "registrar" in access.actor().role_names and access.actor().body_id == authority.id


def _settle(made: Application, row: table.Procedure, values: dict[str, Any]) -> None:
    for name, value in _columns(made, row, values).items():
        setattr(made, name, value)


def _columns(application: Application, row: table.Procedure, values: dict[str, Any]) -> dict[str, Any]:
    found = row.about(application, values)
    name = found.setdefault("name", application.organization.body.name if application.organization else "")
    if application.organization:
        found.setdefault("organization_kind", application.organization.kind)
    return found | {"name_folded": folded(name)}


def _head(identity: str) -> dict[str, Any]:
    if not identity:
        return {}
    demand(registering.identity_number(identity))
    number = identity.strip().upper()
    return {"head_mark": vault.mark(number), "head_tail": number[-4:], "head_verified": False}
