"""Sealed bids: sealing and opening; pure, so that a bid opens without the portal.

A bid is encrypted (age) to a key made for it alone; that key is split k-of-n (Shamir) and each share sealed
to one keyholder. The package commits to the key (its recipient) and to every share (SHA-256), so that the
verdict of the opening depends on the package only, never on who came. Limits: docs/sealing.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyshamir
from bech32 import bech32_decode, bech32_encode, convertbits
from pyrage import DecryptError, decrypt, encrypt, x25519

from app.bids.sealed_package import (
    PACKAGE_FORMAT,
    SHARE_BYTES,
    SUITE,
    Package,
    SealedShare,
    check_package,
    read_package,
    with_checksum,
)
from app.bids.sealed_payload import (
    BID_FORMAT,
    SME_KINDS,
    STATEMENTS,
    Attachment,
    InvalidBid,
    WordsDisagree,
    attachments_of,
    check_payload,
    make_payload,
)
from app.bids.sealed_shares import (
    Release,
    ShareFault,
    decrypt_share,
    keyholder_sheet,
    read_release,
    release_shares,
    seal_share,
)
from app.bids.sealed_sheet import (
    Bidder,
    Keyholder,
    SealError,
    Sheet,
    SheetLot,
    Tender,
    canonical,
    check_keyholders,
    check_recipient,
    from_base64,
    keyholders_digest,
    read_json,
    read_sheet,
    sha256,
    to_base64,
)
from app.core.words import N_

# what the rest of the portal uses of sealing
# fmt: off
__all__ = [
    "SME_KINDS", "STATEMENTS", "Attachment", "Bidder", "InvalidBid", "Keyholder", "NotEnoughShares", "Opened",
    "Package", "Release", "SealError", "ShareFault", "Sheet", "SheetLot", "Tender", "WordsDisagree",
    "check_keyholders", "check_package", "check_recipient", "decrypt_share", "keyholder_sheet",
    "keyholders_digest", "open_package", "read_package", "read_recovery", "read_release", "read_sheet",
    "release_shares", "seal",
]
# fmt: on

RECOVERY_FORMAT = "gongyue-recovery/1"
_KEY_PREFIX = "age-secret-key-"


class NotEnoughShares(SealError):
    """No verdict yet: fewer good shares than the threshold, more keyholders must come.

    `good` and `bad` name the keyholders who came.
    """

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A bid that was opened: its checked payload, and which keyholders' shares were good or bad."""

    payload: Mapping[str, Any]
    good_keyholders: tuple[str, ...]
    bad_keyholders: tuple[str, ...]

    @property
    def price_fen(self) -> int:
        return int(self.payload["price_fen"])

    @property
    def attachments(self) -> list[Attachment]:
        return attachments_of(self.payload)


@dataclass(frozen=True)
class _Key:
    """The key of one bid, and its shares in the order of the sheet's keyholders."""

    identity: x25519.Identity
    shares: tuple[bytes, ...]

    @classmethod
    def fresh(cls, keyholders: int, threshold: int) -> "_Key":
        identity = x25519.Identity.generate()
        return cls(identity, tuple(map(bytes, pyshamir.split(_secret(str(identity)), keyholders, threshold))))

    @property
    def recipient(self) -> str:
        return str(self.identity.to_public())


def seal(
    sheet: Sheet,
    lot_id: str,
    bidder: str,
    payload_fields: Mapping[str, Any],
    attachments: Iterable[Attachment] = (),
) -> tuple[bytes, bytes]:
    """Seal a bid: the package to hand in, and the recovery file that only the bidder keeps.

    *payload_fields* as in `make_payload`. Raises `SealError` naming the field that cannot be sealed as it is.
    """
    check_keyholders(sheet.keyholders, sheet.threshold)
    payload = canonical(make_payload(sheet, lot_id, bidder, payload_fields, attachments))
    key = _Key.fresh(len(sheet.keyholders), sheet.threshold)
    about = {"tender": sheet.tender.id, "lot": lot_id, "bidder": bidder, "recipient": key.recipient}
    sealed = _package(sheet, key, encrypt(payload, [key.identity.to_public()]))
    package = canonical(with_checksum(about | sealed))
    digests = {"payload_sha256": sha256(payload), "package_sha256": sha256(package)}
    return package, canonical(about | digests | _recovery(sheet, key))


def _package(sheet: Sheet, key: _Key, ciphertext: bytes) -> dict[str, Any]:
    pairs = zip(sheet.keyholders, key.shares, strict=True)
    return {
        "format": PACKAGE_FORMAT,
        "suite": SUITE,
        "threshold": sheet.threshold,
        "ciphertext": to_base64(ciphertext),
        "ciphertext_sha256": sha256(ciphertext),
        "shares": [seal_share(sheet.tender, holder, share) for holder, share in pairs],
    }


