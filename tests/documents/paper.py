"""Helpers of the paper tests: every document printed once from its sample, and what stands in a PDF."""

import io
from functools import cache

from pypdf import PdfReader

from app.documents import editions
from app.documents.printing import Printed, print_pdf, sample

EDITION = "2026-01"
EVERY = [(document, edition) for document in editions.documents() for edition in editions.editions(document)]


@cache
def printed(document: str, edition: str = EDITION) -> Printed:
    """The document printed from its sample; once a run, because setting pages takes its time."""
    facts, footer = sample(document, edition)
    return print_pdf(document, edition, facts, footer=footer)


def text_of(pdf: bytes) -> str:
    """All text of the PDF, without blanks and line ends: where a line breaks says nothing about the words."""
    return "".join(pages_of(pdf))


@cache
def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def attached(pdf: bytes, name: str = "facts.json") -> bytes:
    """The file attached under *name*."""
    return PdfReader(io.BytesIO(pdf)).attachments[name][0]
