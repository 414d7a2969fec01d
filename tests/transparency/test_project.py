"""The public page of a project, its data, its papers: everything public in the order of the cycle, nothing else."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from sqlalchemy import event

from app.core.db import db
from app.core.money import yuan
from app.delivery.models import Acceptance
from app.evaluations.models import Evaluation
from app.plans.models import Project
from app.registry.models import Organization
from app.transparency import extras, ocds, papers
from app.transparency.course import course_of
from tests.conftest import Hands
from tests.delivery import world as delivering
from tests.transparency import world

SCHEMAS = Path(__file__).parents[2] / ".cache" / "ocds"
MOST_QUERIES = 40


def queries_of(client: FlaskClient, address: str) -> int:
    """How many statements one page takes."""
    said: list[str] = []

    def count(*arguments: object) -> None:
        said.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len([one for one in said if one.startswith("SELECT")])


def package_errors(package: object) -> list[str]:
    """What the standard's own schema says is wrong, read from files."""
    kept = [json.loads((SCHEMAS / f"{name}-schema.json").read_text()) for name in ("release-package", "release")]
    registry: Registry = Registry().with_resources([(one["id"], Resource.from_contents(one)) for one in kept])
    checker = Draft4Validator(kept[0], registry=registry, format_checker=Draft4Validator.FORMAT_CHECKER)
    return [f"{list(one.absolute_path)}: {one.message}" for one in checker.iter_errors(package)]


def test_the_page_of_a_purchase_under_way(app: Flask, hands: Hands) -> None:
    round_ = world.performed(hands)
    of, contract = delivering.project(), delivering.agreement(1)
    client, address = app.test_client(), f"/projects/{of.public_id}"
    page = client.get(address)
    assert page.status_code == 200, page.text
    told = page.text
    for words in (
        of.name,
        contract.number,
        yuan(contract.amount_fen),
        world.OPINION,
        "40 人中 38 人满意",
        "开标一览表",
    ):
        assert words in told
    assert told.index("资金来源") < told.index("开标一览表") < told.index("合同和付款") < told.index("绩效评价")
    assert f"/evaluations/{round_.public_id}" in told
    _asks_little(client, address, hands)
    _is_valid_data(client, address, of)
    _lists_its_entries(client, address, of)
    _proves_its_papers(client, round_)
    _is_on_the_lists(client, of)
    held = extras.contracts_and_ratings(contract.supplier)
    assert [(one.contract.number, len(one.ratings)) for one in held] == [(contract.number, 1)]


def _asks_little(client: FlaskClient, address: str, hands: Hands) -> None:
    before = queries_of(client, address)
    delivering.deliver(delivering.WHOLE[6:9], hands)
    assert queries_of(client, address) == before <= MOST_QUERIES


def _is_valid_data(client: FlaskClient, address: str, of: Project) -> None:
    answer = client.get(f"{address}/ocds.json")
    package = json.loads(answer.data)
    assert package_errors(package) == []
    release = package["releases"][0]
    assert release["ocid"] == f"ocds-gongyue-{of.public_id}"
    assert release["tag"] == ["planning", "tender", "award", "contract", "implementation"]
    contract = next(one for one in release["contracts"] if one["id"] == delivering.agreement(1).number)
    assert contract["value"] == {"amount": 2388000, "currency": "CNY"}
    assert [one["value"]["amount"] for one in contract["implementation"]["transactions"]] == [1194000]
    roles = {one["name"]: one["roles"] for one in release["parties"]}
    assert roles[of.buyer.name] == ["buyer", "payer", "procuringEntity"]
    assert package["x_prefix"] == {"value": "ocds-gongyue", "registered": False}
    documents = [one for c in release["contracts"] for one in c["documents"]]
    assert all(one["hash"].startswith("sha256:") for one in documents)


