"""What stands around every page: navigation, who is signed in, the demonstration clock, the log's newest checkpoint."""

from typing import Any

from flask import Flask, current_app, g, request
from flask_login import current_user

from app.core import access, clock, door, log
from app.core.showing import moment
from app.core.words import N_

NAVIGATION = (
    (N_("采购项目"), "/projects"),
    (N_("采购公告"), "/tenders"),
    (N_("社会组织"), "/organizations"),
    (N_("公开日志"), "/log"),
    (N_("规则手册"), "/rulebook"),
)
MENU = ((N_("工作台"), "/desk"), (N_("我的账户"), "/account"))
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none';"
    " base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def init_surroundings(app: Flask) -> None:
    """Give every page its surroundings and every answer its security headers."""
    app.context_processor(around)
    app.after_request(headers)


def around() -> dict[str, Any]:
    """What the layout shows beside the page itself."""
    return {
        "person": current_user,
        "signed_in": _signed_in(),
        "person_menu": MENU,
        "sign_in_url": "/sign-in",
        "sign_out_url": "/sign-out",
        "search_url": "/search",
        "main_navigation": [(label, url, request.path.startswith(url)) for label, url in NAVIGATION],
        "may": lambda action, record=None: access.may(door.person(), action, record),
        "now": clock.now,
        "today": clock.today,
        "demo_clock": moment(clock.now()) if clock.is_demonstration() else None,
        "site": current_app.config["SITE"],
        "refusal": g.get("refusal"),
        "log_point": _log_point(),
    }


def headers(answer: Any) -> Any:
    """Nothing is run, framed or sniffed that is not ours; pages of signed-in people are not kept."""
    answer.headers.setdefault("Content-Security-Policy", CSP)
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    if current_user.is_authenticated:
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _signed_in() -> dict[str, Any] | None:
    if not current_user.is_authenticated:
        return None
    body = current_user.body.name if current_user.body else ""
    return {"name": current_user.name, "role": next(iter(current_user.role_titles), ""), "body": body}


def _log_point() -> dict[str, Any] | None:
    signed = log.last_checkpoint()
    return {"n": signed.size, "url": f"/log/checkpoints/{signed.size}"} if signed else None
