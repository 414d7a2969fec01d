"""One record of every kind that a GET route can name, with words in them that only their own people may read.

The family service centre with its contracts (tests/delivery), and beside it: a draft project, an open tender with a
sealed bid, a committee, a low-price review, an evaluation under way, a payment asked for, an import not yet confirmed.
For every role there is a stranger who holds it in a body that has nothing to do with any of them.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

import config
from app import create_app
from app.accounts import actions as accounts
from app.accounts import sessions
from app.accounts.models import ROLES, Body
from app.agreements.models import Instalment
from app.awards.models import Award, CommitteeMember, LotResult, LowPriceReview
from app.bids.models import Bid, Opening, SealedBid
from app.budgets import actions as budgets
from app.budgets.models import BudgetLine
from app.complaints import actions as letters
from app.complaints.subjects import find as letters_about
from app.core import access, changes, clock, files, log
from app.core.db import Record, db, writing
from app.credit import actions as credit
from app.credit.models import CreditCase, CreditObjection, CreditRepair
from app.demonstration import people
from app.demonstration.hands import Hands as Walker
from app.demonstration.purchase import SECOND
from app.demonstration.steps import register_year
from app.evaluations.models import Evaluation, IndicatorScore
from app.grading import lowering
from app.grading.deciding import add_grade
from app.grading.models import GradingAnswer, GradingItem, GradingObjection
from app.grading.schemes import load_schemes
from app.payments import actions as payments
from app.payments.models import Payment
from app.plans import actions as plans
from app.plans.models import Lot, Preparation, Project
from app.registration import actions as registration
from app.registration import deciding
from app.registration.models import Certificate, CharterEdition
from app.registry import actions as registry
from app.registry import points, saved
from app.registry.asking import Asked
from app.registry.models import Organization
from app.registry.queries import organization_of
from app.reports import actions as reports
from app.reports.models import ReportSection
from app.rules.codes import make_uscc
from app.rules.grading import TRIGGERS
from app.tenders.models import Keyholder, Tender
from tests.agreements import world as agreements
from tests.conftest import Hands, turn
from tests.delivery import world as delivering
from tests.evaluations import world as evaluating
from tests.plans.world import at, body, draft_family, who

NOW = at(date(2027, 1, 11))
SECRETS = {  # words that stand in records which are not public
    "draft": "尚未公开的起草项目",
    "evidence": "需求调查的内部附件",
    "budget": "追加预算的内部事由",
    "invoice": "INV-90210-SECRET",
    "receipt": "RECEIPT-OF-A-SEALED-BID",
    "offer": "技术方案里的商业秘密",
    "answer": "成本构成的商业秘密",
    "finding": "评估底稿里的发现",
    "declaration": "评估人员的声明原文",
    "import": "待确认的名册.csv",
    "case": "尚未列入的信用线索",
    "paper": "只给当事人的文书",
    "letter": "来信里的个人信息",
    "report": "还没有报送的工作概述",
    "applied": "申请书里不公开的宗旨",
    "point": "还没有确认的收费标准",
    "search": "某人留意的组织",
}
KINDS = {
    **dict.fromkeys(("manager", "clerk"), ("organization", "52")),
    "evaluator": ("evaluator", "52"),
    "expert": ("institution", "12"),
    "keyholder": ("agency", "91"),
    "supervisor": ("supervision", "12"),
    "administrator": ("platform", "91"),
    "registrar": ("bureau", "11"),
    "sponsor": ("sponsor", "52"),
}


def seed(home: Path) -> Path:
    """Fill a home; gives it back."""
    delivering.seed(home)
    before, hands = clock._source, Hands(NOW)
    clock.use(hands)
    app = create_app(config.load({"PORTAL_HOME": str(home)}))
    with app.app_context():
        of = delivering.project()
        _strangers()
        with writing():
            sessions.start(who("officer"), second_factor=True, address="127.0.0.1", agent="test")
        _evaluation(hands)
        _contract_side()
        _committee(of)
        _register()
        _report()
        _application()
        _open_tender(_draft())
        _letter()
        _grading(hands)
        _credit()
        _point()
        _search()
        with turn():
            log.checkpoint()
        db.session.remove()
        db.engine.dispose()
    clock.use(before)
    return home


def stranger(role: str) -> str:
    """The sign-in name of who holds this role elsewhere."""
    return f"far_{role}"


def only(model: type[Record], **where: Any) -> Any:
    """The first record of this kind."""
    return db.session.scalars(select(model).filter_by(**where).order_by(model.id)).first()


def fillings() -> Mapping[str, Mapping[str, Any]]:
    """What stands in the place of each part of an address: for all, then by endpoint where it means something else."""
    evidence = db.session.scalars(select(Preparation).where(Preparation.file_id.is_not(None))).one()
    score = db.session.scalars(select(IndicatorScore).where(IndicatorScore.evidence_id.is_not(None))).one()
    public = db.session.scalars(select(log.LogEntry.seq).where(log.LogEntry.public).limit(1)).one()
    sheet = only(files.StoredFile, kind="csv", name="given.csv")
    order = only(Payment).order
    waiting = {"id": only(SealedBid, receipt_no=SECRETS["receipt"]).tender.public_id}
    return {
        "": {
            "code": "440103", "size": log.size(), "seq": public, "number": 1, "kind": "pdf", "sha256": order.sha256,
            "year": 2025, "section": only(GradingItem).section, "answer": only(GradingAnswer).public_id,
            "bid": only(Bid).public_id, "score": score.public_id, "sheet": sheet.public_id, "part": evidence.public_id,
        },
        "accounts.language": {"code": "en"},
        "accounts.text_size": {"size": "large"},
        "plans.drop": {"kind": "preparations"},
        "credit.new": {"kind": "abnormal"},
        "credit.paper": {"which": "evidence"},
        "registry.poster": {"size": "a4"},
        "registry.photo": {"staff": "nobody"},
        "complaints.follow_link": {"key": "not-the-secret"},
        "registration.new": {"kind": "name"},
        "registration.material": {"key": "sponsors"},
        "registration.file": {"key": "sponsors"},
        "registration.certificate": {"number": only(Certificate).number},
        "registration.certificate_paper": {"number": only(Certificate).number, "which": "copy"},
        "transparency.verify": {"number": order.name.removesuffix(".pdf")},
        "transparency.paper": {"number": order.name.removesuffix(".pdf")},
        **dict.fromkeys(("tenders.key", "bids.shares", "bids.share_sheet", "bids.sheet", "bids.index"), waiting),
    }  # fmt: skip


def own(model: type[Record], public: bool) -> str:
    """The public id of the record of this kind that strangers try."""
    if model is Project and not public:
        return str(only(Project, name=SECRETS["draft"]).public_id)
    if model is CreditCase:
        return str(only(CreditCase, state="entered" if public else "noticed").public_id)
    if model is Organization and not public:  # one whose own people are among those who sign in
        return str(only(Organization, body_id=body(people.SUPPLIERS["jia"][0]).id).public_id)
    if model is SealedBid:
        return str(only(SealedBid, receipt_no=SECRETS["receipt"]).public_id)
    if model is ReportSection:
        return str(only(ReportSection, key="work").public_id)
    return str(only(model).public_id)


def _strangers() -> None:
    with access.acting(access.KEEPER), writing():
        for number, role in enumerate(ROLES, 1):
            kind, prefix = KINDS.get(role, ("sub_district", "11"))
            far = accounts.add_body(
                name=f"外单位{number}", kind=kind, place="310101",
                credit_code=make_uscc(prefix, "310101", str(61_000_000 + number)),
            )  # fmt: skip
            accounts.add_person(
                name=f"外{ROLES[role]}", sign_in_name=stranger(role), password=accounts.first_password(),
                roles={role}, body=far, place="310101",
            )  # fmt: skip


def _evaluation(hands: Hands) -> None:
    evaluating.assigned(hands)
    round_ = only(Evaluation)
    with turn(who("evaluator")):
        evaluating.actions.declare(round_, SECRETS["declaration"])
        rubric = next(i for i in evaluating.queries.indicators(round_.project) if i.kind == "rubric")
        evaluating.actions.save_score(round_, rubric, "90", SECRETS["finding"], (b"%PDF-1.7 x", "evidence.pdf"))
    hands.set(NOW)


def _contract_side() -> None:
    acceptance = agreements.accepted(delivering.agreement())
    with turn(who("finance")):
        budgets.appropriate(only(BudgetLine), 100, paper="荔财预〔2026〕9号", memo=SECRETS["budget"])
    with turn(who("jia2")):
        payment = payments.request(only(Instalment), SECRETS["invoice"], b"%PDF-1.7 invoice")
    with turn(who("finance")):
        changes.amend(payment, "payment.pay", order_id=_paper("ORDER-1"))
    with turn(who("officer")):
        changes.amend(acceptance, "acceptance.record", report_id=_paper("YS-1", "公开的验收书"))


def _search() -> None:
    with turn(who("officer")):
        saved.save(who("officer"), SECRETS["search"], Asked(q="中心"))


def _paper(number: str, text: str = SECRETS["paper"]) -> int:
    """A paper as it would have been printed, without the second that printing takes."""
    return files.keep(f"%PDF-1.7 {number} {text}".encode(), f"{number}.pdf", ("pdf",)).id


def _committee(of: Project) -> None:
    tender, bid = only(Tender, project_id=of.id), only(Bid)
    with turn(who("officer")):
        changes.amend(bid, "opening.hold", technical=SECRETS["offer"], attachments=[_attachment()])
        member = CommitteeMember(
            tender=tender, tender_id=tender.id, person=who("expert1"), person_id=who("expert1").id, kind="expert",
            order=1, drawn_at=clock.now(), declared_at=clock.now(), recused=False,
        )  # fmt: skip
        changes.add(member, "committee.draw")
        review = LowPriceReview(
            bid=bid, bid_id=bid.id, triggers=["mean"], asked_at=clock.now(), minutes=30, answer=SECRETS["answer"],
            answered_at=clock.now(),
        )  # fmt: skip
        changes.add(review, "low_price.ask")
        _papers_of_the_award(tender, only(Award))


def _papers_of_the_award(tender: Tender, award: Award) -> None:
    changes.amend(award, "award.announce", notice_id=_paper("ZB-1"), result_notice_id=_paper("JG-1", "公开的结果公告"))
    changes.amend(tender, "tender.edit", notice_id=_paper("GG-1", "公开的采购公告"))
    report = LotResult(
        tender=tender, tender_id=tender.id, lot=award.lot, lot_id=award.lot_id, ranking=[], report_id=_paper("BG-1"),
    )  # fmt: skip
    changes.add(report, "judging.report")
    held = Opening(
        tender=tender, tender_id=tender.id, opened_at=tender.closes_at, keyholders=[],
        record_id=_paper("KB-1", "公开的开标记录"),
    )  # fmt: skip
    changes.add(held, "opening.hold", public=True)


def _attachment() -> dict[str, Any]:
    kept = files.keep(SECRETS["offer"].encode(), "附件.txt", ("txt",))
    return {"name": "附件.txt", "media_type": "text/plain", "sha256": kept.sha256, "size": kept.size}


def _register() -> None:
    with turn(who("registrar")):
        made = registry.register(
            name="己社会工作服务中心", kind="service", credit_code=make_uscc("52", "440103", "71000001"),
            registrar="广州市荔湾区民政局", supervising_unit="广州市荔湾区民政局", legal_representative="己某",
            capital_fen=10_000_000, address="广州市荔湾区", scope="社会工作服务", fields=("社会工作",), place="440103",
        )  # fmt: skip
        registry.enter_fact(made.body, kind="penalty", since=date(2026, 1, 1), source="荔民罚〔2026〕1号")
        sheet = "机构名称\t组织机构代码\t基金会类型\n庚公益基金会\t50002117-4\t非公募\n"
        registry.preview_import(sheet.encode(), SECRETS["import"])


def _letter() -> None:
    """A letter about a supplier that waits to be sorted by the bureau."""
    with turn():
        people.register_suppliers()
        about = letters_about(
            f"organization:{only(Organization, body_id=body(people.SUPPLIERS['jia'][0]).id).public_id}"
        )
        letters.write(
            kind="complaint", topic="other", subject=about, body=body(people.BUREAU), title="来信",
            text=SECRETS["letter"],
        )  # fmt: skip


def _report() -> None:
    """甲's annual report, just begun, with a paper; its supervising unit is the buyer."""
    jia = body(people.SUPPLIERS["jia"][0])
    with turn(who("registrar")):
        made = registry.register(
            name=jia.name, kind="service", credit_code=jia.credit_code or "", registrar="广州市荔湾区民政局",
            supervising_unit=people.BUYER, legal_representative="甲某", capital_fen=10_000_000, address="广州市荔湾区",
            scope="社会工作服务", fields=("社会工作",), place="440103", body=jia,
        )  # fmt: skip
    with turn(who("jia")):
        report = reports.start(made, 2025)
        reports.save(next(one for one in report.sections if one.key == "work"), {"summary": SECRETS["report"]})
        reports.attach(report, "other", f"%PDF-1.7 {SECRETS['paper']}".encode(), "report.pdf")


