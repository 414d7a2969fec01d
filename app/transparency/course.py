"""Everything public of one project, in the order of the cycle, read with few queries however many rows there are.

What is not public yet is not read at all: bids before the opening, results before their announcement, contracts and
evaluations before they are published; of marks only the winner's name and price are ever told (B-59, E-10).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.agreements.models import Agreement
from app.agreements.queries import PUBLIC
from app.awards.models import Award
from app.awards.queries import PublicResult, public_result
from app.bids.models import Bid, Opening
from app.budgets.models import LEVELS, Commitment
from app.catalogue import queries as catalogue
from app.catalogue.models import CatalogueItem
from app.core.db import Record, db
from app.core.door import NO_SUCH
from app.core.errors import Missing
from app.core.log import LogEntry
from app.delivery.models import Acceptance, DeliveryReport, ServiceFigure
from app.delivery.sums import Column, columns
from app.evaluations.models import Evaluation
from app.payments.models import Payment
from app.plans import queries as plans
from app.plans.models import Indicator, Lot, Measure, Project, ProjectSource
from app.tenders.models import Tender
from app.transparency.projects import public_runs

FOR_THE_PUBLIC = "A"  # acceptances of services to the public are public (B-66)
PROOFS = 500  # the most log entries one page of a project lists


@dataclass(frozen=True)
class Flow:
    """One source of a project and how far its money has come. Fen."""

    label: str
    line: str
    appropriated_fen: int
    committed_fen: int
    accrued_fen: int
    paid_fen: int


@dataclass(frozen=True)
class Delivered:
    """The delivery figures of the published contracts, summed by month and by community."""

    measures: list[Measure]
    months: dict[str, dict[str, int]]
    places: dict[str, dict[str, int]]
    drawings: list["Drawing"]
    total: dict[str, int]


@dataclass(frozen=True)
class Drawing:
    """One measure, a column for each month, parted by community."""

    measure: Measure
    columns: list[Column]


@dataclass(frozen=True)
class Course:
    """One project as everybody may see it."""

    project: Project
    item: CatalogueItem | None
    lots: list[Lot]
    flows: list[Flow]
    runs: list[Tender]
    opening: Opening | None
    bids: list[Bid]
    result: PublicResult | None
    awards: list[Award]
    contracts: list[Agreement]
    payments: list[Payment]
    delivered: Delivered
    acceptances: list[Acceptance]
    evaluations: list[Evaluation]
    indicators: dict[int, Indicator]
    entries: dict[str, list[Row[Any]]]

    @property
    def tender(self) -> Tender:
        """The newest published run."""
        return self.runs[-1]

    @property
    def every_entry(self) -> list[Row[Any]]:
        """All public log entries of the project and what belongs to it, oldest first."""
        return sorted((one for found in self.entries.values() for one in found), key=lambda one: one.seq)

    def proofs(self, record: Record, *verbs: str) -> list[Row[Any]]:
        """The public log entries of a record; with *verbs* those of its steps of these names."""
        found = self.entries.get(record.public_id, [])
        return [one for one in found if one.action.rpartition(".")[2] in verbs] if verbs else found

    def payments_of(self, agreement: Agreement) -> list[Payment]:
        """What was paid under a contract, instalment by instalment."""
        return [one for one in self.payments if one.agreement_id == agreement.id]


def course_of(project: Project) -> Course:
    """Everything public of a project. Raises Missing before its first tender is published."""
    runs = public_runs(project)
    if not runs:
        raise Missing(NO_SUCH)
    tender, contracts = runs[-1], _contracts(project)
    ids, opening = [one.id for one in contracts], _opening(tender)
    result = public_result(tender)
    parts: dict[str, Any] = {
        "opening": opening, "bids": _bids(tender) if opening else [],
        "awards": _awards(tender), "contracts": contracts, "payments": _payments(ids),
        "acceptances": _acceptances(ids) if project.service_class == FOR_THE_PUBLIC else [],
        "evaluations": _evaluations(project),
    }  # fmt: skip
    return Course(
        project=project, item=catalogue.item(project.catalogue_code), lots=plans.lots_of(project), runs=runs,
        flows=_flows(project, contracts), result=result, delivered=_delivered(project, ids),
        indicators={one.id: one for one in plans.standing(Indicator, project, Indicator.order)},
        entries=_entries([project, *runs, *([opening] if opening else []), *_flat(parts), *_reports(ids)]), **parts,
    )  # fmt: skip


def _contracts(project: Project) -> list[Agreement]:
    query = select(Agreement).where(Agreement.project_id == project.id, Agreement.published_at.is_not(None))
    query = query.options(
        selectinload(Agreement.instalments), selectinload(Agreement.signatures), joinedload(Agreement.file),
        joinedload(Agreement.signed_file),
    )  # fmt: skip
    return list(db.session.scalars(query.where(Agreement.state.in_(PUBLIC)).order_by(Agreement.lot_id)))


def _opening(tender: Tender) -> Opening | None:
    query = select(Opening).where(Opening.tender_id == tender.id)
    return db.session.scalar(query.options(joinedload(Opening.record)))


def _bids(tender: Tender) -> list[Bid]:
    """What was read out at the opening."""
    return list(db.session.scalars(select(Bid).where(Bid.tender_id == tender.id).order_by(Bid.lot_id, Bid.id)))


def _awards(tender: Tender) -> list[Award]:
    query = select(Award).where(Award.tender_id == tender.id, Award.announced_at.is_not(None), Award.state != "void")
    return list(db.session.scalars(query.options(joinedload(Award.result_notice)).order_by(Award.lot_id)))


def _payments(ids: list[int]) -> list[Payment]:
    query = select(Payment).where(Payment.agreement_id.in_(ids), Payment.state == "paid")
    return list(db.session.scalars(query.options(selectinload(Payment.shares)).order_by(Payment.paid_at, Payment.id)))


def _acceptances(ids: list[int]) -> list[Acceptance]:
    query = select(Acceptance).where(Acceptance.agreement_id.in_(ids)).options(joinedload(Acceptance.report))
    return list(db.session.scalars(query.order_by(Acceptance.id)))


def _evaluations(project: Project) -> list[Evaluation]:
    query = select(Evaluation).where(Evaluation.project_id == project.id, Evaluation.state == "published")
    query = query.options(
        selectinload(Evaluation.scores), selectinload(Evaluation.replies), joinedload(Evaluation.report)
    )
    return list(db.session.scalars(query.order_by(Evaluation.id)))


def _reports(ids: list[int]) -> list[DeliveryReport]:
    return list(db.session.scalars(select(DeliveryReport).where(DeliveryReport.agreement_id.in_(ids))))


def _flows(project: Project, contracts: list[Agreement]) -> list[Flow]:
    """How much of each source was planned for the project, and committed, due and paid under its public contracts."""
    sums = (func.sum(getattr(Commitment, name)) for name in ("committed_fen", "accrued_fen", "paid_fen"))
    query = select(Commitment.budget_line_id, *sums).where(Commitment.contract.in_([a.public_id for a in contracts]))
    held = {key: amounts for key, *amounts in db.session.execute(query.group_by(Commitment.budget_line_id))}
    return [
        Flow(
            LEVELS[one.budget_line.level], one.budget_line.line, one.amount_fen,
            *(int(fen) for fen in held.get(one.budget_line_id, (0, 0, 0))),
        )
        for one in plans.standing(ProjectSource, project, ProjectSource.order)
    ]  # fmt: skip


def _delivered(project: Project, ids: list[int]) -> Delivered:
    key = (ServiceFigure.month, ServiceFigure.community, ServiceFigure.measure)
    query = select(*key, func.sum(ServiceFigure.amount)).where(ServiceFigure.agreement_id.in_(ids)).group_by(*key)
    months: dict[str, dict[str, int]] = {}
    places: dict[str, dict[str, int]] = {}
    single: dict[str, dict[tuple[str, str], int]] = {}
    for month, place, measure, amount in db.session.execute(query.order_by(*key)):
        _add(months.setdefault(month, {}), measure, int(amount))
        _add(places.setdefault(place, {}), measure, int(amount))
        single.setdefault(measure, {})[month, place] = int(amount)
    measures = [one for one in plans.standing(Measure, project, Measure.order) if one.key in single]
    places = dict(sorted(places.items()))
    return Delivered(
        measures=measures, months=months, places=places,
        drawings=[Drawing(m, columns(list(months), list(places), single[m.key])) for m in measures],
        total={m.key: sum(single[m.key].values()) for m in measures},
    )  # fmt: skip


def _add(row: dict[str, int], measure: str, amount: int) -> None:
    row[measure] = row.get(measure, 0) + amount


def _flat(parts: dict[str, Any]) -> list[Record]:
    """The records whose log entries stand beside them on the page."""
    lists = ("awards", "contracts", "payments", "acceptances", "evaluations")
    return [*(one for name in lists for one in parts[name]), *(i for a in parts["contracts"] for i in a.instalments)]


def _entries(records: Iterable[Record]) -> dict[str, list[Row[Any]]]:
    """Public id → its public log entries, oldest first, without their values."""
    query = select(LogEntry.seq, LogEntry.at, LogEntry.action, LogEntry.table, LogEntry.record).where(LogEntry.public)
    query = query.where(LogEntry.record.in_([one.public_id for one in records])).order_by(LogEntry.seq).limit(PROOFS)
    found: dict[str, list[Any]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.record, []).append(row)
    return found
