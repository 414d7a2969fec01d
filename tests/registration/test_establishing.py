"""From a name to a certificate through the pages, on both databases: the whole way, and what the law stops."""

import io
from datetime import date

from app.accounts.queries import body_named
from app.core import log, security
from app.demonstration import people
from app.registration import queries
from app.registry import actions as registry
from app.registry.queries import organization_of
from tests.conftest import Hands, turn
from tests.registration import world
from tests.registration.world import FORMS, GRANT, NAME, PDF, Desk, application, url, uscc, who


def test_a_service_institution_from_its_name_to_its_certificate(real_papers: None, desk: Desk, hands: Hands) -> None:
    reserved = desk.named("li")
    one = desk.draft("li", "establish_service", reserved=reserved.public_id, **FORMS["service"])
    assert one.name == "广州市荔湾区逢源人家社会工作服务中心"
    # nothing is handed in yet: the list of materials bars, and names each
    answer = desk.post("li", f"{url(one)}/submit")
    assert answer.status_code == 422
    assert "缺少材料：章程草案" in answer.text
    assert "G-151" in answer.text
    # an upload that is not what its name says
    for content, name in ((b"\x89PNG\r\n\x1a\n picture", "charter.pdf"), (PDF, "charter.exe"), (PDF, "charter")):
        answer = desk["li"].post(f"{url(one)}/materials/charter", data={"file": (io.BytesIO(content), name)})
        assert answer.status_code == 422, name
        assert "G-151" in answer.text
    assert security.refusals(1)[0].status == 422
    desk.hand_in("li", one)
    desk.ok("li", f"{url(one)}/submit")
    assert desk["registrar"].get("/desk").text.count("受理：广州市荔湾区逢源人家社会工作服务中心") == 1
    # corrections: item by item asked, item by item answered, on the changed file
    assert desk.post("registrar", f"{url(one)}/ask").status_code == 422
    items = [key for key, _label, _text in items_of(desk, one)]
    asked = {f"items-{n}-key": key for n, key in enumerate(items)}
    asked |= {f"items-{items.index('field-address')}-asked": "写明房号",
              f"items-{items.index('material-charter')}-asked": "缺签名"}  # fmt: skip
    desk.ok("registrar", f"{url(one)}/ask", **asked)
    desk.ok("li", f"{url(one)}/edit", **{**FORMS["service"], "reserved": reserved.public_id,
                                         "address": "逢源路1号201室", "identity": ""})  # fmt: skip
    wait = queries.unanswered(one)
    keys = {f"items-{n}-key": w.public_id for n, w in enumerate(wait)}
    answer = desk.post("li", f"{url(one)}/answer", **keys, **{"items-0-answer": "已补房号"})
    assert answer.status_code == 422
    assert "第 2 项还没有答复" in answer.text
    assert "已补房号" in answer.text  # typed text kept
    hands.forward(days=3)
    desk.ok("li", f"{url(one)}/answer", **keys, **{"items-0-answer": "已补房号", "items-1-answer": "已签"})
    # the clock runs from the complete file: 60 days after 15 January, a Monday
    desk.ok("registrar", f"{url(one)}/accept")
    assert (one.complete_on, one.due_on) == (date(2026, 1, 15), date(2026, 3, 16))
    page = desk["li"].get(url(one)).text
    assert "2026年3月16日" in page
    assert "C-02" in page
    desk.ok("registrar", f"{url(one)}/review", opinion="齐全", proposes="grant", identity_seen="y")
    # who accepted and reviewed does not decide; a code already held; two registrars on the same application
    answer = desk.post("registrar", f"{url(one)}/decide", **GRANT, credit_code=uscc("service", 1))
    assert answer.status_code == 422
    assert "G-150" in answer.text
    assert "符合规定的条件。" in answer.text
    held = body_named("甲社会工作服务中心").credit_code
    answer = desk.post("registrar2", f"{url(one)}/decide", **GRANT, credit_code=held)
    assert answer.status_code == 422
    assert "已由“甲社会工作服务中心”使用" in answer.text
    assert "C-13" in answer.text
    assert held in answer.text
    seen, once = one.version, "k" * 24
    first = desk.ok(
        "registrar2", f"{url(one)}/decide", **GRANT, credit_code=uscc("service", 1), version=seen, once=once
    )
    again = desk.post(
        "registrar2", f"{url(one)}/decide", **GRANT, credit_code=uscc("service", 1), version=seen, once=once
    )
    assert (again.status_code, again.location) == (303, first.location)  # a second click
    late = desk.post("registrar2", f"{url(one)}/decide", verdict="refuse", reasons="不同意", version=seen)
    assert late.status_code == 409
    assert "不同意" in late.text
    the_register_has_it(desk, one)


