"""Recognition as a charity (慈善组织认定) and the qualification to raise funds in public (公开募捐资格), C-32."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.catalogue.queries import norms
from app.core import clock
from app.core.forms import LongTextField, TickField, length, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import checks
from app.registration.forms import ProcedureForm
from app.registration.models import Application
from app.registration.table import ORGANIZATION, Typed, Wanted, procedure
from app.registry import actions as registry
from app.registry import queries as registered
from app.registry.models import Organization
from app.rules import governing, organizations


class CharityForm(ProcedureForm):
    """Why it is a charity."""

    purpose = LongTextField(_l("慈善宗旨和主要慈善活动"), validators=[needed(), length(3000)])
    income = LongTextField(_l("主要收入来源和支出去向"), validators=[needed(), length(2000)])
    not_for_profit = TickField(
        _l("不以营利为目的，收益和剩余财产不向发起人、捐赠人和理事分配"), validators=[needed()]
    )  # fmt: skip


class FundraisingForm(ProcedureForm):
    """What it wants to raise funds for, and how it watches over them."""

    projects = LongTextField(_l("拟开展的公开募捐活动和项目"), validators=[needed(), length(3000)])
    oversight = LongTextField(
        _l("内部管理和监督"), description=_l("谁审批、谁记账、怎样公开募得款物的使用"),
        validators=[needed(), length(3000)],
    )  # fmt: skip


def _charity_begins(_applicant: Body, organization: Organization | None) -> Iterator[Finding]:
    if organization is not None:
        yield from governing.not_yet_charity(organization.charity_since)


def _fundraising_begins(_applicant: Body, organization: Organization | None) -> Iterator[Finding]:
    if organization is not None:
        already = organization.charity_since is not None and organization.fundraising == "public"
        numbers = norms(organization.place)
        yield from governing.may_raise_funds(organization.charity_since, already, clock.today(), numbers)


def _charity(application: Application) -> Iterator[Finding]:
    yield from _charity_begins(application.applicant, application.organization)
    yield from _listed(application)


def _fundraising(application: Application) -> Iterator[Finding]:
    yield from _fundraising_begins(application.applicant, application.organization)
    yield from _listed(application)
    organization = application.organization
    if organization is not None and organization.kind == "foundation":
        level, funds = checks.level_of(application.authority), organization.capital_fen or 0
        found = organizations.registered_funds("foundation", funds, level, True, norms(application.place))
        yield from (replace(one, field=None, bars=False) for one in found)


def _listed(application: Application) -> Iterator[Finding]:
    facts = registered.facts_of(application.applicant)
    yield from governing.listed_now([one.kind for one in facts if registered.holds(one, clock.today())])


def _recognize(application: Application, _typed: Typed) -> None:
    assert application.organization is not None
    registry.recognize_charity(application.organization, clock.today())


def _qualify(application: Application, _typed: Typed) -> None:
    assert application.organization is not None
    registry.let_raise_funds(application.organization)


_SAME: dict[str, Any] = {
    "applicants": frozenset({ORGANIZATION}), "rules": ("C-32",), "days": "fundraising_decide_days",
    "clock_rule": "C-32",
}  # fmt: skip
CHARITY = procedure(
    key="charity",
    order=430,
    label=N_("慈善组织认定"),
    purpose=N_("已经登记的社会组织申请认定为慈善组织。认定满一年后可以申请公开募捐资格。"),
    form=CharityForm,
    begin=_charity_begins,
    check=_charity,
    effect=_recognize,
    materials=(
        Wanted("application", N_("认定申请书"), N_("由法定代表人签名")),
        Wanted("minutes", N_("同意申请认定的会议纪要")),
        Wanted("accounts", N_("上年度财务报告"), N_("经审计；成立不满一年的附资金情况说明")),
    ),
    **_SAME,
)
FUNDRAISING = procedure(
    key="fundraising",
    order=440,
    label=N_("公开募捐资格"),
    purpose=N_("登记或者认定为慈善组织满一年的，可以申请公开募捐资格，取得后方可面向公众募捐。"),
    form=FundraisingForm,
    begin=_fundraising_begins,
    check=_fundraising,
    effect=_qualify,
    materials=(
        Wanted("application", N_("公开募捐资格申请书"), N_("由法定代表人签名")),
        Wanted("minutes", N_("同意申请资格的会议纪要")),
        Wanted("audit", N_("审计报告"), N_("近两年的；成立不满两年的，成立以来的")),
        Wanted("rules", N_("财产管理和募捐管理的内部制度")),
    ),
    **_SAME,
)
