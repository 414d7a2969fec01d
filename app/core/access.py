"""May this person do this to this record, and if not, why not.

The matrix itself is `app/permissions.py`; here it is read. Who is acting is kept for the length of one request or
command; time itself is an actor.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from app.core.db import Record
from app.core.errors import NotAllowed, SignInFirst
from app.core.words import N_


class Actor(Protocol):
    """Whoever acts: a person signed in, or the clock."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def body_id(self) -> int | None: ...
    @property
    def place(self) -> str: ...
    @property
    def role_names(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class System:
    """An actor that is no person: the clock, or the keeper of the machine at the command line."""

    public_id: str
    role: str
    id: int = 0
    body_id: int | None = None
    place: str = "000000"

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset({self.role})


CLOCK = System("clock", "clock")
KEEPER = System("keeper", "keeper")
PUBLIC = System("public", "public")


@dataclass(frozen=True)
class Grant:
    """One cell of the matrix: a role, and whose records it reaches (`any`, `place`, `named`, `buyer`, `supplier` …)."""

    role: str
    scope: str = "any"


GRANT_SCOPES = {
    "any": N_("任何记录"),
    "place": N_("本地区的记录"),
    "named": N_("指名本人的记录"),
    "buyer": N_("本单位作为采购人的记录"),
    "supplier": N_("本单位作为供应商的记录"),
    "supervisor": N_("本单位作为主管部门的记录"),
    "evaluator": N_("本单位作为评估机构的记录"),
    "self": N_("本单位自己的记录"),
    "applicant": N_("本单位提出的申请"),
    "authority": N_("由本单位登记管理的记录"),
    "counter": N_("本单位在窗口代为录入的记录"),
}


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the reason as a Chinese message id."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)
NO_ROLE = Verdict(False, N_("您的角色不能做这一步。"))
NOT_YOURS = Verdict(False, N_("这条记录不属于您所在的单位或地区。"))
NOT_SIGNED_IN = Verdict(False, N_("请先登录。"))

_actor: ContextVar[Actor] = ContextVar("actor", default=PUBLIC)
_matrix: dict[str, tuple[Grant, ...]] = {}


def use_matrix(matrix: dict[str, tuple[Grant, ...]]) -> None:
    """Install the permission matrix (done once, by the application factory)."""
    _matrix.clear()
    _matrix.update(matrix)


def actor() -> Actor:
    """Whoever acts now."""
    return _actor.get()


@contextmanager
def acting(who: Actor) -> Iterator[None]:
    """Act as *who* for the length of the block."""
    token = _actor.set(who)
    try:
        yield
    finally:
        _actor.reset(token)


def may(who: Actor, action: str, record: Record | None = None) -> Verdict:
    """Whether *who* may take *action* on *record* (or at all, without one). Raises KeyError for an unlisted action."""
    grants = [g for g in _matrix[action] if g.role in who.role_names or g.role == "public"]
    if not grants:
        return NOT_SIGNED_IN if who.public_id == PUBLIC.public_id else NO_ROLE
    if record is None or any(_reaches(grant, who, record) for grant in grants):
        return YES
    return NOT_YOURS


def demand(action: str, record: Record | None = None) -> None:
    """Stop here unless whoever acts may. Raises SignInFirst or NotAllowed with the reason."""
    verdict = may(actor(), action, record)
    if not verdict:
        raise (SignInFirst if verdict is NOT_SIGNED_IN else NotAllowed)(verdict.reason)


def _reaches(grant: Grant, who: Actor, record: Record) -> bool:
    if grant.scope == "any":
        return True
    if grant.scope == "place":
        return record.place.startswith(who.place.rstrip("0"))
    mine = who.id if grant.scope == "named" else who.body_id
    return mine in record.parties().get(grant.scope, set())
