"""The pages of an evaluation, as each role sees them: what is kept after a refusal, and what a second click does."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core import security
from app.core.db import db
from app.demonstration.people import BODIES
from app.evaluations import queries, sheet
from app.evaluations.models import Evaluation, Reply
from tests.conftest import Hands, turn
from tests.evaluations import world
from tests.http import client_as
from tests.plans.world import at, who

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
deliveries = world.world


def sign_in(app: Flask, name: str) -> FlaskClient:
    """A client signed in as the person with this sign-in name."""
    return client_as(app, who(name))


def send(client: FlaskClient, url: str, **typed: object):  # type: ignore[no-untyped-def]
    """Open a page's form and send it back with what is typed."""
    given = dict(re.findall(r'name="(once|version)"[^>]*value="([^"]+)"', client.get(url).text))
    return client.post(url, data={**given, **typed})


def filled(round_: Evaluation, **other: str) -> dict[str, str]:
    """The whole sheet as found at mid-term."""
    found = world.FIRST.found(round_.stage)
    rows = list(enumerate(sheet.typed_indicators(round_)))
    return (
        {f"lines-{n}-key": i.public_id for n, i in rows}
        | {f"lines-{n}-actual": found.get(i.level3, "") for n, i in rows}
        | {f"lines-{n}-evidence": f"{i.evidence}已查验" for n, i in rows}
        | other
    )


def test_an_evaluation_on_its_pages(app: Flask, hands: Hands) -> None:
    deliveries.deliver(deliveries.HALF, hands)
    hands.set(at(world.MID))
    officer, evaluator = sign_in(app, "officer"), sign_in(app, "evaluator")
    url = f"/evaluations/assign/{deliveries.project().public_id}"
    assert BODIES["evaluator"][0] in officer.get(url).text
    answer = send(officer, url, stage="mid_term", evaluator=who("evaluator").public_id, months="6", due_on="2027-01-15")
    assert answer.status_code == 303
    home = answer.location
    assert send(evaluator, f"{home}/declare", text="无利害关系。").location == home
    round_ = db.session.scalars(select(Evaluation)).one()
    half = {k: v for k, v in filled(round_).items() if k.startswith("lines-0-")}
    assert send(evaluator, f"{home}/score", **half).location == home
    assert len(queries.scores(round_)) == 1
    assert "需求调查报告已查验" in evaluator.get(f"{home}/score").text
    assert send(evaluator, f"{home}/score", **filled(round_)).location == home
    assert "需求调查报告已查验" not in sign_in(app, "officer").get(home).text  # scores in the making are theirs alone
    assert send(evaluator, f"{home}/submit", summary="总体良好。").location == home
    shown = officer.get(home).text
    assert all(text in shown for text in ("93.29", "优", "需求调查报告已查验", "D-15"))
    for name in ("jia", "ding"):
        assert send(sign_in(app, name), f"{home}/reply", accepted="yes", text=f"{name}同意。").location == home
    assert client_as(app, None).get(home).status_code == 404
    given = dict(re.findall(r'name="(once|version)"[^>]*value="([^"]+)"', officer.get(f"{home}/publish").text))
    assert officer.post(f"{home}/publish", data=given).location == home
    assert officer.post(f"{home}/publish", data=given).location == home  # a second click: the first answer
    public = client_as(app, None).get(home)
    assert public.status_code == 200
    assert all(text in public.text for text in ("93.29", "jia同意。", "<svg", "1,154"[0], "955,200.00"))
    assert client_as(app, None).get(f"{home}/report.pdf").data.startswith(b"%PDF-")
    assert send(officer, f"{home}/publish").status_code == 409  # another tab


