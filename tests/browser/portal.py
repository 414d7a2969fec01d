"""The real portal as `./portal run` serves it: a process of its own, with a home, a port and people of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.core import clock
from app.demonstration.home import CLOCK_FILE, SIGN_INS
from app.demonstration.people import SignIn

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120  # how long a slow machine may take to make a home; a started portal is used at once


@dataclass(frozen=True)
class Portal:
    """A running portal: where it is, and what it printed for the people who sign in."""

    url: str
    home: Path

    @cached_property
    def sign_ins(self) -> dict[str, SignIn]:
        """The demonstration people by sign-in name, from the file that `run` wrote."""
        lines = (self.home / SIGN_INS).read_text(encoding="utf-8").splitlines()
        return {one.sign_in_name: one for one in (SignIn(*line.split("\t")) for line in lines)}

    @contextmanager
    def time(self) -> Iterator[None]:
        """Let this process have the demonstration's time for the block, as `./portal sign` has."""
        before = clock._source
        clock.use(clock.DemonstrationClock(self.home / CLOCK_FILE))
        yield
        clock.use(before)


@contextmanager
def running(home: Path) -> Iterator[Portal]:
    """Serve a demonstration home for the block, as somebody who typed `./portal run` would; then stop all of it."""
    port = free_port()
    settings = {"PORTAL_HOME": str(home), "PORT": str(port), "PORTAL_ENV": "demonstration", "DATABASE_URL": ""}
    said = (home / "run.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "app.commands", "run"], cwd=ROOT, env=os.environ | settings, stdout=said, stderr=said,
        start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/", process, home / "run.log")
        yield Portal(f"http://127.0.0.1:{port}", home)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        said.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], said: Path) -> None:
    """Until the portal answers. Raises RuntimeError with what it said when it ended instead."""
    until = time.monotonic() + SECONDS
    while not answers(url):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(said.read_text(encoding="utf-8"))
        time.sleep(0.2)


def answers(url: str) -> bool:
    """Whether a page comes from there."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
