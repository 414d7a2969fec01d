"""Role × GET route × ownership: what somebody from elsewhere gets at every address of the portal.

Nobody gets a fault, and nobody reads what is another body's and not public. The tables below name every cell that is
open to a stranger beyond the public pages; a route that is new and open appears here or the test fails.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

import config
from app import create_app
from app.accounts.models import ROLES
from app.core import door
from app.core.db import db
from app.demonstration import people
from app.permissions import GRANTS
from tests.conftest import Hands
from tests.house import matrix_world as world
from tests.http import client_as
from tests.plans.world import who

ANSWERS = {200, 303, 401, 403, 404}
PUBLIC_ACTIONS = {"complaint.judge", "complaint.withdraw", "complaint.write", "place.read", "public.read"}

# What a stranger of each role gets beyond what the public gets. Lists are their own body's and here empty.
OWN = {
    "accounts.account", "accounts.password", "accounts.second_factor", "accounts.sign_out", "desk.index",
    "grading.mine", "registry.save", "registry.saved_searches",
}  # fmt: skip
ANSWERER = {"complaints.desk"}
BUYER = {"agreements.index", "budgets.index", "evaluations.index", "payments.index", "plans.index"}
# a published tender is for every bidder: their own bids, what sealing needs, and later their own result
APPLICANT = {"registration.index", "registration.new", "registration.start"}
BIDDER = ANSWERER | APPLICANT | {
    "agreements.index", "evaluations.index", "payments.index", "awards.my_result", "bids.index", "bids.sheet",
    "reports.mine", "reports.start", "grading.apply",
}  # fmt: skip
CREDIT = {"credit.case", "credit.desk", "credit.objection_file", "credit.paper", "credit.repair_file"}
REGISTER = ANSWERER | APPLICANT | CREDIT | {
    "credit.answer", "credit.check", "credit.choose", "credit.correct", "credit.decide", "credit.drop", "credit.enter",
    "credit.hear", "credit.hearing_of", "credit.new", "credit.notify", "credit.propose", "credit.remove",
    "credit.send_back",
    "accounts.new_person", "accounts.people_list", "registry.account", "registry.deregister", "registry.discard",
    "registry.edit", "registry.go_on", "registry.imports", "registry.new", "registry.preview", "registry.report",
    "reports.as_csv", "reports.as_json", "reports.index", "reports.overdue", "reports.overdue_csv",
    "grading.new_round", "registration.new_sponsor",
}  # fmt: skip
# the matrix gives supervisors and administrators every buyer's records (permissions.READERS), but not what bidders
# offer and answer (permissions.OFFER_READERS)
READER = BUYER | {
    "accounts.people_list", "agreements.paper", "agreements.printed", "agreements.show", "agreements.verification",
    "awards.award", "awards.judging", "awards.notice", "budgets.show", "delivery.index", "evaluations.show",
    "payments.invoice", "payments.order", "payments.show", "plans.evidence", "plans.printable", "plans.show",
    "tenders.runs", "transparency.security_log",
}  # fmt: skip
OPEN: dict[str, set[str]] = {
    "officer": ANSWERER | BUYER | {"budgets.new", "plans.new"},
    "approver": ANSWERER | BUYER,
    "finance_officer": BUYER | {"budgets.new"},
    "leader": ANSWERER | BUYER,
    "registrar": REGISTER,
    "manager": BIDDER,
    "clerk": BIDDER,
    "expert": set(),
    "evaluator": {"evaluations.index", "delivery.index"},  # the figures of any contract: delivery.read has scope any
    "keyholder": set(),
    "supervisor": READER | CREDIT | {
        "awards.report_paper", "registration.index", "grading.objection_paper", "grading.reduction",
    },
    "grid_worker": set(),
    "sponsor": APPLICANT,
    "administrator": READER
    | {
        "accounts.new_person", "catalogue.new_norm", "catalogue.set_day", "desk.move_clock", "grading.new_scheme",
        "places.import_", "places.new", "registry.account",
    },
}  # fmt: skip
# the same for words that are not public
EVERYTHING = {"draft", "evidence", "budget", "invoice", "declaration", "paper"}
READ: dict[str, set[str]] = {
    "registrar": {"case", "import"},
    "supervisor": EVERYTHING | {"case"},
    "administrator": EVERYTHING,
}
# addresses that give nobody a page in this world, and why
CLOSED = {
    "grading.evidence": "no answer of this world has a paper",
    "grading.decision": "the application of this world is not decided",
    "grading.reduction_decision": "the downgrade of this world is not decided",
    "registry.photo": "the point of this world has nobody with a photo",
    "complaints.follow": "nobody has just followed a secret link",
    "complaints.follow_link": "only who wrote has the secret",
    "complaints.withdraw": "nobody has just followed a secret link",
    "complaints.written": "nobody has just written",
    "agreements.certificate": "the home of a test has no demonstration clock",
    "awards.attachment": "a lot with fewer than three qualified bids is not marked (B-46)",
    "awards.sheet": "a lot with fewer than three qualified bids is not marked (B-46)",
    "bids.share_sheet": "nobody gets a share before the deadline (B-45)",
    "evaluations.report": "printed when the evaluation is published",
    "reports.pdf": "a report is public when it is decided",
    "reports.public": "a report is public when it is decided",
    "transparency.paper": "the number is that of a paper which is not public",
}


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The portal with one record of every kind, made once a run: it is only read."""
    home = world.seed(tmp_path_factory.mktemp("matrix"))
    made = create_app(config.load({"PORTAL_HOME": str(home)}))
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return made


