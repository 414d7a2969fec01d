"""The command line twin of the sealing pages: keys, sealing, releasing shares, and opening without the portal.

Plain functions over files; the command line only parses and prints. Every refusal is a `SealError` in Chinese.
"""

import json
import mimetypes
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyrage import x25519

from app.bids.sealed_package import MOST_PACKAGE_BYTES
from app.bids.sealed_payload import MOST_TEXT
from app.bids.sealed_shares import RELEASE_FORMAT, read_asked
from app.bids.sealed_sheet import canonical, file_name, from_base64, read_json, sha256
from app.bids.sealing import (
    STATEMENTS,
    Attachment,
    Opened,
    SealError,
    Sheet,
    SheetLot,
    Tender,
    open_package,
    read_package,
    read_recovery,
    read_sheet,
    release_shares,
)
from app.bids.sealing import seal as seal_bid
from app.core.money import NotMoney, parse_yuan
from app.core.words import N_


@dataclass(frozen=True)
class OfflineOpening:
    """One package opened without the portal: where its content was written, or why it was not."""

    package: Path
    folder: Path | None
    opened: Opened | None
    fault: str = ""


@dataclass(frozen=True)
class Statements:
    """What the bidder states and whom to ask; `made` says that every statement of `STATEMENTS` is made."""

    made: bool
    contact: Mapping[str, str] = field(default_factory=dict)
    sme: str = "none"


def keygen(out: Path) -> str:
    """Make a keyholder's identity file, readable by its owner alone; gives the recipient to register.

    Raises `SealError` when the file exists already: a key is never overwritten.
    """
    identity = x25519.Identity.generate()
    recipient = str(identity.to_public())
    _write_new(out, f"# public key: {recipient}\n{identity}\n".encode(), secret=True)
    return recipient


def seal(
    sheet_file: Path,
    lot_number: str,
    price: str,
    technical_file: Path,
    business_file: Path,
    attachments: Sequence[Path],
    out: Path,
    statements: Statements,
) -> tuple[Path, Path]:
    """Seal a bid into the folder *out*: (`….sealed.json` to hand in, `….recovery.json` to keep secret).

    *price* is yuan as typed, to the fen. Raises `SealError` naming what cannot be sealed.
    """
    sheet = read_sheet(_read(sheet_file))
    lot = _lot(sheet, lot_number)
    fields = {
        "price_fen": _fen(price),
        "technical": _text(technical_file),
        "business": _text(business_file),
        "contact": {key: statements.contact.get(key, "") for key in ("name", "phone", "email")},
        "declaration": {**dict.fromkeys(STATEMENTS, statements.made), "sme": statements.sme},
    }
    files = [_attachment(path) for path in attachments]
    package, recovery = seal_bid(sheet, lot.id, sheet.bidder.id, fields, files)
    return _keep(out, sheet, lot, package, recovery)


def _keep(out: Path, sheet: Sheet, lot: SheetLot, package: bytes, recovery: bytes) -> tuple[Path, Path]:
    """The recovery file first: a package whose key is lost is worse than none."""
    sealed, kept = (
        out / file_name(sheet.tender.number, lot.number, ending=ending) for ending in (".sealed.json", ".recovery.json")
    )
    if sealed.exists():
        raise SealError(N_("文件“%(file)s”已存在，不能覆盖"), {"file": sealed.name})
    _write_new(kept, recovery, secret=True)
    _write_new(sealed, package)
    return sealed, kept


def release(shares_file: Path, identity_file: Path, out: Path) -> tuple[Tender, dict[str, str]]:
    """A keyholder decrypts the shares of `shares.json` into *out*; gives the fault of each bid, "" when good.

    Show the keyholder the tender: they alone can tell whether its deadline has passed. Raises `SealError`.
    """
    asked = _read(shares_file)
    answer = release_shares(asked, read_identity_file(identity_file))
    _write_new(out, answer)
    return read_asked(asked)[0], {entry["bid"]: entry["fault"] for entry in json.loads(answer)["shares"]}


