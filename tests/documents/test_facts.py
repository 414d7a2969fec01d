"""Facts: plain values only, one text for equal facts, and a refusal that names the place."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import facts
from app.documents.facts import CannotPrint

BEIJING = timezone(timedelta(hours=8))


def test_days_and_moments_become_iso_text_and_moments_are_in_utc():
    kept = facts.plain({"on": date(2026, 4, 15), "at": datetime(2026, 5, 12, 10, 0, tzinfo=BEIJING), "yes": True})
    assert kept == {"on": "2026-04-15", "at": "2026-05-12T02:00:00+00:00", "yes": True}


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (1.5, "x"),
        (Decimal("1.50"), "x"),
        (None, "x"),
        (b"bytes", "x"),
        ({1, 2}, "x"),
        (object(), "x"),
        (datetime(2026, 1, 1), "x"),
        ({"deep": [1, 2.0]}, "x.deep.2"),
        ({"a key": 1}, "x.a key"),
        ({3: 1}, "x.3"),
        ("zero\x00byte", "x"),
        ("甲\u202e方", "x"),  # turns the reading direction: what is seen is not what is signed
        ("零\u200b宽", "x"),
        ("\ue000", "x"),  # private use: another sign in every font
        ("\ud800", "x"),
        ("长" * (facts.LONGEST_TEXT + 1), "x"),
        ([0] * (facts.MOST_ROWS + 1), "x"),
    ],
)
def test_anything_else_is_refused_by_its_place(value, place):
    with pytest.raises(CannotPrint) as refused:
        facts.plain({"x": value})
    assert refused.value.field == place


def test_a_nest_without_end_is_refused():
    nest: list[object] = []
    nest.append(nest)
    with pytest.raises(CannotPrint):
        facts.plain({"x": nest})


def test_more_values_than_a_document_holds_are_refused():
    with pytest.raises(CannotPrint):
        facts.plain({f"x{n}": [{"a": 1, "b": 2}] * facts.MOST_ROWS for n in range(5)})


def test_a_text_area_is_taken_as_browsers_send_it():
    assert facts.plain({"x": "一\r\n二\t三"}) == {"x": "一\n二 三"}


def test_equal_facts_have_one_text_and_one_fingerprint():
    one = facts.as_json(facts.plain({"b": 1, "a": {"d": "乙", "c": [1, 2]}}))
    other = facts.as_json(facts.plain({"a": {"c": (1, 2), "d": "乙"}, "b": 1}))
    assert one == other
    assert facts.fingerprint(one) == facts.fingerprint(other)


names = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
values = st.one_of(
    st.integers(), st.booleans(), st.dates(), st.datetimes(timezones=st.just(UTC)), st.text("甲乙 ab\n<&", max_size=20)
)


def _nested(inner):
    return st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)


nests = st.recursive(values, _nested, max_leaves=8)


@given(st.dictionaries(names, nests, max_size=4))
def test_kept_facts_are_plain_again(given_facts):
    try:
        kept = facts.plain(given_facts)
    except CannotPrint:
        return  # nested deeper than paper goes
    text = facts.as_json(kept)
    assert facts.as_json(facts.plain(json.loads(text))) == text
