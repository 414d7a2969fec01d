"""What is held already: the register's items, last year's report. Shown, and never asked (G-43)."""

import re
from datetime import date
from typing import Any

from app.core.showing import day, t, yuan
from app.core.words import N_
from app.registry.models import KINDS, Organization
from app.reports.models import AnnualReport, ReportSection
from app.reports.queries import last_of
from app.reports.sections import BY_KEY, Asked, fields_of
from app.rules.statements import AMOUNT, BALANCE, CLOSING, OPENING, name

Values = dict[str, Any]
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
REGISTERED = {  # what the register holds, in the order of the certificate
    "name": N_("名称"),
    "credit_code": N_("统一社会信用代码"),
    "kind": N_("类型"),
    "legal_representative": N_("法定代表人"),
    "address": N_("住所"),
    "established_on": N_("成立登记日期"),
    "capital": N_("注册资金（元）"),
    "registrar": N_("登记管理机关"),
    "supervising_unit": N_("业务主管单位"),
    "scope": N_("业务范围"),
    "fields": N_("服务领域"),
}


def registered(organization: Organization) -> Values:
    """The register's items as they stand now, in no language: days as ISO text, kinds as message ids."""
    body = organization.body
    return {
        "name": body.name, "credit_code": body.credit_code or "", "kind": KINDS[organization.kind],
        "legal_representative": organization.legal_representative or "", "address": body.address,
        "established_on": _iso(organization.established_on), "capital": yuan(organization.capital_fen),
        "registrar": organization.registrar, "supervising_unit": organization.supervising_unit,
        "scope": organization.scope, "fields": organization.fields,
    }  # fmt: skip


def shown(held: Values) -> list[tuple[str, str]]:
    """(label, text) of the items that are there, in the reader's language."""
    rows = [(t(label), str(held.get(key) or "")) for key, label in REGISTERED.items()]
    return [(label, _said(text)) for label, text in rows if text]


def _said(text: str) -> str:
    return day(date.fromisoformat(text)) if _ISO.fullmatch(text) else t(text)


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def is_charity(organization: Organization) -> bool:
    """Whether it raises funds from the public, which only a charity may (C-32)."""
    return organization.fundraising == "public"


def held(section: ReportSection, values: Values | None = None) -> Values:
    """The fields of this section that last year's report answers: openings, last year's income and balance.

    *values*: what the section is about to say, when it is not kept yet.
    """
    if section.key not in ("balance", "spending") or (last := last_of(section.report)) is None:
        return {}
    if section.key == "balance":
        if (section.values if values is None else values).get("restated"):
            return {}
        closing = values_of(last, "balance")
        return {name(line.key, OPENING): closing.get(name(line.key, CLOSING)) or 0 for line in BALANCE}
    income, balance = values_of(last, "income"), values_of(last, "balance")
    return {
        "last_income": income.get(name("total_income", AMOUNT)) or 0,
        "last_balance": balance.get(name("net_assets", CLOSING)) or 0,
    }


def carried(report: AnnualReport, key: str) -> Values:
    """Last year's answers to the fields that are asked again, to be looked over rather than typed."""
    last = last_of(report)
    if last is None:
        return {}
    before = values_of(last, key)
    asked = fields_of(BY_KEY[key], report.kind)
    return {one.key: before[one.key] for one in asked if one.carry and before.get(one.key) is not None}


def values_of(report: AnnualReport, key: str) -> Values:
    """What a section of a report says; nothing when the report has no such section."""
    return next((dict(one.values) for one in report.sections if one.key == key), {})


def to_ask(section: ReportSection) -> list[Asked]:
    """The fields of this section that are really asked."""
    known = held(section)
    return [one for one in fields_of(BY_KEY[section.key], section.report.kind) if one.key not in known]
