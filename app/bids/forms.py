"""What is handed in with a bid and by keyholders."""

from flask_babel import lazy_gettext as _l

from app.core.forms import FileField, Form, LongTextField, needed


class SealedForm(Form):
    """A sealed bid."""

    sealed = FileField(_l("密封投标文件（.sealed.json）"), validators=[needed()])


class SharesForm(Form):
    """A keyholder's shares, as a file or as the opening page posts them."""

    file = FileField(_l("份额文件（shares-….json）"))
    shares = LongTextField(_l("或粘贴份额文件的内容"))


class ButtonForm(Form):
    """A form that is only a button."""
