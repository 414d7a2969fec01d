"""The register and the report of a preview as files, sent row by row as they are read."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, stream_with_context, url_for

from app.core.money import yuan
from app.core.showing import t, told
from app.core.words import N_
from app.registry.importing import rows_of
from app.registry.listing import Asked, Found, all_of
from app.registry.models import KINDS, ImportBatch
from app.registry.queries import findings

BOM = "\ufeff"  # without it Excel takes UTF-8 for the local encoding
COLUMNS: dict[str, tuple[str, Callable[[Found], object]]] = {
    "name": (N_("名称"), lambda r: r.name),
    "credit_code": (N_("统一社会信用代码"), lambda r: r.credit_code),
    "org_code": (N_("组织机构代码"), lambda r: r.org_code),
    "org_code_verified": (N_("组织机构代码已核实"), lambda r: r.org_code_verified),
    "kind": (N_("类型"), lambda r: r.kind),
    "state": (N_("登记状态"), lambda r: r.state),
    "registrar": (N_("登记管理机关"), lambda r: r.registrar),
    "supervising_unit": (N_("业务主管单位"), lambda r: r.supervising_unit),
    "legal_representative": (N_("法定代表人"), lambda r: r.legal_representative),
    "established_on": (N_("成立日期"), lambda r: r.established_on and r.established_on.isoformat()),
    "capital_fen": (N_("注册（开办）资金（分）"), lambda r: r.capital_fen),
    "address": (N_("住所"), lambda r: r.address),
    "grade": (N_("评估等级"), lambda r: r.grade),
    "fields": (N_("服务领域"), lambda r: r.fields),
    "place": (N_("地区代码"), lambda r: r.place),
    "scope": (N_("业务范围"), lambda r: r.scope),
}
NAMES = {name: label for name, (label, _) in COLUMNS.items()} | {  # of every field that a sheet may differ in
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


def organizations_json(asked: Asked) -> Response:
    """Every organization that was asked for, as one JSON document."""
    return _streamed(_json(asked), "organizations.json", "application/json")


def organizations_csv(asked: Asked) -> Response:
    """The same as a sheet; kinds in words, capital in yuan."""
    head = [t(label) for label, _ in COLUMNS.values()]
    head[list(COLUMNS).index("capital_fen")] = t(N_("注册（开办）资金（元）"))
    return _streamed(_csv(head, (_cells(row) for row in all_of(asked))), "organizations.csv", "text/csv")


def report_csv(batch: ImportBatch) -> Response:
    """What the preview said of every row of its sheet."""
    head = [t(w) for w in (N_("行"), N_("名称"), N_("处理"), N_("核对"), N_("说明"), N_("差异"))]
    return _streamed(_csv(head, _report(batch)), f"import-{batch.public_id}.csv", "text/csv")


def line_of(row: Found) -> dict[str, object]:
    """One organization as the JSON gives it."""
    page = url_for("registry.show", id=row.public_id)
    return {"id": row.public_id, "url": page, **{name: of(row) for name, (_, of) in COLUMNS.items()}}


def _json(asked: Asked) -> Iterator[str]:
    yield '{"organizations": ['
    for number, row in enumerate(all_of(asked)):
        yield (",\n" if number else "\n") + json.dumps(line_of(row), ensure_ascii=False)
    yield "\n]}\n"


def _cells(row: Found) -> list[object]:
    values = {name: of(row) for name, (_, of) in COLUMNS.items()}
    values["kind"] = t(KINDS[row.kind])
    values["capital_fen"] = "" if row.capital_fen is None else yuan(row.capital_fen).replace(",", "")
    return list(values.values())


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
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _streamed(parts: Iterator[Any], name: str, media: str) -> Response:
    answer = Response(stream_with_context(parts), content_type=f"{media}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment" if media == "text/csv" else "inline", filename=name)
    return answer
