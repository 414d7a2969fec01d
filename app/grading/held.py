"""What the register holds already about an organization: the answers nobody is asked for twice (S09)."""

from collections.abc import Callable
from datetime import date

from app.accounts.models import Body
from app.catalogue.queries import norms
from app.core import clock
from app.core.money import yuan
from app.registry.models import FACT_KINDS, KINDS, Organization
from app.registry.queries import facts_of
from app.reports import queries as reports
from app.rules import grading
from app.rules.grading import RESULTS

Answer = Callable[[Organization], str]


def results(organization: Organization) -> dict[int, str]:
    """Yearly inspections by year (keys of rules.grading.RESULTS): decided ones, and those it did not take part in."""
    missed = dict.fromkeys(reports.missing_of(organization, clock.today()), "missed")
    return missed | reports.results(organization.body)


def last_inspected(organization: Organization) -> int:
    """The last year whose report was due by today."""
    return grading.last_inspected(organization.kind, clock.today(), norms(organization.place))


def penalties(body: Body) -> list[tuple[date, date | None]]:
    """First and last day of every administrative penalty, the last None while it is not known."""
    return [(fact.since, fact.until) for fact in facts_of(body) if fact.kind == "penalty"]


def answer(key: str, organization: Organization) -> str:
    """What the register says to an item's `held`; empty for an item it says nothing to."""
    return ANSWERS[key](organization) if key else ""


def _registration(one: Organization) -> str:
    said = [
        one.body.name, one.body.credit_code or "", KINDS[one.kind], f"法定代表人 {one.legal_representative or '—'}",
        f"成立日期 {one.established_on or '—'}", f"住所 {one.body.address or '—'}",
    ]  # fmt: skip
    return "；".join(part for part in said if part)


def _capital(one: Organization) -> str:
    return f"登记数额 {yuan(one.capital_fen)} 元" if one.capital_fen is not None else "登记册没有登记数额"


def _inspections(one: Organization) -> str:
    found = sorted(results(one).items(), reverse=True)[:5]
    return "；".join(f"{year}年度 {RESULTS.get(said, said)}" for year, said in found) or "平台没有年检结论"


def _credit(one: Organization) -> str:
    today = clock.today()
    said = [f"{FACT_KINDS[fact.kind]}（{fact.since} 起，{fact.source}）" for fact in facts_of(one.body)]
    return "；".join(said[:20]) or f"截至 {today}，登记册没有处罚和失信记录"


ANSWERS: dict[str, Answer] = {
    "registration": _registration,
    "capital": _capital,
    "inspections": _inspections,
    "credit": _credit,
}
