"""A sheet's rows against the register: new, the same, or differing field by field.

The same organization is one with the same organization code, else the same credit code, else exactly the same name
(unless both have codes and these differ: names are unique only under one registrar). A blank cell of a sheet says
nothing: it never erases what is registered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from app.core import clock
from app.core.law import Finding
from app.core.words import N_
from app.registry.known import Known, Register
from app.registry.normalising import RowResult, preview
from app.registry.reading import ROW_RULE
from app.registry.sheets import Sheet

CHUNK = 500
OF_BODY = {"name": "name", "uscc": "credit_code", "address": "address"}
OF_ORGANIZATION = (
    "kind", "licence_no", "org_code", "org_code_verified", "registrar", "supervising_unit", "legal_representative",
    "established_on", "capital_fen", "scope", "fundraising", "postcode", "province", "city", "grade", "state",
)  # fmt: skip
NAME_TAKEN = N_("同一登记管理机关下已登记同名组织（代码 %(code)s），代码与本行不同，请核对")
TWICE = N_("与第 %(line)d 行对应同一个已登记的组织")
DEREGISTERED = N_("登记册中已注销，不能由表格恢复登记")
CODE_HELD = N_("统一社会信用代码已由“%(name)s”使用")
OTHER_KIND = N_("代码或名称属于已有单位“%(name)s”，它不是社会组织")


@dataclass
class Compared:
    """One row, what is registered under its code or name, and what differs: field → (registered, sheet)."""

    row: RowResult
    known: Known | None = None
    differs: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def fate(self) -> str:
        """refused, new, unchanged or changed."""
        if self.row.verdict == "refused":
            return "refused"
        if self.known is None or self.known.organization is None:
            return "new"
        return "changed" if self.differs else "unchanged"


def compare(sheet: Sheet, register: Register, size: int = CHUNK) -> Iterator[list[Compared]]:
    """Every row of the sheet against *register*, in order and some hundred at a time. Raises SheetRefused."""
    rows, met = preview(sheet, clock.today()), {}  # type: tuple[Any, dict[int, int]]
    while chunk := list(islice(rows, size)):
        yield compare_rows(chunk, register, met)


def compare_rows(rows: list[RowResult], register: Register, met: dict[int, int]) -> list[Compared]:
    """These rows against the register; *met*: body → line of the row about it, filled on the way."""
    register.look_up([row.values for row in rows if row.verdict != "refused"])
    return [_compared(row, register, met) for row in rows]


def wanted(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the body and of the organization that a row gives; blank cells are left out."""
    body = {column: values[key] for key, column in OF_BODY.items() if values.get(key) is not None}
    mine = {key: values[key] for key in OF_ORGANIZATION if values.get(key) is not None}
    if values.get("fields"):
        mine["fields"] = "、".join(values["fields"])
    return body, mine


def _compared(row: RowResult, register: Register, met: dict[int, int]) -> Compared:
    if row.verdict == "refused":
        return Compared(row)
    known = register.same(row.values)
    for finding in _conflicts(row, known, register, met):
        row.take(finding)
    if known is None or row.verdict == "refused":
        return Compared(row)
    return Compared(row, known, _differences(known, row.values))


def _conflicts(row: RowResult, known: Known | None, register: Register, met: dict[int, int]) -> Iterator[Finding]:
    if known is None:
        if namesake := register.namesake(row.values):
            yield Finding(ROW_RULE, NAME_TAKEN, {"code": namesake.code}, "name")
        return
    if known.body_kind != "organization":
        yield Finding(ROW_RULE, OTHER_KIND, {"name": known.of_body["name"]}, "name")
    if holder := register.holder(row.values):
        yield Finding(ROW_RULE, CODE_HELD, {"name": holder.of_body["name"]}, "uscc")
    if (first := met.setdefault(known.body.id, row.line)) != row.line:
        yield Finding(ROW_RULE, TWICE, {"line": first}, "name")
    if known.mine.get("state") == "deregistered" and row.values.get("state") == "registered":
        yield Finding(ROW_RULE, DEREGISTERED, {}, "state")


def _differences(known: Known, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    body, mine = wanted(values)
    if known.mine.get("org_code_verified") and not mine.get("org_code_verified"):
        mine = {key: value for key, value in mine.items() if not key.startswith("org_code")}  # never back to unverified
    found = {key: (known.of_body[key], value) for key, value in body.items() if known.of_body[key] != value}
    if known.organization is None:
        return found
    return found | {key: (known.mine[key], value) for key, value in mine.items() if known.mine[key] != value}
