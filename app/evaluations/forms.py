"""What is typed about an evaluation."""

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
    Part,
    RadioField,
    TextField,
    TickField,
    WholeField,
    between,
    choices,
    length,
    needed,
)
from app.core.words import N_

STAGES = {"mid_term": N_("中期评估"), "final": N_("末期评估")}
YES_NO = {"yes": N_("同意"), "no": N_("不同意")}


class AssignForm(Form):
    """Which stage, by whom, until when."""

    stage = RadioField(_l("阶段"), choices=choices(STAGES), validators=[needed()])
    evaluator = ChoiceField(_l("评估机构和人员"), validators=[needed()])
    months = WholeField(_l("评估涵盖的月数"), validators=[needed(), between(1, 60)])
    due_on = DayField(_l("完成期限"), validators=[needed()])


class DeclareForm(Form):
    """The declaration of having no interest."""

    text = LongTextField(_l("无利害关系声明"), validators=[needed(), length(2000)])


class DeclineForm(Form):
    """Why the evaluator stands aside."""

    reason = LongTextField(_l("回避理由"), validators=[needed(), length(2000)])


class LinePart(Part):
    """One indicator of the sheet."""

    key = HiddenField()
    actual = TextField(_l("实际值"), validators=[length(20)])
    upheld = TickField(_l("经查成立"))
    evidence = LongTextField(_l("证据"), validators=[length(2000)])
    file = FileField(_l("证据文件（可不附）"))


class SheetForm(Form):
    """The scoring sheet: it may be saved while only partly filled in."""

    lines = FieldList(FormField(LinePart))


class SubmitForm(Form):
    """The summary that goes with the scores."""

    summary = LongTextField(_l("主要结论与建议"), validators=[needed(), length(4000)])


class ReplyForm(Form):
    """The organization's reply."""

    accepted = RadioField(_l("是否同意评估意见"), choices=choices(YES_NO), validators=[needed()])
    text = LongTextField(_l("答复、陈述和申辩"), validators=[needed(), length(4000)])


class ButtonForm(Form):
    """A form that is only a button."""
