"""A purchase as the files of one folder describe it."""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from app.core.clock import BEIJING
from app.core.money import parse_yuan

DATA = Path(__file__).parent / "data"
FROM_DELIVERY = "from delivery.csv"


@dataclass(frozen=True)
class Purchase:
    """One folder of demonstration data, read as plain values."""

    folder: Path

    @cached_property
    def toml(self) -> dict[str, Any]:
        """project.toml"""
        return tomllib.loads((self.folder / "project.toml").read_text(encoding="utf-8"))

    @cached_property
    def more(self) -> dict[str, Any]:
        """walk.toml"""
        return tomllib.loads((self.folder / "walk.toml").read_text(encoding="utf-8"))

    @property
    def project(self) -> dict[str, Any]:
        return dict(self.toml["project"])

    def moment(self, step: str, hour: int = 10, minute: int = 0) -> datetime:
        """The moment a step is taken: as written, or on its day at *hour* Beijing time."""
        day = self.toml["steps"].get(step) or self.more["days"][step]
        return day if isinstance(day, datetime) else datetime.combine(day, time(hour, minute), BEIJING)

    def day(self, step: str) -> date:
        """The day of a step."""
        return self.moment(step).astimezone(BEIJING).date()

    @property
    def sources(self) -> list[tuple[str, str, int]]:
        """(level, line, fen) of each purse."""
        return [(s["level"], s["line"], parse_yuan(s["amount"])) for s in self.toml["sources"]]

    @property
    def lots(self) -> list[tuple[int, str, int]]:
        """(number, name, ceiling in fen) of each lot."""
        return [(lot["number"], lot["name"], parse_yuan(lot["ceiling"])) for lot in self.toml["lots"]]

    @property
    def bids(self) -> list[dict[str, Any]]:
        """lot, bidder, price (as typed), scores [(technical, business) of each member]."""
        return list(self.toml["bids"])

    def sheet_of_indicators(self) -> bytes:
        """indicators.csv as it is."""
        return (self.folder / "indicators.csv").read_bytes()

    def found(self, stage: str) -> dict[str, str]:
        """What the evaluators found at a stage, by indicator; figures that come from delivery are left out."""
        return {x["level3"]: x[stage] for x in self._lines("assessment.csv") if x[stage] != FROM_DELIVERY}

    def months(self) -> list[str]:
        """The months of delivery.csv, in order."""
        return sorted({line["month"] for line in self._lines("delivery.csv")})

    def sheet(self, months: list[str]) -> bytes:
        """The part of delivery.csv that speaks of these months."""
        lines = (self.folder / "delivery.csv").read_text(encoding="utf-8").splitlines()
        return ("\n".join([lines[0], *(x for x in lines[1:] if x[:7] in months)]) + "\n").encode()

    def _lines(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


FIRST = Purchase(DATA / "family-service-centre")
SECOND = Purchase(DATA / "reading-companions")
