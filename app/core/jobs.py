"""Work that takes longer than a request may: asked for by a page, done by the worker, gone on with after a crash.

A job is one row: what kind of work, on which record, how far it is. Whoever does it holds a lease and renews it with
every step (`Held.beat`); a lease that ran out, or whose holder's process is gone, may be taken by another. So the
work itself must be able to go on from where its own records say it is, and must check `beat` in the same transaction
as each step: then no step is ever done twice. Jobs are machinery, not records: what they do is in the log.
"""

import os
import secrets
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import CheckConstraint, Integer, String, Text, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import machine_now
from app.core.db import Base, Key, db, writing
from app.core.errors import Refused
from app.core.law import Unlawful
from app.core.words import N_

STATES = {"waiting": N_("等待办理"), "running": N_("正在办理"), "done": N_("已办完"), "failed": N_("中断")}
LEASE = timedelta(seconds=120)  # longer than any step between two beats takes
MOST_TRIES = 5  # takings in a row without a step done: then the job itself is at fault
GAVE_UP = "%d tries without a step done"


class Job(Base):
    """One piece of work: its kind, the record it is about, who holds it, and how far it is."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "key", name="uq_job_kind"),
        CheckConstraint(f"state IN {tuple(STATES)}", name="state"),
    )
    id: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(32))  # the public id of the record
    state: Mapped[str] = mapped_column(String(10), index=True)
    holder: Mapped[str] = mapped_column(String(120), default="")  # host, process, and a word of chance
    lease_until: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int | None] = mapped_column(Integer)  # None: not known yet
    tries: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def percent(self) -> int | None:
        """How much is done, where the whole is known."""
        return min(100, 100 * self.done // self.total) if self.total else None


class LostLease(Exception):
    """Another worker has taken the job over; whoever held it must stop without writing."""


@dataclass
class Held:
    """A job in the hands of this process."""

    id: int
    kind: str
    key: str
    holder: str
    watch: Callable[[int, int | None], None] = lambda done, total: None  # told of every step

    def beat(self, done: int | None = None, total: int | None = None) -> None:
        """Say that the work goes on and how far it is, inside a turn to write. Raises LostLease."""
        job = _locked(self)
        job.lease_until = machine_now() + LEASE
        if done is not None and done > job.done:
            job.done, job.tries = done, 0
        job.total = total if total is not None else job.total
        db.session.flush()
        self.watch(job.done, job.total)


Work = Callable[[Held], None]
_WORKS: dict[str, Work] = {}


def does(kind: str) -> Callable[[Work], Work]:
    """Register what does jobs of this kind."""

    def register(function: Work) -> Work:
        _WORKS[kind] = function
        return function

    return register


def ask(kind: str, key: str, total: int | None = None) -> Job:
    """Have this done, inside the transaction that makes it necessary. Asked again, it goes on where it stopped."""
    job = of(kind, key)
    if job is None:
        job = Job(kind=kind, key=key, state="waiting", asked_at=machine_now(), total=total)
        db.session.add(job)
    elif job.state in ("failed", "done"):
        _become(job, "waiting")
    db.session.flush()
    return job


def of(kind: str, key: str) -> Job | None:
    """The job of this kind about this record."""
    return db.session.scalar(select(Job).where(Job.kind == kind, Job.key == key))


def take(kind: str = "", key: str = "") -> Held | None:
    """Take the oldest job that waits or whose holder is gone (or only the one named). Inside no turn to write."""
    with writing():
        query = select(Job).where(or_(Job.state == "waiting", Job.state == "running")).order_by(Job.id)
        if kind:
            query = query.where(Job.kind == kind, Job.key == key)
        job = next((one for one in db.session.scalars(query) if one.kind in _WORKS and _free(one)), None)
        return _taken(job) if job is not None else None


def run(held: Held) -> bool:
    """Do a job that was taken; tells whether it was done. What went wrong is kept with the job."""
    try:
        _WORKS[held.kind](held)
    except LostLease:
        db.session.rollback()
        return False
    except Exception as error:
        if not isinstance(error, Refused | Unlawful):
            traceback.print_exc(file=sys.stderr)
        _end(held, "failed", f"{type(error).__name__}: {error}"[:2000])
        return False
    except BaseException:  # told to stop: the next worker need not wait for the lease to run out
        _end(held, "waiting")
        raise
    _end(held, "done")
    return True


def work_off() -> int:
    """Do every job there is, one after another; gives how many were taken."""
    count = 0
    while held := take():
        run(held)
        count += 1
    return count


def serve(app: Flask, stopped: threading.Event, pause: float = 1.0) -> None:
    """Keep doing jobs until *stopped*; a database that is not there just now is asked again."""
    while not stopped.is_set():
        try:
            with app.app_context():
                work_off()
        except Exception:
            traceback.print_exc(file=sys.stderr)
        stopped.wait(pause)


def _free(job: Job) -> bool:
    if job.state == "waiting":
        return True
    ran_out = job.lease_until is None or job.lease_until < machine_now()
    return ran_out or _gone(job.holder)


def _gone(holder: str) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    host, _, rest = holder.partition(" ")
    process = rest.partition(" ")[0]
    if host != socket.gethostname() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _taken(job: Job) -> Held | None:
    if job.tries >= MOST_TRIES:
        job.error = GAVE_UP % job.tries
        _become(job, "failed")
        db.session.flush()
        return None
    job.holder = f"{socket.gethostname()[:60]} {os.getpid()} {secrets.token_hex(8)}"
    job.lease_until, job.tries = machine_now() + LEASE, job.tries + 1
    job.begun_at = job.begun_at or machine_now()
    _become(job, "running")
    db.session.flush()
    return Held(job.id, job.kind, job.key, job.holder)


def _locked(held: Held) -> Job:
    job = db.session.get(Job, held.id, populate_existing=True)
    if job is None or job.state != "running" or job.holder != held.holder:
        raise LostLease(held.key)
    return job


def _end(held: Held, state: str, error: str = "") -> None:
    db.session.rollback()
    try:
        with writing():
            job = _locked(held)
            job.error, job.lease_until = error, None
            _become(job, state)
            db.session.flush()
    except LostLease:
        return


def _become(job: Job, state: str) -> None:
    """A job is no record and has no lifecycle; its state is set here and nowhere else."""
    values: dict[str, object] = {"state": state, "ended_at": machine_now() if state in ("done", "failed") else None}
    if state == "waiting":
        values |= {"tries": 0, "error": "", "holder": ""}
    for name, value in values.items():
        setattr(job, name, value)
