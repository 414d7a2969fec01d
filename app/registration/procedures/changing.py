"""Change of registered items (变更登记, C-04): what is registered stands in the form, only what differs is changed."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.catalogue.queries import calendar, norms
from app.core import clock
from app.core.forms import DayField, LongTextField, MoneyField, TextField, between, length, looks_like, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import certificates, checks
from app.registration.establishment import change_head, parts
from app.registration.forms import ProcedureForm
from app.registration.models import Application
from app.registration.table import ORGANIZATION, Typed, Wanted, procedure
from app.registry import actions as registry
from app.registry.models import Organization
from app.rules import organizations, registering

ITEMS = ("name", "address", "scope", "fields", "legal_representative", "capital", "supervising_unit")


class ChangeForm(ProcedureForm):
    """Everything on the certificate; what is not to change stays as it is."""

    name = TextField(_l("名称"), validators=[needed(), length(200)])
    address = TextField(_l("住所"), validators=[needed(), length(300)])
    scope = LongTextField(_l("宗旨和业务范围"), validators=[needed(), length(4000)])
    fields = TextField(_l("服务领域"), description=_l("用顿号分开，例如 养老、社区发展"), validators=[length(300)])
    legal_representative = TextField(_l("法定代表人"), validators=[needed(), length(80)])
    identity = TextField(
        _l("新法定代表人的居民身份证号码"),
        description=_l("只在变更法定代表人时填写。平台只保存带密钥的摘要和末四位；已经填过的留空即不改。"),
        validators=[looks_like(r"[0-9]{17}[0-9Xx]", _l("身份证号码为 18 位。"))],
    )  # fmt: skip
    capital = MoneyField(_l("注册（开办）资金"), validators=[needed(), between(0)])
    supervising_unit = TextField(_l("业务主管单位"), validators=[needed(), length(200)])
    agreed_on = DayField(_l("业务主管单位同意变更的日期"), validators=[needed()])
    why = LongTextField(
        _l("变更的原因和说明"),
        description=_l("超过三十日申请的，写明逾期的原因。"),
        validators=[needed(), length(1000)],
    )

    @classmethod
    def held(cls, applicant: Body, organization: Organization | None) -> dict[str, Any]:
        """What is registered now."""
        return registered(organization) if organization else {}


def registered(organization: Organization) -> dict[str, Any]:
    """The items of the form as the register has them."""
    return {
        "name": organization.body.name, "address": organization.body.address, "scope": organization.scope,
        "fields": organization.fields, "legal_representative": organization.legal_representative or "",
        "capital": organization.capital_fen, "supervising_unit": organization.supervising_unit,
    }  # fmt: skip


def changed(application: Application) -> dict[str, Any]:
    """The items that the application changes, with their new values."""
    was = application.values["was"]
    return {name: application.values[name] for name in ITEMS if application.values[name] != was[name]}


def _about(application: Application, typed: Typed) -> dict[str, Any]:
    """The old values are kept beside the new ones; the application goes by the name that is registered."""
    assert application.organization is not None
    return {"values": {**typed, "was": registered(application.organization)}}


def _check(application: Application) -> Iterator[Finding]:
    of, new = application.organization, changed(application)
    assert of is not None
    yield from registering.something_changed(new)
    agreed, numbers = checks.kept_day(application.values["agreed_on"]), norms(application.place)
    yield from registering.change_in_time(agreed, clock.today(), calendar(), numbers)
    if "name" in new:
        yield from checks.name_free(application, new["name"])
    if "legal_representative" in new:
        yield from checks.heads_no_other(application, of.kind, new["legal_representative"])
        yield from registering.identity_given(application.head_mark)
    if "capital" in new:
        level, public = checks.level_of(application.authority), of.fundraising == "public"
        found = organizations.registered_funds(of.kind, new["capital"], level, public, numbers)
        yield from checks.at_fields(found)


def _effect(application: Application, _typed: Typed) -> None:
    """Change what differs, keep who is verified, and issue the certificate anew."""
    of, new = application.organization, changed(application)
    assert of is not None
    given = {"capital_fen" if name == "capital" else name: value for name, value in new.items()}
    if "fields" in given:
        given["fields"] = parts(given["fields"])
    registry.amend(of, **given)
    if "legal_representative" in new:
        change_head(application, of)
    certificates.issue(of, application.authority)


CHANGE = procedure(
    key="change",
    order=300,
    label=N_("变更登记"),
    purpose=N_("名称、住所、业务范围、法定代表人、资金或业务主管单位有变化时办理。旧的登记事项保留可查，证书换发。"),
    form=ChangeForm,
    applicants=frozenset({ORGANIZATION}),
    rules=("C-04", "C-02"),
    materials=(
        Wanted("resolution", N_("会员大会、理事会的决议")),
        Wanted("consent", N_("业务主管单位同意变更的文件")),
        Wanted("proof", N_("与变更事项有关的证明"), N_("住所使用权证明、验资报告等"), optional=True),
    ),
    about=_about,
    check=_check,
    effect=_effect,
)
