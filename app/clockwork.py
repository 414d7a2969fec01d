"""What happens because its time has come. Run every minute by the worker; each task is safe to run again."""

import time
from collections.abc import Callable

from flask import Flask

from app.core import access, log
from app.core.db import writing

TASKS: list[Callable[[], int]] = []


def task(function: Callable[[], int]) -> Callable[[], int]:
    """Register something that time itself does; it gives how many records it touched."""
    TASKS.append(function)
    return function


@task
def sign_the_days_checkpoint() -> int:
    """Sign a checkpoint of the log when it has grown since the last one."""
    last = log.last_checkpoint()
    if last is not None and last.size == log.size():
        return 0
    log.checkpoint()
    return 1


def tick() -> dict[str, int]:
    """Run every task once, each in a turn of its own, as the clock."""
    done = {}
    for one in TASKS:
        with access.acting(access.CLOCK), writing():
            done[one.__name__] = one()
    return done


def work(app: Flask, pause: float = 60.0) -> None:
    """Keep ticking until stopped."""
    while True:
        with app.app_context():
            tick()
        time.sleep(pause)
