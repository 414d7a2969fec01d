"""What comes after the certificate: changes, branches, deregistration, cancellation; through the pages."""

from datetime import date

from app.accounts.models import Body
from app.accounts.queries import body_named
from app.core import log, security
from app.demonstration import people
from app.registration import queries
from app.registry import actions as registry
from app.registry.models import Organization
from app.registry.queries import organization_of
from tests.conftest import Hands, turn
from tests.registration import world
from tests.registration.world import Desk, application, url, who


def registered(kind: str = "service", name: str = "甲社会工作服务中心") -> Organization:
    """甲 or 丁 with its registration, as if it had been there for years."""
    body = body_named(name)
    assert body is not None
    with turn(who("registrar")):
        return registry.register(
            name=name, kind=kind, credit_code=body.credit_code or "", registrar=people.BUREAU,
            supervising_unit="荔湾区民政局", legal_representative="甲某", capital_fen=5_000_000,
            address="广州市荔湾区", scope="社会工作服务", fields=("社区发展",), place="440103", body=body,
            established_on=date(2020, 1, 6),
        )  # fmt: skip


CHANGE = {
    "name": "甲社会工作服务中心", "address": "广州市荔湾区", "scope": "社会工作服务", "fields": "社区发展",
    "legal_representative": "甲某", "identity": "", "capital": "50,000", "supervising_unit": "荔湾区民政局",
    "agreed_on": "2026-01-05", "why": "搬迁",
}  # fmt: skip


def test_a_change_keeps_the_old_value_and_reissues_the_certificate(desk: Desk) -> None:
    made = registered()
    prefilled = desk["jia"].get("/registration/new/change").text
    assert "社会工作服务" in prefilled
    one = desk.draft("jia", "change", **CHANGE)
    desk.hand_in("jia", one)
    answer = desk.post("jia", f"{url(one)}/submit")
    assert answer.status_code == 422
    assert "没有任何登记事项与现在登记的不同" in answer.text
    assert "C-04" in answer.text
    # a new head needs an identity number; late after thirty days warns only
    new = {**CHANGE, "address": "越秀区2号", "legal_representative": "乙某", "agreed_on": "2025-11-03"}
    desk.ok("jia", f"{url(one)}/edit", **new)
    answer = desk.post("jia", f"{url(one)}/submit")
    assert answer.status_code == 422
    assert "G-154" in answer.text
    assert "现已逾期" in answer.text
    assert security.refusals(1)[0].status == 422
    desk.ok("jia", f"{url(one)}/edit", **{**new, "identity": world.IDENTITY})
    desk.granted("jia", one)
    assert (made.body.address, made.legal_representative) == ("越秀区2号", "乙某")
    shown = desk["jia"].get(url(one)).text
    assert "越秀区2号（原登记：广州市荔湾区）" in shown
    assert "C-04" in desk["jia"].get("/registration/new/change").text
    head = queries.head_of(made)
    assert head is not None
    assert head.name == "乙某"
    # a second change supersedes the certificate of the first
    two = desk.draft("jia", "change", **{**new, "identity": "", "scope": "社区服务", "agreed_on": "2026-01-05"})
    desk.granted("jia", two)
    new_one, old_one = queries.certificates(made)
    assert (new_one.state, old_one.state, new_one.issue) == ("valid", "superseded", 2)
    assert "失效" in desk[""].get(f"/certificates/{old_one.number}").text
    assert new_one.number in desk[""].get(f"/certificates/{old_one.number}").text
    public = desk[""].get(f"/organizations/{made.public_id}").text
    assert "越秀区2号（原登记：广州市荔湾区）" in public
    assert "certificate.supersede" in [e.action for e in log.entries_of(old_one.public_id)]