def items_of(desk: Desk, one: object) -> list[tuple[str, str, str]]:
    from app.core import access
    from app.registration import showing

    with desk.app.test_request_context(), access.acting(who("registrar")):
        return showing.items(one)  # type: ignore[arg-type]


def the_register_has_it(desk: Desk, one: object) -> None:
    body = body_named("广州市荔湾区逢源人家社会工作服务中心")
    made = organization_of(body)
    assert (made.kind, made.state, body.kind, body.credit_code) == (
        "service", "registered", "organization", uscc("service", 1),
    )  # fmt: skip
    assert (body.address, who("li").roles) == ("逢源路1号201室", "manager")
    (certificate,) = queries.certificates(made)
    assert (certificate.number, certificate.state) == (f"{body.credit_code}-01", "valid")
    public = desk[""].get(f"/certificates/{certificate.number}")
    assert "这份证书有效" in public.text
    assert certificate.original_fingerprint in public.text
    assert "110101" not in public.text
    for which in ("original", "copy"):
        assert desk["li"].get(f"/certificates/{certificate.number}/{which}.pdf").data.startswith(b"%PDF")
        assert desk[""].get(f"/certificates/{certificate.number}/{which}.pdf").status_code == 401
        assert desk["jia"].get(f"/certificates/{certificate.number}/{which}.pdf").status_code in (403, 404)
    assert desk["li"].get(f"{url(one)}/decision.pdf").data.startswith(b"%PDF")  # type: ignore[arg-type]
    assert desk["wang"].get(url(one)).status_code == 404  # type: ignore[arg-type]
    actions = [e.action for e in log.since(0, 4000)]
    assert "organization.register" in actions
    assert [a for a in actions if a.startswith("application.")][-3:] == [
        "application.grant", "application.decide", "application.decide",
    ]  # fmt: skip
    assert "110101199003074258" not in "".join(e.values for e in log.since(0, 4000))


def test_names_that_differ_only_by_width_script_or_blanks(desk: Desk) -> None:
    desk.named("li")
    for other in (
        {"trade_name": "逢源 人家"},
        {"trade_name": "逢源人家", "line": "社會工作服務"},
        {"region": "廣州市荔灣區"},
    ):
        one = desk.draft("wang", "name", **{**NAME, **other})
        desk.hand_in("wang", one)
        answer = desk.post("wang", f"{url(one)}/submit")
        assert answer.status_code == 422, other
        assert "相同（全角半角、繁简、空格不作区别）" in answer.text
        assert "C-18" in answer.text
    one = desk.draft("wang", "name", **{**NAME, "trade_name": "ＡＢＣ"})  # full width is folded before it is kept
    assert one.name == "广州市荔湾区ABC社会工作服务中心"
    # a name held by a registered body bars just so, and near names are shown
    one = desk.draft(
        "wang", "name", **{**NAME, "region": "", "trade_name": "甲", "line": "社会工作服务", "form": "中心"}
    )
    page = desk["wang"].get(url(one)).text
    assert "名称缺少行政区划名称" in page
    one = desk.draft("wang", "name", **{**NAME, "trade_name": "", "organization_kind": "foundation"})
    page = desk["wang"].get(url(one)).text
    assert "名称缺少字号" in page
    assert "应以“基金会”结尾" in page
    assert "C-09" in page
    assert log.entries_of(one.public_id)[0].action == "application.draft"


def test_a_foundation_with_four_councillors_is_refused(desk: Desk) -> None:
    province = body_named(world.PROVINCE)
    reserved = desk.named(
        "zhao", "foundation", province, region="广东省", trade_name="岭南", line="公益", form="基金会"
    )
    four = {**FORMS["foundation"], "council": "甲 理事长\n乙 理事\n丙 理事\n丁 秘书长"}
    one = desk.draft("zhao", "establish_foundation", province, reserved=reserved.public_id, **four)
    desk.hand_in("zhao", one)
    answer = desk.post("zhao", f"{url(one)}/submit")
    assert answer.status_code == 422
    assert "理事应为 5 至 25 人，现为 4 人" in answer.text
    assert "C-10" in answer.text
    kept = desk["zhao"].get(f"{url(one)}/edit").text
    assert "丁 秘书长" in kept  # the form is kept
    assert security.refusals(1)[0].status == 422
    desk.ok("zhao", f"{url(one)}/edit", reserved=reserved.public_id, **FORMS["foundation"])
    desk.granted("zhao", one, "sheng1", "sheng2", credit_code=uscc("foundation", 1))
    assert organization_of(body_named("广东省岭南公益基金会")).fundraising == "non_public"


