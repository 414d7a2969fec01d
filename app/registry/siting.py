"""Which place an imported organization belongs to: the division in its credit code, else its province."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.places.models import Place

COUNTRY = "000000"


@dataclass
class Sites:
    """The divisions down to the district, read once."""

    codes: frozenset[str] = field(default_factory=lambda: frozenset(_codes()))

    def of(self, values: Mapping[str, Any]) -> str:
        """The nearest division of the table that the credit code's digits 3 to 8 lie in (C-17: they are frozen at
        issue and may name a division that is no more), else the province, else the country."""
        digits = str(values.get("uscc") or "")[2:8]
        near = (digits, digits[:4] + "00", digits[:2] + "0000", str(values.get("province_code") or ""))
        return next((code for code in near if code in self.codes), values.get("province_code") or COUNTRY)


def _codes() -> list[str]:
    return list(db.session.scalars(select(Place.code).where(Place.level.in_(("province", "city", "district")))))
