"""Files people hand in and papers the portal prints: kept by content, written once, in a folder or an S3 store.

What a file is, is read from its first bytes and (for zip families) its parts, never from its name.
"""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

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
PIECE = 1024 * 1024  # bytes read at a time of a file that is not held in memory
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


def keep_stream(stream: BinaryIO, name: str, kinds: tuple[str, ...], *, most: int) -> StoredFile:
    """The same for a file too large to be held in memory: at most *most* bytes, read from its start."""
    head, digest, size = _looked_through(stream)
    if not size:
        raise Invalid(EMPTY, {"name": name})
    if size > most:
        raise Invalid(TOO_LARGE, {"name": name, "most": most // 1024 // 1024})
    kind = kind_of_stream(stream, head)
    if kind not in kinds and not (kind == "txt" and {"csv", "json"} & set(kinds)):
        raise Invalid(NOT_TAKEN, {"name": name, "kinds": "、".join(kinds)})
    kept = kinds[0] if kind == "txt" and kind not in kinds else kind
    stream.seek(0)
    if not _is_kept(digest):
        obstore.put(_store(), _path(digest), stream)
    return changes.add(StoredFile(name=name[-255:], kind=kept, size=size, sha256=digest), "file.keep")


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


def kind_of_stream(stream: BinaryIO, head: bytes) -> str:
    """What a large file is, from its *head* and for zip families from its parts."""
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(stream)
    cut = head[: head.rfind(b"\n") + 1] or head  # a character may be cut through where the head ends
    return kind_of(cut)


@contextmanager
def opened(file: StoredFile) -> Iterator[Path]:
    """The file's content as a file of this machine, for the length of the block; its fingerprint is checked."""
    found = hashlib.sha256()
    with tempfile.NamedTemporaryFile(prefix="gongyue-") as copy:
        for chunk in obstore.get(_store(), _path(file.sha256)).stream(min_chunk_size=PIECE):
            found.update(chunk)
            copy.write(chunk)
        if found.hexdigest() != file.sha256:
            raise OSError(f"stored file {file.public_id} does not match its fingerprint")
        copy.flush()
        yield Path(copy.name)


def as_named(content: bytes, name: str) -> bool:
    """Whether the bytes are what the end of the name says: a picture called 章程.pdf is not."""
    said, kind = said_kind(name), kind_of(content)
    return said == kind or (kind == "txt" and said in ("txt", "csv", "json"))


def said_kind(name: str) -> str:
    """What the end of a file's name says it is: 「章程.PDF」 → pdf; nothing for a name without one."""
    said = name.rpartition(".")[2].lower() if "." in name else ""
    return {"jpeg": "jpg"}.get(said, said)


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


def _looked_through(stream: BinaryIO) -> tuple[bytes, str, int]:
    """The first piece of a stream, the SHA-256 and the size of the whole."""
    stream.seek(0)
    head, digest = stream.read(PIECE), hashlib.sha256()
    digest.update(head)
    size = len(head)
    while piece := stream.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return head, digest.hexdigest(), size


def _is_kept(digest: str) -> bool:
    try:
        obstore.head(_store(), _path(digest))
    except FileNotFoundError:
        return False
    return True


def _zip_kind(content: bytes | BinaryIO) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content).namelist())
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
