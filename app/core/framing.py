"""Pages drawn once and kept, with holes for what differs: for everybody who is not signed in.

A long list is asked for more often than anything else, and what stands around its rows costs more than the rows: it
is the same for every reader who is not signed in, but for the language, the text size and the address to come back
to. A page filled here is, letter for letter, the page drawn whole (a test compares them).
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from flask import current_app, g, render_template, request, session
from flask_login import current_user
from markupsafe import Markup

from app.core import chrome, clock, log
from app.core.languages import chosen_language
from app.core.showing import moment

Crumbs = Sequence[tuple[str, str | None]]
FRAME, MOST = "_layout/framed.html", 200
HOLE = re.compile("\x00([a-z_]+)\x00")


def framed(
    template: str, holes: Mapping[str, str], of: Hashable, *, title: str, crumbs: Crumbs, wide: bool = False,
    **values: Any,
) -> str:  # fmt: skip
    """Draw *template*, which is the content alone, within the frame of every page. It has no context but *values*.

    *holes* are pieces of markup (escaped already) that differ from request to request; everything else must follow
    from *of*, the language, the text size, and who is asking.
    """
    about = (template, title, crumbs, wide, values)
    if not _is_kept():
        return _whole({name: Markup(piece) for name, piece in holes.items()}, *about)
    filled = {**holes, "here": f"back={chrome.here()}"}
    return "".join(filled[piece] if n % 2 else piece for n, piece in enumerate(_kept(tuple(holes), of, *about)))


def _is_kept() -> bool:
    """Whether the page is everybody's: nobody has signed in, and there is nothing to say to this reader alone."""
    return not (current_user.is_authenticated or g.get("refusal") or session.get("said"))


def _whole(
    holes: Mapping[str, str], template: str, title: str, crumbs: Crumbs, wide: bool, values: Mapping[str, Any]
) -> str:
    content = current_app.jinja_env.get_template(template).render({**values, **holes})
    return render_template(FRAME, content=Markup(content), title=title, crumbs=crumbs, wide=wide)


def _kept(names: tuple[str, ...], of: Hashable, template: str, *about: Any) -> list[str]:
    """The page as pieces of text with the names of its holes between them."""
    kept: dict[Hashable, list[str]] = current_app.extensions.setdefault("kept_pages", {})
    demonstration = moment(clock.now()) if clock.is_demonstration() else ""
    key = (template, of, chosen_language(), chrome.text_size(), request.path, log.last_signed_size(), demonstration)
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST:
            kept.clear()
        holes = {name: Markup(f"\x00{name}\x00") for name in names}
        drawn = _whole(holes, template, *about).replace(f"back={chrome.here()}", "\x00here\x00")
        found = kept[key] = HOLE.split(drawn)
    return found
