"""What is typed about a payment."""

from flask_babel import lazy_gettext as _l

from app.core.forms import FileField, Form, LongTextField, MoneyField, TextField, between, length, needed


class RequestForm(Form):
    """The invoice: its number, its amount, and the paper itself if there is one."""

    invoice_no = TextField(_l("发票号码"), validators=[needed(), length(40)])
    amount = MoneyField(_l("发票金额"), validators=[needed(), between(1)])
    invoice = FileField(_l("发票（PDF 或图片，可选）"))


class ReasonForm(Form):
    """Why it goes back."""

    reason = LongTextField(_l("退回的理由"), validators=[needed(), length(1000)])


class ButtonForm(Form):
    """A form that is only a button."""