def _grading(hands: Hands) -> None:
    """乙's application in its publicity period with an objection, and a grade held by it that may be lowered."""
    hands.set(at(date(2026, 2, 2)))
    walker = Walker(SECOND, lambda _line: None, hands.set, Path())
    with turn():
        load_schemes()
        yi = organization_of(body(people.SUPPLIERS["yi"][0]))
        assert yi is not None
        changes.amend(yi, "organization.amend", established_on=people.FOUNDED)
    asked = register_year.bring_to_publicity(
        walker, register_year.open_round(walker), "yi", {2023: "pass", 2024: "pass"}
    )
    hands.set(NOW)
    with turn(who("registrar")):
        made = {"application": asked, "application_id": asked.id, "by_id": who("yi").id, "made_on": clock.today()}
        changes.add(
            GradingObjection(objector="乙", text="异议", paper_id=_paper("YY-1"), **made), "grading_objection.make"
        )
        held = add_grade(
            yi, 3, clock.today(), date(2032, 1, 10), department_id=body(people.BUREAU).id, department=people.BUREAU,
            application=None,
        )  # fmt: skip
        lowering.propose(held, ground=next(iter(TRIGGERS)), to_grade=2, reason="理由", source="荔民〔2027〕3号")


def _credit() -> None:
    """A candidate that only the bureau and the organization know of, and a ban on record with all its papers."""
    of, today = body(people.SUPPLIERS["yi"][0]), clock.today()
    evidence = (f"%PDF-1.7 {SECRETS['case']}".encode(), "evidence.pdf")
    with turn(who("registrar")):
        case = credit.find(of, "abnormal", "party", SECRETS["case"], today, evidence=evidence)
        changes.move(case, "notify", notice_id=_paper("GZ-1"), noticed_at=clock.now(), respond_by=today)
        ban = credit.find(
            of, "ban", "ban", "公开的违法事实", today, department="财政部门", document_no="财罚〔2027〕1号",
            starts_on=date(2029, 1, 1), ends_on=date(2029, 2, 1),
        )  # fmt: skip
        credit.propose(ban, "建议列入")
        changes.move(ban, "decide", decided_at=clock.now(), reasons="同意", decision_id=_paper("XY-1", "公开的决定书"))
        credit.enter(ban)
        changes.amend(ban, "credit.correct", removal_id=_paper("XY-2", "公开的移出决定书"))
    with turn(who("yi")):
        paper = _paper("XY-3", SECRETS["case"])
        given = {"case": case, "case_id": case.id, "by_id": who("yi").id, "due_on": today, "file_id": paper}
        changes.add(CreditObjection(text=SECRETS["case"], filed_on=today, **given), "credit.object")
        changes.add(CreditRepair(done=SECRETS["case"], applied_on=today, **given), "credit.repair")


