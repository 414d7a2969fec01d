"""The public register: list, exports and profile; the registrar's pages are in desk_views.py."""

from flask import Response, request, url_for

from app.core import clock
from app.core.door import Door, page, person
from app.places.queries import name_of
from app.registry import exports, listing, queries
from app.registry.models import FACT_KINDS, KINDS, Organization
from app.registry.profile import parts
from app.registry.standing import bidder
from app.registry.standing_facts import EFFECTS, RULES
from app.registry.steps import steps
from app.rules.bidding import eligible

door = Door("registry", __name__)
STATES = Organization.lifecycle.states


@door.page("/organizations", may="public.read")
def index() -> str:
    """The register, searched and filtered, a page at a time."""
    asked, after = listing.Asked.of(request.args), request.args.get("after", "")
    found = listing.page_of(asked, int(after) if after.isdecimal() and len(after) < 16 else 0)
    more = url_for("registry.index", **asked.args(), after=found.after) if found.after else None
    return page(
        "registry/index.html", listed=found.rows, asked=asked, more=more, kinds=KINDS, states=STATES,
        count=listing.count(asked), cap=listing.COUNTED, where=name_of(asked.place) if asked.place else "",
        first=not after,
    )  # fmt: skip


@door.page("/organizations.json", may="public.read")
def as_json() -> Response:
    """Every organization that the same question finds, streamed."""
    return exports.organizations_json(listing.Asked.of(request.args))


@door.page("/organizations.csv", may="public.read")
def as_csv() -> Response:
    """The same as a sheet."""
    return exports.organizations_csv(listing.Asked.of(request.args))


@door.page("/organizations/<id>", load=Organization, may="public.read")
def show(organization: Organization) -> str:
    """One organization: registration, standing with its effect, history, and what later domains add."""
    day = clock.today()
    return page(
        "registry/show.html", organization=organization, kinds=KINDS, today_=day,
        facts=[(fact, queries.holds(fact, day)) for fact in queries.facts_of(organization.body)],
        fact_kinds=FACT_KINDS, rules=RULES, effects=EFFECTS, steps=steps(organization, person()),
        standing=list(eligible(bidder(organization.body, day), day)), history=queries.history(organization),
        where=name_of(organization.place), parts=parts(organization), words=queries.ACTIONS,
    )  # fmt: skip


from app.registry import desk_views as desk_views  # noqa: E402 - more routes of the same door
