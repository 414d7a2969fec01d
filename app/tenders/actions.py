"""What is done with a tender: keyholders and their keys, publication on the designated medium's clock, failure, end."""

import hashlib
from datetime import datetime
from pathlib import Path

from flask import current_app

from app.accounts.models import Person
from app.bids.sealed_sheet import check_recipient
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.plans import checks
from app.plans.models import Project
from app.rules import tendering
from app.rules.bidding import enough_bidders
from app.tenders import queries
from app.tenders.facts import notice
from app.tenders.models import Keyholder, Tender

NOT_APPROVED = N_("项目复核通过后才能发起采购。")
UNDER_WAY = N_("这个项目已有一次采购在进行：%(number)s。")
NOT_DRAFT = N_("采购公告发布后不能再改。")
NO_SEAL_PAGE = N_("密封投标页面尚未安装，不能发布公告；请先运行 ./portal run 完成安装。")
IN_FUTURE = N_("媒体发布时间不能晚于现在。")
NAMED_BEFORE = N_("%(name)s已是本次采购的密钥保管人。")
REASON_NEEDED = N_("请写明理由。")


def draft(project: Project) -> Tender:
    """Begin a run of procurement for an approved project; a new run gets a suffix (F-06)."""
    if project.state != "approved":
        raise OutOfOrder(NOT_APPROVED)
    runs = queries.runs_of(project)
    live = next((one for one in runs if one.state not in ("failed", "cancelled")), None)
    if live is not None:
        raise OutOfOrder(UNDER_WAY, {"number": live.number})
    number = project.number if not runs else f"{project.number}-R{len(runs)}"
    tender = Tender(
        number=number, project=project, project_id=project.id, buyer_id=project.buyer_id, buyer=project.buyer,
        supervisor_id=project.supervisor_id, place=project.place, threshold=3, by_id=access.actor().id,
    )  # fmt: skip
    return changes.add(tender, "tender.draft")


def name_keyholder(tender: Tender, person: Person, standing: str) -> Keyholder:
    """Name one of the people among whom the key is split, and for whom they stand."""
    _demand_draft(tender)
    if any(one.person_id == person.id for one in tender.keyholders):
        raise Invalid(NAMED_BEFORE, {"name": person.name}, "person")
    holder = Keyholder(
        tender=tender, tender_id=tender.id, order=len(tender.keyholders) + 1, person=person, person_id=person.id,
        standing=standing, recipient="", place=tender.place,
    )  # fmt: skip
    return changes.add(holder, "keyholder.name")


def set_threshold(tender: Tender, threshold: int) -> Tender:
    """Say how many keyholders open together."""
    _demand_draft(tender)
    return changes.amend(tender, "tender.edit", threshold=threshold)


def register_key(keyholder: Keyholder, recipient: str) -> Keyholder:
    """A keyholder registers their own public key (age X25519). Raises Invalid for anything else."""
    _demand_draft(keyholder.tender)
    check_recipient(recipient.strip(), keyholder.person.name)
    return changes.amend(keyholder, "keyholder.register_key", recipient=recipient.strip())


def publish(
    tender: Tender, *, medium_name: str, medium_url: str, medium_published_at: datetime, closes_at: datetime
) -> Tender:
    """Publish: the clocks run from the designated medium's moment (B-19, B-40). Prints the notice.

    Raises Unlawful with everything that bars, rule by rule.
    """
    if medium_published_at > clock.now():
        raise Invalid(IN_FUTURE, {}, "medium_published_at")
    demand(publication_findings(tender, medium_url, medium_published_at, closes_at))
    changes.amend(
        tender, "tender.edit", medium_name=medium_name, medium_url=medium_url, closes_at=closes_at,
        medium_published_at=medium_published_at, seal_page_sha256=seal_page_sha256(),
    )  # fmt: skip
    kept = print_and_keep("tender_notice", notice(tender), number=f"{tender.number}-GG", body_id=tender.buyer_id)
    return changes.move(tender, "publish", published_at=clock.now(), notice_id=kept.id)


def publication_findings(
    tender: Tender, medium_url: str, medium_published_at: datetime, closes_at: datetime
) -> list[Finding]:
    """What the law says of publishing so: preparations, medium, period, keyholders."""
    case = checks.case(tender.project, clock.day_of(medium_published_at))
    method = tender.project.method
    holders = [tendering.Keyholder(k.person.name, k.standing, k.recipient) for k in tender.keyholders]
    return [
        *checks.before_publication(case),
        *tendering.medium_recorded(medium_url, medium_published_at),
        *tendering.deadline_far_enough(method, medium_published_at, closes_at, case.calendar, case.norms),
        *tendering.keyholders_set(tender.threshold, holders, case.norms),
    ]


def fail(tender: Tender, reason: str) -> Tender:
    """Declare the procurement failed (废标, B-56) and say why to everybody."""
    if not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    return changes.move(tender, "fail", failure_reason=reason.strip())


def cancel(tender: Tender, reason: str) -> Tender:
    """End the procurement because the task fell away (B-56 (4))."""
    if not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    return changes.move(tender, "cancel", failure_reason=reason.strip())


def too_few(tender: Tender, bidders: int) -> list[Finding]:
    """Whether so few bidders end the procurement (B-45, B-56, B-73)."""
    return list(enough_bidders(tender.project.method, bidders, catalogue.norms(tender.place)))


def seal_page_sha256() -> str:
    """The fingerprint of the sealing page as it is served. Raises OutOfOrder when set-up has not made it."""
    page = Path(current_app.static_folder or "") / "seal" / "seal.html"
    if not page.exists():
        raise OutOfOrder(NO_SEAL_PAGE)
    return hashlib.sha256(page.read_bytes()).hexdigest()


def _demand_draft(tender: Tender) -> None:
    if tender.state != "draft":
        raise OutOfOrder(NOT_DRAFT)
