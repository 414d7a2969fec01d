"""Checking: is every signature on this file intact, by whom, and did anything change besides the signing?

Sources: 电子签名法 第十三条 (changes to the signature and to the content must be detectable), E-01, E-02.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.core.errors import Invalid
from app.core.words import N_

MOST_BYTES = 30_000_000  # of a file to check: a signed contract has half a million
BROKEN = N_("签名与文件内容不符：文件在签名之后被改动，或者签名已损坏")
UNKNOWN_ISSUER = N_("签名证书不是由受信任的机构颁发，或者签名时不在有效期内")
NOT_WHOLE = N_("签名没有覆盖整个文件：签名之后又添加了签名以外的内容")


class CannotRead(Invalid):
    """The file is no PDF that can be read."""

    def __init__(self) -> None:
        super().__init__(N_("文件不是可以读取的 PDF，或者文件已损坏"), field="file")


@dataclass(frozen=True)
class SignatureVerdict:
    """What was found about one signature.

    `intact`: the signed bytes are unchanged and the signature is the certificate's. `trusted`: the certificate leads
    to one of the roots and was valid at `at`. `covers_whole`: nothing was added to the file since but signatures.
    `at` is the signer's own word for the time, `reason` the reason stated; `wrong` are message ids of what is amiss.
    """

    field: str
    signer: str
    organization: str
    issuer: str
    intact: bool
    trusted: bool
    covers_whole: bool
    at: datetime | None
    reason: str
    wrong: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the signature can be relied on."""
        return not self.wrong


def check(pdf: bytes, roots: Sequence[bytes]) -> list[SignatureVerdict]:
    """A verdict for each signature on the file, in the order they were made; none for an unsigned one.

    *roots* are the trusted root certificates, PEM or DER. Nothing is fetched. Raises `CannotRead`.
    """
    trusted = [_certificate(root) for root in roots]
    try:
        signatures = _read(pdf).embedded_regular_signatures
        found = [(one, _status(one, trusted)) for one in signatures]
        last_covers = bool(found) and found[-1][1].coverage == SignatureCoverageLevel.ENTIRE_FILE
        return [_verdict(one, status, last_covers) for one, status in found]
    except Exception as wrong:  # a file made to confuse makes pyHanko raise anything
        raise CannotRead() from wrong


def is_ours(signed: bytes, printed: bytes) -> bool:
    """Whether *signed* is the printed document with nothing added but signatures in its own fields.

    The same first bytes alone would not do: a signer could append a changed page first and sign that.
    Raises `CannotRead`.
    """
    if not signed.startswith(printed):
        return False
    try:
        reader = _read(signed)
        changes = DEFAULT_DIFF_POLICY.review_file(reader, 0)
        return _first_revision_ends(signed, reader) == len(printed) and _only_signing(changes)
    except Exception as wrong:
        raise CannotRead() from wrong


def signed_original(pdf: bytes) -> bytes:
    """The bytes that were printed, before the first signature was appended. Raises `CannotRead`."""
    try:
        return pdf[: _first_revision_ends(pdf, _read(pdf))]
    except Exception as wrong:
        raise CannotRead() from wrong


def _read(pdf: bytes) -> PdfFileReader:
    if len(pdf) > MOST_BYTES:
        raise ValueError("too large")
    return PdfFileReader(io.BytesIO(pdf))


def _first_revision_ends(pdf: bytes, reader: PdfFileReader) -> int:
    """Where the printed file ends: after the first %%EOF that follows its cross-references, and its line end."""
    end = pdf.index(b"%%EOF", reader.xrefs.get_startxref_for_revision(0)) + len(b"%%EOF")
    line_end = re.match(rb"\r\n|\r|\n|", pdf[end : end + 2])
    return end + (line_end.end() if line_end else 0)


def _status(one: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    at = one.self_reported_timestamp
    context = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False, revocation_mode="soft-fail")
    return validate_pdf_signature(one, context)


def _verdict(one: EmbeddedPdfSignature, status: PdfSignatureStatus, last_covers: bool) -> SignatureVerdict:
    subject, issuer = one.signer_cert.subject.native, one.signer_cert.issuer.native
    intact = bool(status.intact and status.valid)
    covers = _covers(status, last_covers)
    claims = ((intact, BROKEN), (status.trusted, UNKNOWN_ISSUER), (covers, NOT_WHOLE))
    return SignatureVerdict(
        field=one.field_name,
        signer=subject.get("common_name", ""),
        organization=subject.get("organization_name", ""),
        issuer=issuer.get("common_name", ""),
        intact=intact,
        trusted=status.trusted,
        covers_whole=covers,
        at=one.self_reported_timestamp,
        reason=str(one.sig_object.get("/Reason", "")),
        wrong=tuple(text for holds, text in claims if not holds),
    )


def _covers(status: PdfSignatureStatus, last_covers: bool) -> bool:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    whole_revision = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    return whole_revision and last_covers and _only_signing(status.diff_result)


def _only_signing(changes: Any) -> bool:
    return isinstance(changes, DiffResult) and changes.modification_level <= ModificationLevel.FORM_FILLING


def _certificate(root: bytes) -> x509.Certificate:
    der = pem.unarmor(root)[2] if pem.detect(root) else root
    return x509.Certificate.load(der)
