"""What later domains add to an organization's public page (contracts, ratings), without the register knowing them.

A domain registers a function of the organization that gives a heading (a message id) and finished markup, or None:

    @section
    def contracts(organization): ...
"""

from collections.abc import Callable

from markupsafe import Markup

from app.registry.models import Organization

Section = tuple[str, Markup]
_SECTIONS: list[Callable[[Organization], Section | None]] = []


def section(function: Callable[[Organization], Section | None]) -> Callable[[Organization], Section | None]:
    """Let *function* add a part to every organization's page, below those that were added before."""
    _SECTIONS.append(function)
    return function


def sections(organization: Organization) -> list[Section]:
    """The parts that later domains have to add for this organization."""
    return [found for one in _SECTIONS if (found := one(organization))]
