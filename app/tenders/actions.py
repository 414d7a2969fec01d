"""What is done with a tender: keyholders and their keys, publication on the designated medium's clock, failure, end."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app
from pyrage import RecipientError, x25519

from app.accounts.models import Person
from app.catalogue import queries as catalogue
from app.core import access, changes, clock
from app.core.errors import Invalid, OutOfOrder
from app.core.law import Finding, Unlawful, demand
from app.core.words import N_
from app.documents.keeping import print_and_keep
from app.plans import given
from app.plans.models import Project
from app.rules.bidding import enough_bidders
from app.tenders import checks, queries
from app.tenders.facts import notice
from app.tenders.models import FAILURES, Keyholder, Tender

LATEST = timedelta(days=7)  # what the medium published longer ago than this was not recorded but forgotten
AFTER_DEADLINE = ("too_few", "over_budget")  # grounds nobody can know before the bids are in (B-56)
STARTED = ("published", "opened", "judged", "awarded")

NOT_APPROVED = N_("项目复核通过后才能采购。")
UNDER_WAY = N_("这个项目已有一次采购在进行：%(number)s。")
NOT_DRAFT = N_("采购公告发布后不能再改。")
NO_SEAL_PAGE = N_("密封投标页面尚未安装，不能发布公告；请先运行 ./portal run 完成安装。")
IN_FUTURE = N_("媒体发布时间不能晚于现在。")
TOO_OLD = N_("媒体发布时间不能早于 %(oldest)s：请在媒体发布后及时登记。")
BEFORE_REVIEW = N_("媒体发布时间不能早于项目复核通过的时间（%(approved)s）。")
CLOSED_ALREADY = N_("截止时间应晚于现在。")
NAMED_BEFORE = N_("%(name)s已是本次采购的密钥保管人。")
NO_KEYHOLDER = N_("%(name)s没有密钥保管人的角色。")
NOT_A_KEY = N_("这不是 age X25519 公钥：公钥以 age1 开头，全部小写。请在密钥页面上复制后粘贴。")
KEY_TWICE = N_("这把公钥已由另一名保管人登记，各人的公钥不得相同。")
REASON_NEEDED = N_("请写明理由。")
NOT_YET = N_("投标截止之前不能以这一情形废标。")


def draft(project: Project) -> Tender:
    """Begin a run of procurement for an approved project; a later run gets a suffix (F-06).

    Raises OutOfOrder before the review and while another run is under way.
    """
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
    """Name one of the people among whom the key is split, and for whom they stand (G-01)."""
    _demand_draft(tender)
    _may_hold(tender, person)
    holder = Keyholder(
        tender=tender, tender_id=tender.id, order=len(tender.keyholders) + 1, person=person, person_id=person.id,
        recipient="", place=tender.place, **given.fits(Keyholder, standing=given.some(standing, "standing")),
    )  # fmt: skip
    return changes.add(holder, "keyholder.name")


def replace_keyholder(keyholder: Keyholder, person: Person, standing: str) -> Keyholder:
    """Put another person in a keyholder's place; the key of the one before is struck out."""
    _demand_draft(keyholder.tender)
    _may_hold(keyholder.tender, person)
    kept = given.fits(Keyholder, standing=given.some(standing, "standing"))
    return changes.amend(keyholder, "keyholder.name", person_id=person.id, recipient="", **kept)


def set_threshold(tender: Tender, threshold: int) -> Tender:
    """Say how many keyholders open together (G-02 is asked at the publication)."""
    _demand_draft(tender)
    if not 2 <= threshold <= 255:
        raise Invalid(N_("开启人数从 2 到 255。"), {}, "threshold")
    return changes.amend(tender, "tender.edit", threshold=threshold)


def register_key(keyholder: Keyholder, recipient: str) -> Keyholder:
    """A keyholder registers their own public key (age X25519, G-03). Raises Invalid for anything else."""
    _demand_draft(keyholder.tender)
    key = recipient.strip()
    if not _is_key(key):
        raise Invalid(NOT_A_KEY, {}, "recipient")
    if any(one.recipient == key and one.id != keyholder.id for one in keyholder.tender.keyholders):
        raise Unlawful([Finding("G-03", KEY_TWICE, {}, "recipient")])
    return changes.amend(keyholder, "keyholder.register_key", recipient=key)


