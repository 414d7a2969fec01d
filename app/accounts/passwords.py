"""Passwords (Argon2), one-time codes (TOTP) and the lock-out that says nothing about which names exist."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from app.accounts.models import Person, SignInFailure, UsedCode
from app.core import clock, vault
from app.core.db import db
from app.core.errors import Invalid
from app.core.words import N_

FAILURES, LOCKED, LENGTH, CLASSES = 5, timedelta(minutes=30), 10, 3  # E-13
TOO_WEAK = N_("密码至少 %(length)s 位，并包含大写字母、小写字母、数字、符号中的至少 %(classes)s 类。")
_hasher: Any = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY: str = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    """The Argon2 hash to keep. Raises Invalid for a password that is too weak (E-12, E-13)."""
    kinds: list[Callable[[str], bool]] = [str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum()]
    classes = sum(any(kind(c) for c in password) for kind in kinds)
    if len(password) < LENGTH or classes < CLASSES:
        raise Invalid(TOO_WEAK, {"length": LENGTH, "classes": CLASSES}, "password")
    return str(_hasher.hash(password))


def matches(person: Person | None, password: str) -> bool:
    """Whether the password is this person's; takes as long for nobody as for somebody."""
    try:
        return bool(_hasher.verify(person.password_hash if person else _NOBODY, password)) and person is not None
    except VerificationError:
        return False


def code_matches(person: Person, code: str) -> bool:
    """Whether the one-time code is right and has not been used; a used time step is not taken again."""
    if person.totp_secret is None:
        return False
    totp = pyotp.TOTP(vault.unclose(person.totp_secret).decode())
    step = int(clock.machine_now().timestamp()) // totp.interval
    for candidate in (step, step - 1):
        if pyotp.utils.strings_equal(totp.generate_otp(candidate), code):
            return _use(person, candidate)
    return False


def _use(person: Person, step: int) -> bool:
    if db.session.get(UsedCode, (person.id, step)) is not None:
        return False
    db.session.add(UsedCode(person_id=person.id, step=step))
    return True


def locked(name: str) -> bool:
    """Whether sign-in under this name is locked just now; names that nobody has lock in the same way."""
    kept = db.session.get(SignInFailure, _digest(name))
    return bool(kept and kept.locked_until and kept.locked_until > clock.machine_now())


def count_failure(name: str) -> None:
    """Count a failed sign-in under this name and lock it after the fifth in a row."""
    now, digest = clock.machine_now(), _digest(name)
    kept = db.session.get(SignInFailure, digest) or SignInFailure(name_digest=digest, count=0, last_at=now)
    fresh = kept.count if now - kept.last_at < LOCKED else 0
    kept.count, kept.last_at = fresh + 1, now
    kept.locked_until = now + LOCKED if kept.count >= FAILURES else None
    db.session.add(kept)


def forget_failures(name: str) -> None:
    """A sign-in succeeded: the count starts anew."""
    kept = db.session.get(SignInFailure, _digest(name))
    if kept is not None:
        db.session.delete(kept)


def _digest(name: str) -> str:
    return hashlib.sha256(name.strip().lower().encode()).hexdigest()
