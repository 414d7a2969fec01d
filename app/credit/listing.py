"""The public list of credit information: filtered, a page at a time by key, or whole as a sheet or as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, or_, select

from app.accounts.models import Body
from app.core import search
from app.core.db import db
from app.core.typed import NotUnderstood, parse_day
from app.core.words import N_
from app.credit.lifecycle import PUBLIC
from app.credit.models import CreditCase
from app.registry.models import Organization
from app.rules.credit import KINDS, TRIGGERS

PAGE, NAMED = 50, 500
NOW = {"": N_("现在有效"), "ended": N_("已经结束"), "all": N_("全部")}
SHOWN = (
    CreditCase.id, CreditCase.public_id, CreditCase.number, CreditCase.kind, CreditCase.trigger, CreditCase.state,
    CreditCase.department, CreditCase.document_no, CreditCase.amount_fen, CreditCase.arose_on, CreditCase.entered_on,
    CreditCase.starts_on, CreditCase.ends_on, CreditCase.ended_on, CreditCase.place, Body.name, Body.credit_code,
)  # fmt: skip
Found = Row[Any]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: a name or code, list, trigger, place, days of entry, and whether it still holds."""

    q: str = ""
    kind: str = ""
    trigger: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    now: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """From a page's address; what is not understood is left out."""
        kind, place = typed.get("kind", ""), typed.get("place", "").strip()
        trigger = typed.get("trigger", "")
        return cls(
            typed.get("q", "").strip()[:100],
            kind if kind in KINDS else "",
            trigger if any(trigger in of for of in TRIGGERS.values()) else "",
            place if place.isdecimal() and len(place) <= 15 else "",
            _day(typed.get("since", "")),
            _day(typed.get("until", "")),
            typed.get("now", "") if typed.get("now", "") in NOW else "",
        )

    def args(self) -> dict[str, str]:
        """What of it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Page:
    """Rows, and the key after which the next page begins (empty: there is none)."""

    rows: list[Found]
    after: str


def page_of(asked: Asked, after: str = "", most: int = PAGE) -> Page:
    """The rows beyond the key *after*, the newest entry first, at most *most*."""
    query = _filtered(asked).order_by(CreditCase.entered_on.desc(), CreditCase.id.desc()).limit(most + 1)
    if key := _key(after):
        day, number = key
        later = and_(CreditCase.entered_on == day, CreditCase.id < number)
        query = query.where(or_(CreditCase.entered_on < day, later))
    found = list(db.session.execute(query).all())
    last = found[most - 1] if len(found) > most else None
    return Page(found[:most], f"{last.entered_on.isoformat()}_{last.id}" if last else "")


def all_of(asked: Asked) -> Iterator[Found]:
    """Every row, read page by page as it is sent on."""
    page = page_of(asked, most=1000)
    yield from page.rows
    while page.after:
        page = page_of(asked, page.after, 1000)
        yield from page.rows


def _filtered(asked: Asked) -> Any:
    query: Any = select(*SHOWN).join(Body, Body.id == CreditCase.body_id).where(CreditCase.state.in_(_states(asked)))
    query = query.where(*_columns(asked))
    if inside := asked.place.rstrip("0") if len(asked.place) == 6 else asked.place:
        query = query.where(CreditCase.place >= inside, CreditCase.place < inside + ":")
    if not search.folded(asked.q):
        return query
    ids = search.find("organization", asked.q, NAMED)
    named = select(Organization.body_id).where(Organization.id.in_(ids))
    return query.where(or_(CreditCase.body_id.in_(named), Body.name == asked.q, CreditCase.number == asked.q))


def _columns(asked: Asked) -> list[Any]:
    given = (
        (asked.kind, CreditCase.kind == asked.kind),
        (asked.trigger, CreditCase.trigger == asked.trigger),
        (asked.since, CreditCase.entered_on >= date.fromisoformat(asked.since or "2000-01-01")),
        (asked.until, CreditCase.entered_on <= date.fromisoformat(asked.until or "2000-01-01")),
    )
    return [condition for typed, condition in given if typed]


def _states(asked: Asked) -> tuple[str, ...]:
    return {"": ("entered",), "ended": PUBLIC[1:], "all": PUBLIC}[asked.now]


def _day(typed: str) -> str:
    try:
        return parse_day(typed).isoformat() if typed.strip() else ""
    except NotUnderstood:
        return ""


def _key(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition("_")
    try:
        return (date.fromisoformat(day), int(number)) if number.isdecimal() and len(number) < 16 else None
    except ValueError:
        return None
