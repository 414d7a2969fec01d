"""What is read of credit information: one body's, one case's, and the clocks that run on it."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import Body, Person
from app.catalogue.queries import norms
from app.core import clock
from app.core.db import db
from app.core.door import NO_SUCH
from app.core.errors import Missing
from app.core.files import StoredFile
from app.core.log import LogEntry
from app.core.words import N_
from app.credit.lifecycle import OPEN, PUBLIC
from app.credit.models import CreditCase, CreditObjection, CreditRepair
from app.registry.models import Organization, StandingFact
from app.rules import credit
from app.rules.credit import Penalty
from app.rules.judging import years_before

PAGE = 50
ACTIONS = {  # what the public log's entries about a case are called
    "credit.correct": N_("更正"),
    "credit.enter": N_("列入并公开"),
    "credit.expire": N_("期限届满"),
    "credit.remove": N_("移出"),
    "standing.enter": N_("记入信用事实"),
}


def published(case: CreditCase) -> CreditCase:
    """The case, if the public may know of it. Raises Missing."""
    if case.state not in PUBLIC:
        raise Missing(NO_SUCH)
    return case


def paper(file: StoredFile | None) -> StoredFile:
    """A paper that must be there to be read. Raises Missing."""
    if file is None:
        raise Missing(NO_SUCH)
    return file


def next_number(place: str, day: date) -> str:
    """The next running number of a place and year: 440103-XY-2026-00007."""
    head = f"{place[:6]}-XY-{day.year}-"
    mine = (CreditCase.number > head, CreditCase.number < f"{head}:")  # a range of the index, however many there are
    last = db.session.scalar(select(func.max(CreditCase.number)).where(*mine))
    return f"{head}{int(last.removeprefix(head)) + 1 if last else 1:05d}"


def on_basis(basis: str) -> CreditCase | None:
    """What the portal found by itself before on this basis, whatever became of it."""
    return db.session.scalar(select(CreditCase).where(CreditCase.basis == basis))


def same_document(body: Body, kind: str, document_no: str) -> CreditCase | None:
    """A case of this body with the same document that was not dropped."""
    query = select(CreditCase).where(
        CreditCase.body_id == body.id, CreditCase.kind == kind, CreditCase.document_no == document_no,
        CreditCase.state != "dropped",
    )  # fmt: skip
    return db.session.scalar(query.limit(1))


def cases_of(body_id: int, states: tuple[str, ...] = PUBLIC) -> list[CreditCase]:
    """A body's cases in these states, the newest first."""
    query = select(CreditCase).where(CreditCase.body_id == body_id, CreditCase.state.in_(states))
    return list(db.session.scalars(query.order_by(CreditCase.id.desc())))


def case_of(fact: StandingFact) -> CreditCase | None:
    """The case by which a fact was entered."""
    return db.session.scalar(select(CreditCase).where(CreditCase.fact_id == fact.id))


def as_penalty(case: CreditCase) -> Penalty:
    """A penalty as the rules see it."""
    return Penalty(case.trigger, case.amount_fen or 0, case.arose_on)


def penalties_of(body_id: int) -> list[CreditCase]:
    """A body's penalties on record, those that were corrected left out, oldest first."""
    found = cases_of(body_id, ("entered", "removed", "expired"))
    return sorted((one for one in found if one.kind == "penalty"), key=lambda one: (one.arose_on, one.id))


def breaches(case: CreditCase) -> list[date]:
    """The days of other breaches of the same body that are on record: each restarts the clock of C-27."""
    others = cases_of(case.body_id, ("entered", "removed", "expired"))
    return [one.arose_on for one in others if one.id != case.id and one.kind != "ban"]


def removable_from(case: CreditCase) -> date | None:
    """The first day on which time no longer bars a case's removal (C-27); None where no time has to pass."""
    since = case.entered_on or clock.today()
    return credit.removable_from(case.kind, case.trigger, since, breaches(case), norms(case.place))


