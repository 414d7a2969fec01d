"""The law as data: rows of the rulebook, rules that cite them, findings, and numbers that are dated values.

A rule is a pure generator of `Finding`s marked with the rows of `rules.md` it speaks for. The refusal page, the
checklist shown beforehand, the printed rulebook and the tests all quote the same row.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeAlias

ROWS_FILE = Path(__file__).parent.parent / "rules" / "rows.csv"
NORMS_FILE = Path(__file__).parent.parent / "rules" / "norms.csv"


@dataclass(frozen=True)
class Row:
    """One row of the rulebook: where it stands in the law and how sure we are of it."""

    id: str
    instrument: str
    instrument_en: str
    article: str
    article_en: str
    text: str
    text_en: str
    confidence: str

    @property
    def confirmed(self) -> bool:
        """True when the article was read (PV) or quoted officially (PV2), or the rule is the house's own (HOUSE)."""
        return self.confidence.replace(",", " ").replace("/", " ").replace(";", " ").split()[:1] in (
            ["PV"],
            ["PV2"],
            ["HOUSE"],
        )

    def citation(self, locale: str = "zh") -> str:
        """「《instrument》article」 in the reader's language, for pages and paper."""
        if locale.startswith("en"):
            return f"{self.instrument_en}, {self.article_en}".rstrip(", ")
        return f"《{self.instrument}》{self.article}"


@dataclass(frozen=True)
class Finding:
    """What a rule found wrong (or, with ``bars=False``, worth a warning).

    `text` is a Chinese message id with %(name)s places filled from `values`; `field` names the form field it is about.
    """

    rule: str
    text: str
    values: Mapping[str, object] = given(default_factory=dict)
    field: str | None = None
    bars: bool = True

    @property
    def row(self) -> "Row":
        return row(self.rule)


P = ParamSpec("P")
Findings: TypeAlias = Iterator[Finding]
RULES: dict[str, Callable[..., Findings]] = {}


def rule(*rows: str) -> Callable[[Callable[P, Findings]], Callable[P, Findings]]:
    """Mark a generator of findings as the voice of these rulebook rows."""

    def mark(function: Callable[P, Findings]) -> Callable[P, Findings]:
        function.rows = rows  # type: ignore[attr-defined]
        RULES[f"{function.__module__.removeprefix('app.rules.')}.{function.__name__}"] = function
        return function

    return mark


class Unlawful(Exception):
    """The rules bar what was asked; carries every finding so that the page can name field, rule and article."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("; ".join(f"{f.rule} {f.text}" for f in self.findings))


def demand(*results: Iterable[Finding]) -> list[Finding]:
    """Run rules to their end. Raises `Unlawful` with all that bars; gives back the warnings that remain."""
    found = [finding for result in results for finding in result]
    if any(finding.bars for finding in found):
        raise Unlawful(found)
    return found


@cache
def rows() -> dict[str, Row]:
    """The rulebook, by row id, in the order of the file."""
    with ROWS_FILE.open(encoding="utf-8", newline="") as file:
        return {line["id"]: Row(**line) for line in csv.DictReader(file)}


def row(row_id: str) -> Row:
    """The rulebook row with this id. Raises KeyError for one that is not in the book."""
    return rows()[row_id]


@dataclass(frozen=True)
class Norm:
    """A number of the law: its value in one jurisdiction from one day on, and the row and source it comes from."""

    key: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    value: Decimal
    unit: str
    rule: str
    source: str

    def holds(self, place: str, day: date) -> bool:
        """Whether it binds *place* (a division code) on *day*; 000000 is the whole country."""
        prefix = self.jurisdiction.rstrip("0")
        inside = place.startswith(prefix) if prefix else True
        return inside and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Norms:
    """The numbers that bind one place on one day; the nearest jurisdiction wins, then the latest valid-from."""

    found: Mapping[str, Norm]

    @classmethod
    def of(cls, norms: Iterable[Norm], place: str, day: date) -> "Norms":
        """Choose, for each key, the norm that binds *place* on *day*."""
        best: dict[str, Norm] = {}
        for norm in norms:
            if norm.holds(place, day) and _nearer(norm, best.get(norm.key)):
                best[norm.key] = norm
        return cls(best)

    def __getitem__(self, key: str) -> Decimal:
        return self.found[key].value

    def __contains__(self, key: str) -> bool:
        return key in self.found

    def whole(self, key: str) -> int:
        """The value as a whole number (days, people, months, fen)."""
        return int(self.found[key].value)


def _nearer(norm: Norm, other: Norm | None) -> bool:
    def rank(one: Norm) -> tuple[int, date]:
        return len(one.jurisdiction.rstrip("0")), one.valid_from

    return other is None or rank(norm) >= rank(other)


@cache
def national_norms() -> tuple[Norm, ...]:
    """The norms shipped as seed data; the database's table, editable with a source, takes their place at run time."""
    with NORMS_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Norm(
                key=line["key"],
                jurisdiction=line["jurisdiction"],
                valid_from=date.fromisoformat(line["valid_from"]),
                valid_to=date.fromisoformat(line["valid_to"]) if line["valid_to"] else None,
                value=Decimal(line["value"]),
                unit=line["unit"],
                rule=line["rule"],
                source=line["source"],
            )
            for line in csv.DictReader(file)
        )