def read_identity_file(path: Path) -> str:
    """The key in an identity file as `keygen`, the key page or age-keygen writes it. Raises `SealError`."""
    lines = [line.strip() for line in _text(path).splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if len(keys) != 1:
        raise SealError(N_("密钥文件“%(file)s”中应当恰有一个密钥"), {"file": path.name}, "identity")
    return keys[0]


def open_offline(packages: Iterable[Path], shares_files: Iterable[Path], out_dir: Path) -> list[OfflineOpening]:
    """Open bids without the portal, from the packages and what the keyholders released.

    A share finds its bid by the commitment, so no list of the portal is needed; a bidder's recovery file serves
    too. Each opened bid gets a folder with `bid.json` and its attachments. One that cannot be opened has its
    `fault`; the others are opened all the same. Raises `SealError` when a shares file is none.
    """
    released = {sha256(share): share for path in shares_files for share in _released(path)}
    return [_open_one(path, released, out_dir) for path in packages]


def _released(path: Path) -> list[bytes]:
    """The shares in a keyholder's file or in a bidder's recovery file: both have a list `shares`."""
    content = _read(path)
    try:
        return list(read_recovery(content).values())
    except SealError:
        otherwise = N_("“%(file)s”不是密钥持有人的份额文件，也不是恢复文件")
        entries = read_json(content, RELEASE_FORMAT, otherwise, {"file": path.name}).get("shares")
    given = [entry.get("share") for entry in entries or [] if isinstance(entry, dict)]
    return [share for share in map(from_base64, given) if share]


def _open_one(path: Path, released: Mapping[str, bytes], out_dir: Path) -> OfflineOpening:
    try:
        content = _read(path)
        shares = {s.keyholder: s.commitment for s in read_package(content).shares}
        opened = open_package(content, {k: released[c] for k, c in shares.items() if c in released})
        return OfflineOpening(path, _lay_out(opened, out_dir / path.name.removesuffix(".sealed.json")), opened)
    except SealError as error:
        return OfflineOpening(path, None, None, str(error))


def _lay_out(opened: Opened, folder: Path) -> Path:
    payload: dict[str, Any] = {**opened.payload, "attachments": [a.name for a in opened.attachments]}
    keyholders = {"good_keyholders": opened.good_keyholders, "bad_keyholders": opened.bad_keyholders}
    _write_new(folder / "bid.json", canonical(payload | keyholders))
    for attachment in opened.attachments:
        _write_new(folder / "attachments" / attachment.name, attachment.content)
    return folder


def _lot(sheet: Sheet, number: str) -> SheetLot:
    for lot in sheet.lots:
        if lot.number == number:
            return lot
    numbers = "、".join(lot.number for lot in sheet.lots)
    raise SealError(N_("本项目没有包“%(lot)s”；有：%(numbers)s"), {"lot": number, "numbers": numbers}, "lot")


def _fen(price: str) -> int:
    try:
        return parse_yuan(price)
    except NotMoney as error:
        raise SealError(error.text, error.values, "price") from error


def _attachment(path: Path) -> Attachment:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Attachment(path.name, media_type, _read(path))


def _text(path: Path) -> str:
    try:
        text = _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SealError(N_("文件“%(file)s”不是 UTF-8 文字"), {"file": path.name}) from error
    if len(text) > MOST_TEXT:
        raise SealError(N_("文件“%(file)s”超过 %(most)s 字"), {"file": path.name, "most": MOST_TEXT})
    return text


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_PACKAGE_BYTES:
            raise SealError(N_("文件“%(file)s”太大"), {"file": path.name})
        return path.read_bytes()
    except OSError as error:
        raise SealError(N_("不能读取文件“%(file)s”"), {"file": str(path)}) from error


def _write_new(path: Path, content: bytes, secret: bool = False) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise SealError(N_("文件“%(file)s”已存在，不能覆盖"), {"file": path.name}) from error
    except OSError as error:
        raise SealError(N_("不能写入文件“%(file)s”"), {"file": str(path)}) from error
