"""Registering by hand, changing, deregistering, facts about standing: what the law bars stands at its field."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.models import Body, Person
from app.accounts.queries import body_named, people_with
from app.catalogue.actions import load_norms
from app.core import log, search
from app.core.db import db
from app.core.errors import Invalid, NotAllowed, OutOfOrder
from app.core.law import Unlawful
from app.demonstration import people
from app.registry import actions, queries
from app.registry.models import Organization, StandingFact
from app.registry.standing import bidder
from app.rules.bidding import eligible
from app.rules.codes import make_uscc
from tests.conftest import turn

CODE = make_uscc("52", "440103", "MJL00099")
GIVEN = {
    "name": "己青少年发展中心", "kind": "service", "credit_code": CODE, "registrar": "广州市荔湾区民政局",
    "supervising_unit": "共青团广州市荔湾区委员会", "legal_representative": "己某", "capital_fen": 3_000_000,
    "address": "广州市荔湾区", "scope": "青少年社会工作服务", "fields": ("青少年", "社区发展"), "place": "440103",
}  # fmt: skip


@pytest.fixture
def registrar(app: Flask) -> Person:
    """Somebody who registers, with the law's numbers loaded."""
    with turn():
        load_norms()
        people.enter_people()
    return people_with("registrar")[0]


def registered(registrar: Person, **other: object) -> Organization:
    """Register with these values in place of the usual."""
    with turn(registrar):
        return actions.register(**{**GIVEN, **other})  # type: ignore[arg-type]


def refused(registrar: Person, **other: object) -> list[tuple[str, str | None]]:
    """Rule and field of every finding that bars."""
    with pytest.raises(Unlawful) as refusal:
        registered(registrar, **other)
    return [(f.rule, f.field) for f in refusal.value.findings if f.bars]


def test_registered_by_hand_found_logged_and_given_an_account(registrar: Person) -> None:
    made = registered(registrar, credit_code=f" {CODE.lower()[:9]}-{CODE[9:]} ")
    assert (made.body.credit_code, made.org_code, made.org_code_verified) == (CODE, CODE[8:17], True)
    assert (made.fields, made.state, made.place) == ("青少年、社区发展", "registered", "440103")
    assert search.find("organization", "青少") == search.find("organization", CODE) == [made.id]
    with turn(registrar):
        person, password = actions.give_account(made, "己负责人", "Ji")
    assert (person.sign_in_name, person.roles, person.body_id) == ("ji", "manager", made.body_id)
    assert passwords.matches(person, password)
    assert [e.action for e in log.since(0, 2000)][-3:] == ["body.add", "organization.register", "person.add"]
    assert password not in "".join(e.values for e in log.since(0, 2000))


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"credit_code": CODE[:-1]}, [("C-13", "credit_code")]),
        ({"credit_code": CODE[:2] + "I" + CODE[3:]}, [("C-13", "credit_code")]),
        ({"credit_code": CODE[:17] + ("0" if CODE[17] != "0" else "1")}, [("C-14", "credit_code")]),
        ({"credit_code": make_uscc("51", "440103", "MJL00099")}, [("C-13", "credit_code")]),
        ({"scope": ""}, [("C-07", "scope")]),
        ({"kind": "association", "credit_code": make_uscc("51", "440103", "MJL00099"), "capital_fen": 2_999_999},
         [("C-01", "capital")]),
        ({"kind": "foundation", "credit_code": make_uscc("53", "440103", "MJL00099"), "capital_fen": 10**9},
         [("C-09", "level")]),
        ({"kind": "foundation", "credit_code": make_uscc("53", "440103", "MJL00099"), "level": "provincial",
          "capital_fen": 199_999_999}, [("C-09", "capital")]),
    ],
)  # fmt: skip
def test_what_the_law_bars(registrar: Person, other: dict[str, object], found: list[tuple[str, str]]) -> None:
    assert refused(registrar, **other) == found
    assert db.session.scalar(select(Organization.id)) is None
    assert body_named(str(GIVEN["name"])) is None


@pytest.mark.parametrize("digit", [16])
def test_the_inner_check_digit_is_looked_at_too(registrar: Person, digit: int) -> None:
    wrong = CODE[:digit] + ("1" if CODE[digit] != "1" else "2") + CODE[digit + 1 :]
    assert ("C-15", "credit_code") in refused(registrar, credit_code=wrong)


def test_a_name_or_code_that_is_taken(registrar: Person) -> None:
    registered(registrar, name="己（青少年）中心")
    other = make_uscc("52", "440103", "MJL00100")
    for name in ("己（青少年）中心", "己(青少年) 中心", "己（靑少年）中心".replace("靑", "青")):
        with pytest.raises(Invalid) as taken:
            registered(registrar, name=name, credit_code=other)
        assert taken.value.field == "name"
    with pytest.raises(Invalid) as taken:
        registered(registrar)
    assert taken.value.field == "credit_code"


