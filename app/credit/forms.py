"""What registrars and organizations type about credit information."""

from flask_babel import lazy_gettext as _l

from app.core.forms import (
    DayField,
    FileField,
    Form,
    LongTextField,
    MoneyField,
    RadioField,
    TextField,
    TickField,
    between,
    choices,
    length,
    needed,
)
from app.core.words import N_
from app.rules.credit import ABNORMAL, COMPUTED, PENALTIES, SERIOUS

LONG = length(4000)
HAND = {
    "abnormal": {key: label for key, label in ABNORMAL.items() if key not in COMPUTED},
    "serious": {key: label for key, label in SERIOUS.items() if key not in COMPUTED},
}


class FindingForm(Form):
    """What every case begins with."""

    code = TextField(_l("单位的统一社会信用代码或者全称"), validators=[needed(), length(200)])
    arose_on = DayField(_l("发生或者作出决定的日期"), validators=[needed()])
    grounds = LongTextField(_l("事实和证据（列入后公开，请勿写入个人信息）"), validators=[needed(), LONG])
    evidence = FileField(_l("证据材料（不公开；没有的不传）"))


class AbnormalForm(FindingForm):
    """A candidate for the abnormal-activity list, by a trigger that nobody can compute."""

    trigger = RadioField(_l("情形"), choices=choices(HAND["abnormal"]), validators=[needed()])
    first_letter_on = DayField(_l("第一次邮寄退回的日期（仅无法取得联系）"))
    second_letter_on = DayField(_l("第二次邮寄退回的日期（仅无法取得联系）"))


class SeriousForm(FindingForm):
    """A candidate for the serious-violation list, by a trigger that nobody can compute."""

    trigger = RadioField(_l("情形"), choices=choices(HAND["serious"]), validators=[needed()])


class PenaltyForm(FindingForm):
    """A penalty: intended by us, or imposed by another department."""

    trigger = RadioField(_l("处罚的种类"), choices=choices(PENALTIES), validators=[needed()])
    amount = MoneyField(_l("罚款金额（只有罚款才填）"), validators=[between(1)])
    elsewhere = TickField(_l("其他部门已经作出决定，这里只作记录"))
    department = TextField(_l("作出决定的部门（其他部门的决定）"), validators=[length(120)])
    document_no = TextField(_l("决定书的名称和文号（其他部门的决定）"), validators=[length(120)])
    received_on = DayField(_l("本机关收到的日期（其他部门的决定）"))
    law = TextField(_l("处罚依据的法律、法规条文（本机关的处罚）"), validators=[length(300)])


class BanForm(FindingForm):
    """A ban from government procurement for a time, decided by a finance department."""

    department = TextField(_l("作出决定的部门"), validators=[needed(), length(120)])
    document_no = TextField(_l("决定书的名称和文号"), validators=[needed(), length(120)])
    received_on = DayField(_l("本机关收到的日期"), validators=[needed()])
    starts_on = DayField(_l("禁止期限的第一天"), validators=[needed()])
    ends_on = DayField(_l("禁止期限的最后一天（含当日）"), validators=[needed()])


class ButtonForm(Form):
    """A form that is only a button."""


class StatementForm(Form):
    """What the body says to the notice."""

    statement = LongTextField(_l("陈述申辩意见"), validators=[needed(), LONG])
    hearing_asked = TickField(_l("要求举行听证"))
    file = FileField(_l("有关材料（没有的不传）"))


class PlainStatementForm(Form):
    """The same where no hearing applies."""

    statement = LongTextField(_l("陈述申辩意见"), validators=[needed(), LONG])
    file = FileField(_l("有关材料（没有的不传）"))


class HearingForm(Form):
    """When and where the hearing is."""

    hearing_on = DayField(_l("听证的日期"), validators=[needed()])
    hearing_place = TextField(_l("听证的地点"), validators=[needed(), length(200)])


class HeardForm(Form):
    """What was said, and whether it is taken up."""

    heard_note = LongTextField(_l("意见要点和是否采纳的理由"), validators=[needed(), LONG])


class ProposalForm(Form):
    """What should be done, and why."""

    proposal = LongTextField(_l("处理意见和理由"), validators=[needed(), LONG])


class ReasonsForm(Form):
    """The reasons of a decision."""

    reasons = LongTextField(_l("理由"), validators=[needed(), LONG])


class DropForm(Form):
    """Why nothing is entered."""

    reason = LongTextField(_l("不予列入的理由"), validators=[needed(), LONG])


class ObjectionForm(Form):
    """What is wrong with an entry."""

    text = LongTextField(_l("有什么错误，依据是什么"), validators=[needed(), LONG])
    file = FileField(_l("有关材料（没有的不传）"))


class AnswerForm(Form):
    """The answer to an objection."""

    upheld = RadioField(
        _l("结论"), choices=choices({"yes": N_("成立，予以更正"), "no": N_("不成立，予以维持")}), validators=[needed()]
    )
    answer = LongTextField(_l("答复和理由"), validators=[needed(), LONG])


class RepairForm(Form):
    """What was done to leave a list."""

    done = LongTextField(_l("已经履行的义务、完成的整改"), validators=[needed(), LONG])
    file = FileField(_l("证明材料（没有的不传）"))


class CheckForm(Form):
    """Whether what the body says it has done was done."""

    passed = RadioField(
        _l("核实结果"), choices=choices({"yes": N_("属实"), "no": N_("不属实或者未完成")}), validators=[needed()]
    )
    note = LongTextField(_l("核实的经过和依据"), validators=[needed(), LONG])


FORMS = {"abnormal": AbnormalForm, "serious": SeriousForm, "penalty": PenaltyForm, "ban": BanForm}
