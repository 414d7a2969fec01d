"""The pages of a tender: typed in by officer and keyholders, hidden as a draft, public once published."""

from datetime import timedelta

from flask import Flask

from app.accounts import actions as accounts
from app.core import security
from app.demonstration import people
from app.tenders import actions, queries
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans.test_pages import counted, send
from tests.plans.world import FAMILY, body, who
from tests.tenders import world
from tests.tenders.world import CLOSES, PUBLISHED


def test_a_tender_is_prepared_and_published_through_its_pages(app: Flask, hands: Hands) -> None:
    project = world.approved(hands)
    officer = client_as(app, who("officer"))
    assert f"/plans/{project.public_id}/tender" in officer.get("/desk").text
    home = send(officer, f"/plans/{project.public_id}/tender").location
    for number, standing in enumerate(FAMILY["keyholders"]["bodies"], 1):
        send(officer, f"{home}/keyholders", holder=who(f"key{number}").public_id, standing=standing)
    send(officer, f"{home}/threshold", threshold=3)
    for number, key in enumerate(world.KEYS, 1):
        holder = client_as(app, who(f"key{number}"))
        assert f"{home}/key" in holder.get("/desk").text
        send(holder, f"{home}/key", recipient=key)
        assert f"{home}/key" not in holder.get("/desk").text
    hands.set(PUBLISHED + timedelta(hours=1))
    typed = {
        "medium_name": "中国政府采购网", "medium_url": world.MEDIUM["medium_url"],
        "medium_published_at": "2026-04-15 09:00", "closes_at": "2026年5月4日 23:59",
    }  # fmt: skip
    answer = send(officer, f"{home}/publish", expect=422, **typed)
    assert "B-42" in answer.text
    assert "2026年5月4日 23:59" in answer.text
    assert security.refusals(1)[0].rules.split() == ["A-24", "B-42"]
    send(officer, f"{home}/publish", **(typed | {"closes_at": "2026-05-12 10:00"}))
    anybody = client_as(app, None)
    page = anybody.get(home)
    assert page.status_code == 200
    for told in ("27 天 0 小时", "3,000,000.00", world.KEYS[4], world.MEDIUM["medium_url"], "B-42", "2026年5月5日"):
        assert told in page.text, told
    notice = anybody.get(f"{home}/notice.pdf")
    assert notice.data.startswith(b"%PDF-")
    assert project.name in anybody.get("/tenders").text


def test_a_draft_is_hidden_from_everybody_who_does_not_work_on_it(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands))
    home = f"/tenders/{tender.public_id}"
    seen = {"officer": 200, "approver": 200, "supervisor": 200, "key3": 200, "jia": 404, "expert1": 404, None: 404}
    for name, status in seen.items():
        client = client_as(sqlite_app, who(name) if name else None)
        assert client.get(home).status_code == status, name
        assert (tender.project.name in client.get("/tenders").text) == (name in ("officer", "approver", "key3")), name
        assert client.get(f"{home}/notice.pdf").status_code == 404
    assert client_as(sqlite_app, who("officer")).get(f"{home}/key").status_code == 404
    for name, page, status in (("jia", "publish", 403), ("key1", "threshold", 403), (None, "publish", 401)):
        client = client_as(sqlite_app, who(name) if name else None)
        assert client.post(f"{home}/{page}", data={"threshold": 2}).status_code == status, (name, page)
    assert tender.threshold == 3


def test_every_page_is_drawn_as_the_tender_goes_on(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands))
    home, officer = f"/tenders/{tender.public_id}", client_as(sqlite_app, who("officer"))
    for one in ("", "/keyholders", "/threshold", "/publish"):
        assert officer.get(home + one).status_code == 200, one
    assert officer.get(f"/keyholders/{tender.keyholders[0].public_id}/replace").status_code == 200
    assert officer.get(f"/plans/{tender.project.public_id}/tenders").status_code == 200
    assert client_as(sqlite_app, who("leader")).get(f"{home}/cancel").status_code == 200
    assert client_as(sqlite_app, who("key1")).get(f"{home}/key").status_code == 200
    world.publish(tender, hands)
    assert officer.get(f"{home}/fail").status_code == 200
    hands.set(CLOSES)
    closed = client_as(sqlite_app, None).get(home).text
    assert "投标已截止" in closed
    assert "小时" not in closed
    assert tender.project.name in officer.get("/tenders?show=closed").text
    send(officer, f"{home}/fail", ground="too_few", reason="只有两家投标")
    assert "只有两家投标" in client_as(sqlite_app, None).get(home).text
    assert f"/plans/{tender.project.public_id}/tender" in officer.get("/desk").text


def test_a_keyholder_is_replaced_before_publication(app: Flask, hands: Hands) -> None:
    tender = world.drafted(world.approved(hands))
    with turn():
        other = accounts.add_person(
            name="接替的保管人", sign_in_name="key6", password="Long-enough-7731", roles={"keyholder"},
            body=body(people.BUYER), place="440103007",
        )  # fmt: skip
    holder, officer = tender.keyholders[0], client_as(app, who("officer"))
    url = f"/keyholders/{holder.public_id}/replace"
    assert (
        "已是本次采购的密钥保管人"
        in send(officer, url, expect=422, holder=who("key2").public_id, standing="采购人").text
    )
    assert holder.recipient == world.KEYS[0]
    send(officer, url, holder=other.public_id, standing="采购人")
    assert (holder.person_id, holder.recipient) == (other.id, "")


def test_the_public_list_pages_by_key(app: Flask, hands: Hands) -> None:
    made = [world.publish(world.drafted(world.small_approved(hands)), hands, closes=CLOSES)]
    made.append(world.publish(world.drafted(world.approved(hands)), hands, closes=CLOSES + timedelta(hours=1)))
    one, key = queries.open_tenders(limit=1)
    two, end = queries.open_tenders(after=key, limit=1)
    assert [row.number for row in (*one, *two)] == [tender.number for tender in made]
    assert end is None
    hands.set(CLOSES + timedelta(days=1))
    three, key = queries.listed(still_open=False, limit=1)
    four, end = queries.listed(still_open=False, after=key, limit=1)
    assert [row.number for row in (*three, *four)] == [tender.number for tender in reversed(made)]
    assert end is None


def test_the_public_page_asks_few_questions(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.publish(world.drafted(world.approved(hands)), hands)
    anybody = client_as(sqlite_app, None)
    with counted() as seen:
        anybody.get(f"/tenders/{tender.public_id}")
    assert len(seen) <= 20, len(seen)
    with turn(who("officer")):
        actions.fail(tender, "程序有误", "violation")
