"""What is typed and handed in about a contract."""

from flask_babel import lazy_gettext as _l

from app.core.forms import FileField, Form, PasswordField, TextField, length, needed


class SignedForm(Form):
    """The PDF one has signed."""

    file = FileField(_l("已签名的 PDF"), validators=[needed()])


class MediumForm(Form):
    """Where the contract was published."""

    medium_url = TextField(_l("公告网址"), validators=[needed(), length(300)])


class CertificateForm(Form):
    """The password of the demonstration certificate's file."""

    password = PasswordField(_l("证书文件的密码（自己设定）"), validators=[needed(), length(60)])


class ButtonForm(Form):
    """A form that is only a button."""
