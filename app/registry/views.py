"""The public register: list, exports and profile; the registrar's pages are in desk_views.py."""

from flask import Response, request
from flask_babel import gettext as _

from app.core import clock
from app.core.door import Door, page, person
from app.core.framing import framed
from app.places.queries import name_of
from app.registry import exports, listing, queries, showing
from app.registry.asking import Asked
from app.registry.models import FACT_KINDS, KINDS, Organization
from app.registry.profile import parts
from app.registry.standing import bidder
from app.registry.standing_facts import EFFECTS, RULES
from app.registry.steps import steps
from app.rules.bidding import eligible

door = Door("registry", __name__)


@door.page("/organizations", may="public.read")
def index() -> str:
    """The register, searched, filtered and sorted, a page at a time."""
    asked, cursor = Asked.of(request.args), request.args.get("cursor", "")
    return framed(
        "registry/index.html", title=_("社会组织"), crumbs=[(_("首页"), "/"), (_("社会组织"), None)], wide=True,
        **showing.shown(asked, listing.page_of(asked, cursor), not cursor, person()),
    )  # fmt: skip


@door.page("/organizations.json", may="public.read")
def as_json() -> Response:
    """A page of the same list as JSON, with the cursors of its neighbours."""
    return exports.page_json(request.args)


@door.page("/organizations/all.json", may="public.read")
def all_json() -> Response:
    """Every organization that the same question finds, streamed."""
    return exports.organizations_json(Asked.of(request.args))


@door.page("/organizations.csv", may="public.read")
def as_csv() -> Response:
    """The same as a sheet."""
    return exports.organizations_csv(Asked.of(request.args))


@door.page("/organizations.xlsx", may="public.read")
def as_xlsx() -> Response:
    """The same as a workbook."""
    return exports.organizations_xlsx(Asked.of(request.args))


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
