"""Importing sheets (all or nothing per confirmed preview) and registering organizations by hand."""

from typing import Any

from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.models import Body, Person
from app.core import access, changes, files
from app.core.db import db
from app.core.errors import Invalid
from app.core.law import demand
from app.core.words import N_
from app.registry import comparing
from app.registry.models import ImportBatch, Organization, StandingFact
from app.rules import codes

SAMPLE = 200
NAME_TAKEN = N_("已有名称为“%(name)s”的单位。")
CODE_TAKEN = N_("统一社会信用代码 %(code)s 已由“%(name)s”使用。")
REFUSED_ROWS = N_("表格里有 %(count)s 行不能接受，全部改正后才能导入。")


def preview_import(content: bytes, name: str) -> ImportBatch:
    """Keep a sheet and say what confirming it would do: counts, and the rows that need a look. Changes no register.

    Raises Unlawful (SheetRefused) for what is no readable sheet.
    """
    counts = dict.fromkeys(("accepted", "normalised", "refused", "unverified", "new", "unchanged", "changed"), 0)
    sample: list[dict[str, object]] = []
    for one in comparing.compare(content, name):
        counts[one.row.verdict] += 1
        counts["unverified"] += bool(one.row.unverified)
        if one.fate != "refused":
            counts[one.fate] += 1
        if len(sample) < SAMPLE:
            sample.append(shown(one))
    kept = files.keep(content, name, ("csv", "xlsx"))
    batch = ImportBatch(
        file=kept, file_id=kept.id, name=name[-255:], by_id=access.actor().id or None, counts=counts, sample=sample
    )
    return changes.add(batch, "import.preview")


def apply_import(batch: ImportBatch) -> ImportBatch:
    """Enter what the preview showed, all or nothing. Raises Invalid while a row is refused, OutOfOrder when done."""
    rows = list(comparing.compare(batch.file.bytes, batch.file.name))
    refused = sum(one.fate == "refused" for one in rows)
    if refused:
        raise Invalid(REFUSED_ROWS, {"count": refused}, "file")
    new = [one.row.values for one in rows if one.fate == "new"]
    changed = [one for one in rows if one.fate == "changed"]
    changes.move(batch, "apply", added=len(new), changed=len(changed))
    _enter(batch, new)
    for one in changed:
        _correct(one)
    return batch


def discard(batch: ImportBatch) -> ImportBatch:
    """Give a preview up."""
    return changes.move(batch, "discard")


def register(
    *, name: str, kind: str, credit_code: str, registrar: str, supervising_unit: str, legal_representative: str,
    capital_fen: int, address: str, scope: str, fields: tuple[str, ...], place: str, body: Body | None = None,
) -> Organization:  # fmt: skip
    """Register an organization by hand. Raises Unlawful for a wrong code (C-13 … C-17), Invalid for a taken one."""
    code = codes.normal_uscc(credit_code)
    demand(codes.check_uscc(credit_code, "credit_code"))
    body = body or _new_body(name, code, address, legal_representative, place)
    made = Organization(
        body=body, body_id=body.id, kind=kind, org_code=code[8:17], org_code_verified=True, registrar=registrar,
        supervising_unit=supervising_unit, legal_representative=legal_representative, capital_fen=capital_fen,
        scope=scope, fields="、".join(fields), place=place,
    )  # fmt: skip
    return changes.add(made, "organization.register", public=True)


def give_account(organization: Organization, name: str, sign_in_name: str) -> tuple[Person, str]:
    """Give the organization's manager an account; the first password is shown once."""
    password = accounts.first_password()
    person = accounts.add_person(
        name=name, sign_in_name=sign_in_name, password=password, roles={"manager"}, body=organization.body,
        place=organization.place,
    )  # fmt: skip
    return person, password


def enter_fact(body: Body, **values: Any) -> StandingFact:
    """Enter a dated fact about a body's standing (C-25 … C-29): kind, since, until, source, amount_fen."""
    return changes.add(
        StandingFact(body=body, body_id=body.id, place=body.place, **values), "standing.enter", public=True
    )


def shown(one: comparing.Compared) -> dict[str, object]:
    """One compared row as the preview shows and keeps it: plain values only."""
    return {
        "line": one.row.line,
        "name": str(one.row.values.get("name") or ""),
        "verdict": one.row.verdict,
        "fate": one.fate,
        "notes": [
            {
                "column": n.column,
                "was": str(n.was or ""),
                "now": str(n.now if n.now is not None else ""),
                "reason": n.reason,
                "values": {k: str(v) for k, v in n.values.items()},
                "rule": n.rule,
            }
            for n in one.row.notes
        ],
        "differs": {k: [_text(was), _text(now)] for k, (was, now) in one.differs.items()},
    }  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _enter(batch: ImportBatch, rows: list[dict[str, Any]]) -> None:
    bodies, organizations = [], []
    for values in rows:
        of_body, mine = comparing.wanted(values)
        bodies.append(
            Body(kind="organization", place=values.get("province_code") or "000000", batch=batch.public_id, **of_body)
        )
        organizations.append(mine)
    changes.add_many(bodies, "organization.import", link="batch", key=batch.public_id, owner=batch)
    made = [
        Organization(body=body, body_id=body.id, state="registered", batch_id=batch.id, place=body.place, **mine)
        for body, mine in zip(bodies, organizations, strict=True)
    ]
    changes.add_many(made, "organization.import", link="batch_id", key=batch.id, owner=batch)


def _correct(one: comparing.Compared) -> None:
    assert one.known is not None
    of_body = {k: new for k, (_, new) in one.differs.items() if k in comparing.OF_BODY.values()}
    mine = {k: new for k, (_, new) in one.differs.items() if k not in of_body}
    if of_body:
        changes.amend(one.known.body, "body.amend", **of_body)
    if mine:
        changes.amend(one.known, "organization.amend", **mine)


def _new_body(name: str, code: str, address: str, head: str, place: str) -> Body:
    holder = db.session.scalar(select(Body).where(Body.credit_code == code))
    if holder is not None:
        raise Invalid(CODE_TAKEN, {"code": code, "name": holder.name}, "credit_code")
    if db.session.scalar(select(Body.id).where(Body.name == name)):
        raise Invalid(NAME_TAKEN, {"name": name}, "name")
    return accounts.add_body(
        name=name, kind="organization", credit_code=code, address=address, head_name=head, place=place
    )