def test_branches_where_they_are_allowed(desk: Desk) -> None:
    registered()
    answer = desk.post("jia", "/registration/new/branch", authority=world.bureau().public_id, under="self",
                       branch="青年部", address="x", scope="y", head="z")  # fmt: skip
    assert answer.status_code == 422
    assert "C-08" in answer.text
    assert "青年部" in answer.text
    ding = registered("association", "丁长者关爱协会")
    branch = {"under": "self", "branch": "长者膳食工作委员会", "address": "荔湾区", "scope": "膳食", "head": "某"}
    one = desk.draft("ding", "branch", **branch)
    desk.granted("ding", one)
    assert [b.name for b in queries.branches(ding)] == ["长者膳食工作委员会"]
    for wrong, words in (
        ({"under": "长者膳食工作委员会", "branch": "小组"}, "不得再设立分支机构"),
        ({"by_region": "y", "branch": "岭南分会"}, "不得设立地域性的分支机构"),
        ({}, "已有名称为“长者膳食工作委员会”的分支机构"),
    ):
        two = desk.draft("ding", "branch", **{**branch, **wrong})
        desk.hand_in("ding", two)
        answer = desk.post("ding", f"{url(two)}/submit")
        assert answer.status_code == 422
        assert words in answer.text
        assert "C-03" in answer.text
        desk.ok("ding", f"{url(two)}/withdraw", reasons="不设了")
    assert "长者膳食工作委员会" in desk[""].get(f"/organizations/{ding.public_id}").text
    end = desk.draft("ding", "branch_close", branch="长者膳食工作委员会", why="不再活动")
    desk.granted("ding", end)
    assert queries.branches(ding) == []


def test_deregistration_after_liquidation(desk: Desk) -> None:
    made = registered()
    form = {"ground": "dissolved", "liquidated_on": "2026-01-13", "remaining": "转给乙社区服务中心", "why": ""}
    one = desk.draft("jia", "deregistration", **form)
    desk.hand_in("jia", one)
    answer = desk.post("jia", f"{url(one)}/submit")
    assert answer.status_code == 422
    assert "清算结束之前不能申请注销登记" in answer.text
    assert "没有结清" in answer.text
    desk.ok("jia", f"{url(one)}/edit", **{**form, "liquidated_on": "2025-12-20", "settled": "y"})
    assert "现已逾期" in desk["jia"].get(url(one)).text
    change = desk.draft("jia", "change", **{**CHANGE, "address": "越秀区"})
    desk.granted("jia", change)
    desk.granted("jia", one)
    assert made.state == "deregistered"
    (certificate,) = queries.certificates(made)
    assert (certificate.state, certificate.ended_on) == ("cancelled", date(2026, 1, 12))
    again = desk.post("jia", "/registration/new/deregistration", authority=world.bureau().public_id, **form)
    assert again.status_code == 422
    assert "已不在登记册中" in again.text


def test_cancellation_for_a_year_without_activity(desk: Desk, hands: Hands) -> None:
    made = registered()
    own = {"authority": world.bureau().public_id, "found": "x"}
    assert desk.post("jia", "/registration/new/cancel_inactive", **own).status_code == 422
    start = f"/registration/new/cancel_inactive?applicant={_body(made).public_id}"
    one = application(desk.ok("registrar", start, found="无活动记录", active_on="2025-03-01").location)
    assert (one.by_authority, one.on_paper) == (True, True)
    assert desk["jia"].get(url(one)).status_code == 404  # while it is being looked into
    desk.hand_in("registrar", one)
    answer = desk.post("registrar", f"{url(one)}/submit")
    assert answer.status_code == 422
    for words in ("还不满 1 年", "尚未送达拟撤销登记的告知书", "尚未举行听证", "C-06"):
        assert words in answer.text, words
    hands.forward(days=60)
    told = {"found": "无活动记录", "active_on": "2025-03-01", "noticed_on": "2026-02-02", "heard_on": "2026-02-20",
            "said": "未到场"}  # fmt: skip
    desk.ok("registrar", f"{url(one)}/edit", **told)
    desk.ok("registrar", f"{url(one)}/submit")
    assert desk["jia"].get(url(one)).status_code == 200  # it reads, and does not write in it
    assert desk.post("jia", f"{url(one)}/withdraw", reasons="x").status_code == 403
    desk.ok("registrar", f"{url(one)}/accept")
    desk.ok("registrar", f"{url(one)}/review", opinion="应撤销", proposes="grant")
    assert desk.post("registrar", f"{url(one)}/decide", **world.GRANT).status_code == 422
    desk.ok("registrar2", f"{url(one)}/decide", **world.GRANT)
    assert made.state == "deregistered"
    assert "撤销登记（一年未开展活动）" in desk[""].get(f"/organizations/{made.public_id}").text
    assert [e.action for e in log.entries_of(made.public_id)][-1] == "organization.deregister"


def _body(made: Organization) -> Body:
    body = made.body
    assert organization_of(body) is made
    return body
