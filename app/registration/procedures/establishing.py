"""Establishment (成立登记) of the three kinds: a row each, with what the law asks of that kind (C-01 … C-10)."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.catalogue.queries import norms
from app.core.forms import (
    ChoiceField,
    LongTextField,
    MoneyField,
    TextField,
    WholeField,
    between,
    choices,
    length,
    looks_like,
    needed,
)
from app.core.law import Finding
from app.core.words import N_
from app.registration import checks, queries
from app.registration.establishment import establish
from app.registration.forms import DecisionForm, ProcedureForm
from app.registration.models import Application
from app.registration.table import SPONSOR, Typed, Wanted, procedure
from app.registry.checks import code_of
from app.registry.forms import FUNDRAISING
from app.registry.models import Organization
from app.rules import organizations, registering
from app.rules.organizations import FORMS


class EstablishForm(ProcedureForm):
    """What every kind is registered with."""

    reserved = ChoiceField(
        _l("核准的名称"), description=_l("先办名称预先核准；核准的名称在这里选择。"), validators=[needed()]
    )
    address = TextField(_l("住所"), validators=[needed(), length(300)])
    scope = LongTextField(_l("宗旨和业务范围"), validators=[needed(), length(4000)])
    fields = TextField(_l("服务领域"), description=_l("用顿号分开，例如 养老、社区发展"), validators=[length(300)])
    legal_representative = TextField(_l("法定代表人"), validators=[needed(), length(80)])
    identity = TextField(
        _l("法定代表人的居民身份证号码"),
        description=_l("只用来核对是否同时担任其他组织的法定代表人；平台只保存带密钥的摘要和末四位。已经填过的留空即不改。"),
        validators=[looks_like(r"[0-9]{17}[0-9Xx]", _l("身份证号码为 18 位。"))],
    )  # fmt: skip
    capital = MoneyField(_l("注册（开办）资金"), validators=[needed(), between(0)])
    supervising_unit = TextField(_l("业务主管单位"), validators=[needed(), length(200)])

    def settle(self, applicant: Body, organization: Organization | None) -> None:
        """The names granted to the applicant."""
        found = queries.reserved_names(applicant, self.kind())
        self.reserved.choices = [("", str(_l("请选择"))), *((one.public_id, one.name) for one in found)]

    @classmethod
    def kind(cls) -> str:
        """The kind of organization this form is for."""
        return {"AssociationForm": "association", "ServiceForm": "service"}.get(cls.__name__, "foundation")


class AssociationForm(EstablishForm):
    """社会团体."""

    individuals = WholeField(_l("个人会员人数"), validators=[needed(), between(0, 10_000_000)])
    units = WholeField(_l("单位会员个数"), validators=[needed(), between(0, 10_000_000)])
    area = TextField(_l("活动地域"), validators=[needed(), length(100)])


class ServiceForm(EstablishForm):
    """社会服务机构（民办非企业单位）."""

    form = ChoiceField(_l("组织形式"), choices=choices(FORMS, N_("请选择")), validators=[needed()])


class FoundationForm(EstablishForm):
    """基金会."""

    fundraising = ChoiceField(_l("募捐方式"), choices=choices(FUNDRAISING, N_("请选择")), validators=[needed()])
    council = LongTextField(
        _l("理事名单"), description=_l("每行一人：姓名 职务，例如“李明 理事长”"), validators=[needed(), length(3000)]
    )


class EstablishDecisionForm(DecisionForm):
    """With a grant comes the code of the new organization."""

    credit_code = TextField(
        _l("赋予的统一社会信用代码"),
        description=_l("准予时填写，18 位；两位校验码会核对，不会代填。"), validators=[length(30)],
    )  # fmt: skip


def councillors(text: str) -> list[dict[str, str]]:
    """A list of people, a line each: 「李明 理事长」 → name and duty."""
    lines = [line.replace("，", " ").replace(",", " ").split() for line in text.splitlines() if line.strip()]
    return [{"name": words[0], "duty": " ".join(words[1:])} for words in lines if words]


def _about(application: Application, typed: Typed) -> dict[str, Any]:
    kind = application.kind.removeprefix("establish_")
    named = {one.public_id: one.name for one in queries.reserved_names(application.applicant, kind)}
    return {"name": named.get(typed["reserved"], ""), "organization_kind": kind}


def _check(application: Application) -> Iterator[Finding]:
    kind, values = str(application.organization_kind), application.values
    level, numbers = checks.level_of(application.authority), norms(application.place)
    public = values.get("fundraising") == "public"
    items = {**values, "name": application.name, "funds_fen": values["capital"]}
    yield from checks.at_fields(organizations.registered_items(kind, items))
    yield from checks.at_fields(organizations.registered_funds(kind, values["capital"], level, public, numbers))
    yield from checks.name_free(application, application.name)
    yield from checks.heads_no_other(application, kind, values["legal_representative"])
    yield from registering.identity_given(application.head_mark)


def _association(application: Application) -> Iterator[Finding]:
    values = application.values
    yield from _check(application)
    yield from checks.at_fields(
        organizations.association_members(values["individuals"], values["units"], norms(application.place))
    )  # fmt: skip


def _service(application: Application) -> Iterator[Finding]:
    yield from _check(application)
    yield from organizations.institution_form(application.values["form"])


def _foundation(application: Application) -> Iterator[Finding]:
    yield from _check(application)
    yield from checks.at_fields(organizations.foundation_registrar(checks.level_of(application.authority)))
    yield from organizations.council_size(len(councillors(application.values["council"])), norms(application.place))


def _decide(application: Application, typed: Typed) -> Iterator[Finding]:
    """The code given is right, of this kind, and nobody else's (C-13 … C-15)."""
    found = list(code_of(str(application.organization_kind), typed["credit_code"]))
    yield from found
    if not found:
        yield from checks.code_free(typed["credit_code"], application.applicant)


