"""Sponsors (发起人): whoever applies before there is an organization, given a body and, if they want one, an account.

A sponsor's body becomes the organization's when its establishment is granted (docs/decisions.md).
"""

from app.accounts import actions as accounts
from app.accounts.models import Body, Person
from app.core import access, changes


def add_sponsor(name: str, person: str, sign_in_name: str = "") -> tuple[Body, Person | None, str]:
    """Enter a sponsor at the counter of the registrar's authority; with *sign_in_name* give its person an account.

    Gives body, person and first password (shown once). Raises Invalid for a sign-in name that is taken.
    """
    place = access.actor().place
    body = changes.add(Body(name=name, kind="sponsor", head_name=person, place=place), "sponsor.add")
    if not sign_in_name:
        return body, None, ""
    password = accounts.first_password()
    made = accounts.add_person(
        name=person, sign_in_name=sign_in_name.strip().lower(), password=password, roles={"sponsor"}, body=body,
        place=place,
    )  # fmt: skip
    return body, made, password
