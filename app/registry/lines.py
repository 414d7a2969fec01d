"""One organization as one line of a file, put together by the database: of CSV, of a workbook's sheet, of JSON.

The columns are named here one by one: what is not named is not sent. A line made by the database costs a tenth of one
made of a record, and the whole register goes out in seconds with a few thousand lines in memory.
"""

from dataclasses import dataclass

from app.core.showing import t
from app.core.words import N_
from app.registry.models import KINDS, Organization

NO, YES = N_("否"), N_("是")


@dataclass(frozen=True)
class Column:
    """A column of the register's files: label, SQL, and what it is: text, day, number, yuan, truth, or words."""

    label: str
    sql: str
    shape: str = "text"


COLUMNS = {
    "name": Column(N_("名称"), "b.name"),
    "credit_code": Column(N_("统一社会信用代码"), "b.credit_code"),
    "org_code": Column(N_("组织机构代码"), "o.org_code"),
    "org_code_verified": Column(N_("组织机构代码已核实"), "o.org_code_verified", "truth"),
    "kind": Column(N_("类型"), "o.kind", "words"),
    "state": Column(N_("登记状态"), "o.state", "words"),
    "registrar": Column(N_("登记管理机关"), "o.registrar"),
    "supervising_unit": Column(N_("业务主管单位"), "o.supervising_unit"),
    "legal_representative": Column(N_("法定代表人"), "o.legal_representative"),
    "established_on": Column(N_("成立日期"), "o.established_on", "day"),
    "capital_fen": Column(N_("注册（开办）资金（分）"), "o.capital_fen", "yuan"),
    "address": Column(N_("住所"), "b.address"),
    "grade": Column(N_("评估等级"), "o.grade", "number"),
    "fields": Column(N_("服务领域"), "o.fields"),
    "place": Column(N_("地区代码"), "o.place"),
    "scope": Column(N_("业务范围"), "o.scope"),
}
IN_YUAN = N_("注册（开办）资金（元）")
WORDS = {"kind": KINDS, "state": Organization.lifecycle.states}


def head() -> list[str]:
    """The labels of the columns, in the reader's language; amounts stand in yuan."""
    return [t(IN_YUAN if column.shape == "yuan" else column.label) for column in COLUMNS.values()]


def csv_line(sqlite: bool) -> str:
    """SQL of a line of CSV: every text in quotes, ending in CR LF. SQLite's own formatting is three times as fast."""
    if not sqlite:
        return " || ',' || ".join(_csv(name) for name in COLUMNS) + f" || {CR_LF}"
    shapes = ",".join("%s" if COLUMNS[name].shape in BARE else '"%w"' for name in COLUMNS)
    return f"printf('{shapes}' || {CR_LF}, {', '.join(_formatted(name) for name in COLUMNS)})"


def json_line(sqlite: bool) -> str:
    """SQL of an organization as a JSON object, as the list's JSON has it."""
    build = "json_object" if sqlite else "json_build_object"
    pairs = [f"'{name}', {_json(column, sqlite)}" for name, column in COLUMNS.items()]
    return f"CAST({build}('id', o.public_id, 'url', '/organizations/' || o.public_id, {', '.join(pairs)}) AS text)"


def sheet_row() -> str:
    """SQL of a row of a workbook's sheet: texts as they are, so that none is a formula, amounts as numbers."""
    return "'<row>' || " + " || ".join(_cell(name) for name in COLUMNS) + " || '</row>'"


CR_LF = "'\r\n'"
BARE = ("number", "yuan", "day")  # what needs no quotes


def _csv(name: str) -> str:
    if COLUMNS[name].shape in BARE:
        return f"coalesce({_plain(name)}, '')"
    return f"""'"' || replace(coalesce({_plain(name)}, ''), '"', '""') || '"'"""


def _formatted(name: str) -> str:
    """A value for SQLite's printf, which says nothing for a NULL under %s, and (NULL) under %w."""
    column = COLUMNS[name]
    if column.shape in ("number", "day"):
        return column.sql
    return _plain(name) if column.shape == "yuan" else f"coalesce({_plain(name)}, '')"


def _cell(name: str) -> str:
    if COLUMNS[name].shape in ("number", "yuan"):
        return f"coalesce('<c><v>' || {_plain(name)} || '</v></c>', '<c/>')"
    escaped = f"replace(replace(replace({_plain(name)}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    return f"""coalesce('<c t="inlineStr"><is><t xml\\:space="preserve">' || {escaped} || '</t></is></c>', '<c/>')"""


def _plain(name: str) -> str:
    """A column as text; NULL where there is nothing."""
    column = COLUMNS[name]
    if column.shape == "words":
        cases = " ".join(f"WHEN '{key}' THEN {_quoted(t(word))}" for key, word in WORDS[name].items())
        return f"CASE {column.sql} {cases} END"
    if column.shape == "truth":
        return f"CASE WHEN {column.sql} THEN {_quoted(t(YES))} ELSE {_quoted(t(NO))} END"
    if column.shape == "yuan":
        fen = column.sql
        return f"CAST({fen} / 100 AS text) || '.' || CAST({fen} % 100 / 10 AS text) || CAST({fen} % 10 AS text)"
    return f"CAST({column.sql} AS text)" if column.shape in ("day", "number") else column.sql


def _json(column: Column, sqlite: bool) -> str:
    if column.shape == "truth" and sqlite:
        return f"json(CASE WHEN {column.sql} THEN 'true' ELSE 'false' END)"
    return column.sql


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''").replace(":", "\\:") + "'"
