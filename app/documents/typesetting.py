"""Typesetting: HTML becomes a PDF that lasts (PDF/A-3a), can be read aloud (PDF/UA-1) and carries its facts.

Nothing is fetched: the page may use the files shipped with the paper, any other address stops the print. WeasyPrint
costs over a second to import and keeps the typefaces it has met, so both happen once a process, under one lock.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

from app.core.words import N_
from app.documents import fonts
from app.documents.facts import CannotPrint
from app.documents.finishing import finish, refuse_missing_glyphs

MOST_PAGES = 60
SCHEME = "paper:"
PICTURE = "photo:"  # a picture handed in beside the facts, by its SHA-256
_one_at_a_time = threading.Lock()
_refused: list[str] = []  # addresses refused to the print that holds the lock
_pictures: dict[str, bytes] = {}  # what the print that holds the lock may show


def set_document(
    html: str, css: str, *, facts_json: str, at: datetime, pictures: Mapping[str, bytes] | None = None
) -> tuple[bytes, int]:
    """The archived form of the document, and how many pages it has; the same input gives the same bytes.

    Raises `CannotPrint` for more than `MOST_PAGES`, a sign no typeface has, or an address that is not shipped.
    """
    weasyprint = _weasyprint()
    with _one_at_a_time, _nothing_fetched(pictures):
        pages = _lay_out(html, css)
        if len(pages.pages) > MOST_PAGES:
            values = {"pages": len(pages.pages), "most": MOST_PAGES}
            raise CannotPrint(N_("这份文书有 %(pages)s 页，最多 %(most)s 页，请分成几份"), values)
        attached = weasyprint.Attachment(
            string=facts_json, name="facts.json", description="机器可读数据", relationship="Data",
            created=at.astimezone(UTC), modified=at.astimezone(UTC),
        )  # fmt: skip
        # "Uncompressed" gives a plain cross-reference table, which old readers find too; finish packs the streams.
        pdf = pages.write_pdf(pdf_variant="pdf/a-3a", attachments=[attached], finisher=finish, uncompressed_pdf=True)
        return pdf, len(pages.pages)


def set_stamp(html: str, css: str) -> bytes:
    """A single untagged page without metadata, to be drawn inside a signature field."""
    with _one_at_a_time, _nothing_fetched():
        return bytes(_lay_out(html, css).write_pdf(finisher=refuse_missing_glyphs))


def _lay_out(html: str, css: str) -> Any:
    weasyprint = _weasyprint()
    font_config, fetcher = _fonts(), _fetcher()
    sheet = weasyprint.CSS(string=fonts.stylesheet() + css, font_config=font_config, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return page.render(stylesheets=[sheet], font_config=font_config, pdf_forms=True)


@contextmanager
def _nothing_fetched(pictures: Mapping[str, bytes] | None = None) -> Iterator[None]:
    """Stop the print over the first address that is not shipped, also where WeasyPrint would print on without it."""
    _refused.clear()
    _pictures.clear()
    _pictures.update(pictures or {})
    with suppress(NotShipped):
        yield
    if _refused:
        raise CannotPrint(N_("文书只能用随版发布的文件，不能取“%(url)s”"), {"url": _refused[0][:200]})


class NotShipped(BaseException):
    """An address the paper does not ship; not an Exception, because WeasyPrint prints on after those."""


@cache
def _weasyprint() -> Any:
    import weasyprint

    return weasyprint


@cache
def _fonts() -> Any:
    _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Shipped(URLFetcher):
        """Gives out the typefaces by their `paper:` name and refuses every other address, whatever its scheme.

        Pictures are those handed in for this print, by their fingerprint.
        """

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(PICTURE) and (picture := _pictures.get(url.removeprefix(PICTURE))):
                return URLFetcherResponse(url, picture, {"Content-Type": "image/jpeg"})
            path = fonts.shipped().get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if path is None:
                _refused.append(url)
                raise _Fatal(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    class _Fatal(NotShipped, FatalURLFetchingError):
        pass

    return Shipped()
