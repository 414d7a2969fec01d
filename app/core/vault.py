"""Small secrets kept in tables are encrypted with a key that lives in the home, beside the database, not in it."""

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet
from flask import current_app


def close(secret: bytes) -> bytes:
    """Encrypt *secret* for keeping in a table."""
    return _fernet().encrypt(secret)


def unclose(kept: bytes) -> bytes:
    """Decrypt what `close` made. Raises cryptography.fernet.InvalidToken for anything else."""
    return _fernet().decrypt(bytes(kept))


def mark(secret: str) -> str:
    """A digest of *secret* with the home's key: the same for the same secret, and not to be guessed without the key."""
    _fernet()
    key = (Path(current_app.config["HOME"]) / "keys" / "vault.key").read_bytes()
    return hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()


def _fernet() -> Fernet:
    path = Path(current_app.config["HOME"]) / "keys" / "vault.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Fernet.generate_key())
    return Fernet(path.read_bytes())
