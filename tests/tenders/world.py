"""A tender of the family service centre (or a small one), with keyholders who have registered real keys."""

from datetime import date, datetime, timedelta
from typing import Any

from pyrage import x25519

from app.demonstration import people
from app.plans.models import Project
from app.tenders import actions
from app.tenders.models import Tender
from tests.conftest import Hands, turn
from tests.plans import world as plans
from tests.plans.world import FAMILY, STEPS, at, who

KEYS = [str(x25519.Identity.generate().to_public()) for _ in people.STANDINGS]
PUBLISHED, CLOSES = STEPS["published"], STEPS["bids_close"]
MEDIUM = {"medium_name": "中国政府采购网", "medium_url": "https://www.ccgp.gov.cn/cggg/t20260415_1.htm"}


def approved(hands: Hands) -> Project:
    """The family service centre, approved on its day."""
    return plans.reviewed(plans.prepared(plans.family(hands), hands), hands)


def small_approved(hands: Hands) -> Project:
    """The consultation, prepared in March and approved on 13 April."""
    project = plans.small(hands)
    hands.set(at(date(2026, 3, 10)))
    with turn(who("officer")):
        for kind in ("need_survey", "public_comment", "ex_ante_assessment", "intention"):
            plans.actions.prepare(project, kind, date(2026, 3, 10), subjects=3)
    return plans.reviewed(project, hands)


def drafted(project: Project, *, keys: int = 5) -> Tender:
    """A run with five keyholders, of whom the first *keys* have registered."""
    with turn(who("officer")):
        tender = actions.draft(project)
        for number, standing in enumerate(FAMILY["keyholders"]["bodies"], 1):
            actions.name_keyholder(tender, who(f"key{number}"), standing)
        actions.set_threshold(tender, FAMILY["keyholders"]["threshold"])
    for holder, key in list(zip(tender.keyholders, KEYS, strict=True))[:keys]:
        with turn(holder.person):
            actions.register_key(holder, key)
    return tender


def publish(
    tender: Tender, hands: Hands, *, published: datetime = PUBLISHED, closes: datetime = CLOSES, **more: Any
) -> Tender:
    """Published an hour after the medium did it."""
    hands.set(published + timedelta(hours=1))
    with turn(who("officer")):
        return actions.publish(tender, medium_published_at=published, closes_at=closes, **(MEDIUM | more))
