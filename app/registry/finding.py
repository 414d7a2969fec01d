"""The list's question as one statement of SQL, written so that both databases read little more than the page.

A question is answered from its narrowest end: the few records of a place, of a list or of a word are read and sorted;
where nothing is narrow the records are read in the order asked for until the page is full. Everything is checked on
every record whichever way it was come by, so the way never changes the answer.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from app.core import clock, search
from app.registry.asking import LISTS, Asked

FEW, SOME = 5_000, 50_000  # so many are read and sorted; places are told apart in the index alone, so more of them
OF_PLACE = "SELECT p.id FROM organization p WHERE p.place >= :place AND p.place < :place_end"
ON_LIST = "f.kind = :list AND f.since <= :today AND (f.until IS NULL OR f.until >= :today)"
OF_LIST = (
    "SELECT DISTINCT s.id FROM standing_fact f CROSS JOIN organization s WHERE s.body_id = f.body_id AND " + ON_LIST
)
STANDS = f"EXISTS (SELECT 1 FROM standing_fact f WHERE f.body_id = o.body_id AND {ON_LIST})"
WORKS = "EXISTS (SELECT 1 FROM search_text w WHERE w.id = o.id + :field_base AND {check})"


@dataclass
class Plan:
    """A question on its way to SQL: what is checked, the narrow ends it could be answered from, the values of all."""

    sqlite: bool
    checks: list[str] = field(default_factory=list)
    ends: dict[str, tuple[str, int]] = field(default_factory=dict)  # name → ids, and how many may be sorted
    values: dict[str, Any] = field(default_factory=dict)
    words: bool = False

    def unless_index(self, column: str) -> str:
        """A column whose index is not to be used; PostgreSQL knows by itself."""
        return f"+{column}" if self.sqlite else column


def plan(connection: Connection, asked: Asked) -> Plan:
    """What *asked* means on this database, before it is known from which end it is answered."""
    made = Plan(connection.dialect.name == "sqlite")
    _words(made, connection, asked)
    _place(made, asked)
    _standing(made, asked)
    _field(made, connection, asked)
    for column in ("kind", "state", "grade"):
        if value := getattr(asked, column):
            made.checks.append(f"{made.unless_index(f'o.{column}')} = :{column}")
            made.values[column] = int(value) if column == "grade" else value
    return made


def narrowest(connection: Connection, made: Plan, streams: bool) -> str:
    """The end with the fewest records, or none; words may be streamed in the order of entry however many they are."""
    if streams and set(made.ends) <= {"words"}:
        return "words" if made.ends else ""
    sizes = {name: _size(connection, made, name) for name in made.ends}
    few = [name for name in sizes if sizes[name] <= made.ends[name][1]]
    if few:
        return min(few, key=lambda name: sizes[name])
    return "words" if streams and made.words else ""


def source(made: Plan, end: str, by_name: bool) -> tuple[str, list[str]]:
    """FROM and the conditions of its joins. CROSS JOIN tells SQLite the order; to PostgreSQL it is any join."""
    tables, joins = "organization o CROSS JOIN body b", ["b.id = o.body_id"]
    if end == "words":
        joins = ["t.id = d.id", "o.id = t.id - :base", *joins]
        return f"({made.ends[end][0]}) d CROSS JOIN search_text t CROSS JOIN {tables}", joins
    if by_name and not end:
        key = made.unless_index("t.id")
        joins = [f"{key} > :base", f"{key} < :base_end", "o.id = t.id - :base", *joins]
        return f"search_text t CROSS JOIN {tables}", joins
    if end:
        joins = [f"o.id = d.id{' - :field_base' if end == 'field' else ''}", *joins]
        tables = f"({made.ends[end][0]}) d CROSS JOIN {tables}"
    if made.words or by_name:
        tables, joins = f"{tables} CROSS JOIN search_text t", [*joins, "t.id = o.id + :base"]
    return tables, joins


@cache
def statement(sql: str) -> TextClause:
    """The same statement object for the same SQL, so that SQLAlchemy need not look at it again."""
    return text(sql)


def _words(made: Plan, connection: Connection, asked: Asked) -> None:
    base = search.base_of("organization")
    made.values |= {"base": base, "base_end": base + search.SPAN}
    if looked := search.look(connection, "organization", asked.q):
        made.words = True
        made.checks.append(looked.check)
        made.values |= looked.values
        made.ends["words"] = (looked.candidates, FEW)


def _place(made: Plan, asked: Asked) -> None:
    if inside := asked.place.rstrip("0") if len(asked.place) == 6 else asked.place:
        place = made.unless_index("o.place")
        made.checks.append(f"{place} >= :place AND {place} < :place_end")
        made.values |= {"place": inside, "place_end": inside + ":"}
        made.ends["place"] = (OF_PLACE, SOME)


def _standing(made: Plan, asked: Asked) -> None:
    if asked.standing:
        made.checks.append(STANDS)
        day = clock.today()
        made.values |= {"list": LISTS[asked.standing], "today": day.isoformat() if made.sqlite else day}
        made.ends["standing"] = (OF_LIST, SOME)


def _field(made: Plan, connection: Connection, asked: Asked) -> None:
    if looked := search.look(connection, "field", asked.field, "w"):
        made.checks.append(WORKS.format(check=looked.check))
        made.values |= {**looked.values, "field_base": search.base_of("field")}
        made.ends["field"] = (looked.candidates, FEW)


def _size(connection: Connection, made: Plan, end: str) -> int:
    ids, most = made.ends[end]
    counted = statement(f"SELECT count(*) FROM (SELECT d.id FROM ({ids}) d LIMIT {most + 1}) few")
    return int(connection.execute(counted, made.values).scalar_one())
