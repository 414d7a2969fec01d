"""A sealed bid handed in: checked, kept, logged, with its receipt printed and its proof signed."""

import io
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts import sessions
from app.bids import queries, sealing
from app.bids.sealed_payload import STATEMENTS
from app.core.access import acting
from app.core.db import db, writing
from app.core.forms import new_key
from app.demonstration.hands import body, who
from app.demonstration.people import SUPPLIERS
from app.tenders.models import Tender
from bench.pages import TIMES, bare, through_wsgi
from bench.serving import EMPTY, Server
from bench.timing import Row, Sample, timed
from bench.world import World

BIDS, BIDDER = 20, "jia"
FIELDS: dict[str, Any] = {
    "price_fen": 238_800_000,
    "technical": "服务方案：个案、小组、社区工作。" * 50,
    "business": "近三年业绩两项。",
    "contact": {"name": "陈某", "phone": "020-00000000", "email": ""},
    "declaration": {**dict.fromkeys(STATEMENTS, True), "sme": "none"},
}
ATTACHED = 1024 * 1024  # bytes


def measure(world: World, server: Server) -> Iterator[Row]:
    """The same bidder hands in and takes back, again and again; only the handing in is counted."""
    world.app.config["WTF_CSRF_ENABLED"] = False
    with bare(world) as connection:
        least = _bare(connection)
    yield Row("bid: bare insert", least, remark="one row, one transaction, flushed to disk, plain sqlite3")
    empty = through_wsgi(world.app, [EMPTY] * TIMES)
    sealing_ = Sample()
    handed_in = _handed_in(world, sealing_)
    yield Row("bid: sealed on the bidder's side", sealing_, remark="1 MB attached, five keyholders")
    yield Row("bid handed in, WSGI", handed_in, least, empty, "with the receipt as PDF and its proof")


def _handed_in(world: World, sealing_: Sample) -> Sample:
    tender, client, sent = _tender(world), _signed_in(world), []  # type: Any, FlaskClient, list[bytes]
    url = f"/tenders/{world.tender}/bids"

    def prepare() -> None:
        _withdraw(client, world)
        kept = timed([lambda: sent.append(_sealed(tender))])
        sealing_.walls += kept.walls
        sealing_.cpu += kept.cpu

    def hand_in() -> None:
        answer = _post(client, url, sent[-1])
        if answer.status_code != 303:
            raise RuntimeError(f"{url}: {answer.status_code}")

    prepare()
    hand_in()  # the first prints the first PDF of this process: fonts are read
    sealing_.walls.clear()
    sealing_.cpu = 0.0
    calls: list[Callable[[], object]] = [hand_in] * BIDS
    return timed(calls, prepare)


def _sealed(tender: Tender) -> bytes:
    bidder = body(SUPPLIERS[BIDDER][0])
    sheet = queries.sheet(tender, bidder)
    attached = [sealing.Attachment("proposal.pdf", "application/pdf", b"%PDF-1.7" + bytes(ATTACHED))]
    return sealing.seal(sheet, sheet.lots[0].id, sheet.bidder.id, FIELDS, attached)[0]


def _withdraw(client: FlaskClient, world: World) -> None:
    tender = _tender(world)
    live = queries.live_bid(tender, queries.lots_of(tender)[0], body(SUPPLIERS[BIDDER][0]).id)
    if live is not None:
        client.post(f"/bids/{live.public_id}/withdraw", data={"once": new_key(), "version": str(live.version)})


def _post(client: FlaskClient, url: str, content: bytes) -> TestResponse:
    fields = {"once": new_key(), "sealed": (io.BytesIO(content), "bid.sealed.json")}
    return client.post(url, data=fields, content_type="multipart/form-data")


def _tender(world: World) -> Tender:
    from sqlalchemy import select

    db.session.rollback()
    return db.session.scalars(select(Tender).where(Tender.public_id == world.tender)).one()


def _signed_in(world: World) -> FlaskClient:
    client, person = world.app.test_client(), who(BIDDER)
    with acting(person), writing():
        token = sessions.start(person, second_factor=True, address="127.0.0.1", agent="bench")
    client.set_cookie(sessions.COOKIE, token)
    return client


def _bare(connection: sqlite3.Connection) -> Sample:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS bench_bare (id INTEGER PRIMARY KEY, content BLOB)")

    def insert() -> None:
        connection.execute("INSERT INTO bench_bare (content) VALUES (?)", (bytes(1000),))
        connection.commit()

    sample = timed([insert] * TIMES)
    connection.execute("DROP TABLE bench_bare")
    connection.commit()
    return sample
