"""Editions: the words of a document as its lawyer wrote them, in contracts/<document>/<edition>/.

`clauses.toml` holds the numbered clauses, `page.html` how they and the tables stand on the page, `sample.toml` the
facts it is tried with. An edition that was used is never edited (`contracts/released.toml` keeps the fingerprints and
a test compares them): a new wording is a new folder, so that a document of any age can be printed again word for word.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from app.core.errors import Missing
from app.core.words import N_

CONTRACTS = Path(__file__).parents[2] / "contracts"
RELEASED = CONTRACTS / "released.toml"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)


@dataclass(frozen=True)
class Clause:
    """One numbered clause: its text, a line a paragraph, with {placeholders}, and the rulebook rows it answers to.

    `table` names a macro of the page that is printed after the text; `holds` names the mandatory contract fields of
    A-16 the clause provides for.
    """

    number: int
    heading: str
    text: str = ""
    rule: tuple[str, ...] = ()
    table: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One edition of one document; `fingerprint` is the SHA-256 over every file its print depends on."""

    document: str
    name: str
    title: str
    numbering: str  # "articles" 第一条 with numbered paragraphs, or "sections" 一、
    clauses: tuple[Clause, ...]
    sources: dict[str, str] = field(repr=False)  # file name → text: the page and the paper it stands on
    fingerprint: str

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rulebook row the clauses quote, once, in their order."""
        return tuple(dict.fromkeys(row for clause in self.clauses for row in clause.rule))


def documents() -> list[str]:
    """The documents there are, by the name of their folder."""
    return sorted(p.name for p in CONTRACTS.iterdir() if p.is_dir() and not p.name.startswith("_"))


def editions(document: str) -> list[str]:
    """The editions of *document*, oldest first (names sort by date: 2026-01). Raises `Missing`."""
    folder = CONTRACTS / document
    if not _NAME.fullmatch(document) or not folder.is_dir():
        raise Missing(N_("没有名为“%(document)s”的文书"), {"document": document})
    return sorted(p.name for p in folder.iterdir() if (p / "clauses.toml").is_file())


def latest(document: str) -> str:
    """The newest edition of *document*: what a new document is printed from. Raises `Missing`."""
    return editions(document)[-1]


@cache
def load(document: str, edition: str) -> Edition:
    """Read one edition. Raises `Missing` for one that is not there."""
    if edition not in editions(document):
        values = {"document": document, "edition": edition}
        raise Missing(N_("文书“%(document)s”没有“%(edition)s”版"), values)
    folder = CONTRACTS / document / edition
    files = {path.name: path.read_bytes() for path in (folder / "clauses.toml", folder / "page.html")}
    head = tomllib.loads(files["clauses.toml"].decode())
    files |= _paper(head["paper"])
    return Edition(
        document=document,
        name=edition,
        title=head["title"],
        numbering=head["numbering"],
        clauses=tuple(_clauses(head["clause"])),
        sources={name: content.decode() for name, content in files.items()},
        fingerprint=_fingerprint(files),
    )


def newest_paper() -> dict[str, str]:
    """The files of the newest paper, by name: the stamp of a signature is set on it."""
    return {name: content.decode() for name, content in _paper(sorted(_papers())[-1]).items()}


def _papers() -> list[str]:
    return [p.name for p in (CONTRACTS / "_paper").iterdir() if (p / "stamp.html").is_file()]


def _paper(name: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((CONTRACTS / "_paper" / name).iterdir())}


def released() -> dict[str, dict[str, str]]:
    """Document → edition → fingerprint of every edition that is in use."""
    return tomllib.loads(RELEASED.read_text(encoding="utf-8"))


def _clauses(written: list[dict[str, Any]]) -> Iterator[Clause]:
    for number, clause in enumerate(written, start=1):
        if clause["number"] != number:
            raise ValueError(f"clause {number} carries number {clause['number']}")
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in clause.items()}
        yield Clause(**values)


def _fingerprint(files: dict[str, bytes]) -> str:
    """SHA-256 over "name sha256" lines, sorted: the same as `sha256sum`, so that anybody can do it by hand."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