@pytest.fixture(params=["sqlite"])
def matrix(request: pytest.FixtureRequest, portal: Flask, hands: Hands) -> Iterator[Flask]:
    """That portal, at the hour at which its records are."""
    hands.set(world.NOW)
    with portal.app_context():
        yield portal
        db.session.remove()


def addresses(app: Flask) -> dict[str, str]:
    """One address for every GET route but static files, with the records of the world in it."""
    filled, adapter, found = world.fillings(), app.url_map.bind("localhost"), {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and "GET" in (rule.methods or ()):
            _, model = door.ROUTES[rule.endpoint]
            values = (
                dict(filled[""])
                | ({"id": world.own(model, is_public(rule.endpoint))} if model else {})
                | filled.get(rule.endpoint, {})
            )
            found[rule.endpoint] = adapter.build(rule.endpoint, {n: values[n] for n in rule.arguments})
    return found


def answers(client: FlaskClient, urls: dict[str, str]) -> dict[str, tuple[int, str]]:
    """Status and text of every address."""
    got = {}
    for endpoint, url in urls.items():
        answer = client.get(url)
        got[endpoint] = (answer.status_code, answer.get_data().decode(errors="replace"))
    return got


def opened(got: dict[str, tuple[int, str]]) -> set[str]:
    """The addresses that gave a page, or led on to one."""
    return {endpoint for endpoint, (status, _) in got.items() if status in (200, 303)}


def is_public(endpoint: str) -> bool:
    return door.ROUTES[endpoint][0] in PUBLIC_ACTIONS


@pytest.fixture(scope="session")
def public(portal: Flask) -> dict[str, tuple[int, str]]:
    """What the public gets; asked for once."""
    return {}


def what_the_public_gets(app: Flask, kept: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    if not kept:
        kept.update(answers(client_as(app, None), addresses(app)))
    return kept


def test_the_public(matrix: Flask, public: dict[str, tuple[int, str]]) -> None:
    got = what_the_public_gets(matrix, public)
    assert {e: s for e, (s, _) in got.items() if not is_public(e) and s != 401} == {}
    assert {e: s for e, (s, _) in got.items() if is_public(e) and s not in (200, 303, 404)} == {}
    assert [(e, name) for e, (_, text) in got.items() for name, words in world.SECRETS.items() if words in text] == []


@pytest.mark.parametrize("role", ROLES)
def test_somebody_of_another_body(matrix: Flask, public: dict[str, tuple[int, str]], role: str) -> None:
    """Every cell of one role: no fault, no page beyond those listed, no word that is not theirs to read."""
    shown = opened(what_the_public_gets(matrix, public))
    got = answers(client_as(matrix, who(world.stranger(role))), addresses(matrix))
    assert {e: s for e, (s, _) in got.items() if s not in ANSWERS} == {}
    assert opened(got) - shown == OWN | OPEN[role]
    assert shown - opened(got) <= {"accounts.sign_in"}
    read = {name for _, text in got.values() for name, words in world.SECRETS.items() if words in text}
    assert read <= READ.get(role, set())


def test_the_addresses_tried_are_real(matrix: Flask) -> None:
    """Each gives a page to somebody whom the matrix lets in, so that a refusal above is one of access."""
    urls, got = addresses(matrix), set()
    for name, _, _, role in people.PEOPLE:
        mine = {e: u for e, u in urls.items() if e not in got and lets_in(role, e)}
        got |= opened(answers(client_as(matrix, who(name)), mine)) if mine else set()
    assert urls.keys() - got == CLOSED.keys()


def lets_in(role: str, endpoint: str) -> bool:
    return any(grant.role in (role, "public") for grant in GRANTS[door.ROUTES[endpoint][0]])


@pytest.mark.parametrize(
    ("words", "reader", "endpoint"),
    [
        ("draft", "officer", "plans.show"),
        ("evidence", "officer", "plans.evidence"),
        ("declaration", "officer", "evaluations.show"),
        ("budget", "finance", "budgets.show"),
        ("invoice", "finance", "payments.show"),
        ("paper", "leader", "payments.order"),
        ("receipt", "yi", "bids.show"),
        ("offer", "jia", "bids.opened"),
        ("answer", "jia", "awards.low_price"),
        ("finding", "evaluator", "evaluations.score"),
        ("import", "registrar", "registry.preview"),
        ("case", "registrar", "credit.case"),
        ("letter", "registrar", "complaints.accept"),
        ("report", "jia", "reports.read"),
        ("applied", "sponsor", "registration.show"),
        ("point", "jia", "registry.manage_point"),
    ],
)
def test_the_words_looked_for_are_there(matrix: Flask, words: str, reader: str, endpoint: str) -> None:
    """Their own people read them, so that not finding them elsewhere means something."""
    url = addresses(matrix)[endpoint]
    assert world.SECRETS[words] in client_as(matrix, who(reader)).get(url).get_data().decode(errors="replace")
