"""Facts: the plain values a document is printed from, kept with it and attached to it as facts.json.

Only text, whole numbers, yes/no, days, moments, and lists and tables of those. Money is whole fen, marks whole
hundredths: a float is refused, because 0.1 + 0.2 has no place on a contract.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NoReturn, TypeAlias

from app.core.errors import Invalid
from app.core.words import N_

Plain: TypeAlias = "str | int | list[Plain] | dict[str, Plain]"  # bool is an int

MOST_VALUES = 5_000  # a seven-member committee over thirty bids needs 1,500; this many are set in some ten seconds
MOST_ROWS = 400  # of one list: some 15 pages
LONGEST_TEXT = 10_000  # characters of one value: some eight pages
DEEPEST = 8
_NAME = re.compile(r"[^\W\d][\w-]*")  # as placeholders can say it; B-58 among the articles
# A reader must see what is signed: nothing that reorders, hides or breaks the line (Cc, Cf, Cs, Co, Zl, Zp).
# Cn stays: Python's tables are older than the newest hanzi, and a glyph nobody has is refused when it is set.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class CannotPrint(Invalid):
    """The document cannot be printed from these facts: `text` says what is wrong, `field` where."""


def plain(facts: Mapping[str, object]) -> dict[str, Plain]:
    """The facts as they are kept: days and moments as ISO text, moments in UTC.

    Taking facts that are plain already changes nothing, so a kept facts.json prints the same document again.
    Raises `CannotPrint`, naming the place, for any other value, for text with characters nobody sees, and for more
    than a document can hold.
    """
    counted = _Counter()
    return {str(_key(key, "")): _plain(value, str(key), counted, 1) for key, value in facts.items()}


def as_json(facts: Mapping[str, Plain]) -> str:
    """The one JSON text of plain facts: keys sorted, so that equal facts have equal fingerprints."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def fingerprint(facts_json: str) -> str:
    """SHA-256 of the facts.json that is attached: `sha256sum facts.json` gives the number in the footer."""
    return hashlib.sha256(facts_json.encode()).hexdigest()


class _Counter:
    """How many values were seen, so that a list of lists cannot be made to grow without end."""

    seen = 0

    def one_more(self, place: str) -> None:
        self.seen += 1
        if self.seen > MOST_VALUES:
            _refuse(N_("一份文书最多放 %(most)s 项数据，请分成几份"), place, most=MOST_VALUES)


def _plain(value: object, place: str, counted: _Counter, depth: int) -> Plain:
    counted.one_more(place)
    if depth > DEEPEST:
        _refuse(N_("“%(place)s”套得太深"), place)
    match value:
        case str():
            return _text(value, place)
        case int():  # and bool
            return value
        case datetime() | date():
            return _time(value, place)
        case Mapping():
            return {_key(k, place): _plain(v, f"{place}.{k}", counted, depth + 1) for k, v in value.items()}
        case Sequence() if not isinstance(value, bytes | bytearray):
            return _rows(value, place, counted, depth)
    _refuse(N_("“%(place)s”不是可以印在文书上的数据（%(kind)s）"), place, kind=type(value).__name__)


def _rows(rows: Sequence[object], place: str, counted: _Counter, depth: int) -> list[Plain]:
    if len(rows) > MOST_ROWS:
        _refuse(N_("“%(place)s”有 %(rows)s 行，一张表最多 %(most)s 行"), place, rows=len(rows), most=MOST_ROWS)
    return [_plain(row, f"{place}.{number}", counted, depth + 1) for number, row in enumerate(rows, start=1)]


def _text(text: str, place: str) -> str:
    text = text.replace("\r\n", "\n").replace("\t", " ")  # as browsers send a text area
    if len(text) > LONGEST_TEXT:
        _refuse(N_("“%(place)s”超过 %(most)s 个字"), place, most=LONGEST_TEXT)
    for sign in text:
        if sign != "\n" and unicodedata.category(sign) in _UNSEEN:
            _refuse(N_("“%(place)s”含有看不见的字符 %(code)s，请删去"), place, code=f"U+{ord(sign):04X}")
    return text


def _time(when: date, place: str) -> str:
    if not isinstance(when, datetime):
        return when.isoformat()
    if when.tzinfo is None:
        _refuse(N_("“%(place)s”的时间没有时区"), place)
    return when.astimezone(UTC).isoformat()


def _key(key: object, place: str) -> str:
    if not isinstance(key, str) or not _NAME.fullmatch(key):
        _refuse(N_("“%(place)s”的名称不能用在文书里"), f"{place}.{key}")
    return key


def _refuse(text: str, place: str, **values: object) -> NoReturn:
    raise CannotPrint(text, {"place": place, **values}, field=place)
