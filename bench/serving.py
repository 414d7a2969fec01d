"""The portal as gunicorn serves it, asked by eight readers at once; and the empty page everything is compared with."""

import http.client
import os
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

    def ask(self, urls: Sequence[str]) -> tuple[Sample, float]:
        """Eight readers ask for these addresses, each on a connection of their own; the sample, and requests a second.

        Raises RuntimeError for an answer that is not a whole page.
        """
        sample, cpu, begun = Sample(), self.cpu(), time.perf_counter()
        readers = [_Reader(self.port, urls[n::READERS]) for n in range(READERS)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
            if reader.fault:
                raise RuntimeError(reader.fault)
            sample.walls += reader.walls
        took = time.perf_counter() - begun
        sample.cpu = self.cpu() - cpu
        return sample, len(urls) / took


class _Reader(threading.Thread):
    """One reader: one connection, one page after the other."""

    def __init__(self, port: int, urls: Sequence[str]) -> None:
        super().__init__()
        self.urls, self.fault = urls, ""
        self.walls: list[float] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def run(self) -> None:
        for url in self.urls:
            begun = time.perf_counter()
            status, content = self._get(url)
            self.walls.append(time.perf_counter() - begun)
            if status != 200 or b"</html>" not in content:
                self.fault = f"{url}: {status}"
                return

    def _get(self, url: str) -> tuple[int, bytes]:
        try:
            return self._asked(url)
        except (http.client.RemoteDisconnected, ConnectionResetError):  # kept open longer than the server keeps it
            self.connection.close()
            return self._asked(url)

    def _asked(self, url: str) -> tuple[int, bytes]:
        self.connection.request("GET", url)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


@contextmanager
def started(home: Path) -> Iterator[Server]:
    """Serve *home* as `./portal run` does, until the block ends."""
    port = _free_port()
    options = gunicorn_options(port)[1:]
    command = [sys.executable, "-m", "gunicorn", "bench.serving:application()", *options]
    environment = {**os.environ, "PORTAL_HOME": str(home), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
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
