"""The one way in: load, check, run, commit. Every route of the portal is made here.

A view is a function of its record that returns a page or where to go next. The door loads the record, asks access,
gives a POST its turn to write, commits when the view returns, and turns refusals into pages: the form is drawn again
with what was typed, and the refusal is kept in the security log.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, Response, g, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from app.core import access, changes, clock, security
from app.core.db import Record, db, writing
from app.core.errors import Missing, NotAllowed, Refused, SignInFirst, findings_of, status_of
from app.core.law import Unlawful
from app.core.words import N_

View = Callable[..., Any]
R = TypeVar("R", bound=Record)
NO_SUCH = N_("没有这条记录，或者您不能查看它。")
ROUTES: dict[str, tuple[str, type[Record] | None]] = {}
LARGEST: dict[str, int] = {}  # bytes that a request to this route may have, where that is more than elsewhere


class Door(Blueprint):
    """A domain's blueprint whose only way to make a route is `page`."""

    def page(
        self, rule: str, *, may: str, load: type[Record] | None = None, methods: tuple[str, ...] = ("GET",),
        largest: int | None = None,
    ) -> Callable[[View], View]:  # fmt: skip
        """Make a route at *rule* for those who may take the action *may*; `<id>` in it loads a *load* record.

        They may send *largest* bytes, where a page must take more than others.
        """

        def make(view: View) -> View:
            ROUTES[f"{self.name}.{view.__name__}"] = (may, load)
            if largest:
                LARGEST[f"{self.name}.{view.__name__}"] = largest

            @wraps(view)
            def enter(**arguments: Any) -> Any:
                return _enter(view, may, load, arguments)

            self.add_url_rule(rule, view.__name__, enter, methods=list(methods))
            return view

        return make


def form_page(door: Door, rule: str, **options: Any) -> Callable[[View], View]:
    """A page with a form: GET shows it, POST sends it."""
    return door.page(rule, methods=("GET", "POST"), **options)


def to(endpoint: str, **values: Any) -> Response:
    """Where to go next, after something was done (303, so that reloading does not send again)."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]


def page(template: str, **values: Any) -> str:
    """Draw a page."""
    return render_template(template, **values)


def form(title: str, form: Any, button: str, **more: Any) -> str:
    """Draw a page that is one form; *more*: caption, lede, rules, findings, files, tone, cancel, crumbs."""
    return render_template("_layout/form.html", title=title, form=form, button=button, **more)


def find(model: type[R], public_id: str) -> R:
    """The record with this public id. Raises Missing."""
    found = db.session.scalar(select(model).where(model.public_id == public_id))
    if found is None:
        raise Missing(NO_SUCH)
    return found


def person() -> Any:
    """Whoever is signed in (a Person), or the public."""
    return current_user._get_current_object() if current_user.is_authenticated else access.PUBLIC


def let_large_in(endpoint: str | None, _: object) -> None:
    """Let those who may use a page for large files send one (before anything of the request is read)."""
    if endpoint in LARGEST and request.method == "POST":
        forget_last_request()
        if access.may(person(), ROUTES[endpoint][0]):
            request.max_content_length = LARGEST[endpoint]


def forget_last_request() -> None:
    """Begin clean: under a held app context (tests, commands) `g` would carry over who asked before."""
    for name in ("_login_user", "_flask_babel", "refusal", "redrawn"):
        g.pop(name, None)


def _enter(view: View, may: str, load: type[Record] | None, arguments: dict[str, Any]) -> Any:
    who = person()
    with access.acting(who):
        changes.forget_seen()
        if request.method in ("GET", "HEAD"):
            return _run(view, may, load, arguments)
        return _sent(view, may, load, arguments)


def _sent(view: View, may: str, load: type[Record] | None, arguments: dict[str, Any]) -> Any:
    try:
        with clock.standing_still(), writing():
            key, body = request.form.get("once", ""), security.body_digest(request)
            again = security.first_answer(key, body) if key else None
            if again is not None:
                return again
            answer = _run(view, may, load, arguments)
            if key and getattr(answer, "status_code", 200) == 303:
                security.keep_answer(key, body, answer.location)
            return answer
    except (Refused, Unlawful) as refusal:
        security.write_refusal(request.method, request.full_path.rstrip("?"), refusal)
        return _refuse(view, may, load, arguments, refusal)


def _run(view: View, may: str, load: type[Record] | None, arguments: dict[str, Any]) -> Any:
    record = find(load, arguments["id"]) if load else None
    _check(may, record)
    if record is not None and request.form.get("version", "").isdecimal() and not g.get("redrawn"):
        changes.expect(record, int(request.form["version"]))
    rest = {k: v for k, v in arguments.items() if k != "id" or load is None}
    return view(record, **rest) if record is not None else view(**rest)


def _check(may: str, record: Record | None) -> None:
    try:
        access.demand(may, record)
    except NotAllowed:
        # to say "not yours" of a record whose very existence is not public would say that it exists
        if record is not None and not access.may(access.actor(), may):
            raise
        if request.method in ("GET", "HEAD") and record is not None:
            raise Missing(NO_SUCH) from None
        raise


def _refuse(view: View, may: str, load: Any, arguments: dict[str, Any], refusal: Exception) -> Any:
    """Draw the form again with what was typed and what is wrong; without a form to draw, a page that says it."""
    if isinstance(refusal, SignInFirst | Missing | NotAllowed):
        return refusal_page(refusal)
    g.refusal, g.redrawn = refusal, True
    try:
        answer = _run(view, may, load, arguments)
    except (Refused, Unlawful, HTTPException, changes.NotInATurn):
        return refusal_page(refusal)
    if isinstance(answer, str):
        return answer, status_of(refusal)
    return refusal_page(refusal)


def refusal_page(refusal: Exception) -> tuple[str, int]:
    """The page of a refusal: its findings with rule and article, and for 401 what was typed, kept."""
    status = status_of(refusal)
    kept = [(k, v) for k, vs in request.form.lists() for v in vs if k != "csrf_token" and "password" not in k]
    page = render_template(
        f"_errors/{status}.html",
        refusal=refusal,
        findings=findings_of(refusal),
        kept=kept,
        action=request.full_path.rstrip("?"),
        back=request.referrer,
        next_url=request.full_path.rstrip("?") if request.method == "GET" else None,
    )
    return page, status


def read_refused(refusal: Exception) -> tuple[str, int]:
    """Answer a refusal raised while reading (GET); it is kept in the security log too."""
    db.session.rollback()
    with access.acting(person()):
        security.write_refusal(request.method, request.full_path.rstrip("?"), refusal)
        return refusal_page(refusal)


def remember(message: str) -> None:
    """Say *message* (already translated) once at the top of the next page."""
    session["said"] = [*session.get("said", []), message][-5:]


def plain_error(error: HTTPException) -> tuple[str, int]:
    """The page of an error that no rule raised: not found, too large, a form without its token, or our own fault."""
    db.session.rollback()
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    template = f"_errors/{404 if status == 405 else status}.html"
    return render_template(
        template, findings=[], refusal=None, kept=[], action=request.path, back=request.referrer
    ), status
