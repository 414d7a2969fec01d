"""What registrars hand in and type."""

from flask_babel import lazy_gettext as _l

from app.core.forms import (
    ChoiceField,
    DayField,
    FileField,
    Form,
    LongTextField,
    MoneyField,
    TextField,
    between,
    choices,
    length,
    looks_like,
    needed,
)
from app.core.words import N_
from app.registry.checks import LEVELS
from app.registry.models import KINDS

FUNDRAISING = {"public": N_("公开募捐"), "non_public": N_("非公开募捐")}
GRADES = {str(grade): f"{grade}A" for grade in range(1, 6)}
CODE_PATTERN = r"\d{6}|\d{9}|\d{12}"


class SheetForm(Form):
    """A sheet to import."""

    file = FileField(_l("表格（TSV、CSV 或 XLSX）"), validators=[needed()])


class RegisteredForm(Form):
    """What is registered and may change later."""

    name = TextField(_l("名称"), validators=[needed(), length(200)])
    credit_code = TextField(_l("统一社会信用代码"), validators=[needed(), length(30)])
    registrar = TextField(_l("登记管理机关"), validators=[needed(), length(120)])
    supervising_unit = TextField(_l("业务主管单位"), validators=[needed(), length(200)])
    legal_representative = TextField(_l("法定代表人"), validators=[needed(), length(80)])
    capital = MoneyField(_l("注册（开办）资金"), validators=[needed(), between(0)])
    address = TextField(_l("住所"), validators=[needed(), length(300)])
    scope = LongTextField(_l("业务范围"), validators=[needed(), length(4000)])
    fields = TextField(_l("服务领域"), validators=[length(300)])
    established_on = DayField(_l("成立日期"))


class RegisterForm(RegisteredForm):
    """A social organization registered by hand."""

    kind = ChoiceField(_l("类型"), choices=choices(KINDS, N_("请选择")), validators=[needed()])
    level = ChoiceField(_l("登记管理机关的级别"), choices=choices(LEVELS), default="county", validators=[needed()])
    fundraising = ChoiceField(_l("基金会的募捐方式"), choices=choices(FUNDRAISING, N_("不是基金会")))
    place = TextField(
        _l("所在地区代码"), validators=[needed(), looks_like(CODE_PATTERN, N_("地区代码为 6、9 或 12 位数字。"))]
    )


class AmendForm(RegisteredForm):
    """What is registered, to be corrected or changed; what is not known may stay empty."""

    credit_code = TextField(_l("统一社会信用代码"), validators=[length(30)])
    registrar = TextField(_l("登记管理机关"), validators=[length(120)])
    supervising_unit = TextField(_l("业务主管单位"), validators=[length(200)])
    legal_representative = TextField(_l("法定代表人"), validators=[length(80)])
    capital = MoneyField(_l("注册（开办）资金"), validators=[between(0)])
    address = TextField(_l("住所"), validators=[length(300)])
    scope = LongTextField(_l("业务范围"), validators=[length(4000)])
    grade = ChoiceField(_l("评估等级"), choices=choices(GRADES, N_("未评估")))


class AccountForm(Form):
    """An account for the organization's manager."""

    name = TextField(_l("姓名"), validators=[needed(), length(80)])
    sign_in_name = TextField(
        _l("用户名"),
        validators=[needed(), looks_like(r"[A-Za-z0-9._-]{2,40}", N_("用户名为 2 至 40 位字母、数字或 . _ -。"))],
    )


class ButtonForm(Form):
    """A form that is only a button."""
