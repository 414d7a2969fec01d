"""The keyholders' part: shares they are asked for, decrypt at their own desk and give out after the deadline.

A share travels in a note that names its tender, so that a portal (or whoever runs it) cannot have a share of
a tender that is still open decrypted among those of another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyrage import DecryptError, IdentityError, decrypt, encrypt, x25519

from app.bids.sealed_package import read_package
from app.bids.sealed_sheet import (
    Keyholder,
    SealError,
    Tender,
    canonical,
    from_base64,
    read_json,
    sha256,
    to_base64,
)
from app.core.words import N_

SHARE_FORMAT = "gongyue-share/1"
KEYHOLDER_SHEET_FORMAT = "gongyue-keyholder-sheet/1"
RELEASE_FORMAT = "gongyue-shares/1"


class ShareFault(SealError):
    """This keyholder's share of this bid cannot be had; the keyholder counts as absent for it."""


@dataclass(frozen=True)
class Release:
    """What one keyholder gives out after the deadline: shares by bid, and why a share could not be had."""

    tender: str
    keyholder: str
    shares: Mapping[str, bytes]
    faults: Mapping[str, str]


def seal_share(tender: Tender, holder: Keyholder, share: bytes) -> dict[str, Any]:
    """One entry of a package's `shares`: the share, for this keyholder only, and the commitment to it."""
    note = {
        "format": SHARE_FORMAT,
        "tender": tender.id,
        "number": tender.number,
        "closes_at": tender.closes_at,
        "keyholder": holder.id,
        "share": to_base64(share),
    }
    sealed = encrypt(canonical(note), [x25519.Recipient.from_str(holder.recipient)])
    return {
        "keyholder": holder.id,
        "recipient": holder.recipient,
        "x": share[-1],
        "commitment": sha256(share),
        "sealed": to_base64(sealed),
    }


def keyholder_sheet(tender: Tender, keyholder: str, packages: Mapping[str, bytes]) -> bytes:
    """What the portal gives one keyholder after the deadline (`shares.json`): their share of every bid."""
    bids = [
        {"bid": bid, "share": to_base64(share.sealed), "commitment": share.commitment}
        for bid, content in packages.items()
        for share in read_package(content).shares
        if share.keyholder == keyholder
    ]
    head = {"format": KEYHOLDER_SHEET_FORMAT, "tender": tender.id, "number": tender.number}
    return canonical(head | {"name": tender.name, "closes_at": tender.closes_at, "keyholder": keyholder, "bids": bids})


def decrypt_share(identity: str, sealed_share: bytes, commitment: str, tender: Tender) -> bytes:
    """The keyholder's share of a bid, opened with their age identity.

    Raises `ShareFault`: not sealed to this key, for another tender or a later deadline, not as committed.
    """
    try:
        note = decrypt(sealed_share, [read_identity(identity)])
    except DecryptError as error:
        raise ShareFault(N_("份额不是密封给本密钥的，或已损坏")) from error
    record = read_json(note, SHARE_FORMAT, N_("份额的内容不是密钥份额"))
    if (record.get("tender"), record.get("number")) != (tender.id, tender.number):
        raise ShareFault(N_("份额属于另一个项目，不得在本项目开启"))
    if not _no_later(record.get("closes_at"), tender.closes_at):
        raise ShareFault(N_("份额所写的截止时间晚于清单所列，不得开启"))
    share = from_base64(record.get("share"))
    if share is None or sha256(share) != commitment:
        raise ShareFault(N_("份额与密封文件中的承诺值不符"))
    return share


def _no_later(noted: Any, listed: str) -> bool:
    """A deadline may be put off after a bid was sealed, never brought forward."""
    try:
        return datetime.fromisoformat(noted) <= datetime.fromisoformat(listed)
    except (TypeError, ValueError):
        return False


def read_asked(content: bytes) -> tuple[Tender, str, list[Mapping[str, Any]]]:
    """Read a `shares.json`: the tender, the keyholder's id, the bids. Raises `SealError` when it is none."""
    record = read_json(content, KEYHOLDER_SHEET_FORMAT, N_("这不是门户给密钥持有人的份额清单（shares.json）"))
    texts = [record.get(key) for key in ("tender", "number", "name", "closes_at", "keyholder")]
    bids = record.get("bids")
    if not all(isinstance(text, str) for text in texts) or not isinstance(bids, list):
        raise SealError(N_("份额清单的内容不全，请重新下载"))
    if not all(isinstance(bid, dict) and isinstance(bid.get("bid"), str) for bid in bids):
        raise SealError(N_("份额清单的内容不全，请重新下载"))
    return Tender(*map(str, texts[:4])), str(texts[4]), bids


def release_shares(asked: bytes, identity: str) -> bytes:
    """A keyholder's answer (`shares-….json`) to a `shares.json`; a failing share has its fault named.

    Raises `SealError` when the file is no `shares.json` or the identity no age identity.
    """
    tender, keyholder, bids = read_asked(asked)
    read_identity(identity)
    shares = [_released(bid, identity, tender) for bid in bids]
    head = {"format": RELEASE_FORMAT, "tender": tender.id, "keyholder": keyholder}
    return canonical({**head, "shares": shares})


def _released(bid: Mapping[str, Any], identity: str, tender: Tender) -> dict[str, Any]:
    try:
        sealed = from_base64(bid.get("share")) or b""
        share = decrypt_share(identity, sealed, bid.get("commitment", ""), tender)
    except SealError as fault:
        return {"bid": bid["bid"], "share": None, "fault": fault.text}
    return {"bid": bid["bid"], "share": to_base64(share), "fault": ""}


def read_release(content: bytes, tender: str, keyholder: str) -> Release:
    """Read what a keyholder handed in. Raises `SealError` when it is none, or is another's."""
    record = read_json(content, RELEASE_FORMAT, N_("这不是密钥持有人的份额文件（shares-….json）"))
    if (record.get("tender"), record.get("keyholder")) != (tender, keyholder):
        raise SealError(N_("份额文件属于另一个项目或另一位密钥持有人"), {}, "shares")
    shares, faults = _sorted_out(record.get("shares"))
    return Release(tender, keyholder, shares, faults)


def _sorted_out(entries: Any) -> tuple[dict[str, bytes], dict[str, str]]:
    shares: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    for entry in entries if isinstance(entries, list) else [None]:
        if not isinstance(entry, dict) or not isinstance(entry.get("bid"), str):
            raise SealError(N_("份额文件的内容不全，请重新制作"), {}, "shares")
        share = from_base64(entry.get("share"))
        if share:
            shares[entry["bid"]] = share
        else:
            faults[entry["bid"]] = str(entry.get("fault") or N_("没有给出份额"))[:200]
    return shares, faults


def read_identity(text: str) -> x25519.Identity:
    """The age identity in *text*. Raises `SealError`."""
    try:
        return x25519.Identity.from_str(text.strip())
    except IdentityError as error:
        raise SealError(N_("这不是 age 密钥（AGE-SECRET-KEY-…）"), {}, "identity") from error
