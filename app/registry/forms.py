"""What registrars hand in and type."""

from flask_babel import lazy_gettext as _l

from app.core.forms import (
    ChoiceField,
    FileField,
    Form,
    LongTextField,
    MoneyField,
    TextField,
    between,
    choices,
    length,
    needed,
)
from app.registry.models import KINDS


class SheetForm(Form):
    """A sheet to import."""

    file = FileField(_l("表格（TSV、CSV 或 XLSX）"), validators=[needed()])


class RegisterForm(Form):
    """A social organization registered by hand."""

    name = TextField(_l("名称"), validators=[needed(), length(200)])
    credit_code = TextField(_l("统一社会信用代码"), validators=[needed(), length(30)])
    kind = ChoiceField(_l("类型"), choices=choices(KINDS), validators=[needed()])
    registrar = TextField(_l("登记管理机关"), validators=[needed(), length(120)])
    supervising_unit = TextField(_l("业务主管单位"), validators=[length(200)])
    legal_representative = TextField(_l("法定代表人"), validators=[needed(), length(80)])
    capital = MoneyField(_l("注册（开办）资金"), validators=[needed(), between(0)])
    address = TextField(_l("住所"), validators=[needed(), length(300)])
    scope = LongTextField(_l("业务范围"), validators=[needed(), length(4000)])
    fields = TextField(_l("服务领域（用顿号分开）"), validators=[length(300)])


class AccountForm(Form):
    """An account for the organization's manager."""

    name = TextField(_l("姓名"), validators=[needed(), length(80)])
    sign_in_name = TextField(_l("用户名"), validators=[needed(), length(40)])


class ButtonForm(Form):
    """A form that is only a button."""
