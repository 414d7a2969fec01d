"""Values are shown as people write them, in the reader's language; drawings are sums without surprises."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.core import drawing, languages, showing
from app.core.chrome import safe_back
from app.core.law import Finding
from app.core.money import yuan

MORNING = datetime(2026, 4, 14, 17, 30, tzinfo=UTC)


@pytest.fixture(params=["zh", "en"])
def reader(request: pytest.FixtureRequest) -> Iterator[str]:
    """A reader of each language."""
    app = Flask(__name__)
    languages.init_languages(app)
    with app.test_request_context(headers={"Cookie": f"lang={request.param}"}):
        yield request.param


def test_a_moment_is_shown_on_its_beijing_day(reader: str) -> None:
    shown = {"zh": "2026年4月15日 01:30", "en": "15 April 2026, 01:30"}
    assert showing.moment(MORNING) == shown[reader]
    assert showing.when(MORNING) == shown[reader]
    assert (
        showing.day(MORNING)
        == showing.when(date(2026, 4, 15))
        == {"zh": "2026年4月15日", "en": "15 April 2026"}[reader]
    )


def test_a_moment_without_a_zone_is_a_mistake(reader: str) -> None:
    with pytest.raises(ValueError, match="aware"):
        showing.moment(datetime(2026, 4, 15))


def test_nothing_is_shown_as_nothing(reader: str) -> None:
    assert (showing.yuan(None), showing.day(None), showing.moment(None), showing.centi(None)) == ("", "", "", "")


def test_a_finding_tells_its_values_as_people_write_them(reader: str) -> None:
    values = {"most_fen": 123450, "score_centi": 9250, "until": date(2026, 5, 1), "at": MORNING, "n": 3, "who": "张三"}
    text = "%(most_fen)s|%(score_centi)s|%(until)s|%(n)s|%(who)s"
    told = showing.told(Finding("B-42", text, values))
    assert told == f"1,234.50|92.5|{showing.day(date(2026, 5, 1))}|3|张三"


def test_a_text_without_values_may_hold_a_percent_sign(reader: str) -> None:
    assert showing.told(Finding("", "不低于 30%")) == "不低于 30%"


def test_a_refusal_without_a_rule_has_no_row(reader: str) -> None:
    assert showing.row_of("") is None
    assert showing.row_of("Z-999") is None
    assert showing.citation(showing.row_of("B-42")) == {
        "zh": "《中华人民共和国政府采购法》第三十五条", "en": "Government Procurement Law, Art. 35"
    }[reader]  # fmt: skip


@pytest.mark.parametrize(("count", "shown"), [(0, "0.1 KB"), (1023, "0.9 KB"), (1258291, "1.1 MB")])
def test_a_file_size(count: int, shown: str) -> None:
    assert showing.size(count) == shown


def test_a_language_that_is_not_ours_is_chinese() -> None:
    with Flask(__name__).test_request_context(headers={"Cookie": "lang=../../etc"}):
        assert languages.chosen_language() == "zh"


def test_the_catalogue_is_made_again_when_a_file_is_newer(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    source = folder / "one.po"
    source.write_text('msgid "甲"\nmsgstr "First"\n', encoding="utf-8")
    compiled = languages.compile_english(tmp_path)
    before = compiled.read_bytes()
    source.write_text('msgid "甲"\nmsgstr "Second"\n', encoding="utf-8")
    later = compiled.stat().st_mtime_ns + 10**9
    os.utime(source, ns=(later, later))
    assert languages.compile_english(tmp_path).read_bytes() != before


def test_two_files_that_translate_a_text_differently_are_found(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for name, english in (("a", "Item"), ("b", "Project")):
        (tmp_path / "en" / f"{name}.po").write_text(f'msgid "项目"\nmsgstr "{english}"\n', encoding="utf-8")
    assert languages.clashing(tmp_path) == ["项目"]
    assert languages.english(tmp_path)["项目"].string == "Item"


def test_the_texts_of_layout_parts_and_forms_have_their_english() -> None:
    ours = (
        "templates/_",
        "app/core/fields",
        "app/core/forms",
        "app/core/validators",
        "app/core/widgets",
        "app/core/typed",
    )
    assert [text for text in languages.missing_in_english() if text.startswith(ours)] == []
    assert sum(at.startswith("templates/_parts") for _, at in languages.marked()) > 40


def test_chinese_outside_of_a_translation_mark_is_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{# 说明 #}<p>{{ _('标记') }}</p><p>漏掉</p>", encoding="utf-8")
    assert languages.bare_chinese(tmp_path) == ["page.html 漏掉"]


@pytest.mark.parametrize(
    "target", [None, "", "https://a.example", "//a.example", "/\\a.example", "/a\nb", "javascript:x"]
)
def test_nobody_is_sent_elsewhere(target: str | None) -> None:
    assert safe_back(target) == "/"


def test_one_is_sent_back_within_the_site() -> None:
    assert safe_back("/tenders?after=3") == "/tenders?after=3"


@given(st.lists(st.integers(0, 10**13), min_size=1, max_size=8))
def test_stacked_bars_meet_and_fill_the_frame(amounts: list[int]) -> None:
    bars = drawing.stacked([(str(i), amount) for i, amount in enumerate(amounts)])
    ends = [_hundredths(b.x) + _hundredths(b.width) for b in bars]
    assert [_hundredths(b.x) for b in bars] == [0, *ends[:-1]]
    assert ends[-1] == (drawing.FULL if sum(amounts) else 0)


@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_a_bar_never_leaves_its_frame(part: int, whole: int) -> None:
    assert 0 <= _hundredths(drawing.bar("", part, whole).width) <= drawing.FULL


def test_the_flow_of_a_budget_line_is_measured_by_what_is_appropriated() -> None:
    line = {"appropriated_fen": 200, "committed_fen": 150, "accrued_fen": 100, "paid_fen": 1}
    assert [(b.label, b.share) for b in drawing.flow(line)] == [
        ("appropriated", "100.0%"), ("committed", "75.0%"), ("accrued", "50.0%"), ("paid", "0.5%"),
    ]  # fmt: skip


def test_yuan_is_moneys_own() -> None:
    assert showing.yuan(123450) == yuan(123450) == "1,234.50"


def _hundredths(length: str) -> int:
    whole, part = length.removesuffix("%").split(".") if "." in length else (length.removesuffix("%"), "00")
    return int(whole) * 100 + int(part)
