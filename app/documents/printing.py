"""Printing: one document, of one edition, from plain facts.

The same document, edition, facts and footer give the same bytes, so that a document can be printed again and compared
with the one on file fifteen years later (B-67, E-02). The bytes are what both parties sign.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.words import N_
from app.documents import facts as plain_facts
from app.documents import qr
from app.documents.editions import CONTRACTS, Edition, load
from app.documents.facts import CannotPrint, Plain
from app.documents.typesetting import set_document
from app.documents.wording import cited, fill_page

_RESERVED = {"edition", "footer", "clauses", "qr", "fingerprint"}


@dataclass(frozen=True)
class Footer:
    """What every page carries at its foot.

    `number` of the document; `at` when it is printed, aware; `checkpoint` the day's log checkpoint, size and root
    abbreviated; `address` of the public verification page, which the QR code leads to.
    """

    number: str
    at: datetime
    checkpoint: str
    address: str

    def plain(self) -> dict[str, Plain]:
        """The footer as plain values; raises `CannotPrint` as facts do."""
        return plain_facts.plain(vars(self))


@dataclass(frozen=True)
class Printed:
    """A printed document: keep all of it. `fingerprint` is the SHA-256 of `facts_json`, which the PDF carries."""

    pdf: bytes
    fingerprint: str
    edition: str
    facts_json: str
    pages: int


def print_pdf(
    document: str, edition: str, facts: Mapping[str, object], *, footer: Footer,
    pictures: Mapping[str, bytes] | None = None,
) -> Printed:  # fmt: skip
    """Print *document* as *edition* has it; *pictures*: SHA-256 → JPEG, which the page shows as `photo:<SHA-256>`.

    Raises `Missing` for an edition that is not there and `CannotPrint` (422, naming the place) for facts that are no
    plain values, a placeholder without a fact, a sign no typeface has, or more than a document can hold. Facts that
    no placeholder uses are kept all the same. Facts loaded from a kept `facts_json` print the same document.
    """
    words = load(document, edition)
    kept = _with_law(words, plain_facts.plain(facts))
    facts_json = plain_facts.as_json(kept)
    fingerprint = plain_facts.fingerprint(facts_json)
    html = fill_page(words, kept, footer=footer.plain(), qr=qr.svg(footer.address), fingerprint=fingerprint)
    pdf, pages = set_document(html, words.sources["paper.css"], facts_json=facts_json, at=footer.at, pictures=pictures)
    return Printed(pdf, fingerprint, edition, facts_json, pages)


def sample(document: str, edition: str) -> tuple[dict[str, object], Footer]:
    """The facts and footer an edition is tried with, from its sample.toml: what the edition needs, by example."""
    load(document, edition)
    written = tomllib.loads((CONTRACTS / document / edition / "sample.toml").read_text(encoding="utf-8"))
    return written["facts"], Footer(**written["footer"])


def _with_law(words: Edition, facts: dict[str, Plain]) -> dict[str, Plain]:
    taken = _RESERVED & facts.keys()
    if taken:
        raise CannotPrint(N_("数据不能叫“%(place)s”"), {"place": sorted(taken)[0]}, field=sorted(taken)[0])
    return {"law": cited(words), **facts}
