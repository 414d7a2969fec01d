"""The one ledger: the only place where money moves. Amounts in whole fen; every entry balances on every line."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.models import Body
from app.budgets.models import BudgetLine, Commitment, Journal, Posting
from app.budgets.queries import commitments, line_of
from app.core import changes
from app.core.db import db
from app.core.errors import Invalid, OutOfOrder
from app.core.law import demand
from app.core.words import N_
from app.rules.contracting import split
from app.rules.paying import within_accrued
from app.rules.purchasing import Money, within_appropriation

Parts = Sequence[tuple[BudgetLine, int]]
DONE_BEFORE = N_("这笔账已经记过：%(memo)s。")
NOT_POSITIVE = N_("金额应大于零。")


def open_line(*, buyer: Body, fiscal_year: int, level: str, line: str, name: str = "") -> BudgetLine:
    """Open a budget line of a buyer for a year; one that is open already is given back."""
    kept = line_of(buyer.id, fiscal_year, level, line)
    if kept is not None:
        return kept
    new = BudgetLine(
        buyer_id=buyer.id, fiscal_year=fiscal_year, level=level, line=line, name=name, place=buyer.place,
        appropriated_fen=0, committed_fen=0, accrued_fen=0, paid_fen=0,
    )  # fmt: skip
    return changes.add(new, "budget_line.add")


def appropriate(line: BudgetLine, amount_fen: int, *, paper: str, memo: str) -> Journal:
    """Post an appropriation to a line (A-10). *paper* is the document it rests on; it posts once on a line."""
    if amount_fen <= 0:
        raise Invalid(NOT_POSITIVE, {}, "amount")
    journal = _post(
        "appropriate",
        f"{paper}·{line.public_id}",
        memo,
        [(line, amount_fen)],
        "authority",
        "available",
        "ledger.appropriate",
    )
    _raise(line, "ledger.appropriate", appropriated_fen=amount_fen)
    return journal


def commit(contract: str, amount_fen: int, weights: Parts, *, memo: str) -> list[Commitment]:
    """Commit a contract over its sources by weight, the last taking the odd fen (A-10, S04). Posts once a contract.

    Raises Unlawful when a line would be committed beyond what is appropriated.
    """
    parts = list(zip([lock(line) for line, _ in weights], split(amount_fen, [w for _, w in weights]), strict=True))
    demand(*(within_appropriation(_money(line), fen) for line, fen in parts))
    _post("commit", contract, memo, parts, "available", "committed", "ledger.commit")
    for line, fen in parts:
        _raise(line, "ledger.commit", committed_fen=fen)
    return [
        changes.add(
            Commitment(
                contract=contract, budget_line_id=line.id, order=number, committed_fen=fen, accrued_fen=0, paid_fen=0,
                place=line.place, budget_line=line,
            ),
            "ledger.commit",
        )
        for number, (line, fen) in enumerate(parts, 1)
    ]  # fmt: skip


def accrue(contract: str, fens: Sequence[int], *, source: str, memo: str) -> Journal:
    """Make an instalment payable, source by source (*fens* in the order of the contract's sources).

    Posts once a *source*. Raises OutOfOrder for a second time.
    """
    held = _locked(contract)
    parts = [(c.budget_line, fen) for c, fen in zip(held, fens, strict=True)]
    journal = _post("accrue", source, memo, parts, "committed", "accrued", "ledger.accrue")
    for commitment, fen in zip(held, fens, strict=True):
        _raise(commitment, "ledger.accrue", accrued_fen=fen)
        _raise(commitment.budget_line, "ledger.accrue", accrued_fen=fen)
    return journal


def pay(contract: str, fens: Sequence[int], *, source: str, memo: str) -> Journal:
    """Pay what has accrued, source by source (*fens* in the order of the contract's sources). Posts once a *source*.

    Raises Unlawful when a source would pay more than has accrued (G-05).
    """
    held = _locked(contract)
    demand(*(within_accrued(fen, c.accrued_fen, c.paid_fen) for c, fen in zip(held, fens, strict=True) if fen))
    parts = [(c.budget_line, fen) for c, fen in zip(held, fens, strict=True)]
    journal = _post("pay", source, memo, parts, "accrued", "paid", "ledger.pay")
    for commitment, fen in zip(held, fens, strict=True):
        _raise(commitment, "ledger.pay", paid_fen=fen)
        _raise(commitment.budget_line, "ledger.pay", paid_fen=fen)
    return journal


def lock(line: BudgetLine) -> BudgetLine:
    """The line as it stands now, held against anybody else until this turn ends."""
    found = db.session.scalar(
        select(BudgetLine)
        .where(BudgetLine.id == line.id)
        .with_for_update(of=BudgetLine)
        .execution_options(populate_existing=True)
    )
    assert found is not None
    return found


def _locked(contract: str) -> list[Commitment]:
    held = commitments(contract)
    for commitment in held:
        lock(commitment.budget_line)
        db.session.refresh(commitment)
    return held


def _money(line: BudgetLine) -> Money:
    return Money(f"{line.level} {line.line}", line.appropriated_fen, line.committed_fen)


def _raise(record: BudgetLine | Commitment, action: str, **by: int) -> None:
    changes.amend(record, action, **{name: getattr(record, name) + fen for name, fen in by.items()})


def _post(kind: str, source: str, memo: str, parts: Parts, credit: str, debit: str, action: str) -> Journal:
    if db.session.scalar(select(Journal.id).where(Journal.kind == kind, Journal.source == source)):
        raise OutOfOrder(DONE_BEFORE, {"memo": memo})
    buyer = parts[0][0].buyer
    journal = changes.add(
        Journal(kind=kind, source=source, memo=memo, buyer_id=buyer.id, place=buyer.place), action, public=True
    )
    for line, fen in parts:
        if fen:
            _posting(journal, line, credit, -fen, action)
            _posting(journal, line, debit, fen, action)
    return journal


def _posting(journal: Journal, line: BudgetLine, account: str, fen: int, action: str) -> None:
    posting = Posting(
        journal=journal, journal_id=journal.id, budget_line=line, budget_line_id=line.id, account=account,
        amount_fen=fen, place=line.place,
    )  # fmt: skip
    changes.add(posting, action, public=True)
