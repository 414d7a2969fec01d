"""What is registered already, looked up for some hundred rows of a sheet at a time, in plain rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, Self

from sqlalchemy import ARRAY, ColumnElement, Select, String, any_, bindparam, func, select
from sqlalchemy import Row as SqlRow

from app.accounts.models import Body
from app.core.db import Record, db
from app.registry.models import Organization

BODY_COLUMNS = ("name", "credit_code", "address", "head_name")
COLUMNS = (
    "kind", "licence_no", "org_code", "org_code_verified", "registrar", "supervising_unit", "legal_representative",
    "established_on", "capital_fen", "scope", "fields", "fundraising", "postcode", "province", "city", "grade", "state",
)  # fmt: skip
Row = Mapping[str, Any]


class Ref(NamedTuple):
    """Which record, and the version of it that was read."""

    id: int
    public_id: str
    version: int


@dataclass(frozen=True)
class Known:
    """One body and, where it is registered as one, its social organization."""

    body: Ref
    body_kind: str
    organization: Ref | None
    of_body: dict[str, Any]
    mine: dict[str, Any]

    @property
    def code(self) -> str:
        """The credit code, else the organization code."""
        return str(self.of_body["credit_code"] or self.mine["org_code"] or "")


@dataclass
class Register:
    """The register as it is; with *newest*, as it stood when that was the newest body: for a sheet that is entered
    whole, what it enters itself is not seen."""

    newest: int | None = None
    by_org_code: dict[str, Known] = field(default_factory=dict)
    by_credit_code: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)

    @classmethod
    def standing(cls) -> Self:
        """The register as it stands now, whatever is entered afterwards."""
        return cls(newest=db.session.scalar(select(func.max(Body.id))) or 0)

    def look_up(self, rows: Sequence[Row]) -> None:
        """Read what these rows may be about; what was read before is let go."""
        self.by_org_code, self.by_credit_code, self.by_name = {}, {}, {}
        self.by_org_code = {k.mine["org_code"]: k for k in self._read(Organization.org_code, rows, "org_code")}
        rest = [row for row in rows if self._has_other_code(row)]
        self.by_credit_code = {k.of_body["credit_code"]: k for k in self._read(Body.credit_code, rest, "uscc")}
        rest = [row for row in rest if self.same(row) is None]
        for one in self._read(Body.name, rest, "name"):
            self.by_name.setdefault(one.of_body["name"], []).append(one)

    def holder(self, row: Row) -> Known | None:
        """Another body that has this row's credit code already, where the row is found by its organization code."""
        same, holder = self.same(row), self.by_credit_code.get(row.get("uscc") or "")
        return holder if holder is not None and same is not None and holder.body.id != same.body.id else None

    def _has_other_code(self, row: Row) -> bool:
        same = self.same(row)
        return same is None or bool(row.get("uscc") and same.of_body["credit_code"] != row["uscc"])

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
        return self._where(_query(column.class_), _among(column, asked)) if asked else []

    def _where(self, query: Select[Any], condition: ColumnElement[bool]) -> list[Known]:
        query = query.where(condition)
        if self.newest is not None:
            query = query.where(Body.id <= self.newest)
        return [_known(row) for row in sorted(db.session.execute(query), key=itemgetter(0))]


def other_code(known: Known, row: Row) -> bool:
    """Whether both have a code and these differ (in the digits both have: an old code may lack its check digit)."""
    theirs, ours = known.of_body["credit_code"], row.get("uscc")
    if theirs and ours:
        return bool(theirs != ours)
    mine, sheets = known.mine["org_code"] or (theirs or "")[8:17], row.get("org_code") or ""
    return bool(mine and sheets and mine[:8] != sheets[:8])


def _among(column: Any, asked: set[Any]) -> ColumnElement[bool]:
    """The column is one of these: one parameter, however many there are."""
    if db.session.connection().dialect.name == "sqlite":
        return column.in_(select(func.json_each(json.dumps(sorted(asked))).table_valued("value").c.value))  # type: ignore[no-any-return]
    return column == any_(bindparam(None, sorted(asked), ARRAY(String)))  # type: ignore[no-any-return]


@cache
def _query(asked_of: type[Record]) -> Select[Any]:
    """Bodies with their organizations. Asked by a column of the organization it joins from there: an outer join
    would read every body there is."""
    refs = (Body.id, Body.public_id, Body.version, Organization.id, Organization.public_id, Organization.version)
    columns = [getattr(Body, name) for name in BODY_COLUMNS] + [getattr(Organization, name) for name in COLUMNS]
    query, together = select(*refs, Body.kind, *columns), Organization.body_id == Body.id
    if asked_of is Organization:
        return query.select_from(Organization).join(Body, together)
    return query.select_from(Body).outerjoin(Organization, together)


def _known(row: SqlRow[Any]) -> Known:
    values: Sequence[Any] = tuple(row)
    kind, rest = values[6], values[7:]
    of_body = dict(zip(BODY_COLUMNS, rest, strict=False))
    mine = dict(zip(COLUMNS, rest[len(BODY_COLUMNS) :], strict=True))
    return Known(Ref(*values[:3]), kind, Ref(*values[3:6]) if values[3] is not None else None, of_body, mine)
