"""The public list of letters: filtered, counted, a page at a time by key, or whole as JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, stream_with_context, url_for
from sqlalchemy import func, select

from app.accounts.models import Body
from app.complaints.models import KINDS, SUBJECTS, TOPICS, Complaint
from app.core import clock
from app.core.db import db
from app.core.showing import t
from app.core.words import N_
from app.registry.exports import BOM, safe

PAGE, MOST = 50, 1000
STATES = Complaint.lifecycle.states
COLUMNS = {  # name in the JSON and CSV → heading
    "number": N_("编号"),
    "kind": N_("类别"),
    "topic": N_("主题"),
    "title": N_("标题"),
    "about_kind": N_("涉及的类别"),
    "about": N_("涉及的对象"),
    "body": N_("答复单位"),
    "state": N_("状态"),
    "received_on": N_("收到日期"),
    "due_on": N_("答复期限"),
    "answered_on": N_("答复日期"),
    "overdue": N_("逾期"),
    "satisfied": N_("来信人评价"),
    "url": N_("网址"),
}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; `body` is the public id of who answers, `about` of what it is about."""

    q: str = ""
    kind: str = ""
    topic: str = ""
    state: str = ""
    body: str = ""
    about: str = ""

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> "Asked":
        """From a page's address; what is not understood is left out."""
        kept = {name: typed.get(name, "").strip()[:60] for name in cls.__dataclass_fields__}
        known = {"kind": KINDS, "topic": TOPICS, "state": {**STATES, "overdue": ""}}
        return cls(**{name: value if value in known.get(name, (value,)) else "" for name, value in kept.items()})

    def args(self) -> dict[str, str]:
        """What of it stands in an address."""
        return {name: value for name, value in vars(self).items() if value}


def page_of(asked: Asked, before: int = 0, most: int = PAGE) -> tuple[list[Complaint], int | None]:
    """The newest letters below key *before*, and the key from which the next page begins."""
    query = _filtered(select(Complaint), asked).order_by(Complaint.id.desc()).limit(most + 1)
    found = list(db.session.scalars(query.where(Complaint.id < before) if before else query))
    return found[:most], found[most - 1].id if len(found) > most else None


def by_topic(asked: Asked) -> list[tuple[str, int]]:
    """How many letters of this question each topic has, the most first (S14)."""
    query = _filtered(select(Complaint.topic, func.count()), asked).group_by(Complaint.topic)
    return sorted(((row[0], row[1]) for row in db.session.execute(query)), key=lambda one: (-one[1], one[0]))


def by_subject(asked: Asked, most: int = 10) -> list[tuple[str, str, str, int]]:
    """(kind, public id, name, count) of what most letters of this question are about, general matters left out."""
    keys = (Complaint.subject, Complaint.subject_id)
    query = _filtered(select(*keys, func.max(Complaint.subject_name), func.count()), asked)
    query = query.where(Complaint.subject_id != "").group_by(*keys).order_by(func.count().desc(), *keys).limit(most)
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query)]


def bodies() -> list[tuple[str, str]]:
    """(public id, name) of the bodies that have letters."""
    wanted = select(Complaint.body_id).distinct()
    query = select(Body.public_id, Body.name).where(Body.id.in_(wanted)).order_by(Body.name)
    return [(row.public_id, row.name) for row in db.session.execute(query)]


def overdue(complaint: Complaint) -> bool:
    """Whether the answer came late, or is late today."""
    return complaint.due_on < (complaint.answered_on or clock.today()) and complaint.state not in (
        "refused",
        "withdrawn",
    )


def line_of(complaint: Complaint) -> dict[str, Any]:
    """One letter as the JSON gives it; nothing that is not on its public page."""
    return {
        "number": complaint.number,
        "kind": complaint.kind,
        "topic": complaint.topic,
        "title": complaint.title or None,
        "about_kind": complaint.subject,
        "about": complaint.subject_name or None,
        "body": complaint.body.name,
        "state": complaint.state,
        "received_on": complaint.received_on.isoformat(),
        "due_on": complaint.due_on.isoformat(),
        "answered_on": complaint.answered_on.isoformat() if complaint.answered_on else None,
        "overdue": overdue(complaint),
        "satisfied": complaint.satisfied,
        "url": url_for("complaints.show", id=complaint.public_id),
    }


def as_json(asked: Asked, before: int = 0) -> Response:
    """One page of up to 1,000 letters with the address of the next."""
    found, more = page_of(asked, before, MOST)
    args: dict[str, Any] = {**asked.args(), "before": more}
    next_url = url_for("complaints.as_json", **args) if more else None
    text = json.dumps({"questions": [line_of(one) for one in found], "next": next_url}, ensure_ascii=False, indent=1)
    return Response(text + "\n", content_type="application/json; charset=utf-8")


def as_csv(asked: Asked) -> Response:
    """All of them as a sheet, streamed."""
    answer = Response(stream_with_context(_csv(asked)), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="questions.csv")
    return answer


def _csv(asked: Asked) -> Iterator[str]:
    file, before = io.StringIO(), 0
    writer = csv.writer(file)
    writer.writerow([t(label) for label in COLUMNS.values()])
    yield BOM
    while True:
        found, more = page_of(asked, before, MOST)
        writer.writerows([safe(cell) for cell in _cells(one)] for one in found)
        yield file.getvalue()
        file.seek(0)
        file.truncate()
        if not more:
            return
        before = more


def _cells(complaint: Complaint) -> list[object]:
    satisfied = {None: "", True: t(N_("满意")), False: t(N_("不满意"))}[complaint.satisfied]
    words = line_of(complaint) | {
        "kind": t(KINDS[complaint.kind]), "topic": t(TOPICS[complaint.topic]), "state": t(STATES[complaint.state]),
        "about_kind": t(SUBJECTS[complaint.subject]), "satisfied": satisfied,
        "overdue": t(N_("是")) if overdue(complaint) else t(N_("否")),
    }  # fmt: skip
    return ["" if words[name] is None else words[name] for name in COLUMNS]


def _filtered(query: Any, asked: Asked) -> Any:
    for column, value in (
        (Complaint.kind, asked.kind), (Complaint.topic, asked.topic), (Complaint.subject_id, asked.about),
    ):  # fmt: skip
        query = query.where(column == value) if value else query
    if asked.body:
        query = query.where(Complaint.body_id.in_(select(Body.id).where(Body.public_id == asked.body)))
    if asked.state == "overdue":
        query = query.where(Complaint.state.in_(("received", "accepted", "drafted")), Complaint.due_on < clock.today())
    elif asked.state:
        query = query.where(Complaint.state == asked.state)
    if asked.q:
        found = Complaint.title.contains(asked.q, autoescape=True) | (Complaint.number == asked.q)
        query = query.where(found | Complaint.subject_name.contains(asked.q, autoescape=True))
    return query
