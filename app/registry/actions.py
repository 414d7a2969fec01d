"""What a registrar does by hand: register, give an account, correct, deregister; imports are in importing.py."""

from typing import Any

from app.accounts import actions as accounts
from app.accounts.models import Body, Person
from app.core import changes
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.registry import checks
from app.registry.findable import found_by
from app.registry.importing import apply_import, confirm, discard, go_on, hand_in, preview_import
from app.registry.models import Organization
from app.registry.qualifying import let_raise_funds, recognize_charity
from app.registry.queries import holder_of, named_alike, organization_of
from app.registry.standing_facts import end_fact, enter_fact
from app.rules import codes

__all__ = [
    "amend", "apply_import", "confirm", "deregister", "discard", "end_fact", "enter_fact", "found_by", "give_account",
    "go_on", "hand_in", "let_raise_funds", "preview_import", "recognize_charity", "register", "warnings",
]  # fmt: skip

NAME_TAKEN = N_("已有名称为“%(name)s”的单位。")
CODE_TAKEN = N_("统一社会信用代码 %(code)s 已由“%(name)s”使用。")
REGISTERED = N_("“%(name)s”已经登记为社会组织。")
OF_BODY = ("name", "credit_code", "address")


def register(
    *, name: str, kind: str, credit_code: str, registrar: str, supervising_unit: str, legal_representative: str,
    capital_fen: int, address: str, scope: str, fields: tuple[str, ...], place: str, body: Body | None = None,
    level: str = "county", fundraising: str | None = None, **more: Any,
) -> Organization:  # fmt: skip
    """Register a social organization by hand; with *body* one that takes part already as a body without a record.

    *level* is the registrar's (`checks.LEVELS`); *more*: established_on, licence_no, grade, city. Money in fen.
    Raises Unlawful for a wrong code (C-13 … C-17), too small funds or a wrong registrar (C-01, C-07, C-09), Invalid
    for a name or code that is taken.
    """
    code = codes.normal_uscc(credit_code)
    given = checks.Application(
        name=name, kind=kind, credit_code=credit_code, registrar=registrar, supervising_unit=supervising_unit,
        legal_representative=legal_representative, capital_fen=capital_fen, address=address, scope=scope, place=place,
        level=level, public=fundraising == "public",
    )  # fmt: skip
    demand(checks.application(given))
    _must_be_free(name, code, body)
    body = body or accounts.add_body(
        name=name, kind="organization", credit_code=code, address=address, head_name=legal_representative, place=place
    )
    made = Organization(
        body=body, body_id=body.id, kind=kind, org_code=code[8:17], org_code_verified=True, registrar=registrar,
        supervising_unit=supervising_unit, legal_representative=legal_representative, capital_fen=capital_fen,
        scope=scope, fields=joined(fields), place=place, fundraising=fundraising, **more,
    )  # fmt: skip
    changes.add(made, "organization.register", public=True)
    found_by(made)
    return made


def warnings(organization: Organization) -> list[Finding]:
    """What the registrar should look at although it bars nothing: the same legal representative elsewhere (C-03)."""
    return list(checks.same_head(organization))


def give_account(organization: Organization, name: str, sign_in_name: str) -> tuple[Person, str]:
    """Give the organization's manager an account; gives the person and the first password, which is shown once.

    Raises OutOfOrder for one that is deregistered, Invalid for a sign-in name that is taken.
    """
    if organization.state != "registered":
        raise OutOfOrder(N_("已注销的组织不能开设账号。"))
    password = accounts.first_password()
    person = accounts.add_person(
        name=name, sign_in_name=sign_in_name.strip().lower(), password=password, roles={"manager"},
        body=organization.body, place=organization.place,
    )  # fmt: skip
    return person, password


def amend(organization: Organization, **values: Any) -> Organization:
    """Correct or change what is registered; only columns named are touched (name, credit_code and address too).

    Raises Unlawful for a wrong code, Invalid for a name or code that is taken, OutOfOrder when deregistered.
    """
    if organization.state != "registered":
        raise OutOfOrder(N_("已注销的组织不能再变更登记。"))
    if credit_code := values.get("credit_code"):
        demand(checks.later_code(organization, credit_code))
        code = values["credit_code"] = codes.normal_uscc(credit_code)
        values |= {"org_code": code[8:17], "org_code_verified": True}
    elif "credit_code" in values:
        values["credit_code"] = None
    _must_be_free(values.get("name", organization.body.name), values.get("credit_code"), organization.body, old=True)
    if isinstance(values.get("fields"), tuple):
        values["fields"] = joined(values["fields"])
    of_body = {name: values.pop(name) for name in OF_BODY if name in values}
    if "legal_representative" in values:
        of_body["head_name"] = values["legal_representative"]
    changes.amend(organization, "organization.amend", public=True, **values)
    changes.amend(organization.body, "body.amend", public=True, **of_body)
    found_by(organization)
    return organization


def deregister(organization: Organization) -> Organization:
    """Take an organization out of the register; its history stays, and it can no longer bid."""
    return changes.move(organization, "deregister")


def joined(fields: tuple[str, ...]) -> str:
    """Fields of work as the register keeps them."""
    return "、".join(part for part in fields if part)


def _must_be_free(name: str, code: str | None, body: Body | None, *, old: bool = False) -> None:
    """No other body has the code, or the name however it is written. Raises Invalid naming the field."""
    if body is not None and not old and organization_of(body) is not None:
        raise Invalid(REGISTERED, {"name": body.name}, "name")
    holder = holder_of(code) if code else None
    if holder is not None and (body is None or holder.id != body.id):
        raise Invalid(CODE_TAKEN, {"code": code, "name": holder.name}, "credit_code")
    namesake = named_alike(name)
    if namesake is not None and (body is None or namesake.id != body.id):
        raise Invalid(NAME_TAKEN, {"name": namesake.name}, "name")
