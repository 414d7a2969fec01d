"""Bids from hand-in to opening, really sealed, on both databases."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pyrage import encrypt, x25519
from sqlalchemy import func, select

from app.bids import actions, opening, queries, quorum, sealed_payload, sealing
from app.bids.models import Bid, SealedBid
from app.bids.receipts import receipt_file
from app.bids.sealed_package import with_checksum
from app.bids.sealed_sheet import canonical, sha256, to_base64
from app.core import changes, files, log
from app.core.db import db
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.registry.models import StandingFact
from tests.bids import world
from tests.bids.world import CLOSES, KEYS, bid_of, hand_in, open_all, release, seal, shares, supplier, tender
from tests.conftest import Hands, turn
from tests.plans.world import refused, who

VERIFIER = Path(__file__).parents[2] / "app" / "core" / "verifier.py"


def _verify(receipt: Path, sealed: Path) -> int:
    asked = [sys.executable, "-I", str(VERIFIER), "--receipt", str(receipt), "--sealed", str(sealed)]
    return subprocess.run(asked, capture_output=True, check=False).returncode


def test_a_receipt_proves_itself_offline_before_and_after_more_came(app: Flask, tmp_path: Path) -> None:
    content = seal(tender(), "jia")
    bid = hand_in(tender(), "jia", content=content)
    receipt, sealed, other = tmp_path / "r.txt", tmp_path / "b.sealed.json", tmp_path / "other.json"
    sealed.write_bytes(content)
    other.write_bytes(content[:-1])
    receipt.write_bytes(receipt_file(bid, "txt").bytes)
    assert (_verify(receipt, sealed), _verify(receipt, other)) == (0, 1)
    assert receipt_file(bid, "pdf").bytes.startswith(b"%PDF-")
    assert bid.received_at == CLOSES - timedelta(days=1)
    hand_in(tender(), "yi")
    assert receipt_file(bid, "txt").bytes == receipt.read_bytes()
    assert _verify(receipt, sealed) == 0


def test_bids_are_replaced_and_withdrawn_until_the_deadline_and_not_after(app: Flask, hands: Hands) -> None:
    first = hand_in(tender(), "jia")
    with refused("G-10"):
        hand_in(tender(), "jia")
    with pytest.raises(Invalid, match="第 2 包"), turn(who("jia")):
        actions.replace(first, seal(tender(), "jia", lot=2))
    with pytest.raises(Invalid, match="已经递交"), turn(who("jia")):
        actions.replace(first, first.file.bytes)
    with turn(who("jia2")):
        second = actions.replace(first, seal(tender(), "jia", price_fen=1))
    with pytest.raises(OutOfOrder), turn(who("jia")):
        actions.replace(first, seal(tender(), "jia"))
    assert (first.state, second.state, second.replaces_id) == ("replaced", "held", first.id)
    with pytest.raises(NotAllowed), turn(who("yi")):
        actions.withdraw(second)
    with turn(who("jia")):
        actions.withdraw(second)
    third = hand_in(tender(), "jia")
    assert [b.state for b in queries.bids_of(tender(), supplier("jia").id)] == ["held", "withdrawn", "replaced"]
    hands.set(CLOSES)
    with refused("B-45"), turn(who("jia")):
        actions.withdraw(third)
    with refused("B-45"), turn(who("jia")):
        actions.replace(third, seal(tender(), "jia"))
    assert [e.action for e in log.entries_of(second.public_id)] == ["bid.hand_in", "bid.withdraw"]


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_bid_at_the_second_of_the_deadline_or_after_is_late(app: Flask, hands: Hands, seconds: int) -> None:
    content = seal(tender(), "jia")
    hands.set(CLOSES + timedelta(seconds=seconds))
    with refused("B-45"):
        hand_in(tender(), "jia", content=content)
    assert _nothing_kept()
    hands.set(CLOSES - timedelta(microseconds=1))
    assert hand_in(tender(), "jia", content=content).received_at < CLOSES


def test_what_is_not_sealed_as_it_must_be_is_refused_and_nothing_is_kept(app: Flask) -> None:
    good = seal(tender(), "jia")
    plain = canonical({"format": "gongyue-bid/1", "price_fen": 1})
    altered = bytearray(good)
    altered[len(good) // 2] ^= 1
    no_lot = canonical(with_checksum(json.loads(good) | {"lot": "0" * 16}))
    unencrypted = canonical(with_checksum(json.loads(good) | _plain_ciphertext(plain)))
    for content in (plain, bytes(altered), no_lot, unencrypted, b"%PDF-1.7", b"{", seal(tender(2), "jia")):
        with refused("B-45"):
            hand_in(tender(), "jia", content=content)
    with refused("B-45"):
        hand_in(tender(), "yi", content=good)
    assert _nothing_kept()


def _plain_ciphertext(content: bytes) -> dict[str, str]:
    return {"ciphertext": to_base64(content), "ciphertext_sha256": sha256(content)}


def _nothing_kept() -> bool:
    names = db.session.scalars(select(files.StoredFile.name).where(files.StoredFile.name.contains("-T")))
    return not list(names) and not db.session.scalar(select(func.count()).select_from(SealedBid))


def test_standing_decides_who_may_bid(app: Flask, hands: Hands) -> None:
    _enter("jia", "serious_list")
    _enter("yi", "abnormal_list")
    _enter("wu", "ban", until=hands.moment.date() - timedelta(days=1))
    _enter("ding", "ban", until=hands.moment.date())
    with refused("C-28"):
        hand_in(tender(), "jia")
    with refused("B-21"):
        hand_in(tender(), "ding")
    warned = actions.bars(tender(), supplier("yi"))
    assert [(f.rule, f.bars) for f in warned] == [("C-28", False)]
    assert hand_in(tender(), "yi").state == hand_in(tender(), "wu").state == hand_in(tender(), "bing").state == "held"


def _enter(name: str, kind: str, until: object = None) -> None:
    with turn():
        fact = StandingFact(
            body=supplier(name), body_id=supplier(name).id, kind=kind, since=CLOSES.date() - timedelta(days=900),
            until=until, source="信用中国",
        )  # fmt: skip
        changes.add(fact, "standing.enter")


def test_a_reserved_project_takes_enterprises_only(app: Flask) -> None:
    with turn(who("officer")):
        changes.amend(tender().project, "project.edit", reserved=True)
    with refused("B-111"):
        hand_in(tender(), "jia")
    assert hand_in(tender(), "bing").state == "held"


def test_no_share_is_asked_for_or_taken_before_the_deadline(app_with_bids: Flask, hands: Hands) -> None:
    hands.set(CLOSES - timedelta(seconds=1))
    with refused("B-45"):
        release(tender(), 1)
    with refused("B-45"):
        open_all(tender())
    hands.set(CLOSES)
    with pytest.raises(NotAllowed), turn(who("key2")):
        opening.release(tender().keyholders[0], shares(tender(), 1))
    with pytest.raises(sealing.SealError), turn(who("key2")):
        opening.release(tender().keyholders[1], shares(tender(), 1))
    release(tender(), 1)
    with pytest.raises(OutOfOrder):
        release(tender(), 1)


def test_two_keyholders_are_too_few_and_three_open_every_lot(app_with_bids: Flask, hands: Hands) -> None:
    for name in ("jia", "ding", "yi"):
        hand_in(tender(), name, lot=2)
    hands.set(CLOSES + timedelta(minutes=5))
    release(tender(), 2, 4)
    with pytest.raises(OutOfOrder, match="3"):
        open_all(tender())
    assert quorum.standing(tender()).missing == 1
    release(tender(), 5)
    held = open_all(tender(), by="key5")
    opened = queries.opened(tender())
    assert [(b.lot.number, b.price_fen, b.valid) for b in opened] == [
        (1, 238_800_000, True), (1, 229_500_000, True), (1, 241_000_000, True),
        (2, 50_000_000, True), (2, 45_550_055, True), (2, 50_000_000, True),
    ]  # fmt: skip
    assert queries.attachment(opened[0], 1) == (b"%PDF-1.7 jia", "jia.pdf", "application/pdf")
    assert held.record.bytes.startswith(b"%PDF-")
    assert held.keyholders == [
        "采购代理机构 代理机构密钥保管人",
        "纪检或公证 公证密钥保管人",
        "离线恢复 离线恢复密钥保管人",
    ]
    with pytest.raises(OutOfOrder):
        open_all(tender())
    with pytest.raises(OutOfOrder):
        release(tender(), 1)
    said = [(e.action, e.public) for e in log.since(0, 5000) if e.table in ("tender", "sealed_bid", "opening")]
    assert said[-9:] == [
        *[("bid.unseal", True)] * 6,
        ("tender.open", True),
        ("opening.hold", True),
        ("opening.hold", False),
    ]


def test_the_verdict_does_not_depend_on_who_came(app_with_bids: Flask, hands: Hands) -> None:
    """One share of one bid is corrupt: that keyholder counts as absent for that bid, and may come again."""
    bids = queries.held(tender())
    hands.set(CLOSES)
    release(tender(), 1, 2)
    spoiled = json.loads(shares(tender(), 3))
    spoiled["shares"][1]["share"] = spoiled["shares"][0]["share"]
    with turn(who("key3")):
        opening.release(tender().keyholders[2], canonical(spoiled))
    assert [one.good for one in queries.releases(tender())].count(False) == 1
    with pytest.raises(OutOfOrder, match="只有 2 份"):
        open_all(tender())
    assert [b.state for b in bids] == ["held"] * 3
    release(tender(), 3)
    assert all(one.good for one in queries.releases(tender()))
    release(tender(), 4, 5)
    open_all(tender())
    assert [(b.price_fen, b.valid) for b in queries.opened(tender())] == [
        (238_800_000, True), (229_500_000, True), (241_000_000, True),
    ]  # fmt: skip


def test_a_malicious_package_is_recorded_as_invalid_and_harms_no_other(app_with_bids: Flask, hands: Hands) -> None:
    bad = json.loads(seal(tender(), "wu"))
    content = encrypt(b"not a bid", [x25519.Recipient.from_str(bad["recipient"])])
    _replace("wu", canonical(with_checksum(bad | _plain_ciphertext(content))))
    hands.set(CLOSES)
    release(tender(), 1, 3, 5)
    open_all(tender())
    jia, yi, wu = queries.opened(tender())
    assert (jia.valid, yi.valid, wu.valid, wu.sealed.state, wu.price_fen) == (True, True, False, "spoiled", 0)
    assert wu.fault == "解开的内容不是投标内容，投标无效"


def test_a_bid_whose_shares_open_nothing_is_spoiled_once_all_have_come(app_with_bids: Flask, hands: Hands) -> None:
    """Shares sealed to three keyholders are garbage: no three good ones exist, whoever comes."""
    bad = json.loads(seal(tender(), "wu"))
    for share, key in zip(bad["shares"][:3], KEYS, strict=False):
        share["sealed"] = to_base64(encrypt(b"garbage", [key.to_public()]))
    _replace("wu", canonical(with_checksum(bad)))
    hands.set(CLOSES)
    release(tender(), 1, 2, 3, 4)
    with pytest.raises(OutOfOrder, match="只有 1 份"):
        open_all(tender())
    release(tender(), 5)
    open_all(tender())
    assert [(b.valid, b.fault) for b in queries.opened(tender())] == [(True, ""), (True, ""), (False, opening.LOST)]


def _replace(name: str, content: bytes) -> None:
    with turn(who(name)):
        actions.replace(bid_of(name), content)


def test_words_that_disagree_with_figures_make_a_bid_invalid(
    app_with_bids: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as bidder_side:
        bidder_side.setattr(sealed_payload, "_words", lambda fen: "人民币壹元整")
        forged = seal(tender(), "wu")
    _replace("wu", forged)
    hands.set(CLOSES)
    release(tender(), 1, 2, 3)
    open_all(tender())
    wu = queries.opened(tender())[-1]
    assert (wu.valid, wu.price_words, wu.price_fen, wu.sealed.state) == (False, "人民币壹元整", 241_000_000, "opened")
    assert wu.fault == "大写金额“人民币壹元整”与小写金额 2,410,000.00 元不一致"


def test_a_lot_with_too_few_bidders_goes_back_unopened(app_with_bids: Flask, hands: Hands) -> None:
    given_back = [hand_in(tender(), name, lot=2) for name in ("jia", "ding")]
    hands.set(CLOSES)
    asked = json.loads(queries.share_sheet(tender(), tender().keyholders[0]))
    assert len(asked["bids"]) == 3
    release(tender(), 1, 2, 3)
    open_all(tender(), by="key1")
    assert [b.state for b in given_back] == ["returned", "returned"]
    assert {b.lot.number for b in queries.opened(tender())} == {1}
    assert db.session.scalar(select(func.count()).select_from(Bid)) == 3


def test_two_are_enough_in_a_consultation_for_services(app: Flask, hands: Hands) -> None:
    hand_in(tender(2), "jia")
    hand_in(tender(2), "bing")
    hands.set(CLOSES)
    release(tender(2), 1, 2, 3)
    open_all(tender(2))
    assert [b.price_fen for b in queries.opened(tender(2))] == [48_000_000, 48_000_000]


def test_a_tender_nobody_can_open_is_closed_without_any_share(app: Flask, hands: Hands) -> None:
    bid = hand_in(tender(), "jia")
    hands.set(CLOSES)
    with pytest.raises(OutOfOrder, match="不需要提交"):
        release(tender(), 1)
    held = open_all(tender())
    assert (bid.state, held.keyholders, queries.opened(tender())) == ("returned", [], [])
    assert held.record.bytes.startswith(b"%PDF-")


def test_a_receipt_number_tells_nobody_how_many_came(sqlite_app: Flask) -> None:
    numbers = [hand_in(tender(), name).receipt_no for name in ("jia", "yi")]
    tails = [int(n.rsplit("T", 1)[1], 16) for n in numbers]
    assert abs(tails[0] - tails[1]) > 1
    assert {n.rsplit("-", 1)[0] for n in numbers} == {f"{tender().number}-01"}


def test_a_failed_law_says_all_that_is_wrong_at_once(sqlite_app: Flask, hands: Hands) -> None:
    _enter("jia", "serious_list")
    content = world.seal(tender(), "jia")
    hands.set(CLOSES)
    with pytest.raises(Unlawful) as caught:
        hand_in(tender(), "jia", content=content)
    assert [f.rule for f in caught.value.findings] == ["B-45", "C-28"]
