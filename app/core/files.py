"""Files people hand in and papers the portal prints: kept by content, written once, in a folder or an S3 store.

What a file is, is read from its first bytes and (for zip families) its parts, never from its name.
"""

import hashlib
import io
import zipfile
from typing import Any

import obstore
from flask import Response, current_app
from obstore.exceptions import AlreadyExistsError
from obstore.store import from_url
from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core import changes
from app.core.db import Record
from app.core.errors import Invalid
from app.core.words import N_

MOST_BYTES = 50 * 1024 * 1024
MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ZIP_PARTS = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
NOT_TAKEN = N_("文件「%(name)s」的内容不是允许的类型（%(kinds)s）。请核对后重新上传。")
TOO_LARGE = N_("文件「%(name)s」超过 %(most)s MB，请压缩或拆分后再上传。")
EMPTY = N_("文件「%(name)s」是空的。")


class StoredFile(Record):
    """A kept file: its name as given, what it is, its size and the SHA-256 under which its bytes are stored."""

    __tablename__ = "stored_file"
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))

    @property
    def bytes(self) -> bytes:
        """The file's content, checked against its fingerprint. Raises OSError when the store has lost or altered it."""
        content = bytes(obstore.get(_store(), _path(self.sha256)).bytes())
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise OSError(f"stored file {self.public_id} does not match its fingerprint")
        return content


def keep(content: bytes, name: str, kinds: tuple[str, ...], *, body_id: int | None = None) -> StoredFile:
    """Keep a file after checking what it really is. Raises Invalid for an empty, too large or other kind of file."""
    if not content:
        raise Invalid(EMPTY, {"name": name})
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_LARGE, {"name": name, "most": MOST_BYTES // 1024 // 1024})
    kind = kind_of(content)
    if kind not in kinds and not (kind == "txt" and {"csv", "json"} & set(kinds)):
        raise Invalid(NOT_TAKEN, {"name": name, "kinds": "、".join(kinds)})
    kept = kinds[0] if kind == "txt" and kind not in kinds else kind
    digest = hashlib.sha256(content).hexdigest()
    put(content, digest)
    return changes.add(
        StoredFile(name=name[-255:], kind=kept, size=len(content), sha256=digest, body_id=body_id), "file.keep"
    )


def put(content: bytes, digest: str) -> None:
    """Write the bytes under their fingerprint, once; the same content a second time changes nothing."""
    try:
        obstore.put(_store(), _path(digest), content, mode="create")
    except AlreadyExistsError:
        return


def kind_of(content: bytes) -> str:
    """What the bytes are: pdf, png, jpg, xlsx, docx, zip, txt, or unknown."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    return "txt" if _is_text(content) else "unknown"


def send(file: StoredFile, *, inline: bool = False) -> Response:
    """Answer with the file's bytes."""
    return send_bytes(file.bytes, file.name, MEDIA.get(file.kind, "application/octet-stream"), inline=inline)


def send_bytes(content: bytes, name: str, media: str, *, inline: bool = False) -> Response:
    """Answer with bytes under a name; never sniffed, never run as a page of ours."""
    answer = Response(content, mimetype=media.split(";")[0])
    answer.headers["Content-Type"] = media
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=name)
    return answer


def _zip_kind(content: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return "unknown"
    return next((kind for part, kind in ZIP_PARTS.items() if part in names), "zip")


def _is_text(content: bytes) -> bool:
    if b"\x00" in content[:65536]:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _store() -> Any:
    if "store" not in current_app.extensions:
        url = current_app.config["FILES_URL"]
        options: dict[str, Any] = {"mkdir": True} if url.startswith("file:") else {}
        current_app.extensions["store"] = from_url(url, **options)
    return current_app.extensions["store"]
