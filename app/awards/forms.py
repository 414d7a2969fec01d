"""What is typed in a review. Marks are points with at most two decimals."""

from flask_babel import lazy_gettext as _l

from app.core.forms import (
    CentiField,
    ChoiceField,
    CountedTextField,
    Form,
    HiddenField,
    LongTextField,
    ManyField,
    MomentField,
    RadioField,
    TextField,
    between,
    choices,
    length,
    needed,
)
from app.core.words import N_
from app.rules.judging import CHANGE_REASONS

PASSED = (("yes", N_("通过")), ("no", N_("不通过")))
TIED = (("no", N_("没有应当回避的关系")), ("yes", N_("有应当回避的关系，申请回避")))
PROVEN = (("yes", N_("说明成立，报价有效")), ("no", N_("不能证明报价合理，投标无效")))


class ButtonForm(Form):
    """Nothing but a button."""


class QualificationForm(Form):
    """The verdict on a bidder's qualification."""

    passed = RadioField(_l("结论"), choices=choices(PASSED), validators=[needed()])
    reason = LongTextField(_l("理由"), default="", validators=[length(1000)])


class CommitteeForm(Form):
    """Who was drawn and who represents the buyer."""

    experts = ManyField(_l("抽取的专家"), validators=[needed()])
    representatives = ManyField(_l("采购人代表"))


class ReplacementForm(Form):
    """Who takes the seat of a member who stood aside."""

    person = ChoiceField(_l("接替的人"), validators=[needed()])


class DeclarationForm(Form):
    """A member's own declaration."""

    tied = RadioField(_l("声明"), choices=choices(TIED), validators=[needed()])
    conflict = LongTextField(_l("关系说明"), default="", validators=[length(500)])


class AnswerForm(Form):
    """The bidder's explanation of its price."""

    answer = CountedTextField(_l("成本构成和证明材料说明"), default="", validators=[needed(), length(5000)])


class VerdictForm(Form):
    """The verdict on a low price."""

    accepted = RadioField(_l("结论"), choices=choices(PROVEN), validators=[needed()])
    reason = LongTextField(_l("理由"), default="", validators=[needed(), length(1000)])


class ScoreForm(Form):
    """One member's marks for one bid."""

    technical = CentiField(_l("技术分"), validators=[needed(), between(0)])
    business = CentiField(_l("商务分"), validators=[needed(), between(0)])
    comment = LongTextField(_l("评审意见"), default="", validators=[length(2000)])


class CorrectionForm(ScoreForm):
    """Marks changed after they were summed: only for one of the four reasons."""

    reason = ChoiceField(_l("修改理由"), choices=choices(CHANGE_REASONS, blank=N_("请选择")), validators=[needed()])


class DecisionForm(Form):
    """The decision as the leader saw it: 「lot:bid」 pairs joined by blanks."""

    chosen = HiddenField()
    late_reason = LongTextField(_l("逾期理由"), default="", validators=[length(1000)])


class AnnouncementForm(Form):
    """Where and when the result was announced."""

    medium_url = TextField(_l("结果公告在指定媒体上的地址"), default="", validators=[needed(), length(300)])
    announced_at = MomentField(_l("公告时间"), validators=[needed()])


class ReasonForm(Form):
    """Why an award falls."""

    reason = LongTextField(_l("理由"), default="", validators=[needed(), length(1000)])
