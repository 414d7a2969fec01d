"""What waits for somebody about a contract, why, and until when."""

from flask import url_for

from app.accounts.models import Person
from app.agreements import checks, closing, queries
from app.agreements.models import Agreement
from app.awards.models import Award
from app.core.waiting import Waiting
from app.core.words import N_
from app.plans.models import Project

OPEN = ("drawn_up", "half_signed")


def waiting(person: Person) -> list[Waiting]:
    """The officer draws up, publishes and ends; the leader and the organization's manager sign."""
    found: list[Waiting] = []
    if "officer" in person.role_names:
        found += [_draw_up(award) for award in queries.to_draw_up(person)]
        found += [_publish(one) for one in queries.in_states(person, ("signed",)) if one.buyer_id == person.body_id]
        found += [_complete(one) for one in queries.in_states(person, ("published",)) if _settled(one, person)]
        found += [_close(project) for project in closing.to_close(person)]
    if person.role_names & {"leader", "manager"}:
        found += [_sign(one) for one in queries.in_states(person, OPEN) if _unsigned(one, person)]
    return found


def _draw_up(award: Award) -> Waiting:
    values = {"name": award.tender.project.name, "lot": award.lot.number}
    return Waiting(
        N_("拟订「%(name)s」第 %(lot)s 包的合同"), url_for("agreements.draw_up", id=award.public_id),
        N_("通知书发出后须在期限内签订合同"), "B-60", checks.sign_by(award), values,
    )  # fmt: skip


def _sign(agreement: Agreement) -> Waiting:
    return Waiting(
        N_("签署合同 %(number)s"), url_for("agreements.sign", id=agreement.public_id),
        N_("通知书发出后须在期限内签订合同"), "B-60", checks.sign_by(agreement.award), {"number": agreement.number},
    )  # fmt: skip


def _publish(agreement: Agreement) -> Waiting:
    return Waiting(
        N_("公告合同 %(number)s"), url_for("agreements.publish", id=agreement.public_id),
        N_("合同签订后须按期公告"), "B-64", checks.publish_by(agreement), {"number": agreement.number},
    )  # fmt: skip


def _complete(agreement: Agreement) -> Waiting:
    return Waiting(
        N_("合同 %(number)s 已结清，可以办理履行完毕"), url_for("agreements.complete", id=agreement.public_id),
        N_("各期款项都已结清"), "", None, {"number": agreement.number},
    )  # fmt: skip


def _close(project: Project) -> Waiting:
    return Waiting(
        N_("项目「%(name)s」的合同都已结清，可以结项"), url_for("agreements.close_project", id=project.public_id),
        N_("结项后项目公开为已结束"), "", None, {"name": project.name},
    )  # fmt: skip


def _settled(agreement: Agreement, person: Person) -> bool:
    return agreement.buyer_id == person.body_id and all(i.state in ("paid", "withheld") for i in agreement.instalments)


def _unsigned(agreement: Agreement, person: Person) -> bool:
    """Whether the party this person signs for has not signed: leaders sign for the buyer, managers for the supplier."""
    role, party = ("leader", "buyer") if person.body_id == agreement.buyer_id else ("manager", "supplier")
    return role in person.role_names and all(one.party != party for one in agreement.signatures)
