"""The visible face of a signature: who signed, for whom, when and why, set like the rest of the paper."""

import io
from datetime import datetime
from typing import Any

from jinja2 import DictLoader
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from app.documents import facts, typesetting
from app.documents.editions import newest_paper
from app.documents.wording import Sandbox

_FILLING = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins(), InnerScaling.STRETCH_TO_FIT)


def stamp_style(certificate: Any, reason: str, at: datetime) -> StaticStampStyle:
    """The stamp for a signature made with *certificate* (asn1crypto).

    Raises `CannotPrint` for a sign no typeface has.
    """
    page = _Page(stamp(certificate, reason, at))
    return StaticStampStyle(border_width=0, background=page, background_layout=_FILLING, background_opacity=1.0)


def stamp(certificate: Any, reason: str, at: datetime) -> bytes:
    """The stamp as a one-page PDF."""
    subject, issuer = certificate.subject.native, certificate.issuer.native
    said = facts.plain(
        {
            "organization": subject.get("organization_name", subject.get("common_name", "")),
            "signer": subject.get("common_name", ""),
            "issuer": issuer.get("common_name", ""),
            "serial": f"{certificate.serial_number:x}",
            "reason": reason,
            "at": at,
        }
    )
    paper = newest_paper()
    html = Sandbox(loader=DictLoader(paper)).get_template("stamp.html").render(said)
    return typesetting.set_stamp(html, paper["stamp.css"])


class _Page(ImportedPdfPage):
    """A page to import that is held in memory and not in a file."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__("stamp.pdf")  # type: ignore[no-untyped-call]
        self.pdf = pdf

    def render(self) -> bytes:
        drawing = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)))
        self.resources.xobject["/Stamp"] = drawing
        left, bottom, right, top = drawing.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Stamp Do"
