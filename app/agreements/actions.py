"""Contracts: drawn up from an edition, signed by both parties with their own keys, published, and ended."""

import json
import re

from app.agreements import checks, facts, queries
from app.agreements.conditions import DOCUMENT, accrue, record_condition, withhold_condition
from app.agreements.models import Agreement, Instalment
from app.agreements.signing import sign
from app.agreements.terms import Terms, demand_days, proposed
from app.awards.models import Award
from app.core import changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.documents.editions import latest, load
from app.documents.keeping import keep_printed, print_now
from app.documents.printing import Printed
from app.plans import queries as plans
from app.plans.given import fits, some
from app.rules import contracting

__all__ = [
    "accrue", "complete", "draw_up", "publish", "record_condition", "sign", "terminate", "withhold_condition",
]  # fmt: skip

DRAWN_UP = N_("第 %(lot)s 包的合同已经拟好：%(number)s。")
NOT_ANNOUNCED = N_("结果公告后才能拟订合同。")
BAD_URL = N_("网址应以 http:// 或 https:// 开头。")
OPEN_INSTALMENTS = N_("还有未结清的付款，不能结束合同。")


def draw_up(award: Award, terms: Terms | None = None) -> Agreement:
    """Print the contract of a lot's winner and set its instalments; *terms* as proposed unless given.

    Raises OutOfOrder before the announcement or for a second one, Unlawful (A-16, B-60, B-61, B-94, G-07).
    """
    kept = queries.of_award(award)
    if kept is not None:
        raise OutOfOrder(DRAWN_UP, {"lot": award.lot.number, "number": kept.number})
    if award.state != "announced":
        raise OutOfOrder(NOT_ANNOUNCED)
    terms = terms or proposed(award)
    demand_days(award, terms)
    number = queries.next_number(award)
    said = facts.contract(award, number, terms)
    demand(checks.before_drawing_up(award, said, load(DOCUMENT, latest(DOCUMENT))))
    agreement = _keep(award, number, print_now(DOCUMENT, said, number=number))
    _set_instalments(agreement)
    return agreement


def publish(agreement: Agreement, medium_url: str) -> Agreement:
    """Record the contract's publication on the designated medium (B-64). Raises Invalid for what is no address."""
    url = some(medium_url, "medium_url")
    if not re.match(r"https?://[^\s/]", url):
        raise Invalid(BAD_URL, {}, "medium_url")
    return changes.move(agreement, "publish", **fits(Agreement, medium_url=url), published_at=clock.now())


def complete(agreement: Agreement) -> Agreement:
    """The contract is performed: every instalment is paid or withheld. Raises OutOfOrder while one is open."""
    if any(one.state in ("pending", "accrued") for one in agreement.instalments):
        raise OutOfOrder(OPEN_INSTALMENTS)
    return changes.move(agreement, "complete")


def terminate(agreement: Agreement, reason: str) -> Agreement:
    """End a contract before its time. What has accrued stays payable; no further condition makes anything due."""
    return changes.move(agreement, "terminate", end_reason=some(reason, "reason"))


def _keep(award: Award, number: str, printed: Printed) -> Agreement:
    project = award.tender.project
    paper = keep_printed(printed, number=number, body_id=project.buyer_id)
    agreement = Agreement(
        number=number, award=award, award_id=award.id, project=project, project_id=project.id, lot=award.lot,
        lot_id=award.lot_id, buyer_id=project.buyer_id, supplier=award.supplier, supplier_id=award.supplier_id,
        supervisor_id=project.supervisor_id, amount_fen=award.amount_fen, term_from=project.term_from,
        term_to=project.term_to, edition=printed.edition, facts=json.loads(printed.facts_json),
        fingerprint=printed.fingerprint, file=paper, file_id=paper.id, place=award.place,
    )  # fmt: skip
    return changes.add(agreement, "agreement.draw_up")


def _set_instalments(agreement: Agreement) -> None:
    parts = plans.contents(agreement.project)
    shares, weights = [t.share_centi for t in parts.terms], [s.amount_fen for s in parts.sources]
    rows = contracting.instalments_by_source(agreement.amount_fen, shares, weights)
    for order, (term, fens) in enumerate(zip(parts.terms, rows, strict=True), 1):
        one = Instalment(
            agreement=agreement, agreement_id=agreement.id, order=order, condition=term.condition,
            share_centi=term.share_centi, amount_fen=sum(fens), source_fens=fens, place=agreement.place,
        )  # fmt: skip
        changes.add(one, "agreement.draw_up")
