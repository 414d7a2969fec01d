"""What is read of deliveries: totals are always computed from single figures (S08)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, or_, select

from app.agreements.models import Agreement
from app.core import clock
from app.core.access import Actor
from app.core.db import db
from app.core.files import StoredFile
from app.delivery.models import Acceptance, DeliveryReport, ServiceFigure
from app.places.models import Place
from app.plans import queries as plans
from app.plans.models import Indicator, Measure, Project
from app.rules.figures import half_up
from app.rules.purchasing import months_after

Key = tuple[str, str, str]  # month, community, measure
REACHED, BEHIND = "达到", "未达进度"


@dataclass(frozen=True)
class Kept:
    """A figure as it stands; `to_date` when it was reported while its month still ran."""

    figure: ServiceFigure
    to_date: bool


@dataclass(frozen=True)
class Progress:
    """How far a measure is: its target for the whole term, what was promised by now, what was delivered."""

    measure: Measure
    unit: str
    target: Fraction
    promised: Fraction
    delivered: int


def measures_of(agreement: Agreement) -> list[Measure]:
    """The figures this contract's lot delivers, in order."""
    return [m for m in _measures(agreement.project) if m.lot_id in (None, agreement.lot_id)]


def others_of(agreement: Agreement) -> list[Measure]:
    """The figures that other lots of the project deliver."""
    return [m for m in _measures(agreement.project) if m.lot_id not in (None, agreement.lot_id)]


def _measures(project: Project) -> list[Measure]:
    return plans.standing(Measure, project, Measure.order)


def standing(agreement: Agreement) -> dict[Key, Kept]:
    """Every figure reported so far, as it stands."""
    query = (
        select(ServiceFigure, DeliveryReport.made_at)
        .join(DeliveryReport, DeliveryReport.id == ServiceFigure.report_id)
        .where(ServiceFigure.agreement_id == agreement.id)
        .order_by(ServiceFigure.month, ServiceFigure.community)
    )
    return {
        (f.month, f.community, f.measure): Kept(f, f"{clock.day_of(at):%Y-%m}" == f.month)
        for f, at in db.session.execute(query)
    }


def communities(place: str, names: set[str]) -> set[str]:
    """Of these names, those of communities within the division *place*."""
    query = select(Place.name).where(
        Place.level == "community", Place.code.startswith(_prefix(place)), Place.name.in_(names)
    )
    return set(db.session.scalars(query))


def households(place: str, names: Iterable[str]) -> dict[str, int]:
    """Households of each community within *place*: its own count, or that of its grids; left out where unknown."""
    query = select(Place).where(
        Place.level == "community", Place.code.startswith(_prefix(place)), Place.name.in_(list(names))
    )
    found = {one.name: one.households or _grid_households(one.code) for one in db.session.scalars(query)}
    return {name: count for name, count in found.items() if count}


def _grid_households(code: str) -> int:
    return int(db.session.scalar(select(func.sum(Place.households)).where(Place.parent_code == code)) or 0)


def _prefix(place: str) -> str:
    """What the codes within a division begin with: 440103 → 440103, 440100 → 4401; a street's code is whole."""
    while len(place) <= 6 and place.endswith("00"):
        place = place[:-2]
    return place


def months_of(project: Project) -> list[str]:
    """The months of the project's term, 2026-07 …"""
    months, day = [], project.term_from.replace(day=1)
    while day <= project.term_to:
        months.append(f"{day:%Y-%m}")
        day = months_after(day, 1)
    return months


def months_within(project: Project, start: date, end: date) -> list[str]:
    """The months of the term that the days from *start* to *end* touch."""
    return [m for m in months_of(project) if f"{start:%Y-%m}" <= m <= f"{end:%Y-%m}"]


def figures_until(project: Project, months: int) -> dict[str, int]:
    """The sum of each measure over the first *months* months of the term, over all contracts of the project."""
    return totals(ServiceFigure.project_id == project.id, months_of(project)[:months])


def delivered(agreement: Agreement, months: Iterable[str]) -> dict[str, int]:
    """The sum of each measure of one contract over *months*."""
    return totals(ServiceFigure.agreement_id == agreement.id, months)


def totals(whose: object, months: Iterable[str]) -> dict[str, int]:
    """The sum of each measure over *months*."""
    query = (
        select(ServiceFigure.measure, func.sum(ServiceFigure.amount))
        .where(whose, ServiceFigure.month.in_(list(months)))  # type: ignore[arg-type]
        .group_by(ServiceFigure.measure)
    )
    return {measure: int(total) for measure, total in db.session.execute(query)}


def by_month(figures: Iterable[ServiceFigure]) -> dict[str, dict[str, int]]:
    """month → measure → total over the communities."""
    return _summed((f.month, f.measure, f.amount) for f in figures)


