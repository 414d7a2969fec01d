"""The set-up keeps its promises: portable scripts, pinned packages, nothing of one machine in the tree."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]
MACHINE = re.compile(r"(?<![\w.*~$}/-])/(work|root|tmp|home/\w+|opt/pypi)/[\w.]")


def tracked() -> list[Path]:
    """What is, or would be, committed; in a tree without its git, what .gitignore does not name."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split()}
        return [path for path in ROOT.rglob("*") if path.is_file() and not is_in(path.relative_to(ROOT), ignored)]
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def is_in(path: Path, ignored: set[str]) -> bool:
    ways = [str(way) for way in path.parents] + list(path.parts) + [f"*{path.suffix}"]
    return not ignored.isdisjoint(ways)


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


@pytest.mark.parametrize("script", ["portal", "scripts/setup.sh", "scripts/lock.sh"])
def test_shell_scripts_are_posix_sh(script: str) -> None:
    done = subprocess.run(["sh", "-n", str(ROOT / script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_portal_alone_lists_its_commands_in_both_languages() -> None:
    done = subprocess.run([str(ROOT / "portal")], capture_output=True, text=True)
    listed = re.findall(r"^  ([a-z]+) +(\S.*?)  +([a-z].*)$", done.stdout, re.M)
    assert done.returncode == 0
    assert {"run", "test", "demo", "verify", "import", "migrate", "lint"} <= {name for name, _, _ in listed}
    assert all(re.search(r"[\u4e00-\u9fff]", chinese) for _, chinese, _ in listed)


@pytest.mark.parametrize("name", ["sell", "ru", "run ", ".*", "test\nrun"])
def test_an_unknown_command_is_refused_by_name(name: str) -> None:
    done = subprocess.run([str(ROOT / "portal"), name], capture_output=True, text=True)
    assert done.returncode == 2
    assert f"no such command: {name}" in done.stderr


def test_no_registry_is_named_in_the_tree() -> None:
    assert lines_with(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_path_of_one_machine_is_in_the_tree() -> None:
    assert lines_with(MACHINE) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("open('" + "/work" + "/main/x')", True),
        ("cd " + "/root" + "/x", True),
        ("=" + "/home" + "/ann/x", True),
        ("instance/work/main", False),
        ("$HOME/tmp/x", False),
    ],
)
def test_the_search_for_machine_paths_finds_them(line: str, found: bool) -> None:
    assert bool(MACHINE.search(line)) is found


def test_the_npm_lock_pins_by_digest_and_names_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert "node_modules/govuk-frontend" in installed
    assert all(package["integrity"].startswith("sha512-") for package in installed.values())
    assert not [name for name, package in installed.items() if "resolved" in package]


@pytest.mark.parametrize("name", ["", "-test", "-node", "-setup", "-ocds"])
def test_every_python_requirement_is_pinned_with_its_digests(name: str) -> None:
    text = (ROOT / f"requirements{name}.txt").read_text().replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "--"))]
    assert pins
    assert not [pin[:60] for pin in pins if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:", pin)]
