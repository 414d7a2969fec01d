"""Council, charter, Party organization, charity and fundraising through the pages, on both databases."""

import io
from datetime import UTC, date, datetime
from typing import Any

from app.accounts.models import Body
from app.accounts.queries import body_named
from app.core import log, security
from app.registration import governance_queries, queries, table
from app.registration.models import Application
from app.registry import actions as registry
from app.registry import profile
from app.registry.models import Organization
from app.registry.queries import organization_of
from tests.conftest import Hands, turn
from tests.registration import world
from tests.registration.world import GRANT, IDENTITY, PDF, Desk, said, url, uscc, who

FIVE = "李明 理事长\n赵一 副理事长 领薪\n钱二 理事\n孙三 理事\n周四 秘书长"
TERM = {"elected_on": "2026-01-10", "since": "2026-02-01", "until": "2031-01-31", "council": FIVE}
CHARTER = {"adopted_on": "2026-01-10", "agreed_on": "", "what_changed": "第三条：业务范围增加助学。"}
PARTY = {"kind": "none", "name": "", "secretary": "", "members": "1", "reason": "党员不足三人，拟建联合党支部。"}
FUNDS = {"projects": "助学募捐", "oversight": "理事会审批，按月公开"}
CHARITY = {"purpose": "扶贫济困", "income": "捐赠收入，用于助学", "not_for_profit": "y"}


def foundation(name: str = "广东省岭南公益基金会", number: int = 9, account: str = "ling", **more: Any) -> Organization:
    """A foundation of the province with its manager's account."""
    with turn(who("sheng1")):
        made = registry.register(
            name=name, kind="foundation", credit_code=uscc("foundation", number), registrar=world.PROVINCE,
            supervising_unit=world.PROVINCE, legal_representative="李明", capital_fen=200_000_000, address="广州市",
            scope="助学", fields=("助学",), place="440000", level="provincial", fundraising="non_public",
            established_on=date(2020, 5, 1), **more,
        )  # fmt: skip
        registry.give_account(made, "岭南负责人", account)
    return made


def province() -> Body:
    found = body_named(world.PROVINCE)
    assert found is not None
    return found


def refused(desk: Desk, one: Application, rule: str, *texts: str) -> None:
    """Handing it in is refused with the rule, said, logged, and nothing of the form is lost."""
    answer = desk.post("ling", f"{url(one)}/submit")
    assert answer.status_code == 422, said(answer)
    assert rule in answer.text
    for text in texts:
        assert text in answer.text, said(answer)
    assert security.refusals(1)[0].status == 422
    assert one.state == "draft"


def granted(desk: Desk, kind: str, /, **form: Any) -> Application:
    one = desk.draft("ling", kind, province(), **form)
    desk.granted("ling", one, "sheng1", "sheng2")
    return one


def test_a_council_from_its_election_to_its_end(desk: Desk, hands: Hands) -> None:
    made = foundation()
    # what the law stops, each with its rule, and the form kept
    wrong = {**TERM, "council": "李明 理事长\n赵一 理事\n钱二 理事\n孙三 秘书长", "until": "2032-01-31"}
    one = desk.draft("ling", "council", province(), **wrong)
    desk.hand_in("ling", one)
    refused(desk, one, "C-10", "理事应为 5 至 25 人，现为 4 人", "本届最迟到 2031年1月31日 届满")
    kept = desk["ling"].get(f"{url(one)}/edit").text
    assert "孙三 秘书长" in kept
    assert "2032-01-31" in kept
    for council, rule, text in (
        (FIVE.replace("钱二 理事", "钱二 理事 领薪"), "C-10", "5 人中最多 1 人，现为 2 人"),
        (FIVE.replace("钱二 理事", "赵一 理事"), "G-170", "第 3 行：赵一重复出现"),
        (FIVE.replace("钱二 理事", "钱二 理事 近亲属"), "C-10", "有近亲属关系的不得同时担任理事"),
        (FIVE.replace("周四 秘书长", "周四 监事"), "G-170", "监事不是理事"),
    ):
        desk.ok("ling", f"{url(one)}/edit", **{**TERM, "council": council})
        refused(desk, one, rule, text)
        assert council.splitlines()[4] in desk["ling"].get(f"{url(one)}/edit").text
    desk.ok("ling", f"{url(one)}/edit", **TERM)
    assert desk.post("registrar", f"{url(one)}/accept").status_code in (403, 404)  # another authority's
    desk.granted("ling", one, "sheng1", "sheng2")
    assert [(m.name, m.post) for m in governance_queries.terms(made)[0].members][1] == ("赵一", "副理事长")
    assert governance_queries.council_of(made, date(2026, 1, 31)) is None
    # the public sees names and posts from the first day on, and nothing else
    hands.set(datetime(2026, 2, 1, 1, tzinfo=UTC))
    page = desk[""].get(f"/organizations/{made.public_id}").text
    assert "副理事长" in page
    data = profile.added_data(made)["council"]
    assert data["members"][1] == {"name": "赵一", "post": "副理事长"}
    assert governance_queries.terms(made)[0].public_id in profile.added_records(made)
    assert "领薪" not in page
    assert desk["ling"].get(f"{url(one)}/decision.pdf").data.startswith(b"%PDF")
    assert reminders(desk, "ling", "sheng1") == [False, False]
    second_term(desk, hands, made)


