"""What is read of tenders, and the timeline of their statutory clocks."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, cast, exists, false, func, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Body
from app.catalogue import queries as catalogue
from app.core import access, clock
from app.core.access import Actor
from app.core.db import db
from app.core.words import N_
from app.plans import queries as plans
from app.plans.models import METHODS, PREPARATIONS, Lot, Preparation, Project
from app.rules.clocks import HAPPENS, NOT_AFTER, NOT_BEFORE
from app.rules.timeline import Clock, Steps
from app.rules.timeline import timeline as clocks
from app.tenders.models import Keyholder, Tender

PAGE = 30
SENSES = {NOT_BEFORE: N_("不早于这一天"), NOT_AFTER: N_("不晚于这一天"), HAPPENS: N_("到这一天自动发生")}
PROJECTED = N_("前一步还没有办，按法定最长（最短）期限推算")
PREPARED_BY = {
    "need_survey": "B-17", "public_comment": "B-16", "ex_ante_assessment": "A-14", "intention": "B-13",
    "method_consent": "B-07", "method_approval": "B-07",
}  # fmt: skip
DEADLINE = {**dict.fromkeys(METHODS, "B-42"), "consultation": "B-70", "negotiation": "B-78"}
DOABLE = (  # the permission, the words, the page, in which states, how the button looks
    ("tender.edit", N_("密钥保管人"), "keyholders", ("draft",), "secondary"),
    ("tender.edit", N_("开启人数"), "threshold", ("draft",), "secondary"),
    ("tender.publish", N_("发布公告"), "publish", ("draft",), "primary"),
    ("bidding.enter", N_("投标"), "bids", ("published", "opened", "judged", "awarded"), "primary"),
    ("award.read", N_("评审"), "judging", ("opened", "judged", "awarded"), "secondary"),
    ("tender.fail", N_("废标"), "fail", ("published", "opened", "judged"), "warning"),
    ("tender.cancel", N_("取消采购"), "cancel", ("draft", "published"), "warning"),
)
SHOWN = ("published", "opened", "judged", "awarded", "failed", "cancelled")


def listed(*, still_open: bool, after: str | None = None, limit: int = PAGE) -> tuple[list[Row[Any]], str | None]:
    """Published tenders as rows for the public list, and the key of the next page when there is one.

    Open ones (bids are taken, by the clock), the nearest deadline first; the others, the latest deadline first.
    *after* is the public id of the last row of the page before.
    """
    taken = and_(Tender.state == "published", Tender.closes_at > clock.now())
    query = _rows().where(Tender.published_at.is_not(None), taken if still_open else ~taken)
    if after:
        query = query.where(_past(after, forward=still_open))
    order = (Tender.closes_at, Tender.id) if still_open else (Tender.closes_at.desc(), Tender.id.desc())
    found = list(db.session.execute(query.order_by(*order).limit(limit + 1)))
    return found[:limit], found[limit - 1].public_id if len(found) > limit else None


def _past(after: str, *, forward: bool) -> ColumnElement[bool]:
    """The rows beyond the tender with this public id, in the order of its deadline; none beyond one there is not."""
    last = db.session.execute(select(Tender.closes_at, Tender.id).where(Tender.public_id == after)).one_or_none()
    if last is None:
        return false()
    beyond = Tender.closes_at > last.closes_at if forward else Tender.closes_at < last.closes_at
    tie = Tender.id > last.id if forward else Tender.id < last.id
    return or_(beyond, and_(Tender.closes_at == last.closes_at, tie))


def open_tenders(after: str | None = None, limit: int = PAGE) -> tuple[list[Row[Any]], str | None]:
    """The tenders for which bids are taken now, the nearest deadline first."""
    return listed(still_open=True, after=after, limit=limit)


def _rows() -> Select[Any]:
    ceiling = select(cast(func.sum(Lot.ceiling_fen), BigInteger))  # PostgreSQL sums a bigint into a decimal
    of_project = (Lot.project_id == Tender.project_id, ~Lot.dropped)
    return (
        select(
            Tender.public_id, Tender.number, Tender.state, Tender.closes_at, Project.name, Project.method,
            Body.name.label("buyer"),
            select(func.count()).where(*of_project).correlate(Tender).scalar_subquery().label("lots"),
            ceiling.where(*of_project).correlate(Tender).scalar_subquery().label("ceiling_fen"),
        )
        .join(Project, Project.id == Tender.project_id)
        .join(Body, Body.id == Tender.buyer_id)
    )  # fmt: skip


def runs_of(project: Project) -> list[Tender]:
    """Every run of procurement of a project, oldest first."""
    return list(db.session.scalars(select(Tender).where(Tender.project_id == project.id).order_by(Tender.id)))


def published(before: int | None = None, *, still_open: bool = False) -> list[Tender]:
    """Published tenders, newest first, a page at a time."""
    query = select(Tender).where(Tender.published_at.is_not(None)).order_by(Tender.id.desc()).limit(PAGE)
    if still_open:
        query = query.where(Tender.state == "published", Tender.closes_at > clock.now())
    return list(db.session.scalars(query.where(Tender.id < before) if before else query))


def drafts_for(who: Actor) -> list[Tender]:
    """Tenders in preparation that this person may see: their body's own, or those they hold a key of."""
    held = select(Keyholder.tender_id).where(Keyholder.person_id == who.id)
    query = select(Tender).where(Tender.state == "draft")
    mine = or_(Tender.buyer_id == (who.body_id or 0), Tender.id.in_(held))
    return list(db.session.scalars(query.where(mine).order_by(Tender.id.desc())))


