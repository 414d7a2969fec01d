"""What the law says of publishing a tender, and which days it would allow."""

from dataclasses import replace
from datetime import datetime

from app.core import clock
from app.core.law import Finding
from app.core.workdays import Due
from app.plans import checks
from app.rules import methods, tendering
from app.tenders.models import Tender

WITH_DOCUMENTS = methods.TENDERS | {"consultation"}  # whose documents are on offer for days (B-41, B-70)
FIELDS = {"published_at": "medium_published_at", "published": "medium_published_at"}  # the rules' names, the form's


def publication(tender: Tender, medium_url: str, published_at: datetime, closes_at: datetime) -> list[Finding]:
    """Everything the rules find wrong with publishing so: plan, preparations, medium, period and keyholders."""
    case, method = checks.case(tender.project, clock.day_of(published_at)), tender.project.method
    found = [
        *standing(tender, case),
        *tendering.medium_recorded(medium_url, published_at),
        *tendering.deadline_far_enough(method, published_at, closes_at, case.calendar, case.norms),
    ]
    if method in WITH_DOCUMENTS:
        until = clock.day_of(closes_at)
        found += tendering.documents_long_enough(method, published_at, until, case.calendar, case.norms)
    return [replace(one, field=FIELDS.get(one.field or "", one.field)) for one in found]


def standing(tender: Tender, case: checks.Case | None = None) -> list[Finding]:
    """What can be said before medium and deadline are known: the plan, its preparations and the keyholders."""
    about = case or checks.case(tender.project)
    holders = [
        tendering.Keyholder(one.person.name, one.person.body.name if one.person.body else "", one.recipient)
        for one in tender.keyholders
    ]
    return [
        *(one for one in checks.findings(about) if one.rule != "B-07"),  # asked again, for the day itself
        *checks.before_publication(about),
        *tendering.keyholders_set(tender.threshold, holders, about.norms),
    ]


def earliest(tender: Tender, published_at: datetime) -> Due:
    """The first lawful closing day of a notice that the medium publishes at this moment (B-42, B-70, B-78)."""
    case = checks.case(tender.project, clock.day_of(published_at))
    return tendering.earliest_deadline(tender.project.method, published_at, case.calendar, case.norms)
