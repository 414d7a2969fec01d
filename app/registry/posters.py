"""The poster of a service point: the six things and a QR code that leads to its public page (S12)."""

from base64 import b64decode
from functools import lru_cache

from flask import current_app, url_for
from sqlalchemy import select

from app.core import clock, log
from app.core.db import db
from app.core.errors import Missing
from app.core.files import StoredFile
from app.core.log import LogEntry
from app.core.words import N_
from app.documents.editions import latest
from app.documents.printing import Footer, print_pdf
from app.registry.point_models import ServicePoint

DOCUMENT = "service_point_poster"
SIZES = {"a4": "A4", "a3": "A3", "a2": "A2"}
NOT_SHOWN = N_("这个服务点没有公示，没有可以打印的海报。")


def poster(point: ServicePoint, size: str) -> bytes:
    """The poster as PDF, of what everybody sees, in one of SIZES. Raises Missing where nothing is public."""
    if size not in SIZES or point.state != "public" or not point.shown:
        raise Missing(NOT_SHOWN)
    return _printed(point.public_id, point.shown_digest, size, _checkpoint(point), public_address(point))


def public_address(point: ServicePoint) -> str:
    """What the QR code says."""
    return f"{current_app.config['BASE_URL']}{url_for('registry.point', id=point.public_id)}"


@lru_cache(maxsize=32)
def _printed(point_id: str, digest: str, size: str, checkpoint: str, address: str) -> bytes:
    """Printed once for what is shown: anybody may ask for it, and setting it takes a second."""
    point = db.session.scalars(select(ServicePoint).where(ServicePoint.public_id == point_id)).one()
    assert point.shown is not None
    shown = point.shown
    at = db.session.scalars(_confirmed(point)).first()
    staff = [{"name": one["name"], "duty": one["duty"], "photo": one["photo"]} for one in shown["staff"]]
    facts = {
        "size": size, "organization": point.organization.body.name,
        "credit_code": point.organization.body.credit_code or "", **shown, "staff": staff,
    }  # fmt: skip
    footer = Footer(
        number=f"FWD-{point.public_id}", at=at.at if at else clock.now(), checkpoint=checkpoint, address=address
    )
    return print_pdf(DOCUMENT, latest(DOCUMENT), facts, footer=footer, pictures=_pictures(staff)).pdf


def _pictures(staff: list[dict[str, str]]) -> dict[str, bytes]:
    wanted = [one["photo"] for one in staff if one["photo"]]
    found = db.session.scalars(select(StoredFile).where(StoredFile.sha256.in_(wanted)))
    return {file.sha256: file.bytes for file in found}


def _checkpoint(point: ServicePoint) -> str:
    entry = db.session.scalars(_confirmed(point)).first()
    signed = log.covering(entry.seq) if entry else None
    if signed is None:
        return "尚未签署"
    root = b64decode(signed.note.splitlines()[2]).hex()
    return f"{signed.size} 条 · 根 {root[:4]} {root[4:8]} {root[8:12]} {root[12:16]}"


def _confirmed(point: ServicePoint):  # type: ignore[no-untyped-def]
    return (
        select(LogEntry)
        .where(LogEntry.record == point.public_id, LogEntry.action == "service_point.confirm")
        .order_by(LogEntry.seq.desc())
    )
