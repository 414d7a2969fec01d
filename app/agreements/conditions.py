"""Instalments become payable when the condition the contract names is recorded, never by anything else (D-15, S24)."""

from app.agreements import queries
from app.agreements.models import Agreement, Instalment
from app.budgets import actions as ledger
from app.core import changes, clock
from app.core.law import demand
from app.documents.editions import load
from app.plans.given import fits
from app.plans.models import Project
from app.rules import paying

DOCUMENT = "service_agreement"


def record_condition(project: Project, condition: str, ground: str, ground_id: str) -> list[Instalment]:
    """A condition of the contracts has come true: the instalments waiting for it become payable.

    *ground* and *ground_id* say by which record. Recorded a second time it finds nothing waiting.
    """
    return [accrue(one, f"{ground}（{ground_id}）") for one in queries.waiting_for(project, condition)]


def withhold_condition(project: Project, condition: str, ground: str, ground_id: str) -> list[Instalment]:
    """The condition was decided against: by the contract's rule the instalments waiting for it are not paid."""
    waiting, words = queries.waiting_for(project, condition), f"{ground}（{ground_id}）"
    return [changes.move(one, "withhold", **fits(Instalment, ground=words)) for one in waiting]


def accrue(instalment: Instalment, ground: str) -> Instalment:
    """Make one instalment payable in the ledger, source by source. Posts once."""
    agreement, condition = instalment.agreement, instalment.condition
    demand(paying.condition_recorded(condition, {condition}, settlement_clause(agreement)))
    ledger.accrue(
        agreement.public_id, instalment.source_fens, source=instalment.public_id, memo=memo(instalment)
    )  # fmt: skip
    return changes.move(instalment, "accrue", **fits(Instalment, ground=ground), accrued_at=clock.now())


def settlement_clause(agreement: Agreement) -> str:
    """The number of the clause by which the contract is paid (D-15); empty in an edition without one."""
    clauses = load(DOCUMENT, agreement.edition).clauses
    return next((str(one.number) for one in clauses if "settlement" in one.holds), "")


def memo(instalment: Instalment) -> str:
    """How the ledger names an instalment."""
    return f"{instalment.agreement.number} 第{instalment.order}期"
