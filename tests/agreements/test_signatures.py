"""What is handed in as signed and is not: tampered, a stranger's, another party's, under a foreign root."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.agreements import trust
from app.agreements.models import Agreement
from app.core import clock, log
from app.core.errors import Invalid, NotAllowed
from app.documents.checking import BROKEN, UNKNOWN_ISSUER
from tests.agreements import world
from tests.conftest import Hands, turn
from tests.plans.world import who

Make = Callable[[Agreement, Path], bytes]


def _other_document(agreement: Agreement, folder: Path) -> bytes:
    """The printed contract with one byte changed (of a comment, so that it still opens), then honestly signed."""
    printed = bytearray(agreement.file.bytes)
    printed[printed.index(b"\n%") + 2] ^= 1
    return world.signed_by(agreement, "supplier", paper=bytes(printed))


def _altered_after(agreement: Agreement, folder: Path) -> bytes:
    """Signed, and then the second of the signing changed: part of what was signed."""
    signed = bytearray(world.signed_by(agreement, "supplier"))
    signed[signed.index(b"Z)\n/Reason", len(agreement.file.bytes)) - 1] ^= 1
    return bytes(signed)


def _foreign_root(agreement: Agreement, folder: Path) -> bytes:
    key = world.certificate(who("jia"), folder / "elsewhere")
    return world.signed_by(agreement, "supplier", key=key)


REFUSED: dict[str, tuple[Make, str]] = {
    "not a pdf": (lambda a, f: b"PK\x03\x04 not a pdf", "不是平台印制的这份合同"),
    "another document": (_other_document, "不是平台印制的这份合同"),
    "nothing signed": (lambda a, f: a.file.bytes, "没有新的签名"),
    "altered after": (_altered_after, BROKEN[:12]),
    "foreign root": (_foreign_root, UNKNOWN_ISSUER[:12]),
    "the buyer's certificate": (
        lambda a, f: world.signed_by(a, "supplier", key=world.certificate(who("leader"))), "签名证书的单位是",
    ),
    "the wrong field": (lambda a, f: world.signed_by(a, "supplier", field="甲方"), "签名在“甲方”处"),
    "both fields": (
        lambda a, f: world.signed_by(a, "buyer", paper=world.signed_by(a, "supplier")), "新加了 2 个签名",
    ),
    "signed long ago": (
        lambda a, f: world.signed_by(
            a, "supplier", key=world.certificate(who("jia")), at=clock.now() + timedelta(days=3)
        ), "请校准电脑时间",
    ),
}  # fmt: skip


def test_what_is_not_that_partys_signature_is_refused(sqlite_app: Flask, hands: Hands, tmp_path: Path) -> None:
    agreement = world.drawn_up(hands)
    world.certificate(who("jia"))
    for what, (make, why) in REFUSED.items():
        with pytest.raises(Invalid) as refused:
            world.hand_in(agreement, "supplier", make(agreement, tmp_path))
        assert why in str(refused.value), what
        assert (agreement.state, agreement.signatures) == ("drawn_up", []), what


def test_a_certificate_is_given_out_and_its_key_kept_nowhere(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    before = {path: path.read_bytes() for path in (Path(sqlite_app.config["HOME"]) / "authority").glob("*")}
    world.certificate(who("leader"))
    with turn(who("jia")):
        issued = trust.issue_certificate(who("jia"), "geheim12")
    world.hand_in(agreement, "supplier", world.signed_by(agreement, "supplier", key=issued))
    assert agreement.state == "half_signed"
    folder = Path(sqlite_app.config["HOME"]) / "authority"
    assert {p.name for p in folder.glob("*")} == {"root.pem", "issuing.pem", "issuing.key"}
    assert all(path.read_bytes() == kept for path, kept in before.items())
    issue = next(e for e in log.since(0, 10_000) if e.action == "certificate.issue")
    assert (issue.actor, "geheim12" in issue.values) == (who("jia").public_id, False)


def test_production_gives_no_certificates_and_trusts_only_its_own_roots(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    signed = world.signed_by(agreement, "supplier")
    home = Path(sqlite_app.config["HOME"])
    sqlite_app.config["PRODUCTION"] = True
    with pytest.raises(NotAllowed), turn(who("jia")):
        trust.issue_certificate(who("jia"), "geheim12")
    with pytest.raises(Invalid, match="还没有配置受信任"):
        world.hand_in(agreement, "supplier", signed)
    (home / "trusted-roots").mkdir()
    (home / "trusted-roots" / "licensed.pem").write_bytes((home / "authority" / "root.pem").read_bytes())
    world.hand_in(agreement, "supplier", signed)
    assert agreement.state == "half_signed"
