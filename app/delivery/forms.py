"""What is handed in and typed about deliveries."""

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
    WholeField,
    between,
    choices,
    length,
    needed,
)
from app.core.words import N_
from app.delivery.accepting import VERDICTS

ITEM_VERDICTS = ("达到", "基本达到", "未达进度", "未达到")  # as they stand in the report
ITEM_LABELS = (N_("达到"), N_("基本达到"), N_("未达进度"), N_("未达到"))


class SheetForm(Form):
    """A month's sheet of figures."""

    file = FileField(_l("月报表（CSV）"), validators=[needed()])


class ConfirmForm(Form):
    """Nothing but a button."""


class ItemPart(Part):
    """The officer's judgement of one item."""

    key = HiddenField()
    verdict = ChoiceField(
        _l("结论"), choices=choices(zip(ITEM_VERDICTS, ITEM_LABELS, strict=True)), validators=[needed()]
    )
    quality = TextField(_l("质量核查"), validators=[length(120)])


class AcceptanceForm(Form):
    """The verdict on a period, item by item, with the opinion of those served."""

    items = FieldList(FormField(ItemPart))
    users_asked = WholeField(_l("参加的服务对象人数"), validators=[needed(), between(0, 100000)])
    users_satisfied = WholeField(_l("其中表示满意的人数"), validators=[needed(), between(0, 100000)])
    users_opinion = LongTextField(_l("服务对象的意见"), validators=[length(2000)])
    verdict = RadioField(_l("验收结论"), choices=choices(VERDICTS), validators=[needed()])
    repair_by = DayField(_l("改正期限"))
    remark = LongTextField(_l("说明"), validators=[length(1000)])
