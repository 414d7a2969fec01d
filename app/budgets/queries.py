"""What is read of the ledger."""

from sqlalchemy import func, select

from app.budgets.models import BudgetLine, Commitment, Journal, Posting
from app.core.access import Actor
from app.core.db import db


def line_of(buyer_id: int, fiscal_year: int, level: str, line: str) -> BudgetLine | None:
    """The budget line with this key."""
    return db.session.scalar(
        select(BudgetLine).filter_by(buyer_id=buyer_id, fiscal_year=fiscal_year, level=level, line=line)
    )


def lines_for(who: Actor, fiscal_year: int | None = None) -> list[BudgetLine]:
    """The budget lines this person may see: their own body's, or all for supervisors and administrators."""
    query = select(BudgetLine).order_by(BudgetLine.fiscal_year.desc(), BudgetLine.buyer_id, BudgetLine.id)
    if not who.role_names & {"supervisor", "administrator"}:
        query = query.where(BudgetLine.buyer_id == who.body_id)
    return list(db.session.scalars(query.where(BudgetLine.fiscal_year == fiscal_year) if fiscal_year else query))


def commitments(contract: str) -> list[Commitment]:
    """What a contract holds of each source, in the order of the sources."""
    query = select(Commitment).where(Commitment.contract == contract).order_by(Commitment.order)
    return list(db.session.scalars(query))


def journals(line: BudgetLine) -> list[tuple[Journal, int]]:
    """The ledger entries that touched a line, newest first, each with its amount in fen."""
    query = (
        select(Journal, func.max(Posting.amount_fen))
        .join(Posting)
        .where(Posting.budget_line_id == line.id)
        .group_by(Journal.id)
        .order_by(Journal.id.desc())
    )
    return [(journal, int(fen)) for journal, fen in db.session.execute(query)]


def balance(line: BudgetLine) -> dict[str, int]:
    """The accounts of a line, summed from its postings, in fen: what the columns must agree with."""
    query = select(Posting.account, func.sum(Posting.amount_fen)).where(Posting.budget_line_id == line.id)
    return {account: int(fen) for account, fen in db.session.execute(query.group_by(Posting.account))}