def two_years_abnormal(day: date, most: int = 200) -> list[CreditCase]:
    """Entries on the abnormal list that are two years old on *day* and have led to nothing yet, oldest first."""
    later = aliased(CreditCase)
    led = select(later.id).where(later.source_id == CreditCase.id, later.trigger == "abnormal_two_years")
    years = norms("000000", day).whole("serious_abnormal_years")
    query = select(CreditCase).where(
        CreditCase.kind == "abnormal", CreditCase.state == "entered", CreditCase.entered_on <= years_before(day, years),
        ~led.exists(),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(CreditCase.id).limit(most)))


def bans_over(day: date, most: int = 200) -> list[CreditCase]:
    """Bans on record whose last day is past."""
    query = select(CreditCase).where(
        CreditCase.kind == "ban", CreditCase.state == "entered", CreditCase.ends_on < day
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(CreditCase.id).limit(most)))


def at_work(kind: str = "", state: str = "", after: int = 0) -> list[CreditCase]:
    """What registrars have under way (or in one state), the newest first, a page at a time."""
    query = select(CreditCase).where(CreditCase.state.in_((state,) if state else OPEN))
    query = query.where(CreditCase.kind == kind) if kind else query
    query = query.where(CreditCase.id < after) if after else query
    return list(db.session.scalars(query.order_by(CreditCase.id.desc()).limit(PAGE)))


def objections(case: CreditCase) -> list[CreditObjection]:
    """The objections to an entry, oldest first."""
    query = select(CreditObjection).where(CreditObjection.case_id == case.id)
    return list(db.session.scalars(query.order_by(CreditObjection.id)))


def repairs(case: CreditCase) -> list[CreditRepair]:
    """The asks to leave, oldest first."""
    return list(
        db.session.scalars(select(CreditRepair).where(CreditRepair.case_id == case.id).order_by(CreditRepair.id))
    )


def confirmed(case: CreditCase) -> CreditRepair | None:
    """The ask whose duty was checked and found done."""
    return next((one for one in reversed(repairs(case)) if one.state == "confirmed"), None)


def organizations_named(typed: str) -> Body | None:
    """The body with this credit code or exact name."""
    text = typed.strip()
    query = select(Body).where((Body.credit_code == text.upper()) | (Body.name == text))
    return db.session.scalar(query.limit(1))


def record_of(body: Body) -> Organization | None:
    """The body's record in the register."""
    return db.session.scalar(select(Organization).where(Organization.body_id == body.id))


def person_named(person_id: int | None) -> str:
    """The name of whoever did a step; empty for time itself."""
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def history(case: CreditCase) -> list[LogEntry]:
    """The public log entries about a case and the fact it entered, oldest first."""
    ids = [case.public_id, *([case.fact.public_id] if case.fact else [])]
    query = select(LogEntry).where(LogEntry.record.in_(ids), LogEntry.public)
    return list(db.session.scalars(query.order_by(LogEntry.seq)))


def ending_by_time(day: date, most: int) -> list[CreditCase]:
    """Entries on the abnormal list that end without anything to do and are old enough to be looked at (C-27)."""
    before = day - timedelta(days=150)  # six months are never fewer days; the exact day is computed
    query = select(CreditCase).where(
        CreditCase.kind == "abnormal", CreditCase.state == "entered", CreditCase.trigger.not_in(list(credit.DUTIES)),
        CreditCase.entered_on <= before,
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(CreditCase.entered_on).limit(most)))


def without_ground(most: int) -> list[CreditCase]:
    """Cases under way or on record that follow from one which was corrected."""
    ground = aliased(CreditCase)
    query = select(CreditCase).join(ground, ground.id == CreditCase.source_id)
    query = query.where(ground.state == "corrected", CreditCase.state.in_((*OPEN, "entered")))
    return list(db.session.scalars(query.order_by(CreditCase.id).limit(most)))
