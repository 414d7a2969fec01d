"""The rulebook as data: every row, every norm, every rule that cites them, every text in two languages."""

import ast
import csv
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import app.rules.bidding
import app.rules.codes
import app.rules.contracting
import app.rules.credit
import app.rules.evaluating
import app.rules.judging
import app.rules.lint
import app.rules.marks
import app.rules.methods
import app.rules.organizations
import app.rules.paying
import app.rules.preparing
import app.rules.purchasing
import app.rules.tendering
from app.core.law import NORMS_FILE, ROWS_FILE, RULES, national_norms, row, rows
from app.rules.clocks import LINES
from tests.rules.tables import norms

FOLDER = Path(app.rules.__file__).parent
TEXTS = FOLDER.parent / "translations" / "en" / "rules.po"
COUNTS = {"A": 25, "B": 94, "C": 33, "D": 15, "E": 18, "F": 15}
MINE = (
    "bidding clocks contracting evaluating judging lint marks methods paying preparing purchasing tendering"
).split()


def test_every_letter_has_its_rows() -> None:
    found = {letter: sum(one.startswith(f"{letter}-") for one in rows()) for letter in COUNTS}
    assert found == COUNTS


@pytest.mark.parametrize("row_id", list(rows()))
def test_a_row_is_whole(row_id: str) -> None:
    one = row(row_id)
    assert re.fullmatch(r"[A-G]-\d{2,3}", one.id)
    assert one.text.endswith("。")
    assert one.text_en.endswith(".")
    assert one.instrument
    assert one.instrument_en
    assert one.confidence
    assert re.search(r"[\u4e00-\u9fff]", one.text)
    assert one.citation().count("《") == one.citation().count("》")


@pytest.mark.parametrize(
    ("row_id", "confirmed"),
    [("A-14", True), ("B-42", True), ("B-40", False), ("B-112", False), ("C-31", False), ("E-11", False)],
)
def test_what_is_not_confirmed_says_so(row_id: str, confirmed: bool) -> None:
    assert row(row_id).confirmed is confirmed


def test_a_citation_reads_as_law_is_cited() -> None:
    assert row("A-17").citation() == "《政府购买服务管理办法》第二十四条"
    assert row("B-42").citation() == "《中华人民共和国政府采购法》第三十五条"
    assert row("B-42").citation("en") == "Government Procurement Law, Art. 35"


@pytest.mark.parametrize("norm", national_norms(), ids=lambda norm: f"{norm.key}@{norm.jurisdiction}")
def test_a_norm_stands_on_a_row(norm: object) -> None:
    assert norm.rule in rows()
    assert re.fullmatch(r"\d{6}", norm.jurisdiction)
    assert norm.unit in (
        "d wd fen share people months years minutes hours seconds points percent count month day ratio".split()
    )
    assert norm.source
    if norm.unit == "share":
        assert 0 < norm.value < 1


def test_no_norm_stands_twice() -> None:
    with NORMS_FILE.open(encoding="utf-8") as file:
        keys = [(line["key"], line["jurisdiction"], line["valid_from"]) for line in csv.DictReader(file)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_cites_rows_of_the_book(name: str) -> None:
    assert set(RULES[name].rows) <= set(rows())
    assert RULES[name].__doc__


def test_every_finding_cites_a_row() -> None:
    cited = {
        text
        for file in FOLDER.glob("*.py")
        for text in re.findall(r'"([A-G]-\d{2,3})"', file.read_text(encoding="utf-8"))
    }
    assert len(cited) > 60
    assert cited <= set(rows())


def test_every_clock_has_its_norm_and_row() -> None:
    there = norms()
    assert [line.key for line in LINES if line.norm not in there or line.rule not in rows()] == []


def test_every_norm_the_rules_ask_for_is_there() -> None:
    there = norms()
    asked = {
        key
        for file in FOLDER.glob("*.py")
        for key in re.findall(r'norms(?:\.whole\(|\[)"([a-z_.]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(asked) > 30
    assert sorted(key for key in asked if key not in there) == []


def test_every_text_of_these_rules_is_in_english() -> None:
    with TEXTS.open("rb") as file:
        english = {message.id: message.string for message in read_po(file)}
    missing = [text for module in MINE for text in _marked(module) if not english.get(text)]
    assert missing == []


def test_english_keeps_every_place_to_fill() -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)s|%%", text))

    with TEXTS.open("rb") as file:
        wrong = [m.id for m in read_po(file) if m.id and places(m.id) != places(m.string)]
    assert wrong == []


def test_rows_file_is_plain_utf8() -> None:
    assert not ROWS_FILE.read_bytes().startswith(b"\xef\xbb\xbf")


def _marked(module: str) -> list[str]:
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [str(node.args[0].value) for node in calls if getattr(node.func, "id", "") == "N_"]
