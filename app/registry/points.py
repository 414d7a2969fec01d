"""Service points: written by the organization's people, made public by its manager, and what is read of them."""

import hashlib
from typing import Any

from sqlalchemy import select

from app.core import access, changes, clock, files
from app.core.db import db
from app.core.door import NO_SUCH
from app.core.errors import Missing, OutOfOrder
from app.core.law import Finding, demand
from app.core.verifier import canonical
from app.core.words import N_
from app.registry.models import Organization
from app.registry.photos import portrait
from app.registry.point_models import PointStaff, ServicePoint
from app.rules.answering import no_personal_numbers
from app.rules.service_points import agreed_to_be_shown, six_on_the_wall

TEXTS = ("functions", "discipline", "procedure", "legal_basis", "fees", "promise", "channels")
COLUMNS = ("name", "address", "hours", *TEXTS)
CLOSED = N_("这个服务点已停止公示，不能再修改。")
NOT_REGISTERED = N_("已注销的组织不能公示服务点。")


def add(organization: Organization, **values: Any) -> ServicePoint:
    """A new service point, not yet public; *values*: columns of COLUMNS."""
    if organization.state != "registered":
        raise OutOfOrder(NOT_REGISTERED)
    demand(no_personal_numbers({k: v for k, v in values.items() if k != "channels"}))
    made = ServicePoint(
        organization=organization, organization_id=organization.id, place=organization.place, **values
    )  # fmt: skip
    return changes.add(made, "service_point.add")


def edit(point: ServicePoint, **values: Any) -> ServicePoint:
    """Change what is written; what everybody sees stays until it is confirmed. Raises OutOfOrder when closed."""
    _open(point)
    demand(no_personal_numbers({k: v for k, v in values.items() if k != "channels"}))
    return changes.amend(point, "service_point.edit", **values)


def add_staff(
    point: ServicePoint, *, name: str, duty: str, agreed: bool, photo: tuple[bytes, str] | None = None
) -> PointStaff:
    """Somebody who works there and agreed to be shown (G-60); *photo* is content and file name."""
    _open(point)
    demand(agreed_to_be_shown(agreed), no_personal_numbers({"name": name, "duty": duty}))
    kept = files.keep(portrait(*photo), "photo.jpg", ("jpg",)) if photo else None
    made = PointStaff(
        point=point, point_id=point.id, order=len(point.staff) + 1, name=name, duty=duty, place=point.place,
        photo=kept, photo_id=kept.id if kept else None, agreed_on=clock.today(),
    )  # fmt: skip
    return changes.add(made, "service_point.edit")


def remove_staff(one: PointStaff) -> PointStaff:
    """Somebody who no longer works there or no longer agrees: gone from the public page at once."""
    changes.amend(one, "service_point.edit", left_on=clock.today(), photo_id=None)
    point = one.point
    if point.state == "public" and point.shown:
        kept = [row for row in point.shown["staff"] if row["id"] != one.public_id]
        fewer = {**point.shown, "staff": kept}
        changes.amend(point, "service_point.edit", public=True, shown=fewer, shown_digest=_digest(fewer))
    return one


def confirm(point: ServicePoint) -> ServicePoint:
    """Make what is written public, all six things being there (G-59)."""
    if point.organization.state != "registered":
        raise OutOfOrder(NOT_REGISTERED)
    demand(missing(point))
    return _show(point, content(point))


def close(point: ServicePoint) -> ServicePoint:
    """Show it no more; the address of its QR code says so."""
    return changes.move(point, "close", shown=None)


def missing(point: ServicePoint) -> list[Finding]:
    """Which of the six things are not there yet."""
    there = {
        "staff": bool(staff_of(point)),
        "functions": bool(point.functions and point.discipline),
        "procedure": bool(point.procedure and point.legal_basis),
        "fees": bool(point.fees),
        "promise": bool(point.promise),
        "channels": bool(point.channels),
    }
    return list(six_on_the_wall(there))


def content(point: ServicePoint) -> dict[str, Any]:
    """What is written of a service point, as it would be shown."""
    rows = [
        {"id": one.public_id, "name": one.name, "duty": one.duty, "photo": one.photo.sha256 if one.photo else ""}
        for one in staff_of(point)
    ]
    return {**{name: getattr(point, name) for name in COLUMNS}, "staff": rows}


def changed(point: ServicePoint) -> bool:
    """Whether what is written differs from what everybody sees."""
    return point.shown != content(point)


def staff_of(point: ServicePoint) -> list[PointStaff]:
    """Those who work there now."""
    return [one for one in point.staff if one.left_on is None]


def points_of(organization: Organization, *, public: bool = True) -> list[ServicePoint]:
    """The service points of an organization, in the order of entry; only those everybody sees unless told."""
    query = select(ServicePoint).where(ServicePoint.organization_id == organization.id).order_by(ServicePoint.id)
    return list(db.session.scalars(query.where(ServicePoint.state == "public") if public else query))


def photo_of(point: ServicePoint, staff_id: str) -> files.StoredFile:
    """A photo that everybody may see, or that the point's own people do. Raises Missing."""
    shown = {row["id"]: row["photo"] for row in (point.shown or {}).get("staff", ())}
    if point.state != "public" or staff_id not in shown:
        shown = {one.public_id: "own" for one in point.staff if access.may(access.actor(), "service_point.edit", point)}
    one = db.session.scalar(select(PointStaff).where(PointStaff.public_id == staff_id, PointStaff.point_id == point.id))
    if one is None or one.photo is None or not shown.get(staff_id):
        raise Missing(NO_SUCH)
    return one.photo


def _show(point: ServicePoint, shown: dict[str, Any]) -> ServicePoint:
    return changes.move(
        point, "confirm", shown=shown, shown_digest=_digest(shown), confirmed_on=clock.today(),
        confirmed_by_id=access.actor().id,
    )  # fmt: skip


def _digest(shown: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(shown)).hexdigest()


def _open(point: ServicePoint) -> None:
    if point.state == "closed":
        raise OutOfOrder(CLOSED)
