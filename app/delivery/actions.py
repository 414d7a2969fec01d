"""Handing in monthly figures, and accepting what was delivered with the opinion of those served (B-66)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.agreements.models import Agreement
from app.catalogue import queries as catalogue
from app.core import access, changes, clock, files
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.delivery import queries, sheets
from app.delivery.facts import report
from app.delivery.models import Acceptance, DeliveryReport, ServiceFigure
from app.documents.keeping import print_and_keep
from app.places.queries import children
from app.plans import queries as plans
from app.plans.models import Measure
from app.rules import paying

NOT_RUNNING = N_("合同公告后才能报送服务数据。")
OTHERWISE = N_("第 %(line)s 行「%(column)s」与已报送的数字 %(kept)s 不同；要更正请先与采购人联系。")
NOTHING_NEW = N_("表格里的数字都已报送过，没有新的内容。")
BAD_COUNT = N_("满意人数应在 0 与参加人数之间。")


def import_sheet(agreement: Agreement, content: bytes, name: str) -> DeliveryReport:
    """Take a sheet of figures, all or nothing. The same figures again are passed over; different ones are refused.

    Raises Invalid, or Unlawful with every line that cannot be taken.
    """
    figures, left_out = read_sheet(agreement, content)
    kept = queries.known(agreement)
    demand(_differing(figures, kept))
    new = [f for f in figures if (f.month, f.community, f.measure) not in kept]
    if not new:
        raise OutOfOrder(NOTHING_NEW)
    file = files.keep(content, name, ("csv",), body_id=agreement.supplier_id)
    handed_in = DeliveryReport(
        agreement=agreement, agreement_id=agreement.id, file=file, file_id=file.id, place=agreement.place,
        months=sorted({f.month for f in new}), left_out=left_out, by_id=access.actor().id,
    )  # fmt: skip
    changes.add(handed_in, "delivery.import")
    rows = [
        ServiceFigure(
            report_id=handed_in.id, agreement_id=agreement.id, project_id=agreement.project_id, month=f.month,
            community=f.community, measure=f.measure, amount=f.amount, place=agreement.place,
        )
        for f in new
    ]  # fmt: skip
    changes.add_many(rows, "delivery.import", link="report_id", key=handed_in.id, owner=handed_in, public=True)
    return handed_in


def read_sheet(agreement: Agreement, content: bytes) -> tuple[list[sheets.Figure], list[str]]:
    """What the sheet says for this contract, and which columns are another lot's; changes nothing."""
    if agreement.state != "published":
        raise OutOfOrder(NOT_RUNNING)
    mine = queries.measures_of(agreement)
    others = [m for m in plans.standing(Measure, agreement.project, Measure.order) if m not in mine]
    now = f"{clock.today():%Y-%m}"
    months = [m for m in queries.months_of(agreement.project) if m <= now]
    places = {p.name for p in children(agreement.buyer.place)}
    return sheets.read(content, mine, others, months, places)


def accept(
    agreement: Agreement, *, period_from: date, period_to: date, verdict: str, items: Sequence[dict[str, Any]],
    users_asked: int, users_satisfied: int, users_opinion: str, remark: str = "",
) -> Acceptance:  # fmt: skip
    """Accept a period item by item; for services to the public the users are heard and the report is public (B-66)."""
    if not 0 <= users_satisfied <= users_asked:
        raise Invalid(BAD_COUNT, {}, "users_satisfied")
    service_class = agreement.project.service_class
    opinions = [users_opinion] * min(users_asked, 1) if users_opinion.strip() else []
    demand(
        paying.users_heard(service_class, opinions, catalogue.norms(agreement.place)),
        paying.accepted_item_by_item([m.name for m in queries.measures_of(agreement) if not m.money],
                                     [str(i["name"]) for i in items]),
    )  # fmt: skip
    made = Acceptance(
        agreement=agreement, agreement_id=agreement.id, period_from=period_from, period_to=period_to, verdict=verdict,
        items=list(items), users_asked=users_asked, users_satisfied=users_satisfied, users_opinion=users_opinion,
        remark=remark, by_id=access.actor().id, place=agreement.place,
    )  # fmt: skip
    public = service_class == "A"
    changes.add(made, "acceptance.record", public=public)
    number = f"{agreement.number}-YS-{len(queries.acceptances(agreement)):02d}"
    kept = print_and_keep("acceptance_report", report(made, number), number=number, body_id=agreement.buyer_id)
    return changes.amend(made, "acceptance.record", public=public, report_id=kept.id)


def _differing(figures: Sequence[sheets.Figure], kept: dict[queries.Key, int]) -> list[Finding]:
    return [
        Finding("G-21", OTHERWISE, {"line": f.line, "column": f.measure, "kept": kept[key]}, "file")
        for f in figures
        if (key := (f.month, f.community, f.measure)) in kept and kept[key] != f.amount
    ]