def _lists_its_entries(client: FlaskClient, address: str, of: Project) -> None:
    shown = client.get(f"{address}/log").text
    course = course_of(of)
    actions = {one.action for one in course.every_entry}
    assert {"tender.publish", "opening.hold", "award.announce", "agreement.publish", "payment.pay"} <= actions
    assert "award.decide" not in actions
    assert all(f'href="/log/{one.seq}"' in shown for one in course.every_entry)


def _proves_its_papers(client: FlaskClient, round_: Evaluation) -> None:
    report = db.session.query(Acceptance).one().report
    assert report is not None
    number, content = report.name.removesuffix(".pdf"), report.bytes
    page = client.get(f"/verify/{number}").text
    assert report.sha256 in page
    kept = client.get(f"/verify/{number}/{report.sha256}.pdf")
    assert (kept.status_code, hashlib.sha256(kept.data).hexdigest()) == (200, report.sha256)
    for held, words in ((content, "完全一致"), (content + b"\n", "没有与您手里的文件一致")):
        sent = client.post(f"/verify/{number}", data={"paper": (io.BytesIO(held), "a.pdf")}, follow_redirects=True)
        assert words in sent.text
    assert client.post(f"/verify/{number}", data={}).status_code == 422
    assert client.post(f"/verify/{number}", data={"sha256": "zz"}).status_code in (200, 422)
    _says_nothing_of_the_rest(client)


def _says_nothing_of_the_rest(client: FlaskClient) -> None:
    """A payment order is not public: without its fingerprint it is as if it were not there."""
    number = f"{delivering.agreement(1).number}-ZF-01"
    (order,) = papers.papers(number)
    hidden, unknown = client.get(f"/verify/{number}"), client.get("/verify/440103-ZF-99")
    assert hidden.status_code == unknown.status_code == 200
    assert order.file.sha256 not in hidden.text
    assert "没有以这个编号公开的文书" in hidden.text
    assert "没有以这个编号公开的文书" in unknown.text
    assert client.get(f"/verify/{number}/{order.file.sha256}.pdf").status_code == 404
    assert "完全一致" in client.get(f"/verify/{number}?sha256={order.file.sha256.upper()}").text


def _is_on_the_lists(client: FlaskClient, of: Project) -> None:
    contract = delivering.agreement(1)
    for query in ("", "?stage=performing", "?year=2026", "?place=440100", f"?q={contract.number}"):
        assert of.name in client.get(f"/projects{query}").text, query
    for query in ("?stage=closed", "?year=2025", "?place=110000", "?q=没有这个"):
        told = client.get(f"/projects{query}").text
        assert of.name not in told
        assert "没有符合条件的项目" in told
    assert of.name in client.get(f"/search?q={of.name[:2]}").text
    assert "没有找到" in client.get("/search?q=没有这个").text
    home = client.get("/").text
    assert yuan(119400000) in home
    assert of.name in home


def test_amounts_are_numbers_with_their_two_decimals() -> None:
    assert json.dumps(ocds.money(45_550_055)) == '{"amount": 455500.55, "currency": "CNY"}'
    assert json.dumps(ocds.money(999_999_999_999_993)).startswith('{"amount": 9999999999999.93,')
    assert ocds.money(100) == {"amount": 1, "currency": "CNY"}


def test_a_wrong_package_does_not_pass(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context("/"):
        package = ocds.package(course_of(delivering.project()))
    assert package_errors(package) == []
    package["releases"][0]["tag"] = ["no such stage"]
    assert package_errors(package)


@pytest.mark.parametrize(
    "address",
    ["/", "/projects", "/about", "/verify", "/search", "/accessibility", "/contact", "/site-map", "/log", "/rulebook"],
)
def test_pages_of_the_site(sqlite_app: Flask, address: str) -> None:
    client = sqlite_app.test_client()
    first = client.get(address)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in first.headers["Vary"]
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_organization_without_contracts_has_no_such_part(sqlite_app: Flask) -> None:
    found = db.session.query(Organization).first()
    if found is not None:
        assert extras.organization_extras(found) is None
    assert extras.contracts_and_ratings(delivering.project().buyer) == []
