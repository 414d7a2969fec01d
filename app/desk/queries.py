"""The worklist: everything that waits for a person, from every domain, the most urgent first."""

import importlib
import pkgutil
from datetime import date, datetime
from functools import cache
from pathlib import Path

from app.accounts.models import Person
from app.core import clock
from app.core.waiting import Waiting


def worklist(person: Person) -> list[Waiting]:
    """What waits for *person*: with a time limit first, the nearest on top."""
    found = [one for module in _domains() for one in module.waiting(person)]
    return sorted(found, key=lambda one: (one.due is None, _day(one.due)))


def is_late(one: Waiting) -> bool:
    """Whether its time limit has passed."""
    if isinstance(one.due, datetime):
        return one.due < clock.now()
    return one.due is not None and one.due < clock.today()


def _day(due: date | None) -> date:
    if isinstance(due, datetime):
        return clock.day_of(due)
    return due or date.max


@cache
def _domains():  # type: ignore[no-untyped-def]
    app = Path(__file__).parent.parent
    names = sorted(
        m.name for m in pkgutil.iter_modules([str(app)]) if m.name != "core" and (app / m.name / "waiting.py").exists()
    )
    return [importlib.import_module(f"app.{name}.waiting") for name in names]
