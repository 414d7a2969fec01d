"""Sealing and opening: any three of five, the same verdict whoever came, nothing read without the key."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pyrage
import pyshamir
import pytest

from app.bids import sealing
from app.bids.sealed_package import with_checksum
from app.bids.sealed_payload import MOST_ATTACHMENT_BYTES, check_payload
from app.bids.sealed_sheet import canonical, file_name, sha256
from app.bids.sealing import (
    Attachment,
    Bidder,
    InvalidBid,
    Keyholder,
    NotEnoughShares,
    SealError,
    ShareFault,
    Sheet,
    SheetLot,
    Tender,
    WordsDisagree,
)

KEYS = {f"KH{i}": pyrage.x25519.Identity.generate() for i in range(1, 6)}
HOLDERS = tuple(Keyholder(k, f"持有人{k}", f"单位{k}", str(key.to_public())) for k, key in KEYS.items())
TENDER = Tender("T-1", "440103-02-2026-00001", "家庭综合服务中心", "2026-12-21T01:30:00Z")
LOTS = (SheetLot("L-1", "01", "东片", 240_000_000), SheetLot("L-2", "02", "西片", 180_000_000))
SHEET = Sheet(TENDER, LOTS, Bidder("B-1", "荔湾区某社会工作服务中心"), 3, HOLDERS)
FIELDS: dict[str, Any] = {
    "price_fen": 238_800_000,
    "technical": "服务方案：个案、小组、社区。",
    "business": "近三年业绩两项。",
    "contact": {"name": "陈某", "phone": "020-81000000", "email": ""},
    "declaration": {**dict.fromkeys(sealing.STATEMENTS, True), "sme": "none"},
}
FILES = [Attachment("承诺函.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")]


@pytest.fixture(scope="module")
def sealed() -> tuple[bytes, bytes]:
    return sealing.seal(SHEET, "L-1", "B-1", FIELDS, FILES)


def give_out(package: bytes, keyholders: Iterable[str]) -> dict[str, bytes]:
    """The shares as the keyholders' own tool makes them."""
    released = {}
    for keyholder in keyholders:
        asked = sealing.keyholder_sheet(TENDER, keyholder, {"bid": package})
        answer = sealing.release_shares(asked, str(KEYS[keyholder]))
        released[keyholder] = sealing.read_release(answer, "T-1", keyholder).shares["bid"]
    return released


