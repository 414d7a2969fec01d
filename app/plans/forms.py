"""What officers and reviewers type into a project."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Body
from app.accounts.queries import bodies
from app.budgets.models import BudgetLine
from app.catalogue.queries import items
from app.core.forms import (
    CentiField,
    ChoiceField,
    CountedTextField,
    DayField,
    FileField,
    Form,
    LongTextField,
    ManyField,
    MoneyField,
    RadioField,
    TextField,
    TickField,
    WholeField,
    between,
    choices,
    length,
    looks_like,
    needed,
)
from app.core.showing import in_english, t, yuan
from app.core.words import N_
from app.places.queries import line_up
from app.plans.models import (
    CONDITIONS,
    EXEMPTIONS,
    INDICATOR_KINDS,
    METHODS,
    PREPARATIONS,
    ChecklistAnswer,
    Lot,
    Measure,
    Part,
    PaymentTerm,
    Preparation,
    Project,
    ProjectSource,
)
from app.rules import methods, preparing, purchasing

SUPERVISING = ("bureau", "finance", "supervision")
CLASSES = {"A": N_("A 公共服务（服务对象是社会公众）"), "B": N_("B 政府履职所需辅助性服务（服务对象是本机关）")}
YES_NO = {"no": N_("否"), "yes": N_("是")}
GROUNDS = {key: label for of in methods.GROUNDS.values() for key, label in of.items()}
PARTS = {part: part for part in preparing.PARTS}
AVAILABLE = N_("可用")
Choices = list[tuple[str, str]]


def supervisors() -> Choices:
    """The bodies that may supervise a purchase."""
    return [("", t(N_("请选择"))), *((one.public_id, one.name) for one in bodies(*SUPERVISING))]


def catalogue() -> Choices:
    """The items of the guiding catalogue that can be bought (level 3, A-08)."""
    named = ((one.code, one.name_en if in_english() else one.name) for one in items(3))
    return [("", t(N_("请选择"))), *((code, f"{code} {name}") for code, name in named)]


def places(body: Body) -> Choices:
    """The body's own division and those above it, the nearest district first."""
    above = [one for one in line_up(body.place) if one.level not in ("province",)]
    known = [(one.code, one.name) for one in sorted(above, key=lambda one: (one.level != "district", one.code))]
    return known or [(body.place[:6], body.place[:6])]


class BasicsForm(Form):
    """The first page of a project: what is bought, by which method, for how long."""

    name = TextField(_l("项目名称"), validators=[needed(), length(200)])
    supervising = ChoiceField(_l("主管（监督）部门"), choices=supervisors, validators=[needed()])
    catalogue_code = ChoiceField(_l("指导性目录品目"), choices=catalogue, validators=[needed()])
    service_class = RadioField(_l("购买内容"), choices=choices(CLASSES), validators=[needed()])
    need = CountedTextField(_l("采购需求"), validators=[length(5000)])
    method = ChoiceField(_l("采购方式"), choices=choices(METHODS, blank=N_("请选择")), validators=[needed()])
    method_ground = ChoiceField(_l("采用该方式的法定情形"), choices=choices(GROUNDS, blank=N_("公开招标不用选")))
    term_from = DayField(_l("服务开始日"), validators=[needed()])
    term_to = DayField(_l("服务结束日"), validators=[needed()])
    flags = ManyField(_l("期限超过一年的，须五项俱备"), choices=choices(purchasing.EXTENSION_FLAGS))
    complex_ = TickField(_l("技术复杂或者性质特殊"))
    high_impact = TickField(_l("社会影响较大"))
    procurement_code = TextField(
        _l("政府采购品目编码"),
        validators=[length(20), looks_like(r"[A-C]\d{2,10}", N_("品目编码以 A、B 或 C 开头，后接数字。"))],
    )
    plan_no = TextField(_l("采购实施计划编号"), validators=[length(40)])

    def values(self) -> dict[str, Any]:
        """What was typed, as `actions.edit` and `actions.draft` take it, but for the supervising body."""
        same = (
            "name",
            "catalogue_code",
            "service_class",
            "need",
            "method",
            "term_from",
            "term_to",
            "complex_",
            "high_impact",
            "procurement_code",
            "plan_no",
        )
        typed = {name: self[name].data for name in same}
        return typed | {"method_ground": self.method_ground.data or "", "term_flags": self.flags.data or ()}


