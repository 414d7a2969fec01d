"""The family service centre with both contracts published, its communities known, and the sheets as they were given."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import config
from app import create_app
from app.agreements.actions import _set_instalments
from app.agreements.models import Agreement
from app.agreements.signing import _take_effect
from app.awards.models import Award
from app.catalogue.actions import load_catalogue, load_norms
from app.core import access, changes, clock, files, migrations
from app.core.clock import BEIJING
from app.core.db import db, writing
from app.delivery import actions
from app.demonstration import people
from app.demonstration.purchase import FIRST
from app.demonstration.steps import preparing
from app.documents.editions import latest
from app.places import actions as places
from app.places.models import Place
from app.plans.models import Project
from tests import conftest_postgres
from tests.agreements.world import CLOSES, WINNERS, _award, _tender
from tests.conftest import Hands, turn
from tests.plans.world import at, who

HALF, WHOLE = FIRST.months()[:6], FIRST.months()


def portal(kind: str, request: pytest.FixtureRequest, home: Path) -> Iterator[Flask]:
    """A portal in *home* with both contracts published; made once a run and copied."""
    url = ""
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        template = conftest_postgres.template_database(server, "delivering", lambda to: seed(home / "t", to))
        url = conftest_postgres.fresh_database(server, template)
    else:
        shutil.copy(request.getfixturevalue("delivering_sqlite"), home / "portal.sqlite3")
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with made.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
    if url:
        conftest_postgres.drop_database(server, url)


def seed(home: Path, url: str = "") -> Path:
    """Fill an empty database up to the publication of the contracts; gives the SQLite file."""
    before, hands = clock._source, Hands(at(FIRST.day("appropriated")))
    clock.use(hands)
    made = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    with made.app_context():
        migrations.upgrade()
        with access.acting(access.KEEPER), writing():
            load_catalogue()
            load_norms()
            people.enter_people()
            _enter_places()
        _contracts(_project(hands, home), hands)
        db.session.remove()
        db.engine.dispose()
    clock.use(before)
    return home / "portal.sqlite3"


def agreement(lot: int = 1) -> Agreement:
    """The contract of a lot."""
    return next(one for one in db.session.scalars(select(Agreement)) if one.lot.number == lot)


def project() -> Project:
    """The project both belong to."""
    return db.session.scalars(select(Project)).one()


def deliver(months: list[str], hands: Hands, *lots: int) -> None:
    """Each lot's organization hands in the given sheet of these months, on the third of the month after them."""
    year, month = map(int, months[-1].split("-"))
    hands.set(at(date(year + month // 12, month % 12 + 1, 3)))
    for lot in lots or (1, 2):
        with turn(who(WINNERS[lot][1])):
            actions.import_sheet(agreement(lot), FIRST.sheet(months), "given.csv")


def _enter_places() -> None:
    district = Place(
        code="440103", name="荔湾区", level="district", parent_code="440100", place="440103", households=None
    )  # fmt: skip
    changes.add(district, "place.add")
    places.add_place(code=people.STREET, name="逢源街道", level="street")
    for number, name in enumerate(people.COMMUNITIES, 1):
        code = f"{people.STREET}{number:03d}"
        places.add_place(code=code, name=name, level="community")
        for grid in (1, 2):
            places.add_place(code=f"{code}{grid:03d}", name=f"{name}{grid}", level="grid", households=120)


def _project(hands: Hands, keys: Path) -> Project:
    from app.demonstration.hands import Hands as Walk

    walk = Walk(FIRST, lambda line: None, hands.set, keys)
    return preparing._draft(walk, preparing._appropriate(walk))


def _contracts(of: Project, hands: Hands) -> None:
    from app.plans.queries import lots_of

    hands.set(CLOSES - timedelta(days=30))
    tender = _tender(of)
    hands.set(CLOSES + timedelta(days=6))
    awards = [_award(tender, lot, *WINNERS[lot.number]) for lot in lots_of(of)]
    with turn(who("officer")):
        for award in awards:
            changes.move(award, "announce", medium_url="https://www.ccgp.gov.cn/1.htm", announced_at=clock.now())
    hands.set(FIRST.moment("signed").astimezone(BEIJING))
    made = [_contract(award) for award in awards]
    hands.set(at(FIRST.day("contract_published")))
    with turn(who("officer")):
        for one in made:
            changes.move(one, "publish", medium_url="https://www.ccgp.gov.cn/2.htm", published_at=clock.now())


def _contract(award: Award) -> Agreement:
    of = award.tender.project
    with turn(who("officer")):
        paper = files.keep(f"合同 {award.lot.number}".encode(), "合同.txt", ("txt",))
        made = Agreement(
            number=f"440103-FY-2026-001-{award.lot.number:02d}", award=award, award_id=award.id, project=of,
            project_id=of.id, lot=award.lot, lot_id=award.lot_id, buyer_id=of.buyer_id, supplier=award.supplier,
            supplier_id=award.supplier_id, supervisor_id=of.supervisor_id, amount_fen=award.amount_fen,
            term_from=of.term_from, term_to=of.term_to, edition=latest("service_agreement"), facts={}, fingerprint="0",
            file=paper, file_id=paper.id, place=award.place,
        )  # fmt: skip
        changes.add(made, "agreement.draw_up")
        _set_instalments(made)
    with turn(who("leader")):
        changes.move(made, "sign", signed_file_id=made.file_id)
        changes.move(made, "countersign", signed_at=clock.now())
        _take_effect(made)
    return made