def test_one_verified_person_does_not_head_two_associations(desk: Desk) -> None:
    named = {"trade_name": "", "line": "志愿者", "form": "协会"}
    desk.established("li", "association", **named)
    other = desk.named("wang", "association", **{**named, "line": "社工"})
    same = {**FORMS["association"], "reserved": other.public_id}
    one = desk.draft("wang", "establish_association", **same)
    desk.hand_in("wang", one)
    answer = desk.post("wang", f"{url(one)}/submit")
    assert answer.status_code == 422
    assert "已是“广州市荔湾区志愿者协会”的法定代表人（身份证件已核验）" in answer.text
    assert "C-03" in answer.text
    # somebody else with the same name: where both are verified and differ nothing is said; where one is not, a warning
    with turn(who("registrar")):
        registry.register(
            name="广州市荔湾区老友会", kind="association", credit_code=uscc("association", 3), registrar=people.BUREAU,
            supervising_unit=people.BUREAU, legal_representative="李明", capital_fen=3_000_000, address="荔湾区",
            scope="联谊", fields=(), place="440103",
        )  # fmt: skip
    desk.ok("wang", f"{url(one)}/edit", **{**same, "identity": world.OTHER_IDENTITY})
    shown = desk["wang"].get(url(one)).text
    assert "“广州市荔湾区老友会”的法定代表人也叫李明" in shown
    assert "广州市荔湾区志愿者协会" not in shown
    desk.granted("wang", one, credit_code=uscc("association", 2))
    assert len(queries.named_heads("李明", 0)) == 3


def test_what_an_application_cannot_do(desk: Desk) -> None:
    one = desk.draft("li", "name", **NAME)
    assert desk["registrar"].get(url(one)).status_code == 404  # a draft is the applicant's own
    assert desk["jia"].get(url(one)).status_code == 404
    assert desk[""].get(url(one)).status_code == 401
    assert desk.post("jia", "/registration/new/name", authority=world.bureau().public_id, **NAME).status_code == 422
    desk.hand_in("li", one)
    desk.ok("li", f"{url(one)}/submit")
    assert desk.post("li", f"{url(one)}/accept").status_code == 403
    assert desk.post("sheng1", f"{url(one)}/accept").status_code == 403  # another authority's
    assert desk.post("registrar", f"{url(one)}/withdraw", reasons="代撤").status_code == 403
    desk.ok("li", f"{url(one)}/withdraw", reasons="不办了")
    # a withdrawn application goes nowhere
    for step in ("accept", "submit"):
        answer = desk.post("registrar" if step == "accept" else "li", f"{url(one)}/{step}")
        assert answer.status_code == 409
        assert "已撤回申请" in answer.text
    assert [e.action for e in log.entries_of(one.public_id)] == [
        "application.draft", "application.submit", "application.withdraw",
    ]  # fmt: skip


def test_at_the_counter_and_declined(desk: Desk) -> None:
    answer = desk.ok("registrar", "/registration/sponsors/new", name="纸质筹备组", person="老陈", sign_in_name="")
    start = answer.location
    assert "名称预先核准" in desk["registrar"].get(start).text
    new = start.replace("/registration/start", "/registration/new/name")
    one = application(desk.ok("registrar", new, **NAME).location)
    assert (one.on_paper, one.applicant.name) == (True, "纸质筹备组")
    desk.hand_in("registrar", one)
    desk.ok("registrar", f"{url(one)}/submit")
    desk.ok("registrar2", f"{url(one)}/accept")
    desk.ok("registrar2", f"{url(one)}/review", opinion="可", proposes="grant")
    answer = desk.post("registrar", f"{url(one)}/decide", **GRANT)
    assert answer.status_code == 422
    assert "代为录入" in answer.text
    desk.ok("registrar2", f"{url(one)}/send-back", reasons="再核对名称")
    assert one.state == "accepted"
    two = desk.draft("li", "name", **{**NAME, "trade_name": "另一家"})
    desk.hand_in("li", two)
    desk.ok("li", f"{url(two)}/submit")
    desk.ok("registrar", f"{url(two)}/decline", reasons="不属本机关管辖")
    assert "不属本机关管辖" in desk["li"].get(url(two)).text
    listed = desk["registrar"].get("/registration?state=open&q=逢源").text
    assert one.number in listed
    assert two.number not in listed
