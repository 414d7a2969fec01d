"""The pages of gradings as each role sees them: kept after a refusal, one answer to two clicks, what is public."""

import io
import re
from datetime import date
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import clock, log, security
from app.core.db import db
from app.grading import actions, queries, schemes
from app.grading.models import GradingApplication, GradingObjection, GradingRound
from tests.conftest import Hands, turn
from tests.grading import world
from tests.http import client_as
from tests.plans.world import at, who


def sign_in(app: Flask, name: str) -> FlaskClient:
    """A client signed in as the person with this sign-in name."""
    return client_as(app, who(name))


def hidden(client: FlaskClient, url: str) -> dict[str, str]:
    """The hidden fields and line keys of a page's form."""
    text = client.get(url).text
    found = dict(re.findall(r'name="(once|version)"[^>]*value="([^"]+)"', text))
    return found | dict(re.findall(r'name="((?:lines|years)-\d+-key)"[^>]*value="([^"]+)"', text))


def post(client: FlaskClient, url: str, **typed: Any):  # type: ignore[no-untyped-def]
    """Send the page's form."""
    return client.post(url, data={**hidden(client, url), **typed})


def newest(model: Any) -> Any:
    """The record made last."""
    return db.session.scalar(select(model).order_by(model.id.desc()).limit(1))


