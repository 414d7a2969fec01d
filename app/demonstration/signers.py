"""The signers' certificates of the demonstration: PKCS#12 files in each signer's own folder, outside the home."""

from pathlib import Path

from flask import current_app

from app.accounts.models import Person
from app.core import clock
from app.documents.authority import issue

PASSWORD = "demonstration"


def certificate(person: Person, folder: Path) -> Path:
    """This person's PKCS#12 from the demonstration authority, issued when there is none yet."""
    path = folder / "signer.p12"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        authority = Path(current_app.config["HOME"]) / "authority"
        assert person.body is not None
        path.write_bytes(issue(authority, person.body.name, person.name, PASSWORD, at=clock.now()))
    return path
