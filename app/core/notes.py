"""Signing the log's checkpoints: C2SP signed notes with an Ed25519 key named after the log.

Opening and checking them lives in `verifier.py`. Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint; the
private key is written as Go's golang.org/x/mod/sumdb/note writes it, so that other tools read it too.
"""

import base64
import re
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core.verifier import (
    BETWEEN_CHECKPOINTS,
    Checkpoint,
    Unreadable,
    Untrue,
    key_hint,
    open_checkpoint,
    open_note,
    parse_checkpoint,
)

__all__ = [
    "BETWEEN_CHECKPOINTS",
    "Checkpoint",
    "Unreadable",
    "Untrue",
    "make_key",
    "open_checkpoint",
    "open_note",
    "sign_checkpoint",
    "sign_note",
]
SECRET = "PRIVATE+KEY+"


def make_key(origin: str) -> tuple[str, str]:
    """A new (signing key, verification key) for the log *origin*. Raises ValueError when no key can be so named."""
    if not origin.isprintable() or not re.fullmatch(r"[^\s+]+", origin):
        raise ValueError(f"a log's name has no spaces, no plus sign and no control characters: {origin!r}")
    key = Ed25519PrivateKey.generate()
    named = f"{origin}+{key_hint(origin, _public(key)).hex()}"
    return SECRET + _with_data(named, key.private_bytes_raw()), _with_data(named, _public(key))


def sign_note(text: str, skey: str) -> str:
    """*text* as a signed note. Raises ValueError when a note cannot carry it or *skey* is no signing key."""
    if not text.endswith("\n") or "\n\n" in text or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise ValueError("a note is whole lines without control characters")
    name, key = _read_secret(skey)
    signature = base64.b64encode(key_hint(name, _public(key)) + key.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n"


def sign_checkpoint(skey: str, origin: str, size: int, root: bytes, at: datetime | str) -> str:
    """The signed checkpoint of the log *origin* with *size* entries and this *root* at a UTC moment.

    *at* is an aware moment or its text ``2026-04-15T01:00:00.000000Z``. Raises ValueError when *skey* is
    another log's key or a value cannot stand in a checkpoint (`verifier.Unreadable` is one).
    """
    if _read_secret(skey)[0] != origin:
        raise ValueError("the signing key is another log's")
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\nat {_moment(at)}\n"
    parse_checkpoint(text)
    return sign_note(text, skey)


def _moment(at: datetime | str) -> str:
    if isinstance(at, str):
        return at
    if at.tzinfo is None:
        raise ValueError("a moment must be aware")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _read_secret(skey: str) -> tuple[str, Ed25519PrivateKey]:
    name, _, rest = skey.removeprefix(SECRET).partition("+")
    hint, _, data = rest.partition("+")
    seed = base64.b64decode(data, validate=True)
    if not skey.startswith(SECRET) or len(seed) != 33 or seed[0] != 1:
        raise ValueError("not a signing key")
    key = Ed25519PrivateKey.from_private_bytes(seed[1:])
    if key_hint(name, _public(key)).hex() != hint:
        raise ValueError("not a signing key: its parts do not belong together")
    return name, key


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def _with_data(named: str, raw: bytes) -> str:
    return f"{named}+{base64.b64encode(bytes([1]) + raw).decode()}"