def _recovery(sheet: Sheet, key: _Key) -> dict[str, Any]:
    """With all shares, so that opening by the bidder's file takes the same path to the same verdict."""
    pairs = zip(sheet.keyholders, key.shares, strict=True)
    return {
        "format": RECOVERY_FORMAT,
        "number": sheet.tender.number,
        "identity": str(key.identity),
        "shares": [{"keyholder": holder.id, "share": to_base64(share)} for holder, share in pairs],
    }


def open_package(content: bytes, released: Mapping[str, bytes]) -> Opened:
    """Open a sealed bid with the shares that keyholders (by id) gave out.

    A share that fails its commitment counts as absent. With enough good ones all shares are derived anew and
    compared with what the bidder committed to. Raises `NotEnoughShares` (no verdict: more must come),
    `InvalidBid` (a verdict, the same for every set of keyholders), `WordsDisagree` (for the committee, B-54),
    `SealError` (no sealed package).
    """
    package = read_package(content)
    good, bad = _judged(package, released)
    if len(good) < package.threshold:
        raise _not_enough(package, good, bad)
    payload = _payload(package, _key(package, list(good.values())[: package.threshold]))
    check_payload(payload)
    return Opened(payload, tuple(good), bad)


def _judged(package: Package, released: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    came = [(share, released[share.keyholder]) for share in package.shares if share.keyholder in released]
    good = {share.keyholder: given for share, given in came if _is_good(share, given)}
    return good, tuple(keyholder for keyholder in released if keyholder not in good)


def _is_good(share: SealedShare, given: bytes) -> bool:
    return len(given) == SHARE_BYTES and given[-1] == share.x and sha256(given) == share.commitment


def _not_enough(package: Package, good: Mapping[str, bytes], bad: tuple[str, ...]) -> NotEnoughShares:
    values = {"good": len(good), "threshold": package.threshold}
    error = NotEnoughShares(N_("目前只有 %(good)s 份有效份额，需要 %(threshold)s 份才能开启"), values)
    error.good, error.bad = tuple(good), bad
    return error


def _key(package: Package, shares: list[bytes]) -> x25519.Identity:
    """The key of the bid, once every share and the recipient prove to be what the bidder committed to."""
    if any(sha256(share_at(shares, share.x)) != share.commitment for share in package.shares):
        raise InvalidBid(N_("投标人提供的密钥份额互相矛盾，投标无效"))
    identity = x25519.Identity.from_str(_identity_text(bytes(pyshamir.combine(list(map(bytearray, shares))))))
    if str(identity.to_public()) != package.recipient:
        raise InvalidBid(N_("密钥份额合成的密钥与密封文件不符，投标无效"))
    return identity


def share_at(shares: list[bytes], x: int) -> bytes:
    """The share at *x* of the polynomial through *shares*.

    pyshamir reads a polynomial at 0 only; as addition is XOR, moving every point by *x* puts the wanted one
    there.
    """
    moved = [bytearray(share[:-1] + bytes([share[-1] ^ x])) for share in shares]
    return bytes(pyshamir.combine(moved)) + bytes([x])


def _payload(package: Package, identity: x25519.Identity) -> dict[str, Any]:
    try:
        content = decrypt(package.ciphertext, [identity])
    except DecryptError as error:
        raise InvalidBid(N_("密文不能用其密钥解开，投标无效")) from error
    try:
        payload = read_json(content, BID_FORMAT, N_("解开的内容不是投标内容，投标无效"))
    except SealError as error:
        raise InvalidBid(error.text) from error
    if any(payload.get(key) != getattr(package, key) for key in ("tender", "lot", "bidder")):
        raise InvalidBid(N_("投标内容所写的项目、包或投标人与密封文件不同（可能是复制的密文），投标无效"))
    return payload


def read_recovery(content: bytes) -> dict[str, bytes]:
    """The shares by keyholder in a bidder's recovery file, for `open_package`. Raises `SealError`."""
    record = read_json(content, RECOVERY_FORMAT, N_("这不是投标恢复文件（.recovery.json）"))
    entries = record.get("shares")
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise SealError(N_("恢复文件的内容不全"))
    return {str(e.get("keyholder")): from_base64(e.get("share")) or b"" for e in entries}


def _secret(identity: str) -> bytes:
    _, words = bech32_decode(identity)
    return bytes(convertbits(words or [], 5, 8, False) or [])


def _identity_text(secret: bytes) -> str:
    return bech32_encode(_KEY_PREFIX, convertbits(secret, 8, 5) or []).upper()
