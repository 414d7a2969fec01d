"""What is typed about gradings."""

from flask_babel import lazy_gettext as _l

from app.core.forms import (
    ChoiceField,
    DayField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    LongTextField,
    ManyField,
    Part,
    RadioField,
    TextField,
    TickField,
    WholeField,
    after,
    between,
    choices,
    length,
    needed,
)
from app.core.words import N_
from app.rules.grading import RESULTS, TRIGGERS

BALLOT = {"yes": N_("同意"), "no": N_("不同意")}
LOWER = {"4": "4A", "3": "3A", "2": "2A", "1": "1A", "0": N_("取消等级")}


class RoundForm(Form):
    """A new round."""

    title = TextField(_l("本轮名称"), validators=[needed(), length(120)])
    year = WholeField(_l("评估年度"), validators=[needed(), between(2011, 2100)])
    apply_from = DayField(_l("申请开始"), validators=[needed()])
    apply_until = DayField(_l("申请截止（含当天）"), validators=[needed(), after("apply_from")])
    notice = LongTextField(_l("通知正文"), validators=[length(4000)])


class CommitteesForm(Form):
    """Who sits on both committees."""

    evaluation = ManyField(_l("评估委员会"))
    review = ManyField(_l("复核委员会"))


class SchemeForm(Form):
    """A new edition of a scheme."""

    text = LongTextField(_l("指标文件（TOML）"), validators=[needed(), length(100_000)])


class BeginForm(Form):
    """The applicant's declaration."""

    clear = TickField(
        _l("本单位没有正在被政府部门或者司法机关立案调查"),
        validators=[needed(_l("请如实声明；正在被立案调查的，不予评估。"))],
    )


class AnswerPart(Part):
    """One item of the self-assessment."""

    key = HiddenField()
    points = WholeField(_l("自评得分"))
    note = LongTextField(_l("自评说明"), validators=[length(2000)])
    file = FileField(_l("证明材料"))


class SelfForm(Form):
    """One section of the self-assessment: it may be saved while only partly filled in."""

    lines = FieldList(FormField(AnswerPart))


class MarkPart(Part):
    """One item of an expert's sheet."""

    key = HiddenField()
    points = WholeField(_l("评分"))
    reason = LongTextField(_l("理由"), validators=[length(2000)])
    evidence = LongTextField(_l("现场查到的证据"), validators=[length(2000)])


class MarksForm(Form):
    """One section of an expert's sheet."""

    lines = FieldList(FormField(MarkPart))


class InspectionPart(Part):
    """What a yearly inspection came to, from paper."""

    key = HiddenField()
    result = ChoiceField(_l("年检结论"), choices=choices(RESULTS, blank=N_("请选择")), validators=[needed()])


class AcceptForm(Form):
    """What the department found where the portal holds nothing."""

    years = FieldList(FormField(InspectionPart))
    source = TextField(_l("年检结论的文书"), validators=[length(300)])
    investigated = TickField(_l("经查，正在被政府部门或者司法机关立案调查"))


class NoteForm(Form):
    """A reason, in words."""

    text = LongTextField(_l("理由"), validators=[needed(), length(4000)])


class DrawForm(Form):
    """How many experts."""

    count = WholeField(_l("专家人数"), validators=[needed(), between(1, 15)])


class DeclareForm(Form):
    """An expert's declaration."""

    tied = RadioField(
        _l("我与参评组织"),
        choices=choices({"no": N_("没有利害关系，能够公正评分"), "yes": N_("有利害关系，申请回避")}),
        validators=[needed()],
    )
    conflict = TextField(_l("什么关系（申请回避时填写）"), validators=[length(300)])


class BallotForm(Form):
    """A named ballot."""

    agrees = RadioField(
        _l("我的意见"), choices=choices({**BALLOT, "aside": N_("回避：与参评组织有利害关系")}), validators=[needed()]
    )
    reason = LongTextField(_l("理由（不同意或者回避时必填）"), validators=[length(2000)])


class DecideForm(Form):
    """The decision."""

    remark = LongTextField(_l("说明（可不填；逾期的写明原因）"), validators=[length(2000)])


class ObjectionForm(Form):
    """An objection of one's own organization."""

    text = LongTextField(_l("异议的事实和理由"), validators=[needed(), length(4000)])
    file = FileField(_l("书面异议（可不附）"))


class HandedForm(ObjectionForm):
    """An objection that was handed to the department in writing."""

    objector = TextField(_l("异议人（不公开）"), validators=[needed(), length(120)])


class VerifyForm(Form):
    """What was verified of an objection, and the total to vote on."""

    verified = LongTextField(_l("核实情况"), validators=[needed(), length(4000)])
    points = WholeField(_l("提交表决的总分"), validators=[needed(), between(0, 1000)])


class LowerForm(Form):
    """A proposal to lower a grade."""

    ground = ChoiceField(_l("情形"), choices=choices(TRIGGERS, blank=N_("请选择")), validators=[needed()])
    to_grade = ChoiceField(_l("降低到"), choices=choices(LOWER, blank=N_("请选择")), validators=[needed()])
    reason = LongTextField(_l("查明的事实"), validators=[needed(), length(4000)])
    source = TextField(_l("依据的文书"), validators=[needed(), length(300)])


class ButtonForm(Form):
    """A form that is only a button."""
