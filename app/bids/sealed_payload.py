"""What a bid says, before it is sealed and after it is opened: price, texts, statements, attachments.

The same checks run on both sides: what the sealing page and the command line refuse to seal, the opening
refuses to read, because a bidder may have made the file with a tool of their own.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.bids.sealed_sheet import SealError, Sheet, SheetLot, from_base64, to_base64
from app.core.money import MOST_FEN, capitals, yuan
from app.core.words import N_

BID_FORMAT = "gongyue-bid/1"
MOST_TEXT = 100_000
MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024
MOST_ATTACHMENTS_BYTES = 25 * 1024 * 1024
MOST_ATTACHMENTS = 50
STATEMENTS: Mapping[str, tuple[str, str]] = {
    "no_major_violation": ("B-20", N_("参加本次采购活动前三年内，在经营活动中没有重大违法记录")),
    "not_listed": (
        "B-23",
        N_("未被列入失信被执行人、重大税收违法失信主体、政府采购严重违法失信行为记录名单"),
    ),
    "not_related": ("B-24", N_("与投同一包的其他供应商，单位负责人不是同一人，也不存在直接控股、管理关系")),
    "not_prior": ("B-25", N_("未为本项目提供过整体设计、规范编制、项目管理、监理或检测等服务")),
    "terms_accepted": ("B-34", N_("接受采购文件的全部实质性要求，没有采购人不能接受的附加条件")),
    "true_content": ("B-34", N_("投标内容真实、完整，愿意承担提供虚假材料的法律责任")),
}
SME_KINDS = {
    "none": N_("不作声明（如社会组织）"),
    "micro": N_("微型企业"),
    "small": N_("小型企业"),
    "medium": N_("中型企业"),
    "prison": N_("监狱企业"),
    "disability": N_("残疾人福利性单位"),
}
CONTACT = ("name", "phone", "email")
_TEXTS = ("tender", "lot", "bidder", "nonce", "price_words")
_KEYS = {"format", "price_fen", "declaration", "technical", "business", "contact", "attachments", *_TEXTS}


class InvalidBid(SealError):
    """The opened bid is invalid as sealed; the verdict is the same whichever keyholders came."""


class WordsDisagree(InvalidBid):
    """Words and figures differ: words prevail once the bidder confirms, else invalid (B-54, 87号令第59条)."""

    payload: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Attachment:
    """One file that came with the bid."""

    name: str
    media_type: str
    content: bytes


def make_payload(
    sheet: Sheet, lot_id: str, bidder: str, fields: Mapping[str, Any], attachments: Iterable[Attachment]
) -> dict[str, Any]:
    """The bid as it will be sealed. *fields*: price_fen, declaration, technical, business, contact.

    Raises `SealError` for a price over the lot's ceiling (B-34), a statement not made, or unreadable content.
    """
    lot = sheet.lot(lot_id)
    payload = {
        "format": BID_FORMAT,
        "tender": sheet.tender.id,
        "lot": lot.id,
        "bidder": bidder,
        "price_words": _words(fields["price_fen"]),
        "attachments": [_written(attachment) for attachment in attachments],
        "nonce": secrets.token_hex(16),
        **{key: fields[key] for key in ("price_fen", "declaration", "technical", "business", "contact")},
    }
    check_payload(payload)
    _may_be_sealed(payload, lot)
    return payload


def _may_be_sealed(payload: Mapping[str, Any], lot: SheetLot) -> None:
    if payload["price_fen"] > lot.ceiling_fen:
        ceiling = {"ceiling": yuan(lot.ceiling_fen)}
        raise SealError(N_("报价超过本包最高限价 %(ceiling)s 元"), ceiling, "price")
    for key, (_, statement) in STATEMENTS.items():
        if not payload["declaration"][key]:
            raise SealError(N_("尚未作出声明：%(statement)s"), {"statement": statement}, key)


def check_payload(payload: Mapping[str, Any]) -> None:
    """Raises `InvalidBid` naming the first thing wrong with an opened (or about to be sealed) bid.

    `WordsDisagree`, for the committee to settle, comes last: then all else is in order.
    """
    for text, values, field in _faults(payload):
        raise InvalidBid(text, values, field)
    if not _same_words(payload["price_words"], _words(payload["price_fen"])):
        raise _disagreement(payload)


def _disagreement(payload: Mapping[str, Any]) -> WordsDisagree:
    values = {"words": payload["price_words"][:60], "figures": yuan(payload["price_fen"])}
    error = WordsDisagree(N_("大写金额“%(words)s”与小写金额 %(figures)s 元不一致"), values, "price_words")
    error.payload = payload
    return error


def attachments_of(payload: Mapping[str, Any]) -> list[Attachment]:
    """The attachments of a checked payload, as bytes."""
    given = payload["attachments"]
    return [Attachment(one["name"], one["media_type"], from_base64(one["base64"]) or b"") for one in given]


Fault = tuple[str, Mapping[str, object], str]


def _faults(payload: Mapping[str, Any]) -> Iterator[Fault]:
    if set(payload) != _KEYS or payload["format"] != BID_FORMAT:
        yield N_("投标内容的项目不全或有多余"), {}, "format"
    elif type(payload["price_fen"]) is not int or not 0 < payload["price_fen"] <= MOST_FEN:
        yield N_("报价必须大于零，且为整数分"), {}, "price"
    elif not all(_text(payload[key], 100) for key in _TEXTS):
        yield N_("投标内容的编号或大写金额不对"), {}, "format"
    else:
        yield from _texts(payload)
        yield from _attachments(payload["attachments"])


def _texts(payload: Mapping[str, Any]) -> Iterator[Fault]:
    for field in ("technical", "business"):
        if not _text(payload[field], MOST_TEXT):
            most = {"most": MOST_TEXT}
            yield N_("技术或商务部分为空、过长（最多 %(most)s 字）或含有不能显示的字符"), most, field
    contact, declaration = payload["contact"], payload["declaration"]
    if not (isinstance(contact, dict) and set(contact) == set(CONTACT) and _text(contact["name"], 200)):
        yield N_("联系人缺少姓名"), {}, "contact"
    elif not (_text(contact["phone"], 200) and _text(contact["email"], 200, may_be_empty=True)):
        yield N_("联系人缺少电话"), {}, "contact"
    if (
        not isinstance(declaration, dict)
        or set(declaration) != {*STATEMENTS, "sme"}
        or declaration["sme"] not in tuple(SME_KINDS)
        or any(type(declaration[k]) is not bool for k in STATEMENTS)
    ):
        yield N_("声明部分不完整"), {}, "declaration"


def _attachments(given: Any) -> Iterator[Fault]:
    if not isinstance(given, list) or len(given) > MOST_ATTACHMENTS:
        yield N_("附件不是列表，或超过 %(most)s 个"), {"most": MOST_ATTACHMENTS}, "attachments"
        return
    sizes = [_size(one) for one in given]
    known = [size for size in sizes if size is not None]
    if len(known) < len(given) or len({one["name"].casefold() for one in given}) < len(given):
        yield N_("附件的文件名、类型或内容不对，或有重名"), {}, "attachments"
    elif max(known, default=0) > MOST_ATTACHMENT_BYTES or sum(known) > MOST_ATTACHMENTS_BYTES:
        yield N_("附件过大：每个不超过10MB，合计不超过25MB"), {}, "attachments"


def _size(attachment: Any) -> int | None:
    if not isinstance(attachment, dict) or set(attachment) != {"name", "media_type", "base64"}:
        return None
    content, name, media_type = (
        from_base64(attachment["base64"]),
        attachment["name"],
        attachment["media_type"],
    )
    named = _text(name, 200) and not re.search(r'[\\/:*?"<>|\x00-\x1f]|^\.', name)
    typed = _text(media_type, 200) and re.fullmatch(r"[\w.+-]+/[\w.+-]+", media_type, re.ASCII)
    return len(content) if content and named and typed else None


def _text(text: object, most: int, may_be_empty: bool = False) -> bool:
    """A text a page and a database can hold: no NUL, no half character (a lone surrogate)."""
    if not isinstance(text, str) or len(text) > most or "\x00" in text:
        return False
    return (may_be_empty or bool(text.strip())) and text == text.encode("utf-8", "ignore").decode()


def _words(fen: Any) -> str:
    return capitals(fen) if type(fen) is int and 0 < fen <= MOST_FEN else ""


def _same_words(one: str, other: str) -> bool:
    """圆 and 元, 正 and 整 are the same word (F-01)."""
    return one.strip().replace("圆", "元").replace("正", "整") == other


def _written(attachment: Attachment) -> dict[str, str]:
    return {
        "name": attachment.name,
        "media_type": attachment.media_type,
        "base64": to_base64(attachment.content),
    }
