"""The public data of a project as an OCDS 1.1 release package (release schema 1.1.5, lots, bids and budget extensions).

Made from the same reading as the project's page, so that it cannot say more than the page does. Amounts are numbers in
CNY. The prefix of the ocid is not registered with the Open Contracting Partnership; the package says so.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import current_app, url_for

from app.accounts.models import Body
from app.agreements.models import Agreement
from app.bids.models import Bid
from app.core import clock
from app.core.files import StoredFile
from app.core.showing import t
from app.plans.models import METHODS
from app.transparency.course import Course

PREFIX = "ocds-gongyue"
EXTENSIONS = [
    f"https://raw.githubusercontent.com/open-contracting-extensions/{name}/extension.json"
    for name in ("ocds_lots_extension/v1.1.5", "ocds_bid_extension/v1.1.5", "ocds_budget_breakdown_extension/v1.1.5")
]
OPENNESS = {"open_tender": "open", "invited_tender": "selective", "single_source": "direct"}  # every other: "limited"
TENDER_STATES = {"failed": "unsuccessful", "cancelled": "cancelled", "awarded": "complete"}
CONTRACT_STATES = {"published": "active", "completed": "terminated", "terminated": "terminated"}
INSTALMENT_STATES = {"paid": "met", "withheld": "notMet"}


def package(course: Course) -> dict[str, Any]:
    """The release package of one project, as a JSON object."""
    project = course.project
    return {
        "uri": url_for("transparency.ocds_package", id=project.public_id, _external=True),
        "version": "1.1",
        "extensions": EXTENSIONS,
        "publishedDate": _moment(clock.now()),
        "publisher": {"name": current_app.config["SITE"].get("sponsor") or "公约 Gongyue"},
        "publicationPolicy": url_for("transparency.about", _external=True) + "#ocds",
        "x_prefix": {"value": PREFIX, "registered": False},
        "releases": [release(course)],
    }


def release(course: Course) -> dict[str, Any]:
    """Everything public of the project as one release, tagged with the stages it tells of."""
    entries, ocid = course.every_entry, f"{PREFIX}-{course.project.public_id}"
    last = entries[-1] if entries else None
    whole = {
        "ocid": ocid,
        "id": f"{ocid}-{last.seq if last else 0}",
        "date": _moment(last.at if last else clock.now()),
        "tag": _tags(course),
        "initiationType": "tender",
        "language": "zh",
        "parties": _parties(course),
        "buyer": _reference(course.project.buyer),
        "planning": _planning(course),
        "tender": _tender(course),
        "bids": _bids(course) if course.opening else None,
        "awards": [_award(course, one) for one in course.awards],
        "contracts": [_contract(course, one) for one in course.contracts],
    }
    return _without_empty(whole)


def money(fen: int) -> dict[str, Any]:
    """An OCDS value. A number of up to 15 digits (10,000,000,000,000 yuan) is written with exactly its decimals."""
    return {"amount": fen // 100 if fen % 100 == 0 else float(Decimal(fen) / 100), "currency": "CNY"}


def _tags(course: Course) -> list[str]:
    told = {
        "planning": True, "tender": True, "tenderCancellation": course.tender.state == "cancelled",
        "award": bool(course.awards), "contract": bool(course.contracts),
        "implementation": bool(course.payments or course.acceptances or course.evaluations),
        "contractTermination": any(one.state == "terminated" for one in course.contracts),
    }  # fmt: skip
    return [tag for tag, holds in told.items() if holds]


def _parties(course: Course) -> list[dict[str, Any]]:
    roles: dict[int, tuple[Body, set[str]]] = {}
    for body, role in _roles(course):
        roles.setdefault(body.id, (body, set()))[1].add(role)
    return [
        _without_empty(
            {
                "id": _party_id(body), "name": body.name, "roles": sorted(said),
                "identifier": {"scheme": "CN-USCC", "id": body.credit_code, "legalName": body.name}
                if body.credit_code else None,
            }
        )
        for body, said in roles.values()
    ]  # fmt: skip


def _roles(course: Course) -> Iterable[tuple[Body, str]]:
    buyer = course.project.buyer
    yield from ((buyer, role) for role in ("buyer", "procuringEntity"))
    yield from ((one.bidder, "tenderer") for one in course.bids)
    yield from ((one.supplier, "supplier") for one in course.awards)
    for one in course.contracts:
        yield one.supplier, "supplier"
    for payment in course.payments:
        yield buyer, "payer"
        yield payment.agreement.supplier, "payee"
    yield from ((one.evaluator, "reviewBody") for one in course.evaluations)


def _planning(course: Course) -> dict[str, Any]:
    sources = [
        {"id": str(number), "description": f"{t(one.label)} {one.line}", "amount": money(one.appropriated_fen)}
        for number, one in enumerate(course.flows, 1)
    ]
    whole = money(sum(one.appropriated_fen for one in course.flows))
    return _without_empty(
        {
            "rationale": course.project.need,
            "budget": {"id": course.project.number, "project": course.project.name, "amount": whole,
                       "budgetBreakdown": sources},
        }
    )  # fmt: skip


def _tender(course: Course) -> dict[str, Any]:
    tender, project = course.tender, course.project
    tenderers = {one.bidder_id: one.bidder for one in course.bids}
    return _without_empty(
        {
            "id": tender.public_id, "title": project.name, "description": project.need,
            "status": TENDER_STATES.get(tender.state, "active"), "procuringEntity": _reference(project.buyer),
            "items": _items(course), "value": money(sum(one.ceiling_fen for one in course.lots)),
            "procurementMethod": OPENNESS.get(project.method, "limited"),
            "procurementMethodDetails": METHODS[project.method], "mainProcurementCategory": "services",
            "tenderPeriod": {"startDate": _moment(tender.medium_published_at), "endDate": _moment(tender.closes_at)},
            "numberOfTenderers": len(tenderers) if course.opening else None,
            "tenderers": [_reference(one) for one in tenderers.values()],
            "lots": [_lot(course, one) for one in course.lots], "documents": _tender_documents(course),
        }
    )  # fmt: skip


def _items(course: Course) -> list[dict[str, Any]]:
    if course.item is None:
        return []
    kind = {"scheme": "x_CN-CSC", "id": course.item.code, "description": course.item.name}
    return [{"id": "1", "description": course.item.name, "classification": kind}]


def _lot(course: Course, lot: Any) -> dict[str, Any]:
    won = any(one.lot_id == lot.id for one in course.awards)
    failed = course.result is not None and any(one.lot.id == lot.id and one.failure for one in course.result.lots)
    state = "complete" if won else "unsuccessful" if failed else TENDER_STATES.get(course.tender.state, "active")
    return {"id": lot.public_id, "title": lot.name, "status": state, "value": money(lot.ceiling_fen)}


def _tender_documents(course: Course) -> list[dict[str, Any]]:
    tender, opening = course.tender, course.opening
    notice = [_paper(tender.notice, "tenderNotice", "tenders.notice", tender.public_id)] if tender.notice else []
    if opening and opening.record:
        notice.append(_paper(opening.record, "x_openingRecord", "bids.record", tender.public_id))
    return notice


def _bids(course: Course) -> dict[str, Any]:
    read = [one for one in course.bids if one.price_fen]
    bidders = len({one.bidder_id for one in course.bids})
    counts = (("bids", len(course.bids)), ("validBids", sum(one.valid for one in course.bids)), ("bidders", bidders))
    return {
        "statistics": [{"id": name, "measure": name, "value": value} for name, value in counts],
        "details": [_bid(course, one) for one in read],
    }


def _bid(course: Course, bid: Bid) -> dict[str, Any]:
    return {
        "id": bid.public_id,
        "date": _moment(course.opening.opened_at) if course.opening else None,
        "status": "valid" if bid.valid else "disqualified",
        "tenderers": [_reference(bid.bidder)],
        "value": money(bid.price_fen),
        "relatedLots": [bid.lot.public_id],
    }


def _award(course: Course, award: Any) -> dict[str, Any]:
    paper, tender = award.result_notice, course.tender.public_id
    return _without_empty(
        {
            "id": award.public_id, "title": award.lot.name, "status": "active", "date": _moment(award.decided_at),
            "value": money(award.amount_fen), "suppliers": [_reference(award.supplier)],
            "relatedLots": [award.lot.public_id],
            "documents": [_paper(paper, "awardNotice", "awards.result_notice", tender)] if paper else [],
        }
    )  # fmt: skip


def _contract(course: Course, contract: Agreement) -> dict[str, Any]:
    awards = {one.id: one.public_id for one in course.awards}
    term = {"startDate": _day(contract.term_from), "endDate": _day(contract.term_to)}
    return _without_empty(
        {
            "id": contract.number, "awardID": awards.get(contract.award_id, str(contract.award_id)),
            "title": contract.lot.name, "status": CONTRACT_STATES[contract.state], "period": term,
            "value": money(contract.amount_fen), "dateSigned": _moment(contract.signed_at),
            "relatedLots": [contract.lot.public_id], "documents": [_signed(contract)],
            "implementation": _without_empty(
                {"transactions": _transactions(course, contract), "milestones": _milestones(course, contract),
                 "documents": _findings(course, contract)}
            ),
        }
    )  # fmt: skip


def _transactions(course: Course, contract: Agreement) -> list[dict[str, Any]]:
    return [
        {
            "id": one.public_id, "date": _moment(one.paid_at), "value": money(one.amount_fen),
            "payer": _reference(course.project.buyer), "payee": _reference(contract.supplier),
        }
        for one in course.payments_of(contract)
    ]  # fmt: skip


def _milestones(course: Course, contract: Agreement) -> list[dict[str, Any]]:
    paid = {one.instalment_id: one.paid_at for one in course.payments_of(contract)}
    money_ = [
        {
            "id": one.public_id, "title": f"第 {one.order} 期付款", "type": "financing",
            "status": INSTALMENT_STATES.get(one.state, "scheduled"), "dateMet": _moment(paid.get(one.id)),
        }
        for one in contract.instalments
    ]  # fmt: skip
    rated = [
        {
            "id": one.public_id, "title": "中期评估" if one.stage == "mid_term" else "末期评估", "type": "assessment",
            "status": "met" if one.passed else "notMet", "dateMet": _moment(one.published_at) if one.passed else None,
        }
        for one in course.evaluations
    ]  # fmt: skip
    return [_without_empty(one) for one in (*money_, *rated)]


def _findings(course: Course, contract: Agreement) -> list[dict[str, Any]]:
    accepted = [
        _paper(one.report, "completionCertificate", "delivery.report", one.public_id)
        for one in course.acceptances if one.agreement_id == contract.id and one.report
    ]  # fmt: skip
    rated = [
        _paper(one.report, "x_performanceEvaluation", "evaluations.report", one.public_id)
        for one in course.evaluations if one.report
    ]  # fmt: skip
    return accepted + rated


def _signed(contract: Agreement) -> dict[str, Any]:
    file = contract.signed_file or contract.file
    url = url_for("transparency.paper", number=contract.number, sha256=file.sha256, _external=True)
    return {**_document(file, "contractSigned", url), "datePublished": _moment(contract.published_at)}


def _paper(file: StoredFile, kind: str, endpoint: str, public_id: str) -> dict[str, Any]:
    return _document(file, kind, url_for(endpoint, id=public_id, _external=True))


def _document(file: StoredFile, kind: str, url: str) -> dict[str, Any]:
    return {
        "id": file.public_id, "documentType": kind, "title": file.name, "url": url, "format": "application/pdf",
        "language": "zh", "datePublished": _moment(file.made_at), "hash": f"sha256:{file.sha256}",
    }  # fmt: skip


def _reference(body: Body) -> dict[str, str]:
    return {"id": _party_id(body), "name": body.name}


def _party_id(body: Body) -> str:
    return f"CN-USCC-{body.credit_code}" if body.credit_code else f"gongyue-{body.public_id}"


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def _day(value: date) -> str:
    """A day as OCDS writes it: midnight in Beijing."""
    return f"{value.isoformat()}T00:00:00+08:00"


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    """Left-out rather than null: in OCDS a null takes a value back."""
    return {key: one for key, one in value.items() if one not in (None, "", [], {})}
