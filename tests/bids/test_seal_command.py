"""The command line twin: from a key to an opened bid with files alone, no portal and no database."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.bids import seal_command, sealing
from app.bids.seal_command import Statements
from app.bids.sealing import SealError
from tests.bids.test_sealing import KEYS, SHEET, TENDER

MADE = Statements(made=True, contact={"name": "陈某", "phone": "020-81000000"})


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """What a bidder has on disk."""
    (tmp_path / "sheet.json").write_bytes(SHEET.to_bytes())
    (tmp_path / "tech.txt").write_text("\ufeff服务方案", encoding="utf-8")
    (tmp_path / "business.txt").write_text("业绩", encoding="utf-8")
    (tmp_path / "承诺函.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def seal(desk: Path, **change: Any) -> tuple[Path, Path]:
    given: dict[str, Any] = {
        "sheet_file": desk / "sheet.json", "lot_number": "02", "price": "170万元", "technical_file": desk / "tech.txt",
        "business_file": desk / "business.txt", "attachments": [desk / "承诺函.pdf"], "out": desk / "out",
        "statements": MADE,
    }  # fmt: skip
    return seal_command.seal(**given | change)


def shares_of(desk: Path, package: Path, keyholder: str) -> Path:
    (desk / f"{keyholder}.key").write_text(f"# mine\n{KEYS[keyholder]}\n")
    asked = desk / f"asked-{keyholder}.json"
    asked.write_bytes(sealing.keyholder_sheet(TENDER, keyholder, {"7Q": package.read_bytes()}))
    out = desk / f"shares-{keyholder}.json"
    assert seal_command.release(asked, desk / f"{keyholder}.key", out) == (TENDER, {"7Q": ""})
    return out


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    recipient = seal_command.keygen(tmp_path / "me" / "key.txt")
    sealing.check_recipient(recipient)
    assert (tmp_path / "me" / "key.txt").stat().st_mode & 0o077 == 0
    assert seal_command.read_identity_file(tmp_path / "me" / "key.txt").startswith("AGE-SECRET-KEY-1")
    with pytest.raises(SealError, match="已存在，不能覆盖"):
        seal_command.keygen(tmp_path / "me" / "key.txt")


def test_a_bid_is_sealed_and_opened_with_files_alone(desk: Path) -> None:
    package, recovery = seal(desk)
    assert package.name == "440103-02-2026-00001-02.sealed.json"
    assert recovery.stat().st_mode & 0o077 == 0
    shares = [shares_of(desk, package, keyholder) for keyholder in ("KH2", "KH3", "KH5")]
    (result,) = seal_command.open_offline([package], shares, desk / "opened")
    assert result.folder is not None
    bid = json.loads((result.folder / "bid.json").read_bytes())
    assert (bid["price_fen"], bid["price_words"]) == (170_000_000, "人民币壹佰柒拾万元整")
    assert (bid["technical"], bid["attachments"]) == ("服务方案", ["承诺函.pdf"])
    assert bid["good_keyholders"] == ["KH2", "KH3", "KH5"]
    assert (result.folder / "attachments" / "承诺函.pdf").read_bytes() == b"%PDF-1.7"


def test_the_bidders_recovery_file_opens_too(desk: Path) -> None:
    package, recovery = seal(desk)
    (result,) = seal_command.open_offline([package], [recovery], desk / "opened")
    assert result.opened
    assert result.opened.price_fen == 170_000_000


def test_one_that_cannot_be_opened_says_why_and_does_not_stop_the_others(desk: Path) -> None:
    (good, recovery), (waiting, _) = seal(desk), seal(desk, lot_number="01", price="1")
    (desk / "bad.sealed.json").write_text("{}")
    results = seal_command.open_offline([waiting, desk / "bad.sealed.json", good], [recovery], desk / "opened")
    assert [bool(r.folder) for r in results] == [False, False, True]
    assert "只有 0 份有效份额" in results[0].fault
    assert "不是密封的投标文件" in results[1].fault


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"lot_number": "9"}, "没有包“9”；有：01、02"),
        ({"price": "1.005"}, "小数太多"),
        ({"price": "1,800,000.01"}, "超过本包最高限价 1,800,000.00 元"),
        ({"price": "面议"}, "不是金额"),
        ({"statements": Statements(made=False, contact=MADE.contact)}, "尚未作出声明"),
        ({"statements": Statements(made=True)}, "联系人缺少姓名"),
        ({"technical_file": Path("none.txt")}, "不能读取文件“none.txt”"),
        ({"sheet_file": Path(__file__)}, "不是公约门户下载的投标数据表"),
    ],
)
def test_what_cannot_be_sealed_is_refused_and_leaves_no_file(desk: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(SealError) as error:
        seal(desk, **change)
    assert says in str(error.value)
    assert not (desk / "out").exists()


def test_nothing_is_overwritten(desk: Path) -> None:
    package, recovery = seal(desk)
    before = package.read_bytes(), recovery.read_bytes()
    with pytest.raises(SealError, match="已存在，不能覆盖"):
        seal(desk)
    assert (package.read_bytes(), recovery.read_bytes()) == before


def test_files_that_are_not_what_they_should_be_are_named(desk: Path) -> None:
    (desk / "latin.txt").write_bytes("服务".encode("gb18030"))
    (desk / "two.txt").write_text(f"{KEYS['KH1']}\n{KEYS['KH2']}")
    with pytest.raises(SealError, match=r"latin\.txt”不是 UTF-8 文字"):
        seal(desk, technical_file=desk / "latin.txt")
    package, _ = seal(desk)
    with pytest.raises(SealError, match=r"tech\.txt”不是密钥持有人的份额文件"):
        seal_command.open_offline([package], [desk / "tech.txt"], desk / "opened")
    with pytest.raises(SealError, match="应当恰有一个密钥"):
        seal_command.read_identity_file(desk / "two.txt")