_COMMON = (
    Wanted("application", N_("成立登记申请书"), N_("全体发起人签名")),
    Wanted("charter", N_("章程草案"), N_("按示范文本拟订"), taken=("pdf", "docx")),
    Wanted("consent", N_("业务主管单位的批准文件"), N_("直接登记的附登记管理机关的意见")),
    Wanted("site", N_("住所使用权证明")),
    Wanted("funds", N_("验资报告")),
    Wanted("head", N_("法定代表人的基本情况"), N_("不要附身份证复印件：到窗口核对原件")),
)
_SAME: dict[str, Any] = {
    "applicants": frozenset({SPONSOR}), "about": _about, "decide": _decide, "effect": establish,
    "decision_form": EstablishDecisionForm, "days": "registration_decide_days", "clock_rule": "C-02",
}  # fmt: skip

ASSOCIATION = procedure(
    key="establish_association",
    order=210,
    label=N_("社会团体成立登记"),
    purpose=N_("五十个以上个人会员或者三十个以上单位会员自愿组成的社会团体。"),
    form=AssociationForm,
    rules=("C-01", "C-02", "C-03"),
    materials=(*_COMMON, Wanted("members", N_("会员名单"), taken=("pdf", "xlsx"))),
    check=_association,
    **_SAME,
)
SERVICE = procedure(
    key="establish_service",
    order=220,
    label=N_("社会服务机构成立登记"),
    purpose=N_("利用非国有资产举办、从事非营利社会服务的民办非企业单位。"),
    form=ServiceForm,
    rules=("C-02", "C-07", "C-08"),
    materials=_COMMON,
    check=_service,
    **_SAME,
)
FOUNDATION = procedure(
    key="establish_foundation",
    order=230,
    label=N_("基金会成立登记"),
    purpose=N_("利用捐赠的财产、以从事公益事业为目的的基金会，由省级以上民政部门登记。"),
    form=FoundationForm,
    rules=("C-02", "C-09", "C-10"),
    materials=(*_COMMON, Wanted("council", N_("理事名单和简历"))),
    check=_foundation,
    **_SAME,
)
