"""The worklist page, and the demonstration's clock."""

from flask import Response, current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import access, changes, clock
from app.core.door import Door, form_page, page, person, remember, to
from app.core.errors import Invalid
from app.core.forms import Form, MomentField, needed
from app.core.showing import spoken, t
from app.core.words import N_, fill
from app.desk import queries

door = Door("desk", __name__)
BACKWARDS = N_("演示时钟只能向前走。")
NO_CLOCK = N_("本系统使用真实时间，没有可以调整的演示时钟。")
ENTRIES = (
    (N_("采购项目"), "plans.index", "project.list", N_("起草、复核、公告")),
    (N_("采购公告与投标"), "tenders.index", "bidding.enter", N_("查看公告、递交和撤回投标")),
    (N_("预算与账本"), "budgets.index", "budget.read", N_("每一笔钱从批复到支付")),
    (N_("合同"), "agreements.index", "agreement.read", N_("签署、交付、验收、付款")),
    (N_("登记事项"), "registration.index", "application.list", N_("名称、成立、变更、注销的申请和决定")),
    (N_("登记与导入"), "registry.imports", "import.preview", N_("导入名册、登记新组织")),
    (N_("信用信息"), "credit.desk", "credit.list", N_("线索、告知、决定、列入和移出")),
    (N_("年度报告"), "reports.index", "report.list", N_("审查、结论、逾期未报送的")),
    (N_("本单位的年度报告"), "reports.mine", "report.mine", N_("填写、报送、补正")),
    (N_("绩效评价"), "evaluations.index", "evaluation.read", N_("指派、评分、答复、公布")),
    (N_("人员"), "accounts.people_list", "person.list", N_("账号与角色")),
    (N_("地区"), "places.index", "place.import", N_("行政区划与网格")),
    (N_("参数与日历"), "catalogue.norms", "norm.set", N_("法定数值、工作日、目录")),
    (N_("安全日志"), "transparency.security_log", "security.read", N_("被拒绝的请求")),
    (N_("演示时钟"), "desk.move_clock", "clock.move", N_("只能向前走")),
    (N_("我的账户"), "accounts.account", "account.read_own", N_("密码、动态口令、登录")),
)


class ClockForm(Form):
    """Where the demonstration's clock is put."""

    moment = MomentField(_l("新的时间（北京时间）"), validators=[needed()])


@door.page("/desk", may="desk.read")
def index() -> str:
    """What waits for me, why, until when."""
    items = [
        {
            "label": fill(t(one.label), spoken(one.values)),
            "why": fill(t(one.why), spoken(one.values)),
            "url": one.url,
            "due": one.due,
            "late": queries.is_late(one),
            "rule": one.rule,
        }
        for one in queries.worklist(person())
    ]
    return page("desk/index.html", items=items, entries=_entries())


def _entries() -> list[tuple[str, str, str]]:
    """The doors this person may go through, as big links."""
    return [
        (_(label), url_for(endpoint), _(hint))
        for label, endpoint, action, hint in ENTRIES
        if access.may(person(), action) and endpoint in current_app.view_functions
    ]


@form_page(door, "/demonstration/clock", may="clock.move")
def move_clock() -> str | Response:
    """Move the demonstration's clock forward; logged, and marked on every page."""
    form = ClockForm()
    if form.sent():
        _move(form.moment.data)
        remember(_("演示时钟已前移。"))
        return to("desk.index")
    return page("desk/move_clock.html", form=form)


def _move(moment) -> None:  # type: ignore[no-untyped-def]
    before = clock.now()
    try:
        clock.move_to(moment)
    except clock.BackwardsInTime as error:
        raise Invalid(BACKWARDS, {}, "moment") from error
    except LookupError as error:
        raise Invalid(NO_CLOCK, {}, "moment") from error
    changes.note("clock.move", before=before, to=moment)