def test_a_refused_sheet_keeps_what_was_typed_and_saves_nothing(app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    evaluator, url = sign_in(app, "evaluator"), f"/evaluations/{round_.public_id}/score"
    wrong = filled(round_, **{"lines-3-actual": "八成六"})
    answer = send(evaluator, url, **wrong)
    assert answer.status_code == 422
    assert "「持证社工到岗率」的实际值应为不小于零的数字" in answer.text
    assert "八成六" in answer.text
    assert "需求调查报告已查验" in answer.text
    assert queries.scores(round_) == []
    assert [(r.path, r.status) for r in security.refusals()] == [(url, 422)]


def test_a_line_left_out_shifts_no_other(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    given = {k: v for k, v in filled(round_).items() if not k.startswith(("lines-0-", "lines-2-"))}
    given |= {"lines-99-key": "0", "lines-99-actual": "7", "lines-99-evidence": "没有这一行"}
    answer = send(sign_in(sqlite_app, "evaluator"), f"/evaluations/{round_.public_id}/score", **given)
    assert answer.status_code == 303, answer.text
    kept = {s.indicator.level3: s.actual for s in queries.scores(round_)}
    assert (kept["事前绩效评估"], kept["持证社工到岗率"]) == ("1", "86.5")
    assert "需求调查与公开征求意见" not in kept
    assert "目标明确可衡量" not in kept


def test_a_veto_is_ticked_and_evidence_goes_along(app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    evaluator, home = sign_in(app, "evaluator"), f"/evaluations/{round_.public_id}"
    last = len(sheet.typed_indicators(round_)) - 1
    proof = {f"lines-{last}-upheld": "y", f"lines-{last}-file": (io.BytesIO(b"%PDF-1.7 x"), "转包合同.pdf")}
    assert send(evaluator, f"{home}/score", **filled(round_), **proof).status_code == 303
    kept = {s.indicator.level3: s for s in queries.scores(round_)}["转包"]
    assert (kept.upheld, kept.actual, kept.evidence_id is not None) == (True, "1", True)
    file_url = f"{home}/evidence/{kept.public_id}"
    assert evaluator.get(file_url).data == b"%PDF-1.7 x"
    assert sign_in(app, "officer").get(file_url).status_code == 404  # not yet handed in
    assert send(evaluator, f"{home}/submit", summary="发现转包。").status_code == 303
    assert sign_in(app, "jia").get(file_url).status_code == 200
    assert client_as(app, None).get(file_url).status_code == 401
    refused = send(sign_in(app, "officer"), f"{home}/publish")
    assert refused.status_code == 422
    assert "D-13" in refused.text
    virus = {"lines-0-file": (io.BytesIO(b"MZ\x90\x00"), "x.exe")}
    assert send(evaluator, f"{home}/score", **virus).status_code == 409


def test_who_sees_what(app: Flask, hands: Hands) -> None:
    round_ = world.assigned(hands)
    home = f"/evaluations/{round_.public_id}"
    may_read = {"officer", "leader", "evaluator", "jia", "jia2", "ding", "supervisor", "admin"}
    for name in (*may_read, "yi", "expert1", "key2"):
        assert sign_in(app, name).get(home).status_code == (200 if name in may_read else 404), name
    assert client_as(app, None).get(home).status_code == 404
    assert client_as(app, None).get("/evaluations").status_code == 401
    for path, allowed in (("declare", "evaluator"), ("score", "evaluator"), ("reply", "jia"), ("publish", "officer")):
        for name in ("officer", "evaluator", "jia"):
            status = sign_in(app, name).get(f"{home}/{path}").status_code
            assert status == (200 if name == allowed else 403), (path, name)
    assert sign_in(app, "yi").get(f"{home}/reply").status_code == 404
    assert sign_in(app, "jia").get("/evaluations").status_code == 200
    assert round_.project.name in sign_in(app, "jia").get("/evaluations").text
    assert round_.project.name not in sign_in(app, "yi").get("/evaluations").text
    assert sign_in(app, "officer").get("/evaluations/0123456789abcdef").status_code == 404


def test_an_organization_sees_its_own_reply_until_publication(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.scored(hands)
    home = f"/evaluations/{round_.public_id}"
    world.answer(round_, "jia")
    assert "jia 同意评估意见。" not in sign_in(sqlite_app, "ding").get(home).text
    assert "jia 同意评估意见。" in sign_in(sqlite_app, "jia").get(home).text
    answer = send(sign_in(sqlite_app, "ding"), f"{home}/reply", accepted="no", text="")
    assert (answer.status_code, "请填写" in answer.text) == (200, True)
    ding = sign_in(sqlite_app, "ding")
    given = dict(re.findall(r'name="(once|version)"[^>]*value="([^"]+)"', ding.get(f"{home}/reply").text))
    for _ in range(2):
        assert ding.post(f"{home}/reply", data={**given, "accepted": "no", "text": "有异议。"}).status_code == 303
    assert db.session.scalar(select(func.count(Reply.id))) == 2


def test_independence_is_refused_on_the_page_with_its_rule(sqlite_app: Flask, hands: Hands) -> None:
    from app.accounts.models import Relation
    from app.core import changes

    deliveries.deliver(deliveries.HALF, hands)
    hands.set(at(world.MID))
    supplier = deliveries.agreement().supplier_id
    with turn():
        tie = Relation(to_body_id=supplier, from_body_id=world.evaluator().id, kind="holding")
        changes.add(tie, "relation.add")
    url = f"/evaluations/assign/{deliveries.project().public_id}"
    typed = {"stage": "mid_term", "evaluator": who("evaluator").public_id, "months": "6", "due_on": "2027-01-18"}
    answer = send(sign_in(sqlite_app, "officer"), url, **typed)
    assert answer.status_code == 422
    assert "D-07" in answer.text
    assert "2027-01-18" in answer.text
    assert sign_in(sqlite_app, "evaluator").get(url).status_code == 403


NAMES = ("广州", "中心", "协会", "负责人", "林晓彤", "方评估", "吴会计")


@pytest.mark.parametrize(
    ("name", "path"),
    [("evaluator", ""), ("evaluator", "/score"), ("evaluator", "/submit"), ("jia", "/reply"), ("officer", "/publish")],
)
def test_in_english_no_chinese_is_left_but_names(sqlite_app: Flask, hands: Hands, name: str, path: str) -> None:
    round_ = world.declared(hands)
    if path not in ("/score", "/submit"):
        world.fill_in(round_)
        world.submit(round_)
    client = sign_in(sqlite_app, name)
    client.set_cookie("lang", "en")
    assert chinese_left(client.get(f"/evaluations/{round_.public_id}{path}").text, round_) == []


def test_the_lists_in_english(sqlite_app: Flask, hands: Hands) -> None:
    round_ = world.declared(hands)
    officer = sign_in(sqlite_app, "officer")
    officer.set_cookie("lang", "en")
    for url in ("/evaluations", f"/evaluations/assign/{round_.project.public_id}"):
        assert chinese_left(officer.get(url).text, round_) == []


def chinese_left(page: str, round_: Evaluation) -> list[str]:
    """Chinese on an English page that is neither a name nor what somebody typed."""
    typed = {round_.project.name, round_.declaration, round_.summary, world.NOTHING, "平台按服务数据汇总", "简体中文"}
    scheme = queries.indicators(round_.project)
    typed |= {text for i in scheme for text in (i.level1, i.level2, i.level3, i.evidence, i.unit)}
    page = page[page.index("<main") : page.index("</main>")]  # what is around it is not these pages'
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    for one in sorted(typed - {""}, key=len, reverse=True):
        text = text.replace(one, "")
    return [one for one in CHINESE.findall(text) if not any(name in one for name in NAMES)]