def altered(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    record = json.loads(content)
    change(record)
    return canonical(with_checksum(record) if "checksum" in record else record)


def sealed_by_hand(
    payload: bytes, about: Mapping[str, Any] | None = None, spoil: Mapping[str, bytes] | None = None
) -> bytes:
    """A package made with a bidder's own tool; *spoil* puts another share before sealing and committing."""
    identity = pyrage.x25519.Identity.generate()
    secret = sealing._secret(str(identity))
    shares = dict(zip(KEYS, map(bytes, pyshamir.split(secret, 5, 3)), strict=True)) | dict(spoil or {})
    key = sealing._Key(identity, tuple(shares.values()))
    head = {"tender": "T-1", "lot": "L-1", "bidder": "B-1", "recipient": key.recipient}
    body = sealing._package(SHEET, key, pyrage.encrypt(payload, [identity.to_public()]))
    return canonical(with_checksum(head | body | dict(about or {})))


def payload_of(sealed: tuple[bytes, bytes]) -> dict[str, Any]:
    return dict(sealing.open_package(sealed[0], sealing.read_recovery(sealed[1])).payload)


@pytest.mark.parametrize("who", list(combinations(KEYS, 3)), ids="-".join)
def test_any_three_of_five_open_the_same_bid(sealed: tuple[bytes, bytes], who: tuple[str, ...]) -> None:
    opened = sealing.open_package(sealed[0], give_out(sealed[0], who))
    assert (opened.good_keyholders, opened.bad_keyholders) == (who, ())
    assert opened.price_fen == 238_800_000
    assert opened.payload["price_words"] == "人民币贰佰叁拾捌万捌仟元整"
    assert opened.attachments == FILES


def test_all_five_open_it_too(sealed: tuple[bytes, bytes]) -> None:
    assert len(sealing.open_package(sealed[0], give_out(sealed[0], KEYS)).good_keyholders) == 5


def test_two_are_not_enough_and_that_is_no_verdict(sealed: tuple[bytes, bytes]) -> None:
    with pytest.raises(NotEnoughShares, match="只有 2 份有效份额，需要 3 份") as error:
        sealing.open_package(sealed[0], give_out(sealed[0], ["KH2", "KH5"]))
    assert not isinstance(error.value, InvalidBid)
    assert error.value.good == ("KH2", "KH5")


def test_nothing_of_the_content_can_be_read_from_the_package(sealed: tuple[bytes, bytes]) -> None:
    package = json.loads(sealed[0])
    plain = [b"238800000", "服务方案".encode(), b"technical", b"%PDF"]
    parts = [sealed[0], base64.b64decode(package["ciphertext"])]
    parts += [base64.b64decode(share["sealed"]) for share in package["shares"]]
    assert not any(word in part for word in plain for part in parts)


def test_a_share_that_fails_its_commitment_counts_as_absent(sealed: tuple[bytes, bytes]) -> None:
    released = give_out(sealed[0], ["KH1", "KH2", "KH3", "KH4"])
    released["KH1"] = bytes([released["KH1"][0] ^ 1]) + released["KH1"][1:]
    opened = sealing.open_package(sealed[0], released)
    assert (opened.good_keyholders, opened.bad_keyholders) == (("KH2", "KH3", "KH4"), ("KH1",))
    del released["KH4"]
    with pytest.raises(NotEnoughShares) as error:
        sealing.open_package(sealed[0], released)
    assert error.value.bad == ("KH1",)


def test_a_stranger_and_a_swapped_share_count_as_absent(sealed: tuple[bytes, bytes]) -> None:
    shares = give_out(sealed[0], ["KH1", "KH2", "KH3"])
    swapped = {"KH1": shares["KH2"], "KH2": shares["KH1"], "KH3": shares["KH3"], "KH9": shares["KH1"]}
    with pytest.raises(NotEnoughShares) as error:
        sealing.open_package(sealed[0], swapped)
    assert (error.value.good, error.value.bad) == (("KH3",), ("KH1", "KH2", "KH9"))


@pytest.mark.parametrize("spoiled", [("KH1",), ("KH5",), ("KH1", "KH2", "KH3"), tuple(KEYS)], ids="-".join)
def test_shares_that_contradict_each_other_are_invalid_whoever_came(
    sealed: tuple[bytes, bytes], spoiled: tuple[str, ...]
) -> None:
    """Committed to as they are, so that every single share looks good: only all together show the lie."""
    spoil = {k: bytes(32) + bytes([200 + int(k[2])]) for k in spoiled}
    package = sealed_by_hand(canonical(payload_of(sealed)), spoil=spoil)
    assert sealing.check_package(package, SHEET) == []
    verdicts = set()
    for size in (3, 4, 5):
        for who in combinations(KEYS, size):
            with pytest.raises(InvalidBid) as error:
                sealing.open_package(package, give_out(package, who))
            verdicts.add(error.value.text)
    assert len(verdicts) == 1


def test_shares_of_another_key_are_invalid(sealed: tuple[bytes, bytes]) -> None:
    other = str(pyrage.x25519.Identity.generate().to_public())
    package = sealed_by_hand(canonical(payload_of(sealed)), {"recipient": other})
    with pytest.raises(InvalidBid, match="与密封文件不符"):
        sealing.open_package(package, give_out(package, ["KH1", "KH2", "KH3"]))


def test_a_ciphertext_for_another_key_is_invalid(sealed: tuple[bytes, bytes]) -> None:
    stolen = json.loads(sealed[0])
    about = {key: stolen[key] for key in ("ciphertext", "ciphertext_sha256")}
    package = sealed_by_hand(b"{}", about)
    with pytest.raises(InvalidBid, match="不能用其密钥解开"):
        sealing.open_package(package, give_out(package, ["KH1", "KH2", "KH3"]))


@pytest.mark.parametrize(("field", "value"), [("bidder", "B-2"), ("lot", "L-2"), ("tender", "T-2")])
def test_a_copied_package_is_invalid(sealed: tuple[bytes, bytes], field: str, value: str) -> None:
    copy = altered(sealed[0], lambda record: record.update({field: value}))
    with pytest.raises(InvalidBid, match="复制的密文"):
        sealing.open_package(copy, give_out(sealed[0], ["KH1", "KH2", "KH3"]))


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"price_fen": 0}, InvalidBid, "报价必须大于零"),
        ({"price_fen": True}, InvalidBid, "报价必须大于零"),
        ({"price_fen": 1.5}, InvalidBid, "报价必须大于零"),
        ({"price_fen": 10**17}, InvalidBid, "报价必须大于零"),
        ({"technical": " "}, InvalidBid, "技术或商务部分为空"),
        ({"technical": "\ud800"}, InvalidBid, "技术或商务部分为空"),
        ({"business": "好" * 100_001}, InvalidBid, "技术或商务部分为空"),
        ({"contact": {"name": "陈某"}}, InvalidBid, "联系人"),
        ({"contact": {"name": "陈某", "phone": "", "email": ""}}, InvalidBid, "联系人缺少电话"),
        ({"declaration": {"sme": "none"}}, InvalidBid, "声明部分不完整"),
        ({"extra": 1}, InvalidBid, "项目不全或有多余"),
        ({"nonce": 5}, InvalidBid, "编号或大写金额不对"),
        ({"attachments": {}}, InvalidBid, "附件不是列表"),
        (
            {"attachments": [{"name": "../a", "media_type": "a/b", "base64": "YQ=="}]},
            InvalidBid,
            "附件的文件名",
        ),
        ({"attachments": [{"name": "a", "media_type": "a/b", "base64": "YR=="}]}, InvalidBid, "附件的文件名"),
        ({"attachments": [{"name": "a", "media_type": "a/b", "base64": ""}]}, InvalidBid, "附件的文件名"),
        ({"attachments": [{"name": "a", "media_type": "a/b", "base64": "YQ=="}] * 2}, InvalidBid, "重名"),
        ({"price_words": "人民币贰佰万元整"}, WordsDisagree, "不一致"),
        ({"price_fen": 238_800_001}, WordsDisagree, "2,388,000.01 元不一致"),
    ],
)
def test_an_opened_bid_is_read_with_distrust(
    sealed: tuple[bytes, bytes], change: dict[str, Any], error: type[SealError], says: str
) -> None:
    content = json.dumps(payload_of(sealed) | change).encode()
    package = sealed_by_hand(content)
    with pytest.raises(error, match=says) as caught:
        sealing.open_package(package, give_out(package, ["KH1", "KH3", "KH5"]))
    if isinstance(caught.value, WordsDisagree):
        assert caught.value.payload["technical"] == FIELDS["technical"]


