"""Out again: an objection is answered, a duty done is checked, a body is taken off the list, a ban runs out (C-27)."""

from app.catalogue.queries import calendar, norms
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.credit import facts, queries
from app.credit.finding import PAPERS, Upload
from app.credit.models import CreditCase, CreditObjection, CreditRepair
from app.documents.keeping import print_and_keep
from app.registry.standing_facts import end_fact
from app.rules import credit

REASONS = N_("请写明理由。")
NOT_ON_RECORD = N_("这条信用信息现在不在列入状态。")
OBJECTED = N_("已有一份异议尚未答复（最迟%(due)s）。")
APPLIED = N_("已有一份移出申请正在办理。")
NO_LIST = N_("处罚和禁止期限不能申请移出；认为有错误的，请提出异议。")
BY_TIME = N_("这一情形没有需要履行的义务，期满后由登记管理机关移出，不用申请。")
NOT_REMOVABLE = N_("只有名录和名单可以移出。")


def object_to(case: CreditCase, text: str, file: Upload | None = None) -> CreditObjection:
    """The body says what is wrong; the days to answer begin. One at a time."""
    _on_record(case)
    if not text.strip():
        raise Invalid(REASONS, {}, "text")
    if waiting := next((one for one in queries.objections(case) if one.state == "filed"), None):
        raise OutOfOrder(OBJECTED, {"due": waiting.due_on})
    kept = files.keep(*file, PAPERS, body_id=case.body_id) if file else None
    today = clock.today()
    one = CreditObjection(
        case=case, case_id=case.id, text=text.strip(), file_id=kept.id if kept else None, by_id=access.actor().id,
        filed_on=today, due_on=credit.objection_due(today, calendar(), norms(case.place)), place=case.place,
    )  # fmt: skip
    return changes.add(one, "credit.object")


def answer(objection: CreditObjection, upheld: bool, text: str) -> CreditObjection:
    """Answer an objection; where it is right the entry ends at once. Raises Unlawful for who decided it (G-31)."""
    verb = "uphold" if upheld else "dismiss"
    if objection.state != "filed":
        return changes.move(objection, verb)  # says why not
    if not text.strip():
        raise Invalid(REASONS, {}, "answer")
    demand(credit.two_people(objection.case.decided_by_id, access.actor().id, "answer"))
    if upheld and objection.case.state == "entered":
        _end(objection.case, "correct", text.strip(), f"{objection.case.number}异议成立")
    return changes.move(
        objection, verb, answer=text.strip(), answered_by_id=access.actor().id, answered_on=clock.today()
    )  # fmt: skip


def correct(case: CreditCase, reasons: str) -> CreditCase:
    """End an entry that proved wrong without anybody's objection, by somebody else than who decided it (G-31)."""
    if case.state != "entered":
        return changes.move(case, "correct")  # says why not
    if not reasons.strip():
        raise Invalid(REASONS, {}, "reasons")
    demand(credit.two_people(case.decided_by_id, access.actor().id))
    return _end(case, "correct", reasons.strip(), f"{case.number}更正")


def apply(case: CreditCase, done: str, file: Upload | None = None) -> CreditRepair:
    """The body says what it has done and asks to leave. Raises Unlawful before the two clean years (C-27)."""
    _on_record(case)
    if case.kind not in ("abnormal", "serious"):
        raise Invalid(NO_LIST)
    if case.trigger not in credit.DUTIES:
        raise Invalid(BY_TIME)
    if any(one.state in ("applied", "confirmed") for one in queries.repairs(case)):
        raise OutOfOrder(APPLIED)
    if not done.strip():
        raise Invalid(REASONS, {}, "done")
    demand(credit.clean_long_enough(case.kind, clock.today(), queries.removable_from(case)))
    kept = files.keep(*file, PAPERS, body_id=case.body_id) if file else None
    today = clock.today()
    one = CreditRepair(
        case=case, case_id=case.id, done=done.strip(), file_id=kept.id if kept else None, by_id=access.actor().id,
        applied_on=today, due_on=credit.check_due(today, calendar(), norms(case.place)), place=case.place,
    )  # fmt: skip
    return changes.add(one, "credit.repair")


def check(repair: CreditRepair, passed: bool, note: str) -> CreditRepair:
    """Check what the body says it has done; from then five working days remain to take it off (C-27)."""
    verb = "confirm" if passed else "refuse"
    if repair.state != "applied":
        return changes.move(repair, verb)  # says why not
    if not note.strip():
        raise Invalid(REASONS, {}, "note")
    today = clock.today()
    by = credit.removal_due(today, calendar(), norms(repair.place)) if passed else None
    return changes.move(
        repair, verb, note=note.strip(), checked_by_id=access.actor().id, checked_on=today, remove_by=by
    )  # fmt: skip


def remove(case: CreditCase, reasons: str) -> CreditCase:
    """Take a body off a list, with a printed decision. Raises Unlawful while time or a duty bars it (C-27, G-31)."""
    if case.state != "entered":
        return changes.move(case, "remove")  # says why not
    if case.kind not in ("abnormal", "serious"):
        raise OutOfOrder(NOT_REMOVABLE)
    if not reasons.strip():
        raise Invalid(REASONS, {}, "reasons")
    repair = queries.confirmed(case)
    demand(
        credit.clean_long_enough(case.kind, clock.today(), queries.removable_from(case)),
        credit.duty_done(case.trigger, repair is not None),
        credit.two_people(repair.checked_by_id if repair else None, access.actor().id),
    )
    number = f"{case.number}-YC"
    paper = print_and_keep(
        "credit_removal", facts.removal(case, number, reasons.strip()), number=number, body_id=case.body_id
    )  # fmt: skip
    return _end(case, "remove", reasons.strip(), number, removal_id=paper.id)


def expire(case: CreditCase) -> CreditCase:
    """What time does: a ban whose last day is past no longer counts (B-21)."""
    return changes.move(case, "expire", ended_on=clock.today())


def _end(case: CreditCase, verb: str, reason: str, source: str, **more: object) -> CreditCase:
    today = clock.today()
    if case.fact is not None:
        last_day = credit.last_day_before_correction if verb == "correct" else credit.last_day_on
        last = last_day(today, case.fact.since)
        if case.fact.until is None or last < case.fact.until:
            end_fact(case.fact, last, source)
    return changes.move(case, verb, ended_on=today, end_reason=reason, **more)


def _on_record(case: CreditCase) -> None:
    if case.state != "entered":
        raise OutOfOrder(NOT_ON_RECORD)