def publish(
    tender: Tender, *, medium_name: str, medium_url: str, medium_published_at: datetime, closes_at: datetime
) -> Tender:
    """Publish: the clocks run from the designated medium's moment (B-19, B-40). Prints the notice.

    Raises Unlawful with everything that bars, rule by rule (B-07, B-13 … B-19, A-14, B-41, B-42 / B-70, G-01 … G-03).
    """
    access.demand("tender.publish", tender)
    _demand_draft(tender)
    if tender.project.state != "approved":
        raise OutOfOrder(NOT_APPROVED)
    _plausible(tender, medium_published_at, closes_at)
    demand(checks.publication(tender, medium_url, medium_published_at, closes_at))
    changes.amend(
        tender, "tender.edit", closes_at=closes_at, medium_published_at=medium_published_at,
        seal_page_sha256=seal_page_sha256(), **given.fits(Tender, medium_name=medium_name, medium_url=medium_url),
    )  # fmt: skip
    kept = print_and_keep("tender_notice", notice(tender), number=f"{tender.number}-GG", body_id=tender.buyer_id)
    return changes.move(tender, "publish", published_at=clock.now(), notice_id=kept.id)


def fail(tender: Tender, reason: str, ground: str) -> Tender:
    """Declare the procurement failed (废标, B-56) on one of the grounds of FAILURES and say why to everybody."""
    given.one_of(ground, FAILURES, "ground")
    if not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    if ground in AFTER_DEADLINE and tender.closes_at and clock.now() < tender.closes_at:
        raise Unlawful([Finding("B-56", NOT_YET, {}, "ground")])
    return changes.move(tender, "fail", failure_reason=reason.strip(), failure_ground=ground)


def cancel(tender: Tender, reason: str) -> Tender:
    """End the procurement because the task fell away (B-56 (4))."""
    if not reason.strip():
        raise Invalid(REASON_NEEDED, {}, "reason")
    return changes.move(tender, "cancel", failure_reason=reason.strip(), failure_ground="task_cancelled")


def too_few(tender: Tender, bidders: int) -> list[Finding]:
    """Whether so few bidders end the procurement (B-45, B-56, B-73)."""
    return list(enough_bidders(tender.project.method, bidders, catalogue.norms(tender.place)))


def seal_page_sha256() -> str:
    """The fingerprint of the sealing page as it is served. Raises OutOfOrder when set-up has not made it."""
    page = Path(current_app.static_folder or "") / "seal" / "seal.html"
    if not page.exists():
        raise OutOfOrder(NO_SEAL_PAGE)
    return hashlib.sha256(page.read_bytes()).hexdigest()


def _plausible(tender: Tender, published_at: datetime, closes_at: datetime) -> None:
    """The moments can be true: the medium published after the review and not long ago, the deadline is to come."""
    now, approved = clock.now(), tender.project.approved_at
    if published_at > now:
        raise Invalid(IN_FUTURE, {}, "medium_published_at")
    if approved is not None and published_at < approved:
        raise Invalid(BEFORE_REVIEW, {"approved": approved}, "medium_published_at")
    if published_at < now - LATEST:
        raise Invalid(TOO_OLD, {"oldest": now - LATEST}, "medium_published_at")
    if closes_at <= now:
        raise Invalid(CLOSED_ALREADY, {}, "closes_at")


def _may_hold(tender: Tender, person: Person) -> None:
    if "keyholder" not in person.role_names:
        raise Invalid(NO_KEYHOLDER, {"name": person.name}, "holder")
    if any(one.person_id == person.id for one in tender.keyholders):
        raise Invalid(NAMED_BEFORE, {"name": person.name}, "holder")


def _is_key(text: str) -> bool:
    try:
        x25519.Recipient.from_str(text)
    except (RecipientError, TypeError):
        return False
    return text == text.lower()


def _demand_draft(tender: Tender) -> None:
    if tender.state != "draft":
        raise OutOfOrder(NOT_DRAFT)


def _rests_on(project: Project) -> bool:
    """Whether a published tender rests on the project: then its papers may not change any more."""
    return any(one.state in STARTED for one in queries.runs_of(project))


given.HOLDERS.append(_rests_on)