def fill(client: FlaskClient, url: str, **words: str) -> None:
    """Fill in every line of a section with 8 of 10 points."""
    text = client.get(url).text
    most = [int(n) for n in re.findall(r"满分 (\d+) 分", text)]
    typed: dict[str, Any] = {}
    for number, points in enumerate(most):
        typed |= {f"lines-{number}-points": str(points * 8 // 10)}
        typed |= {f"lines-{number}-{name}": word for name, word in words.items()}
    assert post(client, url, **typed).status_code == 303


def test_a_round_on_the_pages_from_notice_to_certificate(app: Flask, hands: Hands) -> None:
    registrar, jia, nobody = sign_in(app, "registrar"), sign_in(app, "jia"), client_as(app, None)
    opened = post(
        registrar, "/grading/rounds/new", title="2026年度社会组织评估", year="2026", apply_from="2026-01-12",
        apply_until="2026-02-28", notice="请按时申请。",
    )  # fmt: skip
    assert opened.status_code == 303
    round_url = opened.location
    evaluation, review = world.members()
    few = {"evaluation": [str(p.id) for p in evaluation[:3]], "review": [str(p.id) for p in [*review, evaluation[0]]]}
    refused = post(registrar, f"{round_url}/committees", **few)
    assert (refused.status_code, refused.text.count("C-33") > 0, "不能同时担任" in refused.text) == (422, True, True)
    assert refused.text.count("checked") == 9  # what was chosen is kept
    named = {"evaluation": [str(p.id) for p in evaluation], "review": [str(p.id) for p in review]}
    assert post(registrar, f"{round_url}/committees", **named).status_code == 303
    assert "900" in nobody.get(round_url).text

    assert "C-19" in jia.get(f"{round_url}/apply").text
    assert jia.post(f"{round_url}/apply", data=hidden(jia, f"{round_url}/apply")).status_code == 200  # not declared
    begun = post(jia, f"{round_url}/apply", clear="y")
    assert begun.status_code == 303
    url = begun.location
    over = post(jia, f"{url}/self/1", **{"lines-0-points": "41", "lines-0-note": "齐全"})
    assert (over.status_code, "应在0至40分之间" in over.text, "齐全" in over.text) == (422, True, True)
    early = post(jia, f"{url}/submit")
    assert (early.status_code, "还有" in early.text) == (422, True)
    for section in "1234":
        fill(jia, f"{url}/self/{section}", note="见附件")
    file = {"lines-1-file": (io.BytesIO(b"MZ\x90\x00\x00\x01\x02\xff\xfe\xfd"), "章程.pdf"), "lines-1-points": "50"}
    not_so = jia.post(f"{url}/self/1", data={**hidden(jia, f"{url}/self/1"), **file})
    assert (not_so.status_code, "章程.pdf" in not_so.text) == (422, True)
    file = {"lines-1-file": (io.BytesIO(b"%PDF-1.7 charter"), "章程.pdf"), "lines-1-points": "50"}
    assert jia.post(f"{url}/self/1", data={**hidden(jia, f"{url}/self/1"), **file}).status_code == 303
    assert "登记册" in jia.get(f"{url}/self/1").text  # what the register holds is not asked (S09)
    given = hidden(jia, f"{url}/submit")
    first = jia.post(f"{url}/submit", data=given)
    assert (first.status_code, jia.post(f"{url}/submit", data=given).location) == (303, first.location)
    assert post(jia, f"{url}/self/1", **{"lines-0-points": "1"}).status_code == 409

    assert (nobody.get(url).status_code, sign_in(app, "yi").get(url).status_code) == (404, 404)
    accepting = {"years-0-result": "pass", "years-1-result": "pass"}
    without = post(registrar, f"{url}/accept", **accepting)
    assert without.status_code == 422  # no paper for it
    assert post(registrar, f"{url}/accept", **accepting, source="荔民年检〔2025〕12号").status_code == 303
    again = post(sign_in(app, "registrar2"), f"{url}/accept", **accepting, source="又一份")
    assert again.status_code == 409  # two registrars at once
    assert post(sign_in(app, "registrar2"), f"{url}/draw", count="2").status_code == 422
    assert post(registrar, f"{url}/draw", count="3").status_code == 303
    one = newest(GradingApplication)
    for seat in queries.sitting(one):
        expert, sheet = client_as(app, seat.person), f"/grading/seats/{seat.public_id}"
        assert expert.get(url).status_code == 200
        assert post(expert, f"{sheet}/score/1", **{"lines-0-points": "30"}).status_code == 409  # not declared
        assert post(expert, f"{sheet}/declare", tied="no").status_code == 303
        for section in "1234":
            fill(expert, f"{sheet}/score/{section}", reason="核对档案", evidence="现场查阅原件")
        assert post(expert, f"{sheet}/hand-in").status_code == 303
    assert jia.get(f"{sheet}").status_code == 403
    assert "8" in sign_in(app, "registrar").get(url).text
    assert "核对档案" not in jia.get(url).text  # not before publicity
    for member in evaluation[:4]:
        assert post(client_as(app, member), f"{url}/vote", agrees="yes").status_code == 303
    assert post(client_as(app, evaluation[0]), f"{url}/vote", agrees="no", reason="x").status_code == 409
    assert post(client_as(app, review[0]), f"{url}/vote", agrees="yes").status_code == 403
    assert post(registrar, f"{url}/conclude").status_code == 303
    assert nobody.get(url).status_code == 404
    assert post(registrar, f"{round_url}/publicize").status_code == 303
    public = nobody.get(url).text
    assert "公示至2026年1月19日" in public
    assert "许教授" not in public  # who scored is no public matter
    assert post(jia, f"{url}/object", text="第二部分少计了分。").status_code == 303
    objection = f"/grading/objections/{newest(GradingObjection).public_id}"
    assert post(registrar, f"{objection}/verify", verified="经查无误。", points="800").status_code == 303
    for member in review[:3]:
        answer = post(client_as(app, member), f"{objection}/vote", agrees="no", reason="原结论正确")
        assert answer.status_code == 303
    assert post(registrar, f"{objection}/close").status_code == 303
    assert "维持原结论" in nobody.get(url).text

    hands.set(at(date(2026, 1, 20)))
    assert post(registrar, f"{url}/decide").status_code == 422
    head, second = sign_in(app, "head"), sign_in(app, "registrar2")
    given = hidden(second, f"{url}/decide")
    assert post(head, f"{url}/decide").status_code == 303
    assert second.post(f"{url}/decide", data=given).status_code == 409  # two people at once
    held = queries.grade_held(one.body_id)
    assert held is not None
    assert (held.grade, held.number) == (4, one.organization.body.credit_code + "-DJ-2026-1")
    assert nobody.get(f"/grading/grades/{held.public_id}/certificate.pdf").data.startswith(b"%PDF-")
    assert nobody.get(f"{url}/decision.pdf").data.startswith(b"%PDF-")
    assert held.number in nobody.get(f"/verify/{held.number}").text
    assert "评估等级证书" in nobody.get(f"/verify/{held.number}").text
    page = nobody.get(f"/organizations/{one.organization.public_id}").text
    assert "优先" in page
    assert held.number in page
    kept = {(refusal.status, refusal.path.split("/")[-1]) for refusal in security.refusals()}
    assert {(422, "committees"), (409, "accept"), (409, "decide"), (403, "vote")} <= kept
    done = [e.action for e in log.since(0, 5000) if e.table == "grading_application"]
    assert [a for a in done if a != "grading.answer"] == [
        "grading.begin", "grading.submit", "grading.accept", "grading.assess", "grading.conclude",
        "grading.publicize", "grading.decide", "grading.decide",
    ]  # fmt: skip


def test_the_list_of_grades_is_filtered_and_downloaded(app: Flask, hands: Hands, no_paper: None) -> None:
    round_ = world.opened()
    found = [world.assessed(round_, "jia", 85), world.assessed(round_, "ding", 95)]
    for one in found:
        for member in world.members()[0][:4]:
            with turn(member):
                actions.vote(one, True, "")
        with turn(who("registrar")):
            actions.conclude(one)
    with turn(who("registrar")):
        actions.publicize(round_)
    hands.set(at(date(2026, 1, 20)))
    for one in found:
        with turn(who("head")):
            actions.decide(one)
    nobody = client_as(app, None)
    both = nobody.get("/grading").text
    assert all(one.organization.body.name in both for one in found)
    only = nobody.get("/grading?grade=5&kind=association&place=440103")
    assert ("丁长者关爱协会" in only.text, "甲社会工作服务中心" in only.text) == (True, False)
    assert "没有符合条件的有效等级" in nobody.get("/grading?place=110000").text
    sent = nobody.get("/grading.json?grade=4").get_json()["grades"]
    assert [(g["grade"], g["until"]) for g in sent] == [(4, "2031-01-19")]
    sheet = nobody.get("/grading.csv").data.decode("utf-8-sig").splitlines()
    assert (sheet[0].split(",")[3], len(sheet)) == ("评估等级", 3)
    from app.grading import listing

    rows, after = listing.page_of(listing.Asked(), 0, 1)
    assert (len(rows), after) == (1, rows[0].id)
    assert listing.page_of(listing.Asked(), after or 0, 1)[1] is None


def test_downgrade_on_the_pages(app: Flask, hands: Hands, no_paper: None) -> None:
    one = world.publicized(world.opened())
    hands.set(at(date(2026, 1, 20)))
    with turn(who("head")):
        actions.decide(one)
    held = queries.grade_held(one.body_id)
    assert held is not None
    url = f"/grading/grades/{held.public_id}"
    values = {"ground": "mark_misused", "reason": "在广告中冒用5A。", "source": "荔民函〔2026〕3号"}
    registrar = sign_in(app, "registrar")
    wrong = post(registrar, f"{url}/lower", to_grade="4", **values)
    assert (wrong.status_code, "C-23" in wrong.text, "在广告中冒用5A。" in wrong.text) == (422, True, True)
    made = post(registrar, f"{url}/lower", to_grade="3", **values)
    assert made.status_code == 303
    assert sign_in(app, "jia").get(url).status_code == 200
    assert "在广告中冒用5A。" not in client_as(app, None).get(url).text
    assert client_as(app, None).get(made.location).status_code == 401
    assert sign_in(app, "yi").get(made.location).status_code == 404
    assert post(sign_in(app, "jia"), f"{made.location}/answer", text="已经改正。").status_code == 303
    assert post(registrar, f"{made.location}/decide").status_code == 422  # who proposed does not decide
    head, second = sign_in(app, "head"), sign_in(app, "registrar2")
    given = hidden(second, f"{made.location}/decide")
    assert post(head, f"{made.location}/decide").status_code == 303
    assert second.post(f"{made.location}/decide", data=given).status_code == 409
    assert client_as(app, None).get(f"{url}/certificate.pdf").status_code == 404  # it is no longer good
    assert client_as(app, None).get(f"{made.location}/decision.pdf").data.startswith(b"%PDF-")
    assert "2026年2月4日" in sign_in(app, "jia").get("/desk").text
    assert post(registrar, f"{url}/return").status_code == 303
    assert post(registrar, f"{url}/return").status_code == 409
    assert one.organization.grade == 3


def test_who_sees_and_does_what(app: Flask, hands: Hands) -> None:
    one = world.accepted(world.opened())
    url, round_url = f"/grading/applications/{one.public_id}", f"/grading/rounds/{one.round.public_id}"
    seen = {"registrar": 200, "head": 200, "jia": 200, "jia2": 200, "yi": 404, "officer": 403, "supervisor": 200,
            "member1": 200, "member12": 200, "approver": 404}  # fmt: skip
    for name, status in seen.items():
        assert sign_in(app, name).get(url).status_code in (status, 404), name
        assert (sign_in(app, name).get(url).status_code == 200) == (status == 200), name
    assert sign_in(app, "jia").get(f"{round_url}/committees").status_code == 403
    assert sign_in(app, "officer").get("/grading/rounds/new").status_code == 403
    assert post(sign_in(app, "jia2"), f"{url}/withdraw").status_code == 403  # only its head takes it back
    waiting = sign_in(app, "registrar").get("/desk").text
    assert "抽取专家" not in waiting
    seat = one.seats[0]
    assert "作回避声明" in client_as(app, seat.person).get("/desk").text
    assert post(sign_in(app, "jia"), f"{url}/withdraw").status_code == 303
    assert client_as(app, seat.person).get(f"/grading/seats/{seat.public_id}").status_code == 200
    sheet = f"/grading/seats/{seat.public_id}/declare"
    assert post(client_as(app, seat.person), sheet, tied="no").status_code == 409  # withdrawn
    assert sign_in(app, "admin").get(url).status_code in (403, 404)


def test_a_new_edition_of_a_scheme(app: Flask, hands: Hands) -> None:
    round_ = world.opened()
    kept = schemes.scheme_for("service", "440103", clock.today())
    admin, url = sign_in(app, "admin"), f"/grading/schemes/new?from={kept.public_id}"
    assert kept.items[0].title in admin.get(url).text
    assert sign_in(app, "registrar").get(url).status_code == 403
    same = post(admin, url, text=kept.text)
    assert (same.status_code, "2025-12" in same.text) == (422, True)
    less = post(admin, url, text=kept.text.replace("points = 40", "points = 41", 1).replace('2026-01"', '2027-01"'))
    assert (less.status_code, "C-21" in less.text, "1001" in less.text) == (422, True, True)
    assert post(admin, url, text="[[[").status_code == 422
    new = kept.text.replace('edition = "2025-12"', 'edition = "2026-02"')
    made = post(admin, url, text=new)
    assert made.status_code == 303
    assert "2026-02" in client_as(app, None).get("/grading/schemes").text
    one = world.submitted(round_)
    assert one.scheme_id == kept.id  # a round goes on with what it began with
    assert isinstance(newest(GradingRound), GradingRound)