def by_community(figures: Iterable[ServiceFigure]) -> dict[str, dict[str, int]]:
    """community → measure → total over the months."""
    return _summed((f.community, f.measure, f.amount) for f in figures)


def _summed(parts: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for key, measure, amount in parts:
        row = found.setdefault(key, {})
        row[measure] = row.get(measure, 0) + amount
    return dict(sorted(found.items()))


def progress(agreement: Agreement) -> list[Progress]:
    """Progress against the plan of every measure that has a target: the months that are over, of the whole term."""
    whole = months_of(agreement.project)
    over = [m for m in whole if m < f"{clock.today():%Y-%m}"]
    done, targets = delivered(agreement, whole), _targets(agreement.project)
    return [
        Progress(m, one.unit, _target(one), _target(one) * len(over) / len(whole), done.get(m.key, 0))
        for m in measures_of(agreement)
        if (one := targets.get(m.key))
    ]


def reports(agreement: Agreement) -> list[DeliveryReport]:
    """The sheets handed in, newest first."""
    query = select(DeliveryReport).where(DeliveryReport.agreement_id == agreement.id)
    return list(db.session.scalars(query.order_by(DeliveryReport.id.desc())))


def sheet(agreement: Agreement, public_id: str) -> StoredFile | None:
    """A sheet this contract's organization uploaded."""
    query = select(StoredFile).where(StoredFile.public_id == public_id, StoredFile.kind == "csv")
    return db.session.scalar(query.where(StoredFile.body_id == agreement.supplier_id))


def acceptances(agreement: Agreement) -> list[Acceptance]:
    """The acceptances of a contract, newest first."""
    query = select(Acceptance).where(Acceptance.agreement_id == agreement.id).order_by(Acceptance.id.desc())
    return list(db.session.scalars(query))


def accepted(agreement: Agreement) -> bool:
    """Whether the newest acceptance of the contract was passed (B-66)."""
    found = acceptances(agreement)
    return bool(found) and found[0].verdict == "passed"


def next_period(agreement: Agreement) -> tuple[date, date]:
    """What is to be accepted next: from the day after the last accepted one to the end of the last month reported
    after it was over, or to today."""
    ends = [a.period_to for a in acceptances(agreement) if a.verdict == "passed"]
    start = min(max(ends) + timedelta(days=1) if ends else agreement.term_from, agreement.term_to)
    over = [m for m in reported_months(agreement) if m >= f"{start:%Y-%m}"]
    last = months_after(date.fromisoformat(f"{max(over)}-01"), 1) - timedelta(days=1) if over else clock.today()
    return start, max(start, min(last, clock.today(), agreement.term_to))


def acceptance_items(agreement: Agreement, start: date, end: date) -> list[dict[str, object]]:
    """What was promised and delivered from *start* to *end*, item by item, computed from the figures."""
    months = months_within(agreement.project, start, end)
    done, targets = delivered(agreement, months), _targets(agreement.project)
    part = Fraction(len(months), len(months_of(agreement.project)))
    return [
        _item(m, targets.get(m.key), done.get(m.key, 0), part) for m in measures_of(agreement) if not m.money
    ]  # fmt: skip


def _item(measure: Measure, target: Indicator | None, done: int, part: Fraction) -> dict[str, object]:
    promised = _target(target) * part if target else Fraction(0)
    return {
        "name": measure.name,
        "unit": target.unit if target else "",
        "promised": plain(promised) if target else "–",
        "delivered": str(done),
        "rate_centi": half_up(done * 10000 / promised) if promised else 10000,
        "quality": "抽查服务记录",
        "verdict": REACHED if done >= promised else BEHIND,
    }


def plain(value: Fraction) -> str:
    """A number as people write it, at most two decimals, rounded half up: 1000, 12.5, 41.67."""
    return f"{(Decimal(half_up(value * 100)) / 100).normalize():f}"


def running_for(who: Actor) -> Sequence[Agreement]:
    """The published contracts of the person's body, as buyer or supplier."""
    query = select(Agreement).where(Agreement.state == "published")
    mine = or_(Agreement.buyer_id == who.body_id, Agreement.supplier_id == who.body_id)
    return list(db.session.scalars(query.where(mine).order_by(Agreement.id)))


def reported_months(agreement: Agreement) -> set[str]:
    """The months that figures were reported for after they were over."""
    return {key[0] for key, kept in standing(agreement).items() if not kept.to_date}


def _targets(project: Project) -> dict[str, Indicator]:
    return {i.measure: i for i in plans.standing(Indicator, project, Indicator.order) if i.measure}


def _target(indicator: Indicator) -> Fraction:
    return Fraction(Decimal(indicator.target or "0"))