def _application() -> None:
    """An application for a name by a sponsor, accepted and decided, and the certificate of the organization above."""
    bureau = body(people.BUREAU)
    sponsor = who("sponsor").body
    values = {"organization_kind": "service", "region": "广州市荔湾区", "trade_name": "某", "line": "社会工作服务",
              "form": "中心", "approved": False, "purpose": SECRETS["applied"]}  # fmt: skip
    with turn(who("sponsor")):
        one = registration.draft("name", sponsor, bureau, values)
        registration.hand_in(one, "sponsors", b"%PDF-1.7 sponsors", "sponsors.pdf")
        registration.submit(one)
    with turn(who("registrar")):
        deciding.accept(one)
        deciding.review(one, opinion="可", proposes="grant")
        changes.amend(one, "application.decide", decision_id=_paper("SQ-1"))
        made = only(Organization, kind="service")
        certificate = Certificate(
            number=f"{made.body.credit_code}-01", organization=made, organization_id=made.id, issue=1,
            issued_on=date(2027, 1, 4), says={"name": made.body.name, "kind": "", "address": "", "scope": "",
            "capital": "0", "authority": "", "code": "", "head": "", "supervising_unit": ""}, original_id=_paper("C-1"),
            copy_id=_paper("C-2"), original_fingerprint="0" * 64, copy_fingerprint="1" * 64, authority_id=bureau.id,
        )  # fmt: skip
        changes.add(certificate, "certificate.issue", public=True)
        edition = CharterEdition(
            organization=made, organization_id=made.id, application_id=one.id, number=1, adopted_on=date(2027, 1, 4),
            approved_on=date(2027, 1, 4), what_changed="", file_id=_paper("ZC-1", "公开的章程"),
        )  # fmt: skip
        changes.add(edition, "charter.approve", public=True)


