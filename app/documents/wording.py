"""Wording: clauses and page filled with the facts, in a sandbox.

A clause says {buyer.name} or {price_fen|yuan}; a page says the same with two braces. Both see plain facts and the
filters of `filters.py` and nothing else. What is not among the facts fails the print: a contract with a hole is not
printed.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from jinja2 import DictLoader, StrictUndefined, Undefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from app.core import law
from app.core.words import N_
from app.documents.editions import Clause, Edition
from app.documents.facts import CannotPrint, Plain
from app.documents.filters import FILTERS

_FIGURES = "〇一二三四五六七八九十"
TO_BE_CONFIRMED = "（条文出处待核实）"


class Paragraph(NamedTuple):
    """One paragraph of a clause: its number (empty where the clause has but one) and its escaped text."""

    number: str
    text: Markup


class Spoken(NamedTuple):
    """A clause as it stands on the page."""

    number: int
    label: str
    heading: str
    paragraphs: list[Paragraph]
    table: str
    law: list[str]


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja that reads plain facts: `a.b` is the key b of a table and never a method of it, and escapes everything."""

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_printable, **options)
        self.filters = dict(FILTERS)
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def fill_page(edition: Edition, facts: Mapping[str, Plain], **paper: object) -> str:
    """The HTML of the document: page.html over the paper, with the clauses spoken. Raises `CannotPrint`."""
    try:
        clauses = speak(edition, facts)
        page = Sandbox(loader=DictLoader(edition.sources), trim_blocks=True, lstrip_blocks=True)
        return page.get_template("page.html").render({**facts, **paper, "clauses": clauses, "edition": edition})
    except CannotPrint:
        raise
    except (TemplateError, TypeError, ValueError, LookupError) as wrong:
        values = {"document": edition.document, "edition": edition.name, "wrong": str(wrong)}
        raise CannotPrint(N_("文书“%(document)s”%(edition)s版印不出来：%(wrong)s"), values) from wrong


def speak(edition: Edition, facts: Mapping[str, Plain]) -> list[Spoken]:
    """The clauses with their placeholders filled and the articles they quote. `facts` must carry `law`."""
    words = Sandbox(variable_start_string="{", variable_end_string="}")
    cited = facts["law"]
    assert isinstance(cited, Mapping)
    return [_spoken(edition, clause, words, facts, cited) for clause in edition.clauses]


def cited(edition: Edition) -> dict[str, Plain]:
    """Row → citation for every row the edition quotes, as the rulebook has it today.

    Kept among the facts, so that a later correction of the rulebook does not change what an old document says.
    """
    rows = {row_id: law.row(row_id) for row_id in edition.rules}
    return {row_id: row.citation() + ("" if row.confirmed else TO_BE_CONFIRMED) for row_id, row in rows.items()}


def _spoken(
    edition: Edition, clause: Clause, words: Sandbox, facts: Mapping[str, Plain], cited: Mapping[str, Plain]
) -> Spoken:
    # Split before filling: a line break inside a fact must not begin a paragraph with a number of its own.
    filled = (words.from_string(line).render(facts).strip() for line in clause.text.strip().splitlines())
    lines = [Markup(line) for line in filled if line]
    numbered = edition.numbering == "articles" and len(lines) > 1
    return Spoken(
        clause.number,
        f"第{in_words(clause.number)}条" if edition.numbering == "articles" else f"{in_words(clause.number)}、",
        clause.heading,
        [Paragraph(f"{clause.number}.{n}" if numbered else "", line) for n, line in enumerate(lines, start=1)],
        clause.table,
        list(dict.fromkeys(str(cited[row]) for row in clause.rule)),
    )


def in_words(number: int) -> str:
    """1…99 in Chinese figures: 3 → 三, 21 → 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _FIGURES[tens] + "十") + (_FIGURES[ones] if ones else "")


def _printable(value: object) -> object:
    """What may stand on the page as it is; a yes/no, a list or a nothing was meant to go through a filter or an if."""
    if isinstance(value, Undefined) or (isinstance(value, str | int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"{type(value).__name__} cannot be printed as it is")
