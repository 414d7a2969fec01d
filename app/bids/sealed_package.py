"""The sealed package as the portal receives it, and what can be said of it without opening it.

At hand-in nobody can decrypt. What can be checked is: that it is a sealed package and no plain text, that it
is for this tender, lot and bidder, and that a share is sealed to every keyholder of the notice.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.bids.sealed_payload import BID_FORMAT, MOST_ATTACHMENTS_BYTES
from app.bids.sealed_sheet import (
    SealError,
    Sheet,
    canonical,
    from_base64,
    is_recipient,
    is_sha256,
    read_json,
    sha256,
)
from app.core.law import Finding
from app.core.words import N_

PACKAGE_FORMAT = "gongyue-sealed-bid/1"
SUITE = "age-x25519+shamir-gf256"
MOST_PACKAGE_BYTES = 2 * MOST_ATTACHMENTS_BYTES  # base64 twice is 16/9; the texts add less than 2 MB
MOST_SEALED_SHARE_BYTES = 8 * 1024
SHARE_BYTES = 33
NOT_SEALED = N_("这不是密封的投标文件（.sealed.json）。请先用密封页面或命令行工具密封，再递交")
_TEXTS = ("tender", "lot", "bidder", "recipient", "ciphertext", "ciphertext_sha256", "checksum")
_KEYS = {"format", "suite", "threshold", "shares", *_TEXTS}
_AGE_HEADER = re.compile(
    rb"age-encryption\.org/v1\n"
    rb"(?:-> [\x21-\x7e]+(?: [\x21-\x7e]+)*\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)+"
    rb"--- [A-Za-z0-9+/]{43}\n"
)
_NONCE_AND_TAG = 32


@dataclass(frozen=True)
class SealedShare:
    """One keyholder's share: `x` is where the polynomial was read, `sealed` the age file, both public."""

    keyholder: str
    recipient: str
    x: int
    commitment: str
    sealed: bytes


@dataclass(frozen=True)
class Package:
    """A sealed bid that is whole; nothing in it tells the content."""

    tender: str
    lot: str
    bidder: str
    threshold: int
    recipient: str
    ciphertext: bytes
    shares: tuple[SealedShare, ...]


def read_package(content: bytes) -> Package:
    """Read a `.sealed.json`. Raises `SealError`: too large, not sealed, or not written as the format says."""
    if len(content) > MOST_PACKAGE_BYTES:
        raise SealError(N_("文件超过 %(most)s MB"), {"most": MOST_PACKAGE_BYTES >> 20}, "sealed")
    record = _record(content)
    package = Package(
        tender=record["tender"],
        lot=record["lot"],
        bidder=record["bidder"],
        threshold=record["threshold"],
        recipient=record["recipient"],
        ciphertext=from_base64(record["ciphertext"]) or b"",
        shares=tuple(_share(share) for share in record["shares"]),
    )
    _whole(package, record["ciphertext_sha256"])
    return package


def _record(content: bytes) -> dict[str, Any]:
    if BID_FORMAT.encode() in content[:65536]:
        raise SealError(N_("这是未密封的投标内容，门户不能接收。请先密封"), {}, "sealed")
    record = read_json(content, PACKAGE_FORMAT, NOT_SEALED)
    if set(record) != _KEYS or record["suite"] != SUITE or not isinstance(record["shares"], list):
        raise SealError(NOT_SEALED, {}, "sealed")
    if not all(isinstance(record[key], str) for key in _TEXTS) or type(record["threshold"]) is not int:
        raise SealError(NOT_SEALED, {}, "sealed")
    if not _unaltered(record, content):
        raise SealError(N_("密封文件已损坏或被改动。请重新密封，或重新选择文件"), {}, "sealed")
    return record


def with_checksum(record: Mapping[str, Any]) -> dict[str, Any]:
    """The package with the SHA-256 over all the rest, against damage on the way (an attacker can redo it)."""
    rest = {key: value for key, value in record.items() if key != "checksum"}
    return rest | {"checksum": sha256(canonical(rest))}


def _unaltered(record: dict[str, Any], content: bytes) -> bool:
    """Two spellings of one record would have two digests; the format allows only the canonical one."""
    try:
        rest = content.replace(f'"checksum":"{record["checksum"]}",'.encode(), b"", 1)  # spares a dump of 70 MB
        return canonical(record) == content and sha256(rest) == record["checksum"]
    except ValueError:  # a lone surrogate
        return False


def _share(record: Any) -> SealedShare:
    keys = {"keyholder", "recipient", "x", "commitment", "sealed"}
    if not isinstance(record, dict) or set(record) != keys or not is_sha256(record["commitment"]):
        raise SealError(NOT_SEALED, {}, "sealed")
    if type(record["x"]) is not int or not all(isinstance(record[k], str) for k in keys - {"x"}):
        raise SealError(NOT_SEALED, {}, "sealed")
    return SealedShare(**{**record, "sealed": from_base64(record["sealed"]) or b""})


def _whole(package: Package, digest: object) -> None:
    shares = package.shares
    if sha256(package.ciphertext) != digest:
        raise SealError(N_("密文与其指纹不符。请重新密封"), {}, "sealed")
    if not all(looks_like_age(content) for content in (package.ciphertext, *(s.sealed for s in shares))):
        raise SealError(N_("文件内容没有加密，门户不能接收。请先密封"), {}, "sealed")
    if any(len(share.sealed) > MOST_SEALED_SHARE_BYTES or not 0 < share.x < 256 for share in shares):
        raise SealError(N_("密钥份额的写法与格式不符。请重新密封"), {}, "sealed")
    if len({share.x for share in shares}) < len(shares) or not 2 <= package.threshold <= len(shares):
        raise SealError(N_("密钥份额的写法与格式不符。请重新密封"), {}, "sealed")
    if not is_recipient(package.recipient):
        raise SealError(N_("密封文件自己的公钥不对。请重新密封"), {}, "sealed")


def looks_like_age(content: bytes) -> bool:
    """Whether these bytes begin as an age file sealed to an X25519 key, with something in it."""
    header = _AGE_HEADER.match(content[:65536])
    return (
        header is not None
        and b"\n-> X25519 " in header[0]
        and b"\n-> scrypt " not in header[0]
        and len(content) > header.end() + _NONCE_AND_TAG
    )


def check_package(content: bytes, sheet: Sheet) -> list[Finding]:
    """What bars a file from being handed in; nothing is decrypted. *sheet* is that of the bidder at the door.

    Gives findings of B-45 (87号令第39–41条: 未按要求密封的投标文件应当拒收), ready for `law.demand`.
    """
    try:
        package = read_package(content)
    except SealError as error:
        return [Finding("B-45", error.text, error.values, "sealed")]
    return [Finding("B-45", text, field="sealed") for text in _faults(package, sheet)]


def _faults(package: Package, sheet: Sheet) -> Iterator[str]:
    if package.tender != sheet.tender.id:
        yield N_("密封文件是为另一个项目制作的")
    elif package.lot not in {lot.id for lot in sheet.lots}:
        yield N_("密封文件所投的包不在本项目中")
    if package.bidder != sheet.bidder.id:
        yield N_("密封文件不是以本单位的名义制作的")
    if package.threshold != sheet.threshold:
        yield N_("密封文件的开启门限与采购公告不一致")
    sealed_to = [(share.keyholder, share.recipient) for share in package.shares]
    if sorted(sealed_to) != sorted((holder.id, holder.recipient) for holder in sheet.keyholders):
        yield N_("密封文件的密钥持有人或其公钥与采购公告不一致")
