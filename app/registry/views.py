"""The public register: list, exports and profile; the registrar's pages are in desk_views.py."""

import json

from flask import Response, request
from flask_babel import gettext as _

from app.core.door import Door, page, person
from app.core.framing import framed
from app.places.queries import name_of
from app.registry import exports, listing, profile_page, showing
from app.registry.asking import Asked
from app.registry.models import FACT_KINDS, KINDS, Organization
from app.registry.standing_facts import EFFECTS, RULES
from app.registry.steps import steps

door = Door("registry", __name__)


@door.page("/organizations", may="public.read")
def index() -> str:
    """The register, searched, filtered and sorted, a page at a time."""
    typed = request.args.to_dict()
    asked, cursor = Asked.of(typed), typed.get("cursor", "")
    counted = listing.count(asked) if typed.get("count") == "1" else None
    holes, of, values = showing.shown(asked, listing.page_of(asked, cursor), not cursor, counted, person())
    crumbs = ((_("首页"), "/"), (_("社会组织"), None))
    return framed("registry/index.html", holes, of, title=_("社会组织"), crumbs=crumbs, wide=True, **values)


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


@door.page("/organizations/fields", may="public.read")
def fields() -> str:
    """What every field of an organization's JSON holds."""
    return page("registry/fields.html", fields=profile_page.fields())


@door.page("/organizations/<id>.json", load=Organization, may="public.read")
def show_json(organization: Organization) -> Response:
    """One organization as data."""
    text = json.dumps(profile_page.as_data(organization), ensure_ascii=False, indent=1)
    return Response(text + "\n", content_type="application/json; charset=utf-8")


@door.page("/organizations/<id>", load=Organization, may="public.read")
def show(organization: Organization) -> str:
    """One organization: summary, registration, standing with its effect, service points, what later domains add."""
    return page(
        "registry/show.html", organization=organization, profile=profile_page.of(organization), kinds=KINDS,
        fact_kinds=FACT_KINDS, rules=RULES, effects=EFFECTS, steps=steps(organization, person()),
        where=name_of(organization.place),
    )  # fmt: skip


from app.registry import desk_views as desk_views  # noqa: E402 - more routes of the same door
from app.registry import point_views as point_views  # noqa: E402
from app.registry import saved_views as saved_views  # noqa: E402
