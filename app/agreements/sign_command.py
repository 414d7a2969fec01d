"""The command line twin of signing: a PDF, the signer's own PKCS#12, a named field; nothing leaves this machine."""

from pathlib import Path

from app.core import clock
from app.documents import signing

REASON = "签署合同"


def sign(pkcs12: Path, password: str, field: str, pdf_in: Path, pdf_out: Path) -> Path:
    """Sign *field* (甲方 or 乙方) of a PDF into a new file. Raises CannotSign, CannotRead, FileExistsError."""
    signed = signing.sign(pdf_in.read_bytes(), pkcs12.read_bytes(), password, field, REASON, clock.now())
    with pdf_out.open("xb") as file:
        file.write(signed)
    return pdf_out