class NewForm(BasicsForm):
    """The same for a new project, with what cannot change later because the number says it (F-06)."""

    place = ChoiceField(_l("项目所在地区"), validators=[needed()])
    fiscal_year = WholeField(_l("预算年度"), validators=[needed(), between(2015, 2100)])


class SourceForm(Form):
    """A purse and the amount meant for the project."""

    budget_line = ChoiceField(_l("预算行"), validators=[needed()])
    amount = MoneyField(_l("用于本项目的金额"), validators=[needed(), between(1)])


class LotForm(Form):
    """A lot."""

    number = WholeField(_l("包号"), validators=[needed(), between(1, 999)])
    name = TextField(_l("包名称"), validators=[needed(), length(200)])
    ceiling = MoneyField(_l("最高限价"), validators=[needed(), between(1)])


class MeasureForm(Form):
    """A figure that is delivered month by month."""

    name = TextField(_l("服务量名称"), validators=[needed(), length(60)])
    key = TextField(_l("月报表列名"), validators=[needed(), length(30)])
    money = TickField(_l("这是金额（元），不是数量"))
    lot = ChoiceField(_l("由哪个采购包提供"))

    def offer(self, lots: list[Lot]) -> "MeasureForm":
        """With the project's lots to choose from."""
        self.lot.choices = [("", t(N_("不限"))), *((one.public_id, f"{one.number} {one.name}") for one in lots)]
        return self


class SchemeForm(Form):
    """The scheme of indicators as a sheet."""

    file = FileField(_l("指标表（CSV）"), validators=[needed()])


class IndicatorForm(Form):
    """One line of the scheme."""

    level1 = ChoiceField(_l("一级指标"), choices=choices(PARTS, blank=N_("请选择")), validators=[needed()])
    level2 = TextField(_l("二级指标"), validators=[length(40)])
    level3 = TextField(_l("三级指标"), validators=[needed(), length(80)])
    kind = ChoiceField(_l("类型"), choices=choices(INDICATOR_KINDS, blank=N_("请选择")), validators=[needed()])
    unit = TextField(_l("计量单位"), validators=[length(20)])
    target = TextField(_l("目标值"), validators=[length(20)])
    weight = CentiField(_l("权重"), validators=[needed(), between(0, 10000)])
    evidence = TextField(_l("证据"), validators=[length(120)])
    measure = ChoiceField(_l("由哪项服务量计算"))
    accumulates = TickField(_l("目标随月份累计"))

    def offer(self, measures: list[Measure]) -> "IndicatorForm":
        """With the project's measures to choose from."""
        self.measure.choices = [("", t(N_("另行填报"))), *((one.key, one.name) for one in measures)]
        return self

    def values(self) -> dict[str, Any]:
        """What was typed, as `actions.add_indicator` takes it."""
        same = ("level1", "level2", "level3", "kind", "unit", "target", "evidence", "accumulates")
        return {name: self[name].data for name in same} | {
            "weight_centi": self.weight.data,
            "measure": self.measure.data or "",
        }


class TermForm(Form):
    """One instalment."""

    condition = ChoiceField(_l("付款条件"), choices=choices(CONDITIONS, blank=N_("请选择")), validators=[needed()])
    share = CentiField(_l("比例"), validators=[needed(), between(1, 10000)])


class ChecklistForm(Form):
    """The six questions of the negative list (A-07)."""

    def answers(self) -> dict[int, bool]:
        """The items that were answered."""
        typed = {item: self[f"negative_{key}"].data for item, key in enumerate(purchasing.NEGATIVE_LIST, start=1)}
        return {item: given == "yes" for item, given in typed.items() if given}


for _key, _label in purchasing.NEGATIVE_LIST.items():
    setattr(ChecklistForm, f"negative_{_key}", RadioField(_l(_label), choices=choices(YES_NO), validators=[needed()]))


