"""What an organization's people type about a service point."""

from flask_babel import lazy_gettext as _l

from app.core.forms import CountedTextField, FileField, Form, TextField, TickField, length, needed


class PointForm(Form):
    """A service point: where it is, when it is open, and what hangs on its wall beside the staff."""

    name = TextField(_l("服务点名称"), validators=[needed(), length(60)])
    address = TextField(_l("地址"), validators=[needed(), length(200)])
    hours = TextField(_l("开放时间"), validators=[needed(), length(120)])
    functions = CountedTextField(_l("职能"), validators=[length(400)])
    discipline = CountedTextField(_l("工作纪律"), validators=[length(400)])
    procedure = CountedTextField(_l("办事程序"), validators=[length(400)])
    legal_basis = TextField(_l("办事依据"), validators=[length(300)])
    fees = CountedTextField(_l("收费标准"), validators=[length(400)])
    promise = CountedTextField(_l("服务承诺"), validators=[length(400)])
    channels = CountedTextField(_l("投诉渠道"), validators=[length(400)])


class StaffForm(Form):
    """Somebody who works at a service point."""

    name = TextField(_l("姓名"), validators=[needed(), length(40)])
    duty = TextField(_l("职责"), validators=[needed(), length(80)])
    photo = FileField(_l("照片（JPG 或 PNG，可以不传）"))
    agreed = TickField(_l("本人同意公示姓名、职责和照片"), validators=[needed()])


class ButtonForm(Form):
    """A form that is only a button."""
