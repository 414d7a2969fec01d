"""What is typed about a payment."""

from flask_babel import lazy_gettext as _l

from app.core.forms import FileField, Form, LongTextField, TextField, length, needed


class RequestForm(Form):
    """The invoice."""

    invoice_no = TextField(_l("发票号码"), validators=[needed(), length(40)])
    invoice = FileField(_l("发票（可选）"))


class ReasonForm(Form):
    """Why it goes back."""

    reason = LongTextField(_l("退回的理由"), validators=[needed(), length(1000)])


class ButtonForm(Form):
    """A form that is only a button."""
