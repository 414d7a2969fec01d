"""The way of a report through its pages: written, refused, handed in, corrected, decided by another, public."""

import io
import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core.db import db
from app.core.log import LogEntry
from app.core.security import Refusal
from app.reports import queries
from app.reports.models import AnnualReport, ReportSection
from tests.conftest import Hands, turn
from tests.http import client_as
from tests.plans.world import who
from tests.reports import world

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def section(report: AnnualReport, key: str) -> ReportSection:
    return next(one for one in report.sections if one.key == key)


def send(client: FlaskClient, url: str, data: dict[str, str], **more: str):  # type: ignore[no-untyped-def]
    """Open the page, then send its form with its own once and version."""
    shown = client.get(url)
    assert shown.status_code == 200, shown.status
    hidden = {k: re.search(rf'name="{k}"[^>]*value="([^"]*)"', shown.text) for k in ("once", "version")}
    kept = {k: found[1] for k, found in hidden.items() if found}
    return client.post(url, data={**kept, **data, **more})


def begun(app: Flask, hands: Hands) -> tuple[FlaskClient, AnnualReport]:
    """甲中心 begins its report in March 2026."""
    there = world.organizations()
    hands.set(world.at("2026-03-10"))
    client = client_as(app, who("jia"))
    assert "开始填写" in client.get("/reports/mine").text
    answer = send(client, "/reports/start/2025", {})
    assert answer.status_code == 303, answer.text
    report = queries.report_of(there["service"].body, 2025)
    assert report is not None
    return client, report


def write(client: FlaskClient, report: AnnualReport, **other: dict[str, str]) -> None:
    for key, data in (world.typed() | other).items():
        answer = client.post(f"/reports/sections/{section(report, key).public_id}", data={**data, "go": "next"})
        assert answer.status_code == 303, (key, answer.text)


def test_from_the_first_section_to_the_public_page(app: Flask, hands: Hands) -> None:
    client, report = begun(app, hands)
    home = f"/reports/{report.public_id}"
    page = client.get(home).text
    assert "未完成" in page
    assert "2026年5月31日" in page
    basics = f"/reports/sections/{section(report, 'basics').public_id}"
    held = client.get(basics).text
    assert "甲社会工作服务中心" in held, "what the register holds is shown"
    assert not re.search(r'name="(name|credit_code|legal_representative|address)"', held), "and never asked"

    # a balance sheet that does not balance is kept as it was typed, and refused when it is handed in
    wrong = world.typed()["balance"] | {"payables_closing": "150000", "total_liabilities_closing": "150000"}
    write(client, report, balance=wrong)
    refused = send(client, f"{home}/submit", {"declared": "y"})
    assert refused.status_code == 422
    assert "资产负债表不平：资产总计年末数 920,000.50 元" in refused.text
    assert "相差 0.50 元" in refused.text
    assert "G-41" in refused.text
    sheet = f"/reports/sections/{section(report, 'balance').public_id}"
    kept = client.get(sheet).text
    assert 'value="150,000.00"' in kept, "what was typed stays"
    assert "相差 0.50 元" in kept
    entry = db.session.scalars(select(Refusal).order_by(Refusal.id.desc())).first()
    assert entry is not None
    assert (entry.path, entry.rules) == (f"{home}/submit", "G-41")

    assert send(client, sheet, world.typed()["balance"]).status_code == 303
    sent = send(client, f"{home}/submit", {"declared": "y"}, once="one-click-of-two")
    assert sent.status_code == 303, sent.text
    again = client.post(f"{home}/submit", data={"declared": "y", "once": "one-click-of-two", "version": "1"})
    assert again.status_code in (303, 422), "a second click does not hand in twice"
    assert len([e for e in entries(report) if e.action == "report.submit"]) == 1
    shut = client.post(sheet, data=world.typed()["balance"])
    assert shut.status_code == 409
    assert client.get(f"/annual-reports/{report.public_id}").status_code == 404, "nothing is public yet"

    # corrections, item by item
    first, second = who("registrar"), world.person("registrar9", "registrar", world.bureau())
    registrar, other = client_as(app, first), client_as(app, second)
    assert "甲社会工作服务中心" in registrar.get("/reports?year=2025&state=submitted").text
    nothing = send(registrar, f"{home}/corrections", {})
    assert nothing.status_code == 422
    asked = {
        "corrections-0-section": "staff", "corrections-0-asked": "请填写持证社会工作者数",
        "corrections-1-section": "", "corrections-1-asked": "",
        "corrections-2-section": "evidence", "corrections-2-asked": "请附章程复印件",
    }  # fmt: skip
    assert send(registrar, f"{home}/corrections", asked).status_code == 303
    staff = f"/reports/sections/{section(report, 'staff').public_id}"
    assert "请填写持证社会工作者数" in client.get(staff).text
    assert client.post(sheet, data={}).status_code == 409, "what was not asked stays shut"
    assert send(client, staff, world.REST["staff"] | {"social_workers": "7"}).status_code == 303
    half = send(client, f"{home}/answers", {"answers-0-answer": "已补填", "answers-1-answer": " "})
    assert half.status_code == 422
    assert "已补填" in half.text
    assert "请逐项答复" in half.text
    whole = {"answers-0-answer": "已补填", "answers-1-answer": "已附"}
    assert send(client, f"{home}/answers", whole).status_code == 303

    # maker is not checker
    bare = send(registrar, f"{home}/result", {"result": "basic", "reasons": " "})
    assert bare.status_code == 422
    assert "C-12" in bare.text
    reasons = "理事会会议记录不全。"
    assert send(registrar, f"{home}/result", {"result": "basic", "reasons": reasons}).status_code == 303
    mine = send(registrar, f"{home}/decision", {"agree": "yes"})
    assert mine.status_code == 422
    assert "G-40" in mine.text
    db.session.expire_all()
    stale = str(report.version)
    assert send(other, f"{home}/decision", {"agree": "yes"}).status_code == 303
    late = other.post(f"{home}/decision", data={"agree": "yes", "version": stale})
    assert late.status_code == 409, "two registrars do not decide twice"

    everybody = client_as(app, None)
    public = everybody.get(f"/annual-reports/{report.public_id}")
    assert public.status_code == 200
    assert "基本合格" in public.text
    assert reasons in public.text
    assert "920,000.50" in public.text
    assert everybody.get(f"/annual-reports/{report.public_id}.pdf").data.startswith(b"%PDF-")
    record = queries.record_of(report)
    assert "2025 年度" in everybody.get(f"/organizations/{record.public_id}").text
    assert queries.results(report.body) == {2025: "basic"}
    shown = [e.action for e in entries(report) if e.public]
    assert shown == ["report.decide"]
    assert "基本合格" in registrar.get("/reports.csv?year=2025").text


