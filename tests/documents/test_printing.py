"""Printing: every document from its sample, as archives and screen readers want it, from nothing but its facts."""

import hashlib
import io
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import page as validator
import pytest
from pypdf import PdfReader

from app.core import money
from app.documents import facts, typesetting
from app.documents.facts import CannotPrint
from app.documents.printing import print_pdf, sample
from tests.documents.paper import EDITION, EVERY, attached, pages_of, printed, text_of

AT = datetime(2026, 4, 15, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(("document", "edition"), EVERY)
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_it_lasts_and_can_be_read_aloud(document, edition, profile):
    report = validator.validate_pdf_bytes(printed(document, edition).pdf, profile=profile)
    assert [(f.rule_id, f.message) for f in report.failures] == []


@pytest.mark.parametrize(("document", "edition"), EVERY)
def test_it_carries_its_facts_and_their_fingerprint_on_every_page(document, edition):
    paper = printed(document, edition)
    assert attached(paper.pdf).decode() == paper.facts_json
    assert hashlib.sha256(attached(paper.pdf)).hexdigest() == paper.fingerprint
    assert all(paper.fingerprint in page for page in pages_of(paper.pdf))


@pytest.mark.parametrize(("document", "edition"), EVERY)
def test_the_foot_of_every_page_says_what_it_is_and_where_to_check(document, edition):
    _, footer = sample(document, edition)
    pages = pages_of(printed(document, edition).pdf)
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页/共{len(pages)}页" in page
        for said in (footer.number, footer.checkpoint, footer.address, f"{document}/{edition}"):
            assert "".join(said.split()) in page


@pytest.mark.parametrize(("document", "edition"), EVERY)
def test_every_amount_of_the_facts_stands_in_it(document, edition):
    paper = printed(document, edition)
    text = text_of(paper.pdf)
    missing = {fen for fen in _amounts(json.loads(paper.facts_json)) if money.yuan(fen) not in text}
    assert missing <= {0}  # no bond, no price read out: said in words


def test_the_agreement_says_its_price_in_figures_and_capitals():
    text = text_of(printed("service_agreement").pdf)
    assert "本合同总价为人民币2,388,000.00元（大写：人民币贰佰叁拾捌万捌仟元整）" in text
    assert "本合同不收取履约保证金" in text
    assert "依据：《政府购买服务管理办法》第二十四条" in text


def test_the_same_facts_give_the_same_bytes_also_from_the_kept_json():
    paper, (_, footer) = printed("award_notice"), sample("award_notice", EDITION)
    again = print_pdf("award_notice", EDITION, json.loads(paper.facts_json), footer=footer)
    assert again == paper


def test_the_reader_is_told_title_and_language():
    reader = PdfReader(io.BytesIO(printed("tender_notice").pdf))
    assert reader.metadata.title == "公开招标公告（440103-01-2026-00001-GG）"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_tables_repeat_their_heads_on_the_next_page():
    given, footer = sample("payment_order", EDITION)
    given["steps"] = given["steps"] * 25
    pages = pages_of(print_pdf("payment_order", EDITION, given, footer=footer).pdf)
    assert sum("环节办理人单位时间" in page for page in pages) >= 2


def test_other_terms_give_other_words():
    given, footer = sample("service_agreement", EDITION)
    given["bond_fen"] = 10_000_000
    given["term"]["long_term"] = True
    given["subcontracts"] = [{"part": "老人体检", "to": "某某社区卫生服务中心", "amount_fen": 1_234_567}]
    given["dispute"] = {"way": "arbitration", "body": "广州仲裁委员会"}
    text = text_of(print_pdf("service_agreement", EDITION, given, footer=footer).pdf)
    for said in ("人民币壹拾万元整", "五项条件均已具备", "12,345.67", "提交广州仲裁委员会仲裁"):
        assert said in text


def test_a_fact_is_text_and_fetches_nothing(local_server):
    address, hits = local_server
    given, footer = sample("award_notice", EDITION)
    given["winner"]["name"] = f"<img src={address}/a><style>@import '{address}/b';</style><a href=file:///etc/passwd>"
    text = text_of(print_pdf("award_notice", EDITION, given, footer=footer).pdf)
    assert f"<imgsrc={address}/a>" in text
    assert hits == []


VECTORS = [
    '<img src="{0}/a">',
    '<img src="file:///etc/passwd">',
    '<img src="data:image/png;base64,AAAA">',
    '<img src="ftp://127.0.0.1/a">',
    '<img src="paper:../../config.py">',
    '<img src="http:relative.png">',
    '<link rel="stylesheet" href="{0}/a.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "<style>@import url({0}/b.css);</style>",
    "<style>p {{ background: url({0}/c.png) }}</style>",
    "<style>@font-face {{ font-family: X; src: url({0}/d.ttf) }} p {{ font-family: X }}</style>",
    '<svg width="10" height="10"><image href="{0}/e.svg" width="9" height="9"/></svg>',
    '<object data="{0}/f.svg">x</object>',
    '<embed src="{0}/g.svg">',
    '<ul style="list-style-image: url({0}/h.png)"><li>x</ul>',
    '<base href="{0}/"><img src="i.png">',
]


@pytest.mark.parametrize("vector", VECTORS)
def test_a_page_that_asks_for_anything_not_shipped_is_not_printed(vector, local_server):
    address, hits = local_server
    html = f'<html lang="zh-CN"><title>x</title><body><p>x</p>{vector.format(address)}</body></html>'
    with pytest.raises(CannotPrint):
        typesetting.set_document(html, "p { color: black }", facts_json="{}", at=AT)
    assert hits == []


def test_a_sign_no_typeface_has_is_refused_by_name():
    given, footer = sample("award_notice", EDITION)
    given["winner"]["name"] = "甲\U0003fffd中心"
    with pytest.raises(CannotPrint) as refused:
        print_pdf("award_notice", EDITION, given, footer=footer)
    assert "\U0003fffd" in str(refused.value)


def test_more_pages_than_a_document_has_are_refused(monkeypatch):
    monkeypatch.setattr(typesetting, "MOST_PAGES", 1)
    given, footer = sample("bid_receipt", EDITION)
    with pytest.raises(CannotPrint):
        print_pdf("bid_receipt", EDITION, given, footer=footer)


@pytest.mark.parametrize("name", ["edition", "footer", "clauses", "qr", "fingerprint"])
def test_facts_may_not_take_the_names_of_the_paper(name):
    given, footer = sample("award_notice", EDITION)
    with pytest.raises(CannotPrint) as refused:
        print_pdf("award_notice", EDITION, {**given, name: "x"}, footer=footer)
    assert refused.value.field == name


def test_an_address_too_long_for_the_code_is_refused():
    given, footer = sample("award_notice", EDITION)
    long = type(footer)(footer.number, footer.at, footer.checkpoint, "https://x.cn/" + "a" * 300)
    with pytest.raises(CannotPrint):
        print_pdf("award_notice", EDITION, given, footer=long)


def test_a_missing_fact_is_named():
    given, footer = sample("award_notice", EDITION)
    del given["sign_by"]
    with pytest.raises(CannotPrint) as refused:
        print_pdf("award_notice", EDITION, given, footer=footer)
    assert "sign_by" in str(refused.value)


def _amounts(value):
    if isinstance(value, dict):
        yield from (v for k, v in value.items() if k.endswith("_fen"))
        yield from (a for v in value.values() for a in _amounts(v))
    elif isinstance(value, list):
        yield from (a for v in value for a in _amounts(v))


@pytest.fixture
def local_server():
    """A server on this machine that notes every request: it must get none."""
    hits: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Noting)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    server.server_close()


def test_facts_json_of_a_sample_is_plain_again():
    kept = json.loads(printed("opening_record").facts_json)
    assert facts.plain(kept) == kept
