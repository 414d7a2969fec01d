"""A portal with two registrars of a district, two of a province, and three sponsors."""

import io
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.accounts import actions as accounts
from app.accounts.actions import find_person
from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.catalogue.actions import load_norms
from app.demonstration import people
from app.registration import sponsors, table
from app.registration.models import Application
from app.rules.codes import make_uscc
from tests.conftest import turn
from tests.http import client_as

PDF = b"%PDF-1.7 a paper"
PROVINCE = "广东省民政厅"
IDENTITY = "110101199003074258"  # made up, with a right check character
OTHER_IDENTITY = "110101198506151230"
NAME = {
    "organization_kind": "service", "region": "广州市荔湾区", "trade_name": "逢源人家", "line": "社会工作服务",
    "form": "中心", "purpose": "社区服务",
}  # fmt: skip
COMMON = {
    "address": "广州市荔湾区逢源路1号", "scope": "社区服务、社会工作服务", "fields": "社区发展",
    "legal_representative": "李明", "identity": IDENTITY, "capital": "50,000", "supervising_unit": "荔湾区民政局",
}  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "service": {**COMMON, "form": "legal_person"},
    "association": {**COMMON, "individuals": "50", "units": "0", "area": "荔湾区"},
    "foundation": {
        **COMMON, "capital": "2,000,000", "fundraising": "non_public",
        "council": "甲 理事长\n乙 理事\n丙 理事\n丁 理事\n戊 秘书长",
    },
}  # fmt: skip
GRANT = {"verdict": "grant", "reasons": "符合规定的条件。"}


def who(name: str) -> Person:
    """Somebody by sign-in name."""
    found = find_person(name)
    assert found is not None
    return found


def enter() -> None:
    """The demonstration's people, a provincial bureau with two registrars, and three sponsors."""
    with turn():
        load_norms()
        people.enter_people()
        province = accounts.add_body(
            name=PROVINCE, kind="bureau", place="440000", credit_code=make_uscc("11", "440000", "30000001")
        )  # fmt: skip
        for name in ("sheng1", "sheng2"):
            accounts.add_person(
                name=f"省{name[-1]}", sign_in_name=name, password=accounts.first_password(), roles={"registrar"},
                body=province, place="440000",
            )  # fmt: skip
    with turn(who("registrar")):
        for name in ("li", "wang", "zhao"):
            sponsors.add_sponsor(f"{name}筹备组", f"{name}发起人", name)


def bureau() -> Body:
    """The district's bureau."""
    found = body_named(people.BUREAU)
    assert found is not None
    return found


class Desk:
    """Everybody's browser, and the application they speak of."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.clients: dict[str, FlaskClient] = {}

    def __getitem__(self, name: str) -> FlaskClient:
        if name not in self.clients:
            self.clients[name] = client_as(self.app, who(name) if name else None)
        return self.clients[name]

    def post(self, name: str, url: str, /, **data: Any) -> Any:
        """Send a form."""
        return self[name].post(url, data=data)

    def draft(self, name: str, kind: str, authority: Body | None = None, /, **form: Any) -> Application:
        """Begin an application through its form."""
        answer = self.post(name, f"/registration/new/{kind}", authority=(authority or bureau()).public_id, **form)
        assert answer.status_code == 303, said(answer)
        return application(answer.location)

    def hand_in(self, name: str, one: Application, but: str = "") -> None:
        """Upload every material of an application (and submit nothing)."""
        for wanted in table.of(one).materials:
            if wanted.key != but:
                file = {"file": (io.BytesIO(PDF), f"{wanted.key}.pdf")}
                answer = self[name].post(f"{url(one)}/materials/{wanted.key}", data=file)
                assert answer.status_code == 303, said(answer)

    def accepted(self, name: str, one: Application, registrar: str = "registrar") -> None:
        """Materials, submit, accept."""
        self.hand_in(name, one)
        self.ok(name, f"{url(one)}/submit")
        self.ok(registrar, f"{url(one)}/accept")

    def reviewed(self, name: str, one: Application, registrar: str = "registrar") -> None:
        """… and reviewed, with the proposal to grant."""
        self.accepted(name, one, registrar)
        opinion = {"opinion": "材料齐全。", "proposes": "grant", "identity_seen": "y"}
        self.ok(registrar, f"{url(one)}/review", **opinion)

    def granted(
        self, name: str, one: Application, first: str = "registrar", second: str = "registrar2", **more: Any
    ) -> None:
        """… and granted by the other registrar."""
        self.reviewed(name, one, first)
        self.ok(second, f"{url(one)}/decide", **GRANT, **more)

    def ok(self, name: str, url: str, /, **data: Any) -> Any:
        """Send a form that is taken."""
        answer = self.post(name, url, **data)
        assert answer.status_code == 303, said(answer)
        return answer

    def named(self, name: str, kind: str = "service", authority: Body | None = None, **parts: str) -> Application:
        """A name that is granted."""
        first, second = ("sheng1", "sheng2") if authority else ("registrar", "registrar2")
        one = self.draft(name, "name", authority, **{**NAME, "organization_kind": kind, **parts})
        self.granted(name, one, first, second)
        return one

    def established(self, name: str, kind: str = "service", code: str = "", **more: Any) -> Application:
        """An organization that is registered; *more*: parts of its name, and values of its form as `form={…}`."""
        form = more.pop("form_values", {})
        reserved = self.named(name, kind, **more)
        one = self.draft(name, f"establish_{kind}", reserved=reserved.public_id, **{**FORMS[kind], **form})
        self.granted(name, one, credit_code=code or uscc(kind, 1))
        return one


def uscc(kind: str, number: int) -> str:
    """A right credit code."""
    prefix = {"association": "51", "service": "52", "foundation": "53"}[kind]
    return make_uscc(prefix, "440103", f"MJL{number:05d}")


def application(location: str) -> Application:
    """The application an address leads to."""
    from app.core.door import find

    return find(Application, location.rstrip("/").rsplit("/", 1)[-1])


def url(one: Application) -> str:
    """Where an application is shown."""
    return f"/registration/{one.public_id}"


def said(answer: Any) -> str:
    """The main part of a page as text, for a failing assertion."""
    main = re.sub(r"<[^>]+>", " ", answer.text[answer.text.find("<main") :])
    return re.sub(r"\s+", " ", main)[:1500]
