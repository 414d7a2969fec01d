"""The list as its page shows it: what is kept of the page, and what fills its holes for one request.

All values of a page are escaped in one go: escaping each of 250 cells by itself costs more than reading them.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode

from flask import current_app
from flask_babel import gettext as _
from markupsafe import escape

from app.core import access
from app.core.access import Actor
from app.core.languages import chosen_language
from app.core.showing import t
from app.core.words import N_
from app.places.queries import name_of
from app.registry import listing
from app.registry.asking import LISTS, SORTS, Asked
from app.registry.models import FACT_KINDS, KINDS, Organization

STATES = Organization.lifecycle.states
LIST = "/organizations"
ACTIONS = ((N_("登记社会组织"), "/registry/new"), (N_("导入名册"), "/registry/imports"))
NONE = "—"
Holes = dict[str, str]
CUT = "\x00"  # between values; no name has it, and one that had would lose it


def shown(
    asked: Asked, found: listing.Page, first: bool, counted: int | None, who: Actor
) -> tuple[Holes, Hashable, Mapping[str, Any]]:
    """What fills the page's holes; what the rest of the page depends on; and what that is drawn from."""
    args, kept = asked.args(), replace(asked, q="")
    query = f"?{urlencode(args)}" if args else ""
    pages = _part("pagination", _at(args, found.after), _at(args, found.before))
    holes = {"q": str(escape(asked.q)), "status": _status(found, first, counted, args), "rows": _rows(found.rows),
             "pages": pages, "query": str(escape(query))}  # fmt: skip
    of = (kept, bool(args), bool(found.rows))
    return holes, of, _values(asked, bool(args), bool(found.rows), who)


def _values(asked: Asked, any_: bool, any_rows: bool, who: Actor) -> Mapping[str, Any]:
    return {
        "asked": asked, "any": any_, "any_rows": any_rows, "filtered": asked.args().keys() - {"q"},
        "where": partial(name_of, asked.place), "kinds": _Words(KINDS), "states": _Words(STATES),
        "grades": [(str(n), f"{n}A") for n in range(5, 0, -1)],
        "lists": _Words({name: FACT_KINDS[kind] for name, kind in LISTS.items()}),
        "sorts": _Words({name: sort.label for name, sort in SORTS.items()}),
        "actions": ACTIONS if access.may(who, "organization.register") else (), "save_url": _to_save(asked, who),
    }  # fmt: skip


def address(asked: Asked) -> str:
    """Where a question is answered."""
    return f"{LIST}?{urlencode(args)}" if (args := asked.args()) else LIST


def _to_save(asked: Asked, who: Actor) -> str | None:
    """Where somebody who is signed in saves this search; drawn for nobody else, so it may know the words."""
    if not replace(asked, sort="entry").args() or not access.may(who, "saved_search.add"):
        return None
    return f"/saved-searches/new?{urlencode(asked.args())}"


class _Words:
    """The options of a choice in the reader's language, looked up only where they are drawn."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def __iter__(self) -> Any:
        return ((name, t(label)) for name, label in self.labels.items())


def _status(found: listing.Page, first: bool, counted: int | None, args: dict[str, str]) -> str:
    if counted is not None:
        more = _("找到 %(n)s 个以上。", n=listing.COUNTED)
        return str(escape(_("找到 %(n)s 个。", n=counted) if counted <= listing.COUNTED else more))
    if not first:
        return str(escape(_("接着上一页。")))
    if found.after is None:
        return str(escape(_("找到 %(n)s 个。", n=len(found.rows))))
    link = escape(f"{LIST}?{urlencode({**args, 'count': '1'})}")
    more = escape(_("找到 %(n)s 个以上。", n=len(found.rows)))
    return f'{more} <a class="govuk-link" href="{link}" rel="nofollow">{escape(_("数一数"))}</a>'


def _rows(rows: list[listing.Found]) -> str:
    """The rows' markup. A cell that is more than its value (a tag behind it) ends its own element."""
    if not rows:
        return ""
    words, row = _row_words(chosen_language())
    cells = [v for o in rows for v in (o.name, o.credit_code or o.org_code or NONE, o.registrar or NONE)]
    if (whole := CUT.join(cells)).count(CUT) != len(cells) - 1:
        whole = CUT.join(cell.replace(CUT, "") for cell in cells)
    plain = iter(str(escape(whole)).split(CUT))
    filled = (
        (o.public_id, next(plain) + words[o.state], next(plain) + words[_unsure(o)], words[o.kind], next(plain),
         f"{o.grade}A" if o.grade else NONE)
        for o in rows
    )  # fmt: skip
    return "\n".join(row % one for one in filled)


def _unsure(o: listing.Found) -> str:
    return "unsure" if not o.credit_code and o.org_code and not o.org_code_verified else "sure"


@cache
def _row_words(language: str) -> tuple[dict[str, str], str]:
    """The words that rows have in common, as markup in one language, and the row itself with %s for its values."""
    tag = '</{} <span class="tag tag--{} tag--small">{}</span>'.format
    states = {s: "</a>" if s == "registered" else tag("a>", "plain", escape(t(word))) for s, word in STATES.items()}
    sure = {"sure": "</span>", "unsure": tag("span>", "warn", escape(_("未核实")))}
    kinds = {name: str(escape(t(word))) for name, word in KINDS.items()}
    row = current_app.jinja_env.get_template("registry/_row.html").render(value=CUT)
    return states | sure | kinds, row.replace("%", "%%").replace(CUT, "%s")


def _part(name: str, *given: Any) -> str:
    return str(getattr(current_app.jinja_env.get_template("_parts/data.html").module, name)(*given)).strip()


def _at(args: dict[str, str], cursor: str | None) -> str | None:
    return f"{LIST}?{urlencode({**args, 'cursor': cursor})}" if cursor else None
