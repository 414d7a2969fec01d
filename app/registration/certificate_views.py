"""Certificates: the public page behind the QR code, and the papers for their holder."""

from flask import Response, request

from app.core import access, files, log
from app.core.door import NO_SUCH, page, person, to
from app.core.errors import Missing
from app.registration import queries
from app.registration.models import Certificate
from app.registration.views import door

TONES = {"valid": "good", "superseded": "warn", "cancelled": "bad"}


@door.page("/certificates", may="public.read")
def certificates() -> str | Response:
    """Where a certificate's number is typed in."""
    number = request.args.get("q", "").strip().upper()[:30]
    if number and queries.certificate(number) is not None:
        return to("registration.certificate", number=number)
    return page("registration/certificates.html", q=number)


@door.page("/certificates/<number>", may="public.read")
def certificate(number: str) -> str:
    """Whether a certificate is valid, and what it says: where its QR code leads."""
    found = _find(number)
    newest = queries.certificates(found.organization)[0]
    return page(
        "registration/certificate.html", certificate=found, newest=newest, tone=TONES[found.state],
        mine=bool(access.may(person(), "certificate.read", found)), entries=log.entries_of(found.public_id),
    )  # fmt: skip


@door.page("/certificates/<number>/<which>.pdf", may="certificate.read")
def certificate_paper(number: str, which: str) -> Response:
    """The original or the copy, for its holder and the authority."""
    found = _find(number)
    access.demand("certificate.read", found)
    paper = {"original": found.original, "copy": found.copy}.get(which)
    if paper is None:
        raise Missing(NO_SUCH)
    return files.send(paper, inline=True)


def _find(number: str) -> Certificate:
    found = queries.certificate(number)
    if found is None:
        raise Missing(NO_SUCH)
    return found