def reminders(desk: Desk, *names: str) -> list[bool]:
    return ["换届：广东省岭南公益基金会" in desk[name].get("/desk").text for name in names]


def second_term(desk: Desk, hands: Hands, made: Organization) -> None:
    """Reminders before and after the end, and a list that starts from the present one."""
    for day, text in (((2030, 11, 1), ""), ((2030, 11, 2), "还有 90 日"), ((2031, 1, 1), "只剩 30 日"),
                      ((2031, 2, 1), "已于 2031年1月31日 届满")):  # fmt: skip
        hands.set(datetime(*day, 2, tzinfo=UTC))
        assert reminders(desk, "ling", "sheng1", "registrar") == [bool(text), bool(text), False], day
        assert text in desk["sheng2"].get("/desk").text
    assert "任期已届满" in desk[""].get(f"/organizations/{made.public_id}").text
    assert "赵一 副理事长 领薪" in desk["ling"].get("/registration/new/council").text  # never ask what is held
    again = {**TERM, "elected_on": "2031-01-20", "since": "2026-02-01"}
    one = desk.draft("ling", "council", province(), **again)
    assert reminders(desk, "ling", "sheng1") == [False, True]  # it is under way
    desk.hand_in("ling", one)
    refused(desk, one, "G-171", "新一届的开始应晚于现任一届的开始（2026年2月1日）")
    next_ = {**again, "since": "2031-02-01", "until": "2036-01-31", "council": FIVE.replace("钱二", "吴五")}
    desk.ok("ling", f"{url(one)}/edit", **next_)
    desk.reviewed("ling", one, "sheng1")
    assert desk.post("sheng1", f"{url(one)}/decide", **GRANT).status_code == 422  # G-150
    seen, once = one.version, "c" * 24
    for _click in (1, 2):
        desk.ok("sheng2", f"{url(one)}/decide", **GRANT, version=seen, once=once)
    new, old = governance_queries.terms(made)
    assert (old.ended_on, new.since, len(new.members)) == (date(2031, 1, 31), date(2031, 2, 1), 5)
    page = desk[""].get(f"/organizations/{made.public_id}").text
    assert "吴五" in page
    assert "各届任期" in page
    actions = [entry.action for entry in log.since(0, 4000)]
    assert actions.count("council.seat") == 4
    assert actions.count("council.end") == 1
    assert "领薪" not in "".join(entry.values for entry in log.since(0, 4000) if entry.public)


def test_who_heads_a_foundation_heads_nothing_else(desk: Desk) -> None:
    foundation()
    named = desk.named("li", trade_name="同名")
    form = {**world.FORMS["service"], "reserved": named.public_id}
    desk.granted("li", desk.draft("li", "establish_service", **form), credit_code=uscc("service", 1))
    one = desk.draft("ling", "council", province(), **TERM)
    desk.hand_in("ling", one)
    shown = desk["ling"].get(url(one)).text
    assert "的法定代表人也叫李明，请核对是否同一人" in shown  # one of them is not verified: a warning
    assert "C-10" in shown
    verified = queries.head_of(organization_of(body_named("广州市荔湾区同名社会工作服务中心")))
    head(verified)
    refused(desk, one, "C-10", "的法定代表人（身份证件已核验），不得同时担任")
    assert IDENTITY not in "".join(entry.values for entry in log.since(0, 4000))


def head(like: Any) -> None:
    """The same person is verified to head the foundation."""
    from app.core import changes
    from app.registration.models import Headship

    made = organization_of(body_named("广东省岭南公益基金会"))
    assert made is not None
    with turn(who("sheng1")):
        changes.add(
            Headship(organization=made, organization_id=made.id, name="李明", mark=like.mark, tail=like.tail,
                     since=date(2026, 1, 1), place=made.place), "headship.note",
        )  # fmt: skip


