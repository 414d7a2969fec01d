"""The frame around a page: head, header and footer, drawn once for everybody who is not signed in, and kept.

A long list is asked for more often than anything else, and its frame costs more than the list: it is the same for
every reader who is not signed in, but for the language, the text size and the address to come back to. A page drawn
here is, letter for letter, the page that `_layout/framed.html` draws (a test compares them).
"""

from collections.abc import Sequence
from typing import Any

from flask import current_app, g, render_template, request, session
from flask_login import current_user
from markupsafe import Markup

from app.core import chrome, clock, log
from app.core.languages import chosen_language
from app.core.showing import moment

Crumbs = Sequence[tuple[str, str | None]]
CONTENT, HERE, MOST = "\x00content\x00", "\x00here\x00", 200
FRAME = "_layout/framed.html"


def framed(template: str, *, title: str, crumbs: Crumbs, wide: bool = False, **values: Any) -> str:
    """Draw *template*, which is the content alone, within the frame of every page. It has no context but *values*."""
    content = current_app.jinja_env.get_template(template).render(values)
    if not _is_kept():
        return _whole(content, title, crumbs, wide)
    here = f"back={chrome.here()}"
    before, after = _frame(here, title, crumbs, wide)
    return f"{before.replace(HERE, here)}{content}{after.replace(HERE, here)}"


def _is_kept() -> bool:
    """Whether the frame is everybody's: nobody has signed in, and there is nothing to say to this reader alone."""
    return not (current_user.is_authenticated or g.get("refusal") or session.get("said"))


def _whole(content: str, title: str, crumbs: Crumbs, wide: bool) -> str:
    return render_template(FRAME, content=Markup(content), title=title, crumbs=crumbs, wide=wide)


def _frame(here: str, title: str, crumbs: Crumbs, wide: bool) -> tuple[str, str]:
    kept: dict[Any, tuple[str, str]] = current_app.extensions.setdefault("frames", {})
    demonstration = moment(clock.now()) if clock.is_demonstration() else ""
    seen = (chosen_language(), chrome.text_size(), request.path, log.last_signed_size(), demonstration)
    key = (*seen, title, tuple(crumbs), wide)
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST:
            kept.clear()
        before, after = _whole(CONTENT, title, crumbs, wide).replace(here, HERE).split(CONTENT)
        found = kept[key] = before, after
    return found
