"""The bidder's receipt: paper and text; the text carries a proof that verifies offline."""

from sqlalchemy import select

from app.bids.models import SealedBid
from app.core import files, log
from app.core.db import db
from app.core.showing import moment
from app.core.verifier import canonical, leaf_hash
from app.documents.keeping import print_and_keep


def keep_receipt(bid: SealedBid) -> files.StoredFile:
    """Print and keep the receipt of a bid that was just handed in (inside its turn)."""
    entry = log.entries_of(bid.public_id)[0]
    proof = log.receipt(entry)
    text = log.receipt_text(proof, _lines(bid)).encode()
    files.keep(text, f"{bid.receipt_no}.txt", ("txt",), body_id=bid.bidder_id)
    return print_and_keep("bid_receipt", facts(bid, proof), number=bid.receipt_no, body_id=bid.bidder_id)


def receipt_file(bid: SealedBid, kind: str) -> files.StoredFile | None:
    """The kept receipt of a bid, as `pdf` or `txt`: the first file of that name, kept with the bid itself."""
    query = select(files.StoredFile).where(
        files.StoredFile.name == f"{bid.receipt_no}.{kind}", files.StoredFile.body_id == bid.bidder_id
    )
    return db.session.scalar(query.order_by(files.StoredFile.id).limit(1))


def facts(bid: SealedBid, proof: dict) -> dict[str, object]:  # type: ignore[type-arg]
    """What the receipt says: tender, lot, bidder, the moment, the fingerprint of the sealed file, the log's proof."""
    assert bid.tender.closes_at is not None
    replaced = db.session.get(SealedBid, bid.replaces_id) if bid.replaces_id else None
    signed = proof["note"].splitlines()
    return {
        "number": bid.receipt_no,
        "replaces": replaced.receipt_no if replaced else "",
        "received_at": bid.received_at,
        "tender": {
            "number": bid.tender.number,
            "name": bid.tender.project.name,
            "buyer": bid.tender.buyer.name,
            "closes_at": bid.tender.closes_at,
        },
        "lot": {"number": bid.lot.number, "name": bid.lot.name},
        "bidder": {"name": bid.bidder.name, "code": bid.bidder.credit_code or ""},
        "sealing": {
            "sha256": bid.sealed_sha256,
            "bytes": bid.size,
            "format": "age v1（X25519）与 Shamir 分持密钥",
            "threshold": bid.tender.threshold,
        },
        "log": {
            "index": proof["index"],
            "leaf": leaf_hash(canonical(proof["envelope"])).hex(),
            "size": int(signed[1]),
            "root": signed[2],
            "proof": list(proof["proof"]),
            "vkey": proof["vkey"],
        },
    }


def _lines(bid: SealedBid) -> list[str]:
    return [
        "公约 Gongyue · 投标回执",
        f"回执编号：{bid.receipt_no}",
        f"项目：{bid.tender.project.name}（{bid.tender.number}），第 {bid.lot.number} 包 {bid.lot.name}",
        f"投标人：{bid.bidder.name}",
        f"收到时间：{moment(bid.received_at)}（北京时间）",
        f"密封文件 SHA-256：{bid.sealed_sha256}",
        "在任何电脑上运行 ./portal verify --receipt 本文件 [--sealed 密封文件] 即可核对，不需要联网。",
    ]
