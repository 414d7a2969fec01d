"""The command line behind ./portal. Each command is a short function; what it does lives where it belongs."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import config
from app import create_app
from app.core import archive as archives
from app.core import clock, migrations
from app.core.access import KEEPER, acting
from app.core.db import writing
from app.core.errors import Refused, findings_of
from app.core.law import Unlawful

Command = Callable[[argparse.Namespace], None]
COMMANDS: dict[str, tuple[Command, Callable[[argparse.ArgumentParser], None]]] = {}


def command(name: str, arguments: Callable[[argparse.ArgumentParser], None] = lambda _: None) -> Any:
    """Register a command under its name with what it takes."""

    def register(function: Command) -> Command:
        COMMANDS[name] = (function, arguments)
        return function

    return register


@command("run")
def run(_: argparse.Namespace) -> None:
    """Migrate, load the demonstration (not in production), say where and who, and serve."""
    from app.demonstration import home

    settings = config.load()
    app = create_app(settings)
    with app.app_context():
        if migrations.current() != migrations.newest():
            migrations.upgrade()
            say("数据库已就绪 database ready")
        if settings.production:
            home.prepare_reference()
        else:
            home.prepare()
            print_sign_ins(home.sign_ins())
    say(f"地址 address: http://127.0.0.1:{settings.port}/")
    subprocess.Popen([sys.executable, "-m", "app.commands", "worker", "--with", str(os.getpid())])
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *gunicorn_options(settings.port)])


def gunicorn_options(port: int) -> list[str]:
    """How the portal is served: few processes (SQLite's page cache is per connection), some threads each."""
    bind = f"127.0.0.1:{port}"
    return ["wsgi:application", "--bind", bind, "--workers", "2", "--threads", "4", "--worker-class", "gthread",
            "--preload", "--log-level", "warning", "--timeout", "120"]  # fmt: skip


@command("worker", lambda p: (p.add_argument("--with", type=int, dest="parent"), None)[1])
def worker(given: argparse.Namespace) -> None:
    """Do what happens because its time has come, every minute, until the portal stops."""
    from app import clockwork

    app = create_app()
    while given.parent is None or _alive(given.parent):
        with app.app_context():
            clockwork.tick()
        _wait(given.parent)


def _wait(parent: int | None) -> None:
    import time

    for _ in range(60):
        time.sleep(1)
        if parent is not None and not _alive(parent):
            return


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


@command("demo")
def demo(_: argparse.Namespace) -> None:
    """Walk the whole purchase, step by step, into a fresh PORTAL_HOME."""
    from app.demonstration import walk

    settings = config.load()
    if settings.production:
        stop("演示只能在非生产环境中进行。 The demonstration does not run in production.")
    app = create_app(settings)
    with app.app_context():
        migrations.upgrade()
        walk.whole(say)


@command("migrate", lambda p: (p.add_argument("--down", metavar="NUMBER"), None)[1])
def migrate(given: argparse.Namespace) -> None:
    """Move the database up to the newest migration, or down to a number."""
    with create_app().app_context():
        migrations.downgrade(given.down) if given.down else migrations.upgrade()
        say(f"{migrations.current() or '–'}")


def _out(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument("--out", type=Path, default=Path(name), help=f"({name})")


@command("archive", lambda p: _out(p, "gongyue-archive.zip"))
def archive(given: argparse.Namespace) -> None:
    """Write the log and the tables it speaks of to one file."""
    with create_app().app_context(), acting(KEEPER), writing():
        say(f"{given.out}: {archives.write_archive(given.out)} 条日志 entries")


@command("witness", lambda p: _out(p, "gongyue-witness.json"))
def witness(given: argparse.Namespace) -> None:
    """Write the checkpoint that somebody else keeps."""
    with create_app().app_context(), acting(KEEPER), writing():
        say(f"{given.out}: {archives.write_witness(given.out)} 条日志 entries")


@command("translate")
def translate(_: argparse.Namespace) -> None:
    """Compile the English and list what has none."""
    from app.core import languages

    languages.compile_english()
    missing = languages.missing_in_english()
    print("\n".join(missing))
    say(f"{len(missing)} 条没有英文 without English")


def print_sign_ins(found: list[Any]) -> None:
    """The demonstration people, as a table."""
    if found:
        say("演示账号 demonstration sign-ins:")
    for one in found:
        print(f"    {one.sign_in_name:<11}{one.password:<18}{one.secret or '–':<34}{one.roles:<16}{one.name}")


def say(line: str) -> None:
    """One line of progress."""
    print(f"✓ {line}", flush=True)


def stop(line: str) -> None:
    """Say why it cannot go on, and end."""
    print(f"✗ {line}", file=sys.stderr)
    raise SystemExit(1)


def main(words: list[str] | None = None) -> None:
    """Read the command line and do what it says; a refusal is one plain sentence each, never a trace."""
    parser = argparse.ArgumentParser(prog="./portal")
    below = parser.add_subparsers(dest="command", required=True)
    for name, (function, arguments) in COMMANDS.items():
        arguments(below.add_parser(name, help=(function.__doc__ or "").strip().splitlines()[0]))
    given = parser.parse_args(words)
    try:
        COMMANDS[given.command][0](given)
    except (Refused, Unlawful) as refusal:
        stop("\n  ".join(f"{f.rule} {f.text % f.values if f.values else f.text}".strip() for f in findings_of(refusal)))
    except clock.BackwardsInTime as back:
        stop(f"演示时钟只能向前 the demonstration clock only moves forward: {back}")


if __name__ == "__main__":
    main()
