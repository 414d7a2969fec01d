"""What is read of the register, one record at a time; lists are in listing.py."""

import unicodedata
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from app.accounts.models import Body
from app.core import search
from app.core.db import db
from app.core.law import Finding
from app.core.log import LogEntry
from app.core.words import N_
from app.registry.models import ImportBatch, ImportPart, ImportRow, Organization, StandingFact

PAGE = 50
ACTIONS = {  # what the public log's entries about an organization are called
    "body.add": N_("录入单位"),
    "body.amend": N_("变更名称、代码或住所"),
    "organization.amend": N_("变更登记"),
    "organization.deregister": N_("注销登记"),
    "organization.import": N_("由名册导入"),
    "organization.qualify": N_("取得公开募捐资格"),
    "organization.recognize": N_("认定为慈善组织"),
    "organization.register": N_("登记"),
    "standing.enter": N_("记入信用事实"),
}


def organization_of(body: Body) -> Organization | None:
    """The body's record in the register."""
    return db.session.scalar(select(Organization).where(Organization.body_id == body.id))


def holder_of(credit_code: str) -> Body | None:
    """The body with this code."""
    return db.session.scalar(select(Body).where(Body.credit_code == credit_code))


def named_alike(name: str) -> Body | None:
    """A body with this name however it is written: width, case, blanks, brackets and Traditional do not matter."""
    exact = db.session.scalar(select(Body).where(Body.name == name).limit(1))
    if exact is not None:
        return exact
    wanted, after = _bare(name), 0
    while found := search.find("organization", name, 100, after):
        bodies = db.session.scalars(select(Body).join(Organization).where(Organization.id.in_(found)))
        if alike := next((body for body in bodies if _bare(body.name) == wanted), None):
            return alike
        after = found[-1]
    return None


def headed_by(head: str, kind: str, but: int) -> list[Organization]:
    """Registered organizations of this kind whose legal representative has this name, at most ten."""
    query = select(Organization).where(
        Organization.legal_representative == head, Organization.kind == kind, Organization.state == "registered"
    )
    return list(db.session.scalars(query.where(Organization.id != but).order_by(Organization.id).limit(10)))


def facts_of(body: Body) -> list[StandingFact]:
    """Every fact about the body's standing, the newest first."""
    query = select(StandingFact).where(StandingFact.body_id == body.id)
    return list(db.session.scalars(query.order_by(StandingFact.since.desc(), StandingFact.id.desc())))


def holds(fact: StandingFact, day: date) -> bool:
    """Whether it holds on *day*."""
    return fact.since <= day and (fact.until is None or day <= fact.until)


def history(organization: Organization) -> list[LogEntry]:
    """The public log entries about an organization, its body and its standing, oldest first."""
    batch = db.session.get(ImportBatch, organization.batch_id) if organization.batch_id else None
    mark = organization.part or (batch.public_id if batch else None)
    ids = [organization.public_id, organization.body.public_id]
    ids += [fact.public_id for fact in facts_of(organization.body)]
    mine: ColumnElement[bool] = LogEntry.record.in_(ids) & LogEntry.public
    if mark is not None:
        imported = (LogEntry.record == mark) & (LogEntry.action == "organization.import")
        mine = or_(mine, imported & (LogEntry.table == Organization.__tablename__))
    return list(db.session.scalars(select(LogEntry).where(mine).order_by(LogEntry.seq)))


def imports(after: int | None = None) -> list[ImportBatch]:
    """Imports, the newest first, a page at a time."""
    query = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(PAGE)
    return list(db.session.scalars(query.where(ImportBatch.id < after) if after else query))


def import_rows(batch: ImportBatch, fate: str = "", after: int = 0) -> list[ImportRow]:
    """Rows of a preview beyond line *after*, a page at a time: of one fate, one verdict, or `set_aside`."""
    if not (batch.counts.get(fate, 1) if fate != "set_aside" else batch.set_aside or batch.state == "applying"):
        return []  # none are counted: 900,000 rows need not be looked through
    query = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.line > after)
    if fate in ("accepted", "normalised"):
        query = query.where(ImportRow.verdict == fate)
    elif fate == "set_aside":
        query = query.where(ImportRow.set_aside.is_not(None))
    elif fate:
        query = query.where(ImportRow.fate == fate)
    return list(db.session.scalars(query.order_by(ImportRow.line).limit(PAGE)))


def entered(batch: ImportBatch) -> dict[str, int]:
    """How many rows its parts have added, changed and set aside so far."""
    names = ("added", "changed", "set_aside")
    sums = (func.coalesce(func.sum(getattr(ImportPart, name)), 0) for name in names)
    found = db.session.execute(select(*sums).where(ImportPart.batch_id == batch.id)).one()
    return dict(zip(names, map(int, found), strict=True))


def findings(row: ImportRow) -> list[tuple[str, str, str, Finding]]:
    """The notes of a row: column, what stood there, what it became, and why (with its rule)."""
    return [
        (n["column"], n["was"], n["now"], Finding(n["rule"], n["reason"], n["values"], n["field"], n["bars"]))
        for n in row.notes
    ]


def _bare(name: str) -> str:
    return search.folded(unicodedata.normalize("NFKC", name)).replace(" ", "")