def test_a_body_that_takes_part_already_gets_its_record_once(registrar: Person) -> None:
    jia = body_named("甲社会工作服务中心")
    assert jia is not None
    made = registered(registrar, name=jia.name, credit_code=jia.credit_code, body=jia)
    assert made.body_id == jia.id
    with pytest.raises(Invalid):
        registered(registrar, name=jia.name, credit_code=jia.credit_code, body=jia)


def test_the_same_legal_representative_of_another_association_is_a_warning(registrar: Person) -> None:
    def association(n: int) -> Organization:
        code = make_uscc("51", "440103", f"MJL0{n:04d}")
        return registered(registrar, kind="association", credit_code=code, name=f"第{n}志愿者协会")

    assert actions.warnings(association(1)) == []
    (warned,) = actions.warnings(association(2))
    assert (warned.rule, warned.bars, warned.values["name"]) == ("C-03", False, "第1志愿者协会")


def test_changes_are_logged_and_found_and_a_later_code_must_fit(registrar: Person) -> None:
    made = registered(registrar)
    with turn(registrar):
        actions.amend(made, name="庚青年中心", capital_fen=5_000_000, fields=("养老",), address="越秀区")
    assert (made.body.name, made.body.address, made.capital_fen, made.fields) == (
        "庚青年中心",
        "越秀区",
        5_000_000,
        "养老",
    )
    assert search.find("organization", "庚青") == [made.id]
    assert search.find("organization", "青少") == []
    with pytest.raises(Unlawful) as refusal, turn(registrar):
        actions.amend(made, credit_code=make_uscc("52", "440103", "MJL00777"))
    assert [(f.rule, f.field) for f in refusal.value.findings] == [("C-15", "credit_code")]
    other = registered(registrar, name="辛中心", credit_code=make_uscc("52", "440103", "MJL00100"))
    with pytest.raises(Invalid), turn(registrar):
        actions.amend(other, name="庚青年中心")
    assert [e.action for e in queries.history(made)][-2:] == ["organization.amend", "body.amend"]


def test_deregistered_once_and_for_all(registrar: Person) -> None:
    made = registered(registrar)
    with pytest.raises(NotAllowed), turn(people_with("officer")[0]):
        actions.deregister(made)
    with turn(registrar):
        actions.deregister(made)
    for again in (lambda: actions.deregister(made), lambda: actions.amend(made, scope="x"),
                  lambda: actions.give_account(made, "某", "mou")):  # fmt: skip
        with pytest.raises(OutOfOrder), turn(registrar):
            again()
    assert queries.history(made)[-1].action == "organization.deregister"


def test_facts_bar_or_warn_from_their_first_to_their_last_day(registrar: Person) -> None:
    body: Body = registered(registrar).body

    def found(day: date) -> list[tuple[str, bool]]:
        return [(f.rule, f.bars) for f in eligible(bidder(body, day), day)]

    with turn(registrar):
        abnormal = actions.enter_fact(body, kind="abnormal_list", since=date(2026, 1, 10), source="穗民异〔2026〕1号")
        actions.enter_fact(
            body, kind="ban", since=date(2026, 2, 1), until=date(2026, 2, 28), source="财罚〔2026〕2号", amount_fen=100
        )
    assert found(date(2026, 1, 9)) == []
    assert found(date(2026, 1, 10)) == [("C-28", False)]
    assert found(date(2026, 2, 28)) == [("B-21", True), ("C-28", False)]
    assert found(date(2026, 3, 1)) == [("C-28", False)]
    with turn(registrar):
        actions.end_fact(abnormal, date(2026, 2, 10), "穗民移〔2026〕1号")
    assert found(date(2026, 3, 1)) == []
    assert abnormal.source == "穗民异〔2026〕1号；穗民移〔2026〕1号"
    with pytest.raises(OutOfOrder), turn(registrar):
        actions.end_fact(abnormal, date(2026, 2, 11), "再来")
    with turn(registrar):
        actions.enter_fact(body, kind="serious_list", since=date(2026, 3, 1), source="民严〔2026〕1号")
    assert found(date(2030, 1, 1)) == [("C-28", True)]
    assert [e.public for e in log.entries_of(abnormal.public_id)] == [True, True]


def test_facts_without_source_or_in_the_wrong_order_or_by_others(registrar: Person) -> None:
    body = registered(registrar).body
    day = date(2026, 1, 10)
    for wrong in (
        {"kind": "ban", "source": " "}, {"kind": "rumour", "source": "x"},
        {"kind": "ban", "source": "x", "until": date(2026, 1, 9)},
    ):  # fmt: skip
        with pytest.raises(Invalid), turn(registrar):
            actions.enter_fact(body, since=day, **wrong)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed), turn(people_with("manager")[0]):
        actions.enter_fact(body, kind="ban", since=day, source="x")
    assert db.session.scalar(select(StandingFact.id)) is None
