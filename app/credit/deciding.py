"""One registrar proposes, another decides; what is decided is entered on the list within five working days (C-29)."""

from app.catalogue.queries import calendar, norms
from app.core import access, changes, clock
from app.core.errors import Invalid
from app.core.law import Finding, demand
from app.core.words import N_
from app.credit import facts
from app.credit.finding import follow
from app.credit.models import CreditCase
from app.documents.keeping import print_and_keep
from app.registry.standing_facts import end_fact, enter_fact
from app.rules import credit

REASONS = N_("请写明理由。")
FACTS = {"abnormal": "abnormal_list", "serious": "serious_list", "penalty": "penalty", "ban": "ban"}
PASSED_ON = "列入活动异常名录满两年，转入严重违法失信名单（%s）"


def propose(case: CreditCase, proposal: str) -> CreditCase:
    """Say what should be done and why. Raises Unlawful before the body was told and heard (C-25, C-26)."""
    _reachable(case, "propose")
    if not proposal.strip():
        raise Invalid(REASONS, {}, "proposal")
    demand(credit.told_first(case.kind, case.elsewhere, case.state == "heard"))
    return changes.move(case, "propose", proposal=proposal.strip(), proposed_by_id=access.actor().id)


def send_back(case: CreditCase, reasons: str) -> CreditCase:
    """Give the proposal back to whoever made it (G-31)."""
    _checked(case, "send_back", reasons)
    return changes.move(case, "send_back", reasons=reasons.strip())


def decide(case: CreditCase, reasons: str) -> CreditCase:
    """Decide as proposed and print the decision; another's decision is only checked. Raises Unlawful (G-31)."""
    _checked(case, "decide", reasons)
    paper = None if case.elsewhere else _decision(case, reasons.strip())
    enter_by = case.enter_by or credit.entry_due(clock.today(), calendar(), norms(case.place))
    return changes.move(
        case, "decide", reasons=reasons.strip(), decided_by_id=access.actor().id, decided_at=clock.now(),
        decision_id=paper, enter_by=enter_by,
    )  # fmt: skip


def drop(case: CreditCase, reason: str) -> CreditCase:
    """Enter nothing, for a reason, by somebody else than who brought it in. Raises Unlawful (G-31)."""
    _reachable(case, "drop")
    if not reason.strip():
        raise Invalid(REASONS, {}, "reason")
    maker = case.proposed_by_id if case.state == "proposed" else case.found_by_id
    demand(credit.two_people(maker, access.actor().id, "reason"))
    return changes.move(case, "drop", end_reason=reason.strip(), ended_on=clock.today())


def late(case: CreditCase) -> list[Finding]:
    """A warning when the five working days to enter are over (C-29)."""
    if case.enter_by is None or case.state not in ("found", "heard", "proposed", "decided"):
        return []
    return list(credit.entered_in_time(clock.today(), case.enter_by))


def enter(case: CreditCase) -> CreditCase:
    """Enter what was decided: from today it is public and works (C-28, C-29), and what follows from it is found."""
    _reachable(case, "enter")
    since = {"ban": case.starts_on, "penalty": case.arose_on}.get(case.kind) or clock.today()
    fact = enter_fact(
        case.body, kind=FACTS[case.kind], since=since, until=case.ends_on, amount_fen=case.amount_fen,
        source=_source(case),
    )  # fmt: skip
    changes.move(case, "enter", entered_on=clock.today(), fact=fact, fact_id=fact.id)
    _pass_on(case)
    follow(case)
    return case


def _decision(case: CreditCase, reasons: str) -> int:
    number = f"{case.number}-JD"
    return print_and_keep(
        "credit_decision", facts.decision(case, number, reasons), number=number, body_id=case.body_id
    ).id  # fmt: skip


def _source(case: CreditCase) -> str:
    paper = case.document_no if case.elsewhere else f"{case.number}-JD"
    return f"{case.department} {paper}".strip()


def _pass_on(case: CreditCase) -> None:
    """Whoever comes on the serious list after two years leaves the abnormal one (C-26)."""
    before = case.source
    if case.trigger != "abnormal_two_years" or before is None or before.state != "entered" or before.fact is None:
        return
    end_fact(before.fact, credit.last_day_on(clock.today(), before.fact.since), case.number)
    changes.move(before, "remove", ended_on=clock.today(), end_reason=PASSED_ON % case.number)


def _checked(case: CreditCase, verb: str, reasons: str) -> None:
    _reachable(case, verb)
    if not reasons.strip():
        raise Invalid(REASONS, {}, "reasons")
    demand(credit.two_people(case.proposed_by_id, access.actor().id))


def _reachable(case: CreditCase, verb: str) -> None:
    """Refuse a step that this state does not allow before anything is printed; `move` says why not."""
    if case.state not in type(case).lifecycle.step(verb).start:
        changes.move(case, verb)
