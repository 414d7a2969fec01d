"""The machine a run was made on: a number without it says nothing."""

import os
import platform
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("flask", "sqlalchemy", "jinja2", "gunicorn")


def described(before: str) -> str:
    """Processor, cores, system, load when the run began, Python, SQLite, libraries, and the commit."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"- {processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; load before the run:"
        f" {before}\n- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}\n"
        f"- commit {commit()}, {_today()}"
    )


def processor() -> str:
    """The model as the system names it."""
    if sys.platform == "darwin":
        return _said("sysctl", "-n", "machdep.cpu.brand_string") or platform.processor()
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unnamed processor"


def load() -> str:
    """The load averages of 1 and 5 minutes: who else is working here."""
    return " / ".join(f"{one:.1f}" for one in os.getloadavg()[:2])


def commit() -> str:
    """The commit measured, with a + where files were changed since."""
    head = _said("git", "rev-parse", "--short", "HEAD")
    return head + ("+" if _said("git", "status", "--porcelain", "app", "templates") else "") if head else "unknown"


def _today() -> str:
    from app.core.clock import day_of, machine_now

    return day_of(machine_now()).isoformat()


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
