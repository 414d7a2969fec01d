"""Typesetting: HTML becomes a PDF that lasts (PDF/A-3a), can be read aloud (PDF/UA-1) and carries its facts.

Nothing is fetched: the page may use the files shipped with the paper, any other address stops the print. WeasyPrint
costs over a second to import and keeps the typefaces it has met, so both happen once a process, under one lock.
"""

import threading
from datetime import UTC, datetime
from functools import cache
from typing import Any

from app.core.words import N_
from app.documents import fonts
from app.documents.facts import CannotPrint

MOST_PAGES = 120
SCHEME = "paper:"
_one_at_a_time = threading.Lock()

# PDF/A wants a property it does not know described; PDF/UA wants the property. Both in one description.
_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


def set_document(html: str, css: str, *, facts_json: str, at: datetime) -> tuple[bytes, int]:
    """The archived form of the document, and how many pages it has; the same input gives the same bytes.

    Raises `CannotPrint` for more than `MOST_PAGES`, a sign no typeface has, or an address that is not shipped.
    """
    weasyprint = _weasyprint()
    with _one_at_a_time:
        pages = _lay_out(html, css)
        if len(pages.pages) > MOST_PAGES:
            values = {"pages": len(pages.pages), "most": MOST_PAGES}
            raise CannotPrint(N_("这份文书有 %(pages)s 页，最多 %(most)s 页，请分成几份"), values)
        attached = weasyprint.Attachment(
            string=facts_json, name="facts.json", description="机器可读数据", relationship="Data",
            created=at.astimezone(UTC), modified=at.astimezone(UTC),
        )  # fmt: skip
        # "Uncompressed" gives a plain cross-reference table, which old readers find too; _finish packs the streams.
        pdf = pages.write_pdf(
            pdf_variant="pdf/a-3a", attachments=[attached], finisher=_finish, uncompressed_pdf=True
        )
        return pdf, len(pages.pages)


def set_stamp(html: str, css: str) -> bytes:
    """A single untagged page without metadata, to be drawn inside a signature field."""
    with _one_at_a_time:
        return bytes(_lay_out(html, css).write_pdf(finisher=_refuse_missing_glyphs))


def _lay_out(html: str, css: str) -> Any:
    weasyprint = _weasyprint()
    font_config, fetcher = _fonts(), _fetcher()
    sheet = weasyprint.CSS(string=fonts.stylesheet() + css, font_config=font_config, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    try:
        return page.render(stylesheets=[sheet], font_config=font_config, pdf_forms=True)
    except NotShipped as refused:
        raise CannotPrint(N_("文书只能用随版发布的文件，不能取“%(url)s”"), {"url": refused.url}) from refused


class NotShipped(BaseException):
    """An address the paper does not ship; not an Exception, because WeasyPrint prints on after those."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(url)


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
        """Gives out the typefaces by their `paper:` name and refuses every other address, whatever its scheme."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = fonts.shipped().get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
            if path is None:
                raise _Fatal(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    class _Fatal(NotShipped, FatalURLFetchingError):
        pass

    return Shipped()


def _finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint leaves open: readable metadata that also claims PDF/UA, and signature fields."""
    _refuse_missing_glyphs(document, pdf)
    _describe(pdf)
    _make_signature_fields(pdf)
    _pack(pdf)


def _refuse_missing_glyphs(document: Any, pdf: Any) -> None:
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        signs = "".join(sorted(missing))
        raise CannotPrint(N_("字库里没有这些字：%(signs)s。请核对写法，或由管理员补充字库"), {"signs": signs})


def _describe(pdf: Any) -> None:
    reference = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[reference]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", _UA)]


def _pack(pdf: Any) -> None:
    """Compress every stream but the XMP, which archives look for with a text search (PDF/A forbids a filter on it).

    A packed stream whose last byte is a carriage return runs into the line end before `endstream`, and readers then
    disagree about its length: such a stream stays as it is.
    """
    for stream in (o for o in pdf.objects if hasattr(o, "compress") and o.extra.get("Type") != "/Metadata"):
        stream.compress = True
        stream.compress = not stream.data.endswith(b"\r\nendstream")


def _make_signature_fields(pdf: Any) -> None:
    """Turn the check boxes of the page (<input type=checkbox class=sign>) into empty signature fields.

    So the places to sign are in the tagged structure and in the bytes both parties sign, and signing adds nothing but
    the signature.
    """
    import pydyf

    fields = [o for o in pdf.objects if isinstance(o, dict) and o.get("FT") == "/Btn"]
    for field in fields:
        x1, y1, x2, y2 = field["Rect"]
        field["Rect"] = pydyf.Array((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        box = pydyf.Array((0, 0, abs(x2 - x1), abs(y2 - y1)))
        empty = pydyf.Stream([], {"Type": "/XObject", "Subtype": "/Form", "BBox": box})
        pdf.add_object(empty)
        field.update({"FT": "/Sig", "F": 4 + 128, "AP": pydyf.Dictionary({"N": empty.reference})})
        for key in ("V", "AS", "MK", "Border", "Ff"):
            field.pop(key, None)
    if fields:
        pdf.catalog["AcroForm"]["SigFlags"] = 3  # changes are appended, never written over; signing alters no flag
        pdf.catalog["AcroForm"].pop("NeedAppearances", None)
    for form in (o for o in pdf.objects if isinstance(o, dict) and o.get("S") == "/Form"):
        form["K"] = form["K"][0]  # not a list of one: pyHanko looks for the field at K.Obj when it compares revisions
