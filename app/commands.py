"""The command line behind ./portal. Each command is a short function; what it does lives where it belongs."""

import argparse
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import config
from app import create_app, serving
from app.core import archive as archives
from app.core import clock, jobs, migrations
from app.core.access import KEEPER, acting
from app.core.db import forget_connections, writing
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
        forget_connections()
    say(f"地址 address: http://127.0.0.1:{settings.port}/")
    subprocess.Popen([sys.executable, "-m", "app.commands", "worker", "--with", str(os.getpid())])
    serving.serve(app, settings.port)


@command("worker", lambda p: (p.add_argument("--with", type=int, dest="parent"), None)[1])
def worker(given: argparse.Namespace) -> None:
    """Do what happens because its time has come, every minute, and long work at once, until the portal stops."""
    from app import clockwork

    app = create_app()
    threading.Thread(target=jobs.serve, args=(app, threading.Event()), daemon=True).start()
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


def _keygen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path)


@command("keygen", _keygen)
def keygen(given: argparse.Namespace) -> None:
    """Make a keyholder's key; prints the public part to register."""
    from app.bids import seal_command

    say(seal_command.keygen(given.out))


def _seal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sheet", type=Path, help="tender-sheet.json")
    parser.add_argument("lot")
    parser.add_argument("price")
    for name in ("--technical", "--business"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--attach", type=Path, action="append", default=[])
    parser.add_argument("--sme", default="none")
    parser.add_argument("--i-make-all-statements", action="store_true", dest="made")
    for name in ("--contact", "--phone", "--email"):
        parser.add_argument(name, default="")
    parser.add_argument("--out", type=Path, default=Path())


@command("seal", _seal)
def seal(given: argparse.Namespace) -> None:
    """Seal a bid on this machine."""
    from app.bids import seal_command

    contact = {"name": given.contact, "phone": given.phone, "email": given.email}
    statements = seal_command.Statements(given.made, contact, given.sme)
    sealed, recovery = seal_command.seal(
        given.sheet, given.lot, given.price, given.technical, given.business, given.attach, given.out, statements
    )
    say(f"{sealed}  (递交 hand in)")
    say(f"{recovery}  (保密留存 keep secret)")


def _decrypt(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shares", type=Path, help="shares.json")
    parser.add_argument("--identity", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)


@command("decrypt-shares", _decrypt)
def decrypt_shares(given: argparse.Namespace) -> None:
    """A keyholder decrypts their shares after the deadline."""
    from app.bids import seal_command

    tender, faults = seal_command.release(given.shares, given.identity, given.out)
    say(f"{tender.number} {tender.name} {tender.closes_at}: {sum(not f for f in faults.values())}/{len(faults)}")


def _open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--shares", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)


@command("open", _open)
def open_bids(given: argparse.Namespace) -> None:
    """Open bids without the portal, from the packages and what the keyholders released."""
    from app.bids import seal_command

    for one in seal_command.open_offline(given.packages, given.shares, given.out):
        say(f"{one.package}: {one.folder or one.fault}")


def _sign(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pdf", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pkcs12", type=Path, required=True)
    parser.add_argument("--field", required=True, choices=("甲方", "乙方"))


@command("sign", _sign)
def sign(given: argparse.Namespace) -> None:
    """Sign a contract with one's own certificate; the key does not leave this machine."""
    from getpass import getpass

    from app.agreements import sign_command

    create_app()  # a demonstration home's clock is the signing time
    password = os.environ.get("PKCS12_PASSWORD") or getpass("PKCS#12: ")
    say(str(sign_command.sign(given.pkcs12, password, given.field, given.pdf, given.out)))


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("organizations", "places"))
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--yes", action="store_true")


@command("import", _import)
def import_(given: argparse.Namespace) -> None:
    """Import organizations from a sheet, or the country's divisions."""
    from app.places.actions import import_divisions
    from app.registry import import_command

    with create_app().app_context(), acting(KEEPER):
        if given.what == "places":
            with writing():
                say(f"{import_divisions()} 个地区 places")
        elif given.file is None:
            stop("请给出表格文件。 Name the sheet.")
        else:
            import_command.run(given.file, given.yes, say)


@command("papers", lambda p: _out(p, "papers"))
def papers(given: argparse.Namespace) -> None:
    """Print every document from its sample."""
    from app.documents.editions import CONTRACTS, latest
    from app.documents.printing import print_pdf, sample

    given.out.mkdir(parents=True, exist_ok=True)
    for document in sorted(p.name for p in CONTRACTS.iterdir() if p.is_dir() and not p.name.startswith("_")):
        facts, footer = sample(document, latest(document))
        (given.out / f"{document}.pdf").write_bytes(print_pdf(document, latest(document), facts, footer=footer).pdf)
        say(f"{given.out / document}.pdf")


@command("docs", lambda p: _out(p, "docs"))
def docs(given: argparse.Namespace) -> None:
    """Print the rulebook, the lifecycles and the permissions from the code."""
    from app import printed

    for path in printed.write(given.out):
        say(str(path))


@command("bench", lambda p: (p.add_argument("what", nargs="*", help="(all)"), None)[1])
def bench(given: argparse.Namespace) -> None:
    """Measure speed in a home of its own, next to a bare query and an empty page."""
    import bench as measuring

    try:
        measuring.main(given.what)
    except measuring.NoSuchMeasure as unknown:
        stop(f"没有这项测量 no such measure: {unknown}")


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
