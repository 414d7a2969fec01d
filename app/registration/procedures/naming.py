"""Name pre-check (名称预先核准, C-18): one name made of its parts, free of names that are written alike."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.forms import ChoiceField, LongTextField, TextField, TickField, choices, length, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import checks
from app.registration.forms import ProcedureForm
from app.registration.models import Application
from app.registration.table import SPONSOR, Typed, Wanted, procedure
from app.registry.models import KINDS
from app.rules import organizations
from app.rules.organizations import NameParts

PARTS = ("region", "trade_name", "line", "form")


class NameForm(ProcedureForm):
    """The parts of the name; the name itself is put together from them."""

    organization_kind = ChoiceField(_l("拟成立的类型"), choices=choices(KINDS, N_("请选择")), validators=[needed()])
    region = TextField(
        _l("行政区划名称"), description=_l("例如 广州市荔湾区；民政部登记的一般不冠"), validators=[length(40)]
    )
    trade_name = TextField(
        _l("字号"), description=_l("社会服务机构和基金会必填；社会团体没有字号"), validators=[length(40)]
    )
    line = TextField(
        _l("行业领域或会员组成"), description=_l("例如 社会工作服务、志愿者"), validators=[needed(), length(60)]
    )
    form = TextField(_l("组织形式"), description=_l("例如 协会、学会、中心、基金会"), validators=[needed(), length(20)])
    approved = TickField(_l("已经批准可以冠以“中国”“全国”“中华”"))
    purpose = LongTextField(_l("宗旨和业务范围"), validators=[needed(), length(2000)])


def parts(typed: Typed) -> NameParts:
    """The name taken apart, without blanks."""
    return NameParts(*(checks.bare(typed.get(name) or "") for name in PARTS))


def _about(_application: Application, typed: Typed) -> dict[str, Any]:
    return {"name": str(parts(typed)), "organization_kind": typed["organization_kind"]}


def _check(application: Application) -> Iterator[Finding]:
    values, level = application.values, checks.level_of(application.authority)
    kind = values["organization_kind"]
    yield from organizations.name_parts(
        kind, application.name, parts(values), level, bool(values.get("approved"))
    )  # fmt: skip
    yield from checks.name_free(application, application.name)
    if kind == "foundation":
        yield from organizations.foundation_registrar(level)


NAME = procedure(
    key="name",
    order=100,
    label=N_("名称预先核准"),
    purpose=N_("在成立登记之前，先确认名称合规、没有重名。核准后名称为您保留。"),
    form=NameForm,
    applicants=frozenset({SPONSOR}),
    rules=("C-18",),
    materials=(
        Wanted("sponsors", N_("全体发起人名单和签名"), N_("扫描件")),
        Wanted("consent", N_("业务主管单位的意见"), N_("直接登记的不需要"), optional=True),
    ),
    about=_about,
    check=_check,
)
