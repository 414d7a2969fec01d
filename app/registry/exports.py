"""The register and the report of a preview as files, sent row by row as they are read."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Response, stream_with_context

from app.core import workbook
from app.core.db import db
from app.core.errors import Invalid, Refused, findings_of
from app.core.showing import t, told
from app.core.words import N_
from app.registry.asking import Asked
from app.registry.importing import rows_of
from app.registry.lines import COLUMNS, csv_line, head, json_line, sheet_row
from app.registry.listing import PAGE, page_of, pages
from app.registry.models import ImportBatch
from app.registry.queries import findings

JSON, MOST = "application/json; charset=utf-8", 1000
SIGNS = ("=", "+", "-", "@", "\t", "\r")  # what a formula begins with
STARTS = tuple(f'"{sign}' for sign in SIGNS)
STARTS_INSIDE = tuple(before + start for before in (",", "\n") for start in STARTS)
FORMULA = re.compile(r'((?:^|,|\n)")(?=[=+\-@\t\r])')
BOM = "\ufeff"  # without it Excel takes UTF-8 for the local encoding
NAMES = {name: column.label for name, column in COLUMNS.items()} | {  # of every field that a sheet may differ in
    "capital_fen": N_("注册（开办）资金（分）"),
    "city": N_("城市"),
    "fundraising": N_("基金会的募捐方式"),
    "licence_no": N_("登记证号"),
    "postcode": N_("邮编"),
    "province": N_("省份"),
}
FATES = {
    "new": N_("新增"),
    "changed": N_("有差异"),
    "unchanged": N_("没有变化"),
    "refused": N_("不能接受"),
}
SET_ASIDE = N_("已搁置")
VERDICTS = {"accepted": N_("原样接受"), "normalised": N_("规范后接受"), "refused": N_("不能接受")}


def page_json(typed: Mapping[str, str]) -> Response:
    """A page of the list: `organizations`, and the cursors `next` and `previous` (null where there is none).

    400 with `error` and `field` for a cursor or a `limit` that cannot be read.
    """
    asked = Asked.of(typed)
    try:
        found = page_of(asked, typed.get("cursor", ""), _limit(typed.get("limit", "")), f"o.id, {_object()} AS line")
    except Refused as refusal:
        said = {"error": "".join(told(one) for one in findings_of(refusal)), "field": refusal.field}
        return Response(json.dumps(said, ensure_ascii=False), 400, content_type=JSON)
    rows = ",\n".join(row.line for row in found.rows)
    ends = json.dumps({"next": found.after, "previous": found.before})[1:]
    return Response(f'{{"organizations": [\n{rows}\n], {ends}\n', content_type=JSON)


def organizations_json(asked: Asked) -> Response:
    """Every organization that was asked for, as one JSON document."""
    return _streamed(_objects(asked), "organizations.json", JSON)


def organizations_csv(asked: Asked) -> Response:
    """The same as a sheet; kinds in words, capital in yuan."""
    return _streamed(_sheet(asked), "organizations.csv", "text/csv; charset=utf-8")


def organizations_xlsx(asked: Asked) -> Response:
    """The same as a workbook."""
    rows = ("".join(row.line for row in rows) for rows in pages(asked, f"o.id, {sheet_row()} AS line"))
    return _streamed(workbook.streamed(head(), rows), "organizations.xlsx", workbook.MEDIA)


def report_csv(batch: ImportBatch) -> Response:
    """What the preview said of every row of its sheet."""
    head = [t(w) for w in (N_("行"), N_("名称"), N_("处理"), N_("核对"), N_("说明"), N_("差异"))]
    return _streamed(_csv(head, _report(batch)), f"import-{batch.public_id}.csv", "text/csv; charset=utf-8")


def _limit(typed: str) -> int:
    if typed and not (typed.isascii() and typed.isdecimal() and 1 <= int(typed[:9]) <= MOST):
        raise Invalid(N_("limit 应为 1 到 %(most)s 的整数。"), {"most": MOST}, "limit")
    return int(typed) if typed else PAGE


def _object() -> str:
    return json_line(_is_sqlite())


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _objects(asked: Asked) -> Iterator[str]:
    before = '{"organizations": [\n'
    for rows in pages(asked, f"o.id, {_object()} AS line"):
        if rows:
            yield before + ",\n".join(row.line for row in rows)
            before = ",\n"
    yield ("" if before == ",\n" else before) + "\n]}\n"


def _sheet(asked: Asked) -> Iterator[str]:
    yield from _csv(head(), ())
    for rows in pages(asked, f"o.id, {csv_line(_is_sqlite())} AS line"):
        yield no_formulas("".join(row.line for row in rows))


def no_formulas(lines: str) -> str:
    """Lines of CSV with every text in quotes, an apostrophe before what a spreadsheet would take for a formula."""
    begun = lines.startswith(STARTS) or any(start in lines for start in STARTS_INSIDE)
    return FORMULA.sub(r"\1'", lines) if begun else lines


def _report(batch: ImportBatch) -> Iterator[list[object]]:
    for row in rows_of(batch):
        said = "；".join(
            f"{column}：{told(finding)}" if column else told(finding) for column, _, _, finding in findings(row)
        )
        differs = "；".join(f"{field}: {was} → {now}" for field, (was, now) in row.differs.items())
        fate = t(SET_ASIDE) if row.set_aside else t(FATES[row.fate])
        yield [row.line, row.name, fate, t(VERDICTS[row.verdict]), said, differs]


def _csv(head: list[str], rows: Iterable[list[object]]) -> Iterator[str]:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    yield BOM + file.getvalue()
    for row in rows:
        file.seek(0)
        file.truncate()
        writer.writerow([safe(cell) for cell in row])
        yield file.getvalue()


def safe(cell: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in SIGNS else cell


def _streamed(parts: Iterator[Any], name: str, media: str) -> Response:
    answer = Response(stream_with_context(parts), content_type=media)
    answer.headers.set("Content-Disposition", "inline" if media == JSON else "attachment", filename=name)
    return answer
