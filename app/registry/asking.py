"""What somebody may ask of the register's list: words, filters, order; read from an address and written back to one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from app.core import paging
from app.core.words import N_

LISTS = {"abnormal": "abnormal_list", "serious": "serious_list"}  # as an address says it → the kind of fact
Keyed = type[str] | type[int] | None


@dataclass(frozen=True)
class Sort:
    """An order: label, the column it goes by (None: the order of entry), the type of its key, which end is first."""

    label: str
    column: str | None = None
    keyed: Keyed = None
    down: bool = False


SORTS = {
    "entry": Sort(N_("录入先后")),
    "newest": Sort(N_("最近录入在前"), down=True),
    "name": Sort(N_("名称（拼音）"), "t.pinyin", str),
    "established": Sort(N_("成立日期，新的在前"), "o.established_on", str, down=True),
    "oldest": Sort(N_("成立日期，早的在前"), "o.established_on", str),
    "grade": Sort(N_("评估等级，高的在前"), "o.grade", int, down=True),
    "capital": Sort(N_("注册资金，多的在前"), "o.capital_fen", int, down=True),
}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for. *q*: words of the name, codes, pinyin initials; *place*: a division code; *standing*:
    on which list it stands today (`LISTS`); *field*: of work; *sort*: one of `SORTS`."""

    q: str = ""
    kind: str = ""
    state: str = ""
    place: str = ""
    grade: str = ""
    standing: str = ""
    field: str = ""
    sort: str = "entry"

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """From a page's address; what is not understood is left out."""
        given = {one.name: typed.get(one.name, "").replace("\x00", "").strip()[:100] for one in fields(cls)}
        place, grade, standing, sort = (given[name] for name in ("place", "grade", "standing", "sort"))
        return cls(
            **given
            | {
                "place": place if place.isascii() and place.isdecimal() and len(place) <= 15 else "",
                "grade": grade if grade in tuple("12345") else "",
                "standing": standing if standing in LISTS else "",
                "sort": sort if sort in SORTS else "entry",
            }
        )

    def args(self) -> dict[str, str]:
        """What of it stands in an address."""
        return {name: value for name, value in vars(self).items() if value and (name, value) != ("sort", "entry")}

    @property
    def order(self) -> Sort:
        """The order asked for."""
        return SORTS[self.sort]

    def cursor(self, text: str) -> paging.Cursor | None:
        """The place in this list that a cursor names. Raises BadCursor."""
        found = paging.read(text, self.sort, self.order.keyed)
        if found and self.order.column == "t.pinyin" and found.key is None:
            raise paging.BadCursor(paging.UNREADABLE, field="cursor")
        if found and found.key is not None and self.order.column == "o.established_on":
            _must_be_a_day(str(found.key))
        return found


def _must_be_a_day(key: str) -> None:
    try:
        date.fromisoformat(key)
    except ValueError as error:
        raise paging.BadCursor(paging.UNREADABLE, field="cursor") from error
