"""The list as its page shows it: words in the reader's language, addresses of the neighbours, what one may do here."""

from typing import Any
from urllib.parse import urlencode

from app.core import access
from app.core.access import Actor
from app.core.showing import t
from app.core.words import N_
from app.places.queries import name_of
from app.registry import listing
from app.registry.asking import LISTS, SORTS, Asked
from app.registry.models import FACT_KINDS, KINDS, Organization

STATES = Organization.lifecycle.states
LIST = "/organizations"
ACTIONS = ((N_("登记社会组织"), "/registry/new"), (N_("导入名册"), "/registry/imports"))


def shown(asked: Asked, found: listing.Page, first: bool, who: Actor) -> dict[str, Any]:
    """What the list's template is filled with; *first* pages say how many there are."""
    args = asked.args()
    return {
        "asked": asked, "args": args, "filtered": args.keys() - {"q"}, "listed": found.rows,
        "query": _query(args), "after_url": _at(args, found.after), "before_url": _at(args, found.before),
        "count": _count(asked, found) if first else None, "cap": listing.COUNTED,
        "where": name_of(asked.place) if asked.place else "",
        "kinds": _words(KINDS), "states": _words(STATES), "grades": [(str(n), f"{n}A") for n in range(5, 0, -1)],
        "lists": [(name, t(FACT_KINDS[kind])) for name, kind in LISTS.items()],
        "sorts": [(name, t(sort.label)) for name, sort in SORTS.items()],
        "actions": ACTIONS if access.may(who, "organization.register") else (),
        "save_url": None,
    }  # fmt: skip


def _count(asked: Asked, found: listing.Page) -> int:
    return listing.count(asked) if found.after else len(found.rows)


def _words(labels: Any) -> dict[str, str]:
    return {name: t(label) for name, label in labels.items()}


def _query(args: dict[str, str]) -> str:
    return f"?{urlencode(args)}" if args else ""


def _at(args: dict[str, str], cursor: str | None) -> str | None:
    return LIST + _query({**args, "cursor": cursor}) if cursor else None
