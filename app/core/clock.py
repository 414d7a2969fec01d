"""The only reading of time.

`now()` is the portal's own time, which every deadline and every log entry uses. A demonstration home may carry a
clock of its own, which runs from where it was put and only ever moves forward. `machine_now()` is the machine's
time, for what is about the machine and not the business: session time-outs, lock-outs, one-time codes.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def machine_now() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC)


_source: Callable[[], datetime] = machine_now


_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The portal's time, aware, in UTC; within one request that acts, the moment it arrived."""
    return _standing.get() or _source()


@contextmanager
def standing_still() -> Iterator[None]:
    """Let the time stand at this moment for the block: what was sent in time stays in time, however long the queue."""
    token = _standing.set(_source())
    try:
        yield
    finally:
        _standing.reset(token)


def today() -> date:
    """The portal's day in Beijing time (rule F-26)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Beijing day on which *moment* falls."""
    return moment.astimezone(BEIJING).date()


def use(source: Callable[[], datetime]) -> None:
    """Take the portal's time from *source*: the machine, a `DemonstrationClock`, or a test's clock."""
    global _source
    _source = source


class BackwardsInTime(ValueError):
    """A demonstration clock was asked to go back."""


class DemonstrationClock:
    """A clock kept in a file of a demonstration home: set to a moment, running from there, forward only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = 0
        self._set_to = self._set_at = machine_now()

    def __call__(self) -> datetime:
        self._read()
        return self._set_to + (machine_now() - self._set_at)

    def start(self, moment: datetime) -> None:
        """Put a new clock at *moment*. Raises BackwardsInTime when one is running already and is past it."""
        if self.path.exists() and moment < self():
            raise BackwardsInTime(f"{moment.isoformat()} < {self().isoformat()}")
        passing = {"set_to": moment.isoformat(), "set_at": machine_now().isoformat()}
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(passing), encoding="ascii")
        beside.replace(self.path)
        self._stamp = 0

    def _read(self) -> None:
        stamp = self.path.stat().st_mtime_ns
        if stamp != self._stamp:
            kept = json.loads(self.path.read_text(encoding="ascii"))
            self._set_to, self._set_at = (datetime.fromisoformat(kept[k]) for k in ("set_to", "set_at"))
            self._stamp = stamp


def is_demonstration() -> bool:
    """Whether the portal's time is a demonstration clock's (every page then says so)."""
    return isinstance(_source, DemonstrationClock)


def move_to(moment: datetime) -> None:
    """Move the demonstration clock forward to *moment*. Raises BackwardsInTime, or LookupError without such a clock."""
    if not isinstance(_source, DemonstrationClock):
        raise LookupError("no demonstration clock")
    _source.start(moment)
