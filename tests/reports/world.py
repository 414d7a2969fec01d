"""Organizations that report, the people of their supervising unit, and two registrars."""

from datetime import UTC, date, datetime
from typing import Any

from app.accounts import actions as accounts
from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.demonstration import people
from app.registry import actions as registry
from app.registry.models import Organization
from app.rules.codes import make_uscc
from tests.conftest import turn

SERVICE, ASSOCIATION, FOUNDATION = "甲社会工作服务中心", "丁长者关爱协会", "岭南公益基金会"
UNIT = people.BUYER  # a supervising unit that takes part itself
PREFIXES = {"association": "51", "service": "52", "foundation": "53"}


def at(day: str, hour: int = 9) -> datetime:
    """That hour of the Beijing day."""
    return datetime(*date.fromisoformat(day).timetuple()[:3], hour - 8, tzinfo=UTC)


def organizations() -> dict[str, Organization]:
    """A service institution without, an association with a supervising unit here, and a foundation."""
    with turn():
        return {
            "service": _registered(SERVICE, "service", people.BUREAU),
            "association": _registered(ASSOCIATION, "association", UNIT),
            "foundation": _registered(FOUNDATION, "foundation", people.BUREAU, fundraising="public"),
        }


def _registered(name: str, kind: str, unit: str, **more: Any) -> Organization:
    body = body_named(name)
    code = body.credit_code if body else make_uscc(PREFIXES[kind], people.DISTRICT, "41000006")
    level = "provincial" if kind == "foundation" else "county"
    return registry.register(
        name=name, kind=kind, credit_code=code or "", registrar=people.BUREAU, supervising_unit=unit,
        legal_representative=f"{name[:1]}某", capital_fen=900_000_000, address="广州市荔湾区", scope="社区服务",
        fields=("社区发展",), place=people.DISTRICT, body=body, level=level,
        established_on=date(2019, 5, 6), **more,
    )  # fmt: skip


def person(sign_in_name: str, role: str, body: Body) -> Person:
    """Somebody more, of this body."""
    with turn():
        return accounts.add_person(
            name=f"{sign_in_name}某", sign_in_name=sign_in_name, password=accounts.first_password(), roles={role},
            body=body, place=people.DISTRICT,
        )  # fmt: skip


def bureau() -> Body:
    """The registrar's body."""
    found = body_named(people.BUREAU)
    assert found is not None
    return found