def test_other_characters_for_the_same_words_agree(sealed: tuple[bytes, bytes]) -> None:
    check_payload(payload_of(sealed) | {"price_words": "人民币贰佰叁拾捌万捌仟圆正"})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"price_fen": 240_000_001}, "超过本包最高限价 2,400,000.00 元"),
        ({"price_fen": -1}, "报价必须大于零"),
        (
            {"declaration": FIELDS["declaration"] | {"not_related": False}},
            "尚未作出声明：与投同一包的其他供应商",
        ),
        ({"declaration": FIELDS["declaration"] | {"sme": "huge"}}, "声明部分不完整"),
        ({"technical": ""}, "技术或商务部分为空"),
    ],
)
def test_what_would_be_invalid_is_not_sealed(change: dict[str, Any], says: str) -> None:
    with pytest.raises(SealError, match=says):
        sealing.seal(SHEET, "L-1", "B-1", FIELDS | change)


def test_a_lot_that_does_not_exist_is_not_sealed() -> None:
    with pytest.raises(SealError, match="没有编号为“L-9”的包"):
        sealing.seal(SHEET, "L-9", "B-1", FIELDS)


def test_attachments_over_the_limits_are_not_sealed() -> None:
    large = Attachment("大.bin", "application/octet-stream", bytes(MOST_ATTACHMENT_BYTES + 1))
    with pytest.raises(SealError, match="每个不超过10MB"):
        sealing.seal(SHEET, "L-1", "B-1", FIELDS, [large])


