"""Taking a letter in from somebody nobody knows: the form's stamp, the daily limit of an address, the secret link."""

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

from flask import Request, current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import delete

from app.complaints.models import SentFrom
from app.core import clock
from app.core.db import db


def stamp() -> str:
    """What the form carries to say when it was drawn, signed."""
    return str(_signer().dumps(clock.now().isoformat()))


def seconds_since(typed: str) -> int | None:
    """Whole seconds since the form was drawn; None where the stamp is not ours."""
    try:
        drawn = datetime.fromisoformat(_signer().loads(typed or ""))
    except (BadData, ValueError, TypeError):
        return None
    return int((clock.now() - drawn).total_seconds())


def address_of(request: Request) -> str:
    """The network address a request came from: behind the proxy of this machine, the last one the proxy names."""
    direct, told = request.remote_addr or "", request.headers.get("X-Forwarded-For", "")
    return told.rsplit(",", 1)[-1].strip()[:60] if told and direct in ("127.0.0.1", "::1", "") else direct


def sent_today(address: str) -> int:
    """How many letters came from this network address today."""
    kept = db.session.get(SentFrom, _digest(address, clock.today()))
    return kept.count if kept else 0


def count_one(address: str) -> None:
    """Count a letter from this network address; of the address only the day's digest is kept."""
    digest, day = _digest(address, clock.today()), clock.today()
    kept = db.session.get(SentFrom, digest)
    if kept is None:
        db.session.add(SentFrom(digest=digest, day=day, count=1))
    else:
        kept.count += 1


def forget_addresses() -> int:
    """Delete the digests of the days before yesterday."""
    gone = db.session.execute(delete(SentFrom).where(SentFrom.day < clock.today() - timedelta(days=1)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def new_key() -> str:
    """A secret for the asker's link."""
    return secrets.token_urlsafe(24)


def key_digest(key: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(key.encode()).hexdigest()


def _digest(address: str, day: date) -> str:
    salted = f"{day.isoformat()} {address}".encode()
    return hmac.new(str(current_app.config["SECRET_KEY"]).encode(), salted, hashlib.sha256).hexdigest()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="complaints.stamp")
