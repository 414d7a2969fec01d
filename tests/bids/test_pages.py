"""The pages of bids and openings, as each role sees them, on both databases."""

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import func, select

from app.bids import queries
from app.bids.models import SealedBid
from app.bids.waiting import waiting
from app.core import changes, security
from app.core.db import db
from app.core.forms import new_key
from app.demonstration import people
from tests.bids.world import CLOSES, hand_in, open_all, release, seal, shares, supplier, tender
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans.world import who


def _post(client: FlaskClient, url: str, content: bytes = b"", name: str = "sealed", **more: str) -> Any:
    fields: dict[str, Any] = {"once": new_key(), **more}
    if content:
        fields[name] = (io.BytesIO(content), "file.json")
    return client.post(url, data=fields, content_type="multipart/form-data")


def _bids() -> int:
    return db.session.scalar(select(func.count()).select_from(SealedBid)) or 0


def _refused() -> tuple[int, str]:
    last = security.refusals(1)[0]
    return last.status, " ".join(sorted(set(last.rules.split())))


def test_a_bidder_seals_hands_in_and_gets_a_receipt(app: Flask) -> None:
    url, jia = f"/tenders/{tender().public_id}/bids", client_as(app, who("jia"))
    shown = jia.get(url).text
    assert f"seal.html#sheet=/tenders/{tender().public_id}/sheet.json&amp;back={url}%23hand-in" in shown
    sheet = json.loads(jia.get(f"/tenders/{tender().public_id}/sheet.json").data)
    assert sheet["bidder"] == {"id": supplier("jia").public_id, "name": supplier("jia").name}
    content, key = seal(tender(), "jia"), new_key()
    first = _post(jia, url, content, once=key)
    again = _post(jia, url, content, once=key)
    assert (first.status_code, again.status_code, first.location == again.location, _bids()) == (303, 303, True, 1)
    page = jia.get(first.location).text
    bid = db.session.scalar(select(SealedBid))
    assert bid.receipt_no in page
    assert bid.sealed_sha256 in page
    assert jia.get(f"/bids/{bid.public_id}/receipt.pdf").data.startswith(b"%PDF-")
    assert b"BEGIN GONGYUE PROOF" in jia.get(f"/bids/{bid.public_id}/receipt.txt").data
    assert jia.get(f"/bids/{bid.public_id}/sealed.json").data == content
    assert jia.get(f"/bids/{bid.public_id}/receipt.exe").status_code == 404
    assert bid.receipt_no in jia.get(url).text


def test_each_refusal_names_its_rule_keeps_nothing_and_is_in_the_security_log(app: Flask, hands: Hands) -> None:
    url, jia = f"/tenders/{tender().public_id}/bids", client_as(app, who("jia"))
    good, no_lot = seal(tender(), "jia"), seal(tender(2), "jia")
    for content in (b'{"format":"gongyue-bid/1"}', good[:-9] + b"AAAAAAAA}", no_lot):
        answer = _post(jia, url, content)
        assert (answer.status_code, "B-45" in answer.text, _refused()) == (422, True, (422, "B-45"))
    assert _post(jia, url).status_code == 200  # no file chosen: the page again, with the field marked
    assert _bids() == 0
    assert _post(jia, url, good).status_code == 303
    second = _post(jia, url, seal(tender(), "jia"))
    assert (second.status_code, _refused(), _bids()) == (422, (422, "G-10"), 1)
    hands.set(CLOSES + timedelta(seconds=1))
    late = _post(jia, url, seal(tender(), "jia", lot=2))
    assert (late.status_code, "B-45" in late.text, _refused(), _bids()) == (422, True, (422, "B-45"), 1)


def test_the_checklist_says_beforehand_what_bars(app: Flask) -> None:
    with turn(who("officer")):
        changes.amend(tender().project, "project.edit", reserved=True)
    url = f"/tenders/{tender().public_id}/bids"
    assert "B-111" in client_as(app, who("jia")).get(url).text
    assert "B-111" not in client_as(app, who("bing")).get(url).text