def _point() -> None:
    """A service point that its organization shows, with a change that is not confirmed yet."""
    mine = only(Organization, body_id=body(people.SUPPLIERS["jia"][0]).id)
    with turn(who("jia")):
        made = points.add(mine, **dict.fromkeys(points.COLUMNS, "公开的一项"))
        points.add_staff(made, name="陈晓岚", duty="主任", agreed=True)
        points.confirm(made)
        points.edit(made, fees=SECRETS["point"])


def _draft() -> Project:
    with turn(who("officer")):
        project = draft_family(name=SECRETS["draft"], fiscal_year=2027, term_from=date(2027, 7, 1),
                               term_to=date(2028, 6, 30))  # fmt: skip
        kept = files.keep(f"%PDF-1.7 {SECRETS['evidence']}".encode(), "evidence.pdf", ("pdf",))
        plans.prepare(project, "need_survey", date(2027, 1, 8), subjects=3, file=kept)
    return project


def _open_tender(like: Project) -> None:
    """A tender that takes bids just now, of a third project, with one bid that nobody can read."""
    officer = who("officer")
    with turn(officer):
        project = draft_family(name="长者饭堂助餐配送服务", fiscal_year=2027, term_from=like.term_from,
                               term_to=like.term_to, method="consultation")  # fmt: skip
        lot = plans.add_lot(project, 1, "助餐配送", 48_000_000)
        tender = Tender(
            number=project.number, project=project, project_id=project.id, buyer=project.buyer, place=project.place,
            buyer_id=project.buyer_id, supervisor_id=project.supervisor_id, threshold=1, by_id=officer.id,
        )  # fmt: skip
        changes.add(tender, "tender.draft")
        _keyholder(tender)
        changes.move(
            tender, "publish", medium_name="中国政府采购网", medium_url="https://www.ccgp.gov.cn/example/9.htm",
            medium_published_at=clock.now(), closes_at=clock.now() + timedelta(days=20), published_at=clock.now(),
        )  # fmt: skip
    _sealed(tender, lot, body(people.SUPPLIERS["yi"][0]))


def _keyholder(tender: Tender) -> None:
    person = who("key1")
    holder = Keyholder(
        tender=tender, tender_id=tender.id, order=1, person=person, person_id=person.id, standing="采购人",
        recipient="", place=tender.place,
    )  # fmt: skip
    changes.add(holder, "keyholder.name")


def _sealed(tender: Tender, lot: Lot, bidder: Body) -> None:
    with turn(who("yi")):
        kept = files.keep(b'{"sealed": true}', "sealed.json", ("json",), body_id=bidder.id)
        bid = SealedBid(
            tender=tender, tender_id=tender.id, lot=lot, lot_id=lot.id, bidder=bidder, bidder_id=bidder.id,
            receipt_no=SECRETS["receipt"], file=kept, file_id=kept.id, sealed_sha256=kept.sha256, size=kept.size,
            received_at=clock.now(), handed_in_by_id=who("yi").id, place=tender.place,
        )  # fmt: skip
        changes.add(bid, "bid.hand_in")
        files.keep(f"%PDF-1.7 {SECRETS['paper']}".encode(), f"{bid.receipt_no}.pdf", ("pdf",), body_id=bidder.id)
