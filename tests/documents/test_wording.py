"""Wording: filters, placeholders that must be there, a sandbox that reads nothing but facts."""

import dataclasses

import pytest

from app.documents import editions, wording
from app.documents.editions import Clause
from app.documents.facts import CannotPrint, plain

RECEIPT = editions.load("bid_receipt", "2026-01")


def page_of(page, facts, *clauses):
    """The HTML of a page of one's own, over given clauses."""
    edition = dataclasses.replace(RECEIPT, numbering="articles", clauses=clauses, sources={"page.html": page})
    return wording.fill_page(edition, {"law": wording.cited(edition), **plain(facts)})


def clause_of(text, facts):
    """The paragraphs of one clause."""
    edition = dataclasses.replace(RECEIPT, numbering="articles", clauses=(Clause(1, "条", text),))
    return [str(p.text) for p in wording.speak(edition, {"law": {}, **plain(facts)})[0].paragraphs]


@pytest.mark.parametrize(
    ("written", "value", "shown"),
    [
        ("{x|yuan}", 123456789, "1,234,567.89"),
        ("{x|capitals}", 600714, "人民币陆仟零柒元壹角肆分"),
        ("{x|day}", "2026-04-05", "2026年4月5日"),
        ("{x|moment}", "2026-05-12T02:00:00+00:00", "2026年5月12日10:00"),
        ("{x|moment}", "2026-05-11T16:00:01+00:00", "2026年5月12日00:00:01"),
        ("{x|when}", "2026-04-05", "2026年4月5日"),
        ("{x|when}", "2026-05-12T02:00:00+00:00", "2026年5月12日10:00"),
        ("{x|centi}", 9041, "90.41"),
        ("{x|centi}", -5, "-0.05"),
        ("{x|percent}", 5000, "50%"),
        ("{x|percent}", 3333, "33.33%"),
        ("{x|percent}", 10000, "100%"),
        ("{x|percent}", 0, "0%"),
        ("{x|count}", 2400, "2,400"),
        ("{x|or_none}", "", "无"),
        ("{x|short}", "3f0a91c2d4e5f60718", "3f0a 91c2 d4e5 f607"),
        ("{x}", "<img src=http://x/>&", "&lt;img src=http://x/&gt;&amp;"),
        ("{x}", "{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
    ],
)
def test_how_a_fact_is_shown(written, value, shown):
    assert clause_of(written, {"x": value}) == [shown]


@pytest.mark.parametrize(
    "written",
    [
        "{missing}",
        "{x.missing}",
        "{x.items}",  # a method of a table is no fact
        "{x.__class__}",
        "{x['__class__']}",
        "{x.name.__class__}",
        "{yes}",  # a yes/no belongs in an if
        "{list}",
        "{x}",
        "{x.name|yuan}",
        "{x.name|day}",
        "{x.name|no_such_filter}",
        "{range(9)}",
        "{lipsum}",
        "{% if missing %}一{% endif %}",
        "{% for a in x.missing %}一{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{x.name",
    ],
)
def test_what_is_no_fact_fails_the_print(written):
    with pytest.raises(CannotPrint):
        page_of(
            "{% for c in clauses %}{{ c.paragraphs[0].text }}{% endfor %}",
            {"x": {"name": "甲"}, "yes": True, "list": [1]},
            Clause(1, "条", written),
        )


def test_a_fact_named_like_a_method_is_the_fact():
    assert clause_of("{x.items} {x.values}", {"x": {"items": "件", "values": "值"}}) == ["件 值"]


def test_facts_nobody_uses_do_no_harm():
    assert clause_of("{x}", {"x": "甲", "unused": 1}) == ["甲"]


def test_a_line_break_in_a_fact_begins_no_paragraph():
    assert len(clause_of("一{x}\n二", {"x": "甲\n1.3　假条款"})) == 2


def test_a_paragraph_that_does_not_apply_is_left_out_and_not_numbered():
    spoken = clause_of("一\n{% if x %}二{% endif %}\n三", {"x": False})
    assert spoken == ["一", "三"]


def test_an_unconfirmed_article_says_so():
    edition = editions.load("service_agreement", "2026-01")
    said = wording.cited(edition)
    assert said["A-16"] == "《政府购买服务管理办法》第二十三条"
    assert said["B-68"].endswith(wording.TO_BE_CONFIRMED)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (22, "二十二"), (99, "九十九")]
)
def test_numbers_of_articles(number, words):
    assert wording.in_words(number) == words
