"""Printing a document as part of an action and keeping it, with the day's checkpoint in its foot."""

from collections.abc import Mapping

from flask import current_app

from app.core import clock, files, log
from app.documents.editions import latest
from app.documents.printing import Footer, Printed, print_pdf


def print_and_keep(
    document: str, facts: Mapping[str, object], *, number: str, body_id: int | None = None, edition: str | None = None
) -> files.StoredFile:
    """Print a document of its latest edition (unless given) and keep the PDF under its number, inside a turn to write.

    Raises CannotPrint as printing does.
    """
    return keep_printed(print_now(document, facts, number=number, edition=edition), number=number, body_id=body_id)


def print_now(
    document: str, facts: Mapping[str, object], *, number: str, edition: str | None = None, address: str = ""
) -> Printed:
    """Print a document with the log's checkpoint as it stands now; its QR code leads to *address*, else to /verify."""
    shown = address or verification_address(number)
    footer = Footer(number=number, at=clock.now(), checkpoint=_checkpoint(), address=shown)
    return print_pdf(document, edition or latest(document), facts, footer=footer)


def keep_printed(printed: Printed, *, number: str, body_id: int | None = None) -> files.StoredFile:
    """Keep what was printed."""
    return files.keep(printed.pdf, f"{number}.pdf", ("pdf",), body_id=body_id)


def verification_address(number: str) -> str:
    """The public page on which anybody can compare a paper with what was kept."""
    return f"{current_app.config['BASE_URL']}/verify/{number}"


def _checkpoint() -> str:
    signed = log.checkpoint()
    digest = log.root().hex()
    return f"{signed.size} 条 · 根 {digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}"
