"""What the public types, and what those who sort, answer and review type."""

from flask_babel import lazy_gettext as _l

from app.complaints import queries, sending
from app.complaints.models import KINDS, REFUSALS, TOPICS
from app.core.forms import (
    ChoiceField,
    CountedTextField,
    Form,
    HiddenField,
    LongTextField,
    RadioField,
    TextField,
    choices,
    length,
    needed,
)
from app.core.words import N_

SATISFIED = {"yes": N_("满意"), "no": N_("不满意")}


class WriteForm(Form):
    """A letter. `website` is seen by machines only; `stamp` says when the form was drawn."""

    kind = RadioField(_l("这是"), choices=choices(KINDS), validators=[needed()])
    topic = ChoiceField(_l("主题"), choices=choices(TOPICS, N_("请选择")), validators=[needed()])
    body = ChoiceField(_l("由哪个单位答复"), choices=lambda: [("", str(_l("请选择"))), *queries.answerers()])
    title = TextField(_l("标题"), validators=[needed(), length(60)])
    text = CountedTextField(_l("内容"), validators=[needed(), length(3000, 10)])
    contact = TextField(_l("联系方式（可以不填）"), validators=[length(100)])
    website = TextField(_l("网址（请留空）"))
    about = HiddenField()
    earlier = HiddenField()
    stamp = HiddenField(default=sending.stamp)


class AcceptForm(Form):
    """What of a letter is made public."""

    title = TextField(_l("公开的标题"), validators=[needed(), length(60)])
    text = CountedTextField(_l("公开的内容"), validators=[needed(), length(3000)])
    topic = ChoiceField(_l("主题"), choices=choices(TOPICS), validators=[needed()])
    earlier = TextField(_l("同一诉求的先前来信编号（没有的留空）"), validators=[length(20)])


class ForwardForm(Form):
    """Who is to answer instead, and why."""

    body = ChoiceField(
        _l("转给"), choices=lambda: [("", str(_l("请选择"))), *queries.answerers()], validators=[needed()]
    )
    reason = TextField(_l("转办理由（公开）"), validators=[needed(), length(200)])


class RefuseForm(Form):
    """Why it is not taken on."""

    refusal = RadioField(_l("不予受理的理由"), choices=choices(REFUSALS), validators=[needed()])
    reason = TextField(_l("补充说明（公开，可以不填）"), validators=[length(200)])


class ReasonForm(Form):
    """Why the time to answer is extended."""

    reason = TextField(_l("延长理由（公开）"), validators=[needed(), length(200)])


class AnswerForm(Form):
    """The answer, its basis, and where the trouble comes from."""

    answer = CountedTextField(_l("答复"), validators=[needed(), length(5000)])
    basis = TextField(_l("依据的法律、规定或合同条款"), validators=[needed(), length(300)])
    cause = LongTextField(_l("根源和改进措施"), validators=[length(2000)])


class StatementForm(Form):
    """What the organization it is about has to say."""

    statement = CountedTextField(_l("本组织的说明"), validators=[needed(), length(3000)])


class ReviewForm(Form):
    """The second person's verdict on a draft."""

    verdict = RadioField(
        _l("复核结论"),
        choices=choices({"publish": N_("同意，公开答复"), "send_back": N_("退回重写")}),
        validators=[needed()],
    )
    note = TextField(_l("退回的理由（不公开）"), validators=[length(300)])


class JudgeForm(Form):
    """Whether the answer satisfies."""

    satisfied = RadioField(_l("您对这份答复"), choices=choices(SATISFIED), validators=[needed()])
    key = HiddenField()


class WithdrawForm(Form):
    """A button of the asker."""

    key = HiddenField()
