"""A published tender with five keyholders whose keys are real, and bids sealed as bidders seal them."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyrage import x25519
from sqlalchemy import select

import config
from app import create_app
from app.accounts.models import Body, Person
from app.bids import actions, opening, queries, sealing
from app.bids.models import SealedBid
from app.bids.sealed_payload import STATEMENTS
from app.catalogue.actions import load_catalogue, load_norms
from app.core import access, changes, clock, migrations
from app.core.db import db, writing
from app.demonstration import people
from app.plans.models import Lot, Project
from app.tenders.models import Keyholder, Tender
from tests import conftest_postgres
from tests.conftest import Hands, turn
from tests.plans.world import at, body, who

KEYS = tuple(x25519.Identity.generate() for _ in people.STANDINGS)
CLOSES = at(date(2026, 5, 12), 10)
LOTS = ((1, "综合服务", 250_000_000), (2, "长者居家探访", 50_000_000))
PRICES = {"jia": 238_800_000, "yi": 229_500_000, "wu": 241_000_000, "bing": 188_000_000, "ding": 45_550_055}
FIELDS: dict[str, Any] = {
    "technical": "服务方案：个案、小组、社区工作。",
    "business": "近三年业绩两项。",
    "contact": {"name": "陈某", "phone": "020-81000000", "email": ""},
    "declaration": {**dict.fromkeys(STATEMENTS, True), "sme": "none"},
}


BEFORE = CLOSES - timedelta(days=25)  # the day of publication
HANDED_IN = ("jia", "yi", "wu")  # who has bid for lot 1 where a portal is asked for `with_bids`


def portal(kind: str, request: pytest.FixtureRequest, home: Path, with_bids: bool = False) -> Iterator[Flask]:
    """A portal in *home* with two published tenders, and three bids for lot 1 if wanted; made once a run and copied."""
    made_before, name, url = request.getfixturevalue("seeds"), f"bids-{kind}-{with_bids}", ""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        template = conftest_postgres.template_database(
            server, "with_bids" if with_bids else "bidding", lambda to: seed(made_before / name, to, with_bids)
        )
        url = conftest_postgres.fresh_database(server, template)
    elif not (made_before / name).exists():
        seed(made_before / name, "", with_bids)
    shutil.copytree(made_before / name, home, dirs_exist_ok=True)
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def seed(home: Path, url: str = "", with_bids: bool = False) -> None:
    """Fill an empty database and its home up to the publication of the tenders, or to three bids for the first."""
    before, hands = clock._source, Hands(BEFORE)
    clock.use(hands)
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    with made.app_context():
        migrations.upgrade()
        with access.acting(access.KEEPER), writing():
            load_catalogue()
            load_norms()
            people.enter_people()
        _publish(_project(1, "open_tender", "家庭综合服务中心服务采购项目", LOTS))
        _publish(_project(2, "consultation", "长者饭堂助餐配送服务", ((1, "助餐配送", 48_000_000),)))
        hands.set(CLOSES - timedelta(days=1))
        for name in HANDED_IN if with_bids else ():
            hand_in(tender(), name, content=seal(tender(), name, files={f"{name}.pdf": b"%PDF-1.7 " + name.encode()}))
        db.session.remove()
        db.engine.dispose()
    clock.use(before)


def tender(number: int = 1) -> Tender:
    """The open tender over two lots (1), or the consultation over one (2)."""
    found = db.session.scalar(select(Tender).where(Tender.number.endswith(f"-{number:05d}")))
    assert found is not None
    return found


def seal(
    of: Tender, name: str, lot: int = 1, price_fen: int | None = None, files: dict[str, bytes] | None = None
) -> bytes:
    """A bid of a demonstration supplier (`jia`, `yi` …), sealed with the sheet the portal gives them."""
    sheet = queries.sheet(of, supplier(name))
    fields = FIELDS | {"price_fen": price_fen or min(PRICES[name], sheet.lots[lot - 1].ceiling_fen)}
    attached = [sealing.Attachment(n, "application/pdf", content) for n, content in (files or {}).items()]
    return sealing.seal(sheet, sheet.lots[lot - 1].id, sheet.bidder.id, fields, attached)[0]


def hand_in(of: Tender, name: str, lot: int = 1, content: bytes | None = None) -> SealedBid:
    """A supplier's manager hands in a bid."""
    with turn(who(name)):
        return actions.hand_in(of, supplier(name), content or seal(of, name, lot))


def bid_of(name: str, lot: int = 1) -> SealedBid:
    """A supplier's live bid for a lot of the first tender."""
    found = queries.live_bid(tender(), queries.lots_of(tender())[lot - 1], supplier(name).id)
    assert found is not None
    return found


def shares(of: Tender, number: int) -> bytes:
    """What the keyholder (1 to 5) makes of their list at their own desk."""
    return sealing.release_shares(queries.share_sheet(of, of.keyholders[number - 1]), str(KEYS[number - 1]))


def release(of: Tender, *numbers: int) -> None:
    """These keyholders hand in their shares."""
    for number in numbers:
        with turn(who(f"key{number}")):
            opening.release(of.keyholders[number - 1], shares(of, number))


def open_all(of: Tender, by: str = "officer") -> Any:
    """The bids are opened."""
    with turn(who(by)):
        return opening.open_all(of)


def supplier(name: str) -> Body:
    """A supplier of the demonstration."""
    return body(people.SUPPLIERS[name][0])


def _project(number: int, method: str, name: str, lots: tuple[tuple[int, str, int], ...]) -> Project:
    buyer, bureau, officer = body(people.BUYER), body(people.BUREAU), who("officer")
    with turn(officer):
        project = changes.add(
            Project(
                number=f"440103-{number:02d}-2026-{number:05d}", name=name, buyer=buyer, buyer_id=buyer.id,
                supervisor_id=bureau.id, fiscal_year=2026, catalogue_code="A1003", service_class="A", method=method,
                term_from=date(2026, 7, 1), term_to=date(2027, 6, 30), reserved=False, place=buyer.place,
                exemption="policy_social_organizations", price_weight=10, technical_weight=60, business_weight=30,
                drafted_by_id=officer.id, need="社区服务",
            ),
            "project.draft",
        )  # fmt: skip
        for order, title, ceiling in lots:
            lot = Lot(project_id=project.id, buyer_id=buyer.id, number=order, name=title, ceiling_fen=ceiling)
            changes.add(lot, "project.edit")
    return project


def _publish(project: Project) -> Tender:
    with turn(who("officer")):
        made = Tender(
            number=project.number, project=project, project_id=project.id, buyer=project.buyer, place=project.place,
            buyer_id=project.buyer_id, supervisor_id=project.supervisor_id, by_id=who("officer").id,
            medium_name="中国政府采购网", medium_url="https://www.ccgp.gov.cn/example.htm", closes_at=CLOSES,
            medium_published_at=clock.now(), threshold=3,
        )  # fmt: skip
        changes.add(made, "tender.draft")
        for order, standing in enumerate(people.STANDINGS, 1):
            person: Person = who(f"key{order}")
            holder = Keyholder(
                tender=made, tender_id=made.id, order=order, person=person, person_id=person.id, standing=standing,
                recipient=str(KEYS[order - 1].to_public()), place=made.place,
            )  # fmt: skip
            changes.add(holder, "keyholder.name")
        changes.move(made, "publish", published_at=clock.now())
    return made
