"""Finishing: what WeasyPrint leaves open in a PDF that is to last, to be read aloud and to be signed."""

from typing import Any

from app.core.words import N_
from app.documents.facts import CannotPrint

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


def finish(document: Any, pdf: Any) -> None:
    """Finish a document as WeasyPrint hands it over, just before it is written. Raises `CannotPrint`."""
    refuse_missing_glyphs(document, pdf)
    _describe(pdf)
    _make_signature_fields(pdf)
    _pack(pdf)


def refuse_missing_glyphs(document: Any, pdf: Any) -> None:
    """Raise `CannotPrint` when a sign of the text is in none of the typefaces: a box is no name to sign under."""
    missing = {chr(code) for font in document.fonts.values() for code in font.missing}
    if missing:
        signs = "".join(sorted(missing))
        raise CannotPrint(N_("字库里没有这些字：%(signs)s。请核对写法，或由管理员补充字库"), {"signs": signs})


def _describe(pdf: Any) -> None:
    reference = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[reference]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", _UA)]


def _pack(pdf: Any) -> None:
    """Compress every stream but the XMP, which archives look for with a text search (PDF/A forbids a filter on it),
    and pictures, which are compressed as they come.

    A packed stream whose last byte is a carriage return runs into the line end before `endstream`, and readers then
    disagree about its length: such a stream stays as it is.
    """
    streams = (o for o in pdf.objects if hasattr(o, "compress") and "Filter" not in o.extra)
    for stream in (o for o in streams if o.extra.get("Type") != "/Metadata"):
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
