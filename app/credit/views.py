"""The public pages: both lists, penalties and bans; one entry; whether an organization can bid."""

from datetime import date

from flask import Response, request, url_for

from app.core import clock
from app.core.door import Door, page
from app.core.files import send
from app.core.typed import NotUnderstood, parse_day
from app.credit import exports, listing, queries
from app.credit.lifecycle import CREDIT
from app.credit.models import CreditCase
from app.credit.standing import standing
from app.credit.steps import leaving
from app.places.queries import name_of
from app.registry.models import Organization
from app.registry.standing_facts import EFFECTS
from app.rules.credit import KINDS, TRIGGERS

door = Door("credit", __name__)
FACTS = {"abnormal": "abnormal_list", "serious": "serious_list", "penalty": "penalty", "ban": "ban"}


@door.page("/credit", may="public.read")
def index() -> str:
    """The lists, searched and filtered, the newest entry first."""
    asked = listing.Asked.of(request.args)
    found = listing.page_of(asked, request.args.get("after", ""))
    more = url_for("credit.index", **asked.args(), after=found.after) if found.after else None
    return page(
        "credit/index.html", listed=found.rows, asked=asked, more=more, kinds=KINDS, triggers=TRIGGERS,
        states=CREDIT.states, nows=listing.NOW, where=name_of(asked.place) if asked.place else "",
    )  # fmt: skip


@door.page("/credit.json", may="public.read")
def as_json() -> Response:
    """Everything that the same question finds, streamed."""
    return exports.credit_json(listing.Asked.of(request.args))


@door.page("/credit.csv", may="public.read")
def as_csv() -> Response:
    """The same as a sheet."""
    return exports.credit_csv(listing.Asked.of(request.args))


@door.page("/credit/<id>", load=CreditCase, may="public.read")
def show(case: CreditCase) -> str:
    """One entry: what it says, what it does, how it ends, and its log."""
    queries.published(case)
    return page(
        "credit/show.html", case=case, kinds=KINDS, triggers=TRIGGERS, effects=EFFECTS, fact_kind=FACTS[case.kind],
        organization=queries.record_of(case.body), history=queries.history(case), words=queries.ACTIONS,
        leaving=leaving(case), where=name_of(case.place),
    )  # fmt: skip


@door.page("/credit/<id>/decision.pdf", load=CreditCase, may="public.read")
def decision(case: CreditCase) -> Response:
    """The decision, once it is entered."""
    return send(queries.paper(queries.published(case).decision), inline=True)


@door.page("/credit/<id>/removal.pdf", load=CreditCase, may="public.read")
def removal(case: CreditCase) -> Response:
    """The decision to take a body off a list."""
    return send(queries.paper(queries.published(case).removal), inline=True)


@door.page("/organizations/<id>/standing", load=Organization, may="public.read")
def can_bid(organization: Organization) -> str:
    """Whether it can bid on a day, why not, and from when."""
    shown = standing(organization.body, _asked_day())
    return page("credit/standing.html", organization=organization, shown=shown, today_=clock.today())


@door.page("/organizations/<id>/standing.json", load=Organization, may="public.read")
def can_bid_json(organization: Organization) -> Response:
    """The same for machines."""
    return exports.standing_json(standing(organization.body, _asked_day()))


def _asked_day() -> date:
    try:
        return parse_day(request.args["day"])
    except (KeyError, NotUnderstood):
        return clock.today()


from app.credit import desk_views as desk_views  # noqa: E402 - more routes of the same door
from app.credit import profile as profile  # noqa: E402 - the part on an organization's page
from app.credit import timed as timed  # noqa: E402 - what time does
