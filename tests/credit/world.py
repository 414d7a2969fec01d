"""Two registrars, one organization with a manager, and a case carried as far as a test wants it."""

from datetime import UTC, date, datetime
from typing import Any

from app.accounts import actions as accounts
from app.accounts.models import Body, Person
from app.catalogue.actions import load_norms
from app.credit import actions
from app.credit.models import CreditCase
from app.registry import actions as registry
from app.registry.models import Organization
from app.rules.codes import make_uscc
from tests.conftest import Hands, turn

CODE = make_uscc("52", "440103", "MJL00099")
NAME = "己青少年发展中心"
GIVEN = {
    "name": NAME, "kind": "service", "credit_code": CODE, "registrar": "广州市荔湾区民政局",
    "supervising_unit": "共青团广州市荔湾区委员会", "legal_representative": "己某", "capital_fen": 3_000_000,
    "address": "广州市荔湾区", "scope": "青少年社会工作服务", "fields": ("青少年", "社区发展"), "place": "440103",
}  # fmt: skip


def _person(name: str, role: str, body: Body, more: str = "") -> Person:
    return accounts.add_person(
        name=name, sign_in_name=f"{role}{more}", password=accounts.first_password(), roles={role}, body=body,
        place=body.place,
    )  # fmt: skip


class World:
    """The people of a test and their organization."""

    def __init__(self) -> None:
        with turn():
            load_norms()
            bureau = accounts.add_body(name="广州市荔湾区民政局", kind="bureau", place="440103")
            finance = accounts.add_body(name="广州市荔湾区财政局", kind="finance", place="440103")
            self.first, self.second = (
                _person("黄登记", "registrar", bureau),
                _person("黎复核", "registrar", bureau, "2"),
            )
            self.officer, self.supervisor = (
                _person("林经办", "officer", bureau),
                _person("梁监督", "supervisor", finance),
            )
        with turn(self.first):
            self.organization: Organization = registry.register(**GIVEN)  # type: ignore[arg-type]
            self.manager: Person = registry.give_account(self.organization, "己负责人", "ji")[0]
        self.body = self.organization.body

    def stranger(self) -> Person:
        """The manager of another organization."""
        with turn():
            body = accounts.add_body(name="别的社会组织", kind="organization", place="440103")
            return _person("外负责人", "manager", body)

    def find(
        self, kind: str, trigger: str, grounds: str = "事实清楚", arose_on: date | None = None, **more: Any
    ) -> CreditCase:
        """A case that the first registrar found."""
        with turn(self.first):
            return actions.find(self.body, kind, trigger, grounds, arose_on or date(2026, 1, 5), **more)

    def elsewhere(self, trigger: str, document_no: str, arose_on: date, **more: Any) -> CreditCase:
        """A penalty of another department, found and entered."""
        case = self.find(
            "penalty", trigger, arose_on=arose_on, elsewhere=True, department="市消防局", document_no=document_no,
            **more,
        )  # fmt: skip
        return self.enter(case)

    def ban(self, starts_on: date, ends_on: date, document_no: str = "财罚〔2026〕1号") -> CreditCase:
        """A ban from procurement, found and entered."""
        case = self.find(
            "ban", "ban", arose_on=min(starts_on, date(2026, 1, 5)), department="市财政局", document_no=document_no,
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        return self.enter(case)

    def enter(self, case: CreditCase) -> CreditCase:
        """Carry a case of another department, or one that was heard, to its entry."""
        with turn(self.first):
            actions.propose(case, "建议列入")
        with turn(self.second):
            actions.decide(case, "同意")
            actions.enter(case)
        return case

    def enter_decided(self, case: CreditCase) -> CreditCase:
        """Enter what is decided."""
        with turn(self.second):
            return actions.enter(case)

    def heard(self, case: CreditCase) -> CreditCase:
        """Tell the organization and hear it."""
        with turn(self.first):
            actions.notify(case)
        with turn(self.manager):
            actions.state(case, "请求从轻")
        with turn(self.first):
            actions.hear(case, "意见不予采纳")
        return case

    def listed(self, kind: str = "abnormal", trigger: str = "party") -> CreditCase:
        """An entry on a list by a hand-found trigger."""
        return self.enter(self.heard(self.find(kind, trigger)))


def at(hands: Hands, day: date) -> None:
    """Nine in the morning, Beijing time."""
    hands.set(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))