def drafts_of(body_id: int | None) -> list[Tender]:
    """A buyer's tenders in preparation, with their keyholders."""
    query = select(Tender).where(Tender.state == "draft", Tender.buyer_id == body_id).order_by(Tender.id)
    return list(db.session.scalars(query.options(selectinload(Tender.keyholders))))


def without_key(person_id: int) -> list[Tender]:
    """Tenders in preparation in which this person is a keyholder and has registered no key."""
    mine = select(Keyholder.tender_id).where(Keyholder.person_id == person_id, Keyholder.recipient == "")
    return list(db.session.scalars(select(Tender).where(Tender.state == "draft", Tender.id.in_(mine))))


def to_begin(body_id: int | None) -> list[tuple[str, str]]:
    """Name and public id of a buyer's approved projects of which no run is under way or done."""
    live = exists().where(Tender.project_id == Project.id, Tender.state.not_in(("failed", "cancelled")))
    query = select(Project.name, Project.public_id).where(
        Project.state == "approved", Project.buyer_id == body_id, ~live
    )
    return [(name, public_id) for name, public_id in db.session.execute(query.order_by(Project.id))]


lots_of = plans.lots_of


def keyholder_of(tender: Tender, person_id: int) -> Keyholder | None:
    """The keyholder this person is in a tender."""
    return next((k for k in tender.keyholders if k.person_id == person_id), None)


def is_public(tender: Tender) -> bool:
    """Whether everybody may see it."""
    return tender.published_at is not None


def is_open(tender: Tender) -> bool:
    """Whether bids are taken just now, by the clock."""
    return tender.state == "published" and tender.closes_at is not None and clock.now() < tender.closes_at


def time_left(tender: Tender) -> tuple[int, int, int] | None:
    """Days, hours and minutes until the deadline while bids are taken."""
    if not is_open(tender) or tender.closes_at is None:
        return None
    minutes = int((tender.closes_at - clock.now()).total_seconds()) // 60
    return minutes // 1440, minutes % 1440 // 60, minutes % 60


def buttons(tender: Tender, who: Actor) -> list[dict[str, Any]]:
    """What this reader's role can do with the tender in its state, each with what keeps this reader from it."""
    doable = [one for one in DOABLE if tender.state in one[3] and access.may(who, one[0])]
    mine = keyholder_of(tender, who.id) if tender.state == "draft" else None
    keys = [("tender.manage", N_("登记公钥"), "key", ("draft",), "primary")] if mine else []
    return [
        {
            "label": label, "url": f"/tenders/{tender.public_id}/{path}", "tone": tone,
            "reason": access.may(who, action, tender).reason,
        }
        for action, label, path, _states, tone in [*keys, *doable]
    ]  # fmt: skip


def intention_day(project: Project) -> date | None:
    """The day the procurement intention was made public (B-13)."""
    query = select(Preparation.day).where(
        Preparation.project_id == project.id, Preparation.kind == "intention", Preparation.dropped.is_(False)
    )
    return db.session.scalar(query.order_by(Preparation.day).limit(1))


def steps(tender: Tender, **later: Any) -> Steps:
    """What is known of the tender's course; later domains add what they know."""
    return Steps(
        method=tender.project.method,
        intent_on=intention_day(tender.project),
        published_at=tender.medium_published_at,
        closes_at=tender.closes_at,
        **later,
    )


def clocks_of(tender: Tender, **later: Any) -> list[Clock]:
    """The statutory clocks of the purchase that can be told, in the order of the cycle."""
    return clocks(steps(tender, **later), catalogue.calendar(), catalogue.norms(tender.place))


def timeline(tender: Tender, **later: Any) -> list[dict[str, Any]]:
    """What was done and every statutory clock, by day, as rows for the drawn timeline."""
    rows = [*_done(tender), *(_clock(one) for one in clocks_of(tender, **later))]
    return sorted(rows, key=lambda row: (_day(row["when"]), not isinstance(row["when"], datetime)))


def _clock(one: Clock) -> dict[str, Any]:
    note = PROJECTED if one.projected else SENSES[one.sense]
    return {
        "label": one.name, "when": one.due, "starts": one.starts, "rule": one.rule, "note": note,
        "provisional": one.provisional, "state": _state(one.due), "key": one.key,
    }  # fmt: skip


def _done(tender: Tender) -> list[dict[str, Any]]:
    """The preparations, the publication and the deadline: what the clocks run from."""
    query = select(Preparation).where(Preparation.project_id == tender.project_id, ~Preparation.dropped)
    known = [(PREPARATIONS[one.kind], one.day, PREPARED_BY[one.kind]) for one in db.session.scalars(query)]
    if tender.medium_published_at:
        known.append((N_("指定媒体首次发布公告"), tender.medium_published_at, "B-19"))
    if tender.closes_at:
        known.append((N_("投标（响应）截止，随后开标"), tender.closes_at, DEADLINE[tender.project.method]))
    return [
        {"label": label, "when": when, "rule": rule, "provisional": False, "state": _state(when)}
        for label, when, rule in known
    ]


def _state(when: date) -> str:
    if isinstance(when, datetime) and when <= clock.now():
        return "past"
    day = _day(when)
    return "future" if day > clock.today() else "now" if day == clock.today() else "past"


def _day(when: date) -> date:
    return clock.day_of(when) if isinstance(when, datetime) else when
