"""The table of procedures: each is one row (its form, materials, checks, clock, effect) and a small module beside it.

A row is made with `procedure(...)` in a module of `procedures/`; docs/how-to/add-a-procedure.md says how.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.accounts.models import Body
from app.core.errors import Missing
from app.core.law import Finding
from app.core.words import N_
from app.registration.forms import DecisionForm, ProcedureForm
from app.registration.models import Application
from app.registry.models import Organization

Typed = Mapping[str, Any]
SPONSOR, ORGANIZATION, AUTHORITY = "sponsor", "organization", "authority"
PAPERS = ("pdf", "jpg", "png")


@dataclass(frozen=True)
class Wanted:
    """One material of a procedure's list; `name` and `hint` are message ids, `taken` the kinds of file."""

    key: str
    name: str
    hint: str = ""
    optional: bool = False
    taken: tuple[str, ...] = PAPERS


def nothing(*_given: object) -> tuple[Finding, ...]:
    """No check at all."""
    return ()


def no_effect(_application: Application, _typed: Typed) -> None:
    """The decision itself is all."""


@dataclass(frozen=True)
class Procedure:
    """One kind of procedure.

    `applicants`: who may begin it (SPONSOR, ORGANIZATION, AUTHORITY). `about` gives the values of the columns that the
    form decides (name, organization_kind …). `begin` is asked before a draft is made, `check` of the file as it stands,
    `decide` of what the deciding registrar typed. `effect` is what a granted application does to the register.
    `days` is the norm of the statutory clock ("" for none) and `clock_rule` its row. `order`: where it stands in lists.
    """

    key: str
    label: str
    purpose: str
    form: type[ProcedureForm]
    applicants: frozenset[str]
    rules: tuple[str, ...]
    materials: tuple[Wanted, ...] = ()
    decision_form: type[DecisionForm] = DecisionForm
    about: Callable[[Application, Typed], dict[str, Any]] = lambda _application, _typed: {}
    begin: Callable[[Body, Organization | None], Iterable[Finding]] = nothing
    check: Callable[[Application], Iterable[Finding]] = nothing
    decide: Callable[[Application, Typed], Iterable[Finding]] = nothing
    effect: Callable[[Application, Typed], None] = no_effect
    days: str = ""
    clock_rule: str = ""
    order: int = 500

    def wanted(self, key: str) -> Wanted:
        """The material with this key. Raises Missing."""
        found = next((one for one in self.materials if one.key == key), None)
        if found is None:
            raise Missing(NO_MATERIAL)
        return found


NO_SUCH_KIND = N_("没有这种登记事项。")
NO_MATERIAL = N_("这种登记事项没有这项材料。")
_ROWS: dict[str, Procedure] = {}


def procedure(**row: Any) -> Procedure:
    """Enter a row of the table."""
    made = _ROWS[row["key"]] = Procedure(**row)
    return made


def procedures() -> dict[str, Procedure]:
    """Every procedure there is, by key, in the order lists show them."""
    _load()
    return dict(sorted(_ROWS.items(), key=lambda one: (one[1].order, one[0])))


def kind(key: str) -> Procedure:
    """The procedure called *key*. Raises Missing."""
    if key not in procedures():
        raise Missing(NO_SUCH_KIND)
    return _ROWS[key]


def of(application: Application) -> Procedure:
    """The procedure an application belongs to."""
    return kind(application.kind)


@cache
def _load() -> None:
    package = importlib.import_module("app.registration.procedures")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
