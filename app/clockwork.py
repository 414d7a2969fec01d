"""What happens because its time has come. Run every minute by the worker; each task is safe to run again.

A task stands in the domain it belongs to, under `@clockwork.task`, in a file that the domain's views import.
"""

import logging
from collections.abc import Callable

from app.core import access, log
from app.core.db import db, writing

said = logging.getLogger(__name__)


def sign_the_checkpoint() -> int:
    """Sign a checkpoint of the log when it has grown since the last one."""
    last = log.last_checkpoint()
    if last is not None and last.size == log.size():
        return 0
    log.checkpoint()
    return 1


TASKS: list[Callable[[], int]] = []


def task(function: Callable[[], int]) -> Callable[[], int]:
    """Register something that time itself does; it gives how many records it touched."""
    TASKS.append(function)
    return function


def tick() -> dict[str, int]:
    """Run every task once, each in a turn of its own, as the clock; gives how many records each touched.

    The checkpoint is signed last, so that it covers what the others wrote to the log.
    A task that fails is taken back and told to the machine's log, and the others still run.
    """
    done = {}
    for one in [*TASKS, sign_the_checkpoint]:
        try:
            with access.acting(access.CLOCK), writing():
                done[one.__name__] = one()
        except Exception:
            said.exception("%s failed and is tried again at the next tick", one.__name__)
            db.session.remove()
    return done
