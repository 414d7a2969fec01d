"""How later domains add to an organization's public profile, without the register knowing them.

Three things can be added; each function takes the organization and is called for every profile that is shown:

    @section                                 # a part of the page, below those that were added before
    def contracts(organization):             # → (heading, finished markup), or None where there is nothing to show
        return N_("承接的政府购买服务"), Markup(render_template(…))

    @data("contracts", N_("…"))              # a field of /organizations/<id>.json; the text documents it for readers
    def contracts_data(organization):        # → what JSON can hold, an empty list where there is nothing
        return [{"project": …}]

    @records({"agreement.publish": N_("合同公告")})   # log entries for the timeline, with what each action is called
    def contract_records(organization):      # → the public ids of the records whose public entries belong in it
        return ["3f…"]

`@section` takes an anchor, `@section("contracts")`; without one the name of the function is the anchor. Everything
added here is public: add only what everybody may read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, overload

from markupsafe import Markup

from app.registry.models import Organization

Section = tuple[str, Markup]
Drawer = Callable[[Organization], Section | None]
Teller = Callable[[Organization], Any]
Finder = Callable[[Organization], Iterable[str]]
_SECTIONS: list[tuple[str, Drawer]] = []
_DATA: dict[str, tuple[str, Teller]] = {}
_RECORDS: list[Finder] = []
_ACTIONS: dict[str, str] = {}


@dataclass(frozen=True)
class Part:
    """One part of the page: where it is linked to, its heading (a message id), its finished markup."""

    anchor: str
    heading: str
    markup: Markup


@overload
def section(function: Drawer, /) -> Drawer: ...
@overload
def section(anchor: str, /) -> Callable[[Drawer], Drawer]: ...
def section(given: Drawer | str, /) -> Any:
    """Let a function add a part to every organization's page, below those that were added before."""
    if isinstance(given, str):
        return lambda function: _keep(given, function)
    return _keep(given.__name__.replace("_", "-"), given)


def data(name: str, text: str) -> Callable[[Teller], Teller]:
    """Let a function add the field *name* to every organization's JSON; *text* (a message id) says what it holds."""

    def keep(function: Teller) -> Teller:
        _DATA[name] = (text, function)
        return function

    return keep


def records(actions: Mapping[str, str]) -> Callable[[Finder], Finder]:
    """Let a function name records whose public log entries belong in the timeline; *actions* says what they are."""

    def keep(function: Finder) -> Finder:
        _RECORDS.append(function)
        _ACTIONS.update(actions)
        return function

    return keep


def parts(organization: Organization) -> list[Part]:
    """The parts that later domains have to add for this organization."""
    drawn = ((anchor, function(organization)) for anchor, function in _SECTIONS)
    return [Part(anchor, *found) for anchor, found in drawn if found]


def added_data(organization: Organization) -> dict[str, Any]:
    """The fields that later domains add to this organization's JSON."""
    return {name: function(organization) for name, (_text, function) in _DATA.items()}


def added_fields() -> dict[str, str]:
    """Those fields with what each holds (message ids)."""
    return {name: text for name, (text, _function) in _DATA.items()}


def added_records(organization: Organization) -> list[str]:
    """The public ids of the records that later domains want in this organization's timeline."""
    return [one for function in _RECORDS for one in function(organization)]


def added_actions() -> dict[str, str]:
    """What the actions of those records are called (message ids)."""
    return dict(_ACTIONS)


def _keep(anchor: str, function: Drawer) -> Drawer:
    _SECTIONS.append((anchor, function))
    return function
