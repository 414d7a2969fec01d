"""Making a demonstration home: reference data, people, a clock that starts on the first step's day."""

from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app.accounts.models import Person
from app.catalogue.actions import load_catalogue, load_norms
from app.core import access, clock
from app.core.db import db, writing
from app.demonstration import people
from app.documents.authority import make_authority
from app.grading.schemes import load_schemes

FIRST_DAY = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)  # 09:00 in Beijing
SIGN_INS = "demonstration-sign-ins.txt"
CLOCK_FILE = "demonstration-clock.json"


def prepare_reference() -> None:
    """The divisions, the catalogue and the law's numbers, entered once."""
    with access.acting(access.KEEPER), writing():
        load_catalogue()
        load_norms()
        load_schemes()
        people.enter_places()


def prepare(start: datetime = FIRST_DAY) -> None:
    """Make a fresh home a demonstration: its clock, its reference data, its people; a second time changes nothing."""
    home = Path(current_app.config["HOME"])
    if db.session.scalar(select(Person.id).limit(1)):
        return
    turning = clock.DemonstrationClock(home / CLOCK_FILE)
    turning.start(start)
    clock.use(turning)
    prepare_reference()
    with access.acting(access.KEEPER), writing():
        found = people.enter_people()
        people.register_suppliers()
    make_authority(home / "authority")
    path = home / SIGN_INS
    path.touch(mode=0o600)
    path.write_text("\n".join("\t".join(vars(one).values()) for one in found) + "\n", encoding="utf-8")


def sign_ins() -> list[people.SignIn]:
    """The demonstration people with passwords and second-factor secrets, as they were printed when made."""
    path = Path(current_app.config["HOME"]) / SIGN_INS
    if not path.exists():
        return []
    return [people.SignIn(*line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()]
