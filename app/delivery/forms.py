"""What is handed in and typed about deliveries."""

from flask_babel import lazy_gettext as _l

from app.core.forms import (
    ChoiceField,
    DayField,
    FileField,
    Form,
    LongTextField,
    WholeField,
    between,
    choices,
    length,
    needed,
)
from app.core.words import N_

VERDICTS = {"passed": N_("合格"), "rectify": N_("限期改正"), "refused": N_("不合格")}


class SheetForm(Form):
    """A month's sheet of figures."""

    file = FileField(_l("月报表（CSV）"), validators=[needed()])


class AcceptanceForm(Form):
    """The verdict on a period, with the opinion of those served."""

    period_from = DayField(_l("验收期开始"), validators=[needed()])
    period_to = DayField(_l("验收期结束"), validators=[needed()])
    verdict = ChoiceField(_l("结论"), choices=choices(VERDICTS), validators=[needed()])
    users_asked = WholeField(_l("参加的服务对象人数"), validators=[needed(), between(0, 100000)])
    users_satisfied = WholeField(_l("其中表示满意的人数"), validators=[needed(), between(0, 100000)])
    users_opinion = LongTextField(_l("服务对象的意见"), validators=[length(2000)])
    remark = LongTextField(_l("备注"), validators=[length(1000)])