def test_a_whole_package_has_no_faults(sealed: tuple[bytes, bytes]) -> None:
    assert sealing.check_package(sealed[0], SHEET) == []


PLAIN = base64.b64encode(b"not encrypted at all").decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.update(tender="T-2"), "另一个项目"),
        (lambda r: r.update(lot="L-9"), "不在本项目中"),
        (lambda r: r.update(bidder="B-2"), "不是以本单位的名义"),
        (lambda r: r.update(threshold=2), "开启门限与采购公告不一致"),
        (lambda r: r["shares"].pop(), "密钥持有人或其公钥与采购公告不一致"),
        (lambda r: r["shares"][0].update(recipient=HOLDERS[1].recipient), "与采购公告不一致"),
        (lambda r: r.update(ciphertext=PLAIN), "密文与其指纹不符"),
        (lambda r: r.update(ciphertext=PLAIN, ciphertext_sha256=sha256(b"not encrypted at all")), "没有加密"),
        (lambda r: r["shares"][2].update(sealed=PLAIN), "没有加密"),
        (lambda r: r["shares"][2].update(sealed="?"), "没有加密"),
        (lambda r: r["shares"][2].update(x=r["shares"][1]["x"]), "份额的写法"),
        (lambda r: r["shares"][2].update(x=0), "份额的写法"),
        (lambda r: r["shares"][2].update(commitment="00"), "不是密封的投标文件"),
        (lambda r: r.update(recipient="age1qqqq"), "自己的公钥不对"),
        (lambda r: r.update(suite="none"), "不是密封的投标文件"),
        (lambda r: r.update(shares=5), "不是密封的投标文件"),
        (lambda r: r.update(threshold="3"), "不是密封的投标文件"),
        (lambda r: r.update(price_fen=1), "不是密封的投标文件"),
        (lambda r: r.pop("recipient"), "不是密封的投标文件"),
    ],
)
def test_an_altered_package_is_refused_with_its_reason(
    sealed: tuple[bytes, bytes], change: Callable[[dict[str, Any]], object], says: str
) -> None:
    findings = sealing.check_package(altered(sealed[0], change), SHEET)
    assert [f.rule for f in findings] == ["B-45"]
    assert says in findings[0].text
    assert findings[0].field == "sealed"


@pytest.mark.parametrize(
    "garbage",
    [b"", b"%PDF-1.7", b"\xff\xfe", b"[]", b"[" * 100_000, b"1" * 9_000, b'{"format":1}', "投标".encode()],
)
def test_what_is_no_package_is_refused(garbage: bytes) -> None:
    assert "不是密封的投标文件" in sealing.check_package(garbage, SHEET)[0].text


def test_plain_text_and_other_spellings_are_refused(sealed: tuple[bytes, bytes]) -> None:
    plain = canonical(payload_of(sealed))
    assert "未密封的投标内容" in sealing.check_package(plain, SHEET)[0].text
    spelt_otherwise = json.dumps(json.loads(sealed[0])).encode()
    assert "已损坏或被改动" in sealing.check_package(spelt_otherwise, SHEET)[0].text


