"""A workbook sent while it is made: one sheet, its rows as XML from whoever has them, zipped piece by piece.

Libraries keep a workbook in memory or on disk until it is whole; a register of 900,000 would take minutes before its
first byte. A sheet of plain cells needs six small parts around it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MEDIA = f"{KIND}.sheet"
MOST_ROWS = 1_048_575  # a sheet has one more, the head
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML has no sign for


def streamed(head: list[str], rows: Iterable[str]) -> Iterator[bytes]:
    """The workbook in pieces; *rows* are pieces of XML, each of whole `<row>` elements."""
    out = _Passing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in PARTS.items():
            package.writestr(name, DECLARED + part)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetData>{_head(head)}'.encode())
            for piece in rows:
                sheet.write(UNFIT.sub("", piece).encode())
                yield out.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield out.taken()


def _head(labels: list[str]) -> str:
    cells = (f'<c t="inlineStr"><is><t>{escape(label)}</t></is></c>' for label in labels)
    return f"<row>{''.join(cells)}</row>"


class _Passing(io.RawIOBase):
    """What is written to it waits to be taken and sent on; it can neither seek nor tell."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.pieces.append(bytes(piece))  # type: ignore[call-overload]
        return len(self.pieces[-1])

    def taken(self) -> bytes:
        """What was written since it was asked last."""
        whole = b"".join(self.pieces)
        self.pieces.clear()
        return whole
