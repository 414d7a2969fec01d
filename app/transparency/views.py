"""The public site's frame: front page, the log with its proofs, the rulebook and the permissions."""

from flask import Response, request
from flask_babel import gettext as _

from app.accounts.models import ROLES
from app.core import files, law, log, security
from app.core.access import GRANT_SCOPES
from app.core.door import Door, page
from app.core.errors import Missing
from app.core.lifecycle import ALL
from app.core.words import N_
from app.permissions import GRANTS
from app.transparency import queries

door = Door("transparency", __name__)
SYSTEM_ROLES = {"clock": N_("时间"), "keeper": N_("机器管理员"), "public": N_("公众")}


@door.page("/log", may="public.read")
def log_index() -> str:
    """The log, newest first: every envelope is public, values only where the entry is."""
    before = request.args.get("before", "")
    entries = queries.log_page(int(before) if before.isdecimal() else None)
    older = entries[-1].seq if entries and entries[-1].seq else None
    return page("transparency/log_index.html", entries=entries, older=older, vkey=log.vkey(), origin=log.origin())


@door.page("/log/<int:seq>", may="public.read")
def log_entry(seq: int) -> str:
    """One entry and where its proof can be had."""
    found = queries.entry(seq)
    if found is None:
        raise Missing(_("日志里没有第 %(n)s 条。", n=seq))
    return page("transparency/log_entry.html", entry=found, signed=log.covering(seq))


@door.page("/log/<int:seq>/proof.txt", may="public.read")
def proof(seq: int) -> Response:
    """The proof of a public entry, as a text that verifies offline."""
    text = queries.proof_text(seq)
    return files.send_bytes(text.encode(), f"proof-{seq}.txt", "text/plain; charset=utf-8")


@door.page("/log/checkpoints/<int:size>", may="public.read")
def checkpoint(size: int) -> Response:
    """A signed checkpoint, as the note it is."""
    return files.send_bytes(
        queries.note(size).encode(), f"checkpoint-{size}.txt", "text/plain; charset=utf-8", inline=True
    )


@door.page("/rulebook", may="public.read")
def rulebook() -> str:
    """Every row of the law the portal knows, its article, and the numbers that bind by place and day."""
    return page(
        "transparency/rulebook.html",
        rows=law.rows().values(),
        norms=queries.norms_by_rule(),
        spoken=queries.rules_by_row(),
    )


@door.page("/rulebook/permissions", may="public.read")
def permissions() -> str:
    """Who may do what: the matrix itself, printable."""
    return page("transparency/permissions.html", grants=GRANTS, roles={**ROLES, **SYSTEM_ROLES}, scopes=GRANT_SCOPES)


@door.page("/rulebook/lifecycles", may="public.read")
def lifecycles() -> str:
    """The states and steps of every kind of record."""
    return page("transparency/lifecycles.html", lifecycles=ALL.values())


@door.page("/security", may="security.read")
def security_log() -> str:
    """What was refused, newest first."""
    return page("transparency/security_log.html", refusals=security.refusals())


from app.transparency import pages as pages  # noqa: E402 - more routes of the same door
