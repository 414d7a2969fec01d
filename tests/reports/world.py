"""Organizations that report, the people of their supervising unit, and two registrars."""

from datetime import UTC, date, datetime
from typing import Any

from flask import current_app

from app.accounts import actions as accounts
from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.demonstration import people
from app.registry import actions as registry
from app.registry.models import Organization
from app.reports import actions, given
from app.reports.forms import kept, section_form
from app.reports.models import AnnualReport
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


BALANCE = {  # yuan as typed: at the beginning of the year, at its end
    "cash": ("800,000", "760000"),
    "receivables": ("50000", "40,000.50"),
    "current_assets": ("850000", "800000.50"),
    "fixed_assets": ("150000", "120000"),
    "total_assets": ("1000000", "920000.50"),
    "payables": ("200000", "150000.50"),
    "total_liabilities": ("200000", "150000.50"),
    "unrestricted": ("700000", "670000"),
    "restricted": ("100000", "100000"),
    "net_assets": ("800000", "770000"),
}
INCOME = {
    "donations": "300000", "services": "1200000", "grants": "500000", "total_income": "2000000", "mission": "1,830,000",
    "admin": "200000", "total_expenses": "2030000", "net_change": "-30000",
}  # fmt: skip
CASH = {"cash_in": "2010000", "cash_out": "2050000", "operating": "-40000", "increase": "-40000"}
REST = {
    "basics": {"changed": "no", "website": "https://jia.example"},
    "governance": {"council": "9", "council_meetings": "2", "supervisors": "3"},
    "staff": {"full_time": "12", "volunteers": "40"},
    "party": {"party_form": "joint", "party_members": "3"},
    "work": {
        "summary": "为长者和困境儿童提供服务。", "activities-0-title": "长者探访", "activities-0-people": "3,200",
        "activities-0-cost": "60万元", "activities-1-title": "",
    },
}  # fmt: skip


def typed(opening: bool = True) -> dict[str, dict[str, str]]:
    """Every section of a service institution as its manager types it; without openings where they are held."""
    columns = (("opening", 0), ("closing", 1)) if opening else (("closing", 1),)
    balance = {f"{line}_{column}": pair[n] for line, pair in BALANCE.items() for column, n in columns}
    return {
        **REST,
        "balance": balance,
        "income": {f"{line}_amount": value for line, value in INCOME.items()},
        "cash": {f"{line}_amount": value for line, value in CASH.items()},
    }


def write(report: AnnualReport, by: Person, **other: dict[str, str]) -> None:
    """Write every section through the forms, with *other* in the place of some."""
    with turn(by):
        for section in report.sections:
            said = typed() | EXTRA.get(report.kind, {}) | other
            asked = given.to_ask(section)
            with current_app.test_request_context(method="POST", data=said.get(section.key, {})):
                form = section_form(asked, {})()
                assert form.validate(), form.errors
                values = kept(asked, form)
            actions.save(section, values)


EXTRA: dict[str, dict[str, dict[str, str]]] = {
    "association": {
        "governance": REST["governance"] | {"members_individual": "60", "members_unit": "3"},
        "branches": {"branches": "0"},
    },
    "foundation": {
        "governance": REST["governance"] | {"council_paid": "1"},
        "charity": {"campaigns": "1", "raised": "300000", "raised_spent": "100000"},
        "spending": {
            "charity_spend": "1200000", "staff_pay": "100000", "office": "50000", "last_income": "2000000",
            "last_balance": "800000",
        },
    },
}  # fmt: skip