def test_charters_are_filed_and_public(desk: Desk) -> None:
    made = foundation()
    one = desk.draft("ling", "charter", province(), **CHARTER)
    desk.hand_in("ling", one, but="charter")
    for content, name in (
        (b"\x89PNG\r\n\x1a\n picture", "charter.pdf"),
        (b"PK\x03\x04", "charter.docx"),
        (b"", "c.pdf"),
    ):
        answer = desk["ling"].post(f"{url(one)}/materials/charter", data={"file": (io.BytesIO(content), name)})
        assert answer.status_code == 422, name
        assert name != "charter.pdf" or "G-151" in answer.text
    refused(desk, one, "G-151", "缺少材料：修改后的章程")
    assert "第三条：业务范围增加助学。" in desk["ling"].get(f"{url(one)}/edit").text
    desk.granted("ling", one, "sheng1", "sheng2")
    (first,) = governance_queries.charters(made)
    assert desk[""].get(f"/charters/{first.public_id}").data == PDF
    # the same file again is no new edition
    two = desk.draft("ling", "charter", province(), **CHARTER)
    desk.hand_in("ling", two)
    refused(desk, two, "G-173", "与现行章程完全相同")
    newer = {"file": (io.BytesIO(PDF + b" amended"), "charter.pdf")}
    assert desk["ling"].post(f"{url(two)}/materials/charter", data=newer).status_code == 303
    desk.ok("ling", f"{url(two)}/submit")
    desk.ok("sheng1", f"{url(two)}/accept")
    desk.ok("sheng1", f"{url(two)}/review", opinion="可", proposes="grant")
    assert len(governance_queries.charters(made)) == 1  # not before it is decided
    desk.ok("sheng2", f"{url(two)}/decide", **GRANT)
    page = desk[""].get(f"/organizations/{made.public_id}").text
    for edition in governance_queries.charters(made):
        assert f"/charters/{edition.public_id}" in page
    assert "章程第 2 版" in page
    assert desk[""].get(f"/charters/{first.public_id}").data == PDF
    assert [entry.action for entry in log.entries_of(first.public_id)] == ["charter.approve"]


def test_party_organizations_are_told_of(desk: Desk, hands: Hands) -> None:
    made = foundation()
    hands.set(datetime(2026, 11, 1, 2, tzinfo=UTC))
    assert list(queries.without_party_organization(date(2027, 6, 30))) == []
    assert made in list(queries.without_party_organization(date(2027, 7, 1)))
    one = desk.draft("ling", "party", province(), **{**PARTY, "reason": "", "members": "4"})
    refused(desk, one, "G-174", "请写明原因和打算", "已有党员 4 人")
    desk.ok("ling", f"{url(one)}/edit", **{**PARTY, "members": "4"})
    desk.granted("ling", one, "sheng1", "sheng2")
    assert made in list(queries.without_party_organization(date(2027, 7, 1)))  # members enough, and none
    granted(desk, "party", **PARTY)
    assert made not in list(queries.without_party_organization(date(2027, 7, 1)))
    assert "党员不足三人" in desk["ling"].get("/registration/new/party").text  # starts from what was told
    granted(desk, "party", kind="branch", name="岭南党支部", secretary="郑书记", members="5", reason="")
    told = governance_queries.party_of(made)
    assert told is not None
    assert (told.kind, told.members, told.since) == ("branch", 5, date(2026, 11, 1))
    assert "郑书记" not in desk[""].get(f"/organizations/{made.public_id}").text
    entries = [entry for entry in log.since(0, 4000) if entry.action.startswith("party.")]
    assert [entry.action for entry in entries] == ["party.keep", "party.end", "party.keep", "party.end", "party.keep"]
    assert not any(entry.public for entry in entries)


def test_a_charity_raises_funds_after_a_year(desk: Desk, hands: Hands) -> None:
    made = foundation()
    form = {"authority": province().public_id, **FUNDS}
    answer = desk.post("ling", "/registration/new/fundraising", **form)
    assert answer.status_code == 422
    assert "只有慈善组织可以申请公开募捐资格" in answer.text
    one = granted(desk, "charity", **CHARITY)
    assert (one.due_on, made.charity_since) == (date(2026, 2, 2), date(2026, 1, 12))  # 20 days, a Sunday runs on
    assert desk.post("ling", "/registration/new/charity", **form, **CHARITY).status_code == 422
    hands.set(datetime(2027, 1, 11, 2, tzinfo=UTC))
    answer = desk.post("ling", "/registration/new/fundraising", **form)  # in the first year
    assert answer.status_code == 422
    assert "2027年1月12日 起才可以申请公开募捐资格" in answer.text
    assert "C-32" in answer.text
    assert "助学募捐" in answer.text  # typed text kept
    assert security.refusals(1)[0].status == 422
    hands.forward(days=1)
    two = desk.draft("ling", "fundraising", province(), **FUNDS)
    assert "注册资金不足" in desk["ling"].get(url(two)).text  # below the funds of a public foundation: a warning
    desk.granted("ling", two, "sheng1", "sheng2")
    assert made.fundraising == "public"
    page = desk[""].get(f"/organizations/{made.public_id}").text
    for text in ("自 2026年1月12日 起", "公开募捐", "认定为慈善组织", "取得公开募捐资格"):
        assert text in page
    assert desk.post("ling", "/registration/new/fundraising", **form).status_code == 422
    done = [e.action for e in log.since(0, 4000) if e.action in ("organization.recognize", "organization.qualify")]
    assert done == ["organization.recognize", "organization.qualify"]
    assert {"charity", "fundraising", "council", "charter", "party"} <= table.procedures().keys()