def entries(report: AnnualReport) -> list[LogEntry]:
    query = select(LogEntry).where(LogEntry.record == report.public_id).order_by(LogEntry.seq)
    return list(db.session.scalars(query))


def test_two_tabs_do_not_overwrite_each_other_and_a_bad_amount_stays_typed(sqlite_app: Flask, hands: Hands) -> None:
    client, report = begun(sqlite_app, hands)
    staff = section(report, "staff")
    url = f"/reports/sections/{staff.public_id}"
    seen = str(staff.version)
    assert client.post(url, data={"full_time": "12", "version": seen}).status_code == 303
    other_tab = client.post(url, data={"full_time": "15", "version": seen})
    assert other_tab.status_code == 409
    assert 'value="15"' in other_tab.text, "what was typed in the other tab stays"
    db.session.expire_all()
    assert section(report, "staff").values == {"full_time": 12}
    balance = f"/reports/sections/{section(report, 'balance').public_id}"
    bad = client.post(balance, data={"cash_opening": "一百", "cash_closing": "5"})
    assert bad.status_code == 200
    assert "“一百”不是金额" in bad.text
    assert 'value="一百"' in bad.text


def test_a_paper_is_what_its_name_says(sqlite_app: Flask, hands: Hands) -> None:
    client, report = begun(sqlite_app, hands)
    url = f"/reports/{report.public_id}/papers"

    def upload(content: bytes, name: str):  # type: ignore[no-untyped-def]
        data = {"kind": "audit", "note": "", "file": (io.BytesIO(content), name)}
        return client.post(url, data=data, content_type="multipart/form-data")

    fake = upload(b"MZ\x90\x00\x03\x00\x00\x00", "audit.pdf")
    assert fake.status_code == 422
    assert "audit.pdf" in fake.text
    assert upload(PDF, "audit.pdf").status_code == 303
    assert upload(PDF + b"%2", "audit2.pdf").status_code == 303
    db.session.expire_all()
    assert [one.file.name for one in report.evidence if one.current] == ["audit2.pdf"]
    [current] = [one for one in report.evidence if one.current]
    assert client.get(f"/reports/papers/{current.public_id}").data == PDF + b"%2"
    assert client_as(sqlite_app, who("yi")).get(f"/reports/papers/{current.public_id}").status_code == 404


def test_who_may_do_what(sqlite_app: Flask, hands: Hands) -> None:
    client, report = begun(sqlite_app, hands)
    home = f"/reports/{report.public_id}"
    basics = f"/reports/sections/{section(report, 'basics').public_id}"
    nobody, stranger, registrar = (client_as(sqlite_app, p) for p in (None, who("yi"), who("registrar")))
    assert nobody.get(home).status_code == 401
    assert stranger.get(home).status_code == 404
    assert stranger.post(basics, data={"changed": "no"}).status_code == 403
    assert registrar.get(home).status_code == 200
    assert registrar.get(basics).status_code == 403, "a registrar reads the report, and writes none of it"
    assert client.get("/reports").status_code == 403
    assert client.get(f"{home}/decision").status_code == 403
    assert client_as(sqlite_app, who("officer")).get(home).status_code == 404, "not its supervising unit"
    elsewhere = world.person("registrar8", "registrar", world.bureau())
    with turn():
        elsewhere.place = "440104"
    assert client_as(sqlite_app, elsewhere).get(home).status_code == 404, "the registrar of another district"
