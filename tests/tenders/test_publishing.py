"""Publication along the days of project.toml, and every rule that bars it."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from pyrage import x25519

from app.core import changes, log
from app.core.clock import BEIJING
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.plans import actions as plans
from app.plans import queries as plan_queries
from app.tenders import actions, checks, queries
from tests.conftest import Hands, turn
from tests.plans.world import STEPS, at, refused, who
from tests.tenders import world
from tests.tenders.conftest import PAGE
from tests.tenders.world import CLOSES, PUBLISHED


def test_the_family_service_centre_up_to_its_publication(app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands))
    assert (tender.number, tender.threshold, len(tender.keyholders)) == ("440103-01-2026-00001", 3, 5)
    found = checks.publication(tender, "https://www.ccgp.gov.cn/a", PUBLISHED, CLOSES)
    assert [(one.rule, one.bars) for one in found] == [("A-24", False)]
    world.publish(tender, hands)
    assert (tender.state, tender.medium_published_at, tender.closes_at) == ("published", PUBLISHED, CLOSES)
    assert tender.seal_page_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert tender.notice is not None
    assert tender.notice.bytes.startswith(b"%PDF-")
    assert [e.action for e in log.entries_of(tender.public_id, public_only=True)] == ["tender.publish"]
    rows = {row.get("key"): row for row in queries.timeline(tender)}
    assert rows["earliest_deadline"]["when"] == date(2026, 5, 5)
    assert rows["notice_end"]["when"] == date(2026, 4, 22)
    assert rows["intent"]["when"] == date(2026, 4, 9)
    assert not any(row["provisional"] for row in rows.values() if row["when"].year == 2026)
    listed, following = queries.open_tenders()
    assert [(row.public_id, row.lots, row.ceiling_fen) for row in listed] == [(tender.public_id, 2, 300_000_000)]
    assert following is None
    hands.set(CLOSES)
    assert queries.open_tenders()[0] == []
    assert [row.number for row in queries.listed(still_open=False)[0]] == [tender.number]


def test_a_consultation_may_close_after_ten_days(app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.small_approved(hands))
    last_second = datetime(2026, 4, 24, 23, 59, 59, tzinfo=BEIJING)
    with refused("B-70"):
        world.publish(tender, hands, closes=last_second)
    world.publish(tender, hands, closes=last_second + timedelta(seconds=1))
    assert tender.state == "published"
    assert {one.rule for one in queries.clocks_of(tender) if one.key == "earliest_deadline"} == {"B-70"}


def test_a_deadline_one_second_too_early_is_barred(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands))
    last_second = datetime(2026, 5, 4, 23, 59, 59, tzinfo=BEIJING)
    with refused("B-42"):
        world.publish(tender, hands, closes=last_second)
    assert tender.notice_id is None
    world.publish(tender, hands, closes=last_second + timedelta(seconds=1))


def test_what_is_missing_before_publication(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands), keys=4)
    project = tender.project
    hands.set(PUBLISHED)
    with turn(who("officer")):
        plans.edit(project, plan_no="")
        for one in plan_queries.contents(project).preparations:
            plans.drop(one)
    with refused("A-14", "B-13", "B-14", "B-16", "B-17", "G-03"):
        world.publish(tender, hands)
    with turn(who("officer")):
        plans.prepare(project, "need_survey", date(2026, 4, 1), subjects=2)
        plans.prepare(project, "intention", date(2026, 3, 17))  # the 29th day before 15 April
    with refused("A-14", "B-13", "B-14", "B-16", "B-17", "G-03"):
        world.publish(tender, hands)
    with turn(who("officer")):
        plans.edit(project, plan_no="荔财采计1号")
        plans.prepare(project, "need_survey", date(2026, 4, 1), subjects=3)
        plans.prepare(project, "public_comment", date(2026, 4, 1))
        plans.prepare(project, "ex_ante_assessment", date(2026, 4, 1))
        plans.prepare(project, "intention", date(2026, 3, 16))
    with turn(tender.keyholders[4].person):
        actions.register_key(tender.keyholders[4], world.KEYS[4])
    world.publish(tender, hands)


def test_the_medium_and_its_moment(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands))
    with refused("B-19"):
        world.publish(tender, hands, medium_url="公告")
    for wrong in (PUBLISHED + timedelta(hours=2), at(STEPS["reviewed"]) - timedelta(seconds=1)):
        hands.set(PUBLISHED + timedelta(hours=1))
        with pytest.raises(Invalid) as caught, turn(who("officer")):
            actions.publish(tender, medium_published_at=wrong, closes_at=CLOSES, **world.MEDIUM)
        assert caught.value.field == "medium_published_at"
    hands.set(PUBLISHED + timedelta(days=7, seconds=1))
    with pytest.raises(Invalid), turn(who("officer")):
        actions.publish(tender, medium_published_at=PUBLISHED, closes_at=CLOSES, **world.MEDIUM)
    assert tender.state == "draft"


def test_keyholders_and_their_keys(app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands), keys=0)
    first, second = tender.keyholders[:2]
    with turn(first.person):
        actions.register_key(first, f" {world.KEYS[0]}\n")
    secret = str(x25519.Identity.generate())
    for wrong in (secret, "age1", world.KEYS[1].upper(), "ssh-ed25519 AAAA", ""):
        with pytest.raises(Invalid), turn(second.person):
            actions.register_key(second, wrong)
    with refused("G-03"), turn(second.person):
        actions.register_key(second, world.KEYS[0])
    with pytest.raises(NotAllowed), turn(first.person):
        actions.register_key(second, world.KEYS[1])
    with pytest.raises(Invalid), turn(who("officer")):
        actions.name_keyholder(tender, first.person, "再来一次")
    with pytest.raises(Invalid), turn(who("officer")):
        actions.name_keyholder(tender, who("jia"), "供应商")
    with turn(who("officer")):
        actions.set_threshold(tender, 5)
    with refused("G-02", "G-03"):
        world.publish(tender, hands)
    with turn(who("officer")):
        changes.amend(second, "keyholder.name", person_id=who("admin").id, standing="平台")
    assert [f.rule for f in checks.standing(tender) if f.rule == "G-01"] == ["G-01"]  # two of the platform


def test_after_publication_nothing_it_rests_on_changes(app: Flask, hands: Hands) -> None:
    tender = world.publish(world.drafted(world.approved(hands)), hands)
    project, preparation = tender.project, plan_queries.contents(tender.project).preparations[0]
    with pytest.raises(OutOfOrder), turn(who("leader")):
        plans.cancel(project, "不办了")
    with pytest.raises(OutOfOrder), turn(who("officer")):
        plans.drop(preparation)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        plans.edit(project, plan_no="另一个编号")
    with pytest.raises(OutOfOrder), turn(tender.keyholders[0].person):
        actions.register_key(tender.keyholders[0], world.KEYS[0])
    with pytest.raises(OutOfOrder):
        world.publish(tender, hands)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.draft(project)


def test_a_failed_run_is_told_and_followed_by_another(app: Flask, hands: Hands) -> None:
    tender = world.publish(world.drafted(world.approved(hands)), hands)
    with refused("B-56"), turn(who("officer")):
        actions.fail(tender, "只有两家投标", "too_few")
    for reason, ground in ((" ", "violation"), ("有误", "no such ground")):
        with pytest.raises(Invalid), turn(who("officer")):
            actions.fail(tender, reason, ground)
    hands.set(CLOSES)
    with turn(who("officer")):
        actions.fail(tender, "只有两家投标", "too_few")
        again = actions.draft(tender.project)
    assert (tender.state, tender.failure_ground, again.number) == ("failed", "too_few", f"{tender.number}-R1")
    with turn(who("leader")):
        actions.cancel(again, "任务取消")
    with turn(who("leader")):
        plans.cancel(tender.project, "任务取消")
    assert tender.project.state == "cancelled"


def test_no_tender_before_the_review_and_none_without_the_sealing_page(sqlite_app: Flask, hands: Hands) -> None:
    project = world.plans.prepared(world.plans.family(hands), hands)
    with pytest.raises(OutOfOrder), turn(who("officer")):
        actions.draft(project)
    tender = world.drafted(world.plans.reviewed(project, hands))
    sqlite_app.static_folder = str(sqlite_app.config["HOME"])
    with pytest.raises(OutOfOrder) as caught:
        world.publish(tender, hands)
    assert "./portal run" in caught.value.text
    assert tender.state == "draft"
