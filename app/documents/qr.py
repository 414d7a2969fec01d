"""The QR code of the footer: the address of the public verification page, drawn as SVG."""

import segno
from markupsafe import Markup

from app.core.words import N_
from app.documents.facts import CannotPrint

LONGEST_ADDRESS = 200  # characters: longer ones give modules too small for a telephone at 17 mm


def svg(address: str) -> Markup:
    """Inline SVG with a title for screen readers. Raises `CannotPrint` for an address that is too long."""
    if len(address) > LONGEST_ADDRESS:
        raise CannotPrint(N_("核验网址超过 %(most)s 个字符，二维码放不下"), {"most": LONGEST_ADDRESS})
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=f"核验网址 {address}"))
