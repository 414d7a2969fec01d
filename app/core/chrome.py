"""What the layout asks for on every page: the language and text-size switches, messages, versions of the assets."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from flask import Flask, current_app, request, session, url_for
from flask_wtf.csrf import generate_csrf
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from app.core import drawing, forms
from app.core.errors import findings_of
from app.core.languages import LANGUAGES, chosen_language
from app.core.showing import init_showing
from app.core.widgets import draw_field

SIZES = ("normal", "large")


def init_chrome(app: Flask) -> None:
    """Give the templates the design system, the filters, and the helpers the layout calls."""
    packages = {name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, PrefixLoader(packages)])  # type: ignore[list-item]
    WTFormsHelpers(app)
    init_showing(app)
    app.jinja_env.globals.update(
        asset=asset, language_links=language_links, text_size=text_size, text_size_url=text_size_url, said=said,
        findings_of=findings_of, problems=forms.problems, field_named=forms.field_named, drawing=drawing,
        draw_field=draw_field, csrf_token=generate_csrf, new_key=forms.new_key,
    )  # fmt: skip


def asset(name: str) -> str:
    """The address of a file in the static folder, with a part that changes when the file does."""
    path = Path(current_app.static_folder or "") / name
    stamp = path.stat().st_mtime_ns if path.exists() else 0
    return url_for("static", filename=name, v=_fingerprint(path, stamp) if stamp else None)


@cache
def _fingerprint(path: Path, stamp: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def language_links() -> list[tuple[str, str, str, bool]]:
    """(code, name, address, whether it is the one now) of every language."""
    now = chosen_language()
    return [(code, name, f"/language/{code}?back={here()}", code == now) for code, name in LANGUAGES.items()]


def text_size() -> str:
    """How large the reader wants the text: what the cookie `text` says."""
    size = request.cookies.get("text", "") if request else ""
    return size if size in SIZES else "normal"


def text_size_url() -> str:
    """The address that switches to the other text size."""
    return f"/text/{'normal' if text_size() == 'large' else 'large'}?back={here()}"


def safe_back(target: str | None) -> str:
    """*target* when it is an address of this site, otherwise the front page: nobody is sent elsewhere."""
    local = bool(target) and target.startswith("/") and not target.startswith(("//", "/\\"))  # type: ignore[union-attr]
    plain = local and not any(ord(sign) < 32 for sign in target or "")
    return target or "/" if plain else "/"


def said() -> list[str]:
    """The messages kept by `door.remember`, which are shown once."""
    return list(session.pop("said", [])) if request else []


def here() -> str:
    """This address, to come back to; where a form was posted, the page it was posted from is asked for again."""
    return quote(request.full_path.rstrip("?"), safe="") if request else "%2F"
