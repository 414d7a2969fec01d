"""The tender sheet a bid is sealed by: who tenders what, until when, and to which keyholders' keys.

Pure: values in, values out. The portal writes the sheet, the sealing page and the command line read it. The
byte rules of every sealed file (canonical JSON, strict base64, SHA-256) live here too.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pyrage import RecipientError, x25519

from app.core.errors import Invalid
from app.core.words import N_

SHEET_FORMAT = "gongyue-tender-sheet/1"


class SealError(Invalid):
    """What was given cannot be sealed, read or opened; says why in Chinese (`text` % `values`)."""


@dataclass(frozen=True)
class Tender:
    """The tender as the sheet names it; `closes_at` is RFC 3339 in UTC, for people to read."""

    id: str
    number: str
    name: str
    closes_at: str


@dataclass(frozen=True)
class SheetLot:
    """One lot (包) that may be bid for; the ceiling is in fen."""

    id: str
    number: str
    name: str
    ceiling_fen: int


@dataclass(frozen=True)
class Bidder:
    """The body that bids."""

    id: str
    name: str


@dataclass(frozen=True)
class Keyholder:
    """One keyholder and the age X25519 recipient (public key) printed in the tender notice."""

    id: str
    name: str
    body: str
    recipient: str


@dataclass(frozen=True)
class Sheet:
    """What a bidder needs in order to seal; any `threshold` of the keyholders open together."""

    tender: Tender
    lots: tuple[SheetLot, ...]
    bidder: Bidder
    threshold: int
    keyholders: tuple[Keyholder, ...]

    def to_bytes(self) -> bytes:
        """The sheet as the file the portal offers (`tender-sheet.json`)."""
        return canonical({"format": SHEET_FORMAT, **asdict(self)})

    def lot(self, lot_id: str) -> SheetLot:
        """The lot with this id. Raises `SealError` for one the tender does not have."""
        for lot in self.lots:
            if lot.id == lot_id:
                return lot
        raise SealError(N_("本项目没有编号为“%(lot)s”的包"), {"lot": lot_id[:40]}, "lot")


def read_sheet(content: bytes) -> Sheet:
    """Read a `tender-sheet.json`. Raises `SealError` when it is none, or cannot be sealed to."""
    record = read_json(content, SHEET_FORMAT, N_("这不是公约门户下载的投标数据表（tender-sheet.json）"))
    try:
        sheet = Sheet(
            tender=Tender(**record["tender"]),
            lots=tuple(SheetLot(**lot) for lot in record["lots"]),
            bidder=Bidder(**record["bidder"]),
            threshold=record["threshold"],
            keyholders=tuple(Keyholder(**holder) for holder in record["keyholders"]),
        )
    except (KeyError, TypeError) as error:
        raise SealError(N_("投标数据表缺少内容或内容不对，请重新下载"), {}, "sheet") from error
    _whole(sheet)
    check_keyholders(sheet.keyholders, sheet.threshold)
    return sheet


def _whole(sheet: Sheet) -> None:
    names = [*vars(sheet.tender).values(), *vars(sheet.bidder).values()]
    names += [text for holder in sheet.keyholders for text in vars(holder).values()]
    names += [text for lot in sheet.lots for text in (lot.id, lot.number, lot.name)]
    numbers = [sheet.threshold, *(lot.ceiling_fen for lot in sheet.lots)]
    written = all(type(name) is str for name in names) and all(type(n) is int and n > 0 for n in numbers)
    if not sheet.lots or not written:
        raise SealError(N_("投标数据表缺少内容或内容不对，请重新下载"), {}, "sheet")


def check_keyholders(keyholders: tuple[Keyholder, ...], threshold: int) -> None:
    """Whether a key can be split so: 2 ≤ threshold ≤ keyholders ≤ 255, all different, with real age keys.

    Raises `SealError`; to be asked before a tender is published, as bids cannot be sealed anew later.
    """
    if not 2 <= threshold <= len(keyholders) <= 255:
        raise SealError(N_("开启门限至少为2，且不多于密钥持有人人数（最多255人）"), {}, "threshold")
    if len({k.id for k in keyholders}) + len({k.recipient for k in keyholders}) < 2 * len(keyholders):
        raise SealError(N_("密钥持有人或其公钥有重复"), {}, "keyholders")
    for holder in keyholders:
        check_recipient(holder.recipient, holder.name)


def check_recipient(recipient: str, name: str = "") -> None:
    """Raises `SealError` unless *recipient* is an age X25519 public key (age1…) written as age writes it."""
    if not is_recipient(recipient):
        raise SealError(N_("%(name)s的公钥不是 age X25519 公钥（age1…）"), {"name": name}, "recipient")


def is_recipient(text: str) -> bool:
    """Whether *text* is an age X25519 public key in lower case, as age writes it."""
    try:
        return str(x25519.Recipient.from_str(text)) == text
    except (RecipientError, TypeError):
        return False


def keyholders_digest(sheet: Sheet) -> str:
    """SHA-256 over threshold and keyholders: stands in the notice, so that a bidder can compare one line."""
    keyholders = [asdict(holder) for holder in sheet.keyholders]
    return sha256(canonical({"keyholders": keyholders, "threshold": sheet.threshold}))


def canonical(record: Mapping[str, Any]) -> bytes:
    """JSON in one spelling only: UTF-8, keys sorted, no blanks; byte for byte as in format.js."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_json(content: bytes, form: str, otherwise: str, values: Mapping[str, object] | None = None) -> dict[str, Any]:
    """The JSON object of format *form*. Raises `SealError` with the message *otherwise* for anything else."""
    try:
        record = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SealError(otherwise, values or {}) from error
    if not isinstance(record, dict) or record.get("format") != form:
        raise SealError(otherwise, values or {})
    return record


def sha256(content: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def is_sha256(text: object) -> bool:
    """Whether *text* is written as `sha256` writes it."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def to_base64(content: bytes) -> str:
    """Standard base64 with padding, on one line."""
    return base64.b64encode(content).decode("ascii")


def from_base64(text: object) -> bytes | None:
    """The bytes of strict base64, or None: one content has one spelling and so one digest."""
    try:
        content = base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except (binascii.Error, ValueError):
        return None
    return content if content is not None and to_base64(content) == text else None


def file_name(*parts: str, ending: str) -> str:
    """A file name of these parts that every system takes: 「A/1」, 「02」 → 「A-1-02.sealed.json」."""
    safe = (re.sub(r'[\\/:*?"<>|\x00-\x1f\s]+', "-", part).strip("-.") or "-" for part in parts)
    return "-".join(safe) + ending
