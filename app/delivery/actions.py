"""Handing in monthly figures, kept one by one so that every total is computed (S08). Accepting is in `accepting`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.agreements.models import Agreement
from app.core import access, changes, clock, files, money
from app.core.errors import OutOfOrder
from app.core.files import StoredFile
from app.core.law import Finding, demand
from app.core.words import N_
from app.delivery import queries, sheets
from app.delivery.accepting import NOT_RUNNING, VERDICTS, accept
from app.delivery.models import DeliveryReport, ServiceFigure
from app.delivery.queries import Kept, Key
from app.delivery.sheets import Figure

__all__ = ["NOT_RUNNING", "VERDICTS", "accept", "import_sheet", "keep_sheet", "read_sheet", "take"]

OTHERWISE = N_(
    "第 %(line)s 行「%(column)s」为 %(value)s，与 %(month)s %(community)s已报送的 %(kept)s 不同；"
    "月份结束后报送的数字不能改动。"
)
NOTHING_NEW = N_("表格里的数字都已报送过，没有新的内容。")


@dataclass(frozen=True)
class Sheet:
    """A sheet as read for one contract: figures that are new, that complete a month reported to date, that are known,
    the columns left out as another lot's, and what differs from what was reported."""

    new: list[Figure]
    completing: list[tuple[Kept, Figure]]
    same: int
    left_out: list[str]
    differing: list[Finding]

    @property
    def months(self) -> list[str]:
        """The months it adds to."""
        return sorted({f.month for f in self.new} | {f.month for _, f in self.completing})


def read_sheet(agreement: Agreement, content: bytes) -> Sheet:
    """What the sheet says for this contract; changes nothing. Raises Invalid, or Unlawful naming every bad line."""
    if agreement.state != "published":
        raise OutOfOrder(NOT_RUNNING)
    now = f"{clock.today():%Y-%m}"
    months = [m for m in queries.months_of(agreement.project) if m <= now]
    figures, left_out = sheets.read(
        content, queries.measures_of(agreement), queries.others_of(agreement), months,
        lambda names: queries.communities(agreement.buyer.place, names),
    )  # fmt: skip
    return _compared(figures, left_out, queries.standing(agreement))


def _compared(figures: Sequence[Figure], left_out: list[str], kept: Mapping[Key, Kept]) -> Sheet:
    known = [(kept[f.key], f) for f in figures if f.key in kept]
    other = [(k, f) for k, f in known if k.figure.amount != f.amount]
    return Sheet(
        new=[f for f in figures if f.key not in kept],
        completing=[(k, f) for k, f in other if k.to_date],
        same=len(known) - len(other),
        left_out=left_out,
        differing=[_differs(k, f) for k, f in other if not k.to_date],
    )


def _differs(kept: Kept, figure: Figure) -> Finding:
    show = money.yuan if figure.measure.money else str
    values = {
        "line": figure.line, "column": figure.measure.name, "value": show(figure.amount), "month": figure.month,
        "community": figure.community, "kept": show(kept.figure.amount),
    }  # fmt: skip
    return Finding("G-21", OTHERWISE, values, "file")


def keep_sheet(agreement: Agreement, content: bytes, name: str) -> StoredFile:
    """Keep an uploaded sheet to be looked at before it is confirmed. Raises what `import_sheet` raises."""
    _demand_takeable(read_sheet(agreement, content))
    return files.keep(content, name, ("csv",), body_id=agreement.supplier_id)


def import_sheet(agreement: Agreement, content: bytes, name: str) -> DeliveryReport:
    """Take a sheet of figures, all or nothing. The same figures again are passed over, different ones are refused.

    Figures of a month that still ran when they were reported (to date) may be completed. Raises Invalid, OutOfOrder
    when there is nothing new, or Unlawful (G-21) with every line that cannot be taken.
    """
    return take(agreement, keep_sheet(agreement, content, name))


def take(agreement: Agreement, file: StoredFile) -> DeliveryReport:
    """Take a sheet that is kept already: what `import_sheet` does after keeping it."""
    said = read_sheet(agreement, file.bytes)
    _demand_takeable(said)
    handed_in = DeliveryReport(
        agreement=agreement, agreement_id=agreement.id, file=file, file_id=file.id, place=agreement.place,
        months=said.months, left_out=said.left_out, by_id=access.actor().id,
    )  # fmt: skip
    changes.add(handed_in, "delivery.import", public=True)
    rows = [_figure(handed_in, f) for f in said.new]
    changes.add_many(rows, "delivery.import", link="report_id", key=handed_in.id, owner=handed_in, public=True)
    for kept, figure in said.completing:
        changes.amend(
            kept.figure, "delivery.import", public=True, amount=figure.amount, report_id=handed_in.id
        )  # fmt: skip
    return handed_in


def _demand_takeable(said: Sheet) -> None:
    demand(said.differing)
    if not said.new and not said.completing:
        raise OutOfOrder(NOTHING_NEW)


def _figure(handed_in: DeliveryReport, f: Figure) -> ServiceFigure:
    agreement = handed_in.agreement
    return ServiceFigure(
        report_id=handed_in.id, agreement=agreement, agreement_id=agreement.id, project_id=agreement.project_id,
        month=f.month, community=f.community, measure=f.measure.key, amount=f.amount, place=agreement.place,
    )  # fmt: skip
