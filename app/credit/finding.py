"""Cases are opened: by a registrar with evidence, or by the portal from penalties, lists and reports (C-25, C-26)."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.accounts.models import Body
from app.catalogue.queries import calendar, norms
from app.core import access, changes, clock, files
from app.core.errors import Invalid
from app.core.law import demand
from app.core.showing import yuan
from app.core.words import N_
from app.credit import queries
from app.credit.models import CreditCase
from app.rules import credit, reporting

Upload = tuple[bytes, str]
PAPERS = ("pdf", "png", "jpg", "docx", "xlsx")
NOT_SOCIAL = N_("“%(name)s”没有社会组织的登记记录，不能列入名录或者名单。")
NEEDS_DEPARTMENT = N_("请写明作出决定的部门。")
NEEDS_DOCUMENT = N_("请写明决定书的名称和文号。")
NEEDS_LAW = N_("请写明处罚所依据的法律、法规条文。")
NEEDS_GROUNDS = N_("请写明事实和证据。")
NEEDS_TERM = N_("请写明禁止期限的第一天和最后一天。")
ENTERED_BEFORE = N_("这份决定书已经录入（%(number)s）。")


def find(
    body: Body, kind: str, trigger: str, grounds: str, arose_on: date, *, elsewhere: bool = False, department: str = "",
    document_no: str = "", law: str = "", amount_fen: int | None = None, received_on: date | None = None,
    starts_on: date | None = None, ends_on: date | None = None, letters: Sequence[date] = (),
    evidence: Upload | None = None,
) -> CreditCase:  # fmt: skip
    """Open a case by hand. *elsewhere*: another department decided it and heard the body; ours decides otherwise.

    Raises Unlawful (B-21, C-25, C-26, C-29) and Invalid naming the field; the same document is taken once.
    """
    received = received_on or clock.today()
    demand(
        credit.trigger_known(kind, trigger),
        credit.typed_by_hand(kind, trigger),
        credit.letters_sent(trigger, letters, norms(body.place)),
        credit.fine_has_amount(trigger, amount_fen),
        credit.not_of_the_future(arose_on, clock.today(), "arose_on"),
        credit.not_of_the_future(received, clock.today(), "received_on"),
    )
    elsewhere = elsewhere or kind == "ban"
    _complete(body, kind, elsewhere, department, document_no, law, grounds)
    _term(kind, starts_on, ends_on)
    kept = files.keep(*evidence, PAPERS, body_id=body.id) if evidence else None
    return _open(
        body, kind, trigger, grounds.strip(), arose_on, elsewhere=elsewhere, department=department.strip(),
        document_no=document_no.strip(), law=law.strip(), amount_fen=amount_fen, received_on=received,
        starts_on=starts_on, ends_on=ends_on, letters=[day.isoformat() for day in letters], evidence=kept,
        evidence_id=kept.id if kept else None,
    )  # fmt: skip


def find_once(
    body: Body, kind: str, trigger: str, grounds: str, arose_on: date, basis: str, source: CreditCase | None = None
) -> CreditCase | None:
    """Open what the portal found by itself, once for each *basis*; None where it was found before."""
    if queries.on_basis(basis) is not None or queries.record_of(body) is None:
        return None
    return _open(
        body, kind, trigger, grounds, arose_on, basis=basis, received_on=clock.today(), source=source,
        source_id=source.id if source else None,
    )  # fmt: skip


def follow(case: CreditCase) -> list[CreditCase]:
    """What a penalty on record leads to: a list of its own, and the serious list when small ones add up (C-25)."""
    if case.kind != "penalty":
        return []
    numbers = norms(case.place)
    kind, trigger = credit.follows(queries.as_penalty(case), numbers)
    found = [
        find_once(
            case.body, kind, trigger, said(case), case.arose_on, f"{kind}:{trigger}:{case.number}", case
        ),
        _added_up(case),
    ]  # fmt: skip
    return [one for one in found if one is not None]


def grown_old(case: CreditCase) -> CreditCase | None:
    """An entry on the abnormal list that is two years old leads to the serious list (C-26)."""
    assert case.entered_on is not None
    day = credit.turns_serious_on(case.entered_on, norms(case.place))
    grounds = f"自{_chinese(case.entered_on)}起列入活动异常名录（{case.number}），至{_chinese(day)}满两年仍未移出。"
    basis = f"serious:abnormal_two_years:{case.number}"
    return find_once(case.body, "serious", "abnormal_two_years", grounds, day, basis, case)


def missing_report(body: Body, year: int) -> CreditCase | None:
    """An annual report that is not there when its last day is over leads to the abnormal list (C-25)."""
    basis, organization = f"report:{year}:{body.public_id}", queries.record_of(body)
    if organization is None or queries.on_basis(basis):
        return None
    due = reporting.due(organization.kind, year, norms(body.place))
    grounds = f"未在{_chinese(due)}前报送{year}年度工作报告。"
    return find_once(body, "abnormal", "annual_report", grounds, due + timedelta(days=1), basis)


def said(case: CreditCase) -> str:
    """A penalty in one sentence, for the grounds of what follows from it."""
    fine = f"{yuan(case.amount_fen)}元" if case.amount_fen else ""
    by = case.department or "本机关"
    paper = f"（{case.document_no or case.number}）"
    return f"{_chinese(case.arose_on)}受到{by}{credit.PENALTIES[case.trigger]}{fine}的行政处罚{paper}。"


def _added_up(case: CreditCase) -> CreditCase | None:
    penalties = queries.penalties_of(case.body_id)
    near = credit.repeated([queries.as_penalty(one) for one in penalties], norms(case.place))
    mine = [one for one in penalties if queries.as_penalty(one) in near]
    if not mine:
        return None
    grounds = "三年内两次以上受到警告或者不满五万元罚款：" + "".join(said(one) for one in mine)
    basis = f"serious:repeated:{mine[-1].number}"
    return find_once(case.body, "serious", "repeated", grounds, mine[-1].arose_on, basis, mine[-1])


def _open(body: Body, kind: str, trigger: str, grounds: str, arose_on: date, **more: object) -> CreditCase:
    today = clock.today()
    elsewhere = bool(more.get("elsewhere"))
    by = None if more.get("basis") else access.actor().id or None  # what is computed has no maker
    enter_by = credit.entry_due(_day(more["received_on"]), calendar(), norms(body.place)) if elsewhere else None
    case = CreditCase(
        number=queries.next_number(body.place, today), kind=kind, trigger=trigger, body=body, body_id=body.id,
        grounds=grounds, arose_on=arose_on, place=body.place, found_by_id=by,
        enter_by=enter_by, **more,
    )  # fmt: skip
    return changes.add(case, "credit.find")


def _complete(
    body: Body, kind: str, elsewhere: bool, department: str, document_no: str, law: str, grounds: str
) -> None:  # fmt: skip
    if kind in ("abnormal", "serious") and queries.record_of(body) is None:
        raise Invalid(NOT_SOCIAL, {"name": body.name}, "code")
    if elsewhere and not department.strip():
        raise Invalid(NEEDS_DEPARTMENT, {}, "department")
    if elsewhere and not document_no.strip():
        raise Invalid(NEEDS_DOCUMENT, {}, "document_no")
    if kind == "penalty" and not elsewhere and not law.strip():
        raise Invalid(NEEDS_LAW, {}, "law")
    if not grounds.strip():
        raise Invalid(NEEDS_GROUNDS, {}, "grounds")
    if document_no.strip() and (before := queries.same_document(body, kind, document_no.strip())):
        raise Invalid(ENTERED_BEFORE, {"number": before.number}, "document_no")


def _term(kind: str, starts_on: date | None, ends_on: date | None) -> None:
    if kind != "ban":
        return
    if starts_on is None or ends_on is None:
        raise Invalid(NEEDS_TERM, {}, "ends_on" if starts_on else "starts_on")
    demand(credit.ban_has_a_term(starts_on, ends_on))


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _chinese(of: date) -> str:
    return f"{of.year}年{of.month}月{of.day}日"