def test_a_bid_is_replaced_and_withdrawn_by_its_bidder_only(app: Flask, hands: Hands) -> None:
    bid = hand_in(tender(), "jia")
    jia, own = client_as(app, who("jia")), f"/bids/{bid.public_id}"
    replaced = _post(jia, f"{own}/replace", seal(tender(), "jia", price_fen=5), version=str(bid.version))
    new = queries.live_bid(tender(), bid.lot, bid.bidder_id)
    assert (replaced.status_code, replaced.location) == (303, f"/bids/{new.public_id}")
    assert _post(jia, f"{own}/replace", seal(tender(), "jia")).status_code == 409
    assert new.receipt_no in jia.get(own).text
    for path in ("", "/receipt.pdf", "/receipt.txt", "/sealed.json", "/replace", "/withdraw"):
        for stranger in ("yi", "officer", "admin", "supervisor", "key1", "expert1"):
            assert client_as(app, who(stranger)).get(f"{own}{path}").status_code in (403, 404), (stranger, path)
    assert client_as(app, who("yi")).get(own).status_code == 404
    assert client_as(app, None).get(own).status_code == 401
    assert _post(client_as(app, who("yi")), f"/bids/{new.public_id}/withdraw").status_code == 403
    assert _post(client_as(app, None), f"/bids/{new.public_id}/withdraw").status_code == 401
    assert "确认撤回" in jia.get(f"/bids/{new.public_id}/withdraw").text
    assert _post(jia, f"/bids/{new.public_id}/withdraw").status_code == 303
    third = hand_in(tender(), "jia")
    hands.set(CLOSES)
    late = _post(jia, f"/bids/{third.public_id}/withdraw")
    assert (late.status_code, _refused()) == (422, (422, "B-45"))
    assert "已过投标截止时间" in jia.get(f"/bids/{third.public_id}").text


def test_nobody_learns_who_bids_or_how_many_before_the_opening(app_with_bids: Flask) -> None:
    bids = queries.held(tender())
    hidden = [b.bidder.name for b in bids] + [b.receipt_no for b in bids] + [b.public_id for b in bids]
    here = tender().public_id
    for reader in (None, "officer", "leader", "supervisor", "admin", "key1", "ding"):
        client = client_as(app_with_bids, who(reader) if reader else None)
        for path in (f"/tenders/{here}/opening", f"/tenders/{here}/bids", f"/tenders/{here}/shares.json"):
            answer = client.get(path)
            assert not [h for h in hidden if h in answer.text], (reader, path)
    assert client_as(app_with_bids, who("officer")).get(f"/tenders/{here}/bids").status_code == 403
    early = client_as(app_with_bids, who("key1")).get(f"/tenders/{here}/shares.json")
    assert (early.status_code, "B-45" in early.text) == (422, True)


def test_keyholders_release_and_the_officer_opens(app_with_bids: Flask, hands: Hands) -> None:
    app = app_with_bids
    here, officer = f"/tenders/{tender().public_id}", client_as(app, who("officer"))
    hands.set(CLOSES)
    assert [one.rule for one in _waiting(app, "key1")] == ["B-45"]
    assert _waiting(app, "officer") == _waiting(app, "jia") == []
    key1 = client_as(app, who("key1"))
    assert f"open.html#shares={here}/shares.json&amp;post={here}/shares&amp;csrf=" in key1.get(f"{here}/opening").text
    assert key1.get(f"{here}/shares.json").data == queries.share_sheet(tender(), tender().keyholders[0])
    assert _post(key1, f"{here}/shares").status_code == 422
    wrong = _post(key1, f"{here}/shares", shares(tender(), 2), "file")
    assert wrong.status_code == 422
    assert key1.post(f"{here}/shares", data={"shares": shares(tender(), 1).decode()}).status_code == 303
    assert _post(key1, f"{here}/shares", shares(tender(), 1), "file").status_code == 409
    assert _post(client_as(app, who("jia")), f"{here}/shares", shares(tender(), 2), "file").status_code == 403
    assert _post(client_as(app, who("key2")), f"{here}/shares", shares(tender(), 2), "file").status_code == 303
    few = _post(officer, f"{here}/open")
    assert (few.status_code, "至少 1 位" in officer.get(f"{here}/opening").text) == (409, True)
    release(tender(), 5)
    assert _waiting(app, "officer")[0].url == f"{here}/open"
    key = new_key()
    assert [_post(officer, f"{here}/open", once=key).status_code for _ in range(2)] == [303, 303]
    public = client_as(app, None)
    shown = public.get(f"{here}/opening").text
    assert "2,388,000.00" in shown
    assert supplier("yi").name in shown
    assert "服务方案" not in shown
    assert public.get(f"{here}/opening-record.pdf").data.startswith(b"%PDF-")
    assert _waiting(app, "officer") == _waiting(app, "key1") == _waiting(app, "key4") == []
    _read_what_was_opened(app)


