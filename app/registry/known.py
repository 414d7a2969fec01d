"""What is registered already, looked up for some hundred rows of a sheet at a time, in plain rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, func, select

from app.accounts.models import Body
from app.core.db import db
from app.registry.models import Organization

BODY_COLUMNS = ("name", "credit_code", "address")
COLUMNS = (
    "kind", "licence_no", "org_code", "org_code_verified", "registrar", "supervising_unit", "legal_representative",
    "established_on", "capital_fen", "scope", "fields", "fundraising", "postcode", "province", "city", "grade", "state",
)  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """One body and, where it is registered as one, its social organization."""

    body_id: int
    body_kind: str
    organization_id: int | None
    of_body: dict[str, Any]
    mine: dict[str, Any]

    @property
    def code(self) -> str:
        """The credit code, else the organization code."""
        return str(self.of_body["credit_code"] or self.mine["org_code"] or "")


@dataclass
class Register:
    """The register as it stood when this was made: what is entered afterwards by the same import is not seen."""

    newest: int = field(default_factory=lambda: db.session.scalar(select(func.max(Body.id))) or 0)
    by_org_code: dict[str, Known] = field(default_factory=dict)
    by_credit_code: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)

    def look_up(self, rows: Sequence[Row]) -> None:
        """Read what these rows may be about; what was read before is let go."""
        self.by_org_code, self.by_credit_code, self.by_name = {}, {}, {}
        self.by_org_code = {k.mine["org_code"]: k for k in self._read(Organization.org_code, rows, "org_code")}
        rest = [row for row in rows if self.same(row) is None]
        self.by_credit_code = {k.of_body["credit_code"]: k for k in self._read(Body.credit_code, rest, "uscc")}
        rest = [row for row in rest if self.same(row) is None]
        for one in self._read(Body.name, rest, "name"):
            self.by_name.setdefault(one.of_body["name"], []).append(one)

    def same(self, row: Row) -> Known | None:
        """The organization this row is about: by organization code, else by credit code, else by its exact name."""
        found = self.by_org_code.get(row.get("org_code") or "") or self.by_credit_code.get(row.get("uscc") or "")
        return found or next((k for k in self._namesakes(row) if not other_code(k, row)), None)

    def namesake(self, row: Row) -> Known | None:
        """Another organization with this name under the same registrar, told apart by its code."""
        return next((k for k in self._namesakes(row) if k.mine["registrar"] == (row.get("registrar") or "")), None)

    def _namesakes(self, row: Row) -> list[Known]:
        return self.by_name.get(str(row.get("name")), [])

    def _read(self, column: Any, rows: Sequence[Row], key: str) -> list[Known]:
        asked = {row[key] for row in rows if row.get(key)}
        return self._where(column.in_(asked)) if asked else []

    def _where(self, condition: ColumnElement[bool]) -> list[Known]:
        columns = [getattr(Body, n).label(f"body_{n}") for n in BODY_COLUMNS] + [
            getattr(Organization, n) for n in COLUMNS
        ]
        query = select(Body.id, Body.kind.label("body_kind"), Organization.id.label("organization"), *columns)
        query = query.outerjoin(Organization, Organization.body_id == Body.id)
        found = db.session.execute(query.where(condition, Body.id <= self.newest).order_by(Body.id))
        return [_known(row) for row in found.mappings()]


def other_code(known: Known, row: Row) -> bool:
    """Whether both have a code and these differ (in the digits both have: an old code may lack its check digit)."""
    theirs, ours = known.of_body["credit_code"], row.get("uscc")
    if theirs and ours:
        return bool(theirs != ours)
    mine, sheets = known.mine["org_code"] or (theirs or "")[8:17], row.get("org_code") or ""
    return bool(mine and sheets and mine[:8] != sheets[:8])


def _known(row: RowMapping) -> Known:
    of_body = {name: row[f"body_{name}"] for name in BODY_COLUMNS}
    return Known(row["id"], row["body_kind"], row["organization"], of_body, {name: row[name] for name in COLUMNS})
