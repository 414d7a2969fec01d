"""The worker's side of an import: reading a large sheet, and entering a confirmed one part by part.

Rows are read and checked outside of the writer's turn; a turn only compares a part with the register as it stands,
enters it, and says how far the import is. So others write between any two parts, nobody sees half a part, and what
is killed goes on behind the last part. A row that is no longer what the preview had shown is set aside, not entered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from app.accounts.models import Person
from app.core import access, bulk, changes, clock, files, jobs
from app.core.db import db, writing
from app.core.jobs import Held
from app.registry.columns import profile_of
from app.registry.comparing import Compared, compare, compare_rows
from app.registry.entering import enter
from app.registry.importing import ENTER, READ, Told, finding_kept, rows_in, shown
from app.registry.known import Register
from app.registry.models import ImportBatch, ImportPart, ImportRow
from app.registry.normalising import RowResult, normalise
from app.registry.queries import entered
from app.registry.reading import SheetRefused
from app.registry.sheets import Sheet, read_sheet
from app.registry.siting import Sites

READ_AT_ONCE = 2_000
LEAST, MOST = 500, 4_000  # rows of a part; smaller ones cost more in commits than they spare others in waiting
TURN = 0.4  # seconds that a part may hold the writer's turn; its size is set by how long the last ones took


def work_on(batch: ImportBatch) -> jobs.Job | None:
    """The worker's job that reads or enters this sheet, while it does."""
    kind = {"reading": READ, "applying": ENTER}.get(batch.state)
    return jobs.of(kind, batch.public_id) if kind else None


@jobs.does(READ)
def read(held: Held) -> None:
    """Preview a kept sheet: every row against the register. Begun again, it starts over."""
    batch = _batch(held)
    with _acting_for(batch.by_id), files.opened(batch.file) as path:
        _forget_rows(held, batch)
        try:
            sheet = read_sheet(path, batch.file.name)
            told = _read(held, batch, path, sheet)
        except SheetRefused as refused:
            with writing():
                held.beat()
                changes.move(batch, "refuse", fault=finding_kept(refused.findings[0]))
            return
        with clock.standing_still(), writing():
            held.beat(done=told.counts["rows"], total=told.counts["rows"])
            told.end(batch, sheet)


def _read(held: Held, batch: ImportBatch, path: Path, sheet: Sheet) -> Told:
    told, key = Told(), batch.id
    total = _lines(path) if batch.file.kind != "xlsx" else None
    for chunk in compare(sheet, Register(), READ_AT_ONCE):
        with writing():
            held.beat(done=told.counts["rows"] + len(chunk), total=total)
            if _state(key) != "reading":
                raise jobs.LostLease(held.key)  # given up meanwhile
            bulk.keep_beside(ImportRow, told.rows(key, chunk))
    return told


def _forget_rows(held: Held, batch: ImportBatch) -> None:
    """What an earlier start has kept; some at a time, so that nobody waits long."""
    key, newest = batch.id, 0
    while newest is not None:
        with writing():
            held.beat()
            some = select(ImportRow.line).where(ImportRow.batch_id == key).order_by(ImportRow.line).limit(20_000)
            newest = db.session.scalar(select(func.max(some.subquery().c.line)))
            if newest is not None:
                bulk.drop_beside(ImportRow, ImportRow.batch_id == key, ImportRow.line <= newest)


class Shown(NamedTuple):
    """One row of the sheet that is to be entered, and what the preview had said of it."""

    row: RowResult
    fate: str
    differs: dict[str, list[str]]
    place: int  # which row of the sheet it is, from 1


@jobs.does(ENTER)
def enter_all(held: Held) -> None:
    """Enter a confirmed sheet, part by part, behind what was entered before."""
    batch = _batch(held)
    with _acting_for(batch.confirmed_by_id), files.opened(batch.file) as path:
        parts, size = Parts(held, batch.id), LEAST
        rows = _to_enter(batch, path, parts.last_line)
        while portion := list(islice(rows, size)):
            took = parts.enter(portion)
            size = max(LEAST, min(MOST, int(size * min(2.0, TURN / max(took, 0.001)))))
        with clock.standing_still(), writing():
            held.beat(done=rows_in(batch), total=rows_in(batch))
            changes.move(batch, "apply", **entered(batch))


