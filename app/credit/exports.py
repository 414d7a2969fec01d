"""The public list of credit information as files, and a body's standing as JSON."""

import csv
import io
import itertools
import json
from collections.abc import Callable, Iterable, Iterator

from flask import Response, stream_with_context, url_for

from app.core.money import yuan
from app.core.showing import t, told
from app.core.words import N_
from app.credit.lifecycle import CREDIT
from app.credit.listing import Asked, Found, all_of
from app.credit.standing import Shown
from app.registry.exports import BOM, safe
from app.rules.credit import KINDS, TRIGGERS

COLUMNS: dict[str, tuple[str, Callable[[Found], object]]] = {
    "number": (N_("编号"), lambda r: r.number),
    "name": (N_("名称"), lambda r: r.name),
    "credit_code": (N_("统一社会信用代码"), lambda r: r.credit_code),
    "kind": (N_("类别"), lambda r: r.kind),
    "trigger": (N_("情形"), lambda r: r.trigger),
    "state": (N_("状态"), lambda r: r.state),
    "department": (N_("作出决定的部门"), lambda r: r.department),
    "document_no": (N_("文书"), lambda r: r.document_no),
    "amount_fen": (N_("罚款（分）"), lambda r: r.amount_fen),
    "arose_on": (N_("发生日期"), lambda r: r.arose_on.isoformat()),
    "entered_on": (N_("列入日期"), lambda r: r.entered_on.isoformat()),
    "starts_on": (N_("期限开始"), lambda r: r.starts_on and r.starts_on.isoformat()),
    "ends_on": (N_("期限届满"), lambda r: r.ends_on and r.ends_on.isoformat()),
    "ended_on": (N_("结束日期"), lambda r: r.ended_on and r.ended_on.isoformat()),
    "place": (N_("地区代码"), lambda r: r.place),
}


def credit_json(asked: Asked) -> Response:
    """Everything that was asked for, as one JSON document."""
    return _streamed(_json(asked), "credit.json", "application/json")


def credit_csv(asked: Asked) -> Response:
    """The same as a sheet; kinds in words, fines in yuan."""
    head = [t(label) for label, _ in COLUMNS.values()]
    head[list(COLUMNS).index("amount_fen")] = t(N_("罚款（元）"))
    return _streamed(_csv(head, (_cells(row) for row in all_of(asked))), "credit.csv", "text/csv")


def standing_json(shown: Shown) -> Response:
    """Whether a body can bid as of a day, why not, and from when."""
    said = {
        "organization": shown.body.name,
        "credit_code": shown.body.credit_code,
        "day": shown.answer.day.isoformat(),
        "verdict": shown.answer.verdict,
        "again_on": shown.answer.again_on.isoformat() if shown.answer.again_on else None,
        "barred_from": shown.answer.barred_from.isoformat() if shown.answer.barred_from else None,
        "reasons": [
            {
                "rule": one.reason.finding.rule,
                "law": one.reason.finding.row.citation(),
                "text": told(one.reason.finding),
                "bars": one.reason.finding.bars,
                "since": one.reason.fact.since.isoformat() if one.reason.fact else None,
                "until": one.reason.until.isoformat() if one.reason.until else None,
                "removable_from": one.removable_from.isoformat() if one.removable_from else None,
                "case": url_for("credit.show", id=one.case.public_id) if one.case else None,
                "decision": url_for("credit.decision", id=one.case.public_id)
                if one.case and one.case.decision_id
                else None,
                "source": one.reason.fact.source if one.reason.fact else None,
                "log": [entry.seq for entry in one.entries],
            }
            for one in shown.why
        ],
    }
    return Response(json.dumps(said, ensure_ascii=False, indent=1) + "\n", content_type="application/json")


def _json(asked: Asked) -> Iterator[str]:
    yield '{"credit": ['
    for number, row in enumerate(all_of(asked)):
        line = {"url": url_for("credit.show", id=row.public_id)} | {name: of(row) for name, (_, of) in COLUMNS.items()}
        yield (",\n" if number else "\n") + json.dumps(line, ensure_ascii=False)
    yield "\n]}\n"


def _cells(row: Found) -> list[object]:
    values = {name: of(row) for name, (_, of) in COLUMNS.items()}
    values["kind"], values["trigger"] = t(KINDS[row.kind]), t(TRIGGERS[row.kind][row.trigger])
    values["state"] = t(CREDIT.states[row.state])
    values["amount_fen"] = "" if row.amount_fen is None else yuan(row.amount_fen).replace(",", "")
    return list(values.values())


def _csv(head: list[str], rows: Iterable[list[object]]) -> Iterator[str]:
    file = io.StringIO()
    writer = csv.writer(file)
    lines: Iterable[list[object]] = itertools.chain([[*head]], rows)
    for number, row in enumerate(lines):
        writer.writerow([safe(cell) for cell in row])
        yield (BOM if not number else "") + file.getvalue()
        file.seek(0)
        file.truncate()


def _streamed(parts: Iterator[str], name: str, media: str) -> Response:
    answer = Response(stream_with_context(parts), content_type=f"{media}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment" if media == "text/csv" else "inline", filename=name)
    return answer
