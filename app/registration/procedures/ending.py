"""The end of a registration: after liquidation (C-04), or for a year without activity (C-06)."""

from collections.abc import Iterator
from datetime import date

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.catalogue.queries import calendar, norms
from app.core import changes, clock
from app.core.forms import ChoiceField, DayField, LongTextField, TextField, TickField, choices, length, needed
from app.core.law import Finding
from app.core.words import N_
from app.registration import certificates, checks, queries
from app.registration.establishment import end_head
from app.registration.forms import ProcedureForm
from app.registration.models import Application
from app.registration.table import AUTHORITY, ORGANIZATION, Typed, Wanted, procedure
from app.registry import actions as registry
from app.registry.models import Organization
from app.rules import registering

GROUNDS = {
    "charter": N_("完成章程规定的宗旨"),
    "dissolved": N_("自行解散"),
    "merged": N_("分立、合并"),
    "other": N_("其他原因终止"),
}


class DeregistrationForm(ProcedureForm):
    """Why it ends, and that its affairs are settled."""

    ground = ChoiceField(_l("注销的原因"), choices=choices(GROUNDS, N_("请选择")), validators=[needed()])
    liquidated_on = DayField(_l("清算结束的日期"), validators=[needed()])
    settled = TickField(_l("债权债务已经清理完毕，税款、职工工资和社会保险费用已经结清"))
    remaining = TextField(
        _l("剩余财产的去向"), description=_l("按章程用于公益或者转给宗旨相近的组织"), validators=[needed(), length(300)]
    )
    why = LongTextField(_l("说明"), description=_l("超过十五日办理的，写明逾期的原因。"), validators=[length(1000)])


class InactivityForm(ProcedureForm):
    """What the authority found, told and heard, entered step by step while the case is open."""

    active_on = DayField(_l("最近一次有记录的活动日期"), description=_l("取得证书后没有任何活动的留空"))
    found = LongTextField(_l("查明的事实和证据"), validators=[needed(), length(3000)])
    noticed_on = DayField(_l("告知书送达的日期"), description=_l("拟撤销登记的事实、理由、依据和申请听证的权利已告知"))
    heard_on = DayField(_l("听证的日期"))
    waived = TickField(_l("当事人书面放弃听证，或者期限内没有申请"))
    said = LongTextField(_l("陈述、申辩和听证中的意见，以及是否采纳"), validators=[length(3000)])


def _deregistration(application: Application) -> Iterator[Finding]:
    values = application.values
    day = checks.kept_day(values["liquidated_on"])
    yield from registering.deregistered_in_time(day, clock.today(), calendar(), norms(application.place))
    yield from registering.settled_first(bool(values["settled"]))


def _inactivity(application: Application) -> Iterator[Finding]:
    of, values = application.organization, application.values
    assert of is not None
    active, noticed, heard = (_day(values[name]) for name in ("active_on", "noticed_on", "heard_on"))
    yield from registering.inactive_long_enough(_certified(of), active, clock.today(), norms(application.place))
    yield from registering.heard_first(noticed, heard, bool(values["waived"]))


def _certified(of: Organization) -> date | None:
    """The day of the first certificate, else of the establishment."""
    issued = queries.certificates(of)
    return of.established_on or (issued[-1].issued_on if issued else None)


def _day(text: str | None) -> date | None:
    return checks.kept_day(text) if text else None


def _still_registered(_applicant: Body, organization: Organization | None) -> Iterator[Finding]:
    yield from registering.still_registered(organization is not None and organization.state == "registered")


def _effect(application: Application, _typed: Typed) -> None:
    """Out of the register: certificate taken back, branches closed, nobody heads it any more."""
    of = application.organization
    assert of is not None
    registry.deregister(of)
    certificates.end(of)
    for one in queries.branches(of):
        changes.amend(one, "branch.close", public=True, until=clock.today())
    end_head(of)


DEREGISTRATION = procedure(
    key="deregistration",
    order=400,
    label=N_("申请注销登记"),
    purpose=N_("组织终止、清算结束后办理。准予后证书收回，不能再投标；已有的记录仍然公开。"),
    form=DeregistrationForm,
    applicants=frozenset({ORGANIZATION}),
    rules=("C-04",),
    materials=(
        Wanted("application", N_("注销登记申请书"), N_("法定代表人签名")),
        Wanted("liquidation", N_("清算报告")),
        Wanted("consent", N_("业务主管单位的审查文件")),
        Wanted("taxes", N_("清税证明")),
        Wanted("certificates", N_("交回的登记证书"), N_("正本、副本的扫描件，原件交窗口"), optional=True),
    ),
    begin=_still_registered,
    check=_deregistration,
    effect=_effect,
)
INACTIVITY = procedure(
    key="cancel_inactive",
    order=410,
    label=N_("撤销登记（一年未开展活动）"),
    purpose=N_("由登记管理机关立案：查明、告知、听证之后提交，由另一名登记管理人员决定。"),
    form=InactivityForm,
    applicants=frozenset({AUTHORITY}),
    rules=("C-06",),
    materials=(
        Wanted("evidence", N_("未开展活动的证据")),
        Wanted("notice", N_("告知书和送达回证")),
        Wanted("hearing", N_("听证笔录，或者放弃听证的材料")),
    ),
    begin=_still_registered,
    check=_inactivity,
    effect=_effect,
)
