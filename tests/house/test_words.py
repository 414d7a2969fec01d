"""Every word a person reads is there in both languages."""

from app.core import languages


def test_nothing_lacks_its_english() -> None:
    assert languages.missing_in_english() == []


def test_no_text_has_two_translations() -> None:
    assert languages.clashing() == []


def test_no_template_says_chinese_outside_of_translation() -> None:
    assert languages.bare_chinese() == []
