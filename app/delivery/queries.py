"""What is read of deliveries: totals are always computed from single figures (S08)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from app.agreements.models import Agreement
from app.core.db import db
from app.delivery.models import Acceptance, DeliveryReport, ServiceFigure
from app.plans import queries as plans
from app.plans.models import Indicator, Measure, Project
from app.rules.purchasing import months_after

Key = tuple[str, str, str]  # month, community, measure


def measures_of(agreement: Agreement) -> list[Measure]:
    """The figures this contract's lot delivers, in order."""
    found = plans.standing(Measure, agreement.project, Measure.order)
    return [m for m in found if m.lot_id in (None, agreement.lot_id)]


def known(agreement: Agreement) -> dict[Key, int]:
    """Every figure reported so far."""
    query = select(ServiceFigure).where(ServiceFigure.agreement_id == agreement.id)
    return {(f.month, f.community, f.measure): f.amount for f in db.session.scalars(query)}


def months_of(project: Project) -> list[str]:
    """The months of the project's term, 2026-07 …"""
    months, day, number = [], project.term_from, 0
    while day <= project.term_to:
        months.append(f"{day:%Y-%m}")
        number += 1
        day = months_after(project.term_from, number)
    return months


def totals(project: Project, months: Iterable[str]) -> dict[str, int]:
    """The sum of each measure over *months*, over all contracts of the project."""
    query = (
        select(ServiceFigure.measure, func.sum(ServiceFigure.amount))
        .where(ServiceFigure.project_id == project.id, ServiceFigure.month.in_(list(months)))
        .group_by(ServiceFigure.measure)
    )
    return {measure: int(total) for measure, total in db.session.execute(query)}


def by_month(agreement: Agreement) -> dict[str, dict[str, int]]:
    """month → measure → total over the communities."""
    found: dict[str, dict[str, int]] = {}
    for (month, _, measure), amount in sorted(known(agreement).items()):
        found.setdefault(month, {}).setdefault(measure, 0)
        found[month][measure] += amount
    return found


def by_community(agreement: Agreement) -> dict[str, dict[str, int]]:
    """community → measure → total over the months."""
    found: dict[str, dict[str, int]] = {}
    for (_, community, measure), amount in sorted(known(agreement).items()):
        found.setdefault(community, {}).setdefault(measure, 0)
        found[community][measure] += amount
    return found


def reports(agreement: Agreement) -> list[DeliveryReport]:
    """The sheets handed in, newest first."""
    query = select(DeliveryReport).where(DeliveryReport.agreement_id == agreement.id)
    return list(db.session.scalars(query.order_by(DeliveryReport.id.desc())))


def acceptances(agreement: Agreement) -> list[Acceptance]:
    """The acceptances of a contract, newest first."""
    query = select(Acceptance).where(Acceptance.agreement_id == agreement.id).order_by(Acceptance.id.desc())
    return list(db.session.scalars(query))


def accepted(agreement: Agreement) -> bool:
    """Whether the newest acceptance of the contract was passed (B-66)."""
    found = acceptances(agreement)
    return bool(found) and found[0].verdict == "passed"


def acceptance_items(agreement: Agreement, start: date, end: date) -> list[dict[str, object]]:
    """What was promised and delivered from *start* to *end*, item by item, computed from the figures."""
    months = [m for m in months_of(agreement.project) if f"{start:%Y-%m}" <= m <= f"{end:%Y-%m}"]
    done = totals(agreement.project, months)
    targets = {i.measure: i for i in plans.standing(Indicator, agreement.project, Indicator.order) if i.measure}
    whole = len(months_of(agreement.project))
    return [
        _item(m, targets.get(m.key), done.get(m.key, 0), len(months), whole)
        for m in measures_of(agreement)
        if not m.money
    ]


def _item(measure: Measure, target: Indicator | None, done: int, months: int, whole: int) -> dict[str, object]:
    promised = int(target.target) * months // whole if target else 0
    reached = promised == 0 or done >= promised
    return {
        "name": measure.name,
        "unit": target.unit if target else "",
        "promised": str(promised) if target else "–",
        "delivered": str(done),
        "rate_centi": done * 10000 // promised if promised else 10000,
        "quality": "抽查服务记录",
        "verdict": "达到" if reached else "未达进度",
    }
