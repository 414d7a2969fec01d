"""A sheet's rows against the register: new, the same, or differing field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.accounts.models import Body
from app.core import clock
from app.core.db import db
from app.registry.models import Organization
from app.registry.normalising import RowResult, preview
from app.registry.sheets import read_sheet

OF_BODY = {"name": "name", "uscc": "credit_code", "address": "address"}
OF_ORGANIZATION = (
    "kind", "licence_no", "org_code", "org_code_verified", "registrar", "supervising_unit", "legal_representative",
    "established_on", "capital_fen", "scope", "fundraising", "postcode", "province", "city", "grade",
)  # fmt: skip
TEXTS = frozenset({"registrar", "supervising_unit", "scope"})


@dataclass
class Compared:
    """One row, what is registered under its code or name, and what differs: field → (registered, sheet)."""

    row: RowResult
    known: Organization | None = None
    differs: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def fate(self) -> str:
        """refused, new, unchanged or changed."""
        if self.row.verdict == "refused":
            return "refused"
        return "new" if self.known is None else "changed" if self.differs else "unchanged"


def compare(content: bytes, name: str) -> Iterator[Compared]:
    """Every row of the sheet, in order. Raises SheetRefused for what is no readable sheet."""
    by_code, by_name = _registered()
    for row in preview(read_sheet(content, name), clock.today()):
        known = None
        if row.verdict != "refused":
            known = by_code.get(str(row.values.get("org_code") or "")) or by_name.get(str(row.values["name"]))
        yield Compared(row, known, _differences(known, row.values) if known else {})


def wanted(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the body and of the organization that a row gives."""
    body = {column: values[key] or "" for key, column in OF_BODY.items() if key in values}
    if "credit_code" in body:
        body["credit_code"] = body["credit_code"] or None
    mine = {k: values[k] if values[k] is not None or k not in TEXTS else "" for k in OF_ORGANIZATION if k in values}
    return body, {**mine, "fields": "、".join(values.get("fields") or ())[:300]}


def _differences(known: Organization, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    body, mine = wanted(values)
    found = {k: (getattr(known.body, k), v) for k, v in body.items() if getattr(known.body, k) != v}
    return found | {k: (getattr(known, k), v) for k, v in mine.items() if getattr(known, k) != v}


def _registered() -> tuple[dict[str, Organization], dict[str, Organization]]:
    found = list(db.session.scalars(select(Organization).join(Body)))
    return {o.org_code: o for o in found if o.org_code}, {o.body.name: o for o in found}
