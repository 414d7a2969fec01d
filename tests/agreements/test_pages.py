"""The pages of a contract: who sees what, what is said of a refused file, and what a second click does."""

import re
from html import unescape
from pathlib import Path

from flask import Flask

from app.agreements import queries
from app.agreements.waiting import waiting
from app.budgets.models import LEVELS
from app.core import log, security
from app.core.money import capitals
from app.documents import authority, signing
from tests.agreements import world
from tests.agreements.browsing import left_in_chinese, opened, send, sign_in, upload, waits
from tests.conftest import Hands
from tests.http import client_as
from tests.plans.world import who


def test_a_contract_on_its_pages(app: Flask, hands: Hands) -> None:
    award = world.announced(hands)[1]
    officer, leader, ding = (sign_in(app, name) for name in ("officer", "leader", "ding"))
    assert [w.rule for w in waits(app, waiting, "officer")] == ["B-60", "B-60"]
    url = f"/awards/{award.public_id}/agreement"
    typed = _terms(officer.get(url).text)
    late = officer.post(url, data={**opened(officer, url), **typed, "final_on": "2027-07-01"})
    assert (late.status_code, "评价日期应在服务期限内" in late.text, "2027-07-01" in late.text) == (422, True, True)
    given = {**opened(officer, url), **typed, "daily_per_10000": "3"}
    made = officer.post(url, data=given)
    assert made.status_code == 303
    assert officer.post(url, data=given).location == made.location  # a second click: the first answer
    agreement = queries.of_award(award)
    assert agreement is not None
    assert (made.location, agreement.facts["breach"]["daily_per_10000"]) == (_home(agreement), 3)
    assert "45,550.06" in officer.get(_home(agreement)).text
    for client, name, field in ((ding, "ding", "乙方"), (leader, "leader", "甲方")):
        assert [w.url for w in waits(app, waiting, name)] == [f"{_home(agreement)}/sign"]
        _sign(client, agreement, field)
        assert waits(app, waiting, name) == [] or field == "甲方"
    shown = leader.get(_home(agreement)).text
    assert "演示证书" in shown
    assert "227,750.27" in shown
    checked = leader.get(f"{_home(agreement)}/verification").text
    assert checked.count("公约演示证书颁发机构") == 2
    assert [w.rule for w in waits(app, waiting, "officer")] == ["B-60", "B-64"]
    assert send(officer, f"{_home(agreement)}/publish", medium_url="ccgp").status_code == 422
    assert send(officer, f"{_home(agreement)}/publish", medium_url=world.CONTRACT_URL).status_code == 303
    assert agreement.state == "published"
    assert "还有未结清的付款" in officer.get(_home(agreement)).text
    assert send(officer, f"{_home(agreement)}/complete").status_code == 409
    closing = f"/plans/{agreement.project.public_id}/close"
    assert "第 1 包已经定标，还没有签订合同" in officer.get(closing).text
    barred = officer.post(closing, data={"once": "k1", "version": agreement.project.version})
    assert (barred.status_code, agreement.project.state) == (409, "draft")
    told = [e.action for e in log.entries_of(agreement.public_id)]
    assert told == ["agreement.draw_up", "agreement.sign", "agreement.countersign", "agreement.publish"]


