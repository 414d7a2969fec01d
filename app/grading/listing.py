"""The public list of grades: filtered, a page at a time by key, or whole as CSV and JSON."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, stream_with_context, url_for
from sqlalchemy import Row, select

from app.accounts.models import Body
from app.core.db import db
from app.core.showing import t
from app.core.words import N_
from app.grading.grade_models import Grade
from app.registry.exports import BOM, safe
from app.registry.models import KINDS, Organization

PAGE = 50
SHOWN = (
    Grade.id, Grade.public_id, Body.name, Body.credit_code, Grade.kind, Grade.grade, Grade.since, Grade.until,
    Grade.number, Organization.registrar, Grade.place, Organization.public_id.label("organization"),
)  # fmt: skip
COLUMNS = {
    "name": N_("名称"),
    "credit_code": N_("统一社会信用代码"),
    "kind": N_("类型"),
    "grade": N_("评估等级"),
    "since": N_("有效期起"),
    "until": N_("有效期至"),
    "number": N_("证书编号"),
    "registrar": N_("登记管理机关"),
    "place": N_("地区代码"),
}
Found = Row[Any]


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: a grade, a kind, a place (a division code); what is not understood is left out."""

    grade: str = ""
    kind: str = ""
    place: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """From a page's address."""
        place, grade, kind = (typed.get(name, "").strip() for name in ("place", "grade", "kind"))
        return cls(
            grade if grade in tuple("12345") else "",
            kind if kind in KINDS else "",
            place if place.isdecimal() and len(place) <= 15 else "",
        )

    def args(self) -> dict[str, str]:
        """What of it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}


def page_of(asked: Asked, after: int = 0, most: int = PAGE) -> tuple[list[Found], int | None]:
    """Valid grades beyond key *after*, and from which key on the next page begins."""
    query = _filtered(asked).where(Grade.id > after).limit(most + 1)
    found = list(db.session.execute(query).all())
    return found[:most], found[most - 1].id if len(found) > most else None


def as_json(asked: Asked) -> Response:
    """Every grade that was asked for, as one JSON document."""
    return _streamed(_json(asked), "grades.json", "application/json")


def as_csv(asked: Asked) -> Response:
    """The same as a sheet."""
    return _streamed(_csv(asked), "grades.csv", "text/csv")


def line_of(row: Found) -> dict[str, object]:
    """One grade as the JSON gives it."""
    plain = {name: getattr(row, name) for name in COLUMNS}
    plain |= {"since": row.since.isoformat(), "until": row.until.isoformat()}
    return {"id": row.public_id, "url": url_for("grading.grade", id=row.public_id), **plain}


def _all(asked: Asked) -> Iterator[Found]:
    after: int | None = 0
    while after is not None:
        found, after = page_of(asked, after, 1000)
        yield from found


def _json(asked: Asked) -> Iterator[str]:
    yield '{"grades": ['
    for number, row in enumerate(_all(asked)):
        yield (",\n" if number else "\n") + json.dumps(line_of(row), ensure_ascii=False)
    yield "\n]}\n"


def _csv(asked: Asked) -> Iterator[str]:
    yield BOM + _line([t(label) for label in COLUMNS.values()])
    for row in _all(asked):
        values = {**line_of(row), "kind": t(KINDS[row.kind]), "grade": f"{row.grade}A"}
        yield _line([safe(values[name]) for name in COLUMNS])


def _line(cells: list[object]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue()


def _filtered(asked: Asked) -> Any:
    query: Any = select(*SHOWN).join(Body, Body.id == Grade.body_id)
    query = query.join(Organization, Organization.id == Grade.organization_id).where(Grade.state == "valid")
    if asked.grade:
        query = query.where(Grade.grade == int(asked.grade))
    if asked.kind:
        query = query.where(Grade.kind == asked.kind)
    if inside := asked.place.rstrip("0") if len(asked.place) == 6 else asked.place:
        query = query.where(Grade.place >= inside, Grade.place < inside + ":")
    return query.order_by(Grade.id)


def _streamed(parts: Iterator[str], name: str, media: str) -> Response:
    answer = Response(stream_with_context(parts), content_type=f"{media}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment" if media == "text/csv" else "inline", filename=name)
    return answer
