"""What is typed and handed in about a contract."""

from flask_babel import lazy_gettext as _l

from app.agreements.terms import WAYS
from app.core.forms import (
    DayField,
    FileField,
    Form,
    LongTextField,
    PasswordField,
    RadioField,
    TextField,
    WholeField,
    between,
    choices,
    length,
    needed,
    same_as,
)


class TermsForm(Form):
    """What the project's figures do not say; filled with what is proposed."""

    beneficiaries = LongTextField(_l("服务对象"), validators=[needed(), length(300)])
    service_place = TextField(_l("服务地点"), validators=[needed(), length(200)])
    mid_term_on = DayField(_l("中期评价日期"), validators=[needed()])
    final_on = DayField(_l("期末评价日期"), validators=[needed()])
    accept_within_days = WholeField(_l("收到验收申请后几个工作日内验收"), validators=[needed(), between(1, 60)])
    repair_days = WholeField(_l("验收不合格的改正期限（日）"), validators=[needed(), between(1, 90)])
    daily_per_10000 = WholeField(_l("逾期违约金每日万分之几"), validators=[needed(), between(0, 10)])
    cap_percent = WholeField(_l("违约金最高为合同价的百分之几"), validators=[needed(), between(0, 30)])
    personal_kinds = LongTextField(_l("委托处理的个人信息"), validators=[needed(), length(500)])
    personal_purpose = TextField(_l("处理个人信息的目的"), validators=[needed(), length(200)])
    dispute_way = RadioField(_l("争议解决方式"), choices=choices(WAYS), validators=[needed()])
    dispute_body = TextField(_l("法院或者仲裁委员会"), validators=[needed(), length(100)])


class SignedForm(Form):
    """The PDF one has signed."""

    file = FileField(_l("已签名的 PDF"), validators=[needed()])


class MediumForm(Form):
    """Where the contract was published."""

    medium_url = TextField(_l("公告网址"), validators=[needed(), length(300)])


class ReasonForm(Form):
    """Why a contract ends before its time."""

    reason = LongTextField(_l("终止的理由"), validators=[needed(), length(1000)])


class CertificateForm(Form):
    """The password of the demonstration certificate's file."""

    password = PasswordField(_l("证书文件的密码（自己设定）"), validators=[needed(), length(60, 8)])
    again = PasswordField(_l("再输一次密码"), validators=[needed(), same_as("password", _l("两次输入的密码不一致。"))])


class ButtonForm(Form):
    """A form that is only a button."""
