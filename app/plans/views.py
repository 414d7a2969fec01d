"""Projects: the list, the overview with what is missing, one page for each section, review by a second person."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from app.accounts.models import Body
from app.budgets.models import BudgetLine
from app.budgets.queries import lines_for
from app.core import clock
from app.core.door import Door, find, form, form_page, page, person, remember, to
from app.core.files import keep
from app.core.showing import t
from app.plans import actions, checks, forms, queries
from app.plans.models import EXEMPTIONS, Lot, Measure, Project
from app.rules import purchasing
from app.tenders.forms import ButtonForm, ReasonForm

door = Door("plans", __name__)


@door.page("/plans", may="project.list")
def index() -> str:
    """The projects this person may see."""
    return page("plans/index.html", projects=queries.visible(person()))


@form_page(door, "/plans/new", may="project.draft")
def new() -> str | Response:
    """Begin a project."""
    typed = forms.NewForm(fiscal_year=clock.today().year)
    typed.place.choices = forms.places(person().body)
    if typed.sent():
        project = actions.draft(
            **typed.values(), buyer=person().body, supervisor=find(Body, typed.supervising.data),
            place=typed.place.data, fiscal_year=typed.fiscal_year.data, reserved=False,
        )  # fmt: skip
        return to("plans.show", id=project.public_id)
    return form(_("新建采购项目"), typed, _("保存并继续"), rules=["A-07", "A-09"], cancel=url_for("plans.index"))


@door.page("/plans/<id>", load=Project, may="project.read")
def show(project: Project) -> str:
    """One project: its parts, what the law still finds, what can be done."""
    case = checks.case(project)
    return page(
        "plans/show.html", project=project, parts=case.parts, findings=checks.findings(case), exemptions=EXEMPTIONS,
        negative=list(purchasing.NEGATIVE_LIST.values()),
    )  # fmt: skip


@form_page(door, "/plans/<id>/basics", load=Project, may="project.edit")
def basics(project: Project) -> str | Response:
    """What is bought, by which method, for how long."""
    typed = forms.BasicsForm(obj=project, supervising=project.supervisor.public_id, flags=project.term_flags.split())
    if typed.sent():
        actions.edit(project, **typed.values(), supervisor=find(Body, typed.supervising.data))
        return _back(project)
    return _form(project, _("基本情况"), typed)


@form_page(door, "/plans/<id>/sources", load=Project, may="project.edit")
def source(project: Project) -> str | Response:
    """Name a purse."""
    typed = forms.SourceForm()
    typed.budget_line.choices = [
        (x.public_id, f"{x.fiscal_year} {t(x.label)} {x.line}") for x in lines_for(person(), project.fiscal_year)
    ]
    if typed.sent():
        actions.add_source(project, find(BudgetLine, typed.budget_line.data), typed.amount.data)
        return _back(project)
    return _form(project, _("添加资金来源"), typed, "A-09", "A-10")


@form_page(door, "/plans/<id>/lots", load=Project, may="project.edit")
def lot(project: Project) -> str | Response:
    """Add a lot."""
    typed = forms.LotForm()
    if typed.sent():
        actions.add_lot(project, typed.number.data, typed.name.data, typed.ceiling.data)
        return _back(project)
    return _form(project, _("添加采购包"), typed, "B-15")


@form_page(door, "/plans/<id>/measures", load=Project, may="project.edit")
def measure(project: Project) -> str | Response:
    """Add a figure that is delivered month by month."""
    typed = forms.MeasureForm().offer(queries.lots_of(project))
    if typed.sent():
        lot = find(Lot, typed.lot.data) if typed.lot.data else None
        actions.add_measure(project, typed.key.data, typed.name.data, money=typed.money.data, lot=lot)
        return _back(project)
    return _form(project, _("添加服务量"), typed)


@form_page(door, "/plans/<id>/indicators", load=Project, may="project.edit")
def indicators(project: Project) -> str | Response:
    """The scheme as a sheet, all or nothing."""
    typed = forms.SchemeForm()
    if typed.sent():
        actions.import_indicators(project, typed.file.data.read())
        return _back(project)
    return _form(project, _("导入绩效指标"), typed, "G-08", "D-04", files=True)


@form_page(door, "/plans/<id>/indicator", load=Project, may="project.edit")
def indicator(project: Project) -> str | Response:
    """One line of the scheme by hand."""
    typed = forms.IndicatorForm().offer(queries.standing(Measure, project))
    if typed.sent():
        actions.add_indicator(
            project, level1=typed.level1.data, level2=typed.level2.data, level3=typed.level3.data, unit=typed.unit.data,
            target=typed.target.data, weight_centi=typed.weight.data, kind=typed.kind.data,
            evidence=typed.evidence.data,
            measure=typed.measure.data, accumulates=typed.accumulates.data,
        )  # fmt: skip
        return _back(project)
    return _form(project, _("添加绩效指标"), typed, "G-08")


@form_page(door, "/plans/<id>/payment", load=Project, may="project.edit")
def term(project: Project) -> str | Response:
    """Add an instalment."""
    typed = forms.TermForm()
    if typed.sent():
        actions.add_payment_term(project, typed.condition.data, typed.share.data)
        return _back(project)
    return _form(project, _("添加付款期"), typed, "D-11", "D-15")


@form_page(door, "/plans/<id>/checklist", load=Project, may="project.edit")
def checklist(project: Project) -> str | Response:
    """The six questions of the negative list."""
    typed = forms.ChecklistForm()
    if typed.sent():
        actions.answer_checklist(project, typed.answers())
        return _back(project)
    return _form(project, _("负面清单"), typed, "A-07")


@form_page(door, "/plans/<id>/scoring", load=Project, may="project.edit")
def scoring(project: Project) -> str | Response:
    """The points of the factors, the low-price shares, the pass mark."""
    typed = forms.ScoringForm(
        obj=project, price=project.price_weight, technical=project.technical_weight, business=project.business_weight,
        low_price_mean=project.low_price_mean_centi, low_price_second=project.low_price_second_centi,
        low_price_ceiling=project.low_price_ceiling_centi, pass_mark=project.pass_mark_centi,
    )  # fmt: skip
    if typed.sent():
        actions.set_scoring(
            project, typed.price.data, typed.technical.data, typed.business.data, typed.low_price_mean.data,
            typed.low_price_second.data, typed.low_price_ceiling.data, typed.pass_mark.data,
        )  # fmt: skip
        return _back(project)
    return _form(project, _("评分办法"), typed, "B-50", "B-55")


@form_page(door, "/plans/<id>/sme", load=Project, may="project.edit")
def sme(project: Project) -> str | Response:
    """Reserved for small and medium enterprises, or why not."""
    typed = forms.SmeForm(reserved="yes" if project.reserved else "no", sme_exemption=project.exemption)
    if typed.sent():
        actions.edit(project, reserved=typed.reserved.data == "yes", exemption=typed.sme_exemption.data or None)
        return _back(project)
    return _form(project, _("中小企业政策"), typed, "B-110", "B-112")


@form_page(door, "/plans/<id>/preparations", load=Project, may="project.prepare")
def preparation(project: Project) -> str | Response:
    """Record a step taken before publication."""
    typed = forms.PreparationForm()
    if typed.sent():
        upload = typed.file.data
        file = keep(upload.read(), upload.filename, ("pdf", "docx", "png", "jpg")) if upload else None
        actions.prepare(
            project, typed.kind.data, typed.day.data, typed.detail.data, subjects=typed.subjects.data,
            url=typed.url.data, file=file,
        )  # fmt: skip
        return _back(project)
    return _form(project, _("记录前期工作"), typed, "B-13", "B-16", "B-17", "A-14", files=True)


@form_page(door, "/plans/<id>/submit", load=Project, may="project.submit")
def submit(project: Project) -> str | Response:
    """Hand the plan over for review."""
    return _step(project, ButtonForm(obj=project), lambda _f: actions.submit(project), _("提交复核"), "B-18")


@form_page(door, "/plans/<id>/approve", load=Project, may="project.approve")
def approve(project: Project) -> str | Response:
    """Approve as a second person."""
    return _step(project, ButtonForm(obj=project), lambda _f: actions.approve(project), _("复核通过"), "B-18")


@form_page(door, "/plans/<id>/send-back", load=Project, may="project.send_back")
def send_back(project: Project) -> str | Response:
    """Give the plan back with a reason."""
    typed = ReasonForm(obj=project)
    return _step(project, typed, lambda f: actions.send_back(project, f.reason.data), _("退回修改"), "B-18")


@form_page(door, "/plans/<id>/cancel", load=Project, may="project.cancel")
def cancel(project: Project) -> str | Response:
    """End a project that will not be bought."""
    typed = ReasonForm(obj=project)
    return _step(project, typed, lambda f: actions.cancel(project, f.reason.data), _("取消项目"))


@form_page(door, "/plans/<id>/close", load=Project, may="project.close")
def close(project: Project) -> str | Response:
    """Close a project that has ended."""
    return _step(project, ButtonForm(obj=project), lambda _f: actions.close(project), _("结项"))


def _step(project: Project, typed: Any, act: Any, title: str, *rules: str) -> str | Response:
    if typed.sent():
        act(typed)
        remember(title)
        return _back(project)
    return _form(project, title, typed, *rules, button=title, findings=checks.findings(checks.case(project)))


def _form(project: Project, title: str, typed: Any, *rules: str, button: str = "", **more: Any) -> str:
    back = url_for("plans.show", id=project.public_id)
    return form(title, typed, button or _("保存"), caption=project.name, rules=rules, cancel=back, **more)


def _back(project: Project) -> Response:
    return to("plans.show", id=project.public_id)