def _waiting(app: Flask, name: str) -> list[Any]:
    with app.test_request_context():
        return [one for one in waiting(who(name)) if one.values["name"] == tender().project.name]


def _read_what_was_opened(app: Flask) -> None:
    bid = queries.opened(tender())[0]
    url = f"/bids/opened/{bid.public_id}"
    for reader, status in (
        ("officer", 200),
        ("supervisor", 200),
        ("jia", 200),
        ("yi", 404),
        ("key1", 403),
        (None, 401),
    ):
        client = client_as(app, who(reader) if reader else None)
        assert client.get(url).status_code == client.get(f"{url}/attachments/1").status_code == status, reader
    officer = client_as(app, who("officer"))
    assert "服务方案：个案" in officer.get(url).text
    kept = officer.get(f"{url}/attachments/1")
    assert (kept.data, kept.headers["Content-Disposition"].split(";")[0]) == (b"%PDF-1.7 jia", "attachment")
    assert officer.get(f"{url}/attachments/2").status_code == officer.get(f"{url}/attachments/0").status_code == 404


def test_a_draft_is_nobodys_business_here(app: Flask) -> None:
    with turn(who("officer")):
        draft = type(tender())(
            number="440103-01-2026-00009", project=tender().project, project_id=tender().project_id,
            buyer_id=tender().buyer_id, buyer=tender().buyer, supervisor_id=tender().supervisor_id,
        )  # fmt: skip
        changes.add(draft, "tender.draft")
    for path in ("opening", "opening-record.pdf"):
        assert client_as(app, None).get(f"/tenders/{draft.public_id}/{path}").status_code == 404
    for path in ("bids", "sheet.json"):
        assert client_as(app, who("jia")).get(f"/tenders/{draft.public_id}/{path}").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_drawn_and_its_english_has_no_chinese_left(
    sqlite_app_with_bids: Flask, hands: Hands, language: str
) -> None:
    app, bids = sqlite_app_with_bids, queries.held(tender())
    returned = hand_in(tender(), "ding", lot=2)
    here, own = f"/tenders/{tender().public_id}", f"/bids/{bids[0].public_id}"
    _drawn(app, language, "jia", f"{here}/bids", own, f"{own}/replace", f"{own}/withdraw", f"{here}/opening")
    hands.set(CLOSES)
    _drawn(app, language, "jia", f"{here}/bids", own)
    _drawn(app, language, "key1", f"{here}/opening", f"{here}/shares", f"{here}/open")
    release(tender(), 1, 2, 4)
    _drawn(app, language, "officer", f"{here}/opening", f"{here}/open")
    open_all(tender())
    opened = f"/bids/opened/{queries.opened(tender())[0].public_id}"
    _drawn(app, language, "officer", f"{here}/opening", opened)
    _drawn(app, language, "jia", own, opened)
    _drawn(app, language, "ding", f"/bids/{returned.public_id}")


NAMES = [
    *(name for name, _, _ in (*people.SUPPLIERS.values(), *people.BODIES.values())), *(p[1] for p in people.PEOPLE),
    *people.STANDINGS, "家庭综合服务中心服务采购项目", "综合服务", "长者居家探访", "服务方案：个案、小组、社区工作。",
    "近三年业绩两项。", "陈某", "人民币", "简体中文", "公约", "中文",
]  # fmt: skip
AMOUNT = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+(?=<)")


def _drawn(app: Flask, language: str, reader: str, *paths: str) -> None:
    client = client_as(app, who(reader))
    client.set_cookie("lang", language)
    for path in paths:
        refresh()  # the test's app context would keep the language of whoever asked first
        answer = client.get(path)
        assert answer.status_code == 200, path
        body = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
        for name in sorted(NAMES, key=len, reverse=True):
            body = body.replace(name, "")
        left = re.findall(r"[\u4e00-\u9fff]+", AMOUNT.sub("", re.sub(r"<!--.*?-->", "", body, flags=re.S)))
        assert language == "zh" or not left, (path, left)
