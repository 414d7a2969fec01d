"""Who does what in the walk: people by sign-in name, the clock's hands, the keys' folder, the progress line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.core import clock
from app.core.access import acting
from app.core.db import db, writing
from app.demonstration.purchase import Purchase


@dataclass(frozen=True)
class Hands:
    """What every stage of the walk needs."""

    purchase: Purchase
    say: Callable[[str], None]
    move: Callable[[datetime], None]
    keys: Path

    def at(self, step: str, hour: int = 10, minute: int = 0) -> None:
        """Move the clock to a step's moment (forward only; a moment that has passed is left alone)."""
        self.until(self.purchase.moment(step, hour, minute))

    def until(self, moment: datetime) -> None:
        """Move the clock to *moment*, unless it is past it."""
        if clock.now() < moment:
            self.move(moment)

    @contextmanager
    def turn(self, name: str) -> Iterator[Person]:
        """One turn to write as the person with this sign-in name, as the door would give it."""
        person = who(name)
        with acting(person), writing():
            yield person

    def tell(self, line: str) -> None:
        """One line of progress, with the day it happens on."""
        self.say(f"{clock.today()} {line}")


def who(name: str) -> Person:
    """The person with this sign-in name."""
    return db.session.scalars(select(Person).where(Person.sign_in_name == name)).one()


def body(name: str) -> Body:
    """The body with this name."""
    found = body_named(name)
    assert found is not None, name
    return found


def manager_of(bidder: Body) -> str:
    """The sign-in name of the body's manager."""
    query = select(Person.sign_in_name).where(Person.body_id == bidder.id, Person.roles == "manager")
    return db.session.scalars(query.order_by(Person.id)).first() or ""
