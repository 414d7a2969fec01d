"""The review through its pages: who sees what, what is kept after a refusal, and what a second click does."""

import re
from threading import Barrier, Thread

from flask import Flask
from flask.testing import FlaskClient

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.awards import actions, queries, records
from app.awards.waiting import waiting
from app.core import security
from app.core.db import db
from app.demonstration.hands import who
from app.tenders.lifecycle import TENDER
from app.tenders.models import Tender
from tests.awards import world
from tests.conftest import Hands, turn
from tests.http import client_as

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def sign_in(app: Flask, name: str) -> FlaskClient:
    """A client signed in as the person with this sign-in name."""
    return client_as(app, who(name))


def hidden(text: str, name: str) -> str:
    """What a hidden field of a page carries."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
    assert found, name
    return found[1]


def send(client: FlaskClient, url: str, **typed: object):  # type: ignore[no-untyped-def]
    """Open a page's form and send it back with what is typed."""
    shown = client.get(url).text
    given = {name: hidden(shown, name) for name in ("once", "version") if f'name="{name}"' in shown}
    return client.post(url, data={**given, **typed})


def test_a_whole_review_on_its_pages(app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    officer, home = sign_in(app, "officer"), f"/tenders/{tender.public_id}"
    for bid in records.readable(tender):
        url = f"/awards/qualification/{bid.public_id}"
        assert send(officer, url, passed="yes").status_code == 303
    experts = [who(f"expert{n}").public_id for n in range(1, 5)]
    drawn = {"experts": experts, "representatives": [who("approver").public_id]}
    assert send(officer, f"{home}/committee", **drawn).location == f"{home}/committee"
    hands.set(world.REVIEW)
    for member in queries.committee(tender):
        mine = client_as(app, member.person)
        assert send(mine, f"/judging/{member.public_id}/declare", tied="no").status_code == 303
    bing = world.bid_of(tender, "丙")
    assert "丙公益服务有限公司" in officer.get(f"{home}/judging").text
    review_url = send(officer, f"/awards/low-price/{bing.public_id}/ask").location
    bidder = sign_in(app, "bing")
    assert bidder.get(review_url).status_code == 200
    hands.forward(minutes=30)
    assert send(officer, f"{review_url}/decide", accepted="no", reason="没有说明").status_code == 303
    _score_on_pages(app, tender)
    assert "90.41" not in officer.get(f"{home}/judging").text
    assert send(officer, f"{home}/report").location == f"{home}/judging"
    shown = officer.get(f"{home}/judging").text
    assert all(mark in shown for mark in ("90.41", "85.52", "84.80", "92.08", "87.61"))
    assert officer.get(f"{home}/report.pdf").data.startswith(b"%PDF-")
    hands.set(world.AWARDED)
    leader = sign_in(app, "leader")
    given = {name: hidden(leader.get(f"{home}/decide").text, name) for name in ("once", "version", "chosen")}
    first = leader.post(f"{home}/decide", data=given)
    assert (first.status_code, first.location) == (303, f"{home}/judging")
    assert leader.post(f"{home}/decide", data=given).location == first.location  # a second click: the first answer
    assert len(queries.awards_of(tender)) == 2
    assert client_as(app, None).get(f"{home}/result-notice.pdf").status_code == 404
    typed = {"medium_url": world.MEDIUM, "announced_at": "2026-05-18 10:00"}
    assert send(officer, f"{home}/announce", **typed).status_code == 303
    assert client_as(app, None).get(f"{home}/result-notice.pdf").data.startswith(b"%PDF-")
    _after_the_result(app, tender)


def _score_on_pages(app: Flask, tender: Tender) -> None:
    marks = {(one["lot"], one["bidder"]): one["scores"] for one in world.GIVEN["bids"]}
    for number, member in enumerate(queries.committee(tender)):
        mine = client_as(app, member.person)
        for bid in queries.to_score(tender):
            technical, business = marks[bid.lot.number, bid.bidder.name][number]
            url = f"/judging/{member.public_id}/bids/{bid.public_id}"
            if number == 0:
                assert "的技术方案" in mine.get(url).text
                assert mine.get(f"{url}/attachments/1").data.decode().startswith("证书")
                assert mine.get(f"{url}/attachments/2").status_code == 404
            assert send(mine, url, technical=str(technical), business=str(business)).status_code == 303
        with app.test_request_context():
            assert waiting(member.person) == []


def _after_the_result(app: Flask, tender: Tender) -> None:
    """A loser sees its own marks and place only; the winner its award; the public the names and the price."""
    home = f"/tenders/{tender.public_id}"
    loser = sign_in(app, "yi").get(f"{home}/my-result").text
    assert "84.80" in loser
    assert "许教授" in loser
    assert "2,388,000.00" in loser
    assert not any(other in loser for other in ("90.41", "85.52", "92.08"))
    won = next(a for a in queries.awards_of(tender) if a.supplier.name[0] == "甲")
    winner = sign_in(app, "jia")
    assert "贰佰叁拾捌万捌仟元整" in winner.get(f"/awards/{won.public_id}").text
    assert winner.get(f"/awards/{won.public_id}/notice.pdf").data.startswith(b"%PDF-")
    assert sign_in(app, "yi").get(f"/awards/{won.public_id}").status_code == 404
    assert sign_in(app, "yi").get(f"{home}/report.pdf").status_code == 404


def test_two_leaders_at_once_and_the_second_is_told_of_the_first(app: Flask, hands: Hands) -> None:
    tender = world.reported(hands)
    with turn():
        other = accounts.add_person(
            name="冯副主任", sign_in_name="leader2", password="Open-Sesame-88", roles={"leader"},
            body=who("leader").body, place=who("leader").place,
        )  # fmt: skip
    hands.set(world.AWARDED)
    url, clients = f"/tenders/{tender.public_id}/decide", [client_as(app, p) for p in (who("leader"), other)]
    sent = [{name: hidden(client.get(url).text, name) for name in ("once", "version", "chosen")} for client in clients]
    answers, together = {}, Barrier(2)

    def decide(number: int) -> None:
        with app.app_context():
            together.wait()
            answers[number] = clients[number].post(url, data=sent[number])

    db.session.rollback()
    threads = [Thread(target=decide, args=(number,)) for number in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(a.status_code for a in answers.values()) == [303, 409]
    db.session.rollback()
    db.session.expire_all()
    awards = queries.awards_of(tender)
    assert len(awards) == 2
    first = records.person_named(awards[0].decided_by_id)
    refused = next(a.text for a in answers.values() if a.status_code == 409)
    assert first in refused
    assert "甲社会工作服务中心" in refused
    assert security.refusals(1)[0].path == url


def test_a_refusal_keeps_what_was_typed_and_names_the_rule(app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    officer, home = sign_in(app, "officer"), f"/tenders/{tender.public_id}"
    experts = [who("expert1").public_id, who("expert2").public_id]
    answer = send(officer, f"{home}/committee", experts=experts)
    assert answer.status_code == 422
    assert "B-47" in answer.text
    assert answer.text.count("checked") == 2
    jia = world.bid_of(tender, "甲")
    answer = send(officer, f"/awards/qualification/{jia.public_id}", passed="no", reason=" ")
    assert answer.status_code == 422
    assert "请写明理由" in answer.text
    assert "govuk-error-summary" in send(officer, f"/awards/qualification/{jia.public_id}").text
    assert records.qualifications(tender) == {}
    world.qualify(tender)
    world.seat(tender)
    hands.set(world.REVIEW)
    world.declare_all(tender)
    member = queries.committee(tender)[0]
    mine, url = client_as(app, member.person), f"/judging/{member.public_id}/bids/{jia.public_id}"
    answer = send(mine, url, technical="55.01", business="30", comment="方案完整")
    assert answer.status_code == 422
    assert "G-12" in answer.text
    assert 'value="55.01"' in answer.text
    assert "方案完整" in answer.text
    for wrong in ("五十", "50.005", "-1"):
        answer = send(mine, url, technical=wrong, business="30")
        assert "govuk-error-summary" in answer.text
        assert f'value="{wrong}"' in answer.text
    assert records.own_scores(member) == {}
    answer = send(officer, f"{home}/report")
    assert answer.status_code == 422
    assert "B-55" in answer.text
    assert security.refusals(1)[0].path == f"{home}/report"


ROLES = {  # who: judging, committee, report, decide, the first member's seat
    None: (401, 401, 401, 401, 401),
    "officer": (200, 200, 200, 403, 404),
    "leader": (200, 403, 403, 200, 403),
    "supervisor": (200, 403, 403, 403, 403),
    "approver": (200, 403, 403, 403, 404),
    "expert1": (403, 403, 403, 403, 200),
    "expert2": (403, 403, 403, 403, 404),
    "jia": (404, 403, 403, 403, 403),
}


def test_who_may_open_which_page(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    world.seat(tender)
    home, seat = f"/tenders/{tender.public_id}", f"/judging/{queries.committee(tender)[0].public_id}"
    pages = (f"{home}/judging", f"{home}/committee", f"{home}/report", f"{home}/decide", seat)
    for name, expected in ROLES.items():
        client = client_as(sqlite_app, who(name) if name else None)
        assert tuple(client.get(url).status_code for url in pages) == expected, name
        sees = name in ("officer", "supervisor", "approver")  # secret until the result but for them and members (B-48)
        assert ("马老师" in client.get(pages[0]).text) == sees, name


def test_every_page_in_english_has_no_chinese_but_names_and_what_was_typed(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)
    jia, bing = world.bid_of(tender, "甲"), world.bid_of(tender, "丙")
    pages = {"officer": [f"/awards/qualification/{jia.public_id}", f"/tenders/{tender.public_id}/committee"]}
    _read(sqlite_app, pages)
    world.qualify(tender)
    world.seat(tender)
    hands.set(world.REVIEW)
    member = queries.committee(tender)[0]
    _read(sqlite_app, {"expert1": [f"/judging/{member.public_id}", f"/judging/{member.public_id}/declare"]})
    world.declare_all(tender)
    sheet = f"/judging/{member.public_id}/bids/{jia.public_id}"
    _read(sqlite_app, {"officer": [f"/awards/low-price/{bing.public_id}/ask"], "expert1": [sheet]})
    with turn(who("officer")):
        review = f"/low-price/{actions.ask_low_price(bing).public_id}"
    _read(sqlite_app, {"officer": [review, f"{review}/decide"], "bing": [review, f"{review}/answer"]})
    hands.forward(minutes=31)
    with turn(who("officer")):
        actions.decide_low_price(records.reviews(tender)[bing.id], False, "unproven")
    world.score_all(tender)
    home = f"/tenders/{tender.public_id}"
    _read(sqlite_app, {"officer": [f"{home}/report", f"{home}/judging"], "expert1": [f"/judging/{member.public_id}"]})
    with turn(who("officer")):
        actions.report(tender)
    hands.set(world.AWARDED)
    _read(sqlite_app, {"leader": [f"{home}/decide"], "expert1": [sheet], "jia": [f"{home}/my-result"]})
    with turn(who("leader")):
        made = actions.decide(tender, queries.first_ranked(tender))
    award = f"/awards/{made[0].public_id}"
    _read(sqlite_app, {"officer": [f"{home}/announce", f"{home}/judging"], "leader": [award, f"{award}/annul"]})
    with turn(who("officer")):
        actions.announce_all(tender, world.MEDIUM, hands.moment)
    _read(sqlite_app, {"jia": [award, f"{home}/my-result"], "yi": [f"{home}/my-result"]})


def _read(app: Flask, pages: dict[str, list[str]]) -> None:
    for name, urls in pages.items():
        client = sign_in(app, name)
        client.set_cookie("lang", "en")
        for url in urls:
            answer = client.get(url)
            assert answer.status_code == 200, (url, answer.status_code)
            assert CHINESE.findall(_without_names(answer.text)) == [], url


def _without_names(text: str) -> str:
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.DOTALL)
    text = text[text.index("<main") : text.index("</main>")]
    people, bodies = _names()
    given = [world.GIVEN["project"]["name"], *(lot["name"] for lot in world.GIVEN["lots"])]
    typed = ["的技术方案", "商务响应", "证书", "社会工作", *TENDER.states.values()]  # states: the tenders' own file
    for name in sorted([*people, *bodies, *given, *typed], key=len, reverse=True):
        text = text.replace(name, "")
    return re.sub(r"[人民币零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{3,}", "", text)


def _names() -> tuple[list[str], list[str]]:
    everybody = list(db.session.scalars(db.select(Person)))
    return [p.name for p in everybody], [p.body.name for p in everybody if p.body]


def test_the_worklist_tells_each_what_to_do(sqlite_app: Flask, hands: Hands) -> None:
    tender = world.opened_tender(hands)

    def next_of(name: str) -> list[tuple[str, str]]:
        with sqlite_app.test_request_context():
            return [(one.rule, str(one.due or "")) for one in waiting(who(name))]

    assert next_of("officer") == [("B-46", "")]
    world.qualify(tender)
    assert next_of("officer") == [("B-55", "")]
    with turn(who("officer")):
        review = actions.ask_low_price(world.bid_of(tender, "丙"))
    assert next_of("bing") == [("B-55", str(review.asked_at.replace(minute=30)))]
    assert next_of("officer") == [("B-47", "")]
    world.seat(tender)
    assert next_of("expert1") == next_of("approver") == [("B-29", "")]
    world.declare_all(tender)
    assert next_of("expert1") == [("G-12", "")]
    hands.forward(minutes=30)
    with turn(who("officer")):
        actions.decide_low_price(review, False, "没有说明")
    world.score_all(tender)
    assert next_of("expert1") == next_of("bing") == []
    assert next_of("officer") == [("B-58", "")]
    with turn(who("officer")):
        actions.report(tender)
    assert next_of("leader") == [("B-58", "2026-05-20")]
    with turn(who("leader")):
        actions.decide(tender, queries.first_ranked(tender))
    assert next_of("leader") == []
    assert next_of("officer") == [("B-59", "2026-05-15")]