@pytest.mark.parametrize("at", [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_one_changed_byte_is_noticed(sealed: tuple[bytes, bytes], at: float) -> None:
    changed = bytearray(sealed[0])
    changed[int(len(changed) * at)] ^= 1
    assert sealing.check_package(bytes(changed), SHEET)


@pytest.mark.parametrize(
    ("keyholder", "tender", "commitment", "says"),
    [
        ("KH2", TENDER, None, "不是密封给本密钥的"),
        ("KH1", replace(TENDER, id="T-2"), None, "属于另一个项目"),
        ("KH1", replace(TENDER, number="X"), None, "属于另一个项目"),
        ("KH1", replace(TENDER, closes_at="2026-12-21T01:29:59Z"), None, "晚于清单所列"),
        ("KH1", replace(TENDER, closes_at="soon"), None, "晚于清单所列"),
        ("KH1", TENDER, "0" * 64, "承诺值不符"),
    ],
)
def test_a_share_opens_only_for_its_keyholder_its_tender_and_its_deadline(
    sealed: tuple[bytes, bytes], keyholder: str, tender: Tender, commitment: str | None, says: str
) -> None:
    share = sealing.read_package(sealed[0]).shares[0]
    with pytest.raises(ShareFault, match=says):
        sealing.decrypt_share(str(KEYS[keyholder]), share.sealed, commitment or share.commitment, tender)


def test_a_share_opens_when_the_deadline_was_put_off(sealed: tuple[bytes, bytes]) -> None:
    share = sealing.read_package(sealed[0]).shares[0]
    later = replace(TENDER, closes_at="2026-12-28T09:30:00+08:00")
    assert sha256(sealing.decrypt_share(str(KEYS["KH1"]), share.sealed, share.commitment, later)) == share.commitment


def test_a_keyholder_with_the_wrong_key_says_so_for_each_bid(sealed: tuple[bytes, bytes]) -> None:
    asked = sealing.keyholder_sheet(TENDER, "KH1", {"bid": sealed[0]})
    release = sealing.read_release(sealing.release_shares(asked, str(KEYS["KH2"])), "T-1", "KH1")
    assert release.shares == {}
    assert "不是密封给本密钥的" in release.faults["bid"]
    with pytest.raises(SealError, match="AGE-SECRET-KEY"):
        sealing.release_shares(asked, "age1xyz")


def test_a_release_of_another_keyholder_or_broken_is_refused(sealed: tuple[bytes, bytes]) -> None:
    answer = sealing.release_shares(sealing.keyholder_sheet(TENDER, "KH1", {}), str(KEYS["KH1"]))
    with pytest.raises(SealError, match="另一位密钥持有人"):
        sealing.read_release(answer, "T-1", "KH2")
    for broken in ({"shares": 5}, {"shares": [5]}, {"shares": [{"bid": 1}]}):
        with pytest.raises(SealError, match="内容不全"):
            sealing.read_release(altered(answer, lambda r, b=broken: r.update(b)), "T-1", "KH1")


def test_the_recovery_file_opens_the_bid_by_the_same_path(sealed: tuple[bytes, bytes]) -> None:
    assert sealing.open_package(sealed[0], sealing.read_recovery(sealed[1])).price_fen == 238_800_000
    record = json.loads(sealed[1])
    identity = pyrage.x25519.Identity.from_str(record["identity"])
    payload = pyrage.decrypt(base64.b64decode(json.loads(sealed[0])["ciphertext"]), [identity])
    assert (sha256(payload), sha256(sealed[0])) == (record["payload_sha256"], record["package_sha256"])


def test_the_sheet_is_read_back_as_it_was_written() -> None:
    assert sealing.read_sheet(SHEET.to_bytes()) == SHEET
    other_threshold = sealing.keyholders_digest(replace(SHEET, threshold=4))
    assert sealing.keyholders_digest(SHEET) != other_threshold


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.pop("lots"), "缺少内容"),
        (lambda r: r.update(lots=[]), "缺少内容"),
        (lambda r: r["lots"][0].update(ceiling_fen="5"), "缺少内容"),
        (lambda r: r["tender"].update(name=None), "缺少内容"),
        (lambda r: r.update(threshold=1), "开启门限"),
        (lambda r: r.update(threshold=6), "开启门限"),
        (lambda r: r["keyholders"][1].update(id="KH1"), "有重复"),
        (lambda r: r["keyholders"][1].update(recipient="age1abc"), "持有人KH2的公钥不是"),
        (lambda r: r.update(format="x"), "不是公约门户下载的投标数据表"),
    ],
)
def test_a_sheet_that_cannot_be_sealed_to_is_refused(change: Callable[[dict[str, Any]], object], says: str) -> None:
    with pytest.raises(SealError) as error:
        sealing.read_sheet(altered(SHEET.to_bytes(), change))
    assert says in str(error.value)


def test_file_names_are_safe() -> None:
    assert file_name("穗采〔2026〕1/2 号", "../02", ending=".sealed.json") == "穗采〔2026〕1-2-号-02.sealed.json"
