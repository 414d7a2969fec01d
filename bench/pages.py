"""Whole pages as a signed-out reader gets them: through the WSGI app, and over HTTP."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Flask
from werkzeug.test import create_environ

from bench.serving import EMPTY, Server, with_empty_page
from bench.timing import Row, Sample, timed
from bench.world import World

TIMES, TIMES_HTTP = 200, 400
PROJECT = (
    "SELECT p.name, p.number, b.name, t.number, t.closes_at, t.state FROM project p JOIN body b ON b.id = p.buyer_id"
    " JOIN tender t ON t.project_id = p.id WHERE p.public_id = ?"
)


def measure(world: World, server: Server) -> Iterator[Row]:
    """The page of a project whose tender takes bids, next to one query for its first lines."""
    url = f"/projects/{world.project}"
    with bare(world) as connection:
        least = timed([lambda: connection.execute(PROJECT, (world.project,)).fetchall()] * TIMES)
    yield Row("project: bare query", least, remark="project, buyer, tender by one join")
    yield from both_ways(world, server, "project page", [url] * TIMES, [url] * TIMES_HTTP, least)


def both_ways(
    world: World, server: Server, what: str, urls: Sequence[str], more: Sequence[str], least: Sample
) -> Iterator[Row]:
    """These pages through the WSGI app, then *more* of them over HTTP, each beside the empty page."""
    empty = through_wsgi(world.app, [EMPTY] * TIMES)
    yield Row("empty page, WSGI", empty)
    yield Row(f"{what}, WSGI", through_wsgi(world.app, urls), least, empty)
    empty, rate = server.ask([EMPTY] * TIMES_HTTP)
    yield Row("empty page, HTTP, 8 readers", empty, remark=f"{rate:,.0f} requests/s")
    pages, rate = server.ask(more)
    yield Row(f"{what}, HTTP, 8 readers", pages, least, empty, f"{rate:,.0f} requests/s")


def through_wsgi(app: Flask, urls: Sequence[str], warm: Sequence[str] = ()) -> Sample:
    """Call the app as a server would, without a network; *warm* is asked for first, and not counted.

    Raises RuntimeError for what is not a whole page.
    """
    if "empty" not in app.view_functions:
        with_empty_page(app)
    for url in warm or dict.fromkeys(urls[:5]):
        _call(app, url)()  # templates are compiled, connections opened
    return timed([_call(app, url) for url in urls])


def bare(world: World) -> Any:
    """A connection to the same file that knows nothing of the portal."""
    connection = sqlite3.connect(world.home / "portal.sqlite3")
    connection.execute("PRAGMA cache_size=-16000")  # as the portal's own
    return connection


def _call(app: Flask, url: str) -> Callable[[], None]:
    environ, said = create_environ(url), []  # type: Any, list[str]

    def call() -> None:
        answer = app(environ, lambda status, headers, exc=None: said.append(status))  # type: ignore[arg-type, func-returns-value, misc, return-value]
        content = b"".join(answer)
        if said != ["200 OK"] or b"</html>" not in content:
            raise RuntimeError(f"{url}: {said}")

    return call
