"""Compared rows on their way into the register: new bodies and organizations, and what differs in known ones."""

from collections import ChainMap
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from app.accounts.models import Body
from app.core import bulk
from app.core.bulk import Change
from app.core.db import Record
from app.registry.comparing import Compared, wanted
from app.registry.findable import OF_BODY, OF_ORGANIZATION, found_many
from app.registry.known import COLUMNS, Ref
from app.registry.models import ImportBatch, Organization
from app.registry.siting import Sites

BLANK: dict[str, Any] = {
    **dict.fromkeys(COLUMNS), "org_code_verified": False, "registrar": "", "supervising_unit": "", "scope": "",
    "fields": "", "state": "registered",
}  # fmt: skip
BODY_BLANK = {"credit_code": None, "address": "", "head_name": None, "kind": "organization"}


def enter(rows: Sequence[Compared], batch: ImportBatch, owner: Record, sites: Sites) -> None:
    """Enter new rows and differing ones, inside a turn to write; refused ones and those without change are passed over.

    *owner* is the import or the part of it: its public id marks what was added, and one log entry for the bodies and
    one for the organizations stand under it.
    """
    new = [one for one in rows if one.fate == "new"]
    added = _add(new, batch, owner, sites)
    known = [one for one in rows if one.fate in ("new", "changed") and one.known is not None and one.differs]
    _correct(known)
    now = ((key, dict(ChainMap(*wanted(one.row.values)))) for key, one in zip(added, new, strict=True))
    found_many(chain(now, _found_otherwise(known)))


def _add(new: Sequence[Compared], batch: ImportBatch, owner: Record, sites: Sites) -> list[int]:
    about: dict[str, Any] = {"action": "organization.import", "owner": owner, "key": owner.public_id, "public": True}
    unknown = [one for one in new if one.known is None]
    with (
        bulk.adding(Body, link="batch", **about) as bodies,
        bulk.adding(Organization, link="part", **about) as organizations,
    ):
        ids = iter(bodies.insert([_body(one.row.values, sites) for one in unknown]))
        of = [one.known.body.id if one.known else next(ids) for one in new]
        rows = (_organization(one.row.values, body, sites) for one, body in zip(new, of, strict=True))
        return organizations.insert([{**row, "batch_id": batch.id} for row in rows])


def _organization(values: dict[str, Any], body_id: int, sites: Sites) -> dict[str, Any]:
    return {**BLANK, **wanted(values)[1], "place": sites.of(values), "body_id": body_id}


def _body(values: dict[str, Any], sites: Sites) -> dict[str, Any]:
    given = wanted(values)[0]
    return {**BODY_BLANK, **given, "head_name": values.get("legal_representative"), "place": sites.of(values)}


def _correct(rows: Sequence[Compared]) -> None:
    """What differs, with a log entry of its own for each body and each organization."""
    bodies, organizations, ended = [], [], []
    for one in rows:
        known = one.known
        assert known is not None
        new = {key: value for key, (_, value) in one.differs.items()}
        of_body = {key: new.pop(key) for key in known.of_body if key in new}
        if "legal_representative" in new:
            of_body["head_name"] = new["legal_representative"]
        state = new.pop("state", None)
        bodies += _change(known.body, known.of_body, of_body)
        if known.organization is None:
            continue
        amended = _change(known.organization, known.mine, new)
        organizations += amended
        if state == "deregistered":
            later = known.organization._replace(version=known.organization.version + len(amended))
            ended += _change(later, known.mine, {"state": state})
    bulk.amend(Body, "body.amend", bodies, public=True)
    bulk.amend(Organization, "organization.amend", organizations, public=True)
    bulk.move(Organization, "deregister", ended)


def _change(ref: Ref, was: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    really = {name: value for name, value in new.items() if was[name] != value}
    if not really:
        return []
    return [Change(ref.id, ref.public_id, ref.version, {name: was[name] for name in really}, really)]


def _found_otherwise(rows: Sequence[Compared]) -> Iterator[tuple[int, dict[str, Any]]]:
    for one in rows:
        if one.known and one.known.organization and {*OF_BODY, *OF_ORGANIZATION} & set(one.differs):
            new = {key: value for key, (_, value) in one.differs.items()}
            yield one.known.organization.id, {**one.known.of_body, **one.known.mine} | new