def test_a_refused_file_is_said_and_logged(app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    jia, url = sign_in(app, "jia"), f"{_home(agreement)}/sign"
    none = send(jia, url)
    assert (none.status_code, "请选择“已签名的 PDF”" in none.text) == (200, True)
    for content, why in (
        (b"hello", "不是平台印制的这份合同"),
        (agreement.file.bytes, "没有新的签名"),
        (world.signed_by(agreement, "supplier", key=world.certificate(who("leader"))), "签名证书的单位是"),
    ):
        answer = upload(jia, url, content)
        assert answer.status_code == 422
        assert why in answer.text
        assert "第三步：上传签好的 PDF" in answer.text  # the form is still there
        kept = security.refusals(1)[0]
        assert (kept.actor, kept.path, kept.status) == (who("jia").public_id, url, 422)
    signed = world.signed_by(agreement, "supplier")
    assert upload(jia, url, signed).location == _home(agreement)
    assert upload(jia, url, signed).status_code == 409
    assert len(agreement.signatures) == 1


def test_who_sees_a_contract(app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    home = _home(agreement)
    wanted = {
        "officer": 200, "approver": 200, "finance": 200, "leader": 200, "supervisor": 200, "admin": 200, "jia": 200,
        "jia2": 200, "ding": 403, "yi": 403, "expert1": 403, "registrar": 403, None: 401,
    }  # fmt: skip
    for name, status in wanted.items():
        client = sign_in(app, name) if name else client_as(app, None)
        for page in (home, f"{home}/contract.pdf", f"{home}/printed.pdf", f"{home}/verification"):
            found = client.get(page).status_code
            assert found == status or (status == 403 and found == 404), (name, page, found)
    for name in ("jia2", "finance", "officer"):
        assert sign_in(app, name).get(f"{home}/sign").status_code == 403
    for page in ("publish", "complete", "terminate"):
        assert sign_in(app, "jia").get(f"{home}/{page}").status_code == 403
    assert sign_in(app, "ding").post(f"{home}/sign", data={}).status_code in (403, 404)
    assert client_as(app, None).post(f"{home}/publish", data={"medium_url": "https://x.cn/1"}).status_code == 401
    assert sign_in(app, "officer").get("/agreements/0000000000000000").status_code == 404
    assert (agreement.number in sign_in(app, "jia").get("/agreements").text) is True
    assert (agreement.number in sign_in(app, "ding").get("/agreements").text) is False


def test_a_certificate_from_its_page(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.drawn_up(hands)
    authority.make_authority(Path(sqlite_app.config["HOME"]) / "authority")
    jia, url = sign_in(sqlite_app, "jia"), "/agreements/certificate"
    assert sign_in(sqlite_app, "officer").get(url).status_code == 403
    short = send(jia, url, password="1234567", again="1234567")
    assert "至少 8 个字" in short.text
    assert "两次输入的密码不一致" in send(jia, url, password="geheim12", again="geheim13").text
    issued = send(jia, url, password="geheim12", again="geheim12")
    assert (issued.status_code, issued.headers["Content-Disposition"]) == (200, "attachment; filename=jia.p12")
    signed = signing.sign(agreement.file.bytes, issued.data, "geheim12", "乙方", "签署合同", hands())
    assert upload(jia, f"{_home(agreement)}/sign", signed).status_code == 303
    sqlite_app.config["PRODUCTION"] = True
    refused = jia.get(url)
    assert (refused.status_code, "正式环境不颁发演示证书" in refused.text) == (403, True)
    assert url not in jia.get(_home(agreement)).text


def test_terminating_needs_its_reason_and_says_what_follows(sqlite_app: Flask, hands: Hands) -> None:
    agreement = world.published(hands)
    leader, url = sign_in(sqlite_app, "leader"), f"{_home(agreement)}/terminate"
    assert "请填写“终止的理由”" in send(leader, url, reason=" ").text
    seen = opened(leader, url)
    assert send(leader, url, reason="丧失履约能力").status_code == 303
    assert leader.post(url, data={**seen, "reason": "另一个标签页"}).status_code == 409
    assert "丧失履约能力" in leader.get(_home(agreement)).text
    assert "合同已终止，不再支付" in leader.get(_home(agreement)).text


def test_english(sqlite_app: Flask, hands: Hands) -> None:
    award = world.announced(hands)[1]
    officer = sign_in(sqlite_app, "officer")
    page = officer.get(f"/awards/{award.public_id}/agreement").text
    typed = tuple(_terms(page).values())
    assert left_in_chinese(officer, f"/awards/{award.public_id}/agreement", (*_names(award), *typed)) == []
    agreement = world.drawn_up(hands, award.tender)
    world.hand_in(agreement, "supplier")
    world.take_effect(agreement)
    leader, home = sign_in(sqlite_app, "leader"), _home(agreement)
    names = (*_names(agreement.award), *(s.issuer for s in agreement.signatures), who("jia").name)
    grounds = tuple(i.ground for i in agreement.instalments if i.ground)
    for client, url in (
        (leader, "/agreements"), (leader, home), (leader, f"{home}/verification"), (leader, f"{home}/terminate"),
        (officer, f"{home}/publish"), (leader, "/agreements/certificate"),
    ):  # fmt: skip
        assert left_in_chinese(client, url, (*names, *grounds, *LEVELS.values(), "甲方", "乙方")) == [], url


def _sign(client, agreement, field: str) -> None:  # type: ignore[no-untyped-def]
    """Download, sign on one's own machine, upload."""
    name = {"乙方": "ding", "甲方": "leader"}[field]
    paper = client.get(f"{_home(agreement)}/contract.pdf").data
    signed = signing.sign(paper, world.certificate(who(name)), "geheim12", field, "签署合同", world.clock.now())
    answer = upload(client, f"{_home(agreement)}/sign", signed)
    assert answer.status_code == 303, answer.text


def _terms(page: str) -> dict[str, str]:
    """What the form proposes."""
    found = {m[1]: unescape(m[2]) for m in re.finditer(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page)}
    found |= {m[1]: unescape(m[2]).strip() for m in re.finditer(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)<', page)}
    return {k: v for k, v in found.items() if k not in ("once", "version", "csrf_token")} | {
        "dispute_way": "litigation"
    }


def _names(award) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return (award.supplier.name, award.tender.buyer.name, award.lot.name, award.tender.project.name, *_capitals(award))


def _capitals(award) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return (capitals(award.amount_fen),)


def _home(agreement) -> str:  # type: ignore[no-untyped-def]
    return f"/agreements/{agreement.public_id}"
