"""Pages by key: a cursor says after (or before) which record a page begins, so that depth costs nothing.

A cursor is opaque to whoever holds it. It carries the sort it belongs to, the direction, and key and id of one
record; it opens nothing that the same list without it would not show.
"""

import base64
import json
from dataclasses import dataclass

from app.core.errors import Refused
from app.core.words import N_

Key = str | int | None
OTHER_SORT = N_("翻页标记属于另一种排序，请从第一页开始。")
UNREADABLE = N_("翻页标记不能识别，请从第一页开始。")


class BadCursor(Refused):
    """A cursor that this portal did not make, or made for another list (400)."""

    status = 400


@dataclass(frozen=True)
class Cursor:
    """A place in a sorted list: beyond the record with this key and id, or (*back*) before it."""

    sort: str
    key: Key
    id: int
    back: bool = False

    def __str__(self) -> str:
        plain = json.dumps([self.sort, int(self.back), self.key, self.id], separators=(",", ":"), ensure_ascii=False)
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read(cursor: str, sort: str, kind: type[str] | type[int] | None) -> Cursor | None:
    """The cursor that stands in an address, None for an empty one; *kind* is the type of the sort's key.

    Raises BadCursor for what is none, or belongs to another sort.
    """
    if not cursor:
        return None
    try:
        of, back, key, record = json.loads(base64.urlsafe_b64decode(cursor[:2000] + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError) as error:
        raise BadCursor(UNREADABLE, field="cursor") from error
    if not _is_whole(record) or back not in (0, 1) or isinstance(of, bool) or not _fits(key, kind):
        raise BadCursor(UNREADABLE, field="cursor")
    if of != sort:
        raise BadCursor(OTHER_SORT, field="cursor")
    return Cursor(of, key, record, bool(back))


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 1 << 40


def _fits(key: object, kind: type[str] | type[int] | None) -> bool:
    if key is None or kind is None:
        return key is None
    if kind is int:
        return isinstance(key, int) and not isinstance(key, bool) and abs(key) < 1 << 62
    return isinstance(key, str) and "\x00" not in key and key.isprintable()