class ScoringForm(Form):
    """The points of the factors, the low-price shares and the pass mark."""

    price = WholeField(_l("价格分"), validators=[needed(), between(0, 100)])
    technical = WholeField(_l("技术分"), validators=[needed(), between(0, 100)])
    business = WholeField(_l("商务分"), validators=[needed(), between(0, 100)])
    low_price_mean = WholeField(_l("低于平均报价的比例"), validators=[needed(), between(0, 100)])
    low_price_second = WholeField(_l("低于次低报价的比例"), validators=[needed(), between(0, 100)])
    low_price_ceiling = WholeField(_l("低于最高限价的比例"), validators=[needed(), between(0, 100)])
    pass_mark = CentiField(_l("绩效评价合格线"), validators=[needed(), between(0, 10000)])

    def values(self) -> dict[str, int]:
        """What was typed, as `actions.set_scoring` takes it."""
        same = {name: self[name].data for name in ("price", "technical", "business")}
        low = {f"low_price_{key}_centi": self[f"low_price_{key}"].data for key in ("mean", "second", "ceiling")}
        return same | low | {"pass_mark_centi": self.pass_mark.data}


class SmeForm(Form):
    """Reserved for small and medium enterprises, or why not (B-112)."""

    reserved = RadioField(_l("是否专门面向中小企业采购"), choices=choices(YES_NO), validators=[needed()])
    sme_exemption = RadioField(_l("不预留的法定情形"), choices=choices(EXEMPTIONS))


class PreparationForm(Form):
    """A step taken before publication."""

    kind = ChoiceField(_l("事项"), choices=choices(PREPARATIONS, blank=N_("请选择")), validators=[needed()])
    day = DayField(_l("完成日"), validators=[needed()])
    subjects = WholeField(_l("调查对象个数"), validators=[between(0, 10**6)])
    detail = LongTextField(_l("结果或者批复文号"), validators=[length(2000)])
    url = TextField(_l("公开的网址"), validators=[length(300)])
    file = FileField(_l("证明材料"))


class FilingForm(Form):
    """The numbers that finance gives."""

    plan_no = TextField(_l("采购实施计划编号"), validators=[length(40)])
    procurement_code = TextField(
        _l("政府采购品目编码"),
        validators=[length(20), looks_like(r"[A-C]\d{2,10}", N_("品目编码以 A、B 或 C 开头，后接数字。"))],
    )


class NoteForm(Form):
    """Why a plan is sent back."""

    note = LongTextField(_l("需要修改什么"), validators=[needed(), length(2000)])


class ReasonForm(Form):
    """Why a project is cancelled."""

    reason = LongTextField(_l("理由"), validators=[needed(), length(2000)])


class ButtonForm(Form):
    """Nothing but the button."""


def filled(project: Project) -> BasicsForm:
    """The first page with what the project says."""
    return BasicsForm(
        obj=project,
        supervising=project.supervisor.public_id,
        complex_=project.complex,
        flags=project.term_flags.split(),
    )


def answered(answers: list[ChecklistAnswer]) -> ChecklistForm:
    """The negative list with the answers given before."""
    given = {one.item: "yes" if one.applies else "no" for one in answers}
    keys = enumerate(purchasing.NEGATIVE_LIST, start=1)
    return ChecklistForm(**{f"negative_{key}": given.get(item) for item, key in keys})


def scored(project: Project) -> ScoringForm:
    """The scoring with what the project says."""
    return ScoringForm(
        version=project.version, price=project.price_weight, technical=project.technical_weight,
        business=project.business_weight, low_price_mean=project.low_price_mean_centi,
        low_price_second=project.low_price_second_centi, low_price_ceiling=project.low_price_ceiling_centi,
        pass_mark=project.pass_mark_centi,
    )  # fmt: skip


def chosen(project: Project) -> SmeForm:
    """The choice about small and medium enterprises; none made yet is none shown."""
    settled = project.reserved or project.exemption is not None
    reserved = ("yes" if project.reserved else "no") if settled else None
    return SmeForm(version=project.version, reserved=reserved, sme_exemption=project.exemption)


def purse_choices(lines: dict[str, BudgetLine]) -> Choices:
    """Budget lines with what each has left to commit."""
    left = ((key, one, one.appropriated_fen - one.committed_fen) for key, one in lines.items())
    named = [(key, f"{t(one.label)} {one.line}（{t(AVAILABLE)} {yuan(fen)}）") for key, one, fen in left]
    return [("", t(N_("请选择"))), *named]


def label_of(part: Part) -> str:
    """A part without a name in words: the purse's line, the instalment's condition, the kind of preparation."""
    if isinstance(part, ProjectSource):
        return f"{t(part.budget_line.label)} {part.budget_line.line}"
    if isinstance(part, PaymentTerm):
        return t(CONDITIONS[part.condition])
    return t(PREPARATIONS[part.kind]) if isinstance(part, Preparation) else ""
