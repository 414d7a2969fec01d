"""Schemes read from TOML, checked, and added as editions that nobody changes afterwards (C-21)."""

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.catalogue.queries import norms
from app.core import changes
from app.core.db import db
from app.core.errors import Invalid
from app.core.law import demand
from app.core.words import N_
from app.grading.held import ANSWERS
from app.grading.scheme_models import GradingItem, GradingScheme
from app.registry.models import KINDS
from app.rules import grading

SHIPPED = Path(__file__).parent / "schemes"
NEEDED = ("title", "kind", "jurisdiction", "edition", "valid_from", "source")
NOT_TOML = N_("指标文件读不出来：%(why)s")
LACKS = N_("指标文件缺少“%(name)s”，或者内容不对。")
HAS_EDITION = N_("这一类组织在该地区已有“%(edition)s”版；版本不能改动，请换一个版本号。")
WRONG_ITEM = N_("第%(section)s部分第%(item)s项写得不对：要有 title、points（整数）和 evidence。")
NO_SCHEME = N_("“%(kind)s”在本地没有评估指标，请先由管理员录入。")


def load_schemes() -> int:
    """Add the schemes shipped with the portal that are not there yet; gives how many."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml"))]
    known = set(db.session.scalars(select(GradingScheme.sha256)))
    new = [text for text in texts if _sha256(text) not in known]
    return len([add_scheme(text) for text in new])


def add_scheme(text: str) -> GradingScheme:
    """Add an edition from its TOML. Raises Invalid for what cannot be read, Unlawful unless it makes 1,000 points."""
    read = parse(text)
    head, items = read["head"], read["items"]
    demand(
        grading.scheme_whole([i["points"] for i in items], [i["number"] for i in items], norms(head["jurisdiction"]))
    )
    if scheme_named(head["kind"], head["jurisdiction"], head["edition"]) is not None:
        raise Invalid(HAS_EDITION, {"edition": head["edition"]}, "text")
    scheme = changes.add(
        GradingScheme(**head, text=text, sha256=_sha256(text), place=head["jurisdiction"]),
        "grading_scheme.add",
        public=True,
    )
    rows = [GradingItem(scheme_id=scheme.id, place=scheme.place, **item) for item in items]
    changes.add_many(rows, "grading_scheme.add", link="scheme_id", key=scheme.id, owner=scheme, public=True)
    return scheme


def parse(text: str) -> dict[str, Any]:
    """Head and items of a scheme file; items are numbered 1.1, 1.2 … by their place. Raises Invalid."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Invalid(NOT_TOML, {"why": str(wrong)}, "text") from wrong
    head = {name: _head(read, name) for name in NEEDED}
    if head["kind"] not in KINDS:
        raise Invalid(LACKS, {"name": "kind"}, "text")
    sections = read.get("section")
    if not isinstance(sections, list) or not sections:
        raise Invalid(LACKS, {"name": "section"}, "text")
    found = [_item(s, n, item, m) for n, s in enumerate(sections, 1) for m, item in enumerate(_items(s, n), 1)]
    return {"head": head, "items": [{**item, "order": order} for order, item in enumerate(found, 1)]}


def scheme_named(kind: str, jurisdiction: str, edition: str) -> GradingScheme | None:
    """The edition with this name."""
    return db.session.scalar(select(GradingScheme).filter_by(kind=kind, jurisdiction=jurisdiction, edition=edition))


def scheme_for(kind: str, place: str, day: date) -> GradingScheme:
    """The scheme that binds a kind of organization in *place* on *day*: the nearest place, then the newest.

    Raises Invalid where there is none.
    """
    query = select(GradingScheme).where(GradingScheme.kind == kind, GradingScheme.valid_from <= day)
    found = [one for one in db.session.scalars(query) if place.startswith(one.jurisdiction.rstrip("0"))]
    if not found:
        raise Invalid(NO_SCHEME, {"kind": KINDS[kind]})
    return max(found, key=lambda one: (len(one.jurisdiction.rstrip("0")), one.valid_from, one.id))


def schemes() -> list[GradingScheme]:
    """Every edition, by kind, place and day."""
    order = (GradingScheme.kind, GradingScheme.jurisdiction, GradingScheme.valid_from.desc(), GradingScheme.id)
    return list(db.session.scalars(select(GradingScheme).order_by(*order)))


def _head(read: dict[str, Any], name: str) -> Any:
    value, wanted = read.get(name), date if name == "valid_from" else str
    most = GradingScheme.__table__.c[name].type
    right = isinstance(value, wanted) and value and len(str(value)) <= (getattr(most, "length", None) or 10)
    if not right or (name == "jurisdiction" and not (len(str(value)) == 6 and str(value).isdecimal())):
        raise Invalid(LACKS, {"name": name}, "text")
    return value


def _items(section: Any, number: int) -> list[Any]:
    items = section.get("items") if isinstance(section, dict) else None
    if not isinstance(items, list) or not items or not isinstance(section.get("title"), str):
        raise Invalid(LACKS, {"name": f"section {number}"}, "text")
    return items


def _item(section: dict[str, Any], number: int, item: Any, place: int) -> dict[str, Any]:
    values = item if isinstance(item, dict) else {}
    title, points, evidence = values.get("title"), values.get("points"), values.get("evidence", "")
    held = values.get("held", "")
    right = isinstance(title, str) and title and isinstance(points, int) and isinstance(evidence, str)
    if not right or isinstance(points, bool) or held not in ("", *ANSWERS) or len(str(title)) > 200:
        raise Invalid(WRONG_ITEM, {"section": number, "item": place}, "text")
    return {
        "section": str(number), "section_title": section["title"][:60], "number": f"{number}.{place}", "title": title,
        "points": points, "evidence": evidence[:300], "held": held,
    }  # fmt: skip


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
