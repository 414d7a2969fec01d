"""What an administrator enters with a source: a dated number of the law, a day of the calendar."""

from flask_babel import lazy_gettext as _l

from app.core.forms import DayField, Form, RadioField, TextField, choices, length, looks_like, needed
from app.core.words import N_

WORKED = {"work": N_("上班"), "rest": N_("休息")}


class NormForm(Form):
    """A number as it binds one jurisdiction from one day on."""

    key = TextField(
        _l("参数"), validators=[needed(), looks_like(r"[a-z0-9_.]{2,60}", N_("参数名为小写字母、数字、下划线和点。"))]
    )
    jurisdiction = TextField(
        _l("适用地区代码"), validators=[needed(), looks_like(r"\d{6}", N_("代码为 6 位数字，000000 表示全国。"))]
    )
    valid_from = DayField(_l("生效日期"), validators=[needed()])
    valid_to = DayField(_l("失效日期（含当日；没有的留空）"))
    value = TextField(_l("数值"), validators=[needed(), length(30)])
    unit = TextField(_l("单位"), validators=[needed(), length(20)])
    rule = TextField(_l("规则编号"), validators=[needed(), length(10)])
    source = TextField(_l("依据的文件"), validators=[needed(), length(200)])


class DayForm(Form):
    """Whether a day is worked, as a notice lays down."""

    day = DayField(_l("日期"), validators=[needed()])
    worked = RadioField(_l("这一天"), choices=choices(WORKED), validators=[needed()])
    source = TextField(_l("依据的通知"), validators=[needed(), length(200)])
