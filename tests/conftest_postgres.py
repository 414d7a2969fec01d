"""A real PostgreSQL for the tests, from a package: no Docker, no system service, as root too.

A pytest plugin (`pytest_plugins = ["tests.conftest_postgres"]`). One server serves all xdist workers:
whichever needs it first starts it under a file lock, the controller stops it at the end. Outside pytest
`start()` makes one of its own.

`TEST_DATABASE_URL=postgresql://…` names a server to use instead; its account must be allowed to make
databases. (PYTEST_DONT_REWRITE: nothing is asserted here, and conftest.py imports this before it is a plugin.)
"""

import fcntl
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests import postgres_package as package

FOLDER = "GONGYUE_TEST_POSTGRES"  # the run's folder, handed by the controller to its workers


@dataclass(frozen=True)
class Server:
    """A running server: its maintenance database's address, the run's folder, whether it is ours to stop."""

    url: str
    folder: Path
    ours: bool = True

    def stop(self) -> None:
        """Stops our server, or drops what this run has made on a foreign one. Removes the run's folder."""
        if not self.ours:
            drop_all(self)
        package.remove(self.folder)


def start() -> Server:
    """The run's server, started if nobody has yet. Outside pytest the caller stops it."""
    given = os.environ.get(FOLDER)
    folder = Path(given) if given else package.new_folder()
    if foreign := os.environ.get("TEST_DATABASE_URL"):
        return Server(foreign, folder, ours=False)
    with locked(folder / "start.lock"):
        if not package.running(folder):
            package.launch(folder)
    return Server(f"postgresql://postgres@/postgres?host={folder}", folder)


def fresh_database(server: Server, template: str = "template0") -> str:
    """Makes an empty database, or a copy of `template` (see `template_database`), and gives its address."""
    name = f"{prefix(server)}{uuid.uuid4().hex[:12]}"
    execute(server, SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
    return address(server, name)


def template_database(server: Server, name: str, fill: Callable[[str], object]) -> str:
    """Makes a template once a run, whichever worker asks first, and gives its full name.

    `fill` gets the address of an empty database and must have closed its connections when it returns.
    """
    full = f"{prefix(server)}template_{name}"
    with locked(server.folder / "template.lock"):
        if not execute(server, "SELECT 1 FROM pg_database WHERE datname = %s", full):
            make_template(server, full, fill)
    return full


def make_template(server: Server, full: str, fill: Callable[[str], object]) -> None:
    # Under another name until it is full: what broke off half-way must not be copied.
    draft = Identifier(f"{full}_draft")
    execute(server, SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(draft))
    execute(server, SQL("CREATE DATABASE {} TEMPLATE template0").format(draft))
    fill(address(server, f"{full}_draft"))
    execute(server, SQL("ALTER DATABASE {} RENAME TO {}").format(draft, Identifier(full)))


def drop_database(server: Server, url: str) -> None:
    """Drops a database by its address, open connections or not; one that is not there is no error."""
    execute(
        server,
        SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(urlsplit(url).path.lstrip("/"))),
    )


def drop_all(server: Server) -> None:
    for (name,) in execute(server, "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", prefix(server)):
        drop_database(server, address(server, str(name)))


def version(server: Server) -> str:
    """What the server says it is, such as 18.6."""
    return str(execute(server, "SHOW server_version")[0][0]).split()[0]


def address(server: Server, name: str) -> str:
    """The address of another database on the same server."""
    start, query = server.url.partition("?")[::2]
    host = start.rpartition("/")[0] if urlsplit(start).path else start
    return f"{host}/{name}?{query}" if query else f"{host}/{name}"


def prefix(server: Server) -> str:
    return f"gongyue_test_{server.folder.name.rpartition('-')[2]}_"


def execute(server: Server, command: object, *values: str) -> list[tuple[object, ...]]:
    plain = server.url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        cursor = connection.execute(command, values or None)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def pytest_configure(config: pytest.Config) -> None:
    """The controller makes the run's folder before its workers are started, so that they inherit its name."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = str(package.new_folder())


def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller leaves last: it stops what its workers have started."""
    given = os.environ.get(FOLDER)
    if given and not hasattr(config, "workerinput"):
        foreign = os.environ.get("TEST_DATABASE_URL")
        Server(foreign or "", Path(given), ours=not foreign).stop()
        del os.environ[FOLDER]


@pytest.fixture(scope="session")
def postgres() -> Server:
    """The run's PostgreSQL. Take a database from it with `fresh_database`."""
    return start()
