"""Service points: written by the organization, confirmed by its manager, shown with exactly six things, and printed."""

import io
import json

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from app.accounts.models import Person
from app.core import log
from app.core.db import db
from app.core.files import StoredFile
from app.registry import posters
from app.registry.models import Organization
from app.registry.photos import HEIGHT, WIDTH, portrait
from app.registry.point_models import PointStaff, ServicePoint
from app.rules.service_points import SIX
from tests.complaints import world
from tests.complaints.conftest import app, seeded_sqlite, sqlite_app
from tests.http import client_as
from tests.plans.world import who

__all__ = ["app", "seeded_sqlite", "sqlite_app"]
TYPED = {
    "name": "逢源街家庭综合服务点", "address": "逢源路128号", "hours": "周一至周六 9:00—21:00",
    "functions": "家庭个案", "discipline": "首问负责", "procedure": "登记、评估、服务、回访",
    "legal_basis": "服务合同第五条", "fees": "不收费", "promise": "两个工作日内答复", "channels": "020-81000000",
}  # fmt: skip


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 700), **more: object) -> bytes:
    """A photo of nobody."""
    Image.new("RGB", size, "#88aacc").save(file := io.BytesIO(), kind, **more)
    return file.getvalue()


@pytest.fixture
def organization(app: Flask) -> Organization:
    return world.registered()


def made(app: Flask, person: Person, organization: Organization) -> ServicePoint:
    """A service point with everything but staff, through the page."""
    client = client_as(app, person)
    sent = client.post(f"/organizations/{organization.public_id}/points/new", data=TYPED)
    assert sent.status_code == 303, sent.text
    return db.session.scalars(select(ServicePoint)).one()


def test_six_things_on_the_wall(app: Flask, organization: Organization) -> None:
    clerk, manager, public = who("jia2"), who("jia"), client_as(app, None)
    home = f"/organizations/{organization.public_id}"
    assert public.get(f"{home}/points").status_code == 401
    assert client_as(app, who("yi")).get(f"{home}/points").status_code == 404
    assert client_as(app, who("registrar")).get(f"{home}/points").status_code == 403
    mobile = client_as(app, clerk).post(f"{home}/points/new", data=TYPED | {"promise": "请拨打13812345678"})
    assert mobile.status_code == 422
    assert "逢源路128号" in mobile.text
    point = made(app, clerk, organization)
    page = f"/points/{point.public_id}"
    assert public.get(page).status_code == 404
    hers = client_as(app, clerk)
    assert hers.get(f"{page}/confirm").status_code == 403
    his = client_as(app, manager)
    barred = his.post(f"{page}/confirm", data={})
    assert barred.status_code == 422
    assert "G-59" in barred.text
    staff = {"name": "陈晓岚", "duty": "服务点主任"}
    assert hers.post(f"{page}/staff", data=staff).status_code == 200  # no consent: asked for again
    for content, name in ((b"%PDF-1.7", "a.jpg"), (picture(size=(90, 90)), "b.jpg"), (b"\xff\xd8\xff broken", "c.jpg")):
        upload = staff | {"agreed": "y", "photo": (io.BytesIO(content), name)}
        assert hers.post(f"{page}/staff", data=upload).status_code == 422
    place = Image.Exif()
    place[0x010E] = "GPS 23.1N 113.2E"
    upload = staff | {"agreed": "y", "photo": (io.BytesIO(picture(exif=place.tobytes())), "chen.jpg")}
    assert hers.post(f"{page}/staff", data=upload).status_code == 303
    assert his.post(f"{page}/confirm", data={}).status_code == 303
    shown = public.get(page).text
    for said in (*TYPED.values(), "陈晓岚", "服务点主任"):
        assert said in shown, said
    assert [shown.index(f'id="{key}"') for key in SIX] == sorted(shown.index(f'id="{key}"') for key in SIX)
    kept = db.session.scalars(select(StoredFile)).one()
    assert b"GPS" not in kept.bytes
    one = db.session.scalars(select(PointStaff)).one()
    photo = public.get(f"{page}/photos/{one.public_id}.jpg")
    assert photo.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(photo.data)).size == (WIDTH, HEIGHT)
    assert "逢源街家庭综合服务点" in public.get(home).text
    _changed_closed_and_logged(app, point, one, home)


