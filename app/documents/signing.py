"""Signing: PAdES signatures (B-B) in the fields the document was printed with, one party after the other.

A signature is appended: the printed bytes stay as they were, so a signed file begins with the document it signs
(电子签名法 第十三条, E-01). The signing time is the signer's own word; what proves it is the log entry of the day.
Checking is in `checking`, offered here as well.
"""

import io
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields

from app.core.words import N_
from app.documents.checking import CannotRead, SignatureVerdict, check, is_ours, signed_original
from app.documents.facts import CannotPrint
from app.documents.stamps import stamp_style

__all__ = ["CannotRead", "CannotSign", "SignatureVerdict", "check", "fields", "is_ours", "sign", "signed_original"]


class CannotSign(CannotPrint):
    """The document was not signed; `text` says why."""


def fields(pdf: bytes) -> dict[str, bool]:
    """The places to sign, by name, and whether each is signed. Raises `CannotRead`."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        return {name: value is not None for name, value, _ in enumerate_sig_fields(reader)}
    except Exception as wrong:  # pyHanko raises a dozen kinds over a broken file, some of them plain KeyErrors
        raise CannotRead() from wrong


def sign(pdf: bytes, pkcs12: bytes, password: str, field: str, reason: str, at: datetime) -> bytes:
    """The document with *field* signed by the holder of *pkcs12* at the moment *at* (aware).

    Raises `CannotSign` for a wrong password, a file without key, a certificate that is not valid at *at*, a field that
    is missing or signed already; `CannotRead` for a file that is no PDF.
    """
    _demand_open(fields(pdf), field)
    signer = _signer(pkcs12, password)
    _demand_valid(signer.signing_cert, at)
    metadata = PdfSignatureMetadata(
        field_name=field, reason=reason, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    stamp = stamp_style(signer.signing_cert, reason, at)
    signed = _SignerAt(metadata, signer, stamp_style=stamp, at=at).sign_pdf(_Appended(io.BytesIO(pdf)), True)
    return bytes(signed.getvalue())


class _SignerAt(PdfSigner):
    """Signs with the portal's moment instead of the machine's."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: SimpleSigner, *, stamp_style: Any, at: datetime) -> None:
        super().__init__(metadata, signer, stamp_style=stamp_style)
        self.at = at.astimezone(UTC)

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


class _Appended(IncrementalPdfFileWriter):
    """Appends to a document and leaves its description (title, dates, PDF/A and PDF/UA claims) as it was printed."""

    def _update_meta(self) -> None:
        pass


def _demand_open(there: dict[str, bool], field: str) -> None:
    if field not in there:
        raise CannotSign(N_("文书上没有名为“%(field)s”的签名处"), {"field": field}, field="field")
    if there[field]:
        raise CannotSign(N_("“%(field)s”处已经签过名"), {"field": field}, field="field")


def _signer(pkcs12: bytes, password: str) -> SimpleSigner:
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(pkcs12, [], passphrase=password.encode())
        return signer
    except (ValueError, AttributeError, TypeError) as wrong:
        raise CannotSign(N_("证书文件打不开：密码不对，或者文件不是 PKCS#12 证书"), field="pkcs12") from wrong


def _demand_valid(certificate: Any, at: datetime) -> None:
    life = certificate["tbs_certificate"]["validity"]
    start, end = life["not_before"].native, life["not_after"].native
    if not start <= at <= end:
        values = {"start": start.date().isoformat(), "end": end.date().isoformat()}
        raise CannotSign(N_("证书有效期为 %(start)s 至 %(end)s，此时不能签名"), values, field="pkcs12")
