"""What is done with bodies, people and sessions."""

import secrets

import pyotp
import segno
from flask import current_app
from sqlalchemy import select

from app.accounts import passwords, sessions
from app.accounts.models import Body, Person, Relation, Session, roles_text
from app.core import access, changes, clock, vault
from app.core.db import db
from app.core.errors import Invalid
from app.core.words import N_

WRONG = N_("用户名、密码或动态口令不正确，或者尝试次数过多已暂时锁定（30 分钟）。")
OLD_PASSWORD_WRONG = N_("现在的密码不正确。")
NAME_TAKEN = N_("用户名「%(name)s」已有人使用。")


def add_body(**values: object) -> Body:
    """Enter a body."""
    return changes.add(Body(**values), "body.add")


def add_person(
    *, name: str, sign_in_name: str, password: str, roles: set[str], body: Body | None, place: str = "000000",
    demonstration: bool = False, expert_field: str | None = None,
) -> Person:  # fmt: skip
    """Give somebody an account. Raises Invalid for a name already taken or a weak password, KeyError for a role."""
    if find_person(sign_in_name):
        raise Invalid(NAME_TAKEN, {"name": sign_in_name}, "sign_in_name")
    person = Person(
        name=name,
        sign_in_name=sign_in_name,
        password_hash=passwords.hashed(password),
        password_set_at=clock.machine_now(),
        roles=roles_text(roles),
        body_id=body.id if body else None,
        place=place,
        demonstration=demonstration,
        expert_field=expert_field,
        active=True,
    )
    return changes.add(person, "person.add")


def add_relation(**values: object) -> Relation:
    """Note a tie between a person or body and another body."""
    return changes.add(Relation(**values), "relation.add")


def find_person(sign_in_name: str) -> Person | None:
    """The person with this sign-in name."""
    return db.session.scalar(select(Person).where(Person.sign_in_name == sign_in_name.strip().lower()))


def sign_in(name: str, password: str, code: str, *, address: str, agent: str) -> str:
    """Begin a session; gives the cookie's token. Raises Invalid with the same words for every kind of failure."""
    person = find_person(name)
    right = passwords.matches(person, password) and not passwords.locked(name)
    if not right or person is None or not person.active or not _second_factor_holds(person, code):
        raise Invalid(WRONG, field="password", afterwards=lambda: passwords.count_failure(name))
    passwords.forget_failures(name)
    token = sessions.start(person, second_factor=bool(code), address=address, agent=agent)
    with access.acting(person):
        changes.note("session.sign_in", person=person.public_id, second_factor=bool(code))
    return token


def sign_out(session: Session) -> None:
    """End the session and log it."""
    sessions.end(session)
    changes.note("session.sign_out", person=session.person.public_id)


def revoke(session: Session) -> None:
    """End a session from elsewhere."""
    access.demand("session.revoke", session.person)
    sessions.end(session)
    changes.note("session.revoke", person=session.person.public_id)


def change_password(person: Person, old: str, new: str, *, keep: Session | None) -> None:
    """Set a new password and end every other session. Raises Invalid when the old one is wrong or the new one weak."""
    if not passwords.matches(person, old):
        raise Invalid(OLD_PASSWORD_WRONG, {}, "old")
    changes.amend(
        person, "person.change_password", password_hash=passwords.hashed(new), password_set_at=clock.machine_now()
    )
    for session in sessions.live(person):
        if keep is None or session.id != keep.id:
            sessions.end(session)


def new_second_factor_secret() -> str:
    """A secret for an authenticator app, not yet kept."""
    return pyotp.random_base32()


def second_factor_qr(person: Person, secret: str) -> str:
    """The QR code an authenticator app scans, as a data address."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=person.sign_in_name, issuer_name="公约 Gongyue")
    return str(segno.make(uri).svg_data_uri(scale=4))


def enrol_second_factor(person: Person, secret: str, code: str) -> None:
    """Keep the secret once a code from it was right. Raises Invalid."""
    if not pyotp.TOTP(secret).verify(code, valid_window=1):
        raise Invalid(N_("动态口令不正确，请用验证器应用扫码后输入 6 位数字。"), {}, "code")
    changes.amend(person, "person.change_password", totp_secret=vault.close(secret.encode()))


def first_password() -> str:
    """A first password: random, strong, easy to read out."""
    return f"Gy-{secrets.token_hex(4)}-{secrets.randbelow(90) + 10}"


def _second_factor_holds(person: Person, code: str) -> bool:
    """In production those who need it must give a code; in a demonstration a code is checked when one is given."""
    if code:
        return passwords.code_matches(person, code)
    return not (person.needs_second_factor and person.totp_secret and current_app.config["PRODUCTION"])