def _changed_closed_and_logged(app: Flask, point: ServicePoint, one: PointStaff, home: str) -> None:
    page, public = f"/points/{point.public_id}", client_as(app, None)
    his, hers = client_as(app, who("jia")), client_as(app, who("jia2"))
    assert hers.post(f"{page}/edit", data=TYPED | {"fees": "每份8元"}).status_code == 303
    assert "每份8元" not in public.get(page).text
    assert his.post(f"{page}/confirm", data={}).status_code == 303
    assert "每份8元" in public.get(page).text
    stale = hers.post(f"{page}/edit", data=TYPED | {"version": "1"})
    assert stale.status_code == 409
    assert hers.post(f"/point-staff/{one.public_id}/remove", data={}).status_code == 303
    assert "陈晓岚" not in public.get(page).text
    assert public.get(f"{page}/photos/{one.public_id}.jpg").status_code == 404
    entries = log.entries_of(point.public_id)
    told = "\n".join(e.values for e in entries if e.public)
    assert "陈晓岚" not in told
    assert db.session.get(ServicePoint, point.id).shown_digest in told  # type: ignore[union-attr]
    assert [e.action for e in entries if e.public] == [
        "service_point.confirm", "service_point.confirm", "service_point.edit",
    ]  # fmt: skip
    timeline = json.loads(public.get(f"{home}.json").text)["timeline"]
    assert [e["action"] for e in timeline].count("service_point.confirm") == 2
    assert hers.post(f"{page}/close", data={}).status_code == 403
    assert his.post(f"{page}/close", data={}).status_code == 303
    assert "已停止公示" in public.get(page).text
    assert "逢源路128号" not in public.get(page).text
    assert public.get(f"{page}/poster-a4.pdf").status_code == 404
    assert his.post(f"{page}/edit", data=TYPED).status_code == 409


def test_the_poster_carries_exactly_what_is_shown(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    organization = world.registered()
    point = made(sqlite_app, who("jia"), organization)
    page, his = f"/points/{point.public_id}", client_as(sqlite_app, who("jia"))
    upload = {"name": "陈晓岚", "duty": "主任", "agreed": "y", "photo": (io.BytesIO(picture("PNG")), "chen.png")}
    his.post(f"{page}/staff", data=upload)
    public = client_as(sqlite_app, None)
    assert public.get(f"{page}/poster-a4.pdf").status_code == 404
    his.post(f"{page}/confirm", data={})
    asked: list[tuple[str, dict[str, object], object, dict[str, bytes]]] = []

    class Sheet:
        pdf = b"%PDF-1.7 poster"

    def printed(document, edition, facts, *, footer, pictures):  # type: ignore[no-untyped-def]
        asked.append((document, facts, footer, pictures))
        return Sheet

    monkeypatch.setattr(posters, "print_pdf", printed)
    posters._printed.cache_clear()
    for size in ("a4", "a3", "a2", "a4"):
        sheet = public.get(f"{page}/poster-{size}.pdf")
        assert sheet.data == b"%PDF-1.7 poster"
    assert public.get(f"{page}/poster-a0.pdf").status_code == 404
    assert [facts["size"] for _, facts, _, _ in asked] == ["a4", "a3", "a2"]  # the second A4 is not set again
    document, facts, footer, pictures = asked[0]
    assert document == "service_point_poster"
    assert {k: facts[k] for k in TYPED} == TYPED
    assert footer.address.endswith(page)  # type: ignore[attr-defined]
    [row] = facts["staff"]  # type: ignore[misc]
    assert pictures[row["photo"]].startswith(b"\xff\xd8\xff")
    posters._printed.cache_clear()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photos_become_upright_portraits(kind: str) -> None:
    found = Image.open(io.BytesIO(portrait(picture(kind), "x")))
    assert (found.format, found.size, found.mode) == ("JPEG", (WIDTH, HEIGHT), "RGB")