@dataclass
class Parts:
    """The parts of one import: those there are, and the next one."""

    held: Held
    batch_id: int
    number: int = 0
    last_line: int = 0
    sites: Sites = field(default_factory=Sites)

    def __post_init__(self) -> None:
        query = select(ImportPart.number, ImportPart.last_line).where(ImportPart.batch_id == self.batch_id)
        if last := db.session.execute(query.order_by(ImportPart.number.desc()).limit(1)).first():
            self.number, self.last_line = last
        db.session.rollback()

    def enter(self, portion: Sequence[Shown]) -> float:
        """Enter one part in a turn of its own; gives the seconds it held the turn."""
        with clock.standing_still(), writing():
            self.held.beat(done=portion[-1].place)  # takes the turn, and makes sure that nobody else has gone on
            begun = perf_counter()
            batch = db.session.get_one(ImportBatch, self.batch_id)
            fitting, aside = _still_fit(portion)
            part = ImportPart(
                batch_id=batch.id, number=self.number + 1, first_line=portion[0].row.line, place=batch.place,
                last_line=portion[-1].row.line, added=_count(fitting, "new"), changed=_count(fitting, "changed"),
                set_aside=len(aside),
            )  # fmt: skip
            changes.add(part, "organization.import")
            enter(fitting, batch, part, self.sites)
            _set_aside(batch.id, aside)
            self.number, self.last_line = part.number, part.last_line
        return perf_counter() - begun


def _still_fit(portion: Sequence[Shown]) -> tuple[list[Compared], list[Compared]]:
    """Which rows are what the preview had shown of them, and which no longer."""
    found = compare_rows([one.row for one in portion], Register(), {})
    fit = [one.fate == was.fate and _differs(one) == was.differs for one, was in zip(found, portion, strict=True)]
    return [one for one, yes in zip(found, fit, strict=True) if yes], [
        one for one, yes in zip(found, fit, strict=True) if not yes
    ]


def _differs(one: Compared) -> dict[str, list[str]]:
    return shown(one)["differs"] if one.differs else {}


def _set_aside(batch_id: int, rows: Sequence[Compared]) -> None:
    for one in rows:
        now = {key: value for key, value in shown(one).items() if key in ("fate", "notes", "differs")}
        its = (ImportRow.batch_id == batch_id) & (ImportRow.line == one.row.line)
        db.session.execute(update(ImportRow).where(its).values(set_aside=now))


def _to_enter(batch: ImportBatch, path: Path, after: int) -> Iterator[Shown]:
    """The rows of the sheet beyond line *after* that the preview called new or changed, read once more."""
    sheet = read_sheet(path, batch.file.name)
    profile, today = profile_of(sheet.headers, sheet.header_line), clock.today()
    columns, kept = profile.taken(sheet.headers), _kept(batch.id)
    for place, (line, (number, fate, differs)) in enumerate(zip(sheet.rows(), kept, strict=True), 1):
        if line.number != number:
            raise OSError(f"line {number} of the sheet is not where the preview had it")
        if number > after and fate in ("new", "changed"):
            yield Shown(normalise(line, profile, today, columns), fate, differs, place)


def _kept(batch_id: int) -> Iterator[tuple[int, str, dict[str, list[str]]]]:
    """What the preview had said of every row, in order; read some at a time, for a long look holds up a checkpoint."""
    after = 0
    while True:
        query = select(ImportRow.line, ImportRow.fate, ImportRow.differs).where(ImportRow.batch_id == batch_id)
        found = db.session.execute(query.where(ImportRow.line > after).order_by(ImportRow.line).limit(READ_AT_ONCE))
        rows = [(line, fate, differs) for line, fate, differs in found]
        db.session.rollback()
        yield from rows
        if len(rows) < READ_AT_ONCE:
            return
        after = rows[-1][0]


def _count(rows: Sequence[Compared], fate: str) -> int:
    return sum(one.fate == fate for one in rows)


def _batch(held: Held) -> ImportBatch:
    return db.session.scalars(select(ImportBatch).where(ImportBatch.public_id == held.key)).one()


def _state(batch_id: int) -> str | None:
    return db.session.scalar(select(ImportBatch.state).where(ImportBatch.id == batch_id))


@contextmanager
def _acting_for(person_id: int | None) -> Iterator[None]:
    """As whoever asked for it: a person, or the keeper at the command line."""
    person: Any = db.session.get_one(Person, person_id) if person_id else access.KEEPER
    with access.acting(person):
        yield


def _lines(path: Path) -> int:
    """How many lines a text has, about as many as rows."""
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(files.PIECE), b""))
