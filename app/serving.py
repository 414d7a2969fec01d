"""How the portal is served: by gunicorn, from the process that has made it, so that nothing is imported twice."""

import sys

from flask import Flask
from gunicorn.app.wsgiapp import WSGIApplication


def gunicorn_options(port: int) -> list[str]:
    """Few processes (SQLite's page cache is per connection), some threads each."""
    bind = f"127.0.0.1:{port}"
    return ["wsgi:application", "--bind", bind, "--workers", "2", "--threads", "4", "--worker-class", "gthread",
            "--preload", "--log-level", "warning", "--timeout", "120"]  # fmt: skip


class Server(WSGIApplication):  # type: ignore[misc]
    """A gunicorn that serves *made* instead of importing anything."""

    def __init__(self, made: Flask) -> None:
        self.made = made
        super().__init__()

    def load(self) -> Flask:
        """What its processes serve."""
        return self.made


def serve(made: Flask, port: int) -> None:
    """Serve until stopped; nothing that cannot cross a fork may be open."""
    sys.argv = ["gunicorn", *gunicorn_options(port)]
    Server(made).run()
