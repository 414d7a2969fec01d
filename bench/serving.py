"""The portal as gunicorn serves it, asked by eight readers at once; and the empty page everything is compared with."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket

from flask import Flask, render_template

from app import create_app
from app.serving import gunicorn_options
from bench.timing import Sample

READERS, EMPTY = 8, "/-/empty"
LENGTH = re.compile(rb"(?i)content-length: (\d+)")
ROOT = Path(__file__).parent.parent


def application() -> Flask:
    """What gunicorn loads here: the portal and the empty page."""
    return with_empty_page(create_app())


def with_empty_page(app: Flask) -> Flask:
    """Add a page that is nothing but the layout: what any page costs at least."""
    app.add_url_rule(EMPTY, "empty", lambda: render_template("_layout/page.html"))
    return app


@dataclass(frozen=True)
class Server:
    """A gunicorn that is running."""

    port: int
    process: int

    def cpu(self) -> float:
        """CPU seconds of its processes so far; 0 where the system does not say."""
        return sum(_cpu(pid) for pid in (self.process, *_children(self.process)))

    def ask(self, urls: Sequence[str], readers: int = READERS) -> tuple[Sample, float]:
        """So many readers ask for these addresses, each on its own connection; the sample, and requests a second.

        Raises RuntimeError for an answer that is not a whole page.
        """
        sample, cpu, begun = Sample(), self.cpu(), time.perf_counter()
        asking = [_Reader(self.port, urls[n::readers]) for n in range(readers)]
        for reader in asking:
            reader.start()
        for reader in asking:
            reader.join()
            if reader.fault:
                raise RuntimeError(reader.fault)
            sample.walls += reader.walls
        took = time.perf_counter() - begun
        sample.cpu = self.cpu() - cpu
        return sample, len(urls) / took


class _Reader(threading.Thread):
    """One reader: one connection, one page after the other. It reads every byte and does little else, for it runs on
    the cores that it measures."""

    def __init__(self, port: int, urls: Sequence[str]) -> None:
        super().__init__()
        self.port, self.urls, self.fault = port, urls, ""
        self.walls: list[float] = []
        self.connection: socket | None = None

    def run(self) -> None:
        for url in self.urls:
            begun = time.perf_counter()
            content = self._get(url)
            self.walls.append(time.perf_counter() - begun)
            if not content.startswith(b"HTTP/1.1 200 ") or not content.rstrip().endswith(b"</html>"):
                self.fault = f"{url}: {content[:60]!r}"
                return

    def _get(self, url: str) -> bytes:
        if self.connection is not None:
            try:
                return self._asked(self.connection, url)
            except (ConnectionError, _Closed):  # kept open longer than the server keeps it
                self.connection.close()
        self.connection = create_connection(("127.0.0.1", self.port), 60)
        return self._asked(self.connection, url)

    def _asked(self, connection: socket, url: str) -> bytes:
        connection.sendall(f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        content = connection.recv(65536)
        head = content.partition(b"\r\n\r\n")[0]
        found = LENGTH.search(head)
        if found is None:
            raise _Closed
        wanted = len(head) + 4 + int(found[1])
        while len(content) < wanted:
            more = connection.recv(65536)
            if not more:
                raise _Closed
            content += more
        return content


class _Closed(Exception):
    """The server closed before its answer was whole."""


@contextmanager
def started(home: Path, url: str = "") -> Iterator[Server]:
    """Serve *home* (its database at *url*, if it is not in it) as `./portal run` does, until the block ends."""
    port = _free_port()
    options = gunicorn_options(port)[1:]
    command = [sys.executable, "-m", "gunicorn", "bench.serving:application()", *options]
    environment = {**os.environ, "PORTAL_HOME": str(home), "PORT": str(port)}
    environment["DATABASE_URL"] = url
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            _until(lambda: _answers(port), process)
            yield Server(port, process.pid)
        finally:
            process.send_signal(signal.SIGTERM)


def _until(ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    while not ready():
        if process.poll() is not None:
            raise RuntimeError("gunicorn did not start")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task/{process}/children")
    return [int(pid) for pid in tasks.read_text().split()] if tasks.exists() else []


def _cpu(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    after_name = stat.read_text().rsplit(")", 1)[1].split()
    return sum(map(int, after_name[11:13])) / os.sysconf("SC_CLK_TCK")
